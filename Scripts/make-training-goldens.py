#!/usr/bin/env python3
"""Writes what PyTorch's losses are over some steps of training, in double precision.

Weights, photos and targets are numbers that a formula makes of their names: the Swift tests make the same ones.

Run it from the project's root in a throw-away environment (the CPU build of torch is enough):

    python3 -m venv /tmp/goldens
    /tmp/goldens/bin/pip install -r Scripts/goldens-requirements.txt
    /tmp/goldens/bin/python Scripts/make-training-goldens.py
"""

import json
import math
from collections.abc import Callable
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional

from made_up import made_up, noise

GOLDENS = Path("Tests/TrainingTests/Goldens")
STEPS = 20


class Block(nn.Module):
    """The two convolutions of ResNet's smaller blocks."""

    def __init__(self, inputs: int, outputs: int, stride: int):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.downsample = None
        if stride != 1 or inputs != outputs:
            self.downsample = nn.Sequential(
                nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        y = self.bn2(self.conv2(torch.relu(self.bn1(self.conv1(x)))))
        return torch.relu(y + (self.downsample(x) if self.downsample else x))


class ResNet18(nn.Module):
    """Up to the average, with torchvision's names."""

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 64, 7, 2, 3, bias=False)
        self.bn1 = nn.BatchNorm2d(64)
        for stage in range(4):
            width = 64 << stage
            inputs = width if stage == 0 else width // 2
            blocks = [Block(inputs, width, 1 if stage == 0 else 2), Block(width, width, 1)]
            setattr(self, f"layer{stage + 1}", nn.Sequential(*blocks))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = functional.max_pool2d(torch.relu(self.bn1(self.conv1(x))), 3, 2, 1)
        for stage in range(4):
            x = getattr(self, f"layer{stage + 1}")(x)
        return x.mean((2, 3))


def convolutions(inputs: int, outputs: int) -> nn.Sequential:
    layers = []
    for count in (inputs, outputs):
        layers += [nn.Conv2d(count, outputs, 3, 1, 1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU()]
    return nn.Sequential(*layers)


class UNet(nn.Module):
    """With bridges or, as an autoencoder, without."""

    def __init__(self, width: int, levels: int, bridges: bool = True):
        super().__init__()
        self.levels, self.bridges = levels, bridges
        for level in range(levels):
            inputs = 3 if level == 0 else width << level - 1
            setattr(self, f"down{level}", convolutions(inputs, width << level))
        for level in range(levels - 1):
            inputs = (width << level + 1) + (width << level if bridges else 0)
            setattr(self, f"up{level}", convolutions(inputs, width << level))
        self.paint = nn.Conv2d(width, 3, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        maps = [self.down0(x)]
        for level in range(1, self.levels):
            maps.append(getattr(self, f"down{level}")(functional.max_pool2d(maps[-1], 2)))
        y = maps[-1]
        for level in reversed(range(self.levels - 1)):
            y = functional.interpolate(y, scale_factor=2, mode="nearest")
            y = getattr(self, f"up{level}")(torch.cat([y, maps[level]], 1) if self.bridges else y)
        return torch.sigmoid(self.paint(y))


def contrast(vectors: torch.Tensor, identities: torch.Tensor, temperature: float) -> torch.Tensor:
    """Khosla et al. 2020, equation 2."""
    directions = functional.normalize(vectors, dim=1)
    scores = directions @ directions.T / temperature
    itself = torch.eye(len(vectors), dtype=torch.bool)
    probabilities = scores.masked_fill(itself, -math.inf).log_softmax(1).masked_fill(itself, 0)
    same = (identities[:, None] == identities[None]) & ~itself
    return -((probabilities * same).sum(1) / same.sum(1)).mean()


def numbers(name: str, *shape: int) -> torch.Tensor:
    return torch.from_numpy(noise(name, math.prod(shape)).reshape(shape)).double()


def losses(network: nn.Module, optimizer: Callable[..., torch.optim.Optimizer], batch: int, side: int,
           loss: Callable[[torch.Tensor, torch.Tensor], torch.Tensor]) -> list[float]:
    network.double().train()
    with torch.no_grad():
        for name, tensor in network.state_dict().items():
            if tensor.ndim:
                tensor.copy_(torch.from_numpy(made_up(name, tuple(tensor.shape), 1.0)))
    optimizer, found = optimizer(network.parameters()), []
    for step in range(STEPS):
        photos = numbers(f"photos {step % 2}", batch, 3, side, side)
        value = loss(network(photos), photos)
        found.append(value.item())
        optimizer.zero_grad()
        value.backward()
        optimizer.step()
    return found


def repainting(painted: torch.Tensor, photos: torch.Tensor) -> torch.Tensor:
    return functional.mse_loss(painted, photos / 2 + 0.5)


def telling_apart(vectors: torch.Tensor, photos: torch.Tensor) -> torch.Tensor:
    return contrast(vectors, torch.arange(len(photos)) // 2, 0.5)


def momentum(rate: float) -> Callable[..., torch.optim.Optimizer]:
    return lambda parameters: torch.optim.SGD(parameters, lr=rate, momentum=0.9)


def adam_w(rate: float) -> Callable[..., torch.optim.Optimizer]:
    return lambda parameters: torch.optim.AdamW(parameters, lr=rate, weight_decay=0.01)


# The rates are so low that rounding does not decide where the steps lead: with rates ten times as high, PyTorch in single precision
# does not follow itself in double precision.
def main() -> None:
    GOLDENS.mkdir(parents=True, exist_ok=True)
    goldens = {
        "unet momentum": losses(UNet(8, 3), momentum(0.01), 4, 32, repainting),
        "unet adamW": losses(UNet(8, 3), adam_w(0.0001), 4, 32, repainting),
        "autoencoder momentum": losses(UNet(8, 3, bridges=False), momentum(0.01), 4, 32, repainting),
        "resnet18 momentum": losses(ResNet18(), momentum(0.0001), 8, 64, telling_apart),
        "resnet18 adamW": losses(ResNet18(), adam_w(0.000001), 8, 64, telling_apart),
    }
    (GOLDENS / "losses.json").write_text(json.dumps(goldens, indent=1) + "\n")


if __name__ == "__main__":
    main()
