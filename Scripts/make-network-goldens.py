#!/usr/bin/env python3
"""Writes the golden files of the networks and framings that torchvision and timm define.

The networks get weights that a formula makes of their names, so that none need be fetched or kept: the Swift tests
make the same ones. They are run in double precision, so the results hardly depend on the machine.

Run it from the project's root in a throw-away environment (the CPU builds of torch and torchvision are enough):

    python3 -m venv /tmp/goldens
    /tmp/goldens/bin/pip install -r Scripts/goldens-requirements.txt
    /tmp/goldens/bin/python Scripts/make-network-goldens.py
"""

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import torch
from PIL import Image
from torch import nn

# torchvision names its own operators when it is imported. Networks need none of them, and a build of torch without CUDA
# cannot load the library that has them.
OPERATORS = torch.library.Library("torchvision", "FRAGMENT")
try:
    torch.ops.load_library(Path(find_spec("torchvision").origin).with_name("_C_stable.so"))
except OSError:
    for operator in ("nms", "qnms"):
        OPERATORS.define(f"{operator}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")

import timm  # noqa: E402
import torchvision.models  # noqa: E402
import torchvision.transforms.functional as transforms  # noqa: E402

from made_up import made_up  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
IMAGING_GOLDENS = ROOT / "Tests/ImagingTests/Goldens"
NETWORKS_GOLDENS = ROOT / "Tests/NetworksTests/Goldens/networks"


def write_json(path: Path, value: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, indent=1, allow_nan=False) + "\n")


