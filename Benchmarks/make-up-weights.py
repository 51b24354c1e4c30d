#!/usr/bin/env python3
"""Installs made-up weights of networks whose own cannot be fetched, to measure how fast they are: what weights are does not
change the time.

    Benchmarks/make-up-weights.py HOME NAME…

HOME becomes a data folder for `LOOKALIKE_HOME`, with the libraries of the user's own. Names and shapes are those of
torchvision's networks, from the goldens of the tests. Never search with them.
"""

import json
import math
import os
import random
import re
import struct
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOME = Path(os.environ.get("LOOKALIKE_HOME") or Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share") / "lookalike")


def tensor(name, shape):
    """Numbers that stay about as large from layer to layer: few that are drawn, many times."""
    count = math.prod(shape)
    spread = math.sqrt(6 / math.prod(shape[1:])) if len(shape) > 1 else 0.1
    middle = 1 if name.endswith("running_var") or (len(shape) == 1 and name.endswith("weight")) else 0
    draw = random.Random(name)
    few = struct.pack("<1021f", *(middle + draw.uniform(-spread, spread) for _ in range(1021)))
    return (few * (count // 1021 + 1))[: 4 * count]


def main():
    home, names = Path(sys.argv[1]), sys.argv[2:]
    (home / "models").mkdir(parents=True, exist_ok=True)
    if not (home / "engines").exists():
        (home / "engines").symlink_to(HOME / "engines")
    registry = (ROOT / "Sources/Embedders/ModelRegistry.swift").read_text()
    for name in names:
        golden = json.loads((ROOT / f"Tests/NetworksTests/Goldens/networks/{name}.json").read_text())
        stem = name.replace("-", "_")
        digest = re.search(rf'"{stem}(?:_google)?-([0-9a-f]{{8}})\.pth"', registry).group(1)
        header, parts, start = {}, [], 0
        for key, text in golden["tensors"].items():
            shape = [int(length) for length in text.split()]
            parts.append(tensor(key, shape))
            header[key] = {"dtype": "F32", "shape": shape, "data_offsets": [start, start + len(parts[-1])]}
            start += len(parts[-1])
        text = json.dumps(header).encode()
        with open(home / f"models/{name}-{digest}.safetensors", "wb") as file:
            file.write(struct.pack("<Q", len(text)) + text)
            file.writelines(parts)


if __name__ == "__main__":
    main()
