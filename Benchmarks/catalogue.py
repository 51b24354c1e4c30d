#!/usr/bin/env python3
"""catalogue.py [--folder FOLDER] [SIZE DIMENSION]…: catalogues of so many made-up photos, from nothing to answers.

Photos of any number cannot be embedded here, so a catalogue is made of one photo and a network that is made up too, and the
others' embeddings (search.py says how they are made up) are written into its tables. What follows is what a user has:
`lookalike compact` makes the index, `lookalike search` opens it and answers, and a process that stays asks a thousand times.
Queries are photos of the catalogue, whose own entry is left out; truth is faiss' IndexFlatIP. Needs what search.py needs,
and onnx; ten million photos of 128 numbers take 15 GB in FOLDER, and 12 GB of memory for the truth.
"""
import argparse, hashlib, json, os, sqlite3, struct, subprocess, tempfile, time, zlib

import faiss, numpy as np, onnx
from onnx import TensorProto, helper, numpy_helper

from search import LIMIT, PROGRAM, made_up, recall, table

LOOKALIKE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../.build/release/lookalike")
STANDARD = [10_000, 128, 100_000, 128, 1_000_000, 128, 10_000_000, 128, 1_000_000, 512]
QUERIES, RUNS = 1000, 9


def write_network(path, dimension):
    """The mean colour of a picture, taken by random weights into as many numbers as are asked for."""
    weights = numpy_helper.from_array(np.random.default_rng(1).standard_normal((3, dimension), dtype=np.float32), "weights")
    graph = helper.make_graph(
        [helper.make_node("GlobalAveragePool", ["pixels"], ["mean"]), helper.make_node("Flatten", ["mean"], ["flat"]),
         helper.make_node("MatMul", ["flat", "weights"], ["embedding"])], "made-up",
        [helper.make_tensor_value_info("pixels", TensorProto.FLOAT, ["batch", 3, 32, 32])],
        [helper.make_tensor_value_info("embedding", TensorProto.FLOAT, ["batch", dimension])], [weights])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
    model.ir_version = 8
    onnx.save(model, path)


def write_photo(path):
    chunk = lambda name, data: struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
    rows = zlib.compress((b"\0" + b"\xc0\x40\x40" * 32) * 32)
    with open(path, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 32, 32, 8, 2, 0, 0, 0))
                   + chunk(b"IDAT", rows) + chunk(b"IEND", b""))


class Program:
    """One run of `lookalike`, with what it took."""

    def __init__(self, *arguments):
        with tempfile.NamedTemporaryFile("r") as figures:
            # Not by wait4, which counts what this process has at the fork.
            measured = ["/usr/bin/time", "--quiet", "-o", figures.name, "-f", "%e %U %S %M"]
            start = time.perf_counter()
            run = subprocess.run([*measured, LOOKALIKE, *map(str, arguments)], capture_output=True, text=True)
            self.wall = time.perf_counter() - start
            _, user, system, peak = map(float, figures.read().split())
        self.cpu, self.peak = user + system, peak * 1024
        if run.returncode:
            raise SystemExit(f"lookalike {' '.join(map(str, arguments))}: {run.stderr}")


class Catalogue:
    def __init__(self, folder, vectors):
        self.folder, self.path, self.network = folder, f"{folder}/c.sqlite", f"{folder}/made-up.onnx"
        self.options = ["--model", self.network, "--catalogue", self.path]
        os.mkdir(f"{folder}/photos")
        write_network(self.network, vectors.shape[1]), write_photo(f"{folder}/photos/one.png")
        Program("index", f"{folder}/photos", *self.options)
        self.database = sqlite3.connect(self.path)
        self.first, self.space = (self.database.execute(f"SELECT max(id) FROM {name}").fetchone()[0] for name in ("content", "space"))
        self.database.execute("PRAGMA synchronous = OFF")
        for start in range(0, len(vectors), 50_000):
            self.add(start, vectors[start:start + 50_000])
        self.database.execute("PRAGMA synchronous = NORMAL")

    def add(self, start, vectors):
        """A photo's file would hold its number in digits."""
        numbers = range(start, start + len(vectors))
        ids = {number: self.first + 1 + number for number in numbers}
        insert = lambda text, rows: self.database.executemany(f"INSERT INTO {text}", rows)
        insert("content (id, digest) VALUES (?, ?)", ((ids[n], hashlib.sha256(b"%d" % n).digest()) for n in numbers))
        insert("photo (path, contentID, size, modified, changed, inode) VALUES (?, ?, 1, 1, 1, 1)",
               ((f"{self.folder}/photos/{n}.jpg".encode(), ids[n]) for n in numbers))
        insert(f"embedding (contentID, spaceID, vector) VALUES (?, {self.space}, ?)",
               ((ids[n], vectors[n - start].tobytes()) for n in numbers))
        self.database.commit()

    def remove(self, number):
        for table, column in (("photo", "contentID"), ("embedding", "contentID"), ("content", "id")):
            self.database.execute(f"DELETE FROM {table} WHERE {column} = ?", (self.first + 1 + number,))
        self.database.commit()

    def index_bytes(self):
        return sum(os.path.getsize(os.path.join(place, name)) for place, _, names in os.walk(self.path + ".index") for name in names)


