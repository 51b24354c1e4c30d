#!/usr/bin/env python3
"""Writes the golden files that the Swift tests compare against.

Nothing here is shared with the Swift sources: pictures are resized by Pillow, the networks are run by PyTorch in double
precision (so the results hardly depend on the machine) and the good weight files are written by torch and safetensors
themselves. The same versions give the same bytes.

Run it from the project's root in a throw-away environment (the CPU build of torch is enough):

    python3 -m venv /tmp/goldens
    /tmp/goldens/bin/pip install -r Scripts/goldens-requirements.txt
    /tmp/goldens/bin/python Scripts/make-goldens.py WEIGHTS [PHOTOS]

WEIGHTS  a folder holding, at any depth, efficientnet-lite0-*.pth, efficientnet-lite1-*.pth and efficientnet-lite2-*.pth
PHOTOS   the folder with the test photos; $LOOKALIKE_DATA, or else ../shared/data beside the project, when left out
"""

import argparse
import base64
import io
import json
import math
import os
import pickle
import pickletools
import struct
import zipfile
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import safetensors.torch
import torch
import torch.nn.functional as F
from PIL import Image, ImageOps

ROOT = Path(__file__).resolve().parent.parent
IMAGING_GOLDENS = ROOT / "Tests/ImagingTests/Goldens"
EMBEDDERS_GOLDENS = ROOT / "Tests/EmbeddersTests/Goldens"
NETWORKS_GOLDENS = ROOT / "Tests/NetworksTests/Goldens"


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


# --- Weight files -----------------------------------------------------------------------------------------------------

DTYPES = {torch.float32: "F32", torch.float16: "F16", torch.float64: "F64", torch.int64: "I64"}


