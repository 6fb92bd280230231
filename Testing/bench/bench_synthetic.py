"""Print how many training pairs a second are made, and how long a head phantom takes.

python Testing/bench/bench_synthetic.py [--device cuda] [--size 96] [--pairs 12]
"""

from __future__ import annotations

import argparse
import time

import torch

from vpreg.synthetic.head import make_head_pair
from vpreg.synthetic.pair_settings import PairSettings
from vpreg.synthetic.pairs import make_training_pair


def main() -> None:
    """Measure wall time, and processor time beside it: the machine may be shared."""
    choices = _choices()
    settings = PairSettings(shape=(choices.size,) * 3)
    make_training_pair(settings, seed=0, device=choices.device)
    wall, processor = _time(
        lambda: [
            make_training_pair(settings, seed=seed, device=choices.device)
            for seed in range(choices.pairs)
        ],
        choices.device,
    )
    print(f"{choices.device}, {torch.get_num_threads()} threads, {choices.size} voxels cubed")
    print(
        f"training pairs: {choices.pairs / wall:.2f} pairs/s, "
        f"{processor / choices.pairs:.3f} s of processor time each"
    )
    wall, processor = _time(lambda: make_head_pair(seed=0, device=choices.device), choices.device)
    print(f"head phantom 128x160x128: {wall:.1f} s, {processor:.1f} s of processor time")


def _time(work, device: str) -> tuple[float, float]:
    _wait(device)
    wall, processor = time.perf_counter(), time.process_time()
    work()
    _wait(device)
    return time.perf_counter() - wall, time.process_time() - processor


def _wait(device: str) -> None:
    if device.startswith("cuda"):
        torch.cuda.synchronize()


def _choices() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--size", type=int, default=96)
    parser.add_argument("--pairs", type=int, default=12)
    parser.add_argument("--threads", type=int, default=2)
    choices = parser.parse_args()
    torch.set_num_threads(choices.threads)
    return choices


if __name__ == "__main__":
    main()
