"""ONNX models: as their publisher's library writes them, and Protocol Buffers put together by hand."""

from typing import Any

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from tensors import SMALL, SMALL_DATA, contiguous_tensors, narrow_tensors

TYPES = {
    torch.float64: TensorProto.DOUBLE,
    torch.float32: TensorProto.FLOAT,
    torch.float16: TensorProto.FLOAT16,
    torch.bfloat16: TensorProto.BFLOAT16,
    torch.int64: TensorProto.INT64,
    torch.int32: TensorProto.INT32,
    torch.int16: TensorProto.INT16,
    torch.int8: TensorProto.INT8,
    torch.uint8: TensorProto.UINT8,
    torch.bool: TensorProto.BOOL,
}


# --- Models of the publisher's library --------------------------------------------------------------------------------


def onnx_tensors() -> dict[str, torch.Tensor]:
    return {name: tensor.contiguous() for name, tensor in (contiguous_tensors() | narrow_tensors()).items()}


def raw_tensor(name: str, tensor: torch.Tensor) -> TensorProto:
    width = tensor.element_size()
    data = tensor.flatten().view(torch.uint8).numpy().tobytes() if tensor.dim() else tensor.view(1).numpy().tobytes()
    assert len(data) == width * tensor.numel()
    return helper.make_tensor(name, TYPES[tensor.dtype], tensor.shape, data, raw=True)


def listed_tensor(name: str, tensor: torch.Tensor) -> TensorProto:
    """Its numbers one by one, in the field that the format has for its type."""
    if tensor.dtype not in (torch.float16, torch.bfloat16):
        return helper.make_tensor(name, TYPES[tensor.dtype], tensor.shape, tensor.flatten().tolist())
    listed = TensorProto(name=name, data_type=TYPES[tensor.dtype], dims=tensor.shape)
    listed.int32_data.extend(tensor.flatten().view(torch.int16).numpy().view(np.uint16).tolist())
    return listed


def small_types() -> list[TensorProto]:
    """Of types that weight files do not have: a reader must find their length right, and leave them out."""
    return [
        helper.make_tensor("text", TensorProto.STRING, [2], ["one", "two"]),
        helper.make_tensor("complex", TensorProto.COMPLEX64, [2], [1 + 2j, 3 - 4j]),
        helper.make_tensor("nibbles", TensorProto.INT4, [3], [1, -2, 3]),
        helper.make_tensor("nibbles.raw", TensorProto.UINT4, [3], b"\x21\x03", raw=True),
        helper.make_tensor("eighths", TensorProto.FLOAT8E4M3FN, [2], [1.0, -2.0]),
        helper.make_tensor("unsigned", TensorProto.UINT64, [1], [2**64 - 1]),
    ]


def branch(name: str, value: float) -> onnx.GraphProto:
    tensor = helper.make_tensor("value", TensorProto.FLOAT, [1], [value])
    node = helper.make_node("Constant", [], [name], value=tensor)
    return helper.make_graph([node], name, [], [helper.make_tensor_value_info(name, TensorProto.FLOAT, [1])])


def all_kinds_of_parts() -> onnx.ModelProto:
    """Every kind of port, initialisers raw and listed, one that fills an input, subgraphs, functions, two domains."""
    tensors = onnx_tensors()
    listed = [listed_tensor(f"listed.{name}", tensor) for name, tensor in tensors.items()]
    initializers = [raw_tensor(name, tensor) for name, tensor in tensors.items()] + listed + small_types()
    double = helper.make_function(
        "lookalike.tests", "Double", ["x"], ["y"], [helper.make_node("Add", ["x", "x"], ["y"])], [opset("", 21)]
    )
    nodes = [
        helper.make_node("Double", ["photo"], ["doubled"], domain="lookalike.tests"),
        helper.make_node("If", ["flag"], ["chosen"], then_branch=branch("yes", 1.0), else_branch=branch("no", 0.0)),
        helper.make_node("Add", ["doubled", "chosen"], ["sum"]),
        helper.make_node("Cast", ["sum"], ["narrow"], to=TensorProto.FLOAT16),
    ]
    inputs = [
        helper.make_tensor_value_info("photo", TensorProto.FLOAT, ["batch", 3, None, 224]),
        helper.make_tensor_value_info("flag", TensorProto.BOOL, []),
        helper.make_tensor_value_info("float", TensorProto.FLOAT, [2, 3, 4]),
        helper.make_tensor_sequence_value_info("words", TensorProto.STRING, None),
    ]
    outputs = [
        helper.make_tensor_value_info("sum", TensorProto.FLOAT, ["batch", 3, "rows", 224]),
        helper.make_tensor_value_info("narrow", TensorProto.FLOAT16, None),
    ]
    graph = helper.make_graph(nodes, "parts", inputs, outputs, initializers)
    return helper.make_model(
        graph,
        producer_name="lookalike-tests",
        producer_version="1.2",
        opset_imports=[opset("ai.onnx", 21), opset("lookalike.tests", 1)],
        functions=[double],
    )


