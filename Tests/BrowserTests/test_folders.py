"""Folders: what is searched, and how it is brought up to date."""
import pytest
from selenium.webdriver.common.by import By

STAGE = "return document.getElementById('run').dataset.stage"


def test_folder_that_is_added_is_looked_through_before_ones_eyes(bare_server, page, photos):
    page.server = bare_server
    page.open("/")
    page.click("[data-test=to-folders]")
    page.add_folder(photos.shop)
    # The run of when the server started is done, too.
    page.wait_for_text("[data-test=skipped-row]", "broken.jpg")
    page.wait(lambda: page.script(STAGE) == "done")
    page.wait_for_text("[data-test=root]", str(photos.shop))
    page.wait_for_text("[data-test=root]", f"{bare_server.ask('/api/status')['photos']} photos")
    page.after(lambda: page.click("[data-test=root] a"))
    page.wait(lambda: page.all("[data-test=photo]"))


def test_folder_that_is_not_there_is_refused_with_the_reason(page, empty_server, photos):
    page.server = empty_server
    page.allow("/api/roots")
    page.open("/folders")
    page.add_folder(photos.shop / "no such folder")
    page.wait_for_text("#root-error", "no such folder")


@pytest.mark.both_widths
def test_skipped_photos_are_listed_with_the_reason_and_can_be_found(page):
    page.open("/folders")
    row = page.wait(lambda: page.test("skipped-row"))
    name, reason = [cell.text for cell in row.find_elements(By.TAG_NAME, "td")]
    assert name.endswith("broken.jpg") and len(reason) > 10
    page.one("#skipped-filter").send_keys("no such name")
    page.wait(lambda: not page.all("[data-test=skipped-row]"))


def test_run_shows_its_progress_and_can_be_stopped(page, busy_server):
    page.server = busy_server
    page.open("/folders")
    page.add_folder(busy_server.folder)
    page.wait(lambda: page.script(STAGE) == "examining")
    progress = lambda: page.script("return document.getElementById('run-progress').value")
    first = page.wait(lambda: 0 < progress() and progress())
    page.wait(lambda: progress() > first)
    page.wait_for_text("#run-pace", "a second")
    page.click("[data-test=stop]")
    page.wait(lambda: page.script(STAGE) == "cancelled")
    page.wait_for_text("#run-title", "what was found is kept")
    assert not page.is_shown("[data-test=stop]")
    page.wait(lambda: f"{busy_server.ask('/api/status')['photos']:,} photos" in page.text("[data-test=root]"))
