#!/usr/bin/env python3
"""search.py [--data NAME --dimension D] [--graphs] [SIZE DIMENSION]…: searches vectors with Lookalike and with others, in turn.

Without --data, vectors are made up: points around 2,560 centres, which lie around 64 others, in 56 dimensions, taken by a
random network of one layer into as many dimensions as are asked for, with noise, at length one. With --data, NAME.f32 and
NAME.q.f32 hold vectors and queries as 32-bit floats. Bytes of an index are those by which the process grew,
the vectors included; in a catalogue (catalogue.py) they stay on disk. Needs numpy, scikit-learn, faiss-cpu, hnswlib and
usearch (search-requirements.txt); times are medians over rounds in which all take turns, processor time beside elapsed time.
"""
import argparse, json, os, subprocess, sys, tempfile, time

for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ.setdefault(name, "2")
# faiss' wheel has an OpenBLAS that does not know newer processors, and then takes four times as long to train.
if "avx512" in open("/proc/cpuinfo").read():
    os.environ.setdefault("OPENBLAS_CORETYPE", "SKYLAKEX")

import faiss, hnswlib, numpy as np, usearch.index
from sklearn.neighbors import NearestNeighbors
from threadpoolctl import threadpool_limits

LIMIT, ROUNDS, SINGLE, BATCH = 10, 5, 20, 200
# Graphs of neighbours are made of no more vectors than this, unless they are asked for.
SMALL = 100_000
STANDARD = [100_000, 512, 1_000_000, 512, 100_000, 1280]
PROGRAM = os.path.join(os.path.dirname(os.path.abspath(__file__)), ".build/release/searching")


def made_up(count, dimension, queries=1000, seed=1):
    random = np.random.default_rng(seed)
    normal = lambda *shape: random.standard_normal(shape, dtype=np.float32)
    centres = (normal(64, 1, 56) + 0.6 * normal(64, 40, 56)).reshape(-1, 56)
    weights = random.dirichlet(np.full(len(centres), 0.5))
    first, shift, second, offset = normal(56, 256) / 56**0.5, 0.3 * normal(256), normal(256, dimension) / 16, 0.5 * normal(dimension)
    vectors = np.empty((count + queries, dimension), np.float32)
    for start in range(0, len(vectors), 20_000):
        points = centres[random.choice(len(centres), min(20_000, len(vectors) - start), p=weights)]
        points = np.tanh((points + normal(*points.shape)) @ first + shift) @ second
        points += offset + 0.03 * normal(*points.shape)
        vectors[start:start + len(points)] = points / np.linalg.norm(points, axis=1, keepdims=True)
    return vectors[:count], vectors[count:]


