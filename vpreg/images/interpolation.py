"""How values between voxel centres are found."""

from __future__ import annotations

from enum import Enum


class Interpolation(Enum):
    """Choose linear for scans, labels for label maps, nearest for whatever must not be mixed.

    LABELS is the label with the largest linear weight (T23), smoother than NEAREST: the argmax of
    the linearly sampled one-hot channels. On a tie the voxel of the lower index wins.
    """

    LINEAR = "linear"
    NEAREST = "nearest"
    LABELS = "labels"
