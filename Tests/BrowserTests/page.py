"""The page as a person sees it: what is shown, and what can be done to it."""
import base64, dataclasses, json, mimetypes, re, shutil
from urllib.parse import parse_qs, urlsplit

from selenium import webdriver
from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.actions.action_builder import ActionBuilder
from selenium.webdriver.common.actions.pointer_input import PointerInput
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait


@dataclasses.dataclass(frozen=True)
class Look:
    """A desk's window or a telephone's, in light or in dark."""
    width: int
    scheme: str

    @property
    def is_narrow(self):
        return self.width < 720

    def __str__(self):
        return f"{self.width}-{self.scheme}"


WIDE, WIDE_DARK, NARROW, NARROW_DARK = [Look(width, scheme) for width in (1440, 390) for scheme in ("light", "dark")]

RESULTS = """
return [...document.querySelectorAll('[data-test=result]')].map((card) => ({
  photo: card.dataset.photo, name: card.querySelector('.name').textContent, folder: card.querySelector('.folder').textContent,
  similarity: Number(card.querySelector('[data-test=similarity]').textContent),
}));
"""

IS_SETTLED = """
const results = document.getElementById('results');
const isShown = (id) => !document.getElementById(id).hidden;
if (isShown('page-state') || isShown('folders') || isShown('duplicates')) return true;
if (isShown('start')) return isShown('start-state') || document.querySelector('[data-test=photo]') !== null;
return isShown('look') && !results.inert && !results.hasAttribute('aria-busy') && (results.children.length > 0 || isShown('found-state'));
"""

IS_STILL = "return document.getAnimations().every((animation) => animation.effect.getTiming().iterations === Infinity)"

ARE_PICTURES_LOADED = "return [...document.images].every((image) => image.complete || image.loading === 'lazy')"

TRANSFER = """
const [kind, files] = arguments;
const transfer = new DataTransfer();
for (const { name, type, data } of files)
  transfer.items.add(new File([Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0))], name, { type }));
const about = { bubbles: true, cancelable: true };
if (kind === 'paste') document.body.dispatchEvent(new ClipboardEvent('paste', { ...about, clipboardData: transfer }));
else document.body.dispatchEvent(new DragEvent(kind, { ...about, dataTransfer: transfer }));
"""


# A browser without a screen believes that it has no mouse. (Where touch is emulated, it goes by that.)
MOUSE = "--blink-settings=primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,availablePointerTypes=4"


def start_chromium():
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium")
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--hide-scrollbars", "--lang=en-GB", MOUSE):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))
    driver.set_script_timeout(300)
    return driver


