"""Each state of the page: nothing runs over the edge, and axe-core finds nothing that keeps people out.

In the dark nothing but the colours is another, so that only their contrast is looked at there."""
import importlib.resources, inspect

import pytest

from page import Look, NARROW, WIDE
from photos import MARKUP

AXE = importlib.resources.files("axe_playwright_python").joinpath("axe.min.js").read_text()
FIND_VIOLATIONS = """
const [rules, done] = arguments;
axe.run(document, { resultTypes: ['violations'], ...(rules ? { runOnly: rules } : {}) }).then(({ violations }) => done(violations
  .filter(({ impact }) => ['serious', 'critical'].includes(impact))
  .map(({ id, impact, nodes }) => `${impact}: ${id}: ${nodes.map(({ target }) => target.join(' ')).slice(0, 5).join('; ')}`)));
"""
STATES = []


def state(open_it):
    """What brings the page to a state; its parameters are fixtures."""
    STATES.append(open_it)
    return open_it


@state
def start(page):
    page.open().wait(lambda: page.all("[data-test=photo]"))


@state
def found(page, dress):
    page.open(f"/?query={dress}&k=48")


@state
def end_of_results(page, dress):
    found(page, dress)
    page.script("scrollTo(0, document.body.scrollHeight)")


@state
def part(page, dress):
    page.open(f"/?query={dress}@0.25,0.3,0.5,0.35")


@state
def terms_and_filters(page, server, dress):
    others = [result["photo"] for result in server.ask(f"/api/photos/{dress}/similar?k=30")["results"]]
    page.open(f"/?query={dress} %2B 0.5:{others[5]} - 0.5:{others[20]}@0.2,0.2,0.5,0.5&only=*-*&above=0.1&fold=false")


@state
def colours(page, dress, needs_views):
    page.open(f"/?query={dress}&colour=red&type=dress&type=skirt")


@state
def all_filters(page, dress):
    page.open(f"/?query={dress}&metric=euclidean")
    page.script("for (const facet of document.querySelectorAll('details')) facet.open = true")
    if page.look.is_narrow:
        page.click("[data-test=open-filters]")
        page.wait(lambda: page.is_shown("#filter-sheet"))


@state
def explanation(page, dress, needs_views):
    page.open(f"/?query={dress}").finish()
    page.card_button("card-why", 1).click()
    page.wait(page.matches)


@state
def opened_photo(page, dress):
    page.open(f"/?query={dress}").finish()
    page.card_button("card-open").click()
    page.wait(lambda: page.all(".large-photo.loaded"))


@state
def near_duplicates(page, photos, dress):
    page.open(f"/?query={dress}&only=*{photos.resaved.stem}*")
    page.click("[data-test=fold-badge]")
    page.open_dialog("alike")


@state
def copies_of_the_photo(page, server, photos):
    page.open(f"/?query={server.photo(photos.copied.name)}").wait_for_text("[data-test=identical]", "opy")


@state
def harmful_name(page, server):
    page.open(f"/?query={server.photo(MARKUP)}").wait_for_text("#query-name", MARKUP)


@state
def shortcuts(page):
    page.open().press("?")
    page.open_dialog("shortcuts")


@state
def dropping(page, photos):
    page.open().transfer("dragover", photos.query)


@state
def nothing_looks_like_it(page, photos, needs_views):
    page.open()
    page.after(lambda: page.pick(photos.noise))


@state
def least_unlike(page, photos, needs_views):
    nothing_looks_like_it(page, photos, needs_views)
    page.after(lambda: page.click("[data-test=always]"))


@state
def no_photo_left(page, dress):
    page.open(f"/?query={dress}&only=no-such-name")


@state
def no_photo(page, photos):
    page.allow("422")
    page.open().pick(photos.no_photo)
    page.wait_for_text("[data-test=found-state]", "another photo")


@state
def another_kind_of_file(page, photos):
    letter = photos.beside / "letter.txt"
    letter.write_text("Dear shop")
    page.open().transfer("drop", letter)
    page.wait_for_text("[data-test=toast]", "not a photo")


@state
def forgotten_photo(page):
    page.allow("404")
    page.open("/?query=" + "0" * 32)


@state
def incomplete_link(page):
    page.open("/?query=123")


@state
def server_gone(page, dress):
    page.allow("ERR_INTERNET_DISCONNECTED")
    page.open(f"/?query={dress}").finish()
    page.disconnect()
    page.after(lambda: page.click(page.card(1)))
    page.wait_for_text("[data-test=found-state]", "does not answer")


@state
def no_folders_to_search(page, empty_server):
    page.server = empty_server
    page.open().wait(lambda: page.is_shown("[data-test=to-folders]"))


@state
def no_folders(page, empty_server):
    page.server = empty_server
    page.open("/folders").wait(lambda: page.is_shown("#folders-state"))


@state
def folders(page):
    page.open("/folders").wait(lambda: page.all("[data-test=skipped-row]"))


@state
def run(page, busy_server):
    page.server = busy_server
    page.open("/folders").add_folder(busy_server.folder)
    page.wait(lambda: page.script("return document.getElementById('run-progress').value") > 0)


@state
def duplicates(page):
    page.open("/duplicates").wait(lambda: page.all("[data-test=duplicate-group]"))


@state
def no_duplicates(page, empty_server):
    page.server = empty_server
    page.open("/duplicates").wait_for_text("[data-test=duplicates-state]", "No duplicates")


@state
def sign_in(page, guarded_server):
    page.server = guarded_server
    page.allow("401")
    page.driver.get(guarded_server.origin + "/")
    page.open_dialog("sign-in")


@pytest.mark.parametrize("look", [WIDE, NARROW], ids=lambda look: str(look.width))
@pytest.mark.parametrize("open_it", STATES, ids=lambda state: state.__name__)
def test_state_is_open_to_all_and_fits_the_window(page, open_it, request, save_screenshot):
    open_it(**{name: request.getfixturevalue(name) for name in inspect.signature(open_it).parameters})
    assert page.script("return document.documentElement.scrollWidth") <= page.look.width
    page.script(AXE)
    for scheme, rules in (("light", None), ("dark", ["color-contrast"])):
        page.colour(Look(page.look.width, scheme))
        save_screenshot(open_it.__name__)
        assert page.driver.execute_async_script(FIND_VIOLATIONS, rules) == [], scheme
