#!/usr/bin/env python3
"""Compares the processor time of a whole warm query with that of a Python process that only imports PyTorch.

    Benchmarks/query.py QUERY PHOTOS PYTHON [ROUNDS]      PYTHON: an interpreter that has torch, and torchvision if it can

Both run in turn, after one query that brings the catalogue up to date. The median of the rounds is printed.
"""

import os, resource, statistics, subprocess, sys, tempfile, time

PROGRAM = os.environ.get("LOOKALIKE", os.path.join(os.path.dirname(__file__), "../.build/release/lookalike"))


def spend(command):
    """Processor seconds and elapsed seconds of one process."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, time.monotonic() - start


def imports(python):
    """torch and torchvision, or torch alone where torchvision cannot be imported."""
    both = "import torch, torchvision"
    works = subprocess.run([python, "-c", both], stderr=subprocess.DEVNULL).returncode == 0
    return both if works else "import torch"


def main():
    query, photos, python = sys.argv[1:4]
    rounds = int(sys.argv[4]) if len(sys.argv) > 4 else 9
    with tempfile.TemporaryDirectory() as folder:
        search = [PROGRAM, "search", query, "--photos", photos, "--catalogue", folder + "/c.sqlite"]
        subprocess.run(search, stdout=subprocess.DEVNULL, check=True)
        peer = [python, "-c", imports(python)]
        ours, theirs = zip(*[(spend(search), spend(peer)) for _ in range(rounds)])
    for name, spent in [("lookalike search", ours), (f"python -c '{peer[2]}'", theirs)]:
        print(f"{name:38s} CPU {statistics.median(s[0] for s in spent):.3f} s   elapsed "
              f"{statistics.median(s[1] for s in spent):.3f} s")
    ratios = [o[0] / t[0] for o, t in zip(ours, theirs)]
    print(f"CPU ratio: median {statistics.median(ratios):.3f} of {rounds} rounds, "
          f"from {min(ratios):.3f} to {max(ratios):.3f}")


if __name__ == "__main__":
    main()
