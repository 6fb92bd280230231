"""The smooth outlines of the head phantom: brain parts, the cavity that holds them, the skin."""

from __future__ import annotations

from dataclasses import dataclass

import torch

from vpreg.synthetic.shapes import capsule, ellipsoid, mirrored, smooth_union

CSF_GAP_MM = 2.4


@dataclass(frozen=True)
class Hulls:
    """Signed distances (K, J, I) in millimetres, negative inside."""

    cerebrum: torch.Tensor
    cerebellum: torch.Tensor
    stem: torch.Tensor
    cavity: torch.Tensor
    skin: torch.Tensor


def head_hulls(position_mm: torch.Tensor, skull_mm: torch.Tensor) -> Hulls:
    """Measure the distance to every outline; `skull_mm` is how thick the bone is."""
    sided = mirrored(position_mm)
    cerebrum = _cerebrum(sided)
    cerebellum = smooth_union(
        ellipsoid(sided, (-34.0, 43.0, 24.0), (21.0, 28.0, 28.0)),
        ellipsoid(position_mm, (-33.0, 44.0, 0.0), (20.0, 22.0, 14.0)),
        blend_mm=8.0,
    )
    stem = smooth_union(
        capsule(position_mm, (-8.0, 6.0, 0.0), (-120.0, 26.0, 0.0), 8.5),
        ellipsoid(position_mm, (-31.0, 9.0, 0.0), (15.0, 13.0, 16.0)),
        blend_mm=6.0,
    )
    midbrain = ellipsoid(position_mm, (-11.0, 6.0, 0.0), (13.0, 15.0, 19.0))
    stem = smooth_union(stem, midbrain, blend_mm=6.0)
    posterior = smooth_union(cerebellum, stem, blend_mm=10.0)
    cavity = smooth_union(cerebrum, posterior, blend_mm=16.0) - CSF_GAP_MM
    skin = _skin(position_mm, sided, cavity - skull_mm)
    return Hulls(cerebrum, cerebellum, stem, cavity, skin)


def _cerebrum(sided: torch.Tensor) -> torch.Tensor:
    z, y, x = sided
    # The skull is widest behind the ears and narrows towards the forehead.
    narrowed = torch.stack([z, y, x * (1 + 0.6e-5 * (y - 25) ** 2)])
    main = ellipsoid(narrowed, (12.0, 4.0, 0.0), (59.0, 83.0, 67.0), power=2.4)
    floor = -15.0 + 0.07 * y - z
    upper = -smooth_union(-main, -floor, blend_mm=8.0)
    temporal = ellipsoid(narrowed, (-17.0, -4.0, 41.0), (20.0, 39.0, 22.0))
    return smooth_union(upper, temporal, blend_mm=10.0)


def _skin(
    position_mm: torch.Tensor, sided: torch.Tensor, outer_skull: torch.Tensor
) -> torch.Tensor:
    face = ellipsoid(sided, (-58.0, -44.0, 0.0), (62.0, 53.0, 58.0))
    neck = capsule(position_mm, (-62.0, 24.0, 0.0), (-160.0, 40.0, 0.0), 54.0)
    skin = smooth_union(outer_skull - 5.5, face, blend_mm=24.0)
    skin = smooth_union(skin, neck, blend_mm=24.0)
    nose = ellipsoid(position_mm, (-58.0, -96.0, 0.0), (22.0, 15.0, 14.0))
    skin = smooth_union(skin, nose, blend_mm=8.0)
    ear = ellipsoid(sided, (-30.0, 16.0, 78.0), (25.0, 14.0, 5.0))
    return smooth_union(skin, ear, blend_mm=3.0)
