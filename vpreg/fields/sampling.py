"""Where a field sends the voxels of its grid, and the coordinates torch samples at."""

from __future__ import annotations

from enum import Enum

import torch

Shape = tuple[int, int, int]


class Padding(Enum):
    """What lies outside an image."""

    ZEROS = "zeros"
    BORDER = "border"


def axis_coordinates(
    shape: Shape, *, device: torch.device | str = "cpu", dtype: torch.dtype = torch.float32
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Return the indices along K, J and I, shaped to broadcast against (K, J, I)."""
    lines = [torch.arange(n, device=device, dtype=dtype) for n in shape]
    return lines[0].view(-1, 1, 1), lines[1].view(1, -1, 1), lines[2].view(1, 1, -1)


def voxel_coordinates(
    shape: Shape, *, device: torch.device | str = "cpu", dtype: torch.dtype = torch.float32
) -> torch.Tensor:
    """Return every voxel's index as (3, K, J, I), channel a along array axis a."""
    lines = axis_coordinates(shape, device=device, dtype=dtype)
    return torch.stack([line.expand(shape) for line in lines])


def sampling_grid(u: torch.Tensor, source_shape: Shape) -> torch.Tensor:
    """Return x + u(x) in torch's unit coordinates of the source, channels first as in `u`.

    Cell-centred units (n = (2p + 1)/N - 1), which only `align_corners=False` reads right: T7.
    """
    check_field(u)
    lines = axis_coordinates(shape_of(u), device=u.device, dtype=u.dtype)
    unit = [(2 * line + 1) / n - 1 for line, n in zip(lines, source_shape, strict=True)]
    tracked = u.requires_grad and torch.is_grad_enabled()
    if tracked:
        planes = [torch.add(unit[a], u[a], alpha=2 / source_shape[a]) for a in range(3)]
        return torch.stack(planes)
    # One fused pass a plane: reading three short lines beats reading a cached base as large as u.
    grid = torch.empty_like(u, memory_format=torch.contiguous_format)
    for a in range(3):
        torch.add(unit[a], u[a].detach(), alpha=2 / source_shape[a], out=grid[a])
    return grid


def shape_of(u: torch.Tensor) -> Shape:
    """Return (K, J, I) of an image or of a tensor with leading channels."""
    k, j, i = u.shape[-3:]
    return (k, j, i)


def check_field(u: torch.Tensor) -> None:
    """Raise ValueError unless `u` is a floating field (3, K, J, I)."""
    if u.ndim != 4 or u.shape[0] != 3:
        msg = f"Give a displacement field of shape (3, K, J, I): this one is {tuple(u.shape)}."
        raise ValueError(msg)
    if not u.is_floating_point():
        msg = f"Convert the displacement field to a floating type first: it holds {u.dtype}."
        raise ValueError(msg)
