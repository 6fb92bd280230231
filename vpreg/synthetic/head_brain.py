"""Paint the brain of the head phantom."""

from __future__ import annotations

import math

import torch

from vpreg.synthetic.canvas import Canvas
from vpreg.synthetic.head_cortex import pial_depth
from vpreg.synthetic.head_hull import Hulls
from vpreg.synthetic.head_variation import HeadVariation
from vpreg.synthetic.shapes import Point, ellipsoid, mirrored
from vpreg.synthetic.tissue import Tissue

CORTEX_MM = 2.9

NUCLEI: tuple[tuple[Point, Point, Tissue, float], ...] = (
    ((2.0, -6.0, 26.0), (10.0, 16.0, 5.5), Tissue.DEEP_GREY, 1.0),
    ((0.0, -2.0, 19.5), (7.0, 10.0, 4.0), Tissue.DEEP_GREY, 0.6),
    ((6.0, -17.0, 13.0), (9.0, 10.0, 5.0), Tissue.DEEP_GREY, 1.0),
    ((2.0, 11.0, 10.5), (8.0, 13.0, 8.0), Tissue.DEEP_GREY, 0.85),
)


def paint_brain(canvas: Canvas, hulls: Hulls, variation: HeadVariation) -> None:
    """Lay stem, cerebellum, cortex, white matter, nuclei and ventricles, in this order."""
    canvas.paint(hulls.stem, Tissue.WHITE)
    _paint_cerebellum(canvas, hulls.cerebellum, variation)
    depth = pial_depth(canvas.position_mm, hulls.cerebrum, variation)
    canvas.paint(-depth, Tissue.GREY)
    vary = variation.depth.at(canvas.position_mm + 7.0)[0]
    canvas.paint(CORTEX_MM + 0.45 * vary - depth, Tissue.WHITE)
    for centre, radii, tissue, opacity in NUCLEI:
        part = canvas.around(centre, max(radii), both_sides=True)
        shape = ellipsoid(mirrored(part.position_mm), centre, radii)
        part.paint(shape, tissue, opacity=opacity)
    _paint_ventricles(canvas)


def _paint_ventricles(canvas: Canvas) -> None:
    part = canvas.box((-34.0, -40.0, -40.0), (30.0, 50.0, 40.0))
    part.paint(_lateral_ventricles(mirrored(part.position_mm)), Tissue.VENTRICLE)
    third = ellipsoid(part.position_mm, (-3.0, 3.0, 0.0), (10.0, 13.0, 2.0))
    part.paint(third, Tissue.VENTRICLE)
    low = canvas.around((-36.0, 27.0, 0.0), 12.0)
    low.paint(ellipsoid(low.position_mm, (-36.0, 25.0, 0.0), (10.0, 4.5, 7.0)), Tissue.VENTRICLE)


def _lateral_ventricles(sided: torch.Tensor) -> torch.Tensor:
    """Measure the distance to a C-shaped tube: frontal horn, body, atrium, temporal horn."""
    z, y, x = sided
    up, forward = (z + 2) / 16, (6 - y) / 30
    level = torch.hypot(up, forward)
    slope = torch.hypot(up / 16, forward / 30).clamp_(min=1e-4)
    ring = level * (level - 1) / slope
    angle = torch.atan2(up, forward)
    # From the frontal horn (0) over the body (pi/2) and the atrium (pi) to the temporal horn.
    angle = torch.where(angle < -math.pi / 2, angle + 2 * math.pi, angle)
    back = ((angle - 1.7) / 1.6).clamp_(0, 1)
    aside = 6.5 + 4.0 * (1 - angle).clamp_(0, 1) + 19.0 * back * back * (3 - 2 * back)
    atrium = torch.exp(-(((angle - 2.9) / 0.45) ** 2))
    radius = 4.6 + 2.4 * atrium - 2.4 * (angle - 3.3).clamp_(0, 1)
    ends = 22.0 * ((-0.1 - angle).clamp_(min=0) + (angle - 4.3).clamp_(min=0))
    return torch.hypot(torch.hypot(ring, 0.8 * (x - aside)), ends) - radius


def _paint_cerebellum(canvas: Canvas, cerebellum: torch.Tensor, variation: HeadVariation) -> None:
    z, y, _ = canvas.position_mm
    vary = variation.depth.at(canvas.position_mm)[0]
    from_axis = torch.hypot(z + 34, y - 20)
    # Fissures fan out from the fourth ventricle, which makes the tree of white matter.
    phase = torch.atan2(z + 34, y - 20) / 0.21 + 0.5 * vary
    to_sheet = (phase - phase.round()).abs() * 0.21 * from_axis
    depth = -cerebellum
    sulcus = torch.hypot(to_sheet, (depth - 11.0 - 2.0 * vary).clamp_(min=0)) - 0.45
    depth = torch.minimum(depth, sulcus)
    canvas.paint(-depth, Tissue.GREY)
    canvas.paint(2.3 - depth, Tissue.WHITE)
