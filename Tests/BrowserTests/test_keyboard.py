"""Without a mouse."""
from selenium.webdriver.common.keys import Keys


def tab_until(page, condition):
    for _ in range(60):
        page.press(Keys.TAB)
        if condition(page.focused()):
            return page.focused()
    raise AssertionError("the Tab key does not lead there")


def focused_card(page):
    return page.script("return Number(document.activeElement.closest('[data-index]')?.dataset.index ?? -1)")


def test_from_the_start_to_an_explanation_and_back_without_a_mouse(page, needs_views):
    page.open().wait(lambda: page.all("[data-test=photo]"))
    page.press(Keys.TAB)
    assert "skip" in page.focused().get_attribute("class")
    tab_until(page, lambda node: node.get_attribute("id") == "pick")
    tab_until(page, lambda node: "card-link" in (node.get_attribute("class") or ""))
    page.press(Keys.ARROW_RIGHT, Keys.ARROW_DOWN, Keys.ARROW_LEFT)
    assert focused_card(page) > 3
    page.after(lambda: page.press(Keys.ENTER))
    tab_until(page, lambda node: node.find_elements("xpath", "ancestor::*[@id='results']"))
    page.press(Keys.ARROW_RIGHT)
    assert focused_card(page) == 1
    page.press("e")
    page.open_dialog("explain")
    page.wait(lambda: page.all("[data-test=view]"))
    page.press(Keys.ESCAPE)
    page.wait(lambda: not page.has_dialog())
    assert focused_card(page) == 1
    page.after(lambda: page.press("+"))
    assert " + 0.5:" in page.query
    assert focused_card(page) == 1
    page.after(lambda: page.press("-"))
    assert " - 0.5:" in page.query
    page.press("o")
    page.open_dialog("photo")
    page.press(Keys.ESCAPE)
    page.press("?")
    page.open_dialog("shortcuts")
    page.press(Keys.ESCAPE)
    page.wait(lambda: not page.has_dialog())
    page.back()
    assert " - " not in page.query
    page.back(), page.back()
    assert page.address == "/"


def test_single_keys_can_be_switched_off(page, dress):
    page.open(f"/?query={dress}")
    page.press("?")
    page.open_dialog("shortcuts")
    page.click(".switch:has(#letter-shortcuts)")
    page.press(Keys.ESCAPE)
    page.wait(lambda: not page.has_dialog())
    page.press("?")
    assert not page.has_dialog()
    page.driver.refresh()
    page.settle()
    page.press("?")
    assert not page.has_dialog()
