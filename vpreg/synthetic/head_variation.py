"""What makes one head differ from the next: the random functions of its anatomy."""

from __future__ import annotations

from dataclasses import dataclass

import torch

from vpreg.filters.differences import difference_along
from vpreg.synthetic.lattice import Lattice, noise_lattice
from vpreg.synthetic.randomness import Randomness
from vpreg.synthetic.shapes import Point

HALF_EXTENT_MM: Point = (110.0, 125.0, 105.0)


@dataclass(frozen=True)
class HeadVariation:
    """The random functions of one head, all of deviation 1 and fixed to its anatomy.

    `shape` (3 channels) bends everything, `folds` (2: value, slope per mm) lays the sulci, `depth`
    varies layers, `grain` (2: fine, coarse) is the texture of the tissue.
    """

    shape: Lattice
    folds: Lattice
    depth: Lattice
    grain: Lattice
    bend_mm: float


def draw_head_variation(random: Randomness, *, grain_step_mm: float) -> HeadVariation:
    """Draw the random functions of one head."""
    return HeadVariation(
        shape=_noise(random, bump_mm=75.0, step_mm=8.0, channels=3),
        folds=_with_slope(_noise(random, bump_mm=19.0, step_mm=1.8)),
        depth=_noise(random, bump_mm=30.0, step_mm=4.0),
        grain=_grain(random, grain_step_mm),
        bend_mm=1.3,
    )


def _noise(random: Randomness, *, bump_mm: float, step_mm: float, channels: int = 1) -> Lattice:
    return noise_lattice(
        random, bump_mm=bump_mm, step_mm=step_mm, half_extent_mm=HALF_EXTENT_MM, channels=channels
    )


def _with_slope(noise: Lattice) -> Lattice:
    value = noise.values[0]
    slope = torch.stack([difference_along(value, axis) for axis in range(3)]).norm(dim=0)
    return Lattice(torch.stack([value, slope / noise.step_mm]), noise.step_mm)


def _grain(random: Randomness, step_mm: float) -> Lattice:
    fine = _noise(random, bump_mm=4.5 * step_mm, step_mm=step_mm)
    coarse = _noise(random, bump_mm=12.0 * step_mm, step_mm=step_mm)
    return Lattice(torch.cat([fine.values, coarse.values]), step_mm)
