"""Pull a label map through a displacement field, each label on its own."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import torch

from vpreg.fields.sampling import Padding, axis_coordinates, check_field, shape_of

_SLICES_AT_ONCE = 16
_TIE = 1e-5


def warp_labels(
    labels: torch.Tensor, u: torch.Tensor, *, padding: Padding = Padding.ZEROS
) -> torch.Tensor:
    """Give each voxel the label whose linearly warped one-hot mask weighs most there.

    `labels` is (K, J, I) of any type and is kept exactly. Interpolating label values would bias
    a label of 2 that touches 0 (T23); the cost here does not grow with the number of labels.
    """
    check_field(u)
    out = torch.empty(shape_of(u), device=labels.device, dtype=labels.dtype)
    uniform = _uniform_cells(labels)
    lines = axis_coordinates(shape_of(u), device=u.device, dtype=u.dtype)
    for start in range(0, out.shape[0], _SLICES_AT_ONCE):
        slab = slice(start, start + _SLICES_AT_ONCE)
        moved = [lines[0][slab] + u[0, slab], lines[1] + u[1, slab], lines[2] + u[2, slab]]
        point = torch.stack(moved).detach()
        low = [axis.floor() for axis in point]
        # Most voxels lie amid eight of one label: only the others have to vote.
        part = _read(labels, low, padding)
        mixed = ~_read(uniform, low, Padding.ZEROS)
        part[mixed] = _vote(labels, point[:, mixed], padding)
        out[slab] = part
    return out


def _uniform_cells(labels: torch.Tensor) -> torch.Tensor:
    """Mark the voxels that start a cell of eight equal labels; the last along an axis do not."""
    uniform = torch.zeros(labels.shape, device=labels.device, dtype=torch.bool)
    k, j, i = (n - 1 for n in labels.shape)
    same = torch.ones((k, j, i), device=labels.device, dtype=torch.bool)
    first = labels[:k, :j, :i]
    for a, b, c in product((0, 1), repeat=3):
        same &= labels[a : a + k, b : b + j, c : c + i] == first
    uniform[:k, :j, :i] = same
    return uniform


def _vote(labels: torch.Tensor, point: torch.Tensor, padding: Padding) -> torch.Tensor:
    corners = list(_corners(labels, point, padding))
    votes = torch.stack([label for label, _ in corners])
    weights = torch.stack([weight for _, weight in corners])
    best = torch.full_like(weights[0], -1.0)
    chosen = votes[0].clone()
    for candidate in votes:
        score = (weights * (votes == candidate)).sum(0)
        # The margin lets the first corner win a tie whatever the rounding, so that a structure
        # moved by half a voxel keeps its size.
        better = score > best + _TIE
        best = torch.where(better, score, best)
        chosen = torch.where(better, candidate, chosen)
    return chosen


def _corners(
    labels: torch.Tensor, point: torch.Tensor, padding: Padding
) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
    """Yield the label and the linear weight of the eight voxels around each point."""
    low = point.floor()
    fraction = point - low
    for offset in product((0, 1), repeat=3):
        weight = torch.ones_like(fraction[0])
        for a, bit in enumerate(offset):
            weight = weight * (fraction[a] if bit else 1 - fraction[a])
        index = [low[a] + bit for a, bit in enumerate(offset)]
        yield _read(labels, index, padding), weight


def _read(labels: torch.Tensor, index: list[torch.Tensor], padding: Padding) -> torch.Tensor:
    flat = torch.zeros(index[0].shape, device=labels.device, dtype=torch.long)
    inside = torch.ones(index[0].shape, device=labels.device, dtype=torch.bool)
    for axis, n in zip(index, labels.shape, strict=True):
        inside &= (axis >= 0) & (axis < n)
        flat = flat * n + axis.clamp(0, n - 1).long()
    found = labels.flatten()[flat]
    return found if padding is Padding.BORDER else found.mul_(inside)
