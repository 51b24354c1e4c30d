#!/usr/bin/env python3
"""How fast `lookalike serve` answers, and whether it stays as it is: latency of photos that are sent and of photos that are here,
fifty clients at once, and memory over minutes.

    python3 Benchmarks/serving.py CATALOGUE FOLDER-OF-QUERIES [--soak MINUTES]

CATALOGUE was made by `lookalike index`; the folder holds JPEG photos that are not in it. Needs wrk (Debian's package). Prints what it
measured; `LOOKALIKE` names the program, .build/release/lookalike unless it is set.
"""
import argparse, http.client, itertools, json, os, pathlib, re, statistics, subprocess, sys, tempfile, time

PROGRAM = os.environ.get("LOOKALIKE", ".build/release/lookalike")
CLIENTS, SECONDS = 50, 60


class Server:
    """A server on a port of its own, as long as it is in use."""

    def __init__(self, catalogue):
        self.process = subprocess.Popen(
            [PROGRAM, "serve", "--catalogue", catalogue, "--port", "0"], stderr=subprocess.PIPE, text=True)
        for line in self.process.stderr:
            if found := re.search(r"Serving http://127\.0\.0\.1:(\d+)/", line):
                self.port = int(found[1])
                break
        # Nobody reads the log, which must not stand in the way.
        self.drain = subprocess.Popen(["cat"], stdin=self.process.stderr, stdout=subprocess.DEVNULL)
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
        self.drain.wait()

    def ask(self, method, path, body=None):
        start = time.perf_counter()
        answer = json.loads(self.get(method, path, body))
        return answer, (time.perf_counter() - start) * 1e3

    def get(self, method, path, body=None):
        self.connection.request(method, path, body=body)
        response = self.connection.getresponse()
        content = response.read()
        if response.status != 200:
            sys.exit(f"{path}: {response.status} {content[:200]}")
        return content

    def reconnect(self):
        """The server closes connections that say nothing for a while."""
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port)

    @property
    def memory(self):
        """Resident megabytes: of the server, and of what decodes for it."""
        own = resident(self.process.pid)
        return own, sum(resident(child) for child in children(self.process.pid))

    @property
    def seconds(self):
        """Of processor time."""
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def children(process):
    for task in pathlib.Path(f"/proc/{process}/task").iterdir():
        yield from map(int, (task / "children").read_text().split())


def resident(process):
    text = pathlib.Path(f"/proc/{process}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", text)[1]) / 1024


def percentile(values, share):
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def summary(values):
    return f"p50 {percentile(values, .5):6.2f}  p99 {percentile(values, .99):6.2f} ms"


def fresh(photos, count):
    """Photos that the server has never seen: something behind a JPEG's end makes it another file of the same picture."""
    for number, photo in zip(range(count), itertools.cycle(photos)):
        yield photo.read_bytes() + f"{number} {time.time_ns()}".encode()


def uploads(server, photos, count=300):
    for photo in fresh(photos, 20):
        server.ask("POST", "/api/search", photo)
    before, times, stages = server.seconds, [], []
    for photo in fresh(photos, count):
        answer, took = server.ask("POST", "/api/search", photo)
        times.append(took)
        stages.append(answer["took"])
    print(f"a photo that is sent    {summary(times)}   processor {(server.seconds - before) / count * 1e3:.1f} ms each, without decoding")
    for stage in ("read", "decode", "embed", "search"):
        print(f"    {stage:8}            {summary([took.get(stage, 0) for took in stages])}")
    metrics = server.get("GET", "/metrics").decode()
    total, count = (float(re.search(rf'lookalike_stage_seconds_{kind}{{stage="write"}} (\S+)', metrics)[1]) for kind in ("sum", "count"))
    print(f"    write               mean {total / count * 1e3:5.2f} ms   (JSON)")
    rest = [took - sum(stage.get(name, 0) for name in ("read", "decode", "embed", "search")) for took, stage in zip(times, stages)]
    print(f"    the rest            {summary(rest)}   (network, JSON, waiting; the client’s own work)")


def known(server, ids):
    for name, parameters in (("24 results, folded", ""), ("10 results", "&k=10&fold=false")):
        times = [server.ask("POST", f"/api/search?photo={photo}{parameters}")[1] for photo in ids]
        print(f"photo=ID, {name:18} {summary(times)}   from Python")
        wrk(server, ids, parameters, clients=1, seconds=10)


LUA = """
local ids = {%s}
local place = math.random(#ids)
request = function()
  place = place %% #ids + 1
  return wrk.format("POST", "/api/search?photo=" .. ids[place] .. "%s")
end
"""


def wrk(server, ids, parameters, clients, seconds):
    """Returns the 50th and 99th percentile in milliseconds, and how many answers were none."""
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(LUA % (",".join(f'"{photo}"' for photo in ids), parameters))
        script.flush()
        text = subprocess.run(
            ["wrk", "--latency", f"-c{clients}", f"-t{min(2, clients)}", f"-d{seconds}s", "-s", script.name, f"http://127.0.0.1:{server.port}"],
            capture_output=True, text=True, check=True).stdout
    units = {"us": 1e-3, "ms": 1, "s": 1e3}
    shares = {share: float(value) * units[unit] for share, value, unit in re.findall(r"(\d+)%\s+([\d.]+)(us|ms|s)\b", text)}
    failures = sum(map(int, re.findall(r"Non-2xx or 3xx responses: (\d+)", text)))
    failures += sum(int(count) for line in re.findall(r"Socket errors: (.*)", text) for count in re.findall(r"\d+", line))
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1])
    print(f"    wrk, {clients:2} clients, {seconds} s   p50 {shares['50']:6.2f}  p99 {shares['99']:6.2f} ms   "
          f"{rate:.0f} answers/s, {failures} failures, p99/p50 {shares['99'] / shares['50']:.1f}")


def soak(server, ids, photos, minutes):
    server.reconnect()
    first = None
    for minute in range(1, minutes + 1):
        end = time.time() + 60
        while time.time() < end:
            for photo in fresh(photos, 20):
                server.ask("POST", "/api/search?k=24", photo)
            for photo in ids[:200]:
                server.ask("POST", f"/api/search?photo={photo}")
                server.get("GET", f"/api/photos/{photo}/thumbnail")
        own, decoding = server.memory
        first = first or own
        print(f"    minute {minute:2}: {own:6.1f} MB, decoding {decoding:5.1f} MB", flush=True)
    print(f"memory from minute 1 to {minutes}: {(own / first - 1) * 100:+.1f} %")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("catalogue")
    parser.add_argument("queries", type=pathlib.Path)
    parser.add_argument("--soak", type=int, default=10, metavar="MINUTES")
    arguments = parser.parse_args()
    photos = sorted(arguments.queries.rglob("*.jpg"))
    processor = re.search(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text())[1]
    with Server(arguments.catalogue) as server:
        status, _ = server.ask("GET", "/api/status")
        print(f"{processor}, {os.cpu_count()} processors; {status['photos']} photos, {status['model']}; load {os.getloadavg()[0]:.1f}")
        ids = [photo["photo"] for photo in server.ask("GET", "/api/photos?limit=1000")[0]["photos"]]
        uploads(server, photos)
        known(server, ids)
        print(f"{CLIENTS} clients at once")
        wrk(server, ids, "", CLIENTS, SECONDS)
        if arguments.soak:
            print("memory while photos are sent, searched and drawn")
            soak(server, ids, photos, arguments.soak)


if __name__ == "__main__":
    main()
