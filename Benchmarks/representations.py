#!/usr/bin/env python3
"""What could be made of the same embeddings: whitening them, and asking with more than one crop of the query.

    Benchmarks/representations.py PHOTOS CATALOGUE

PHOTOS holds clothing/, products/, patterns/ and demo/ with their lists; CATALOGUE is used for their embeddings, and is brought
up to date with them. The program embeds everything, also the crops, and NumPy tries what the program does not do. For each
protocol of quality.py: R@1 of the default, and what each trial adds to it with its 95 % interval, by bootstrap over queries.
Needs NumPy and Pillow.
"""
import csv, os, subprocess, sys, tempfile

import numpy as np
from PIL import Image, ImageOps

from quality import PROGRAM, PROTOCOLS

PHOTOS, CATALOGUE = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
VIEWS = {"look": (0, 320), "texture": (320, 544), "pattern": (544, 672), "type": (672, 682), "colours": (682, 1450)}
WEIGHTS = {
    "balanced": {"look": 1, "texture": 0.5, "type": 0.2, "colours": 0.25},
    "garment": {"look": 1, "texture": 1, "colours": 1},
    "pattern": {"look": 0.25, "texture": 0.25, "pattern": 1},
}
INTENTS = {"B": "garment", "B-detail": "garment", "B-style": "garment", "C1": "pattern", "C2": "garment"}
CROPS = {"middle": (0.2, 0.2, 0.8, 0.8), "upper": (0.15, 0.05, 0.85, 0.75), "lower": (0.15, 0.25, 0.85, 0.95)}