def opset(domain: str, version: int) -> onnx.OperatorSetIdProto:
    return helper.make_opsetid(domain, version)


def encoder() -> onnx.ModelProto:
    """An encoder as small as one can be: a convolution, pooled."""
    weights = {"conv.weight": (torch.arange(81) / 8 - 5).reshape(3, 3, 3, 3), "conv.bias": torch.arange(3) / 2}
    nodes = [
        helper.make_node("Conv", ["photo", "conv.weight", "conv.bias"], ["features"], pads=[1, 1, 1, 1]),
        helper.make_node("GlobalAveragePool", ["features"], ["pooled"]),
        helper.make_node("Flatten", ["pooled"], ["embedding"]),
    ]
    graph = helper.make_graph(
        nodes,
        "encoder",
        [helper.make_tensor_value_info("photo", TensorProto.FLOAT, ["batch", 3, 8, 8])],
        [helper.make_tensor_value_info("embedding", TensorProto.FLOAT, ["batch", 3])],
        [raw_tensor(name, tensor) for name, tensor in weights.items()],
    )
    return helper.make_model(graph, opset_imports=[opset("", 17)])


def good_models() -> dict[str, onnx.ModelProto]:
    models = {"parts": all_kinds_of_parts(), "encoder": encoder()}
    onnx.checker.check_model(models["encoder"], full_check=True)
    return models


def described_model(content: bytes) -> dict[str, Any]:
    """What a reader should find, as the publisher's library reads it."""
    model = onnx.load_from_string(content)
    filled = {initializer.name for initializer in model.graph.initializer}
    producer = f"{model.producer_name} {model.producer_version}".strip()
    return {
        "producer": producer,
        "operatorSets": {imported.domain.replace("ai.onnx", ""): imported.version for imported in model.opset_import},
        "inputs": [described_port(port) for port in model.graph.input if port.name not in filled],
        "outputs": [described_port(port) for port in model.graph.output],
    }


def described_port(port: onnx.ValueInfoProto) -> dict[str, Any]:
    if not port.type.HasField("tensor_type"):
        return {"name": port.name, "type": None, "shape": None}
    tensor = port.type.tensor_type
    shape = [described_axis(axis) for axis in tensor.shape.dim] if tensor.HasField("shape") else None
    return {"name": port.name, "type": tensor.elem_type, "shape": shape}


def described_axis(axis: onnx.TensorShapeProto.Dimension) -> int | str:
    """A length, the name of one, or nothing where the model leaves it open."""
    kind = axis.WhichOneof("value")
    return getattr(axis, kind) if kind else ""


def tensors_of(content: bytes) -> dict[str, torch.Tensor]:
    """The initialisers of types that weight files have, as the publisher's library reads them."""
    model = onnx.load_from_string(content)
    types = {number: dtype for dtype, number in TYPES.items()}
    return {
        initializer.name: as_torch(numpy_helper.to_array(initializer), types[initializer.data_type])
        for initializer in model.graph.initializer
        if initializer.data_type in types
    }


def as_torch(array: np.ndarray, dtype: torch.dtype) -> torch.Tensor:
    if dtype == torch.bfloat16:
        return torch.from_numpy(array.view(np.int16).copy()).view(torch.bfloat16)
    return torch.from_numpy(array.copy())


# --- Models put together by hand --------------------------------------------------------------------------------------


def varint(value: int) -> bytes:
    groups = b""
    while value > 0x7F:
        groups += bytes([value & 0x7F | 0x80])
        value >>= 7
    return groups + bytes([value])


def number(field: int, value: int) -> bytes:
    return varint(field << 3) + varint(value % 2**64)


def message(field: int, *parts: bytes | str, length: int | None = None) -> bytes:
    content = b"".join(part.encode() if isinstance(part, str) else part for part in parts)
    return varint(field << 3 | 2) + varint(len(content) if length is None else length) + content


