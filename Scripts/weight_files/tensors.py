"""The tensors that good weight files hold."""

import math
from collections import OrderedDict
from typing import Any

import torch

DTYPES = {
    torch.float64: "F64",
    torch.float32: "F32",
    torch.float16: "F16",
    torch.bfloat16: "BF16",
    torch.int64: "I64",
    torch.int32: "I32",
    torch.int16: "I16",
    torch.int8: "I8",
    torch.uint8: "U8",
    torch.bool: "BOOL",
}


def counting(*shape: int, dtype: torch.dtype = torch.float32) -> torch.Tensor:
    """Different numbers, exact in every type, some negative, some not whole."""
    count = math.prod(shape)
    step = 1 if dtype == torch.int64 else 0.25
    return ((torch.arange(count, dtype=torch.float64) - count // 3) * step).to(dtype).reshape(shape)


# The one tensor of the files that are put together by hand.
SMALL = counting(2, 3)
SMALL_DATA = SMALL.numpy().tobytes()


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


def narrow_tensors() -> dict[str, torch.Tensor]:
    """The types that networks seldom have, some of them views."""
    return {
        "brain": counting(3, 4, dtype=torch.bfloat16),
        "brain.extremes": torch.tensor([3.3895313892515355e38, 9.183549615799121e-41, 0.1], dtype=torch.bfloat16),
        "brain.transposed": counting(2, 3, dtype=torch.bfloat16).t(),
        "int": torch.tensor([2**31 - 1, -(2**31), 0], dtype=torch.int32),
        "short": torch.tensor([[2**15 - 1], [-(2**15)]], dtype=torch.int16),
        "char": torch.tensor([127, -128, 5], dtype=torch.int8)[::2],
        "byte": torch.tensor([255, 0, 7], dtype=torch.uint8),
        "bool": torch.tensor([[True, False], [False, False]]),
        "bool.transposed": torch.tensor([[True, False], [True, False]]).t(),
    }


def parameters() -> dict[str, torch.Tensor]:
    """Two of them share one storage, and one is but a part of it."""
    weight = torch.nn.Parameter(counting(4, 3))
    return {"encoder": weight, "decoder": weight, "part": weight.detach()[1:3], "gain": torch.nn.Parameter(torch.ones(()))}


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
        name: {"dtype": DTYPES[tensor.dtype], "shape": list(tensor.shape), "values": numbers(tensor)}
        for name, tensor in tensors.items()
    }


def numbers(tensor: torch.Tensor) -> list[float]:
    return (tensor.to(torch.uint8) if tensor.dtype == torch.bool else tensor).flatten().tolist()


def bits_in_float32(tensors: dict[str, torch.Tensor]) -> dict[str, list[int]]:
    """The floating-point tensors in 32 bits, and those bits as integers."""
    return {
        name: tensor.float().contiguous().view(torch.int32).flatten().tolist()
        for name, tensor in tensors.items()
        if tensor.is_floating_point()
    }
