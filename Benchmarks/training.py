#!/usr/bin/env python3
"""Measures steps of training in turn with PyTorch's own, in the same run.

    PYTHON Benchmarks/training.py [--rounds N] [--processors N]

PYTHON has torch and safetensors (the CPU build of torch is enough). A U-Net (32 channels, 3 levels, 8 pictures of 128 pixels a side)
and ResNet-18 (8 pictures of 224), all of their weights, by SGD with momentum; the same weights and pictures for all. PyTorch runs
eagerly in float32, as it comes and with its channels last. Times are the medians of the rounds, as are ratios of processor time
to PyTorch's in the same round; losses tell that all do the same.
"""

import argparse
import importlib.util
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import save_file

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = ROOT / "Benchmarks/.build/release/training"
sys.path.insert(0, str(ROOT / "Scripts"))
SPEC = importlib.util.spec_from_file_location("goldens", ROOT / "Scripts/make-training-goldens.py")
goldens = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(goldens)

BATCH = 8
NETWORKS = {"unet": (lambda: goldens.UNet(32, 3), 128, goldens.repainting), "resnet18": (goldens.ResNet18, 224, goldens.telling_apart)}


def weights(network):
    """Of the formula that the tests take them from."""
    return {name: goldens.made_up(name, tuple(tensor.shape), 1.0) for name, tensor in network.state_dict().items() if tensor.ndim}


def given(name, photos):
    if name == "unet":
        return {"target": (photos / 2 + 0.5).reshape(BATCH, -1).numpy()}
    same = np.arange(BATCH) // 2
    identical = (same[:, None] == same[None]) & ~np.eye(BATCH, dtype=bool)
    return {"identical": identical.astype(np.float32), "itself": np.where(np.eye(BATCH), np.float32(-1e9), np.float32(0))}


class Ours:
    name = "Lookalike"

    def __init__(self, network, processors, folder, photos):
        tensors = weights(NETWORKS[network][0]()) | {"photos": photos.numpy()} | given(network, photos)
        path = Path(folder) / f"{network}.safetensors"
        save_file({name: np.ascontiguousarray(tensor) for name, tensor in tensors.items()}, path)
        self.process = subprocess.Popen(
            [PROGRAM, network, path, str(processors)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def step(self):
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return tuple(map(float, self.process.stdout.readline().split()))


class Torch:
    def __init__(self, network, processors, photos, memory_format, name):
        self.name = name
        torch.set_num_threads(processors)
        make, _, self.loss = NETWORKS[network]
        self.model = make().train()
        with torch.no_grad():
            for name, tensor in weights(self.model).items():
                self.model.state_dict()[name].copy_(torch.from_numpy(tensor))
        self.model = self.model.to(memory_format=memory_format)
        self.photos = photos.to(memory_format=memory_format)
        self.optimizer = torch.optim.SGD(self.model.parameters(), lr=0.001, momentum=0.9)

    def step(self):
        start, processor = time.perf_counter(), time.process_time()
        loss = self.loss(self.model(self.photos), self.photos)
        self.optimizer.zero_grad()
        loss.backward()
        self.optimizer.step()
        return loss.item(), time.perf_counter() - start, time.process_time() - processor


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--processors", type=int, default=1)
    arguments = parser.parse_args()
    print(f"# PyTorch {torch.__version__}, {arguments.processors} threads, {arguments.rounds} rounds")
    print(f"{'network':9s} {'':22s} {'first loss':>11s} {'last loss':>10s} {'elapsed ms':>11s} {'CPU ms':>7s} {'of PyTorch CPU':>15s} {'of channels last':>17s}")
    with tempfile.TemporaryDirectory() as folder:
        for network, (_, side, _) in NETWORKS.items():
            photos = goldens.numbers("photos 0", BATCH, 3, side, side).float()
            runners = [Torch(network, arguments.processors, photos, torch.contiguous_format, "PyTorch"),
                       Torch(network, arguments.processors, photos, torch.channels_last, "PyTorch, channels last"),
                       Ours(network, arguments.processors, folder, photos)]
            steps = [[runner.step() for runner in runners] for _ in range(arguments.rounds + 1)]
            for place, runner in enumerate(runners):
                warm = [round[place] for round in steps[1:]]
                ratios = [statistics.median(round[place][2] / round[peer][2] for round in steps[1:]) for peer in (0, 1)]
                print(f"{network:9s} {runner.name:22s} {steps[0][place][0]:11.6f} {steps[-1][place][0]:10.6f} "
                      f"{statistics.median(step[1] for step in warm) * 1000:11.0f} {statistics.median(step[2] for step in warm) * 1000:7.0f} "
                      f"{ratios[0]:15.2f} {ratios[1]:17.2f}", flush=True)


if __name__ == "__main__":
    main()
