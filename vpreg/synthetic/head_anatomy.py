"""The anatomy of one head, to be painted at any positions."""

from __future__ import annotations

from dataclasses import dataclass

import torch

from vpreg.synthetic.canvas import Canvas
from vpreg.synthetic.head_brain import paint_brain
from vpreg.synthetic.head_face import paint_face
from vpreg.synthetic.head_hull import Hulls, head_hulls
from vpreg.synthetic.head_shell import paint_skull, paint_soft_tissue, paint_vessels
from vpreg.synthetic.head_variation import HALF_EXTENT_MM, HeadVariation, draw_head_variation
from vpreg.synthetic.lattice import Lattice, lattice_positions
from vpreg.synthetic.randomness import Randomness

HULL_STEP_MM = 2.5
GRAIN_STEP_MM = 2.0


@dataclass(frozen=True)
class HeadAnatomy:
    """The random functions of a head and its outlines, measured once on a lattice."""

    variation: HeadVariation
    outlines: Lattice

    def hulls(self, position_mm: torch.Tensor) -> Hulls:
        """Read the distances to the outlines at positions (3, K, J, I)."""
        return Hulls(*self.outlines.at(position_mm).unbind())

    def bent(self, place_mm: torch.Tensor) -> torch.Tensor:
        """Take places in the head to positions in the symmetric anatomy."""
        return place_mm + self.variation.bend_mm * self.variation.shape.at(place_mm)


def draw_head_anatomy(random: Randomness, *, spacing_mm: float) -> HeadAnatomy:
    """Draw one head, in the detail that voxels of this spacing can show."""
    variation = draw_head_variation(random, grain_step_mm=min(spacing_mm, GRAIN_STEP_MM))
    step_mm = max(spacing_mm, HULL_STEP_MM)
    position = lattice_positions(HALF_EXTENT_MM, step_mm, device=random.device)
    hulls = head_hulls(position, _skull_mm(variation.depth.at(position)[0]))
    outlines = torch.stack([hulls.cerebrum, hulls.cerebellum, hulls.stem, hulls.cavity, hulls.skin])
    return HeadAnatomy(variation, Lattice(outlines, step_mm))


def paint_head(canvas: Canvas, anatomy: HeadAnatomy) -> Hulls:
    """Paint a whole head without lesions; return the distances to its outlines."""
    variation = anatomy.variation
    hulls = anatomy.hulls(canvas.position_mm)
    vary = variation.depth.at(canvas.position_mm)[0]
    paint_soft_tissue(canvas, hulls, vary)
    paint_face(canvas)
    paint_skull(canvas, hulls, _skull_mm(vary), vary)
    paint_brain(canvas, hulls, variation)
    paint_vessels(canvas, hulls.cavity)
    fine, coarse = variation.grain.at(canvas.position_mm)
    canvas.brightness.mul_(1 + 0.03 * fine + 0.05 * coarse)
    return hulls


def _skull_mm(vary: torch.Tensor) -> torch.Tensor:
    return 6.5 + 0.8 * vary