FLOAT = 1
NAME = message(8, "w")
TYPE = number(2, FLOAT)
DIMS = number(1, 2) + number(1, 3)
RAW = message(9, SMALL_DATA)


def initializer(*parts: bytes) -> bytes:
    return message(5, *(parts or (DIMS, TYPE, NAME, RAW)))


def axis(length: int) -> bytes:
    return message(1, number(1, length))


def port(*axes: bytes, name: bytes = message(1, "x"), kind: int = FLOAT) -> bytes:
    return name + message(2, message(1, number(1, kind), message(2, *axes)))


INPUT = message(11, port(axis(2), axis(3)))
OUTPUT = message(12, port(axis(2), axis(3), name=message(1, "y")))
NODE = message(1, message(1, "x"), message(1, "w"), message(2, "y"), message(4, "Add"))
OPERATORS = message(8, number(2, 17))


def graph(*parts: bytes) -> bytes:
    return message(7, NODE, message(2, "g"), *parts, INPUT, OUTPUT)


def model(*parts: bytes) -> bytes:
    """A model with these parts of a graph beside what every graph needs."""
    return whole(graph(*(parts or (initializer(),))))


def whole(*parts: bytes) -> bytes:
    return number(1, 8) + message(2, "by hand") + b"".join(parts) + OPERATORS


def put_together_by_hand() -> bytes:
    content = model()
    onnx.checker.check_model(content)
    assert torch.equal(tensors_of(content)["w"], SMALL)
    return content


def wrong_bytes() -> dict[str, bytes]:
    content = model()
    start = content.index(SMALL_DATA)
    return {
        "empty": b"",
        "text": b"{'graph': None}",
        "truncated-in-header": content[:6],
        "truncated-in-initializer": content[: start + 10],
        "truncated-after-initializer": content[: start + len(SMALL_DATA)],
        "truncated-in-operators": content[:-1],
        "truncated-before-operators": content[: -len(OPERATORS)],
        "field-length-2-to-63": whole(message(7, length=2**63)),
        "field-length-2-to-64-less-1": whole(message(7, length=2**64 - 1)),
        "field-longer-than-its-message": whole(message(7, message(5, NAME, length=1000))),
        "field-number-zero": whole(graph(), b"\x00\x01"),
        "field-number-2-to-40": whole(graph(), varint(2**43), b"\x01"),
        "number-of-eleven-bytes": whole(graph(), b"\x08" + b"\xff" * 10 + b"\x01"),
        "number-of-65-bits": whole(graph(), b"\x08" + b"\xff" * 9 + b"\x02"),
        "wire-type-group": whole(graph(), b"\x0b\x0c"),
        "wire-type-unknown": whole(graph(), b"\x0f\x00"),
        "number-for-a-graph": whole(number(7, 1)),
        "text-not-utf8": model(initializer(DIMS, TYPE, message(8, b"\xc3\x28"), RAW)),
    }


