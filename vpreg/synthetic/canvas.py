"""Paint shapes on a volume, with partial volume at their borders."""

from __future__ import annotations

from dataclasses import dataclass

import torch

from vpreg.synthetic.shapes import Point
from vpreg.synthetic.tissue import T1_BRIGHTNESS, Tissue

Spans = tuple[slice, slice, slice]


@dataclass(frozen=True)
class Canvas:
    """A volume that is being painted, and where in the anatomy each of its voxels lies.

    `position_mm` (3, K, J, I) is the place in the anatomy. `nominal_mm` has, for each axis, where
    the planes of the undeformed grid lie; no place is more than `reach_mm` away from its plane.
    A border is blended over `edge_mm`.
    """

    position_mm: torch.Tensor
    nominal_mm: tuple[torch.Tensor, torch.Tensor, torch.Tensor]
    reach_mm: float
    edge_mm: float
    brightness: torch.Tensor
    tissue: torch.Tensor

    def paint(
        self, distance_mm: torch.Tensor, tissue: Tissue, *, opacity: float = 1.0
    ) -> torch.Tensor:
        """Lay a tissue where the distance is negative; return the share of it in each voxel."""
        share = (0.5 - distance_mm / self.edge_mm).clamp_(0, 1)
        return self.blend(share, tissue, opacity=opacity)

    def blend(self, share: torch.Tensor, tissue: Tissue, *, opacity: float = 1.0) -> torch.Tensor:
        """Lay a tissue over a share (0 to 1) of every voxel; more than half takes the label."""
        shade = share if opacity == 1.0 else share * opacity
        self.brightness.add_(shade * (T1_BRIGHTNESS[tissue] - self.brightness))
        self.tissue.masked_fill_(share > 0.5, int(tissue))
        return share

    def spans(self, lower: Point, upper: Point) -> Spans:
        """Find the slices of the grid that can show anatomy between two corners."""
        k, j, i = (
            _span(line, low - self.reach_mm, high + self.reach_mm)
            for line, low, high in zip(self.nominal_mm, lower, upper, strict=True)
        )
        return (k, j, i)

    def spans_around(self, centre: Point, radius_mm: float) -> Spans:
        """Find the slices of the grid that can show anatomy around a point."""
        z, y, x = centre
        r = radius_mm
        return self.spans((z - r, y - r, x - r), (z + r, y + r, x + r))

    def view(self, spans: Spans) -> Canvas:
        """Return a part of the canvas; painting it paints the whole."""
        k, j, i = (line[s] for line, s in zip(self.nominal_mm, spans, strict=True))
        return Canvas(
            self.position_mm[(slice(None), *spans)],
            (k, j, i),
            self.reach_mm,
            self.edge_mm,
            self.brightness[spans],
            self.tissue[spans],
        )

    def box(self, lower: Point, upper: Point) -> Canvas:
        """Return the part of the canvas that can show anatomy between two corners, as a view."""
        return self.view(self.spans(lower, upper))

    def around(self, centre: Point, radius_mm: float, *, both_sides: bool = False) -> Canvas:
        """Return the view around a point, reaching to its mirror image where asked."""
        z, y, x = centre
        right = -x if both_sides else x
        r = radius_mm
        return self.box((z - r, y - r, right - r), (z + r, y + r, x + r))


def _span(axis_mm: torch.Tensor, low: float, high: float) -> slice:
    inside = ((axis_mm >= low) & (axis_mm <= high)).nonzero()
    if len(inside) == 0:
        return slice(0, 0)
    return slice(int(inside[0]), int(inside[-1]) + 1)
