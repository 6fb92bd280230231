"""Paint the lesions of a training pair into the picture of one date."""

from __future__ import annotations

import torch

from vpreg.fields.sampling import axis_coordinates
from vpreg.synthetic.contrast import Contrast
from vpreg.synthetic.exact_volume import cut_volume, voxels_of_ball
from vpreg.synthetic.pair_lesion import Lesion, box_around
from vpreg.synthetic.shapes import column

Point = tuple[float, float, float]


def paint_lesion(
    picture: torch.Tensor,
    tumor: torch.Tensor,
    organ: torch.Tensor,
    lesion: Lesion,
    contrast: Contrast,
    *,
    label: int,
    centre: Point,
    radius: float,
) -> None:
    """Lay one lesion at a date into the picture and, of its exact volume, into the labels."""
    shape = (picture.shape[0], picture.shape[1], picture.shape[2])
    box = box_around(centre, 1.75 * radius + 2, shape)
    lines = axis_coordinates(shape, device=picture.device)
    at = [line.flatten()[s] for line, s in zip(lines, box, strict=True)]
    offset = torch.stack(torch.meshgrid(*at, indexing="ij"))
    reach = lesion.reach(offset - column(centre, offset))
    inside = organ[box]
    mask, level = cut_volume(reach.masked_fill(~inside, torch.inf), voxels_of_ball(radius))
    part = picture[box]
    part.lerp_(torch.full_like(part, contrast.lesion), _share(level - reach) * inside)
    if radius > 4:
        core = _share(0.55 * level - reach) * inside
        part.lerp_(torch.full_like(part, contrast.core), core)
    tumor[box].masked_fill_(mask, label)


def _share(inwards: torch.Tensor) -> torch.Tensor:
    """Return how much of a voxel lies inside a border this far outwards."""
    return (inwards + 0.5).clamp_(0, 1)
