"""Time the separable filters: box sums by shifted additions and by banded products, and Gaussians.

Prints a markdown table: `python Testing/bench/bench_filters.py`.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable

import torch
from bench_similarity import interleaved_ms

from vpreg.filters.banded import apply_along
from vpreg.filters.box import box_matrix, box_sum
from vpreg.filters.gaussian import gaussian_smooth

SHAPE = (160, 192, 160)


def box_by_products(x: torch.Tensor, radius: int, out: torch.Tensor, scratch: torch.Tensor) -> None:
    """Sum windows by one banded product an axis."""
    source = x
    for axis, target in zip((-3, -2, -1), (out, scratch, out), strict=True):
        matrix = box_matrix(x.shape[axis], radius, dtype=x.dtype, device=x.device)
        source = apply_along(source, matrix, axis, out=target)


def main() -> None:
    """Run the benchmark."""
    x = torch.randn(SHAPE)
    out, scratch = torch.empty_like(x), torch.empty_like(x)
    runs: dict[str, Callable[[], object]] = {}
    for width in (5, 9, 13):
        r = width // 2
        runs[f"box {width}, shifted additions"] = lambda r=r: box_sum(
            x, r, out=out, scratch=scratch
        )
        runs[f"box {width}, banded products"] = lambda r=r: box_by_products(x, r, out, scratch)
    for sigma in (0.7, 1.7, 4.0):
        runs[f"Gaussian, sigma {sigma}"] = lambda sigma=sigma: gaussian_smooth(
            x, sigma, out=out, scratch=scratch
        )
    threads = torch.get_num_threads()
    print(f"{' x '.join(map(str, SHAPE))} voxels, float32, {threads} CPU threads, three axes\n")
    print("| filter | median ms | best ms |\n|---|---|---|")
    for name, times in interleaved_ms(runs, 7, lambda: None).items():
        print(f"| {name} | {statistics.median(times):.0f} | {min(times):.0f} |")


if __name__ == "__main__":
    main()
