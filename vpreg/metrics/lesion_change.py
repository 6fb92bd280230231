"""What a warp makes of every lesion, each one for itself (T29)."""

from __future__ import annotations

import torch

from vpreg.fields.sampling import axis_coordinates, shape_of
from vpreg.metrics.field_of_view import labels_at_edge_of_view, point_is_in_view
from vpreg.metrics.label_counts import label_counts
from vpreg.metrics.linear_corners import linear_corners
from vpreg.metrics.region_change import RegionChange
from vpreg.metrics.region_measurement import Mapping, measure_region


def lesion_changes(
    lesions: torch.Tensor, mapping: Mapping, *, reached: torch.Tensor
) -> dict[int, RegionChange]:
    """Measure each label of the moving map `lesions` (K, J, I); see `RegionChange`.

    Each label is warped as a channel of its own, so that a neighbour does not change its border
    (T23). `reached` is bool on the fixed grid: the voxels that see any lesion at all.
    """
    counts = label_counts(lesions)
    at_edge = labels_at_edge_of_view(lesions, mapping.u) & set(counts)
    index, weight = linear_corners(_targets(mapping.u, reached), _shape(lesions))
    seen = lesions.flatten()[index]
    determinant = mapping.determinant[reached]
    changes = {}
    for label, voxels in counts.items():
        weights = (weight * (seen == label)).sum(0)
        changes[label] = measure_region(
            weights,
            determinant,
            voxels_moving=voxels,
            in_view_fraction=_known_view(lesions, label, weights, mapping.u, at_edge),
            mapping=mapping,
        )
    return changes


def _known_view(
    lesions: torch.Tensor,
    label: int,
    weights: torch.Tensor,
    u: torch.Tensor,
    at_edge: set[int],
) -> float | None:
    """Return 1 or 0 for a lesion that is in view or out of it, None for one that may be cut."""
    if float(weights.sum()) > 0:
        return None if label in at_edge else 1.0
    # Nothing of it is left: squeezed away in view (a failure) or out of view (not measurable).
    return 1.0 if point_is_in_view(u, _inner_point(lesions, label).to(u)) else 0.0


def _inner_point(lesions: torch.Tensor, label: int) -> torch.Tensor:
    """Return the voxel of a lesion that is closest to its centroid."""
    inside = (lesions == label).nonzero().to(torch.float32)
    return inside[(inside - inside.mean(0)).square().sum(1).argmin()]


def _targets(u: torch.Tensor, where: torch.Tensor) -> torch.Tensor:
    """Return x + u(x), in moving voxels, at the fixed voxels of `where` as (3, P)."""
    lines = axis_coordinates(shape_of(u), device=u.device, dtype=u.dtype)
    return torch.stack([lines[a].expand(where.shape)[where] + u[a][where] for a in range(3)])


def _shape(voxels: torch.Tensor) -> tuple[int, int, int]:
    k, j, i = voxels.shape
    return (k, j, i)