class Page:
    def __init__(self, driver, server, look):
        self.driver, self.server = driver, server
        self.sent, self.allowed = [], []
        driver.switch_to.new_window("tab")
        self.emulate(look)

    # ------------------------------------------------------------------------------------------------------ The window

    def emulate(self, look):
        size = {"width": look.width, "height": 844 if look.is_narrow else 900}
        self.command("Emulation.setDeviceMetricsOverride", **size, deviceScaleFactor=1, mobile=look.is_narrow)
        if look.is_narrow:
            self.command("Emulation.setTouchEmulationEnabled", enabled=True)
        self.colour(look)

    def colour(self, look):
        """Light or dark; buttons take a moment to change."""
        self.look = look
        self.command("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": look.scheme}])
        self.wait(lambda: self.script(IS_STILL))

    def command(self, name, **parameters):
        return self.driver.execute_cdp_cmd(name, parameters)

    def disconnect(self, is_offline=True):
        """As if the server, or the network, were gone."""
        self.command("Network.enable")
        self.command("Network.emulateNetworkConditions", offline=is_offline, latency=0, downloadThroughput=-1, uploadThroughput=-1)

    def close(self):
        self.driver.delete_all_cookies()
        self.driver.execute_script("try { localStorage.clear() } catch {}")
        self.driver.close()
        self.driver.switch_to.window(self.driver.window_handles[0])

    # ------------------------------------------------------------------------------------------------ What the browser tells

    def requests(self):
        """(method, address) of all requests of this test."""
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                request = message["params"]["request"]
                self.sent.append((request["method"], request["url"]))
        return self.sent

    def last_search(self):
        """What the last search asked for: each parameter's values."""
        asked = [url for method, url in self.requests() if urlsplit(url).path == "/api/search"]
        return parse_qs(urlsplit(asked[-1]).query)

    def allow(self, *parts):
        """What the console may say since the test makes it happen."""
        self.allowed += parts

    def complaints(self):
        entries = self.driver.get_log("browser")
        told = [entry["message"] for entry in entries if entry["level"] in ("SEVERE", "WARNING")]
        return [message for message in told if not any(part in message for part in self.allowed)]

    def foreign_requests(self):
        return [url for _, url in self.requests() if not url.startswith((self.server.origin + "/", "blob:" + self.server.origin, "data:", "about:"))]

    # ---------------------------------------------------------------------------------------------------------- Finding

    def one(self, selector):
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def all(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def test(self, name):
        return self.one(f"[data-test={name}]")

    def is_shown(self, selector):
        return any(node.is_displayed() for node in self.all(selector))

    def text(self, selector):
        return self.one(selector).text

    def script(self, text, *arguments):
        return self.driver.execute_script(text, *arguments)

    # As long as a machine may take that is busy with other tests.
    def wait(self, condition, seconds=120):
        ignored = (NoSuchElementException, StaleElementReferenceException)
        return WebDriverWait(self.driver, seconds, poll_frequency=0.03, ignored_exceptions=ignored).until(lambda _: condition())

    def wait_for_text(self, selector, part):
        self.wait(lambda: part in self.text(selector))

    # ------------------------------------------------------------------------------------------------------------ Going

    def open(self, address="/"):
        self.driver.get(self.server.origin + address)
        return self.settle()

    def settle(self):
        self.wait(lambda: self.script(IS_SETTLED))
        return self

    def finish(self):
        """As settled, and all pictures are there."""
        self.settle().wait(lambda: self.script(ARE_PICTURES_LOADED))

    @property
    def address(self):
        return self.driver.current_url.removeprefix(self.server.origin)

    @property
    def parameters(self):
        return parse_qs(urlsplit(self.driver.current_url).query)

    @property
    def query(self):
        return self.parameters.get("query", [""])[0]

    def after(self, action):
        """Does what changes the address, and waits for what is shown then."""
        before = self.driver.current_url
        action()
        self.wait(lambda: self.driver.current_url != before)
        return self.settle()

    def back(self):
        return self.after(self.driver.back)

    def forward(self):
        return self.after(self.driver.forward)

    # ------------------------------------------------------------------------------------------------------ Doing things

    def click(self, target):
        """An element, or a selector, by which it is found once more where the page has just drawn it anew."""
        def attempt():
            node = self.one(target) if isinstance(target, str) else target
            self.script("arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })", node)
            node.click()
            return True

        self.wait(attempt)

    def choose(self, name, value):
        """Ticks the input; a person clicks the label around it."""
        self.open_facet(f'input[name="{name}"]')
        self.click(self.one(f'input[name="{name}"][value="{value}"]').find_element(By.XPATH, "./.."))

    def open_facet(self, selector):
        """Unfolds the part of the form that the control is in."""
        self.script("const facet = document.querySelector(arguments[0]).closest('details'); if (facet) facet.open = true", selector)

    def set_value(self, selector, value):
        """Sliders, dates and colours are set as a whole: how they are typed depends on the browser's language."""
        self.open_facet(selector)
        self.script("""
            const [node, value] = arguments;
            node.value = value;
            node.dispatchEvent(new Event('input', { bubbles: true }));
            node.dispatchEvent(new Event('change', { bubbles: true }));
        """, self.one(selector), value)

    def press(self, *keys):
        ActionChains(self.driver).send_keys(*keys).perform()

    def press_with_shift(self, key):
        ActionChains(self.driver).key_down(Keys.SHIFT).send_keys(key).key_up(Keys.SHIFT).perform()

    def focused(self):
        return self.driver.switch_to.active_element

    def pick(self, *paths):
        self.one("#file").send_keys("\n".join(map(str, paths)))

    def transfer(self, kind, *paths):
        """Files as they come with a drop or from the clipboard: kind is dragover, drop or paste."""
        described = [{"name": path.name, "type": mimetypes.guess_type(path.name)[0] or "", "data": base64.b64encode(path.read_bytes()).decode()}
                     for path in paths]
        self.script(TRANSFER, kind, described)

    def drag(self, start, end):
        """Draws a part onto the photo: from one point to another, in shares of it, by mouse or by finger."""
        self.finish()
        self.script("scrollTo({ top: 0, behavior: 'instant' })")
        frame = self.one("#stage").rect
        points = [(round(frame["x"] + x * frame["width"]), round(frame["y"] + y * frame["height"])) for x, y in (start, end)]
        kind = "touch" if self.look.is_narrow else "mouse"
        actions = ActionBuilder(self.driver, mouse=PointerInput(kind, f"drawing {kind}"), duration=40)
        actions.pointer_action.move_to_location(*points[0]).pointer_down().move_to_location(*points[1]).pointer_up()
        actions.perform()

    # ------------------------------------------------------------------------------------------------------- What is found

    def results(self):
        """Those whose cards are in the document: the ones near the window."""
        return self.script(RESULTS)

    def names(self):
        return [result["name"] for result in self.results()]

    def card(self, index=0):
        return self.one(f'[data-test=result][data-index="{index}"]')

    def card_button(self, name, index=0):
        """A card's buttons appear under the mouse; fingers see them always."""
        card = self.card(index)
        if not self.look.is_narrow:
            ActionChains(self.driver, duration=0).move_to_element(card).perform()
        return card.find_element(By.CSS_SELECTOR, f"[data-test={name}]")

    def add_folder(self, path):
        self.wait(lambda: self.one("#root-path").is_displayed())
        self.one("#root-path").send_keys(str(path))
        self.click("[data-test=add-root] [type=submit]")

    def matches(self):
        """The lines between parts of two photos, and those parts."""
        return self.all("[data-test=match-lines] [data-test=match]")

    def region(self):
        """Left, top, width and height of the part in the address."""
        found = re.search(r"@([\d.,]+)", self.query)
        return [float(number) for number in found[1].split(",")] if found else None

    def open_dialog(self, name):
        return self.wait(lambda: self.one(f"dialog[data-test={name}-dialog][open]"))

    def has_dialog(self):
        return bool(self.all("dialog[open]"))
