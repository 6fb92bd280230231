"""Distances between the surfaces of two masks, which three figures are made of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import SimpleITK
import torch

from vpreg.images.grid import Grid, Triple
from vpreg.images.image import Image
from vpreg.images.itk import from_itk, to_itk
from vpreg.metrics.dice import check_same_shape
from vpreg.metrics.label_boxes import label_boxes, union


@dataclass(frozen=True)
class SurfaceDistances:
    """For each surface voxel of a mask the distance to the other's nearest one, centre to centre.

    Infinite where the other mask is empty.
    """

    fixed_to_warped_mm: torch.Tensor
    warped_to_fixed_mm: torch.Tensor

    @property
    def both_mm(self) -> torch.Tensor:
        """The distances of both surfaces."""
        return torch.cat([self.fixed_to_warped_mm, self.warped_to_fixed_mm])


NOTHING = SurfaceDistances(torch.zeros(0), torch.zeros(0))


def surface_distances(
    fixed: torch.Tensor, warped: torch.Tensor, *, spacing_mm: Triple
) -> SurfaceDistances:
    """Measure two masks (K, J, I) on one grid with spacing along K, J and I."""
    measured = surface_distances_per_label(
        (fixed != 0).to(torch.uint8), (warped != 0).to(torch.uint8), spacing_mm=spacing_mm
    )
    return measured.get(1, NOTHING)


def surface_distances_per_label(
    fixed: torch.Tensor,
    warped: torch.Tensor,
    *,
    spacing_mm: Triple,
    labels: Iterable[int] | None = None,
) -> dict[int, SurfaceDistances]:
    """Measure every label of two integer maps on one grid, or those asked for, inside its box."""
    check_same_shape(fixed, warped)
    fixed_boxes, warped_boxes = label_boxes(fixed), label_boxes(warped)
    fixed_edges, warped_edges = label_edges(fixed), label_edges(warped)
    found = fixed_boxes.keys() | warped_boxes.keys()
    distances = {}
    for label in sorted(found) if labels is None else labels:
        box = union(fixed_boxes.get(label), warped_boxes.get(label))
        if box is None:
            distances[label] = NOTHING
            continue
        first = (fixed[box] == label) & fixed_edges[box]
        second = (warped[box] == label) & warped_edges[box]
        distances[label] = _between(first, second, spacing_mm)
    return distances


def label_edges(labels: torch.Tensor) -> torch.Tensor:
    """Return the voxels with a face to another label, for all labels at once, as bool.

    What lies beyond the image is another label.
    """
    edges = torch.zeros(labels.shape, device=labels.device, dtype=torch.bool)
    for axis in range(3):
        n = labels.shape[axis]
        differs = labels.narrow(axis, 1, n - 1) != labels.narrow(axis, 0, n - 1)
        edges.narrow(axis, 1, n - 1).logical_or_(differs)
        edges.narrow(axis, 0, n - 1).logical_or_(differs)
        edges.narrow(axis, 0, 1).fill_(value=True)
        edges.narrow(axis, n - 1, 1).fill_(value=True)
    return edges


def _between(first: torch.Tensor, second: torch.Tensor, spacing_mm: Triple) -> SurfaceDistances:
    return SurfaceDistances(
        _distance_to(second, spacing_mm)[first.cpu()], _distance_to(first, spacing_mm)[second.cpu()]
    )


def _distance_to(mask: torch.Tensor, spacing_mm: Triple) -> torch.Tensor:
    if not bool(mask.any()):
        return torch.full(mask.shape, torch.inf)
    # Without a rim ITK would not see a border between the object and the edge of the image.
    padded = torch.nn.functional.pad(mask.to(torch.uint8), (1, 1, 1, 1, 1, 1))
    k, j, i = padded.shape
    source = to_itk(Image(padded, Grid((k, j, i), spacing_mm)))
    signed = SimpleITK.SignedMaurerDistanceMap(
        source, insideIsPositive=False, squaredDistance=False, useImageSpacing=True
    )
    # Inside a thick object the sign is negative; a surface voxel of it is at distance zero.
    return from_itk(signed).voxels[1:-1, 1:-1, 1:-1].clamp(min=0)
