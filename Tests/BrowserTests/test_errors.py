"""What goes wrong is said, with a way on."""
import pytest

UNKNOWN = "0" * 32


@pytest.mark.both_widths
def test_file_that_is_no_photo_is_refused_in_the_servers_words(page, server, photos):
    page.allow("422")
    page.open()
    page.pick(photos.no_photo)
    refusal = server.refusal("/api/photos", photos.no_photo.read_bytes())
    page.wait_for_text("[data-test=found-state]", refusal["detail"])
    assert refusal["title"] in page.text("[data-test=found-state]")
    assert not page.is_shown("[data-test=retry]")
    page.after(lambda: page.pick(photos.query))
    assert page.results()


def test_file_of_another_kind_is_not_even_sent(page, photos, tmp_path):
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear shop")
    page.open()
    page.transfer("drop", letter)
    page.wait_for_text("[data-test=toast]", "not a photo")
    assert not any(method == "POST" for method, _ in page.requests())


def test_photo_that_is_too_large_is_not_even_sent(page, tmp_path, status):
    large = tmp_path / "large.jpg"
    with open(large, "wb") as file:
        file.truncate(status["limits"]["uploadBytes"] + 1)
    page.open()
    page.pick(large)
    page.wait_for_text("[data-test=toast]", "20.0 MB at most")
    assert not any(method == "POST" for method, _ in page.requests())


@pytest.mark.both_widths
def test_photo_that_is_not_known_any_more_can_be_chosen_again(page, photos):
    page.allow("404")
    page.open(f"/?query={UNKNOWN}")
    assert "no longer known" in page.text("[data-test=found-state]")
    assert page.test("choose-again").is_displayed()
    page.after(lambda: page.pick(photos.query))
    assert page.results()


@pytest.mark.parametrize("query", ["123", f"{UNKNOWN}@0.1,0.2", f"- {UNKNOWN} -", "<script>alert(1)</script>"])
def test_link_that_is_not_complete_is_told_of(page, query):
    page.open(f"/?query={query}")
    assert "not complete" in page.text("[data-test=page-state]")


def test_parameter_that_the_server_refuses_is_said_and_can_be_cleared(page, server, photos):
    page.allow("400")
    page.open(f"/?query={server.photo(photos.copied.name)}&above=lots")
    assert "above" in page.text("[data-test=found-state]")
    page.after(lambda: page.click("[data-test=found-state] button:nth-of-type(2)"))
    assert page.results()


def test_server_that_is_gone_is_told_of_and_the_page_goes_on_when_it_is_back(own_server, page):
    page.server = own_server
    page.allow(
        "ERR_CONNECTION_REFUSED", "ERR_CONNECTION_RESET", "ERR_EMPTY_RESPONSE", "ERR_SOCKET_NOT_CONNECTED")
    page.open()
    photo = page.wait(lambda: page.all("[data-test=photo]"))[0]
    page.after(lambda: page.click(photo))
    own_server.stop()
    page.after(lambda: page.click(page.card(1)))
    page.wait_for_text("[data-test=found-state]", "does not answer")
    own_server.start()
    page.click("[data-test=retry]")
    page.wait(lambda: page.results())


def test_folders_page_goes_on_when_the_server_is_back(own_server, page):
    page.server = own_server
    page.allow(
        "ERR_CONNECTION_REFUSED", "ERR_CONNECTION_RESET", "ERR_EMPTY_RESPONSE", "ERR_SOCKET_NOT_CONNECTED")
    page.open()
    own_server.stop()
    page.click('[data-page="/folders"]')
    page.wait_for_text("#folders-state", "does not answer")
    own_server.start()
    page.click("#folders-state [data-test=retry]")
    page.wait(lambda: page.all("[data-test=root]"))
