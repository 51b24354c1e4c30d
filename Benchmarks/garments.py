#!/usr/bin/env python3
"""How many of the pairs that `lookalike duplicates --garments` tells are right, where labels say which photos show one garment.

    Benchmarks/garments.py PHOTOS CATALOGUE

PHOTOS holds products/ and patterns/ with their lists; and clothing/test, whose photos show each garment once.
"""
import csv, json, os, subprocess, sys

PROGRAM = os.environ.get("LOOKALIKE", os.path.join(os.path.dirname(__file__), "../.build/release/lookalike"))


def pairs(folder, catalogue):
    answer = subprocess.run([PROGRAM, "duplicates", folder, "--garments", "--catalogue", catalogue, "--format", "json"],
                            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    return [[photo["path"] for copies in group["contents"] for photo in copies] for group in json.loads(answer.stdout)["groups"]]


def main():
    photos, catalogue = sys.argv[1:3]
    for name, column in [("products", "label"), ("patterns", "fabric")]:
        folder = os.path.join(photos, name)
        with open(os.path.join(folder, f"{name}.csv")) as file:
            labels = {os.path.join(folder, row["path"]): row[column] for row in csv.DictReader(file)}
        found = pairs(folder, catalogue)
        right = sum(len({labels.get(path) for path in pair}) == 1 for pair in found)
        print(f"{name}: {right} of {len(found)} pairs show one garment")
    print(f"clothing/test: {len(pairs(os.path.join(photos, 'clothing/test'), catalogue))} pairs, where none is there twice")


if __name__ == "__main__":
    main()