class Lookalike:
    """The program `searching`, which is asked a line at a time."""

    def __init__(self, folder, vectors, queries):
        self.process = subprocess.Popen([PROGRAM], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        vectors.tofile(f"{folder}/vectors"), queries.tofile(f"{folder}/queries")
        before = self.ask("memory")["resident"]
        self.ask("load", f"{folder}/vectors", vectors.shape[1])
        answer = self.ask("encode", max(1, min(len(vectors) // 250, int(4 * len(vectors) ** 0.5))))
        grown = self.ask("memory")["resident"] - before
        self.ask("queries", f"{folder}/queries")
        self.built = answer["wall"], answer["cpu"], grown

    def ask(self, *words):
        print(*words, file=self.process.stdin, flush=True)
        return json.loads(self.process.stdout.readline())

    def search(self, effort, tasks, count, first=0):
        answer = self.ask("search", effort, tasks, count, first)
        return answer["times"], answer["cpu"], answer["ids"], answer["compared"]


def timed(search, queries):
    """Elapsed seconds of each query, processor seconds of all, and what was found."""
    times, found, cpu = [], [], time.process_time()
    for query in queries:
        start = time.perf_counter()
        found.append(search(query))
        times.append(time.perf_counter() - start)
    return times, time.process_time() - cpu, found


def resident():
    with open("/proc/self/statm") as pages:
        return int(pages.read().split()[1]) * os.sysconf("SC_PAGESIZE")


def recall(found, truth):
    return np.mean([len(set(map(int, ids)) & set(map(int, exact[:LIMIT]))) / LIMIT for ids, exact in zip(found, truth)])


def top(scores):
    best = np.argpartition(-scores, LIMIT)[:LIMIT]
    return best[np.argsort(-scores[best])]


def table(rows):
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        print("  " + "  ".join(text.ljust(width) if column == 0 else text.rjust(width)
                               for column, (text, width) in enumerate(zip(row, widths))), flush=True)


def exact(ours, vectors, queries, truth):
    """One query at a time, all of them compared or proved to be farther."""
    flat, bytes_ = faiss.IndexFlatIP(vectors.shape[1]), faiss.IndexScalarQuantizer(
        vectors.shape[1], faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT)
    flat.add(vectors), bytes_.train(vectors[:100_000]), bytes_.add(vectors)
    # Of vectors of length one the same are nearest, and it would divide all by their lengths at each query otherwise.
    sklearn = NearestNeighbors(n_neighbors=LIMIT, algorithm="brute").fit(vectors)
    asked = queries[:SINGLE]
    peers = {
        "Lookalike, proved": lambda: ours.search("exact", 1, SINGLE),
        "Lookalike, proved, 2 threads": lambda: ours.search("exact", 2, SINGLE),
        "Lookalike, likely": lambda: ours.search("likely", 1, SINGLE),
        "numpy": lambda: timed(lambda query: top(vectors @ query), asked),
        "faiss flat": lambda: timed(lambda query: flat.search(query[None], LIMIT)[1][0], asked),
        "faiss 8 bits": lambda: timed(lambda query: bytes_.search(query[None], LIMIT)[1][0], asked),
        "scikit-learn": lambda: timed(lambda query: sklearn.kneighbors(query[None])[1][0], asked[:4]),
        "usearch exact": lambda: timed(lambda query: usearch.index.search(
            vectors, query, LIMIT, usearch.index.MetricKind.IP, exact=True, threads=1).keys, asked[:4]),
    }
    faiss.omp_set_num_threads(1)
    results = {name: [] for name in peers}
    with threadpool_limits(1):
        for _ in range(ROUNDS):
            for name, run in peers.items():
                results[name].append(run())
    base = np.median([np.median(times) for times, *_ in results["numpy"]])
    rows = [("one query", "median ms", "least ms", "CPU ms", "of numpy's", "recall", "compared")]
    for name, rounds in results.items():
        median = np.median([np.median(times) for times, *_ in rounds])
        cpu = np.median([cpu / len(times) for times, cpu, *_ in rounds])
        rows.append((name, f"{median * 1e3:.2f}", f"{min(min(times) for times, *_ in rounds) * 1e3:.2f}", f"{cpu * 1e3:.2f}",
                     f"1/{base / median:.1f}", f"{recall(rounds[0][2], truth):.4f}",
                     f"{rounds[0][3]:,.0f}" if len(rounds[0]) > 3 else ""))
    table(rows)


def batch(ours, vectors, queries, truth):
    """Many queries at once, on two threads."""
    flat = faiss.IndexFlatIP(vectors.shape[1])
    flat.add(vectors)
    faiss.omp_set_num_threads(2)
    asked = queries[:BATCH]

    def lookalike():
        answer = ours.ask("batch", "exact", 2, BATCH, 0)
        return answer["wall"], answer["cpu"], answer["ids"]

    def python(search):
        start, cpu = time.perf_counter(), time.process_time()
        found = search()
        return time.perf_counter() - start, time.process_time() - cpu, found

    def numpy():
        found = np.empty((BATCH, 0), np.int64), np.empty((BATCH, 0), np.float32)
        for start in range(0, len(vectors), 250_000):
            scores = asked @ vectors[start:start + 250_000].T
            best = np.argpartition(-scores, LIMIT, axis=1)[:, :LIMIT]
            found = np.hstack([found[0], best + start]), np.hstack([found[1], np.take_along_axis(scores, best, 1)])
        return np.take_along_axis(found[0], np.argsort(-found[1], axis=1)[:, :LIMIT], 1)

    def products():
        for start in range(0, len(vectors), 250_000):
            asked @ vectors[start:start + 250_000].T

    peers = {"Lookalike, proved": lookalike, "numpy": lambda: python(numpy),
             "numpy, products alone": lambda: python(products),
             "faiss flat": lambda: python(lambda: flat.search(asked, LIMIT)[1])}
    results = {name: [] for name in peers}
    for _ in range(3):
        for name, run in peers.items():
            results[name].append(run())
    base = np.median([wall for wall, *_ in results["numpy"]])
    rows = [(f"{BATCH} queries, 2 threads", "queries/s", "CPU ms a query", "x numpy's", "recall")]
    for name, rounds in results.items():
        wall, cpu = (np.median([result[i] for result in rounds]) for i in (0, 1))
        rows.append((name, f"{BATCH / wall:,.0f}", f"{cpu / BATCH * 1e3:.2f}", f"{base / wall:.1f}",
                     f"{recall(rounds[0][2], truth):.4f}" if rounds[0][2] is not None else ""))
    table(rows)


def approximate(ours, vectors, queries, truth, graphs):
    """The fastest setting of each that finds so much, one thread for queries and two for building."""
    count, dimension = vectors.shape
    partitions = int(4 * count**0.5)
    built, settings = {}, {}

    def build(name, make):
        before, start, cpu = resident(), time.perf_counter(), time.process_time()
        index = make()
        built[name] = (time.perf_counter() - start, time.process_time() - cpu, resident() - before)
        return index

    def rabitq(rotation):
        index = faiss.index_factory(dimension, f"{rotation}IVF{partitions},RaBitQ,RFlat", faiss.METRIC_INNER_PRODUCT)
        index.train(vectors[:: max(1, count // (48 * partitions))]), index.add(vectors)
        return index

    def faiss_graph():
        index = faiss.IndexHNSWFlat(dimension, 16, faiss.METRIC_INNER_PRODUCT)
        index.hnsw.efConstruction = 100
        index.add(vectors)
        return index

    def hnsw():
        index = hnswlib.Index("ip", dimension)
        index.init_index(count, M=16, ef_construction=100), index.add_items(vectors, num_threads=2)
        index.set_num_threads(1)
        return index

    def use():
        index = usearch.index.Index(ndim=dimension, metric="ip", connectivity=16)
        index.add(np.arange(count), vectors, threads=2)
        return index

    faiss.omp_set_num_threads(2)
    with threadpool_limits(2):
        # Without the rotation codes tell little of numbers of which half are zero, as in embeddings of photos.
        ivfs = {name: build(name, lambda: rabitq(rotation)) for name, rotation in (
            ("faiss IVF, RaBitQ, refined", ""), ("the same, rotated before", f"RR{dimension},"))}
        own = build("faiss HNSW16", faiss_graph) if graphs else None
        graph = build("hnswlib", hnsw) if graphs else None
        used = build("usearch", use) if graphs else None
    faiss.omp_set_num_threads(1)
    probes = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128]

    def refined(ivf, probe, factor):
        faiss.extract_index_ivf(ivf).nprobe, ivf.k_factor = probe, factor
        return timed(lambda query: ivf.search(query[None], LIMIT)[1][0], queries)

    def stepped(breadth):
        own.hnsw.efSearch = breadth
        return timed(lambda query: own.search(query[None], LIMIT)[1][0], queries)

    def walked(breadth):
        graph.set_ef(breadth)
        return timed(lambda query: graph.knn_query(query[None], LIMIT)[0][0], queries)

    def expanded(breadth):
        used.expansion_search = breadth
        return timed(lambda query: used.search(query, LIMIT, threads=1).keys, queries)

    settings["Lookalike"] = [lambda probe=probe: ours.search(probe, 1, len(queries))[:3] for probe in probes]
    for name, ivf in ivfs.items():
        settings[name] = [lambda ivf=ivf, p=p, f=f: refined(ivf, p, f) for p in probes for f in (5, 10, 20, 40)]
    if graphs:
        breadths = [16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512]
        settings["faiss HNSW16"] = [lambda b=b: stepped(b) for b in breadths]
        settings["hnswlib"] = [lambda b=b: walked(b) for b in breadths]
        settings["usearch"] = [lambda b=b: expanded(b) for b in breadths]
    best = {name: {0.95: [], 0.99: []} for name in settings}
    with threadpool_limits(1):
        chosen = {}
        for name, runs in settings.items():
            tried = [(len(queries) / cpu, recall(found, truth), run) for run in runs for _, cpu, found in [run()]]
            for wanted in best[name]:
                reach = [(rate, run) for rate, found, run in tried if found >= wanted]
                chosen[name, wanted] = max(reach, key=lambda pair: pair[0])[1] if reach else None
        for _ in range(ROUNDS):
            for (name, wanted), run in chosen.items():
                if run:
                    times, cpu, found = run()
                    best[name][wanted].append((1 / np.median(times), len(times) / cpu, recall(found, truth)))
    rows = [("approximate, 1 thread", "built in s", "CPU s", "MB", "queries/s at .95", "by CPU", "recall", "queries/s at .99", "by CPU", "recall")]
    for name, reached in best.items():
        *seconds, grown = built.get(name, ours.built)
        row = [name, *(f"{spent:.1f}" for spent in seconds), f"{grown / 1e6:.0f}"]
        for rounds in reached.values():
            row += [f"{np.median([r[i] for r in rounds]):,.{3 if i == 2 else 0}f}" if rounds else "never" for i in range(3)]
        rows.append(tuple(row))
    table(rows)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data"), options.add_argument("--dimension", type=int)
    options.add_argument("--graphs", action="store_true", help="graphs of neighbours of many vectors too, which take minutes")
    options.add_argument("sizes", nargs="*", type=int)
    options = options.parse_args()
    tasks = [(options.data, options.dimension)] if options.data else [*zip(*[iter(options.sizes or STANDARD)] * 2)]
    print(f"# {time.strftime('%F')}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; numpy {np.__version__}, "
          f"faiss {faiss.__version__}, hnswlib, usearch {usearch.__version__}")
    for source, dimension in tasks:
        if options.data:
            vectors, queries = (np.fromfile(f"{source}.{kind}", np.float32).reshape(-1, dimension) for kind in ("f32", "q.f32"))
        else:
            vectors, queries = made_up(source, dimension)
        print(f"# {len(vectors):,} x {dimension}" + (", real embeddings" if options.data else ""))
        flat = faiss.IndexFlatIP(dimension)
        flat.add(vectors)
        truth = flat.search(queries, LIMIT)[1]
        del flat
        with tempfile.TemporaryDirectory() as folder:
            ours = Lookalike(folder, vectors, queries)
            exact(ours, vectors, queries, truth)
            batch(ours, vectors, queries, truth)
            approximate(ours, vectors, queries, truth, options.graphs or len(vectors) <= SMALL)
            ours.process.stdin.close()


if __name__ == "__main__":
    main()
