#!/usr/bin/env python3
"""Writes what the views of a photo are calibrated with, from home photos of clothes that are in the public domain (CC0).

For each EfficientNet-Lite: the mean look, texture and pattern of photos of garments, which are subtracted, since what all
garments have in common tells none from another; the directions in which patterns differ most, and those in which places of
photos do; and a linear head that tells their types apart (multinomial logistic
regression on the pooled features, by L-BFGS). Then, from what has been learnt: the directions in which garments' looks differ most,
and how much of a look lies outside of them in all but two of a hundred photos; and how sure it is that two photos that look
alike are of one type. It learns from `role=gallery`, its penalty and its temperature are chosen on
`role=tune`, and `role=query` is never looked at but for the accuracy that is printed in the end.

Run it from the project's root, in the environment of make-goldens.py:

    /tmp/goldens/bin/python Scripts/train-views.py WEIGHTS CLOTHING [MODEL…]

WEIGHTS   a folder holding, at any depth, efficientnet-lite0-*.pth and so on
CLOTHING  the folder of photos with types.csv: path, label, role
MODEL     efficientnet-lite0 and so on; all three when left out
"""

import csv
import importlib.util
import sys
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image, ImageOps
from safetensors.torch import save_file

ROOT = Path(__file__).resolve().parent.parent
CALIBRATIONS = ROOT / "Sources/CViewCalibrations/Calibrations"
# In the order of GarmentType in the Swift sources.
TYPES = ["dress", "hat", "longsleeve", "outwear", "pants", "shirt", "shoes", "shorts", "skirt", "t-shirt"]
TEXTURE_STAGE = 4
PENALTIES = [1e-3, 3e-3, 1e-2, 3e-2, 1e-1]
TEMPERATURES = [1.0, 1.25, 1.5, 2.0]
DIRECTIONS = 64
PATTERN_DIRECTIONS = 128
PATCH_DIRECTIONS = 64
STRANGE = 0.98
NEIGHBOURS = 10


def goldens_module():
    """The networks of make-goldens.py, which are written from the papers."""
    spec = importlib.util.spec_from_file_location("goldens", Path(__file__).with_name("make-goldens.py"))
    module = importlib.util.module_from_spec(spec)
    sys.modules["goldens"] = module
    spec.loader.exec_module(module)
    return module


def framed(path: Path, side: int) -> np.ndarray:
    """The middle of a photo, as the network's publisher evaluates it."""
    photo = ImageOps.exif_transpose(Image.open(path)).convert("RGB")
    crop = min(photo.size) * side // (side + 32)
    left, top = (photo.width - crop + 1) // 2, (photo.height - crop + 1) // 2
    box = (left, top, left + crop, top + crop)
    return np.asarray(photo.crop(box).resize((side, side), Image.Resampling.BICUBIC))


def wide_layer(block, x: torch.Tensor) -> torch.Tensor:
    """What a block projects: its channels filtered one by one."""
    for layer in block.layers[:-1]:
        x = layer(x)
    return x


