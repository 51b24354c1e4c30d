"""The program under test, serving photos on a port of this machine."""
import contextlib, json, os, re, subprocess, threading, urllib.error, urllib.request

PROGRAM = os.environ["LOOKALIKE"]


def models():
    listed = subprocess.run([PROGRAM, "models", "--format", "json"], capture_output=True, check=True).stdout
    return json.loads(listed)["models"]


def usual_model():
    """The default one, or else the one that needs no weights."""
    return next((model["id"] for model in models() if model["default"] and model["installed"]), "colour-layout")


class Server:
    """`lookalike serve` with a catalogue of its own; it can be stopped, and started again on the same port."""

    def __init__(self, catalogue, photos=(), options=()):
        self.command = [PROGRAM, "serve", *map(str, photos), "--catalogue", str(catalogue), "--model", usual_model(), *map(str, options)]
        self.port = 0
        self.start()

    @property
    def origin(self):
        return f"http://127.0.0.1:{self.port}"

    def start(self):
        self.process = subprocess.Popen([*self.command, "--port", str(self.port)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        told = []
        for line in self.process.stderr:
            told.append(line)
            if address := re.search(r"Serving http://127\.0\.0\.1:(\d+)/", line):
                self.port = int(address[1])
                threading.Thread(target=self.process.stderr.read, daemon=True).start()
                return
        raise RuntimeError("the server did not start: " + "".join(told))

    def stop(self):
        self.process.kill()
        self.process.wait()

    def ask(self, path, method="GET", data=None):
        headers = {"Content-Type": "image/png"} if data else {}
        with urllib.request.urlopen(urllib.request.Request(self.origin + path, data, headers, method=method), timeout=30) as answer:
            return json.load(answer)

    def refusal(self, path, data):
        """The problem that the server answers with."""
        try:
            raise AssertionError(f"{self.ask(path, 'POST', data)} is no refusal")
        except urllib.error.HTTPError as problem:
            return json.load(problem)

    def wait_until_refreshed(self):
        """The stream of events ends with the run."""
        with urllib.request.urlopen(self.origin + "/api/refresh", timeout=120) as events:
            any(line.startswith(b"event: done") for line in events)
        return self

    def photo(self, name):
        """The ID of the photo whose file has this name."""
        return next(photo["photo"] for photo in self.ask("/api/photos?limit=1000")["photos"] if photo["name"] == name)


@contextlib.contextmanager
def serving(folder, *arguments):
    server = Server(folder / "catalogue.sqlite", *arguments)
    try:
        yield server
    finally:
        server.stop()
