#!/usr/bin/env python3
"""Measures networks alone, on both engines and in all precisions, in turn with PyTorch in the same run.

    PYTHON Benchmarks/networks.py [--rounds N] [--processors N…] [NETWORK…]

Networks that torchvision does not have run without PyTorch beside them. PYTHON has torch and torchvision (the CPU build of torch is enough). Each network runs on 1 and on all processors; PyTorch
runs eagerly, in float32, on batches of 8, with its channels last, which is faster for it, and first. The peak is what the
fastest of some large convolutions and matrix products reaches in PyTorch. A rate is the median of the rounds, as is its
ratio to PyTorch's rate (channels last) in the same round; CPU is processor time a photo, the least of all rounds.
"""

import argparse
import math
import os
import statistics
import subprocess
import time
from importlib.util import find_spec
from pathlib import Path

import torch

# torchvision names its own operators when it is imported. Networks need none of them, and a build of torch without CUDA
# cannot load the library that has them.
OPERATORS = torch.library.Library("torchvision", "FRAGMENT")
try:
    torch.ops.load_library(Path(find_spec("torchvision").origin).with_name("_C_stable.so"))
except OSError:
    for operator in ("nms", "qnms"):
        OPERATORS.define(f"{operator}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")

import torchvision.models  # noqa: E402

PROGRAM = Path(__file__).resolve().parent / ".build/release/networks"
WAYS = [("onnxruntime", "float32"), ("openvino", "float32"), ("openvino", "bfloat16"), ("onnxruntime", "int8"), ("openvino", "int8")]
TORCH = {"inception-v3": "inception_v3", "resnet18": "resnet18", "resnet34": "resnet34", "resnet50": "resnet50",
         "vgg16": "vgg16", "vgg19": "vgg19", "mobilenet-v2": "mobilenet_v2"}
TURN = 1.5


class Ours:
    """The built benchmark in one way, waiting for its turns."""

    def __init__(self, network, engine, precision, processors):
        self.name = f"{engine} {precision}"
        self.process = subprocess.Popen(
            [PROGRAM, network, engine, precision, str(processors)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def turn(self):
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        photos, elapsed, processor = self.process.stdout.readline().split()
        return int(photos) / float(elapsed), float(processor) / int(photos) * 1000

    def close(self):
        self.process.stdin.close()
        self.process.wait()


class Torch:
    """PyTorch's own implementation, run eagerly."""

    def __init__(self, network, processors, memory_format, name):
        self.name, self.processors = name, processors
        options = {"aux_logits": False, "init_weights": False} if network == "inception-v3" else {}
        model = getattr(torchvision.models, TORCH[network])(weights=None, **options).eval()
        self.model = model.to(memory_format=memory_format)
        side = 299 if network == "inception-v3" else 224
        self.photos = torch.rand(8, 3, side, side).to(memory_format=memory_format)

    def turn(self):
        torch.set_num_threads(self.processors)
        with torch.inference_mode():
            self.model(self.photos)
            (start, processor), count = (time.perf_counter(), time.process_time()), 0
            while time.perf_counter() - start < TURN:
                self.model(self.photos)
                count += 8
        elapsed = time.perf_counter() - start
        return count / elapsed, (time.process_time() - processor) / count * 1000

    def close(self):
        pass


def gigaflops(network):
    """Multiplications and additions for one photo, two for each pair."""
    model, total = Torch(network, 1, torch.contiguous_format, "").model, 0

    def count(layer, _, output):
        nonlocal total
        total += 2 * output.numel() * layer.weight.numel() // layer.weight.shape[0]

    for layer in model.modules():
        if isinstance(layer, (torch.nn.Conv2d, torch.nn.Linear)) and not (
            isinstance(layer, torch.nn.Linear) and layer.out_features == 1000
        ):
            layer.register_forward_hook(count)
    side = 299 if network == "inception-v3" else 224
    with torch.inference_mode():
        model(torch.rand(1, 3, side, side))
    # Ours end where photos are described, before VGG's dense layers.
    if network.startswith("vgg"):
        total -= 2 * (25088 * 4096 + 4096 * 4096)
    return total / 1e9


def peak(processors, dtype):
    """The GFLOP/s of the fastest of some large operations."""
    torch.set_num_threads(processors)
    best = 0
    with torch.inference_mode():
        for channels, side in ((256, 28), (512, 28), (256, 56)):
            layer = torch.nn.Conv2d(channels, channels, 3, padding=1, bias=False).to(dtype).to(memory_format=torch.channels_last)
            map_ = torch.rand(4, channels, side, side, dtype=dtype).to(memory_format=torch.channels_last)
            work = 2 * 4 * channels * channels * 9 * side * side / 1e9
            for _ in range(4):
                start = time.perf_counter()
                layer(map_)
                best = max(best, work / (time.perf_counter() - start))
        left, right = torch.rand(1024, 1024, dtype=dtype), torch.rand(1024, 1024, dtype=dtype)
        for _ in range(4):
            start = time.perf_counter()
            left @ right
            best = max(best, 2 * 1024**3 / 1e9 / (time.perf_counter() - start))
    return best


def compare(network, processors, rounds):
    """One table: what each way reaches, and how that stands to PyTorch."""
    contenders = [Ours(network, *way, processors) for way in WAYS]
    if network in TORCH:
        contenders += [Torch(network, processors, torch.contiguous_format, "torch float32, channels first"),
                       Torch(network, processors, torch.channels_last, "torch float32, channels last")]
    results = {contender.name: [] for contender in contenders}
    peaks = {dtype: peak(processors, dtype) for dtype in (torch.float32, torch.bfloat16)}
    for _ in range(rounds):
        for contender in contenders:
            results[contender.name].append(contender.turn())
    for contender in contenders:
        contender.close()
    work = gigaflops(network) if network in TORCH else math.nan
    print(f"\n{network}, {work:.2f} GFLOP a photo, {processors} processor(s); peak float32 {peaks[torch.float32]:.0f}, "
          f"bfloat16 {peaks[torch.bfloat16]:.0f} GFLOP/s")
    print(f"{'':30s} photos/s   CPU ms  GFLOP/s  x torch  x torch (CPU)  x own float32 (CPU)")
    base = results.get("torch float32, channels last") or [(math.nan, math.nan)] * rounds
    own = min(cpu for name in ("onnxruntime float32", "openvino float32") for _, cpu in results[name])
    for name, turns in results.items():
        rate, cpu = statistics.median(rate for rate, _ in turns), min(cpu for _, cpu in turns)
        ratio = statistics.median(rate / other for (rate, _), (other, _) in zip(turns, base))
        least = min(cpu for _, cpu in base)
        print(f"{name:30s} {rate:8.1f} {cpu:8.2f} {work / cpu * 1000:8.0f} {ratio:8.2f} {least / cpu:14.2f} {own / cpu:20.2f}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("networks", nargs="*", default=["inception-v3", "resnet18", "vgg16"])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--processors", type=int, nargs="*", default=[1, os.cpu_count()])
    options = parser.parse_args()
    print(f"# torch {torch.__version__}, torchvision {torchvision.__version__}, load {os.getloadavg()[0]:.1f}")
    for network in options.networks:
        for processors in options.processors:
            compare(network, processors, options.rounds)


if __name__ == "__main__":
    main()
