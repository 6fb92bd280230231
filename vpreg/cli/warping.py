"""Warp a file by a file."""

from __future__ import annotations

from pathlib import Path

import torch

from vpreg.cli.fixed_grid import grid_for
from vpreg.fields.files import read_transform
from vpreg.fields.transforms import field_from_itk
from vpreg.fields.warp import warp
from vpreg.images.image import Image
from vpreg.images.interpolation import Interpolation
from vpreg.images.reading import read_image, read_labels
from vpreg.images.writing import write_image


def warp_file(
    moving_path: Path,
    transform_path: Path,
    *,
    output: Path,
    like: Path | None,
    interpolation: Interpolation,
    background: float,
    device: torch.device,
) -> dict[str, object]:
    """Write the moving image on the fixed grid and return what was done; labels stay whole."""
    moving = read_moving(moving_path, interpolation=interpolation)
    transform = read_transform(transform_path)
    grid = grid_for(transform, like=like, name=transform_path.name)
    u = field_from_itk(transform, grid, moving_grid=moving.grid, device=device)
    # The engine pads with zeros, so the background is what zero stands for meanwhile.
    shifted = moving.voxels.to(device) - background if background else moving.voxels.to(device)
    warped = warp(shifted, u, interpolation=interpolation)
    voxels = warped + background if background else warped
    write_image(Image(voxels.cpu(), grid), output)
    return {"output": str(output), "shape": grid.shape, "spacing_mm": grid.spacing_mm}


def read_moving(path: Path, *, interpolation: Interpolation) -> Image:
    """Read a label map if labels are asked for, else a scan."""
    if interpolation is Interpolation.LABELS:
        return read_labels(path, allow_constant=True)
    return read_image(path)
