"""Read parallel slices off a mask of what was acquired."""

from __future__ import annotations

import numpy as np
import torch

from vpreg.images.image import Image
from vpreg.masks.acquired_slices import AcquiredSlices

LEAST_RHYTHM = 0.3
"""How much of a mask has to beat in one rhythm: planes of one voxel in seven reach 0.9."""

_SHORTEST_MM, _LONGEST_MM = 1.9, 30.0
_POINTS = 60_000
_OVERTONE = 0.6


def check_acquired_mask(mask: Image) -> None:
    """Raise ValueError unless a mask (0 to 1) leaves something out and something in."""
    low, high = (float(x) for x in mask.voxels.aminmax())
    if low < 0 or high <= 0:
        msg = "Give a mask of the acquired slices from 0 to 1: nothing in it was acquired."
        raise ValueError(msg)


def slices_of_mask(mask: Image, *, thickness_mm: float | None = None) -> AcquiredSlices | None:
    """Return the slices that a mask shows, at any angle to its grid, or None if it shows none.

    Equidistant planes are one wave in space: its direction is their normal, its length their
    distance, its phase where they begin. The strongest wave of the mask is that one.
    """
    points, weights = _sampled(mask)
    wave = _lowest(_refined(_strongest_wave(mask), points, weights), points, weights)
    rhythm = _sum(wave[None], points, weights)[0] / weights.sum()
    length = float(np.linalg.norm(wave))
    if length < 1 / _LONGEST_MM or abs(rhythm) < LEAST_RHYTHM:
        return None
    normal, spacing = wave / length, 1 / length
    position = points @ normal
    phase = float(-np.angle(rhythm) / (2 * np.pi) * spacing)
    first, last = (round((at - phase) / spacing) for at in (position.min(), position.max()))
    x, y, z = normal.tolist()
    return AcquiredSlices(
        (x, y, z), phase + first * spacing, spacing, thickness_mm or spacing, last - first + 1
    )


def _strongest_wave(mask: Image) -> np.ndarray:
    """Return the wave vector (LPS, cycles a millimetre) of the peak of the spectrum."""
    shape, spacing = mask.grid.shape, mask.grid.spacing_mm
    tapers = [torch.hann_window(n + 2, periodic=False)[1:-1].to(mask.voxels.device) for n in shape]
    values = mask.voxels.to(torch.float32) * tapers[0].view(-1, 1, 1) * tapers[1].view(-1, 1)
    power = torch.fft.rfftn(values * tapers[2]).abs().cpu()
    k, j = (torch.fft.fftfreq(n, s) for n, s in zip(shape[:2], spacing[:2], strict=True))
    i = torch.fft.rfftfreq(shape[2], spacing[2])
    length = (k.view(-1, 1, 1).square() + j.view(-1, 1).square() + i.square()).sqrt()
    power[(length < 1 / _LONGEST_MM) | (length > 1 / _SHORTEST_MM)] = 0.0
    at = np.unravel_index(int(power.argmax()), tuple(power.shape))
    peak = np.array([float(f[n]) for f, n in zip((k, j, i), at, strict=True)])
    wave: np.ndarray = np.asarray(mask.grid.direction) @ peak
    return wave


def _lowest(wave: np.ndarray, points: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return the longest wave of which this one is an overtone: thin planes have strong ones."""
    lengths = np.array([1.0, 2.0, 3.0, 4.0, 5.0])
    power = np.abs(_sum(wave / lengths[:, None], points, weights))
    return _refined(wave / lengths[power >= _OVERTONE * power[0]].max(), points, weights)


def _refined(wave: np.ndarray, points: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Climb to the top of the peak, from the step of the spectrum on by halves."""
    step = 0.5 / float(np.ptp(points, axis=0).max() + 1e-9)
    around = np.stack(np.meshgrid(*[[-1.0, 0.0, 1.0]] * 3, indexing="ij"), -1).reshape(-1, 3)
    for _ in range(9):
        tried = wave + around * step
        best = int(np.abs(_sum(tried, points, weights)).argmax())
        if np.abs(around[best]).sum() == 0:
            step /= 2
        wave = tried[best]
    return wave


def _sum(waves: np.ndarray, points: np.ndarray, weights: np.ndarray) -> np.ndarray:
    sums: np.ndarray = np.exp(-2j * np.pi * (waves @ points.T)) @ weights
    return sums


def _sampled(mask: Image) -> tuple[np.ndarray, np.ndarray]:
    """Return some of the marked voxels as LPS points, and their weights."""
    index = mask.voxels.nonzero().cpu()
    chosen = torch.randperm(len(index), generator=torch.Generator().manual_seed(0))[:_POINTS]
    index = index[chosen]
    weights = mask.voxels.cpu()[index[:, 0], index[:, 1], index[:, 2]].double().numpy()
    matrix = mask.grid.voxel_to_lps
    points: np.ndarray = index.double().numpy() @ matrix[:3, :3].T + matrix[:3, 3]
    return points, weights