def exported(folder, photos):
    """Embeddings by path."""
    array = os.path.join(folder, "e.npy")
    for words in [["index", photos], ["export", array, "--photos", photos]]:
        subprocess.run([PROGRAM, *words, "--catalogue", CATALOGUE], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with open(os.path.join(folder, "e.paths.txt")) as paths:
        return dict(zip(paths.read().splitlines(), np.load(array)))


def unit(values):
    return values / np.maximum(np.linalg.norm(values, axis=-1, keepdims=True), 1e-9)


def similar(queries, found, weights):
    total = sum(weights.values())
    return sum(weight / total * queries[:, slice(*VIEWS[view])] @ found[:, slice(*VIEWS[view])].T for view, weight in weights.items())


def rows(words):
    """Queries and gallery of a protocol: (path, label, what a query passes over)."""
    options = dict(zip(words[::2], words[1::2]))
    wanted = [word.split("=") for flag, word in zip(words[::2], words[1::2]) if flag == "--query"]
    gallery = [word.split("=") for flag, word in zip(words[::2], words[1::2]) if flag == "--gallery"]
    folder, label = os.path.dirname(options["--labels"]), options.get("--label", "label")

    def read(name, conditions):
        with open(os.path.join(PHOTOS, name)) as file:
            for row in csv.DictReader(file):
                if all(row[key] == value for key, value in conditions):
                    path = os.path.join(PHOTOS, folder, row.get("path") or row["file"])
                    yield path, row[label], row.get(options.get("--ignore-same", ""), path)

    return list(read(options.get("--queries", options["--labels"]), wanted)), list(read(options["--labels"], gallery))


class Judge:
    def __init__(self, name, embeddings):
        self.queries, self.gallery = rows(PROTOCOLS[name].split())
        labels = np.array([label for _, label, _ in self.gallery])
        groups = np.array([group for _, _, group in self.gallery])
        self.ignored = np.array([[group] for _, _, group in self.queries]) == groups
        self.relevant = np.array([[label] for _, label, _ in self.queries]) == labels
        can = (self.relevant & ~self.ignored).any(axis=1)
        self.queries = [query for query, ok in zip(self.queries, can) if ok]
        self.ignored, self.relevant = self.ignored[can], self.relevant[can]
        self.found = np.stack([embeddings[path] for path, _, _ in self.gallery])

    def asked(self, embeddings):
        return np.stack([embeddings[path] for path, _, _ in self.queries])

    def right(self, similarities):
        first = np.where(self.ignored, -np.inf, similarities).argmax(axis=1)
        return self.relevant[np.arange(len(first)), first].astype(float)


def difference(right, before):
    values, random = right - before, np.random.default_rng(0)
    means = [values[random.integers(len(values), size=len(values))].mean() for _ in range(2000)]
    lower, upper = np.quantile(means, [0.025, 0.975])
    return f"{values.mean():+.3f} [{lower:+.3f}, {upper:+.3f}]" + (" *" if lower > 0 or upper < 0 else "  ")


def whitened(learnt, power):
    """By the principal directions of the looks of photos that nobody asks with, each divided by a power of its deviation."""
    looks = np.stack(learnt)[:, slice(*VIEWS["look"])]
    mean = looks.mean(axis=0)
    _, deviations, directions = np.linalg.svd(looks - mean, full_matrices=False)
    scale = (deviations[:128] / np.sqrt(len(looks))) ** power

    def apply(embeddings):
        part = unit((embeddings[..., slice(*VIEWS["look"])] - mean) @ directions[:128].T / scale)
        return np.concatenate([np.pad(part, [(0, 0), (0, 192)]), embeddings[..., 320:]], axis=-1)

    return apply


def crops(paths, folder):
    """Parts of photos as photos of their own, and their embeddings by the photo's path."""
    names = {}
    for number, path in enumerate(paths):
        photo = ImageOps.exif_transpose(Image.open(path)).convert("RGB")
        for name, (left, top, right, bottom) in CROPS.items():
            box = (left * photo.width, top * photo.height, right * photo.width, bottom * photo.height)
            file = os.path.join(folder, f"{number}-{name}.png")
            photo.crop(tuple(round(edge) for edge in box)).save(file)
            names[file] = (path, name)
    embeddings = exported(folder, folder)
    found = {}
    for file, (path, name) in names.items():
        found.setdefault(path, {})[name] = embeddings[os.path.realpath(file)]
    return found


def mixed(values):
    """The mean of several embeddings, view by view."""
    return np.concatenate([unit(sum(value[slice(*span)] for value in values)) for span in VIEWS.values()])


def main():
    with tempfile.TemporaryDirectory() as folder:
        embeddings = {}
        for name in ["clothing", "products", "patterns", "demo"]:
            embeddings |= exported(folder, os.path.join(PHOTOS, name))
        with open(os.path.join(PHOTOS, "clothing/types.csv")) as file:
            learnt = [embeddings[os.path.join(PHOTOS, "clothing", row["path"])] for row in csv.DictReader(file) if row["role"] == "gallery"]
        judges = {name: Judge(name, embeddings) for name in ["tune-loo", "A", "B", "B-detail", "B-style", "C1", "C2"]}
        asked = sorted({path for judge in judges.values() for path, _, _ in judge.queries})
        parts = crops(asked, folder)
        for name, judge in judges.items():
            for intent in ["balanced"] + ([INTENTS[name]] if name in INTENTS else []):
                weights = WEIGHTS[intent]
                queries, found = judge.asked(embeddings), judge.found
                before = judge.right(similar(queries, found, weights))
                print(f"{name} --match {intent}: {before.mean():.3f} of {len(before)}")
                for power in [0.0, 0.5, 1.0]:
                    white = whitened(learnt, power)
                    right = judge.right(similar(white(queries), white(found), weights))
                    print(f"  look by 128 principal directions, whitened to the power {power}: {difference(right, before)}")
                for names in [["middle"], ["middle", "upper", "lower"]]:
                    asking = [mixed([embeddings[path]] + [parts[path][part] for part in names]) for path, _, _ in judge.queries]
                    right = judge.right(similar(np.stack(asking), found, weights))
                    print(f"  asked with the photo and its {', '.join(names)}: {difference(right, before)}", flush=True)


if __name__ == "__main__":
    main()
