"""Photos that are there twice."""
import pytest


@pytest.mark.both_widths
def test_copies_and_near_duplicates_are_grouped(page, photos):
    page.open("/duplicates")
    groups = [group.text for group in page.wait(lambda: page.all("[data-test=duplicate-group]"))]
    copies = next(text for text in groups if "First copy.jpg" in text)
    assert "3 copies of one file" in copies and str(photos.copied) in copies
    alike = next(text for text in groups if f"{photos.resaved.stem} smaller.jpg" in text)
    assert "Nearly the same" in alike and str(photos.resaved) in alike


def test_least_similarity_is_part_of_the_address(page):
    page.open("/duplicates").wait(lambda: page.all("[data-test=duplicate-group]"))
    page.after(lambda: page.set_value("#duplicates-above", "1"))
    assert page.parameters == {"above": ["1"]}
    page.wait(lambda: not page.is_shown("[data-test=cancel-duplicates]"))
    page.after(lambda: page.click("#duplicates-usual"))
    assert page.parameters == {}
    page.wait(lambda: page.all("[data-test=duplicate-group]"))


def test_pictures_of_the_same_garment_are_asked_for_instead(page, needs_views):
    page.open("/duplicates").wait(lambda: page.all("[data-test=duplicate-group]"))
    page.after(lambda: page.click("label:has([name=garments][value=true])"))
    assert page.parameters == {"garments": ["true"]}
    page.wait(lambda: page.is_shown("[data-test=duplicate-group]") or "No duplicates" in page.text("[data-test=duplicates-state]"))
    assert any("/api/duplicates?garments=true" in url for _, url in page.requests())


def test_photo_of_a_group_is_searched_with(page):
    page.open("/duplicates")
    photo = page.wait(lambda: page.one("[data-test=duplicate-group] a"))
    page.after(lambda: page.click(photo))
    assert page.results()
