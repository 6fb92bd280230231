"""Find the acquired slices in a scan that was interpolated between them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch

from vpreg.images.image import Image
from vpreg.masks.acquired_slices import AcquiredSlices, slices_along

LEAST_CERTAINTY = 0.4
"""Scans measured everywhere reach 0.1; sparse ones 0.6 even if noise of a twentieth of their
contrast was added after the interpolation."""

LONGEST_PERIOD_VOXELS = 24.0
LEAST_SLICES = 4


@dataclass(frozen=True)
class DetectedSlices:
    """The slices of a scan; `certainty` is 0 if other places explain it as well, 1 if none does."""

    slices: AcquiredSlices
    axis: int
    period_voxels: float
    first_voxel: float
    certainty: float


def detect_slices(scan: Image, *, thickness_mm: float | None = None) -> DetectedSlices:
    """Find period and phase of linear interpolation along one axis of the grid of a scan.

    Between two slices a linearly interpolated line is straight, so it bends at slices only.
    ValueError, with how sure the best guess is, if no axis shows that clearly.
    """
    found = [(axis, *_along(scan.voxels, axis)) for axis in range(3)]
    sure = [one for one in found if one[3] >= LEAST_CERTAINTY]
    if not sure:
        best = max(certainty for *_, certainty in found)
        msg = (
            "Give the scan as it came from the scanner, or the mask of its acquired slices: they "
            f"cannot be told from what was interpolated (certainty {100 * max(best, 0):.0f} %, "
            f"needed {100 * LEAST_CERTAINTY:.0f} %). A scan that was measured everywhere has no "
            "such slices."
        )
        raise ValueError(msg)
    axis, period, first, certainty = max(
        sure, key=lambda one: one[1] * scan.grid.spacing_mm[one[0]]
    )
    count = int((scan.grid.shape[axis] - 1 - first) / period + 1e-6) + 1
    slices = slices_along(
        scan.grid,
        axis,
        first_index=first,
        period_voxels=period,
        count=count,
        thickness_mm=thickness_mm,
    )
    return DetectedSlices(slices, axis, period, first, certainty)


def _along(voxels: torch.Tensor, axis: int) -> tuple[float, float, float]:
    """Return the period, the first slice and the certainty along one axis, in voxels."""
    lines = voxels.to(torch.float32).movedim(axis, 0).flatten(1)
    lines = lines[:, (lines.amax(0) > lines.amin(0))].cpu()
    n = lines.shape[0]
    longest = min(LONGEST_PERIOD_VOXELS, n / LEAST_SLICES)
    if longest < 2.0 or lines.shape[1] == 0:
        return 2.0, 0.0, 0.0
    bends = torch.zeros(n, dtype=torch.float64)
    bends[1:-1] = (lines[:-2] - 2 * lines[1:-1] + lines[2:]).abs().mean(1, dtype=torch.float64)
    period, first = _rhythm(bends.numpy(), longest)
    scatter = lines @ lines.T
    return period, first, _certainty(scatter.double().numpy(), period, first)


def _rhythm(bends: np.ndarray, longest: float) -> tuple[float, float]:
    """Return the period and first peak of a train of pulses: its lowest strong frequency."""
    n = len(bends)
    tapered = bends * np.hanning(n)
    frequencies = np.arange(1 / longest, 0.5 + 1e-9, 1 / (32 * n))
    waves = np.exp(-2j * np.pi * np.outer(frequencies, np.arange(n)))
    sums = waves @ tapered
    power = np.abs(sums)
    padded = np.pad(power, 1)
    peaks = (power >= padded[:-2]) & (power >= padded[2:]) & (power >= 0.7 * power.max())
    # A train of pulses is as strong at all multiples of its frequency.
    best = int(np.flatnonzero(peaks)[0])
    period = 1 / frequencies[best]
    first = (-np.angle(sums[best]) / (2 * np.pi) * period) % period
    # A phase that lacks a trace of a whole period is one of 0.
    return float(period), float(first - period if first > period - 0.05 else first)


def _certainty(scatter: np.ndarray, period: float, first: float) -> float:
    """Compare what straight lines between the slices leave with what other guesses leave.

    Those are lines half a period off, and slices that were only repeated. `scatter` (n, n) is the
    sum of x xᵀ over all lines. Noise is left in all of them, so it lowers the certainty; in a scan
    measured everywhere all leave the same.
    """
    at = np.arange(len(scatter), dtype=float)
    own = _unexplained(scatter, _hats(at, period, first))
    others = (_hats(at, period, first + period / 2), _blocks(at, period, first))
    other = min(_unexplained(scatter, guess) for guess in others)
    return float(1.0 - own / other) if other > 0 else 0.0


def _hats(at: np.ndarray, period: float, first: float) -> np.ndarray:
    knots = np.arange(first - period * np.ceil(first / period), at[-1] + period, period)
    hats: np.ndarray = (1 - np.abs(at[:, None] - knots) / period).clip(min=0)
    return hats


def _blocks(at: np.ndarray, period: float, first: float) -> np.ndarray:
    """Slices that were repeated change where lines would bend: their blocks end at the bends."""
    number = np.floor((at - first) / period + 1e-3)
    blocks: np.ndarray = (number[:, None] == np.unique(number)).astype(float)
    return blocks


def _unexplained(scatter: np.ndarray, basis: np.ndarray) -> float:
    basis = basis[:, basis.sum(0) > 1e-6]
    rest = np.eye(len(scatter)) - basis @ np.linalg.pinv(basis, rcond=1e-6)
    return float(np.trace(rest @ scatter @ rest.T))
