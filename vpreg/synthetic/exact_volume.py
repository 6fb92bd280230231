"""Choose the inside of a function so that it has a given volume."""

from __future__ import annotations

import math

import torch


def cut_volume(values: torch.Tensor, voxels: float) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the mask of the lowest values, of this many voxels, and the level between in and out.

    Raises ValueError when fewer values are finite than are wanted.
    """
    count = round(voxels)
    flat = values.flatten()
    mask = torch.zeros_like(flat, dtype=torch.bool)
    if count == 0:
        return mask.view_as(values), flat.new_tensor(-torch.inf)
    free = int(torch.isfinite(flat).sum())
    if count + 1 > free:
        msg = (
            f"Give a smaller volume or a larger organ: {count} voxels are wanted, {free} are free."
        )
        raise ValueError(msg)
    lowest, index = torch.topk(flat, count + 1, largest=False)
    # By rank and not by level: values that are equal would fall in or out together.
    mask[index[:count]] = True
    return mask.view_as(values), (lowest[count - 1] + lowest[count]) / 2


def voxels_of_ball(radius: float) -> int:
    """Return of how many voxels a lesion with the volume of a ball of this radius is made."""
    return round(4 / 3 * math.pi * radius**3)
