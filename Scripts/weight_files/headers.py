"""Hostile files of the safetensors format, put together by hand."""

import json
import struct
from typing import Any

from tensors import SMALL_DATA


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
