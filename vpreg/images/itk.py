"""Between our array-axis order and ITK's order (T12)."""

from __future__ import annotations

import numpy as np
import SimpleITK
import torch

from vpreg.images.grid import Grid
from vpreg.images.image import Image

# ITK has no pixel type for these: the narrowest one that holds every value.
_WIDER = {
    torch.bool: torch.uint8,
    torch.float16: torch.float32,
    torch.bfloat16: torch.float32,
}


def grid_from_itk(source: SimpleITK.Image) -> Grid:
    """Return the grid of a SimpleITK image in 3-D."""
    i, j, k = source.GetSize()
    spacing_i, spacing_j, spacing_k = source.GetSpacing()
    origin_x, origin_y, origin_z = source.GetOrigin()
    columns = np.asarray(source.GetDirection()).reshape(3, 3)[:, ::-1]
    x, y, z = (tuple(row) for row in columns.tolist())
    return Grid(
        shape=(k, j, i),
        spacing_mm=(spacing_k, spacing_j, spacing_i),
        origin_lps=(origin_x, origin_y, origin_z),
        direction=(x, y, z),
    )


def set_grid(target: SimpleITK.Image, grid: Grid) -> None:
    """Give a SimpleITK image of the same size the spacing, origin and direction of a grid."""
    target.SetSpacing(grid.spacing_mm[::-1])
    target.SetOrigin(grid.origin_lps)
    target.SetDirection([value for row in grid.direction for value in row[::-1]])


def from_itk(source: SimpleITK.Image) -> Image:
    """Copy a 3-D SimpleITK image, in its own pixel type."""
    array = SimpleITK.GetArrayFromImage(source)
    # torch computes with no unsigned type but the 8-bit one.
    if array.dtype.kind == "u" and array.dtype.itemsize > 1:
        array = array.astype(np.int32 if array.dtype.itemsize == 2 else np.int64)
    return Image(torch.from_numpy(array), grid_from_itk(source))


def to_itk(image: Image) -> SimpleITK.Image:
    """Copy an image to SimpleITK; bool becomes uint8, half precision becomes float32."""
    voxels = image.voxels.detach().cpu()
    voxels = voxels.to(_WIDER.get(voxels.dtype, voxels.dtype))
    target = SimpleITK.GetImageFromArray(voxels.numpy())
    set_grid(target, image.grid)
    return target
