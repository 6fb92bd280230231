"""Move a head between two dates: the brain within the skull, and the head as a whole."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch

from vpreg.fields.integrate import integrate_velocity
from vpreg.synthetic.head_anatomy import HeadAnatomy
from vpreg.synthetic.head_settings import HeadSettings
from vpreg.synthetic.head_variation import HALF_EXTENT_MM
from vpreg.synthetic.lattice import Lattice, lattice_positions
from vpreg.synthetic.motion import random_velocity, rotation_matrix
from vpreg.synthetic.randomness import Randomness
from vpreg.synthetic.shapes import Point, column

STEP_MM = 3.5
# The velocity fades over this depth under the skull, which does not deform between two dates.
FADE_MM = 12.0


@dataclass(frozen=True)
class HeadMotion:
    """The map from a place in the head at the fixed date to its place at the moving date, in mm."""

    displacement: Lattice
    rotation: torch.Tensor
    shift_mm: Point

    def forward(self, place_mm: torch.Tensor) -> torch.Tensor:
        """Take places (3, K, J, I) from the fixed to the moving date, lesions left aside."""
        moved = place_mm + self.displacement.at(place_mm)
        turned = (self.rotation.to(moved) @ moved.flatten(1)).view_as(moved)
        return turned + column(self.shift_mm, moved)

    def backward(self, point_mm: Point) -> Point:
        """Find the place at the fixed date of one point at the moving date (fixed point)."""
        target = torch.tensor(point_mm, device=self.displacement.values.device).view(3, 1, 1, 1)
        unturned = self.rotation.T.to(target) @ (target - column(self.shift_mm, target)).flatten(1)
        start = unturned.view_as(target)
        place = start
        for _ in range(60):
            place = start - self.displacement.at(place)
        z, y, x = place.flatten().tolist()
        return (z, y, x)


def draw_head_motion(
    random: Randomness, anatomy: HeadAnatomy, settings: HeadSettings
) -> HeadMotion:
    """Draw a rigid motion of the head and a diffeomorphic one of the brain in it."""
    step_mm = max(settings.spacing_mm, STEP_MM)
    limit = math.radians(settings.rotation_deg)
    angles = (random.uniform(-limit, limit), random.uniform(-limit, limit), 0.6 * limit)
    size = settings.translation_mm
    shift = (random.uniform(-size, size), random.uniform(-size, size), random.uniform(-size, size))
    rotation = rotation_matrix(angles)
    places = lattice_positions(HALF_EXTENT_MM, step_mm, device=random.device)
    turned = (rotation.to(places) @ places.flatten(1)).view_as(places) + column(shift, places)
    depth = -anatomy.hulls(anatomy.bent(turned)).cavity
    fade = (depth / FADE_MM).clamp_(0, 1)
    fade = fade * fade * (3 - 2 * fade)
    velocity = random_velocity(
        random,
        (places.shape[1], places.shape[2], places.shape[3]),
        bump_voxels=75.0 / step_mm,
        largest_voxels=settings.deformation_mm / step_mm,
    )
    displacement = step_mm * integrate_velocity(velocity * fade, steps=6)
    return HeadMotion(Lattice(displacement, step_mm), rotation, shift)
