"""A server with a token."""
from conftest import TOKEN

STORED = "return JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])"


def sign_in(page, token):
    page.open_dialog("sign-in")
    page.one("#token").clear()
    page.one("#token").send_keys(token)
    page.click("#sign-in [type=submit]")


def test_wrong_token_is_refused_and_the_right_one_opens_the_page_and_leaves_no_trace(page, guarded_server):
    page.server = guarded_server
    page.allow("401")
    page.driver.get(guarded_server.origin + "/")
    sign_in(page, "wrong")
    page.wait_for_text("#sign-in-error", "not this server")
    sign_in(page, TOKEN)
    page.wait(lambda: page.all("[data-test=photo]"))
    assert not page.has_dialog()
    page.wait(lambda: page.script("return document.querySelector('[data-test=photo] img').naturalWidth"))
    page.after(lambda: page.click(page.all("[data-test=photo]")[0]))
    page.driver.refresh()
    page.settle()
    assert page.results()
    assert TOKEN not in page.script(STORED)
    assert not any(part in url for _, url in page.requests() for part in TOKEN.split())
    assert page.one("#token").get_attribute("value") == ""


def test_who_does_not_sign_in_is_told_and_can_try_again(page, guarded_server):
    page.server = guarded_server
    page.allow("401")
    page.driver.get(guarded_server.origin + "/")
    page.open_dialog("sign-in")
    page.click("#sign-in [data-close]")
    page.wait_for_text("[data-test=page-state]", "Not signed in")
    page.click("[data-test=retry]")
    sign_in(page, TOKEN)
    page.wait(lambda: page.all("[data-test=photo]"))
