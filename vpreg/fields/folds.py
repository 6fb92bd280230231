"""Where a field folds, by the ten determinants of digital diffeomorphism."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import torch

from vpreg.fields.determinant import determinant_of_planes
from vpreg.fields.jacobian import at_least_single
from vpreg.fields.sampling import check_field, shape_of

_VOXELS_AT_ONCE = 1 << 18
_CORNERS = tuple((k, j, i) for k, j, i in product((0, 1), repeat=3))
_EVEN = ((0, 0, 0), (0, 1, 1), (1, 0, 1), (1, 1, 0))
_ODD = ((1, 1, 1), (1, 0, 0), (0, 1, 0), (0, 0, 1))

Corner = tuple[int, int, int]


@dataclass(frozen=True)
class Folds:
    """Which voxels fold, and how much volume (in voxels) the folded tetrahedra turn inside out."""

    mask: torch.Tensor
    volume_voxels: float


def find_folds(u: torch.Tensor) -> Folds:
    """Check the ten tetrahedra of every cell of eight voxels (Liu et al., IJCV 2024).

    A cell splits into five tetrahedra in two ways: four at alternate corners, which together give
    the eight one-sided Jacobians, and one in the middle of each way. Central differences see none
    of the folds that alternate from voxel to voxel (T10). A voxel folds if a tetrahedron at it has
    no positive volume; the middle ones count for the lowest voxel of their cell. `u` may be of
    half precision, which is raised to float32.
    """
    check_field(u)
    u = at_least_single(u.detach())
    mask = torch.zeros(shape_of(u), device=u.device, dtype=torch.bool)
    if min(mask.shape) < 2:
        return Folds(mask, 0.0)
    folded = torch.zeros((), device=u.device, dtype=torch.float64)
    k, j, i = (n - 1 for n in mask.shape)
    step = max(1, _VOXELS_AT_ONCE // (j * i))
    for start in range(0, k, step):
        stop = min(start + step, k)
        for (a, b, c), det in _determinants(u[:, start : stop + 1]):
            mask[start + a : stop + a, b : b + j, c : c + i] |= det <= 0
            folded -= det.clamp(max=0).sum(dtype=torch.float64)
    # A tetrahedron is a sixth of its determinant, and both ways of splitting are averaged.
    return Folds(mask, float(folded) / 12)


def fold_mask(u: torch.Tensor) -> torch.Tensor:
    """Return the voxels at which the field folds, as bool (K, J, I); see `find_folds`."""
    return find_folds(u).mask


def count_folds(u: torch.Tensor) -> int:
    """Return how many voxels fold; see `find_folds`."""
    return int(find_folds(u).mask.sum())


def non_diffeomorphic_volume(u: torch.Tensor) -> float:
    """Return the volume in voxels that is turned inside out; see `find_folds`."""
    return find_folds(u).volume_voxels


def _determinants(u: torch.Tensor) -> Iterator[tuple[Corner, torch.Tensor]]:
    """Yield the voxel of the cell that each of the ten belongs to, and its determinants."""
    edges = [_edges(u, a) for a in range(3)]
    for corner in _CORNERS:
        columns = [_at_start_of_edge(edges[a], a, corner).unbind() for a in range(3)]
        yield corner, determinant_of_planes(columns)
    yield (0, 0, 0), _middle(u, _EVEN, sign=1)
    yield (0, 0, 0), _middle(u, _ODD, sign=-1)


def _edges(u: torch.Tensor, axis: int) -> torch.Tensor:
    """Return phi(x + e_axis) - phi(x) for every pair of neighbours along the axis."""
    edge = u.diff(dim=axis + 1)
    edge[axis] += 1
    return edge


def _at_start_of_edge(edge: torch.Tensor, axis: int, corner: Corner) -> torch.Tensor:
    """Return for each cell the edge along `axis` that ends in `corner`."""
    for a, bit in enumerate(corner):
        if a != axis:
            edge = edge.narrow(a + 1, bit, edge.shape[a + 1] - 1)
    return edge


def _middle(u: torch.Tensor, corners: tuple[Corner, ...], *, sign: int) -> torch.Tensor:
    """Return 6 x the volume of the tetrahedron on every other corner of each cell (2 at rest)."""
    apex = _corner_of_cells(u, corners[0])
    columns = []
    for corner in corners[1:]:
        column = (_corner_of_cells(u, corner) - apex).mul_(sign)
        for a in range(3):
            column[a] += sign * (corner[a] - corners[0][a])
        columns.append(column.unbind())
    return determinant_of_planes(columns)


def _corner_of_cells(u: torch.Tensor, corner: Corner) -> torch.Tensor:
    for a, bit in enumerate(corner):
        u = u.narrow(a + 1, bit, u.shape[a + 1] - 1)
    return u
