"""The pieces of a soft mask that are surely one thing each."""

from __future__ import annotations

import SimpleITK
import torch

from vpreg.images.grid import Grid


def confident_pieces(
    mask: torch.Tensor, grid: Grid, *, least_ml: float, at_most: int
) -> tuple[torch.Tensor, ...]:
    """Return the largest connected pieces above one half, each as 0 or 1, the largest first."""
    core = (mask > 0.5).cpu().numpy().astype("uint8")
    labels = SimpleITK.ConnectedComponent(SimpleITK.GetImageFromArray(core), True)
    least_voxels = max(1, round(least_ml * 1000 / grid.voxel_volume_mm3))
    ordered = SimpleITK.RelabelComponent(labels, minimumObjectSize=least_voxels)
    by_size = torch.from_numpy(SimpleITK.GetArrayFromImage(ordered).astype("int32"))
    count = min(at_most, int(by_size.max()))
    return tuple((by_size == n + 1).to(mask) for n in range(count))
