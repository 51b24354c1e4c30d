"""What the tests share: one browser, the photos, and servers; and what must hold after each test, whatever it tests."""
import pathlib, re

import pytest

from page import NARROW_DARK, Page, WIDE, start_chromium
from photos import Photos
from serving import serving, usual_model

TOKEN = "correct horse battery staple"


def pytest_addoption(parser):
    parser.addoption("--screenshots", metavar="FOLDER", type=pathlib.Path, help="save a picture of each state of the page there")


def pytest_generate_tests(metafunc):
    """Tests that name no look see the page in a wide window; @both_widths shows it to them on a telephone, too."""
    if "look" in metafunc.fixturenames and not any("look" in mark.args[0] for mark in metafunc.definition.iter_markers("parametrize")):
        looks = [WIDE, NARROW_DARK] if metafunc.definition.get_closest_marker("both_widths") else [WIDE]
        metafunc.parametrize("look", looks, ids=str)


def pytest_configure(config):
    config.addinivalue_line("markers", "both_widths: the layout matters, so the test runs at 1,440 and at 390 pixels")


@pytest.fixture(scope="session")
def chromium():
    driver = start_chromium()
    yield driver
    driver.quit()


@pytest.fixture(scope="session")
def photos(tmp_path_factory, chromium):
    return Photos(tmp_path_factory.mktemp("photos"), chromium)


@pytest.fixture(scope="session")
def server(photos, tmp_path_factory):
    with serving(tmp_path_factory.mktemp("server"), [photos.shop]) as server:
        yield server.wait_until_refreshed()


@pytest.fixture(scope="session")
def empty_server(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("empty")) as server:
        yield server


@pytest.fixture(scope="session")
def busy_server(photos, tmp_path_factory):
    """Its folder keeps it busy for as long as the tests of runs take."""
    if usual_model() == "colour-layout":
        pytest.skip("the model colour-layout is done too soon to be seen at work")
    folder = tmp_path_factory.mktemp("busy")
    with serving(folder) as server:
        server.folder = photos.many(folder / "many", 24)
        yield server


@pytest.fixture(scope="session")
def guarded_server(photos, tmp_path_factory):
    folder = tmp_path_factory.mktemp("guarded")
    token = folder / "token"
    token.touch(mode=0o600)
    token.write_text(TOKEN + "\n")
    with serving(folder, [photos.shop / "dress"], ["--token-file", token]) as server:
        yield server


# Tests name these two before the page, so that it is closed before they are stopped.

@pytest.fixture
def bare_server(tmp_path):
    """One that the test may give a folder."""
    with serving(tmp_path) as server:
        yield server


@pytest.fixture
def own_server(photos, tmp_path):
    """One that the test may stop."""
    with serving(tmp_path, [photos.shop / "dress"]) as server:
        yield server.wait_until_refreshed()


@pytest.fixture
def page(chromium, server, look):
    chromium.get_log("browser"), chromium.get_log("performance")
    page = Page(chromium, server, look)
    yield page
    complaints, foreign = page.complaints(), page.foreign_requests()
    page.close()
    assert not complaints, "the browser's console complains"
    assert not foreign, "the page asks other servers"


@pytest.fixture
def dress(server, photos):
    """The ID of a photo that is searched with."""
    return server.photo(photos.dresses[2].name)


@pytest.fixture(scope="session")
def status(server):
    return server.ask("/api/status")


@pytest.fixture
def needs_views(status):
    if not status["canExplain"]:
        pytest.skip(f"the model {status['model']} knows no views: lookalike models fetch efficientnet-lite0")


@pytest.fixture
def save_screenshot(request, page):
    folder = request.config.getoption("--screenshots")

    def save(name):
        if folder:
            folder.mkdir(parents=True, exist_ok=True)
            page.driver.save_screenshot(str(folder / f"{re.sub('[^a-z0-9]+', '-', name)}-{page.look}.png"))

    return save
