"""Lesions of training pairs: where they are, how they change, what they push."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch

from vpreg.synthetic.pair_settings import PairSettings
from vpreg.synthetic.push import Push
from vpreg.synthetic.randomness import Randomness
from vpreg.synthetic.shapes import column, length

Point = tuple[float, float, float]
_SUPPORT_RADII = 2.2
_TRIES = 24


@dataclass(frozen=True)
class Lesion:
    """A lesion in voxels: centres (array index) and radii at both dates, 0 where it is absent.

    `lobes` are two directions and a strength that make its outline uneven, the same at both dates.
    """

    fixed_centre: Point
    moving_centre: Point
    fixed_radius: float
    moving_radius: float
    mass_effect: float
    lobes: tuple[Point, Point, float]

    @property
    def support(self) -> float:
        """How far from its centre a lesion acts on anything."""
        return _SUPPORT_RADII * max(self.fixed_radius, self.moving_radius)

    @property
    def push(self) -> Push:
        """The pull map, around the fixed centre, of the change in size between the dates.

        At the radius of the larger form, the tissue inside has changed by `mass_effect` of the
        change in volume of the lesion.
        """
        fixed, moving = self.fixed_radius**3, self.moving_radius**3
        largest = max(fixed, moving)
        ratio = ((largest + self.mass_effect * (moving - fixed)) / largest) ** (1 / 3)
        window = (1 - 1 / _SUPPORT_RADII**2) ** 3
        return Push(self.fixed_centre, self.support, (ratio - 1) / window)

    def reach(self, offset: torch.Tensor) -> torch.Tensor:
        """Measure how far offsets (3, ...) from a centre reach; lobes make a place nearer."""
        first, second, strength = self.lobes
        distance = length(offset)
        towards = offset / distance.clamp(min=1e-3)
        a, b = ((towards * column(d, towards)).sum(0) for d in (first, second))
        return distance / (1 + strength * (a * b + b**3))


def draw_lesions(
    random: Randomness, settings: PairSettings, depth: torch.Tensor, u: torch.Tensor
) -> list[Lesion]:
    """Draw lesions that do not touch; `depth` is that of the organ in the moving image.

    `u` leads from the fixed to the moving image, so a lesion sits in the same tissue in both. What
    finds no room is left out.
    """
    wanted = random.integer(*settings.lesions)
    lesions: list[Lesion] = []
    for fixed, moving, room in _candidates(random, depth, u, _TRIES * wanted):
        if len(lesions) == wanted:
            break
        lesion = _draw_lesion(random, settings, fixed, moving)
        largest = max(lesion.fixed_radius, lesion.moving_radius)
        apart = all(
            math.dist(fixed, other.fixed_centre) > lesion.support + other.support
            for other in lesions
        )
        if room > 1.15 * largest + 1 and apart:
            lesions.append(lesion)
    return lesions


def _candidates(
    random: Randomness, depth: torch.Tensor, u: torch.Tensor, count: int
) -> list[tuple[Point, Point, float]]:
    """Draw voxels of the fixed image, the places they lead to, and the depth there."""
    if count == 0:
        return []
    size = torch.tensor(depth.shape)
    share = torch.tensor([[random.uniform(0.15, 0.85) for _ in range(3)] for _ in range(count)])
    fixed = (share * size).long().to(u.device)
    moving = fixed + u[:, fixed[:, 0], fixed[:, 1], fixed[:, 2]].T
    near = moving.round().long().clamp_(min=0)
    near = torch.minimum(near, size.to(u.device) - 1)
    room = depth[near[:, 0], near[:, 1], near[:, 2]]
    rows = torch.cat([fixed.to(moving), moving, room[:, None]], dim=1).tolist()
    return [((r[0], r[1], r[2]), (r[3], r[4], r[5]), r[6]) for r in rows]


def _draw_lesion(random: Randomness, settings: PairSettings, fixed: Point, moving: Point) -> Lesion:
    largest = random.log_uniform(*settings.lesion_radius)
    factor = random.log_uniform(*settings.size_factor)
    if random.chance(settings.one_sided):
        factor = 0.0 if random.chance(0.5) else math.inf
    smaller = largest * min(factor, 1 / factor if factor else 0.0) ** (1 / 3)
    grows = factor > 1
    return Lesion(
        fixed,
        moving,
        fixed_radius=largest if grows else smaller,
        moving_radius=smaller if grows else largest,
        mass_effect=random.uniform(*settings.mass_effect),
        lobes=(_direction(random), _direction(random), random.uniform(0.0, 0.3)),
    )


def _direction(random: Randomness) -> Point:
    z = random.uniform(-1, 1)
    angle = random.uniform(0, 2 * math.pi)
    flat = math.sqrt(1 - z * z)
    return (z, flat * math.cos(angle), flat * math.sin(angle))


def box_around(centre: Point, half: float, shape: tuple[int, int, int]) -> tuple[slice, ...]:
    """Return the slices of a box around a point, cut to the grid."""
    return tuple(
        slice(max(0, math.floor(c - half)), min(n, math.ceil(c + half) + 1))
        for c, n in zip(centre, shape, strict=True)
    )
