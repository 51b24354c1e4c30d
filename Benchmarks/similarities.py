#!/usr/bin/env python3
"""Prints how similar any two photos of a folder are, and each to its nearest neighbour: Benchmarks/similarities.py FOLDER"""

import json, os, subprocess, sys, tempfile

PROGRAM = os.environ.get("LOOKALIKE", os.path.join(os.path.dirname(__file__), "../.build/release/lookalike"))


def percentiles(values):
    values = sorted(values)
    return "  ".join(f"{p} %: {values[len(values) * p // 100]:.2f}" for p in (5, 50, 95))


def main():
    folder = sys.argv[1]
    photos = [os.path.join(path, name) for path, _, names in os.walk(folder) for name in names if name.endswith(".jpg")]
    with tempfile.TemporaryDirectory() as place:
        answer = subprocess.run(
            [PROGRAM, "search", *photos, "--photos", folder, "--catalogue", place + "/c.sqlite", "-k", str(len(photos)),
             "--format", "json"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
    rankings = [[r["similarity"] for r in q["results"]] for q in json.loads(answer.stdout)["queries"]]
    print("any two:", percentiles([s for ranking in rankings for s in ranking]))
    print("nearest:", percentiles([ranking[0] for ranking in rankings]))


if __name__ == "__main__":
    main()