def encoded(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def coordinates(width: int, height: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Row, column and channel numbers that broadcast to height x width x 3."""
    y, x, c = np.ogrid[:height, :width, :3]
    return y, x, c


# --- Framing ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class FramingCase:
    """A photo as torchvision evaluates networks; only every `step`th row and column is kept."""

    width: int
    height: int
    short_side: int
    side: int
    step: int = 1

    def golden(self) -> dict[str, Any]:
        photo = Image.fromarray(framing_source(self.width, self.height))
        framed = transforms.center_crop(transforms.resize(photo, [self.short_side]), [self.side])
        return {
            "width": self.width,
            "height": self.height,
            "shortSide": self.short_side,
            "side": self.side,
            "step": self.step,
            "pixels": encoded(np.array(framed)[:: self.step, :: self.step].tobytes()),
        }


FRAMING_CASES = [
    # Landscape and portrait, larger than the input.
    *(FramingCase(width, height, 32, 28) for width, height in [(75, 50), (50, 75), (77, 51), (51, 77), (64, 64)]),
    # Odd borders: half a pixel is rounded to the even side, down for 5 and 13 and up for 7 and 11.
    *(FramingCase(width, height, 40, 35) for width, height in [(81, 77), (77, 81), (97, 93), (89, 77), (77, 93)]),
    # Hardly larger, of the size itself, and smaller.
    *(FramingCase(width, height, 32, 28) for width, height in [(33, 32), (32, 33), (32, 32), (31, 20), (9, 13)]),
    # Long and thin.
    *(FramingCase(width, height, 32, 28) for width, height in [(211, 7), (5, 180), (1, 1)]),
    # As networks take them.
    FramingCase(333, 500, 256, 224, step=16),
    FramingCase(1001, 667, 256, 224, step=16),
    FramingCase(640, 427, 342, 299, step=23),
    FramingCase(201, 301, 342, 299, step=23),
]


def framing_source(width: int, height: int) -> np.ndarray:
    y, x, c = coordinates(width, height)
    return ((x * (3 + 2 * c) + y * (7 - c) + (x ^ y) * (c + 1)) & 255).astype(np.uint8)


def make_framing_goldens() -> None:
    write_json(IMAGING_GOLDENS / "torchvision-framing.json", {"cases": [case.golden() for case in FRAMING_CASES]})


# --- Networks ---------------------------------------------------------------------------------------------------------

IMAGENET_MEAN = [0.485, 0.456, 0.406]
IMAGENET_DEVIATION = [0.229, 0.224, 0.225]
PATTERN_SEEDS = range(2)


def as_torchvision_evaluates(levels: torch.Tensor) -> torch.Tensor:
    return transforms.normalize(levels / 255, IMAGENET_MEAN, IMAGENET_DEVIATION)


def as_efficientnet_lite_takes(levels: torch.Tensor) -> torch.Tensor:
    return (levels - 127) / 128


def unchanged(name: str) -> str:
    return name


EFFICIENTNET_LAYERS = {
    "conv_stem": "_conv_stem",
    "bn1": "_bn0",
    "conv_head": "_conv_head",
    "bn2": "_bn1",
    "classifier": "_fc",
}
FIRST_BLOCK_LAYERS = {"conv_dw": "_depthwise_conv", "bn1": "_bn1", "conv_pw": "_project_conv", "bn2": "_bn2"}
BLOCK_LAYERS = {
    "conv_pw": "_expand_conv",
    "bn1": "_bn0",
    "conv_dw": "_depthwise_conv",
    "bn2": "_bn1",
    "conv_pwl": "_project_conv",
    "bn3": "_bn2",
}


@dataclass(frozen=True)
class PublishedEfficientNetNames:
    """timm's names to those of the published files, which count the blocks of all stages through."""

    depths: tuple[int, ...]

    def __call__(self, name: str) -> str:
        if not name.startswith("blocks."):
            layer, _, rest = name.partition(".")
            return f"{EFFICIENTNET_LAYERS[layer]}.{rest}"
        _, stage, block, layer, rest = name.split(".", 4)
        number = sum(self.depths[: int(stage)]) + int(block)
        layers = FIRST_BLOCK_LAYERS if stage == "0" else BLOCK_LAYERS
        return f"_blocks.{number}.{layers[layer]}.{rest}"


@dataclass(frozen=True)
class Architecture:
    id: str
    make: Callable[[], nn.Module]
    # The module whose output is averaged.
    last_map: str
    side: int = 224
    # How much larger normalization leaves its input; less than 1 where residuals add up.
    gain: float = 1
    normalized: Callable[[torch.Tensor], torch.Tensor] = as_torchvision_evaluates
    # The name in published files of a tensor of `make`'s.
    published_name: Callable[[str], str] = unchanged
    # Modules whose outputs are features as they are.
    layers: tuple[tuple[str, str], ...] = ()


def torchvision_network(
    id: str, name: str, last_map: str, side: int = 224, gain: float = 1, **layers: str
) -> Architecture:
    # Inception's weights come from elsewhere: torchvision turns the normalization back for them.
    arguments = {"transform_input": True, "init_weights": False} if name == "inception_v3" else {}

    def make() -> nn.Module:
        return torchvision.models.get_model(name, weights=None, **arguments)

    return Architecture(id, make, last_map, side, gain, layers=tuple(layers.items()))


def efficientnet_lite(number: int, side: int, depths: tuple[int, ...]) -> Architecture:
    return Architecture(
        f"efficientnet-lite{number}",
        lambda: timm.create_model(f"tf_efficientnet_lite{number}", pretrained=False),
        "bn2",
        side,
        normalized=as_efficientnet_lite_takes,
        published_name=PublishedEfficientNetNames(depths),
    )


ARCHITECTURES = [
    torchvision_network("inception-v3", "inception_v3", "Mixed_7c", side=299),
    torchvision_network("vgg16", "vgg16", "features", fc2="classifier.4"),
    torchvision_network("vgg19", "vgg19", "features", fc2="classifier.4"),
    torchvision_network("resnet18", "resnet18", "layer4", gain=0.625),
    torchvision_network("resnet34", "resnet34", "layer4", gain=0.625),
    torchvision_network("resnet50", "resnet50", "layer4", gain=0.625),
    torchvision_network("mobilenet-v2", "mobilenet_v2", "features"),
    efficientnet_lite(0, 224, (1, 2, 2, 3, 3, 4, 1)),
    efficientnet_lite(1, 240, (1, 3, 3, 4, 4, 5, 1)),
    efficientnet_lite(2, 260, (1, 3, 3, 4, 4, 5, 1)),
]


class Network:
    """An architecture with made-up weights."""

    def __init__(self, architecture: Architecture) -> None:
        self.architecture = architecture
        self.module = architecture.make().double().eval()
        self.shapes: dict[str, tuple[int, ...]] = {}
        self.outputs: dict[str, torch.Tensor] = {}
        self.take_weights()
        for feature, module in (("map", architecture.last_map), *architecture.layers):
            self.module.get_submodule(module).register_forward_hook(self.keeping(feature))

    def take_weights(self) -> None:
        state = self.module.state_dict()
        for name, tensor in state.items():
            # Matters only while a network is trained.
            if name.endswith("num_batches_tracked"):
                continue
            published = self.architecture.published_name(name)
            self.shapes[published] = tuple(tensor.shape)
            tensor.copy_(torch.from_numpy(made_up(published, tuple(tensor.shape), self.architecture.gain)))

    def keeping(self, feature: str) -> Callable[[nn.Module, Any, torch.Tensor], None]:
        def keep(_: nn.Module, __: Any, output: torch.Tensor) -> None:
            self.outputs[feature] = output.clone()

        return keep

    @torch.inference_mode()
    def features(self, pixels: np.ndarray) -> dict[str, torch.Tensor]:
        levels = torch.from_numpy(pixels).permute(2, 0, 1)[None].double()
        logits = self.module(self.architecture.normalized(levels))
        pooled = self.outputs.pop("map").mean(dim=(2, 3))
        return {"pooled": pooled[0], **{name: value[0] for name, value in self.outputs.items()}, "logits": logits[0]}

    def golden(self) -> dict[str, Any]:
        return {
            "gain": self.architecture.gain,
            "tensors": {name: " ".join(map(str, shape)) for name, shape in self.shapes.items()},
            "patterns": [self.pattern_golden(seed) for seed in PATTERN_SEEDS],
        }

    def pattern_golden(self, seed: int) -> dict[str, Any]:
        features = self.features(pattern(self.architecture.side, seed))
        for name, values in features.items():
            print(f"{self.architecture.id} {name} {seed}: {tuple(values.shape)}, deviation {values.std():.3g}")
        return {
            "seed": seed,
            "features": {name: encoded(values.numpy().astype("<f4").tobytes()) for name, values in features.items()},
        }


def pattern(side: int, seed: int) -> np.ndarray:
    y, x, c = coordinates(side, side)
    value = x * (3 + 2 * c + seed) + y * (7 - c) + (x ^ y) * (c + 1 + seed) + x * y // (16 + seed)
    return (value & 255).astype(np.uint8)


def main() -> None:
    make_framing_goldens()
    for architecture in ARCHITECTURES:
        write_json(NETWORKS_GOLDENS / f"{architecture.id}.json", Network(architecture).golden())


if __name__ == "__main__":
    main()
