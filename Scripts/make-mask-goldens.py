#!/usr/bin/env python3
"""Writes the golden file of what cuts garments out: the published network as it is, run by ONNX Runtime.

Nothing is shared with the Swift sources, which write the network anew and take its weights from the same file.

Run it from the project's root, in the environment of make-goldens.py and with onnxruntime beside:

    /tmp/goldens/bin/python Scripts/make-mask-goldens.py U2NETP [PHOTOS]

U2NETP    u2netp.onnx, as its package carries it
"""

import importlib.util
import json
import sys
from pathlib import Path

import numpy as np
import onnxruntime
from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
SIDE, PLACES = 320, 64
MEAN, SCALE = np.array([123.675, 116.28, 103.53]), np.array([58.395, 57.12, 57.375])


def goldens_module():
    spec = importlib.util.spec_from_file_location("goldens", Path(__file__).with_name("make-goldens.py"))
    module = importlib.util.module_from_spec(spec)
    sys.modules["goldens"] = module
    spec.loader.exec_module(module)
    return module


def mask(session: onnxruntime.InferenceSession, photo: Image.Image) -> list[int]:
    pixels = np.asarray(photo.resize((SIDE, SIDE), Image.Resampling.BILINEAR), np.float64)
    tensor = ((pixels - MEAN) / SCALE).transpose(2, 0, 1)[None].astype(np.float32)
    sureness = session.run([session.get_outputs()[0].name], {session.get_inputs()[0].name: tensor})[0][0, 0]
    sureness = (sureness - sureness.min()) / (sureness.max() - sureness.min())
    step = SIDE // PLACES
    means = sureness.reshape(PLACES, step, PLACES, step).mean(axis=(1, 3))
    return np.round(means * 255).astype(int).ravel().tolist()


def main() -> None:
    session = onnxruntime.InferenceSession(sys.argv[1], providers=["CPUExecutionProvider"])
    photos = Path(sys.argv[2]) if len(sys.argv) > 2 else ROOT.parent / "shared/data"
    goldens = goldens_module()
    found = [{"path": path, "levels": mask(session, goldens.load_photo(photos / path))} for path in goldens.PHOTOS]
    pattern = mask(session, Image.fromarray(goldens.pattern(SIDE, 1)))
    path = ROOT / "Tests/EmbeddersTests/Goldens/masks.json"
    path.write_text(json.dumps({"pattern": pattern, "photos": found}, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
