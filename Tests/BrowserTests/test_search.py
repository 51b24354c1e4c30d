"""Results, and where they lead."""
import pytest
from selenium.webdriver.common.by import By


def wait_for_results(page, results):
    """Which cards are in the document depends on where the window is: the first ones always are where it is at the top."""
    page.script("scrollTo(0, 0)")
    page.wait(lambda: page.results()[:4] == results[:4])


@pytest.mark.both_widths
def test_click_on_a_result_makes_it_the_query_and_history_restores_both(page, dress):
    page.open(f"/?query={dress}")
    first = page.results()
    chosen = first[2]["photo"]
    page.after(lambda: page.click(page.card(2)))
    assert page.query == chosen
    second = page.results()
    assert second != first
    page.back()
    assert page.query == dress
    wait_for_results(page, first)
    page.forward()
    assert page.query == chosen
    wait_for_results(page, second)


def test_back_returns_to_the_place_that_was_left(page, dress):
    page.open(f"/?query={dress}&k=100")
    page.script("scrollTo(0, 1500)")
    page.wait(lambda: page.all('[data-test=result][data-index="20"]'))
    left = page.script("return scrollY")
    page.after(lambda: page.card(20).find_element(By.TAG_NAME, "a").click())
    assert page.script("return scrollY") == 0
    page.back()
    page.wait(lambda: page.script("return scrollY") == left)


def test_reload_and_a_link_show_the_same(page, dress):
    page.open(f"/?query={dress}&above=0.1&fold=false&only=*-*")
    shown, address = page.results(), page.address
    page.driver.refresh()
    page.settle()
    assert page.results() == shown
    page.open("/").open(address)
    assert page.results() == shown


def test_photo_that_is_here_is_not_among_its_own_look_alikes(page, dress):
    page.open(f"/?query={dress}&fold=false")
    assert dress not in [result["photo"] for result in page.results()]


def test_copies_of_the_photo_are_named(page, server, photos):
    page.open(f"/?query={server.photo(photos.copied.name)}")
    page.wait_for_text("#query-name", "First copy.jpg")
    page.wait_for_text("[data-test=identical]", "Second copy.jpg")
    assert photos.copied.name in page.text("[data-test=identical]")


def test_copies_of_a_photo_that_is_sent_are_named(page, photos):
    page.open()
    page.after(lambda: page.pick(photos.copied))
    page.wait_for_text("[data-test=identical]", "First copy.jpg, copies/Second copy.jpg")


def test_near_duplicates_are_folded_into_one_card_and_unfold(page, server, photos, dress):
    pattern = f"*{photos.resaved.stem}*"
    page.open(f"/?query={dress}&only={pattern}")
    assert len(page.results()) == 1
    page.click("[data-test=fold-badge]")
    dialog = page.open_dialog("alike")
    names = {node.text for node in dialog.find_elements(By.CSS_SELECTOR, ".name")}
    assert names == {photos.resaved.name, f"{photos.resaved.stem} smaller.jpg"}
    page.click(dialog.find_element(By.CSS_SELECTOR, "[data-close]"))
    page.wait(lambda: not page.has_dialog())
    page.after(lambda: page.click(".switch:has(#fold)"))
    assert page.last_search()["fold"] == ["false"]
    assert set(page.names()) == names


@pytest.mark.both_widths
def test_nothing_looks_like_noise_and_the_least_unlike_are_shown_when_asked_for(page, server, photos):
    sent = server.ask("/api/photos", "POST", photos.noise.read_bytes())["photo"]
    if not server.ask(f"/api/search?query={sent}", "POST")["looksLikeNothing"]:
        pytest.skip("this model does not tell when nothing looks like a photo")
    page.open()
    page.after(lambda: page.pick(photos.noise))
    assert "Nothing here looks like it" in page.text("[data-test=found-state]")
    assert not page.results()
    page.after(lambda: page.click("[data-test=always]"))
    assert page.results()
    assert "least unlike" in page.text("#found-note")


def test_show_more_goes_on_until_all_are_shown_and_keeps_few_cards_in_the_document(page, dress):
    page.open(f"/?query={dress}&fold=false")
    length = lambda: int(page.test("result").get_attribute("aria-setsize"))
    lengths = [length()]
    while page.is_shown("[data-test=show-more]"):
        page.after(lambda: page.click("[data-test=show-more]"))
        lengths.append(page.wait(lambda: length() > lengths[-1] and length()))
    assert lengths[:3] == [24, 48, 96]
    total = lengths[-1]
    assert total > 96
    assert len(page.all("[data-test=result]")) < 80
    page.script("scrollTo(0, document.body.scrollHeight)")
    page.wait(lambda: page.all(f'[data-test=result][aria-posinset="{total}"]'))
    assert len(page.all("[data-test=result]")) < 80


def test_more_and_less_like_this_are_terms_with_weights(page, dress):
    page.open(f"/?query={dress}")
    more = page.results()[1]["photo"]
    page.after(lambda: page.card_button("card-plus", 1).click())
    assert page.query == f"{dress} + 0.5:{more}"
    less = page.results()[2]["photo"]
    page.after(lambda: page.card_button("card-minus", 2).click())
    assert page.query == f"{dress} + 0.5:{more} - 0.5:{less}"
    assert [node.text for node in page.all("[data-test=weight]")] == ["×1", "×0.5", "×0.5"]
    page.after(lambda: page.click(page.all("[data-test=weight-more]")[1]))
    assert page.query.startswith(f"{dress} + 0.75:{more} - ")
    assert page.last_search()["query"] == [page.query]
    page.after(lambda: page.click(page.all("[data-test=weight-less]")[0]))
    assert page.query.startswith(f"0.75:{dress} + ")
    for left in (2, 1):
        page.after(lambda: page.click(page.all("[data-test=chip-remove]")[-1]))
        assert len(page.query.split()) == 2 * left - 1
    assert not page.is_shown("[data-test=chip]")


@pytest.mark.both_widths
def test_part_that_is_drawn_changes_results_and_address(page, dress):
    page.open(f"/?query={dress}")
    whole = page.results()
    page.after(lambda: page.drag((0.25, 0.2), (0.75, 0.5)))
    assert page.region() == pytest.approx([0.25, 0.2, 0.5, 0.3], abs=0.02)
    assert page.last_search()["query"] == [page.query]
    assert page.results()[:4] != whole[:4]
    page.after(lambda: page.click("[data-test=whole-photo]"))
    assert page.region() is None
    wait_for_results(page, whole)


def test_part_is_chosen_moved_resized_and_cleared_by_keyboard(page, dress):
    page.open(f"/?query={dress}")
    whole = page.results()
    page.after(lambda: page.click("[data-test=choose-part]"))
    assert page.focused().get_attribute("id") == "region"
    assert page.region() == [0.25, 0.25, 0.5, 0.5]
    page.after(lambda: page.press("\ue012", "\ue013"))
    assert page.region() == pytest.approx([0.23, 0.23, 0.5, 0.5])
    page.after(lambda: page.press_with_shift("\ue014"))
    assert page.region() == pytest.approx([0.23, 0.23, 0.52, 0.5])
    assert "52 % wide" in page.test("region").get_attribute("aria-label")
    page.after(lambda: page.press("\ue017"))
    assert (page.region(), page.results()) == (None, whole)
