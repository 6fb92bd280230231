"""The tissue labels that both scans of a synthetic pair show."""

from __future__ import annotations

from itertools import product

import torch

from vpreg.fields.sampling import voxel_coordinates
from vpreg.synthetic.pair import SyntheticPair


def seen_in_both(pair: SyntheticPair) -> tuple[torch.Tensor, torch.Tensor]:
    """Return both label maps (K, J, I), 0 wherever a lesion of either scan hides the tissue.

    What one scan hides has no counterpart in the other, so no overlap can be asked of it. In the
    fixed scan the truth says where that is; in the moving one every voxel counts that a hidden
    voxel of the fixed scan leads to, for the truth has no inverse at hand.
    """
    hidden = pair.fixed_tumor.voxels != 0
    fixed = pair.fixed_tissue.voxels * pair.correspondence.voxels
    gone = (pair.moving_tumor.voxels != 0) | _led_to(hidden, pair.u_true)
    return fixed, pair.moving_tissue.voxels.masked_fill(gone, 0)


def _led_to(mask: torch.Tensor, u: torch.Tensor) -> torch.Tensor:
    """Mark the eight voxels around every point x + u(x) of a mask."""
    shape = (mask.shape[0], mask.shape[1], mask.shape[2])
    points = (voxel_coordinates(shape, device=u.device) + u)[:, mask].floor().long()
    found = torch.zeros_like(mask)
    size = torch.tensor(shape, device=u.device)[:, None]
    for offset in product((0, 1), repeat=3):
        corner = points + torch.tensor(offset, device=u.device)[:, None]
        k, j, i = corner[:, ((corner >= 0) & (corner < size)).all(0)]
        found[k, j, i] = True
    return found
