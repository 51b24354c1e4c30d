"""Names of files are strangers' text. (An alert that opens fails any test.)"""
import pytest

from photos import MARKUP, TURNED


@pytest.mark.both_widths
def test_markup_in_names_is_shown_as_text(page, server, dress):
    page.open(f"/?query={server.photo(MARKUP)}")
    page.wait_for_text("#query-name", MARKUP)
    assert not page.all("img[src=x]")
    page.open(f"/?query={dress}&only=*onerror*")
    assert page.names() == [MARKUP]
    page.card_button("card-open").click()
    page.open_dialog("photo")
    page.wait_for_text("#photo-title", MARKUP)
    assert not page.all("img[src=x]")


def test_characters_that_turn_a_name_around_are_shown_as_boxes(page, server):
    page.open(f"/?query={server.photo(TURNED)}")
    page.wait_for_text("#query-name", "dress-▯gpj.exe.jpg")
    assert "\u202e" not in page.script("return document.body.innerText + document.body.innerHTML")


def test_markup_in_the_name_of_a_photo_that_is_sent_is_shown_as_text(page, photos, tmp_path):
    sent = tmp_path / "<img src=x onerror=alert(2)>.jpg"
    sent.write_bytes(photos.query.read_bytes())
    page.open()
    page.after(lambda: page.pick(sent))
    page.wait_for_text("#query-name", sent.name)
    assert not page.all("img[src=x]")
