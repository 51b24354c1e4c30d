"""Beginning a search: with a photo that is here, or with one that is sent."""
from urllib.parse import quote

import pytest

pytestmark = pytest.mark.both_widths


def test_start_page_lists_the_photos_of_the_catalogue(page, status):
    page.open()
    assert f"{status['photos']} photos" in page.text("#start-count")
    assert page.wait(lambda: page.all("[data-test=photo] .name"))[0].text
    assert page.test("pick").is_displayed()


def test_start_page_loads_more_photos_as_it_is_scrolled_to_its_end(page, status):
    page.open()
    is_last_there = lambda: page.all(f'[data-test=photo][aria-posinset="{status["photos"]}"]')
    page.wait(lambda: page.script("scrollTo(0, document.body.scrollHeight)") or is_last_there())


HOLD_LISTINGS = """
const ask = window.fetch;
window.held = [];
window.fetch = (address, ...rest) => String(address).startsWith('/api/photos?')
  ? new Promise((go) => window.held.push(go)).then(() => ask(address, ...rest)) : ask(address, ...rest);
"""
CHOOSE_FOLDER = """
const field = document.getElementById('start-folder');
field.value = arguments[0];
field.dispatchEvent(new Event('change', { bubbles: true }));
"""


def test_folder_that_is_gone_back_to_while_another_is_awaited_is_the_one_that_is_shown(page, server, photos):
    folder = str(photos.shop / "dress")
    page.open(f"/?folder={quote(folder)}")
    page.script(HOLD_LISTINGS)
    page.script(CHOOSE_FOLDER, str(photos.shop))
    page.wait(lambda: page.script("return window.held.length") == 1)
    page.driver.back()
    page.wait(lambda: page.script("return window.held.length") == 2)
    page.script("window.held.forEach((go) => go())")
    page.wait(lambda: page.all("[data-test=photo] .name"))
    assert f"{server.ask(f'/api/photos?folder={quote(folder)}')['total']} photos" == page.text("#start-count")


def test_click_on_a_photo_of_the_start_page_searches_with_it(page):
    page.open()
    photo = page.wait(lambda: page.all("[data-test=photo]"))[3]
    chosen = photo.get_attribute("data-photo")
    page.after(lambda: page.click(photo))
    assert page.query == chosen
    assert len(page.results()) > 4


def test_photo_that_is_picked_finds_look_alikes_with_similarity_name_and_folder(page, photos):
    page.open()
    page.after(lambda: page.pick(photos.query))
    results = page.results()
    assert len(results) > 4
    assert all(0 < result["similarity"] <= 1 and result["name"] and result["folder"] for result in results)
    similarities = [result["similarity"] for result in results]
    assert similarities == sorted(similarities, reverse=True)
    page.wait_for_text("#query-name", photos.query.name)


def test_photo_that_is_dropped_finds_look_alikes(page, photos):
    page.open()
    page.transfer("dragover", photos.query)
    assert page.test("drop-overlay").is_displayed()
    page.after(lambda: page.transfer("drop", photos.query))
    assert not page.test("drop-overlay").is_displayed()
    assert len(page.results()) > 4


def test_photo_that_is_pasted_finds_look_alikes(page, photos):
    page.open()
    page.after(lambda: page.transfer("paste", photos.query))
    assert len(page.results()) > 4


def test_photos_that_are_picked_together_are_one_query(page, photos):
    page.open()
    page.after(lambda: page.pick(photos.query, photos.dresses[3]))
    assert " + " in page.query
    assert len(page.all("[data-test=chip]")) == 2
