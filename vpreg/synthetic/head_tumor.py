"""Paint the tumor of the head phantom: enhancing rim, necrotic core, oedema."""

from __future__ import annotations

from dataclasses import dataclass

import torch

from vpreg.synthetic.canvas import Canvas
from vpreg.synthetic.exact_volume import cut_volume
from vpreg.synthetic.head_anatomy import HeadAnatomy
from vpreg.synthetic.push import Push, push_of_lesion
from vpreg.synthetic.randomness import Randomness
from vpreg.synthetic.shapes import Point, column, length
from vpreg.synthetic.tissue import Tissue

# White matter, away from the ventricles: parietal, frontal, temporal, and the other side.
SITES: tuple[Point, ...] = (
    (32.0, 30.0, -33.0),
    (27.0, -34.0, 31.0),
    (30.0, 34.0, 32.0),
    (28.0, -30.0, -33.0),
)
_SUPPORT_RADII = 3.0


@dataclass(frozen=True)
class HeadTumor:
    """A tumor at a place in the undisplaced head, with the random number behind its outline."""

    centre_mm: Point
    offset_mm: float

    def reach(self, place_mm: torch.Tensor, anatomy: HeadAnatomy) -> torch.Tensor:
        """Measure how far undisplaced places (3, ...) lie from the centre, lobes reaching further.

        Both dates cut this function at a level, so a tumor keeps its character while it grows.
        """
        offset = place_mm - column(self.centre_mm, place_mm)
        noise = anatomy.variation.depth.at(1.6 * offset + self.offset_mm)[0]
        return length(offset) / (1 + 0.14 * noise.clamp(-2, 2))

    def patches(self, place_mm: torch.Tensor, anatomy: HeadAnatomy) -> torch.Tensor:
        """Read what makes the rim and the oedema uneven, of deviation 1."""
        offset = place_mm - column(self.centre_mm, place_mm)
        return anatomy.variation.depth.at(3.0 * offset - self.offset_mm)[0].clamp(-2, 2)


def draw_head_tumor(random: Randomness) -> HeadTumor:
    """Draw where the tumor sits."""
    site = SITES[random.integer(0, len(SITES) - 1)]
    z, y, x = (c + random.uniform(-3.0, 3.0) for c in site)
    return HeadTumor((z, y, x), random.uniform(-30.0, 30.0))


def radius_mm(volume_ml: float) -> float:
    """Return the radius of a sphere of this volume."""
    return float((volume_ml * 1000 * 0.75 / torch.pi) ** (1 / 3))


def tumor_push(centre_mm: Point, volume_ml: float, *, strength: float, room_mm: float) -> Push:
    """Build the mass effect of the tumor; the skull, `room_mm` away, is not moved."""
    radius = radius_mm(volume_ml)
    support = max(min(_SUPPORT_RADII * radius, room_mm), 1.4 * radius)
    return push_of_lesion(centre_mm, radius=radius, strength=strength, support=support)


def paint_tumor(
    canvas: Canvas,
    reach: torch.Tensor,
    patches: torch.Tensor,
    *,
    volume_ml: float,
    voxel_ml: float,
    oedema_mm: float,
) -> torch.Tensor:
    """Lay oedema, rim and core; return the mask of the tumor, of this volume to half a voxel."""
    mask, level = cut_volume(reach, volume_ml / voxel_ml)
    outside = reach - level
    if oedema_mm > 0:
        share = 1.6 - 1.6 * outside / (oedema_mm * (1 + 0.4 * patches))
        in_white = canvas.tissue == Tissue.WHITE
        canvas.blend(share.clamp_(0, 1) * in_white, Tissue.OEDEMA, opacity=0.9)
    canvas.paint(outside, Tissue.TUMOR_RIM)
    rim = max(2.4, 0.27 * radius_mm(volume_ml))
    canvas.paint(outside + rim * (1 + 0.3 * patches), Tissue.NECROSIS)
    return mask
