#!/usr/bin/env python3
"""Writes the golden file of the views of photos, that the Swift tests compare against.

Nothing is shared with the Swift sources but what Scripts/train-views.py has learnt: the network is run by PyTorch in double
precision, photos are resized by Pillow, and colours are counted by NumPy.

Run it from the project's root, in the environment of make-goldens.py:

    /tmp/goldens/bin/python Scripts/make-view-goldens.py WEIGHTS [PHOTOS]
"""

import importlib.util
import json
import sys
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from safetensors.torch import load_file

ROOT = Path(__file__).resolve().parent.parent
MODEL = "efficientnet-lite0"
COLOUR_SIDE, HUES, SATURATIONS, BRIGHTNESSES = 64, 12, 8, 8
BACKGROUND_COLOURS, ITERATIONS = 3, 8
DOUBTFUL, CERTAIN, LEAST = 0.02, 0.1, 1e-4


def script(name: str):
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def network_views(statistics: dict[str, torch.Tensor], calibration: dict[str, torch.Tensor]) -> dict[str, list[float]]:
    scores = statistics["pooled"] @ calibration["type.weight"].T + calibration["type.bias"]
    directions = calibration["pattern.directions"] * calibration["pattern.directions.scales"][:, None]
    return {
        "look": F.normalize(statistics["look"] - calibration["look.mean"])[0].tolist(),
        "texture": F.normalize(statistics["texture"] - calibration["texture.mean"])[0].tolist(),
        "pattern": F.normalize((statistics["pattern"] - calibration["pattern.mean"]) @ directions.T)[0].tolist(),
        "type": scores.softmax(dim=1).sqrt()[0].tolist(),
    }


def oklab(levels: np.ndarray) -> np.ndarray:
    share = levels / 255
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    cones = np.cbrt(
        linear
        @ np.array(
            [
                [0.4122214708, 0.2119034982, 0.0883024619],
                [0.5363325363, 0.6806995451, 0.2817188376],
                [0.0514459929, 0.1073969566, 0.6299787005],
            ]
        )
    )
    return cones @ np.array(
        [
            [0.2104542553, 1.9779984951, 0.0259040371],
            [0.7936177850, -2.4285922050, 0.7827717662],
            [-0.0040720468, 0.4505937099, -0.8086757660],
        ]
    )


def background(edge: np.ndarray) -> np.ndarray:
    """Few colours that stand for many: from far apart ones, by k-means."""
    centres = edge[:1]
    for _ in range(BACKGROUND_COLOURS - 1):
        distances = np.linalg.norm(edge[:, None] - centres, axis=2).min(axis=1)
        if distances.max() <= 0:
            break
        centres = np.vstack([centres, edge[distances.argmax()]])
    for _ in range(ITERATIONS):
        nearest = np.linalg.norm(edge[:, None] - centres, axis=2).argmin(axis=1)
        centres = np.array([edge[nearest == place].mean(axis=0) for place in np.unique(nearest)])
    return centres


def garment_weights(picture: np.ndarray) -> np.ndarray:
    colours = oklab(picture.astype(float))
    edge = np.concatenate([row for row in (colours[0], colours[1:-1, [0, -1]].reshape(-1, 3), colours[-1])])
    distances = np.linalg.norm(colours[:, :, None] - background(edge), axis=3).min(axis=2)
    certainty = np.clip((distances - DOUBTFUL) / (CERTAIN - DOUBTFUL), LEAST, 1)
    offset = np.abs((2 * np.arange(COLOUR_SIDE) + 1) / COLOUR_SIDE - 1)
    return certainty * np.exp(-2 * (offset[None] ** 2 + offset[:, None] ** 2))


def colours(photo: Image.Image) -> list[float]:
    picture = np.asarray(photo.resize((COLOUR_SIDE, COLOUR_SIDE), Image.Resampling.BILINEAR))
    levels = picture.reshape(-1, 3).astype(float)
    high, low = levels.max(axis=1), levels.min(axis=1)
    span = np.where(high == low, 1, high - low)
    red, green, blue = levels.T
    hue = np.where(
        high == red, (green - blue) / span % 6, np.where(high == green, (blue - red) / span + 2, (red - green) / span + 4)
    )
    hue = np.where(high == low, 0, hue)
    saturation = np.where(high == 0, 0, (high - low) / np.where(high == 0, 1, high))
    place = np.minimum(HUES - 1, (hue / 6 * HUES).astype(int))
    place = place * SATURATIONS + np.minimum(SATURATIONS - 1, (saturation * SATURATIONS).astype(int))
    place = place * BRIGHTNESSES + np.minimum(BRIGHTNESSES - 1, (high / 256 * BRIGHTNESSES).astype(int))
    counts = np.bincount(place, garment_weights(picture).ravel(), HUES * SATURATIONS * BRIGHTNESSES)
    roots = (counts / counts.sum()) ** 0.25
    return (roots / np.linalg.norm(roots)).tolist()


def main() -> None:
    weights = Path(sys.argv[1])
    photos = Path(sys.argv[2]) if len(sys.argv) > 2 else ROOT.parent / "shared/data"
    goldens, training = script("make-goldens"), script("train-views")
    variant = goldens.VARIANTS[0]
    network = goldens.load_network(variant, weights)
    repeats = [variant.repeats(index) for index in range(len(goldens.STAGES))]
    calibration = {name: tensor.double() for name, tensor in load_file(training.CALIBRATIONS / f"{MODEL}.safetensors").items()}
    found = []
    for path in goldens.PHOTOS:
        photo = goldens.load_photo(photos / path)
        statistics = training.layers(network, repeats, goldens.centre_crop(photo, variant.size)[None])
        views = network_views(statistics, calibration) | {"colours": colours(photo)}
        found.append({"path": path, "views": {name: [round(value, 5) for value in values] for name, values in views.items()}})
    path = ROOT / "Tests/EmbeddersTests/Goldens/views.json"
    path.write_text(json.dumps({"model": MODEL, "photos": found}, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
