#!/usr/bin/env python3
"""What ways to ask cost: the median of whole processes that search with a photo that nobody knows.

    Benchmarks/options.py QUERY PHOTOS CATALOGUE [ROUNDS]

Each way takes its turn in each round, with another copy of the query: its bytes and one more. CATALOGUE is brought up to date with
PHOTOS in each way first, and what ranking once more needs of the candidates is found out by a search that does not count.
"""
import os, statistics, subprocess, sys, tempfile, time

PROGRAM = os.environ.get("LOOKALIKE", os.path.join(os.path.dirname(__file__), "../.build/release/lookalike"))
WAYS = ["--features pooled", "--match balanced", "--match garment", "--metric emd", "--metric maxsim", "--metric fusion", "--cutout always"]


def main():
    query, photos, catalogue = sys.argv[1:4]
    rounds = int(sys.argv[4]) if len(sys.argv) > 4 else 11
    with open(query, "rb") as file:
        photo = file.read()
    spent = {way: [] for way in WAYS}
    with tempfile.TemporaryDirectory() as folder:
        for number in range(rounds + 1):
            for place, way in enumerate(WAYS):
                copy = os.path.join(folder, f"{number}-{place}.jpg")
                with open(copy, "wb") as file:
                    file.write(photo + bytes([number, place]))
                start = time.monotonic()
                subprocess.run([PROGRAM, "search", copy, "--photos", photos, "--catalogue", catalogue, "--always", *way.split()],
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
                if number > 0:
                    spent[way].append(time.monotonic() - start)
    for way, seconds in spent.items():
        print(f"{way:20s} {statistics.median(seconds) * 1000:4.0f} ms")


if __name__ == "__main__":
    main()
