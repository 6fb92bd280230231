"""Every time point where its alignment puts it: on the grid of the baseline scan."""

from __future__ import annotations

import numpy as np
import SimpleITK
import torch

from vpreg.images.image import Image
from vpreg.images.itk import from_itk, to_itk
from vpreg.lesions.tracking import Tracking


def scan_in_baseline_space(tracking: Tracking, time: int) -> Image:
    """Return the scan of a time point on the grid of the baseline scan."""
    scan, alignment = tracking.visits[time].scan, tracking.alignments[time]
    if alignment is None:
        return scan
    outside = float(scan.array.min())
    return _resampled(
        to_itk(scan), tracking, alignment.from_baseline, SimpleITK.sitkLinear, outside=outside
    )


def lesions_in_baseline_space(tracking: Tracking, time: int) -> Image:
    """Return a label map on the grid of the baseline scan: n marks the n-th lesion of the study.

    Labels are looked up, not interpolated, so that a lesion of one voxel may be lost.
    """
    segmentation, alignment = tracking.segmentations[time], tracking.alignments[time]
    lesion_of = np.zeros(len(segmentation.pieces) + 1, dtype=np.int16)
    for number, lesion in enumerate(tracking.lesions, start=1):
        lesion_of[list(lesion.appearances[time].pieces)] = number
    own = Image(torch.as_tensor(lesion_of[segmentation.numbers]), segmentation.grid)
    same_grid = own.grid.matches(tracking.visits[0].scan.grid)
    if alignment is None and same_grid:
        return own
    transform = SimpleITK.Transform(3, SimpleITK.sitkIdentity)
    if alignment is not None:
        transform = alignment.from_baseline
    return _resampled(to_itk(own), tracking, transform, SimpleITK.sitkNearestNeighbor, outside=0.0)


def _resampled(
    source: SimpleITK.Image,
    tracking: Tracking,
    transform: SimpleITK.Transform,
    interpolator: int,
    *,
    outside: float,
) -> Image:
    like = to_itk(tracking.visits[0].scan)
    return from_itk(SimpleITK.Resample(source, like, transform, interpolator, outside))
