"""The tumor of the follow-up where each alignment puts it, as a segmentation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import slicer
from slicer.i18n import tr as _
from vtk.util import numpy_support

from VolumePreservingRegLib.scene.colours import SIMILARITY_ONLY_RGB, VOLUME_PRESERVING_RGB
from VolumePreservingRegLib.scene.geometry import oriented_like
from VolumePreservingRegLib.scene.pull import pull_mask
from VolumePreservingRegLib.scene.segment_maps import SegmentMap

ALIGNMENT_TAG = "VolumePreservingReg.alignment"
SOURCE_TAG = "VolumePreservingReg.sourceSegment"


@dataclass(frozen=True)
class CarriedSegment:
    """One segment after one alignment, on the grid of the fixed scan."""

    role: str
    label: int
    name: str
    mask: np.ndarray


def carry_segments(tumor: SegmentMap, transforms, *, moving, fixed) -> list[CarriedSegment]:
    """Carry each segment of the moving scan through each transform node, given by role."""
    return [
        CarriedSegment(role, label, name, mask)
        for role, node in transforms.items()
        for label, name in tumor.names.items()
        for mask in [
            pull_mask(
                tumor.labels == label, node.GetTransformFromParent(), moving=moving, fixed=fixed
            )
        ]
    ]


def add_segments(node, carried: list[CarriedSegment], tumor: SegmentMap, *, fixed) -> None:
    """Fill a segmentation node; the alignments differ by colour and by name."""
    node.SetReferenceImageGeometryParameterFromVolumeNode(fixed)
    node.CreateDefaultDisplayNodes()
    for one in carried:
        segment = slicer.vtkSegment()
        segment.SetName(segment_name(one))
        segment.SetColor(*_colour(one.role))
        segment.SetTag(ALIGNMENT_TAG, one.role)
        segment.SetTag(SOURCE_TAG, tumor.segment_ids.get(one.label, ""))
        segment.AddRepresentation(
            slicer.vtkSegmentationConverter.GetSegmentationBinaryLabelmapRepresentationName(),
            _oriented(one.mask, fixed),
        )
        node.GetSegmentation().AddSegment(segment, f"{one.role}_{one.label}")
    display = node.GetDisplayNode()
    display.SetVisibility2DFill(False)
    display.SetVisibility2DOutline(True)


def segment_name(one: CarriedSegment) -> str:
    """Return the name of the segment and of its alignment."""
    if one.role == "similarityTransform":
        return _("{name}, similarity-only").format(name=one.name)
    return _("{name}, volume-preserving").format(name=one.name)


def _colour(role: str):
    return SIMILARITY_ONLY_RGB if role == "similarityTransform" else VOLUME_PRESERVING_RGB


def _oriented(mask: np.ndarray, fixed):
    image = oriented_like(fixed)
    scalars = numpy_support.numpy_to_vtk(mask.astype(np.uint8).ravel(), deep=True)
    image.GetPointData().SetScalars(scalars)
    return image