def central_statistics(layer: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """The mean of each channel and its standard deviation, where places count less the farther from the middle they are."""
    side = layer.shape[-1]
    offset = (2 * torch.arange(side, dtype=layer.dtype) + 1) / side - 1
    weights = torch.exp(-(offset[None].square() + offset[:, None].square()))
    weights = weights / weights.sum()
    means = (layer * weights).sum(dim=(2, 3))
    variances = ((layer - means[..., None, None]).square() * weights).sum(dim=(2, 3))
    return means, variances.sqrt()


@torch.inference_mode()
def layers(network, repeats: list[int], pixels: np.ndarray) -> dict[str, torch.Tensor]:
    """The statistics of the layers that views are made of."""
    x = torch.from_numpy(pixels).permute(0, 3, 1, 2).to(network.dtype)
    x = network.stem((x - 127) / 128)
    last_of_texture = sum(repeats[: TEXTURE_STAGE + 1]) - 1
    patterns = []
    for number, block in enumerate(network.blocks):
        if number in (sum(repeats[:TEXTURE_STAGE]), sum(repeats[:-1])):
            wide = wide_layer(block, x)
            patterns.append(F.normalize(wide.std(dim=(2, 3), correction=0)))
        x = block(x)
        if number == last_of_texture:
            texture = x
    means, deviations = central_statistics(texture)
    lengths = x.mean(dim=(2, 3), keepdim=True).norm(dim=1, keepdim=True)
    return {
        "look": F.normalize(central_statistics(x)[0]),
        "patches": (x / lengths).flatten(2).transpose(1, 2),
        "texture": F.normalize(torch.cat([F.normalize(means), F.normalize(deviations)], dim=1)),
        "pattern": torch.cat(patterns, dim=1),
        "pooled": F.normalize(network.head(x).mean(dim=(2, 3))),
    }


def described(network, variant, repeats: list[int], folder: Path, paths: list[str]) -> dict[str, torch.Tensor]:
    batches = []
    for start in range(0, len(paths), 16):
        pixels = np.stack([framed(folder / path, variant.size) for path in paths[start : start + 16]])
        batches.append(layers(network, repeats, pixels))
        print(f"\r{variant.name}: {start + len(pixels)} of {len(paths)}", end="", file=sys.stderr)
    print(file=sys.stderr)
    return {name: torch.cat([batch[name] for batch in batches]).double() for name in batches[0]}


def fitted(features: torch.Tensor, labels: torch.Tensor, penalty: float) -> tuple[torch.Tensor, torch.Tensor]:
    """Weights and biases with the least mean cross-entropy and so many times the weights' mean square a class."""
    mean, scale = features.mean(dim=0), features.std()
    inputs = (features - mean) / scale
    weight = torch.zeros(len(TYPES), features.shape[1], dtype=torch.float64, requires_grad=True)
    bias = torch.zeros(len(TYPES), dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.LBFGS([weight, bias], max_iter=400, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        value = F.cross_entropy(inputs @ weight.T + bias, labels) + penalty * weight.square().sum()
        value.backward()
        return value

    optimizer.step(loss)
    weight, bias = weight.detach(), bias.detach()
    return weight / scale, bias - (weight / scale) @ mean


def chosen_head(learnt: torch.Tensor, learnt_labels: torch.Tensor, tune: torch.Tensor, tune_labels: torch.Tensor):
    """The penalty, and then the temperature, with the least cross-entropy on photos that it did not learn from."""
    best = None
    for penalty in PENALTIES:
        weight, bias = fitted(learnt, learnt_labels, penalty)
        for temperature in TEMPERATURES:
            logits = (tune @ weight.T + bias) / temperature
            loss = F.cross_entropy(logits, tune_labels).item()
            if best is None or loss < best[0]:
                best = (loss, penalty, temperature, weight / temperature, bias / temperature)
    return best


def principal_directions(values: torch.Tensor, count: int) -> torch.Tensor:
    return torch.linalg.svd(values, full_matrices=False)[2][:count]


def small_integers(name: str, rows: torch.Tensor) -> dict[str, torch.Tensor]:
    """Rows of signed bytes, and what each row's are to be multiplied by."""
    scales = rows.abs().amax(dim=1) / 127
    return {name: (rows / scales[:, None]).round().to(torch.int8), f"{name}.scales": scales}


def patch_directions(patches: torch.Tensor) -> dict[str, torch.Tensor]:
    """Where places of photos differ most; the square root of what they differ there is divided by, so that what few differ in
    counts, too, and noise does not count as much."""
    mean = patches.mean(dim=0)
    variances, directions = torch.linalg.eigh((patches - mean).T @ (patches - mean) / len(patches))
    rows = directions.flip(1)[:, :PATCH_DIRECTIONS].T / variances.flip(0)[:PATCH_DIRECTIONS, None] ** 0.25
    return {"patch.mean": mean} | small_integers("patch.directions", rows)


def garment_directions(looks: torch.Tensor, tune: torch.Tensor) -> dict[str, torch.Tensor]:
    """The principal directions of looks, their centre, and what lies outside of them in nearly no photo more."""
    centre = looks.mean(dim=0)
    directions = principal_directions(looks - centre, DIRECTIONS)
    differences = tune - centre
    outside = (differences - differences @ directions.T @ directions).norm(dim=1)
    return {"look.centre": centre, "look.directions": directions, "look.limit": outside.quantile(STRANGE)[None]}


def sureness(looks: torch.Tensor, textures: torch.Tensor, types: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    """How the odds that a near photo is of the same type follow from those by the head and from how alike they look:
    two factors and a summand, by logistic regression on the nearest of each photo."""
    similarities = looks @ looks.T + 0.5 * textures @ textures.T + 0.2 * types @ types.T
    similarities.fill_diagonal_(-9)
    near = similarities.topk(NEIGHBOURS, dim=1).indices
    agreement = torch.einsum("it,ikt->ik", types.square(), types.square()[near]).clamp(1e-3, 1 - 1e-3)
    evidence = torch.stack([agreement.logit(), torch.einsum("id,ikd->ik", looks, looks[near])], dim=2).reshape(-1, 2)
    right = (labels[:, None] == labels[near]).double().reshape(-1)
    factors = torch.zeros(3, dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.LBFGS([factors], max_iter=200, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        value = F.binary_cross_entropy_with_logits(evidence @ factors[:2] + factors[2], right)
        value.backward()
        return value

    optimizer.step(loss)
    return factors.detach()


def views(features: dict[str, torch.Tensor], tensors: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """Of length one each, as photos are compared."""
    scores = features["pooled"] @ tensors["type.weight"].T + tensors["type.bias"]
    return {
        "look": F.normalize(features["look"] - tensors["look.mean"]),
        "texture": F.normalize(features["texture"] - tensors["texture.mean"]),
        "type": scores.softmax(dim=1).sqrt(),
    }


def train(goldens, variant, weights: Path, folder: Path) -> None:
    state = torch.load(next(weights.rglob(f"{variant.name}-*.pth")), weights_only=True)
    network = goldens.Network(variant, state, torch.float32)
    repeats = [variant.repeats(index) for index in range(len(goldens.STAGES))]
    rows = list(csv.DictReader(open(folder / "types.csv")))
    features, labels = {}, {}
    for role in ["gallery", "tune", "query"]:
        of_role = [row for row in rows if row["role"] == role]
        features[role] = described(network, variant, repeats, folder, [row["path"] for row in of_role])
        labels[role] = torch.tensor([TYPES.index(row["label"]) for row in of_role])
    loss, penalty, temperature, weight, bias = chosen_head(
        features["gallery"]["pooled"], labels["gallery"], features["tune"]["pooled"], labels["tune"]
    )
    for role in ["tune", "query"]:
        right = (features[role]["pooled"] @ weight.T + bias).argmax(dim=1) == labels[role]
        print(f"{variant.name}: {right.double().mean():.3f} of role={role} are of the type that is likeliest")
    print(f"  penalty {penalty:g}, temperature {temperature:g}, cross-entropy on role=tune {loss:.3f}")
    tensors = {
        "look.mean": features["gallery"]["look"].mean(dim=0),
        "texture.mean": features["gallery"]["texture"].mean(dim=0),
        "pattern.mean": features["gallery"]["pattern"].mean(dim=0),
        "type.weight": weight,
        "type.bias": bias,
    }
    patterns = features["gallery"]["pattern"] - tensors["pattern.mean"]
    tensors |= small_integers("pattern.directions", principal_directions(patterns, PATTERN_DIRECTIONS))
    tensors |= patch_directions(features["gallery"]["patches"].flatten(0, 1))
    seen, tune = views(features["gallery"], tensors), views(features["tune"], tensors)
    tensors |= garment_directions(seen["look"], tune["look"])
    tensors["sureness"] = sureness(tune["look"], tune["texture"], tune["type"], labels["tune"])
    print(f"  limit {tensors['look.limit'].item():.3f}, sureness {tensors['sureness'].tolist()}")
    CALIBRATIONS.mkdir(parents=True, exist_ok=True)
    save_file(
        {name: (tensor.half() if tensor.is_floating_point() else tensor).contiguous() for name, tensor in tensors.items()},
        CALIBRATIONS / f"{variant.name}.safetensors",
    )


def main() -> None:
    weights, folder, wanted = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:]
    goldens = goldens_module()
    for variant in goldens.VARIANTS:
        if not wanted or variant.name in wanted:
            train(goldens, variant, weights, folder)


if __name__ == "__main__":
    main()
