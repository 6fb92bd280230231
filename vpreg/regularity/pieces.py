"""Cut a field into pieces small enough for the cache, around what a weight lets through."""

from __future__ import annotations

from collections.abc import Iterator

import torch

from vpreg.regularity.stencils import DeterminantStencil

VOXELS_AT_ONCE = 1 << 17

Window = tuple[slice, slice, slice]


def pieces(
    weight: torch.Tensor, stencil: DeterminantStencil
) -> Iterator[tuple[Window, torch.Tensor]]:
    """Yield windows of the field with the weight of each, which together cover the weight once.

    A window holds the neighbours that the stencil needs; those weigh nothing, so that what it takes
    there, for want of their own neighbours, does not matter. Outside the bounding box of the weight
    there is no piece: the cost is that of the lesion, not of the scan.
    """
    box = bounding_box(weight)
    if box is None:
        return
    (k0, k1), *plane = box
    area = max(1, (plane[0][1] - plane[0][0]) * (plane[1][1] - plane[1][0]))
    step = max(1, VOXELS_AT_ONCE // area) if weight.device.type == "cpu" else k1 - k0
    for start in range(k0, k1, step):
        stop = min(start + step, k1)
        if stencil is DeterminantStencil.BACKWARD:
            # Value x of the weight belongs to voxel x + 1 of the field and takes voxel x as well.
            rows = ((start, stop), *plane)
            window = tuple(slice(lo, hi + 1) for lo, hi in rows)
            yield _window(window), weight[tuple(slice(lo, hi) for lo, hi in rows)]
        else:
            yield _central_piece(weight, ((start, stop), *plane))


def _central_piece(
    weight: torch.Tensor, rows: tuple[tuple[int, int], ...]
) -> tuple[Window, torch.Tensor]:
    window = _window(
        tuple(
            slice(max(0, lo - 1), min(n, hi + 1))
            for (lo, hi), n in zip(rows, weight.shape, strict=True)
        )
    )
    part = weight[window].clone()
    part[: rows[0][0] - window[0].start] = 0.0
    part[rows[0][1] - window[0].start :] = 0.0
    return window, part


def bounding_box(weight: torch.Tensor) -> list[tuple[int, int]] | None:
    """Return first and one past last index along each axis where the weight is not zero."""
    there = weight != 0
    box = []
    for axis in range(3):
        index = _line(there, axis).nonzero()
        if index.numel() == 0:
            return None
        box.append((int(index[0]), int(index[-1]) + 1))
    return box


def _line(there: torch.Tensor, axis: int) -> torch.Tensor:
    others = tuple(a for a in range(3) if a != axis)
    return there.any(others[1]).any(others[0])


def _window(slices: tuple[slice, ...]) -> Window:
    return (slices[0], slices[1], slices[2])
