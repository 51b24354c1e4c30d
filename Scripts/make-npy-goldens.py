#!/usr/bin/env python3
"""Writes the .npy files that the Swift tests read, and write again byte by byte; or reads what `lookalike export` wrote.

The same contents give the same bytes. Run it from the project's root in a throw-away environment:

    python3 -m venv /tmp/goldens
    /tmp/goldens/bin/pip install numpy==2.4.6
    /tmp/goldens/bin/python Scripts/make-npy-goldens.py
    /tmp/goldens/bin/python Scripts/make-npy-goldens.py --check exported.npy exported.csv
"""

import csv
import json
import sys
from pathlib import Path

import numpy as np

GOLDENS = Path(__file__).resolve().parent.parent / "Tests/NumPyArraysTests/Goldens"


def write() -> None:
    GOLDENS.mkdir(parents=True, exist_ok=True)
    array = (np.arange(15, dtype=np.float64).reshape(3, 5) - 7) / 3
    np.save(GOLDENS / "float32.npy", array.astype("<f4"))
    np.save(GOLDENS / "float64.npy", array.astype("<f8"))
    np.save(GOLDENS / "no-rows.npy", np.zeros((0, 5), "<f4"))
    for version in [(2, 0), (3, 0)]:
        with open(GOLDENS / f"version-{version[0]}.npy", "wb") as file:
            np.lib.format.write_array(file, array.astype("<f4"), version=version)
    np.save(GOLDENS / "columns-first.npy", np.asfortranarray(array.astype("<f4")))
    np.save(GOLDENS / "big-endian.npy", array.astype(">f4"))
    np.save(GOLDENS / "whole-numbers.npy", array.astype("<i4"))
    np.save(GOLDENS / "one-dimension.npy", array[0].astype("<f4"))
    np.save(GOLDENS / "three-dimensions.npy", array.astype("<f4")[None])
    np.save(GOLDENS / "records.npy", np.zeros((2, 2), [("a", "<f4"), ("b", "<f4")]))
    np.save(GOLDENS / "objects.npy", np.array([[{}]]), allow_pickle=True)
    (GOLDENS / "values.json").write_text(json.dumps(array.astype("<f4").astype(float).tolist()))


def check(array_file: str, table_file: str) -> None:
    """Compares an exported array with the table that was exported of the same photos."""
    array = np.load(array_file, allow_pickle=False)
    with open(table_file, newline="") as file:
        rows = list(csv.reader(file))[1:]
    stem = array_file.removesuffix(".npy")
    about = json.loads(Path(stem + ".json").read_text())
    assert array.dtype == np.dtype("<f4") and array.shape == (about["rows"], about["dimension"])
    assert [row[0] for row in rows] == Path(stem + ".paths.txt").read_text().splitlines()
    assert np.array_equal(array, np.array([row[1:] for row in rows], "<f4"))
    print(f"{array.shape[0]} rows of {array.shape[1]} numbers are the same in both: {about['identity']}")


if __name__ == "__main__":
    check(*sys.argv[2:]) if sys.argv[1:2] == ["--check"] else write()
