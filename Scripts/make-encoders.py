#!/usr/bin/env python3
"""Writes small ONNX encoders as others might bring them, and what ONNX's reference implementation makes of a picture.

Each stands for one way in which encoders differ: CLIP's several outputs, a transformer's tokens with every length left
open, a feature map for one photo at a time, channels last. Their weights are a formula.

Run it from the project's root in a throw-away environment:

    python3 -m venv /tmp/goldens
    /tmp/goldens/bin/pip install -r Scripts/goldens-requirements.txt
    /tmp/goldens/bin/python Scripts/make-encoders.py
"""

import json
from pathlib import Path

import numpy
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnx.reference import ReferenceEvaluator

GOLDENS = Path(__file__).resolve().parent.parent / "Tests/EmbeddersTests/Goldens/encoders"
SIDE, PATCH = 16, 4
CLIP = ([0.48145466, 0.4578275, 0.40821073], [0.26862954, 0.26130258, 0.27577711])
IMAGENET = ([0.485, 0.456, 0.406], [0.229, 0.224, 0.225])
HALF = ([0.5, 0.5, 0.5], [0.25, 0.5, 1.0])


def weight(name: str, *shape: int) -> TensorProto:
    """Numbers that look random and are the same everywhere."""
    count = int(numpy.prod(shape))
    values = numpy.sin(numpy.arange(count) * 12.9898 + len(name)) * 0.5
    return numpy_helper.from_array(values.reshape(shape).astype(numpy.float32), name)


def integers(name: str, *values: int) -> TensorProto:
    return numpy_helper.from_array(numpy.array(values, numpy.int64), name)


def model(nodes, inputs, outputs, weights) -> onnx.ModelProto:
    ports = [[helper.make_tensor_value_info(n, TensorProto.FLOAT, s) for n, s in part] for part in (inputs, outputs)]
    graph = helper.make_graph(nodes, "encoder", *ports, weights)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8, producer_name="others")


def clip() -> onnx.ModelProto:
    nodes = [
        helper.make_node("Conv", ["pixel_values", "patch"], ["patches"], strides=[PATCH, PATCH]),
        helper.make_node("GlobalAveragePool", ["patches"], ["mean"]),
        helper.make_node("Flatten", ["mean"], ["pooler_output"]),
        helper.make_node("MatMul", ["pooler_output", "projection"], ["image_embeds"]),
    ]
    inputs = [("pixel_values", ["batch", 3, SIDE, SIDE])]
    outputs = [("pooler_output", ["batch", 8]), ("image_embeds", ["batch", 6])]
    return model(nodes, inputs, outputs, [weight("patch", 8, 3, PATCH, PATCH), weight("projection", 8, 6)])


def tokens() -> onnx.ModelProto:
    nodes = [
        helper.make_node("Conv", ["pixel_values", "patch"], ["map"], strides=[PATCH, PATCH]),
        helper.make_node("Reshape", ["map", "flat"], ["rows"]),
        helper.make_node("Transpose", ["rows"], ["tokens"], perm=[0, 2, 1]),
        helper.make_node("MatMul", ["tokens", "mix"], ["last_hidden_state"]),
    ]
    inputs = [("pixel_values", ["batch", "channels", "height", "width"])]
    outputs = [("last_hidden_state", ["batch", "tokens", 8])]
    weights = [weight("patch", 8, 3, PATCH, PATCH), integers("flat", 0, 8, -1), weight("mix", 8, 8)]
    return model(nodes, inputs, outputs, weights)


def feature_map() -> onnx.ModelProto:
    nodes = [helper.make_node("Conv", ["input", "patch"], ["map"], strides=[PATCH, PATCH])]
    return model(nodes, [("input", [1, 3, SIDE, SIDE])], [("map", [1, 5, 4, 4])], [weight("patch", 5, 3, PATCH, PATCH)])


def channels_last() -> onnx.ModelProto:
    nodes = [
        helper.make_node("Transpose", ["input"], ["planes"], perm=[0, 3, 1, 2]),
        helper.make_node("Conv", ["planes", "patch"], ["map"], strides=[PATCH, PATCH]),
        helper.make_node("GlobalAveragePool", ["map"], ["mean"]),
        helper.make_node("Flatten", ["mean"], ["features"]),
    ]
    inputs, outputs = [("input", ["N", SIDE, SIDE, 3])], [("features", ["N", 7])]
    return model(nodes, inputs, outputs, [weight("patch", 7, 3, PATCH, PATCH)])


def pattern() -> numpy.ndarray:
    """The picture of Scripts/make-goldens.py with seed 5: rows, columns, channels."""
    y, x, c = numpy.meshgrid(*map(numpy.arange, (SIDE, SIDE, 3)), indexing="ij")
    return (x * (3 + 2 * c + 5) + y * (7 - c) + (x ^ y) * (c + 1 + 5) + x * y // (16 + 5)) & 255


def photo(mean, scale) -> numpy.ndarray:
    return ((pattern() / 255 - mean) / scale).astype(numpy.float32)


def main() -> None:
    GOLDENS.mkdir(parents=True, exist_ok=True)
    planar = lambda numbers: photo(*numbers).transpose(2, 0, 1)[None]
    cases = [
        ("clip", clip(), "image_embeds", planar(CLIP), lambda y: y),
        ("tokens", tokens(), "last_hidden_state", planar(HALF), lambda y: y[0]),
        ("map", feature_map(), "map", planar(IMAGENET), lambda y: y.mean((1, 2))),
        ("channels-last", channels_last(), "features", photo(*IMAGENET)[None], lambda y: y),
    ]
    expected = {}
    for name, encoder, output, numbers, pool in cases:
        onnx.checker.check_model(encoder)
        (GOLDENS / f"{name}.onnx").write_bytes(encoder.SerializeToString())
        (found,) = ReferenceEvaluator(encoder).run([output], {encoder.graph.input[0].name: numbers})
        expected[name] = [round(float(number), 6) for number in pool(found[0].astype(numpy.float64))]
        if name == "tokens":
            expected["tokens-mean"] = [round(float(n), 6) for n in found[0].astype(numpy.float64).mean(0)]
    (GOLDENS / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")


if __name__ == "__main__":
    main()
