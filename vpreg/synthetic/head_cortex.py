"""Fold the cortex: sulci are the zero surfaces of a random function, cut to a depth."""

from __future__ import annotations

import torch

from vpreg.synthetic.head_variation import HeadVariation
from vpreg.synthetic.shapes import column, ellipsoid, length, mirrored

FISSURE_HALF_MM = 0.9
SULCUS_HALF_MM = 0.55
CENTRE = (6.0, 6.0, 0.0)
# Nuclei and ventricles lie here: no sulcus enters.
CORE_CENTRE = (2.0, 4.0, 0.0)
CORE_RADII = (27.0, 44.0, 30.0)


def pial_depth(
    position_mm: torch.Tensor, cerebrum: torch.Tensor, variation: HeadVariation
) -> torch.Tensor:
    """Measure how deep under the folded surface of the cerebrum each place lies, in mm.

    Negative is outside or within a sulcus. A sulcus is a sheet that ends at a varying depth, so
    the grey matter that follows it is as thick at its bottom as on its walls.
    """
    fissures = torch.minimum(_between_hemispheres(position_mm), _sylvian(mirrored(position_mm)))
    depth = torch.minimum(-cerebrum, fissures)
    vary = variation.depth.at(position_mm)[0]
    reach = 14.0 + 4.0 * vary.clamp(-1.8, 1.8)
    to_sheet = _sheet_distance(position_mm, variation)
    core = ellipsoid(position_mm, CORE_CENTRE, CORE_RADII)
    beyond = torch.maximum(depth - reach, -core).clamp_(min=0)
    sulcus = torch.hypot(to_sheet, beyond)
    # A sulcus is wider where it opens.
    half = SULCUS_HALF_MM + 0.9 * torch.exp(-depth.clamp(min=0) / 4.0)
    return torch.minimum(depth, sulcus - half)


def _sheet_distance(position_mm: torch.Tensor, variation: HeadVariation) -> torch.Tensor:
    from_centre = position_mm - column(CENTRE, position_mm)
    # The random function is read mostly by direction: its zero surfaces then stand upright on the
    # surface, as sulci do.
    level = length(from_centre / column((60.0, 85.0, 67.0), position_mm)).clamp_(min=0.4)
    stretch = 0.5 * level.reciprocal() + 0.5
    value, slope = variation.folds.at(from_centre * stretch)
    distance: torch.Tensor = value.abs() / (slope * stretch).clamp_(min=0.03)
    return distance


def _between_hemispheres(position_mm: torch.Tensor) -> torch.Tensor:
    core = ellipsoid(position_mm, (4.0, 4.0, 0.0), (24.0, 40.0, 60.0))
    return torch.hypot(position_mm[2], (-core).clamp_(min=0)) - FISSURE_HALF_MM


def _sylvian(sided: torch.Tensor) -> torch.Tensor:
    z, y, x = sided
    above = z + 4.0 - 0.22 * (y + 8) - 0.02 * (x - 45)
    inward = (36.0 - x).clamp_(min=0)
    beyond = ((y + 6).abs() - 32.0).clamp_(min=0)
    return torch.hypot(torch.hypot(above, inward), beyond) - 1.3