class Session:
    """The program `searching` with the catalogue open."""

    def __init__(self, catalogue):
        self.process = subprocess.Popen([PROGRAM], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.ask("open", catalogue.path, catalogue.network, f"{catalogue.folder}/photos")

    def ask(self, *words):
        print(*words, file=self.process.stdin, flush=True)
        return json.loads(self.process.stdout.readline())

    def look(self, effort, threads, count=QUERIES, first=0):
        return self.ask("look", effort, threads, count, first)

    def resident(self):
        return self.ask("memory")["resident"]


def opening(catalogue):
    """The first answer of a process that has just started, beyond the start of one that does nothing."""
    query = f"{catalogue.folder}/query"
    with open(query, "w") as file:
        file.write("77")
    rounds = [(Program("--version").wall, Program("search", query, "--no-refresh", "--format", "paths", *catalogue.options))
              for _ in range(RUNS)]
    return np.median([run.wall - start for start, run in rounds]), np.median([run.peak for _, run in rounds])


def changes(catalogue, session, count, vectors):
    """What a new photo, and one less, cost: the writing of it, and the search that first knows of it."""
    costs = {"add": [], "remove": []}
    usual = np.median(session.look("exact", 1, 50)["times"])
    for step in range(RUNS):
        number = count + step
        for name, change in (("add", lambda: catalogue.add(number, vectors[step:step + 1])), ("remove", lambda: catalogue.remove(number))):
            start = time.perf_counter()
            change()
            written = time.perf_counter() - start
            first = session.look("exact", 1, 1, step)["times"][0]
            costs[name].append((written, first - usual))
    return {name: np.median(cost, axis=0) for name, cost in costs.items()}


def measure(folder, size, dimension):
    vectors, _ = made_up(size, dimension, queries=0)
    flat = faiss.IndexFlatIP(dimension)
    flat.add(vectors)
    truth = np.array([[i for i in row if i != n][:LIMIT] for n, row in enumerate(flat.search(vectors[:QUERIES], LIMIT + 1)[1])])
    del flat
    catalogue = Catalogue(folder, vectors)
    few = vectors[:RUNS].copy()
    del vectors
    built = Program("compact", *catalogue.options)
    print(f"# {size:,} x {dimension}: index {catalogue.index_bytes() / 1e6:,.0f} MB, made in {built.wall:.1f} s "
          f"({built.cpu:.1f} s of processors), {built.peak / 1e6:,.0f} MB at most", flush=True)
    first, peak = opening(catalogue)
    print(f"  opened and answered in {first * 1e3:.0f} ms beyond the start of a process, {peak / 1e6:.0f} MB at most")
    session = Session(catalogue)
    rows = [("one query", "median ms", "CPU ms", "recall", "resident MB after them")]
    for name, effort, threads in (("exact", "exact", 1), ("exact, 2 threads", "exact", 2), ("recall .99", .99, 1), ("recall .95", .95, 1)):
        if effort != "exact":
            session.look(effort, 2, 1)  # measures the recall once
        answer = session.look(effort, threads)
        rows.append((name, f"{np.median(answer['times']) * 1e3:.2f}", f"{answer['cpu'] / QUERIES * 1e3:.2f}",
                     f"{recall(answer['ids'], truth):.4f}", f"{session.resident() / 1e6:.0f}"))
    table(rows)
    for name, (written, searched) in changes(catalogue, session, size, few).items():
        print(f"  {name} one photo: {written * 1e3:.1f} ms to write, {searched * 1e3:.1f} ms more for the search after it")
    session.process.stdin.close()


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--folder"), options.add_argument("sizes", nargs="*", type=int)
    options = options.parse_args()
    print(f"# {time.strftime('%F')}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; faiss {faiss.__version__}")
    for size, dimension in zip(*[iter(options.sizes or STANDARD)] * 2):
        with tempfile.TemporaryDirectory(dir=options.folder) as folder:
            measure(folder, size, dimension)


if __name__ == "__main__":
    main()
