"""Time each similarity term, value and gradient, beside MONAI's local correlation in one run.

Prints a markdown table: `python Testing/bench/bench_similarity.py [--repeats N] [--shape K J I]`.
All contestants take turns, so that whatever else the machine does falls on all of them alike.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable

import torch

from vpreg.filters.gaussian import gaussian_smooth
from vpreg.similarity.local_ncc import LocalNcc
from vpreg.similarity.mean_squares import MeanSquares
from vpreg.similarity.mind import MindSsc
from vpreg.similarity.mutual_information import MutualInformation
from vpreg.similarity.pearson import GlobalPearson

REFERENCE = "MONAI local NCC, window 9"
COMPARED = "local NCC, window 9"


def test_images(shape: tuple[int, int, int], device: str) -> tuple[torch.Tensor, torch.Tensor]:
    """Make two smooth, similar textures in [0, 1]."""
    torch.manual_seed(0)
    images = gaussian_smooth(torch.randn(2, *shape), 2.0)
    images[1] += images[0]
    images -= images.amin((1, 2, 3), keepdim=True)
    images /= images.amax((1, 2, 3), keepdim=True)
    fixed, warped = images.to(device)
    return fixed.contiguous(), warped.contiguous()


def contestants(fixed: torch.Tensor, warped: torch.Tensor) -> dict[str, Callable[[], object]]:
    """Return what to time, by name."""
    gradient = torch.empty_like(fixed)
    terms = {f"local NCC, window {w}": LocalNcc(fixed, radius_voxels=w // 2) for w in (5, 7, 9, 13)}
    terms |= {
        "global Pearson": GlobalPearson(fixed),
        "mean squares": MeanSquares(fixed),
        "MIND-SSC": MindSsc(fixed),
        "mutual information": MutualInformation(fixed),
    }
    runs: dict[str, Callable[[], object]] = {
        name: lambda term=term: term.value_and_gradient(warped, out=gradient)
        for name, term in terms.items()
    }
    weight = (fixed > 0.4).to(fixed.dtype)
    masked = LocalNcc(fixed, radius_voxels=4)
    runs["local NCC, window 9, masked"] = lambda: masked.value_and_gradient(
        warped, weight=weight, out=gradient
    )
    return runs | monai_run(fixed, warped)


def monai_run(fixed: torch.Tensor, warped: torch.Tensor) -> dict[str, Callable[[], object]]:
    """Return MONAI's loss with its backward pass, or nothing where MONAI is missing."""
    try:
        from monai.losses import LocalNormalizedCrossCorrelationLoss
    except ImportError:
        print("MONAI is not installed (pip install monai): timed without it.\n")
        return {}
    loss = LocalNormalizedCrossCorrelationLoss(spatial_dims=3, kernel_size=9).to(fixed.device)
    batch = warped[None, None].clone().requires_grad_()

    def run() -> None:
        batch.grad = None
        loss(batch, fixed[None, None]).backward()

    return {REFERENCE: run}


def interleaved_ms(
    runs: dict[str, Callable[[], object]], repeats: int, wait: Callable[[], object]
) -> dict[str, list[float]]:
    """Time all runs in turn, `repeats` times over, after one round that does not count."""
    times: dict[str, list[float]] = {name: [] for name in runs}
    for turn in range(repeats + 1):
        for name, run in runs.items():
            wait()
            start = time.perf_counter()
            run()
            wait()
            if turn:
                times[name].append(1e3 * (time.perf_counter() - start))
    return times


def print_table(times: dict[str, list[float]]) -> None:
    """Print medians, best times and the median of the ratios, turn by turn."""
    print("| value and gradient | median ms | best ms | MONAI / this |")
    print("|---|---|---|---|")
    reference = times.get(REFERENCE)
    for name, own in times.items():
        ratio = "-"
        if reference:
            ratio = f"{statistics.median(r / t for r, t in zip(reference, own, strict=True)):.1f}"
        print(f"| {name} | {statistics.median(own):.0f} | {min(own):.0f} | {ratio} |")


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--shape", type=int, nargs=3, default=(160, 192, 160))
    parser.add_argument("--device", default="cpu")
    options = parser.parse_args()
    shape = tuple(options.shape)
    wait = torch.cuda.synchronize if options.device.startswith("cuda") else lambda: None
    where = options.device if options.device != "cpu" else f"{torch.get_num_threads()} CPU threads"
    print(f"{' x '.join(map(str, shape))} voxels, float32, {where}, torch {torch.__version__}\n")
    fixed, warped = test_images(shape, options.device)
    print_table(interleaved_ms(contestants(fixed, warped), options.repeats, wait))


if __name__ == "__main__":
    main()
