#!/usr/bin/env python3
"""Writes the weight files that the Swift tests read: good ones and hostile ones.

The good ones are written by torch, safetensors, onnx and Python's zipfile, and what must be read from them is what
these libraries read themselves. The hostile ones are put together by hand, each from a good one with a single fault,
and none of them does harm even to a reader that believes it. The same versions give the same bytes.

Run it from the project's root in a throw-away environment (the CPU build of torch is enough):

    python3 -m venv /tmp/goldens
    /tmp/goldens/bin/pip install -r Scripts/goldens-requirements.txt
    /tmp/goldens/bin/python Scripts/make-weight-files.py
"""

import base64
import io
import json
import shutil
import sys
from pathlib import Path
from typing import Any

import safetensors.torch
import torch

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "Scripts/weight_files"))

import archives  # noqa: E402
import headers  # noqa: E402
import onnx_models  # noqa: E402
import pickles  # noqa: E402
import tensors  # noqa: E402
import torch_archives  # noqa: E402
import wheels  # noqa: E402

ARCHIVES = ROOT / "Tests/ArchivesTests/Goldens"
DOWNLOADS = ROOT / "Tests/DownloadsTests/Goldens"
NETWORKS = ROOT / "Tests/NetworksTests/Goldens"


def write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def write_json(path: Path, value: Any) -> None:
    write(path, (json.dumps(value, sort_keys=True, indent=1, allow_nan=False) + "\n").encode())


# --- Files of torch.save ----------------------------------------------------------------------------------------------


def states() -> dict[str, dict[str, torch.Tensor]]:
    return {
        "contiguous": tensors.contiguous_tensors(),
        "strided": tensors.strided_tensors(),
        "ordered-dict": tensors.module_tensors(),
        "narrow": tensors.narrow_tensors(),
        "parameters": tensors.parameters(),
    }


def wrapped(state: dict[str, torch.Tensor]) -> dict[str, dict[str, Any]]:
    """A network's state as training programs keep it, beside other things."""
    beside = {"epoch": 3, "best": 0.5, "arch": "resnet", "optimizer": {"state": {0: {"step": 7}}, "param_groups": [{}]}}
    from_devices = {f"module.{name}": tensor for name, tensor in state.items()}
    return {
        "in-state-dict": beside | {"state_dict": state},
        "in-model": {"model": state} | beside,
        "from-devices": from_devices,
        "from-devices-in-state-dict": {"state_dict": from_devices},
    }


def make_torch_files(expected: dict[str, Any]) -> None:
    for name, state in states().items():
        write_torch_file(f"{name}.pth", pickles.legacy_bytes(state), state, expected)
        write_torch_file(f"zip-{name}.pth", torch_archives.zip_bytes(state), state, expected)
    state = tensors.module_tensors()
    for name, value in wrapped(state).items():
        write(NETWORKS / f"zip-{name}.pth", torch_archives.zip_bytes(value))
        expected[f"zip-{name}.pth"] = tensors.described(state)
    # The ones that all hostile files are made from: without their one fault they would load.
    small = {"w": tensors.SMALL}
    write_torch_file("put-together-by-hand.pth", pickles.legacy(), small, expected)
    write_torch_file("zip-put-together-by-hand.pth", torch_archives.zip_file(), small, expected)


def write_torch_file(name: str, content: bytes, state: dict[str, torch.Tensor], expected: dict[str, Any]) -> None:
    """Writes a file once PyTorch has read the same tensors from it."""
    read = torch.load(io.BytesIO(content), weights_only=True)
    assert tensors.described(read) == tensors.described(state), f"{name} does not read back"
    write(NETWORKS / name, content)
    expected[name] = tensors.described(state)


# --- The other formats ------------------------------------------------------------------------------------------------


def make_safetensors_file(expected: dict[str, Any]) -> None:
    state = tensors.contiguous_tensors()
    content = safetensors.torch.save(state, {"made": "for tests"})
    assert tensors.described(safetensors.torch.load(content)) == tensors.described(state)
    write(NETWORKS / "good.safetensors", content)
    expected["good.safetensors"] = tensors.described(state)


def make_onnx_files(expected: dict[str, Any]) -> None:
    models = {name: model.SerializeToString(deterministic=True) for name, model in onnx_models.good_models().items()}
    models["put-together-by-hand"] = onnx_models.put_together_by_hand()
    for name, content in models.items():
        write(NETWORKS / f"{name}.onnx", content)
        expected[f"{name}.onnx"] = tensors.described(onnx_models.tensors_of(content))
    descriptions = {f"{name}.onnx": onnx_models.described_model(content) for name, content in models.items()}
    write_json(NETWORKS / "models.json", descriptions)


def make_archives() -> None:
    expected = {}
    for name, content in archives.good_archives().items():
        write(ARCHIVES / f"{name}.zip", content)
        files = archives.files_in(content)
        expected[f"{name}.zip"] = {name: base64.b64encode(file).decode() for name, file in files.items()}
    write_json(ARCHIVES / "expected.json", expected)


def make_wheel() -> None:
    files = {"tiny_weights/put-together-by-hand.pth": pickles.legacy()}
    write(DOWNLOADS / "tiny_weights-1.0-py3-none-any.whl", wheels.wheel("tiny_weights", "1.0", files))


def make_hostile_files() -> None:
    kinds = {
        NETWORKS / "hostile": {
            "pth": pickles.hostile_legacy_files() | torch_archives.hostile_zip_files(),
            "safetensors": headers.hostile_safetensors(),
            "onnx": onnx_models.hostile_models(),
        },
        ARCHIVES / "hostile": {"zip": archives.hostile_archives()},
        ARCHIVES / "damaged": {"zip": archives.damaged_contents()},
    }
    for folder, files in kinds.items():
        shutil.rmtree(folder, ignore_errors=True)
        for extension, contents in files.items():
            for name, content in contents.items():
                write(folder / f"{name}.{extension}", content)


def main() -> None:
    expected: dict[str, Any] = {}
    make_torch_files(expected)
    make_safetensors_file(expected)
    make_onnx_files(expected)
    write_json(NETWORKS / "expected.json", expected)
    floats = {name: tensors.bits_in_float32(states()[name]) for name in ("contiguous", "narrow")}
    write_json(NETWORKS / "float32.json", {f"zip-{name}.pth": bits for name, bits in floats.items()})
    make_archives()
    make_wheel()
    make_hostile_files()


if __name__ == "__main__":
    main()
