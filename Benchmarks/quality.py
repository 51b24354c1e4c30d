#!/usr/bin/env python3
"""Measures how well the program's neighbours are what people meant, on labelled photos.

    Benchmarks/quality.py PHOTOS [PROTOCOL…] [-- SEARCH OPTION…]

as in: Benchmarks/quality.py ../shared/data -- --model efficientnet-lite2
       Benchmarks/quality.py ../shared/data A-loo tune-loo -- --framing squash

PHOTOS holds clothing/, products/ and patterns/ with their lists. For each protocol, or those that are named, the photos
that take part are copied to a temporary folder and the built program ranks them. Printed are n, R@1 with a bootstrap
95 % interval, P@5 and mAP@10; for leave-one-out by type also P@10 and the mean average precision of the whole ranking.
"""

import collections, csv, json, os, random, shutil, subprocess, sys, tempfile

PROGRAM = os.environ.get("LOOKALIKE", os.path.join(os.path.dirname(__file__), "../.build/release/lookalike"))
SPLIT = sys.argv.index("--") if "--" in sys.argv else len(sys.argv)
ARGUMENTS, OPTIONS = sys.argv[1:SPLIT], sys.argv[SPLIT + 1:]
WANTED = ARGUMENTS[1:]


def rows(path):
    with open(path, newline="") as file:
        return list(csv.DictReader(file))


def rank(photos, queries, gallery, options, depth):
    """For each query, the gallery's paths from the nearest to the farthest."""
    with tempfile.TemporaryDirectory() as folder:
        for name in {*queries, *gallery}:
            place = "gallery" if name in gallery else "queries"
            target = os.path.join(folder, place, name)
            os.makedirs(os.path.dirname(target), exist_ok=True)
            shutil.copyfile(os.path.join(photos, name), target)
        paths = [os.path.join(folder, "gallery" if q in gallery else "queries", q) for q in queries]
        answer = subprocess.run(
            [PROGRAM, "search", *paths, "--photos", folder + "/gallery", "--catalogue", folder + "/c.sqlite",
             "-k", str(depth), "--include-self", "--format", "json", *options],
            stdout=subprocess.PIPE, check=True)
        prefix = len(folder + "/gallery/")
        return [[r["path"][prefix:] for r in q["results"]] for q in json.loads(answer.stdout)["queries"]]


def measure(name, queries, rankings, is_relevant, relevant_count):
    scores = collections.defaultdict(list)
    for query, ranking in zip(queries, rankings):
        ranking = [r for r in ranking if is_relevant(query, r) is not None]
        hits = [bool(is_relevant(query, r)) for r in ranking]
        total = relevant_count(query)
        if total == 0:
            continue
        scores["R@1"].append(hits[0])
        scores["P@5"].append(sum(hits[:5]) / 5)
        scores["P@10"].append(sum(hits[:10]) / 10)
        found, precision10, precision = 0, 0, 0
        for k, hit in enumerate(hits, 1):
            found += hit
            precision += hit * found / k
            precision10 += hit * found / k if k <= 10 else 0
        scores["mAP@10"].append(precision10 / min(10, total))
        scores["mAP"].append(precision / total)
    n = len(scores["R@1"])
    mean = {key: sum(values) / n for key, values in scores.items()}
    low, high = interval(scores["R@1"])
    print(f"{name:12s} n {n:3d}  R@1 {mean['R@1']:.3f} [{low:.3f}, {high:.3f}]  P@5 {mean['P@5']:.3f}  "
          f"mAP@10 {mean['mAP@10']:.3f}  P@10 {mean['P@10']:.3f}  mAP {mean['mAP']:.3f}", flush=True)


def interval(values, rounds=2000):
    generator = random.Random(1)
    means = sorted(sum(generator.choices(values, k=len(values))) / len(values) for _ in range(rounds))
    return means[int(rounds * 0.025)], means[int(rounds * 0.975)]


def protocol(name, photos, queries, gallery, same, ignored, options):
    """`same` and `ignored` map a photo to what must be equal to be relevant, or to be left out."""
    if WANTED and name not in WANTED:
        return
    rankings = rank(photos, queries, set(gallery), options, len(gallery))
    def relevant(query, photo):
        if photo == query or (ignored and ignored[photo] == ignored[query]):
            return None
        return same[photo] == same[query]
    measure(name, queries, rankings, relevant, lambda query: sum(relevant(query, photo) is True for photo in gallery))


def main():
    photos, options = ARGUMENTS[0], OPTIONS
    clothing = rows(f"{photos}/clothing/types.csv")
    types = {r["path"]: r["label"] for r in clothing}
    by_role = collections.defaultdict(list)
    for r in clothing:
        by_role[r["role"]].append(r["path"])
    folder = f"{photos}/clothing"
    protocol("tune-loo", folder, by_role["tune"], by_role["tune"], types, None, options)
    protocol("A-loo", folder, by_role["query"], by_role["query"], types, None, options)
    both = by_role["query"] + by_role["tune"]
    protocol("both-loo", folder, both, both, types, None, options)
    protocol("A type", folder, by_role["query"], by_role["gallery"], types, None, options)

    products = rows(f"{photos}/products/products.csv")
    gallery = [r["path"] for r in products if r["role"] == "gallery"]
    labels = {r["path"]: r["label"] for r in products}
    styles = {r["path"]: r["style"] for r in products}
    folder = f"{photos}/products"
    for name, view, same, coloured in [("B product", "back", labels, True), ("B detail", "alt1", labels, True),
                                       ("B style", "back", styles, False)]:
        queries = [r["path"] for r in products if r["view"] == view and (not coloured or r["colour_ok"] == "1")]
        protocol(name, folder, queries, gallery, same, None, options)

    patterns = rows(f"{photos}/patterns/patterns.csv")
    column = lambda key: {r["path"]: r[key] for r in patterns}
    names, folder = [r["path"] for r in patterns], f"{photos}/patterns"
    protocol("C1 pattern", folder, names, names, column("label"), column("fabric"), options)
    protocol("C2 fabric", folder, names, names, column("fabric"), column("session"), options)


if __name__ == "__main__":
    main()
