#!/usr/bin/env python3
"""Measures what `lookalike train` learns, on photos that it was not learnt from.

    Benchmarks/trained.py PHOTOS [types] [products] [-- OPTION…]

as in: Benchmarks/trained.py ../shared/data
       Benchmarks/trained.py ../shared/data products -- --recipe fine-tune

Types: learnt from the gallery of home photos, asked with the queries (A). Products: learnt from the products of one half, all
photos of a product and colour being one label, asked and found among those of the other half, and the other way round (B,
B-detail, B-style). Differences are taken query by query, with 95 % bootstrap intervals; the other side is the same model before it
was trained. Options are those of `lookalike train`. Trained models are installed in a folder of their own.
"""
import csv, json, os, random, statistics, subprocess, sys, tempfile, time
from pathlib import Path

PROGRAM = os.path.abspath(os.environ.get("LOOKALIKE", os.path.join(os.path.dirname(__file__), "../.build/release/lookalike")))
SPLIT = sys.argv.index("--") if "--" in sys.argv else len(sys.argv)
PHOTOS, SETS, OPTIONS = Path(sys.argv[1]).resolve(), sys.argv[2:SPLIT] or ["types", "products"], sys.argv[SPLIT + 1:]
DATA = Path(os.environ.get("LOOKALIKE_HOME") or Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share") / "lookalike")
PRODUCTS = {"B": ("view=back", "colour_ok=1", "label"), "B-detail": ("view=alt1", "colour_ok=1", "label"),
            "B-style": ("view=back", None, "style")}


def run(*words, home):
    answer = subprocess.run([PROGRAM, *words], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                            env=os.environ | {"LOOKALIKE_HOME": home})
    return json.loads(answer.stdout)


def train(name, home, catalogue, *words):
    start = time.time()
    report = run("train", name, "--format", "json", "--force", "--catalogue", catalogue, *words, *OPTIONS, home=home)
    print(f"# {name}: {report['photos']} photos of {report['labels']} labels in {time.time() - start:.1f} s, "
          f"{'better' if report['isBetter'] else 'not better'} on {report['queries']} that were kept back: mAP@10 "
          f"{report['before']['mAP@10']['mean']:.3f} to {report['after']['mAP@10']['mean']:.3f}")


def hits(report):
    """Of each query, whether the first is right, and its average precision within ten."""
    found = {}
    for query in report["asked"]:
        relevant = [entry["isRelevant"] for entry in query["found"][:10]]
        precision = sum(sum(relevant[:k + 1]) / (k + 1) for k in range(len(relevant)) if relevant[k])
        found[query["path"]] = (float(relevant[0]) if relevant else 0.0, precision / min(10, query["relevant"]))
    return found


def interval(values):
    draw = random.Random(len(values))
    means = sorted(statistics.fmean(draw.choices(values, k=len(values))) for _ in range(2000))
    return f"{statistics.fmean(values):+.3f} [{means[50]:+.3f}, {means[1949]:+.3f}]"


def tell(name, pairs):
    print(f"{name:9s} {len(pairs):4d} " + "  ".join(
        f"{measure} {statistics.fmean(before[k] for before, _ in pairs):.3f} to {statistics.fmean(after[k] for _, after in pairs):.3f}, "
        f"{interval([after[k] - before[k] for before, after in pairs])}" for k, measure in enumerate(("R@1", "mAP@10"))), flush=True)


def pairs(name, home, catalogue, *words):
    sides = [hits(run("evaluate", "--format", "json", "--catalogue", catalogue, *words, *model, home=home))
             for model in ([], ["--model", name])]
    return [(sides[0][path], sides[1][path]) for path in sides[0]]


def types(home, catalogue):
    labels = ("--labels", str(PHOTOS / "clothing/types.csv"))
    train("types", home, catalogue, *labels, "--only", "role=gallery")
    tell("A", pairs("types", home, catalogue, *labels, "--query", "role=query", "--gallery", "role=gallery"))


def products(home, catalogue, folder):
    rows = list(csv.DictReader(open(PHOTOS / "products/products.csv")))
    styles = sorted({row["style"] for row in rows})
    random.Random(1).shuffle(styles)
    half = {style: str(place % 2) for place, style in enumerate(styles)}
    labels = Path(folder) / "halves.csv"
    with open(labels, "w", newline="") as file:
        table = csv.DictWriter(file, [*rows[0], "half"])
        table.writeheader()
        for row in rows:
            table.writerow(row | {"path": str(PHOTOS / "products" / row["path"]), "half": half[row["style"]]})
    found = {name: [] for name in PRODUCTS}
    where = ("--photos", str(PHOTOS / "products"), "--labels", str(labels))
    for learnt, asked in ("01", "10"):
        train(f"products{learnt}", home, catalogue, *where, "--only", f"half={learnt}")
        for name, (view, colour, label) in PRODUCTS.items():
            conditions = [word for condition in (view, colour, f"half={asked}") if condition for word in ("--query", condition)]
            found[name] += pairs(f"products{learnt}", home, catalogue, *where, "--label", label, *conditions,
                                 "--gallery", "role=gallery", "--gallery", f"half={asked}")
    for name, sides in found.items():
        tell(name, sides)


def main():
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        (home / "models").mkdir(parents=True)
        (home / "engines").symlink_to(DATA / "engines")
        for file in (DATA / "models").glob("*.safetensors"):
            (home / "models" / file.name).symlink_to(file)
        catalogue = os.environ.get("LOOKALIKE_CATALOGUE", str(Path(folder) / "c.sqlite"))
        if "types" in SETS:
            types(str(home), catalogue)
        if "products" in SETS:
            products(str(home), catalogue, folder)


if __name__ == "__main__":
    main()
