"""Paint what surrounds the brain: scalp, skull, meninges, sinuses that carry contrast agent."""

from __future__ import annotations

import torch

from vpreg.synthetic.canvas import Canvas
from vpreg.synthetic.head_hull import Hulls
from vpreg.synthetic.shapes import capsule, mirrored
from vpreg.synthetic.tissue import Tissue


def paint_soft_tissue(canvas: Canvas, hulls: Hulls, vary: torch.Tensor) -> None:
    """Lay skin, the fat below it, and muscle with planes of fat between."""
    canvas.paint(hulls.skin, Tissue.SKIN)
    canvas.paint(hulls.skin + 1.8, Tissue.FAT)
    muscle = hulls.skin + 5.0 + 1.5 * vary
    canvas.paint(muscle, Tissue.MUSCLE)
    planes = vary.abs() * 8.0 - 1.3
    canvas.paint(torch.maximum(planes, muscle + 3.0), Tissue.FAT, opacity=0.45)


def paint_skull(canvas: Canvas, hulls: Hulls, skull_mm: torch.Tensor, vary: torch.Tensor) -> None:
    """Lay compact bone with marrow between its two tables, then the fluid and the dura inside."""
    outer = hulls.cavity - skull_mm
    canvas.paint(outer, Tissue.BONE)
    marrow = torch.maximum(outer + 1.9, 1.7 - hulls.cavity)
    canvas.paint(marrow + 0.35 * vary, Tissue.MARROW)
    canvas.paint(hulls.cavity, Tissue.DURA)
    canvas.paint(hulls.cavity + 0.9, Tissue.CSF)


def paint_vessels(canvas: Canvas, cavity: torch.Tensor) -> None:
    """Lay the sagittal and transverse sinuses and the large arteries of the base."""
    z, y, x = canvas.position_mm
    depth = -cavity
    sagittal = torch.maximum(x.abs() + 0.55 * depth - 3.8, -depth + 0.4)
    canvas.paint(torch.maximum(sagittal, 8.0 - z - 0.25 * (y - 30)), Tissue.VESSEL)
    falx = torch.maximum(x.abs() - 0.35, (depth - 14.0).abs() - 11.0)
    canvas.paint(torch.maximum(falx, 14.0 - z), Tissue.DURA)
    sided = mirrored(canvas.position_mm)
    transverse = capsule(sided, (-12.0, 84.0, 4.0), (-22.0, 42.0, 56.0), 3.2)
    canvas.paint(torch.maximum(transverse, cavity), Tissue.VESSEL)
    canvas.paint(capsule(sided, (-33.0, -14.0, 11.0), (-20.0, -16.0, 10.0), 2.2), Tissue.VESSEL)
    basilar = capsule(canvas.position_mm, (-46.0, -6.5, 0.0), (-20.0, -6.0, 0.0), 1.6)
    canvas.paint(basilar, Tissue.VESSEL)
