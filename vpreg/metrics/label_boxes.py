"""The smallest box around each label."""

from __future__ import annotations

from typing import Any

import SimpleITK
import torch

from vpreg.images.grid import Grid
from vpreg.images.image import Image
from vpreg.images.itk import to_itk

Box = tuple[slice, slice, slice]


def label_boxes(labels: torch.Tensor) -> dict[int, Box]:
    """Return the box of every label but 0 of an integer map, as slices along K, J and I."""
    k, j, i = labels.shape
    shape_filter: Any = SimpleITK.LabelShapeStatisticsImageFilter()
    shape_filter.ComputePerimeterOff()
    shape_filter.Execute(to_itk(Image(labels, Grid((k, j, i)))))
    return {
        label: _slices(shape_filter.GetBoundingBox(label)) for label in shape_filter.GetLabels()
    }


def union(first: Box | None, second: Box | None) -> Box | None:
    """Return the smallest box around both."""
    if first is None or second is None:
        return first or second
    k, j, i = (
        slice(min(a.start, b.start), max(a.stop, b.stop))
        for a, b in zip(first, second, strict=True)
    )
    return (k, j, i)


def _slices(box: tuple[int, ...]) -> Box:
    """Turn ITK's start and size, in its order of axes, into slices."""
    i, j, k = (slice(start, start + size) for start, size in zip(box[:3], box[3:], strict=True))
    return (k, j, i)
