"""Filters change what is asked for and the address, and can be taken back."""
import pytest

from page import NARROW


@pytest.fixture
def page(page, dress):
    return page.open(f"/?query={dress}&k=48")


def assert_asks(page, name, value):
    assert page.parameters[name] == [value]
    assert page.last_search()[name] == [value]


def assert_chip_takes_it_back(page, name, words):
    assert words in page.text("[data-test=filter-chip]")
    page.after(lambda: page.click("[data-test=filter-chip]"))
    assert name not in page.last_search()
    assert not page.is_shown("[data-test=filter-chip]")


def test_folder(page):
    folder = page.all('input[name="folder"]')[1].get_attribute("value")
    page.after(lambda: page.choose("folder", folder))
    assert_asks(page, "folder", folder)
    assert {result["folder"] for result in page.results()} == {folder.rsplit("/", 1)[1]}
    assert_chip_takes_it_back(page, "folder", "In ")


def test_least_similarity(page):
    least = page.results()[5]["similarity"]
    page.after(lambda: page.set_value("#above", least))
    assert_asks(page, "above", f"{least:g}")
    assert all(result["similarity"] >= least - 0.005 for result in page.results())
    assert_chip_takes_it_back(page, "above", "At least")


def test_type(page, needs_views):
    page.after(lambda: page.choose("type", "shirt"))
    assert_asks(page, "type", "shirt")
    assert page.results()
    page.after(lambda: page.choose("type", "t-shirt"))
    assert page.last_search()["type"] == ["shirt", "t-shirt"]
    page.after(lambda: page.click("[data-test=clear-filters]"))
    assert "type" not in page.last_search()


def test_colour(page, needs_views):
    whole = page.names()
    page.after(lambda: page.choose("colour", "navy"))
    assert_asks(page, "colour", "navy")
    assert page.names() != whole
    assert_chip_takes_it_back(page, "colour", "In navy")


def test_colour_of_ones_own(page, needs_views):
    page.after(lambda: page.set_value("#custom-colour", "#aa2244"))
    assert_asks(page, "colour", "#aa2244")
    assert_chip_takes_it_back(page, "colour", "In #aa2244")


def test_pattern_of_names(page):
    page.after(lambda: page.set_value("#only", "*dress-0*"))
    assert_asks(page, "only", "*dress-0*")
    assert all("dress-0" in name for name in page.names())
    assert_chip_takes_it_back(page, "only", "Named")


def test_dates(page):
    page.after(lambda: page.set_value("#before", "2001-01-01"))
    assert_asks(page, "before", "2001-01-01")
    assert "No photo is left" in page.text("[data-test=found-state]")
    page.after(lambda: page.set_value("#since", "2000-01-01"))
    assert page.last_search()["since"] == ["2000-01-01"]
    page.after(lambda: page.click("[data-test=clear-filters]"))
    assert page.results()
    assert not {"before", "since"} & page.last_search().keys()


def test_filters_stay_for_the_next_photo(page):
    page.after(lambda: page.set_value("#only", "*-0*"))
    page.after(lambda: page.click(page.card()))
    assert_asks(page, "only", "*-0*")


def test_metrics(page, status):
    for metric in status["metrics"][1:]:
        page.after(lambda: page.choose("metric", metric))
        assert_asks(page, "metric", metric)
        assert page.results()
    page.after(lambda: page.choose("metric", "cosine"))
    assert "metric" not in page.last_search()


@pytest.mark.both_widths
def test_what_is_looked_for(page, status, needs_views):
    for match in status["matches"][1:]:
        page.after(lambda: page.choose("match", match))
        assert_asks(page, "match", match)
        assert page.results()


def test_model_is_offered_only_where_there_is_a_choice(page, server):
    models = server.ask("/api/models")["searchable"]
    page.open_facet("#model")
    assert page.one("#model").is_displayed() == (len(models) > 1)


@pytest.mark.parametrize("look", [NARROW], ids=str)
def test_filters_of_a_telephone_are_in_a_sheet(page):
    assert not page.is_shown("#filters")
    page.click("[data-test=open-filters]")
    page.wait(lambda: page.is_shown("#filter-sheet #filters"))
    page.after(lambda: page.set_value("#only", "*dress-0*"))
    page.click("#filter-sheet [data-close]")
    page.wait(lambda: not page.has_dialog())
    assert page.text("[data-test=open-filters]") == "Filters (1)"
    assert all("dress-0" in name for name in page.names())
