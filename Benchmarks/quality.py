#!/usr/bin/env python3
"""Measures how well the program's neighbours are what people meant, on labelled photos, by `lookalike evaluate`.

    Benchmarks/quality.py PHOTOS [PROTOCOL…] [-- OPTION…]

as in: Benchmarks/quality.py ../shared/data -- --model efficientnet-lite2
       Benchmarks/quality.py ../shared/data A-loo tune-loo -- --framing squash
       Benchmarks/quality.py ../shared/data -- --against "--model colour-layout"

PHOTOS holds clothing/, products/, patterns/ and demo/ with their lists. For each protocol, or those that are named: how many
asked and how many could be found, and the measures with 95 % intervals; with --against, differences query by query, marked
where the interval does not hold zero. Options are those of `lookalike evaluate`.
"""
import json, os, subprocess, sys, tempfile

PROGRAM = os.environ.get("LOOKALIKE", os.path.join(os.path.dirname(__file__), "../.build/release/lookalike"))
SPLIT = sys.argv.index("--") if "--" in sys.argv else len(sys.argv)
ARGUMENTS, OPTIONS = sys.argv[1:SPLIT], sys.argv[SPLIT + 1:]

CLOTHING, PRODUCTS, PATTERNS = "clothing/types.csv", "products/products.csv", "patterns/patterns.csv"
PROTOCOLS = {
    "tune-loo": f"--labels {CLOTHING} --query role=tune --gallery role=tune",
    "A-loo": f"--labels {CLOTHING} --query role=query --gallery role=query",
    "both-loo": f"--labels {CLOTHING} --query role=query --query role=tune --gallery role=query --gallery role=tune",
    "A": f"--labels {CLOTHING} --query role=query --gallery role=gallery",
    "A-small": "--labels clothing/types-small.csv --query role=query --gallery role=gallery",
    "B": f"--labels {PRODUCTS} --query view=back --query colour_ok=1 --gallery role=gallery",
    "B-detail": f"--labels {PRODUCTS} --query view=alt1 --query colour_ok=1 --gallery role=gallery",
    "B-style": f"--labels {PRODUCTS} --label style --query view=back --gallery role=gallery",
    "C1": f"--labels {PATTERNS} --ignore-same fabric",
    "C2": f"--labels {PATTERNS} --label fabric --ignore-same session",
    "demo-type": "--labels demo/demo.csv --queries demo/queries.csv --label type",
    "demo-pattern": "--labels demo/demo.csv --queries demo/queries.csv --label pattern",
}
MEASURES = ["R@1", "R@5", "P@5", "mAP@10", "nDCG@10"]


def evaluate(photos, protocol, catalogue):
    answer = subprocess.run([PROGRAM, "evaluate", *PROTOCOLS[protocol].split(), "--catalogue", catalogue, "--format", "json",
                             *OPTIONS], stdout=subprocess.PIPE, cwd=photos, check=True)
    return json.loads(answer.stdout)


def cell(estimate, mark=False):
    text = f"{estimate['mean']:+.3f}" if mark else f"{estimate['mean']:.3f}"
    text = f"{text} [{estimate['lower']:.3f}, {estimate['upper']:.3f}]"
    return text + (" *" if estimate["lower"] > 0 or estimate["upper"] < 0 else "  ") if mark else text


def main():
    photos, wanted = ARGUMENTS[0], ARGUMENTS[1:] or list(PROTOCOLS)
    with tempfile.TemporaryDirectory() as folder:
        print("protocol      queries  gallery  " + "  ".join(f"{measure:21s}" for measure in MEASURES))
        for protocol in wanted:
            report = evaluate(photos, protocol, f"{folder}/c.sqlite")
            print(f"{protocol:12s}  {report['queries']:7d}  {report['gallery']:7d}  "
                  + "  ".join(cell(report["measures"][measure]) for measure in MEASURES), flush=True)
            if against := report.get("against"):
                print(" " * 20 + "better by  " + " ".join(cell(against["differences"][m], True) for m in MEASURES), flush=True)


if __name__ == "__main__":
    main()
