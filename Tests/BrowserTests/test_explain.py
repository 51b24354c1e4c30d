"""Why two photos are alike."""
import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys


@pytest.fixture
def dialog(page, dress, needs_views):
    page.open(f"/?query={dress}").finish()
    page.card_button("card-why", 1).click()
    dialog = page.open_dialog("explain")
    page.wait(lambda: page.all("[data-test=view]"))
    return dialog


@pytest.mark.both_widths
def test_explanation_shows_both_photos_bars_and_lines(page, dialog):
    page.wait(page.matches)
    assert len(dialog.find_elements(By.CSS_SELECTOR, ".comparison img")) == 2
    assert len(page.all("[data-test=view]")) >= 4
    assert all(bar.size["width"] > 10 for bar in page.all("[data-test=view] .bar"))
    assert len(page.all("[data-test=match-row]")) == len(page.matches()) > 2
    assert "alike" in page.text("#explain-title")


def test_part_of_the_list_lights_its_line(page, dialog):
    page.wait(page.matches)
    page.script("arguments[0].focus()", page.all("[data-test=match-row]")[1])
    assert "lit" in page.matches()[1].get_attribute("class")
    assert "dim" in page.matches()[0].get_attribute("class")


def test_escape_closes_the_explanation_and_the_card_has_the_focus_again(page, dialog):
    page.press(Keys.ESCAPE)
    page.wait(lambda: not page.has_dialog())
    assert page.focused().get_attribute("data-test") == "card-why"


def test_contributions_add_up_to_the_similarity(page, dialog):
    rows = [row.text.split() for row in page.all("[data-test=view]")]
    total = float(dialog.find_element(By.CSS_SELECTOR, "tfoot").text.split()[-1])
    assert sum(float(row[-1]) for row in rows) == pytest.approx(total, abs=0.01 * len(rows))