def wrong_tensors() -> dict[str, bytes]:
    location = message(13, message(1, "location"), message(2, "/etc/passwd"))
    floats = message(4, SMALL_DATA)
    billion = number(1, 10**9)
    parts = {
        "tensor-in-another-file": (DIMS, TYPE, NAME, location, number(14, 1)),
        "tensor-in-another-file-by-place": (DIMS, TYPE, NAME, location),
        "tensor-in-another-file-by-flag": (DIMS, TYPE, NAME, RAW, number(14, 1)),
        "tensor-in-segments": (DIMS, TYPE, NAME, RAW, message(3, number(1, 0), number(2, 6))),
        "tensor-too-short": (DIMS, TYPE, NAME, message(9, SMALL_DATA[:-1])),
        "tensor-too-long": (DIMS, TYPE, NAME, message(9, SMALL_DATA + b"\0")),
        "tensor-without-numbers": (DIMS, TYPE, NAME),
        "tensor-twice": (DIMS, TYPE, NAME, RAW, RAW),
        "tensor-raw-and-listed": (DIMS, TYPE, NAME, RAW, floats),
        "tensor-listed-too-short": (DIMS, TYPE, NAME, message(4, SMALL_DATA[:20])),
        "tensor-listed-as-another-type": (DIMS, TYPE, NAME, message(10, SMALL_DATA + SMALL_DATA)),
        "tensor-listed-in-part-of-a-number": (DIMS, TYPE, NAME, message(4, SMALL_DATA + b"\0")),
        "tensor-listed-in-endless-varint": (DIMS, number(2, 7), NAME, message(7, b"\xff" * 60)),
        "tensor-without-type": (DIMS, NAME, RAW),
        "tensor-of-unknown-type": (DIMS, number(2, 99), NAME, RAW),
        "tensor-of-type-2-to-63": (DIMS, number(2, 2**63), NAME, RAW),
        "tensor-of-raw-text": (DIMS, number(2, 8), NAME, RAW),
        "tensor-without-name": (DIMS, TYPE, RAW),
        "shape-of-10-to-9-elements": (billion, TYPE, NAME, RAW),
        "shape-of-10-to-9-elements-without-numbers": (billion, TYPE, NAME),
        "shape-of-10-to-9-strings": (billion, number(2, 8), NAME),
        "shape-product-overflowing": (number(1, 2**32), number(1, 2**32), TYPE, NAME),
        "shape-bytes-overflowing": (number(1, 2**61), TYPE, NAME, RAW),
        "shape-negative": (number(1, -2), number(1, -3), TYPE, NAME, RAW),
        "shape-of-1000-axes": (number(1, 1) * 1000, TYPE, NAME, message(9, SMALL_DATA[:4])),
        "shape-of-1000-packed-axes": (message(1, b"\x01" * 1000), TYPE, NAME, message(9, SMALL_DATA[:4])),
    }
    files = {name: model(initializer(*fields)) for name, fields in parts.items()}
    sparse = message(15, message(1, DIMS, TYPE, NAME, RAW))
    return files | {"tensors-of-one-name": model(initializer(), initializer()), "tensor-sparse": model(sparse)}


def nested(depth: int, inner: bytes) -> bytes:
    """A graph in an attribute of a node of a graph, again and again."""
    for _ in range(depth):
        inner = message(1, message(4, "If"), message(5, message(1, "then"), message(6, inner)))
    return inner


def sequence_of_sequences(depth: int) -> bytes:
    kind = message(1, number(1, FLOAT))
    for _ in range(depth):
        kind = message(4, message(1, kind))
    return message(11, message(1, "x"), message(2, kind))


def function(name: str, *calls: str) -> bytes:
    return message(25, message(1, name), *(message(7, message(4, call)) for call in calls))


def wrong_graphs() -> dict[str, bytes]:
    bare = message(7, NODE, INPUT, message(12, port(axis(3))))
    doubling = [function(f"f{level}", f"f{level + 1}", f"f{level + 1}") for level in range(60)]
    chain = [function(f"f{level}", f"f{level + 1}") for level in range(3000)]
    return {
        "graph-missing": whole(),
        "graph-twice": whole(bare, bare),
        "graph-without-outputs": whole(message(7, NODE, INPUT)),
        "graph-without-operators": graph(),
        "graphs-nested": model(nested(3000, b"")),
        "graphs-nested-70": model(nested(70, INPUT)),
        "types-nested": model(sequence_of_sequences(3000)),
        "tensor-in-another-file-in-subgraph": model(nested(2, initializer(DIMS, TYPE, NAME, number(14, 1)))),
        "function-calling-itself": whole(bare, function("f", "f")),
        "functions-calling-one-another": whole(bare, function("f", "g"), function("g", "f")),
        "functions-doubling": whole(bare, *doubling),
        "functions-in-a-long-chain": whole(bare, *chain),
        "functions-of-one-name": whole(bare, function("f"), function("f")),
    }


def wrong_ports() -> dict[str, bytes]:
    ports = {
        "input-without-name": port(axis(3), name=b""),
        "input-of-unknown-type": port(axis(3), kind=99),
        "input-of-10-to-9-elements": port(axis(1000), axis(1000), axis(1000)),
        "input-product-overflowing": port(axis(2**40), axis(2**40)),
        "input-negative": port(axis(-1)),
        "input-of-1000-axes": port(*[axis(1)] * 1000),
        "input-sparse": message(1, "x") + message(2, message(8, number(1, FLOAT))),
    }
    files = {name: whole(message(7, NODE, message(11, content), OUTPUT)) for name, content in ports.items()}
    return files | {"inputs-of-one-name": model(INPUT), "outputs-of-one-name": model(OUTPUT)}


def hostile_models() -> dict[str, bytes]:
    return wrong_bytes() | wrong_tensors() | wrong_graphs() | wrong_ports()