def counting(*shape: int, dtype: torch.dtype = torch.float32) -> torch.Tensor:
    """Different numbers, exact in every type, some negative, some not whole."""
    count = math.prod(shape)
    step = 1 if dtype == torch.int64 else 0.25
    return ((torch.arange(count, dtype=torch.float64) - count // 3) * step).to(dtype).reshape(shape)


def contiguous_tensors() -> dict[str, torch.Tensor]:
    return {
        "float": counting(2, 3, 4),
        "float.extremes": torch.tensor([3.4028234663852886e38, -1.17549435e-38, 1e-45, 0.1, -0.0]),
        "half": counting(3, 5, dtype=torch.float16),
        "half.extremes": torch.tensor([65504.0, -6.103515625e-05, 5.9604644775390625e-08, 0.1], dtype=torch.float16),
        "double": counting(7, dtype=torch.float64),
        "double.extremes": torch.tensor([1.7976931348623157e308, 5e-324, 0.1], dtype=torch.float64),
        "long": counting(4, 2, dtype=torch.int64),
        "long.extremes": torch.tensor([2**53, -(2**53), 0], dtype=torch.int64),
        "scalar": torch.tensor(2.5),
        "scalar.long": torch.tensor(-7, dtype=torch.int64),
        "empty": torch.empty(0),
        "empty.matrix": torch.empty(3, 0, 2),
        "größe 👕": counting(1),
    }


def strided_tensors() -> dict[str, torch.Tensor]:
    base = counting(4, 6)
    kernel = counting(2, 3, 2, 3)  # height, width, inputs, outputs, as TensorFlow keeps it
    return {
        "base": base,
        "transposed": base.t(),
        "column": base[:, 2],
        "offset": base[1:3, 2:5],
        "every.other": base[::2, 1::3],
        "kernel": kernel.permute(3, 2, 0, 1),
        "expanded": counting(3, 1).expand(3, 4),
        "expanded.scalar": torch.tensor(1.5).expand(2, 2),
        "transposed.half": counting(2, 3, dtype=torch.float16).t(),
        "transposed.long": counting(3, 2, dtype=torch.int64).t(),
        "unit.axes": counting(6).as_strided((1, 3, 1, 2), (77, 2, 99, 1)),
    }


def module_tensors() -> dict[str, torch.Tensor]:
    module = torch.nn.Sequential(torch.nn.Conv2d(2, 3, (1, 2)), torch.nn.BatchNorm2d(3), torch.nn.Linear(3, 2))
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.copy_(counting(*parameter.shape))
    state = module.state_dict()
    assert isinstance(state, OrderedDict) and hasattr(state, "_metadata")
    return state


def described(tensors: dict[str, torch.Tensor]) -> dict[str, Any]:
    return {
        name: {"dtype": DTYPES[tensor.dtype], "shape": list(tensor.shape), "values": tensor.flatten().tolist()}
        for name, tensor in tensors.items()
    }


def legacy_bytes(tensors: dict[str, torch.Tensor]) -> bytes:
    """What torch.save writes in the format before zip files, less the memory addresses in it."""
    buffer = io.BytesIO()
    torch.save(tensors, buffer, _use_new_zipfile_serialization=False)
    return renamed_storages(buffer.getvalue(), tensors)


def renamed_storages(content: bytes, tensors: dict[str, torch.Tensor]) -> bytes:
    """Legacy files name a storage by its address and sort by name; this gives names that every run repeats."""
    stream = io.BytesIO(content)
    header = b"".join(next_pickle(stream) for _ in range(3))
    body = next_pickle(stream)
    addresses = pickle.loads(next_pickle(stream))
    widths = element_sizes(tensors)
    storages = {}
    for address in addresses:
        count = stream.read(8)
        storages[address] = count + stream.read(struct.unpack("<q", count)[0] * widths[address])
    assert not stream.read(), "the file goes on after its last storage"
    # Counted down, so that the order of the data is not the order of the tensors.
    used = in_order_of_use(body, set(addresses))
    names = {address: str(94_000_000_000_000 - 64 * index) for index, address in enumerate(used)}
    ordered = sorted(addresses, key=names.__getitem__)
    keys = pickle.dumps([names[address] for address in ordered], protocol=2)
    return header + renamed_strings(body, names) + keys + b"".join(storages[address] for address in ordered)


def next_pickle(stream: io.BytesIO) -> bytes:
    start = stream.tell()
    for _ in pickletools.genops(stream):
        pass
    return stream.getvalue()[start : stream.tell()]


def element_sizes(tensors: dict[str, torch.Tensor]) -> dict[str, int]:
    return {str(tensor.untyped_storage()._cdata): tensor.element_size() for tensor in tensors.values()}


def in_order_of_use(body: bytes, addresses: set[str]) -> list[str]:
    return list(dict.fromkeys(argument for _, argument, _ in pickletools.genops(body) if argument in addresses))


def renamed_strings(body: bytes, names: dict[str, str]) -> bytes:
    for old, new in names.items():
        body = body.replace(Pickle.text(old), Pickle.text(new))
    return body


# --- Weight files put together by hand --------------------------------------------------------------------------------


class Pickle:
    """The opcodes of pickle's protocol 2 that weight files need."""

    START = b"\x80\x02"
    STOP = b"."
    NONE = b"N"
    FALSE = b"\x89"
    TRUE = b"\x88"
    EMPTY_DICT = b"}"
    EMPTY_LIST = b"]"
    EMPTY_TUPLE = b")"
    MARK = b"("
    CLOSE_TUPLE = b"t"
    WRAP_IN_TUPLE = b"\x85"
    PAIR = b"\x86"
    DUPLICATE = b"2"
    APPEND = b"a"
    APPENDS = b"e"
    SET_ITEM = b"s"
    CALL = b"R"
    STORAGE = b"Q"

    @staticmethod
    def text(value: str) -> bytes:
        return b"X" + struct.pack("<I", len(value.encode())) + value.encode()

    @staticmethod
    def integer(value: int) -> bytes:
        if -(2**31) <= value < 2**31:
            return b"J" + struct.pack("<i", value)
        digits = value.to_bytes(value.bit_length() // 8 + 1, "little", signed=True)
        return b"\x8a" + bytes([len(digits)]) + digits

    @classmethod
    def tuple(cls, *items: bytes) -> bytes:
        return cls.MARK + b"".join(items) + cls.CLOSE_TUPLE

    @classmethod
    def integers(cls, *values: int) -> bytes:
        return cls.tuple(*map(cls.integer, values))

    @staticmethod
    def name(module: str, name: str) -> bytes:
        return f"c{module}\n{name}\n".encode()

    @classmethod
    def call(cls, module: str, name: str, *arguments: bytes) -> bytes:
        return cls.name(module, name) + cls.tuple(*arguments) + cls.CALL

    @classmethod
    def dictionary(cls, **items: bytes) -> bytes:
        return cls.EMPTY_DICT + b"".join(cls.text(key) + value + cls.SET_ITEM for key, value in items.items())

    @classmethod
    def whole(cls, value: bytes) -> bytes:
        return cls.START + value + cls.STOP


P = Pickle
SMALL = counting(2, 3)
SMALL_DATA = SMALL.numpy().tobytes()


def storage(kind: str = "FloatStorage", key: bytes = P.text("0"), count: int = 6) -> bytes:
    parts = (P.text("storage"), P.name("torch", kind), key, P.text("cpu"), P.integer(count), P.NONE)
    return P.tuple(*parts) + P.STORAGE


def tensor(
    data: bytes = storage(),
    offset: int = 0,
    size: bytes = P.integers(2, 3),
    stride: bytes = P.integers(3, 1),
) -> bytes:
    hooks = P.call("collections", "OrderedDict")
    return P.call("torch._utils", "_rebuild_tensor_v2", data, P.integer(offset), size, stride, P.FALSE, hooks)


def state(value: bytes) -> bytes:
    return P.whole(P.dictionary(w=value))


def system_information(little_endian: bool = True) -> bytes:
    sizes = P.dictionary(short=P.integer(2), int=P.integer(4), long=P.integer(4))
    order = P.TRUE if little_endian else P.FALSE
    return P.whole(P.dictionary(protocol_version=P.integer(1001), little_endian=order, type_sizes=sizes))


MAGIC = P.whole(P.integer(0x1950A86A20F9469CFC6C))
PROTOCOL = P.whole(P.integer(1001))
INFORMATION = system_information()
KEYS = P.whole(P.EMPTY_LIST + P.MARK + P.text("0") + P.APPENDS)


def legacy(
    body: bytes = state(tensor()),
    *,
    magic: bytes = MAGIC,
    protocol: bytes = PROTOCOL,
    information: bytes = INFORMATION,
    keys: bytes = KEYS,
    count: int = 6,
    data: bytes = SMALL_DATA,
) -> bytes:
    return magic + protocol + information + body + keys + struct.pack("<q", count) + data


def legacy_without_storages(body: bytes) -> bytes:
    return MAGIC + PROTOCOL + INFORMATION + body + P.whole(P.EMPTY_LIST)


def code_running_files() -> dict[str, bytes]:
    """Harmless when parsed, and even when run they only print."""
    system = P.call("posix", "system", P.text("echo a pickle ran this"))
    evaluation = P.call("builtins", "eval", P.text("print('a pickle ran this')"))
    return {
        "runs-os-system": legacy_without_storages(P.whole(system)),
        "runs-os-system-as-magic-number": legacy(magic=P.whole(system)),
        "runs-os-system-as-tensor": legacy_without_storages(state(system)),
        "runs-eval": legacy_without_storages(P.whole(evaluation)),
        "runs-eval-as-storage-key": legacy(state(tensor(storage(key=evaluation)))),
    }


def truncated_files() -> dict[str, bytes]:
    header = len(MAGIC + PROTOCOL + INFORMATION)
    body = len(state(tensor()))
    ends = {
        "empty": 0,
        "one-byte": 1,
        "truncated-in-magic-number": 7,
        "truncated-after-magic-number": len(MAGIC),
        "truncated-in-system-information": header - 9,
        "truncated-in-pickle": header + body // 2,
        "truncated-before-end-of-pickle": header + body - 1,
        "truncated-in-storage-keys": header + body + 5,
        "truncated-in-storage-count": header + body + len(KEYS) + 4,
        "truncated-in-storage": header + body + len(KEYS) + 8 + 10,
    }
    return {name: legacy()[:end] for name, end in ends.items()}


def badly_pickled_files() -> dict[str, bytes]:
    nested_lists = P.EMPTY_LIST * 1500 + P.APPEND * 1499
    return {
        "opcode-unknown": legacy(P.START + b"\xff" + P.STOP),
        "stack-underflow": legacy(P.whole(P.SET_ITEM)),
        "mark-missing": legacy(P.whole(P.CLOSE_TUPLE)),
        "memo-index-unknown": legacy(state(b"h\x63")),
        "memo-index-2-to-31": legacy(P.whole(P.EMPTY_DICT + b"r\x00\x00\x00\x80")[:-1] + b"j\x01\x00\x00\x80."),
        "string-length-2-to-31": legacy(P.START + b"X\x00\x00\x00\x80w" + P.STOP),
        "string-not-utf8": legacy(P.whole(P.EMPTY_DICT + b"X\x02\x00\x00\x00\xc3\x28" + tensor() + P.SET_ITEM)),
        "integer-length-negative": legacy(P.START + b"\x8b\xff\xff\xff\xff" + P.STOP),
        "integer-of-255-bytes": legacy(state(tensor(size=P.tuple(b"\x8a\xff" + b"\x7f" * 255, P.integer(3))))),
        "nested-marks": legacy_without_storages(P.whole(P.MARK * 1500 + P.CLOSE_TUPLE * 1500)),
        "nested-marks-unclosed": legacy_without_storages(P.START + P.MARK * 3000),
        "nested-tuples": legacy_without_storages(P.whole(P.EMPTY_TUPLE + P.WRAP_IN_TUPLE * 3000)),
        "nested-lists": legacy_without_storages(P.whole(nested_lists)),
        "nested-tuples-doubling": legacy_without_storages(P.whole(P.EMPTY_TUPLE + (P.DUPLICATE + P.PAIR) * 64)),
        "not-a-dictionary": legacy_without_storages(P.whole(P.integer(1))),
        "value-not-a-tensor": legacy_without_storages(state(P.text("a word"))),
    }


def mislabelled_files() -> dict[str, bytes]:
    return {
        "magic-number-wrong": legacy(magic=P.whole(P.integer(0x1950A86A20F9469CFC6D))),
        "protocol-wrong": legacy(protocol=P.whole(P.integer(1002))),
        "big-endian": legacy(information=system_information(little_endian=False)),
        "zip-file": zip_file(),
    }


def zip_file() -> bytes:
    """The layout that torch.save writes today, less the parts that do not matter here."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(zipfile.ZipInfo("archive/data.pkl"), state(tensor()))
        archive.writestr(zipfile.ZipInfo("archive/data/0"), SMALL_DATA)
    return buffer.getvalue()


def lying_storage_files() -> dict[str, bytes]:
    huge = 10**12
    return {
        "storage-count-huge": legacy(state(tensor(storage(count=huge))), count=huge),
        "storage-count-huge-in-pickle": legacy(state(tensor(storage(count=huge)))),
        "storage-count-huge-in-data": legacy(count=huge),
        "storage-count-negative": legacy(state(tensor(storage(count=-6))), count=-6),
        "storage-count-overflowing": legacy(state(tensor(storage(count=2**62 + 6))), count=2**62 + 6),
        "storage-not-a-tuple": legacy(state(tensor(P.text("0") + P.STORAGE))),
        "storage-tuple-too-short": legacy(state(tensor(P.tuple(P.text("storage")) + P.STORAGE))),
        "storage-type-unknown": legacy(state(tensor(storage(kind="ImaginaryStorage")))),
        "storage-key-missing": legacy_without_storages(state(tensor())),
        "storage-key-unknown": legacy(keys=P.whole(P.EMPTY_LIST + P.MARK + P.text("1") + P.APPENDS)),
    }


def lying_tensor_files() -> dict[str, bytes]:
    tensors = {
        "tensor-beyond-storage": tensor(size=P.integers(2, 4), stride=P.integers(4, 1)),
        "tensor-beyond-storage-by-stride": tensor(stride=P.integers(4, 1)),
        "tensor-beyond-storage-by-offset": tensor(offset=1),
        "tensor-extent-overflowing": tensor(stride=P.integers(2**62, 2**62)),
        "offset-negative": tensor(offset=-1),
        "offset-2-to-63": tensor(offset=2**63),
        "size-negative": tensor(size=P.integers(-2, 3)),
        "sizes-negative": tensor(size=P.integers(-2, -3)),
        "size-not-integers": tensor(size=P.tuple(P.text("2"), P.text("3"))),
        "size-not-a-tuple": tensor(size=P.integer(6)),
        "stride-negative": tensor(offset=5, stride=P.integers(-3, -1)),
        "stride-missing": tensor(stride=P.integers(3)),
        "shape-of-10-to-9-elements": tensor(size=P.integers(1000, 1000, 1000), stride=P.integers(0, 0, 0)),
        "shape-product-overflowing": tensor(size=P.integers(2**32, 2**32), stride=P.integers(0, 0)),
    }
    return {name: legacy(state(value)) for name, value in tensors.items()}


def described_tensor(
    begin: int = 0, end: int = 24, shape: tuple[float, ...] = (2, 3), dtype: str = "F32"
) -> dict[str, Any]:
    return {"dtype": dtype, "shape": list(shape), "data_offsets": [begin, end]}


def safetensors_file(header: Any, data: bytes = SMALL_DATA, length: int | None = None) -> bytes:
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack("<Q", len(text) if length is None else length) + text + data


def hostile_safetensors() -> dict[str, bytes]:
    good = {"w": described_tensor()}
    entry = json.dumps(described_tensor())
    halves = {"a": described_tensor(0, 16, (4,)), "b": described_tensor(8, 24, (4,))}
    return {
        "empty": b"",
        "shorter-than-eight-bytes": b"\x02\x00\x00\x00",
        "header-length-2-to-63": safetensors_file(good, length=2**63),
        "header-length-2-to-64-less-1": safetensors_file(good, length=2**64 - 1),
        "header-length-beyond-file": safetensors_file(good, length=1_000),
        "header-not-json": safetensors_file(b"{'w': tensor}"),
        "header-not-an-object": safetensors_file(["w"]),
        "header-not-utf8": safetensors_file(b'{"\xc3\x28": ' + entry.encode() + b"}"),
        "header-nested": safetensors_file(b"[" * 3500),
        "names-duplicate": safetensors_file(f'{{"w": {entry}, "w": {entry}}}'.encode()),
        "names-duplicate-by-escape": safetensors_file(f'{{"w": {entry}, "\\u0077": {entry}}}'.encode()),
        "dtype-unknown": safetensors_file({"w": described_tensor(dtype="F33")}),
        "offsets-overlapping": safetensors_file(halves),
        "offsets-beyond-data": safetensors_file({"w": described_tensor(0, 48, (4, 3))}),
        "offsets-not-matching-shape": safetensors_file({"w": described_tensor(0, 20)}),
        "offsets-not-matching-dtype": safetensors_file({"w": described_tensor(dtype="F16")}),
        "offsets-negative": safetensors_file({"w": described_tensor(-24, 0)}),
        "offsets-reversed": safetensors_file({"w": described_tensor(24, 0)}),
        "offsets-2-to-63": safetensors_file({"w": described_tensor(2**63, 2**63 + 24)}),
        "offsets-missing": safetensors_file({"w": {"dtype": "F32", "shape": [2, 3]}}),
        "shape-negative": safetensors_file({"w": described_tensor(shape=(-2, -3))}),
        "shape-fractional": safetensors_file({"w": described_tensor(shape=(2.5, 2.4))}),
        "shape-product-overflowing": safetensors_file({"w": described_tensor(0, 0, (2**32, 2**32))}),
    }


def make_weight_file_goldens() -> None:
    contiguous = contiguous_tensors()
    legacies = {"contiguous": contiguous, "strided": strided_tensors(), "ordered-dict": module_tensors()}
    expected = {}
    for name, tensors in legacies.items():
        write_checked(f"{name}.pth", legacy_bytes(tensors), tensors, expected)
    # The one that all hostile files are made from: without their one fault they would load.
    write_checked("put-together-by-hand.pth", legacy(), {"w": SMALL}, expected)
    good = safetensors.torch.save(contiguous, {"made": "for tests"})
    write_checked("good.safetensors", good, contiguous, expected)
    write_json(NETWORKS_GOLDENS / "expected.json", expected)


def write_checked(name: str, content: bytes, tensors: dict[str, torch.Tensor], expected: dict[str, Any]) -> None:
    """Writes a file once the library of its format has read the same tensors from it."""
    is_legacy = name.endswith(".pth")
    read = torch.load(io.BytesIO(content), weights_only=True) if is_legacy else safetensors.torch.load(content)
    assert described(read) == described(tensors), f"{name} does not read back"
    write(NETWORKS_GOLDENS / name, content)
    expected[name] = described(tensors)


def make_hostile_files() -> None:
    folder = NETWORKS_GOLDENS / "hostile"
    makers = (
        code_running_files,
        truncated_files,
        badly_pickled_files,
        mislabelled_files,
        lying_storage_files,
        lying_tensor_files,
    )
    for make in makers:
        for name, content in make().items():
            write(folder / f"{name}.pth", content)
    for name, content in hostile_safetensors().items():
        write(folder / f"{name}.safetensors", content)


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
    make_weight_file_goldens()
    make_hostile_files()
    make_network_goldens(arguments.weights, arguments.photos)


if __name__ == "__main__":
    main()
