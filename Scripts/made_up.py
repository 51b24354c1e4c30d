"""Weights that a formula makes of their names, so that none need be fetched or kept: the Swift tests make the same ones."""

import math

import numpy as np

# A prime, so that the rows of a matrix all begin elsewhere in the numbers that repeat.
PERIOD = 8191


def seed_of(name: str) -> int:
    """FNV-1a, 32 bits."""
    value = 0x811C9DC5
    for byte in name.encode():
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    return value


def noise(name: str, count: int) -> np.ndarray:
    """Numbers from -1 up to 1 that any single precision holds; the finalizer of MurmurHash3 mixes them."""
    mixed = np.arange(min(count, PERIOD), dtype=np.uint32) + np.uint32(seed_of(name))
    mixed = (mixed ^ mixed >> 16) * np.uint32(0x85EBCA6B)
    mixed = (mixed ^ mixed >> 13) * np.uint32(0xC2B2AE35)
    mixed ^= mixed >> 16
    period = (mixed >> 8).astype(np.float32) / np.float32(1 << 23) - np.float32(1)
    return np.resize(period, count)


def made_up(name: str, shape: tuple[int, ...], gain: float) -> np.ndarray:
    """A tensor that keeps numbers about as large from layer to layer, so that no other vanishes beside them."""
    values = noise(name, math.prod(shape))
    if len(shape) > 1:
        values = values * np.float32(math.sqrt(6 / math.prod(shape[1:])))
    elif name.endswith(".running_var"):
        values = 1 + values / 2
    elif name.endswith(".weight"):
        values = np.float32(gain) * (1 + values / 4)
    else:
        values = values / 8
    return values.reshape(shape)
