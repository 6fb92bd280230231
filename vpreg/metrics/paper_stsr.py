"""STSR as the paper's program computes it, to compare with published figures."""

from __future__ import annotations

import torch

from vpreg.fields.warp import warp
from vpreg.metrics.region_change import divide
from vpreg.metrics.stsr import stsr

_TUMOR, _ORGAN = 1.5, 0.5


def stsr_of_label_map(labels: torch.Tensor, u: torch.Tensor) -> float:
    """Warp a moving map {0, 1 organ, 2 tumor} linearly and threshold it at 0.5 and 1.5.

    All lesions count as one, voxels out of view are not made up for, and a tumor beside the
    background is cut at three quarters of its border (T23): use `measure_stsr` for anything but a
    comparison. NaN without a tumor, inf if it is warped away.
    """
    before = labels.to(u.dtype)
    after = warp(before, u)
    tumor = divide(int((after > _TUMOR).sum()), int((before > _TUMOR).sum()))
    organ = divide(int((after > _ORGAN).sum()), int((before > _ORGAN).sum()))
    return stsr(tumor, organ)
