"""The lesions of a time point, in the space of the baseline, as segments."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import slicer
from vtk.util import numpy_support

from VolumePreservingRegLib.scene.geometry import oriented_like
from VolumePreservingRegLib.timeline.lesion_colours import colour_of

LINE_WIDTH = 2


def add_lesions(node: Any, labels: np.ndarray, names: Sequence[str], *, on: Any) -> None:
    """Fill a segmentation with a segment for each lesion that is there, its name as its ID."""
    node.SetReferenceImageGeometryParameterFromVolumeNode(on)
    node.CreateDefaultDisplayNodes()
    for index, name in enumerate(names):
        mask = labels == index + 1
        if not mask.any():
            continue
        segment = slicer.vtkSegment()
        segment.SetName(name)
        segment.SetColor(*colour_of(index))
        segment.AddRepresentation(
            slicer.vtkSegmentationConverter.GetBinaryLabelmapRepresentationName(),
            _oriented(mask, on),
        )
        node.GetSegmentation().AddSegment(segment, name)
    display = node.GetDisplayNode()
    display.SetVisibility(False)  # until the views of its own date are there
    display.SetVisibility2DFill(False)
    display.SetVisibility2DOutline(True)
    display.SetSliceIntersectionThickness(LINE_WIDTH)


def _oriented(mask: np.ndarray, scan: Any) -> Any:
    image = oriented_like(scan)
    image.GetPointData().SetScalars(
        numpy_support.numpy_to_vtk(mask.astype(np.uint8).ravel(), deep=True)
    )
    return image
