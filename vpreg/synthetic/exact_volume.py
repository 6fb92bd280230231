"""Choose the level of a function at which its inside has a given volume."""

from __future__ import annotations

import torch


def level_of_volume(values: torch.Tensor, voxels: float) -> torch.Tensor:
    """Return the level that `voxels` of the values lie below, between two neighbours in rank.

    Raises ValueError when there is no room for that many voxels.
    """
    count = round(voxels)
    flat = values.flatten()
    finite = int(torch.isfinite(flat).sum())
    if count + 1 > finite:
        msg = (
            f"Give a smaller volume or a larger organ: {count} voxels are wanted where "
            f"{finite} are free."
        )
        raise ValueError(msg)
    if count == 0:
        return flat.new_tensor(-torch.inf)
    lowest = torch.topk(flat, count + 1, largest=False).values
    return (lowest[count - 1] + lowest[count]) / 2
