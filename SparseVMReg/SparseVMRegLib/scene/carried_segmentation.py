"""The structures of the atlas where the alignment puts them, as a segmentation."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import slicer
from VolumePreservingRegLib.scene.geometry import oriented_like
from vtk.util import numpy_support

from SparseVMRegLib.run.structures import Structure

MOST_OF_A_BYTE = 255


def fill_carried(node, labels, structures: Sequence[Structure], *, reference) -> None:
    """Fill a segmentation node from a volume of labels, with names and colors of the atlas.

    `reference` is a volume of the scene on the same voxels.

    All segments share one label map, as segments do in Slicer that do not overlap: many structures
    need no more memory than one.
    """
    node.SetReferenceImageGeometryParameterFromVolumeNode(reference)
    node.CreateDefaultDisplayNodes()
    shared = _shared_map(labels)
    for one in structures:
        segment = slicer.vtkSegment()
        segment.SetName(one.name)
        segment.SetColor(*one.rgb)
        if one.terminology:
            segment.SetTag(slicer.vtkSegment.GetTerminologyEntryTagName(), one.terminology)
        segment.SetLabelValue(one.label)
        segment.AddRepresentation(
            slicer.vtkSegmentationConverter.GetSegmentationBinaryLabelmapRepresentationName(),
            shared,
        )
        node.GetSegmentation().AddSegment(segment, one.segmentID)
    node.GetDisplayNode().SetVisibility2DFill(False)


def _shared_map(labels):
    values = slicer.util.arrayFromVolume(labels)
    kind = np.uint8 if int(values.max()) <= MOST_OF_A_BYTE else np.int16
    image = oriented_like(labels)
    scalars = numpy_support.numpy_to_vtk(values.astype(kind).ravel(), deep=True)
    image.GetPointData().SetScalars(scalars)
    return image
