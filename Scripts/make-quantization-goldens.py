#!/usr/bin/env python3
"""Writes the golden file of the arithmetic of 8-bit integers, computed by ONNX's reference implementation.

Run it from the project's root in a throw-away environment:

    python3 -m venv /tmp/goldens
    /tmp/goldens/bin/pip install numpy==2.4.6 onnx==1.23.2
    /tmp/goldens/bin/python Scripts/make-quantization-goldens.py
"""

import json
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnx.reference import ReferenceEvaluator

TARGET = Path("Tests/NetworksTests/Goldens/quantization.json")


def run(nodes, feeds, tensors, output):
    inputs = [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in feeds]
    graph = helper.make_graph(
        nodes, "golden", inputs, [helper.make_tensor_value_info(output, TensorProto.FLOAT, None)],
        [numpy_helper.from_array(array, name) for name, array in tensors.items()])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 19)], ir_version=9)
    return ReferenceEvaluator(model).run(None, feeds)[0]


def values(low, high):
    """Numbers within the range, beyond it and between two integers, as they are after they were integers."""
    low, high = np.float32(min(low, 0)), np.float32(max(high, 0))
    scale = np.float32((high - low) / np.float32(255)) if high > low else np.float32(1 / 256)
    zero = np.uint8(np.clip(np.rint(-low / scale), 0, 255))
    numbers = np.concatenate([
        np.linspace(low - 1, high + 1, 23, dtype=np.float32), np.float32([0, low, high]),
        (np.arange(6, dtype=np.float32) + np.float32(0.5)) * scale])
    nodes = [helper.make_node("QuantizeLinear", ["x", "s", "z"], ["q"]),
             helper.make_node("DequantizeLinear", ["q", "s", "z"], ["y"])]
    real = run(nodes, {"x": numbers}, {"s": np.array(scale), "z": np.array(zero)}, "y")
    return {"range": [float(low), float(high)], "scale": float(scale), "zero": int(zero),
            "numbers": numbers.tolist(), "real": real.tolist()}


def weights():
    """Channels that differ by thousands, one of a single number, one that is 0 and one beyond any bias."""
    generator = np.random.default_rng(8)
    rows = generator.normal(size=(6, 12)).astype(np.float32)
    rows *= np.float32([[1], [1000], [0.001], [1], [0], [1e-9]])
    rows[3] = 0.25
    biases = np.float32([0.5, -300, 0.001, 0, -1.5, 20])
    input_scale = np.float32(6 / 255)
    floor = np.abs(biases) / input_scale / np.float32(2**30)
    scales = np.maximum.reduce([np.abs(rows).max(1) / np.float32(127), floor, np.full(6, 1e-12, np.float32)])
    quantize = helper.make_node("QuantizeLinear", ["x", "s", "z"], ["y"], axis=0)
    integers = run([quantize], {"x": rows}, {"s": scales, "z": np.zeros(6, np.int8)}, "y")
    products = scales.astype(np.float64) * np.float64(input_scale)
    return {"rows": rows.ravel().tolist(), "biases": biases.tolist(), "inputScale": float(input_scale),
            "scales": scales.tolist(), "integers": integers.ravel().astype(int).tolist(),
            "biasIntegers": np.rint(biases / products).astype(int).tolist()}


TARGET.write_text(json.dumps({
    "values": [values(low, high) for low, high in [(0, 6), (-2.5, 3.75), (-8, -1), (1, 4), (0, 0), (-1e-3, 1e3)]],
    "weights": weights(),
}) + "\n")
