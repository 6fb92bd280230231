"""Which part of the moving image the fixed field of view shows (T25)."""

from __future__ import annotations

import torch

from vpreg.fields.jacobian import jacobian_matrix
from vpreg.fields.sampling import axis_coordinates, check_field, shape_of
from vpreg.fields.warp import warp
from vpreg.metrics.linear_corners import linear_corners

_FULLY_INSIDE = 0.99


def sees_moving(u: torch.Tensor, moving_shape: tuple[int, int, int]) -> torch.Tensor:
    """Return the fixed voxels that look well inside the moving image, as bool (K, J, I)."""
    return warp(torch.ones(moving_shape, device=u.device, dtype=u.dtype), u) > _FULLY_INSIDE


def labels_at_edge_of_view(labels: torch.Tensor, u: torch.Tensor) -> set[int]:
    """Return the moving labels (but 0) that the outermost voxels of the fixed grid land on.

    A connected region that the outer face does not meet is in view as a whole or not at all; no
    inverse of the field is needed to know that. A region within a voxel of it counts as met.
    """
    check_field(u)
    k, j, i = labels.shape
    points = _outer_faces(u)
    index, weight = linear_corners(points, (k, j, i))
    met = torch.unique(labels.flatten()[index[weight > 0]])
    return {int(label) for label in met if label != 0}


def point_is_in_view(u: torch.Tensor, point: torch.Tensor) -> bool:
    """Return whether the moving point (3,), in voxels, is the image of one inside the fixed grid.

    Decided at the fixed voxel that lands closest to it, so that it holds where tissue is squeezed
    to less than a voxel as well.
    """
    lines = axis_coordinates(shape_of(u), device=u.device, dtype=u.dtype)
    square = torch.zeros_like(u[0])
    for a in range(3):
        square += (lines[a] + u[a] - point[a]).square_()
    at = torch.unravel_index(square.argmin(), square.shape)
    nearest = torch.stack([index.to(u.dtype) for index in at])
    if all(0 < int(x) < n - 1 for x, n in zip(at, square.shape, strict=True)):
        return True
    gap = point - nearest - u[:, at[0], at[1], at[2]]
    inside = nearest + _inverse_step(u, at, gap)
    return all(-0.5 <= float(x) <= n - 0.5 for x, n in zip(inside, square.shape, strict=True))


def _inverse_step(u: torch.Tensor, at: tuple[torch.Tensor, ...], gap: torch.Tensor) -> torch.Tensor:
    """Return J^-1 gap at one voxel, from the few voxels around it."""
    window, centre = [], []
    for x, n in zip(at, shape_of(u), strict=True):
        start = max(int(x) - 1, 0)
        window.append(slice(start, min(int(x) + 2, n)))
        centre.append(int(x) - start)
    jacobian = jacobian_matrix(u[:, window[0], window[1], window[2]])
    k, j, i = centre
    # On the CPU, whose solver takes singular matrices.
    solved = torch.linalg.lstsq(jacobian[:, :, k, j, i].cpu(), gap[:, None].cpu())
    step: torch.Tensor = solved.solution[:, 0].to(u.device)
    return step


def _outer_faces(u: torch.Tensor) -> torch.Tensor:
    """Return where the field sends the outermost voxels of the six faces, as (3, P)."""
    lines = axis_coordinates(shape_of(u), device=u.device, dtype=u.dtype)
    target = [lines[a] + u[a] for a in range(3)]
    faces = [
        torch.stack([plane.select(a, at).flatten() for plane in target])
        for a in range(3)
        for at in (0, -1)
    ]
    return torch.cat(faces, dim=1)
