"""Tell the segments of one alignment from those of the other."""

from __future__ import annotations

import vtk

from VolumePreservingRegLib.scene.aligned_tumor import ALIGNMENT_TAG

VOLUME_PRESERVING = "transform"
SIMILARITY_ONLY = "similarityTransform"


def segments_of(segmentation_node, alignment: str) -> list[str]:
    """Return the IDs of the segments that an alignment has carried, given by its role."""
    segmentation = segmentation_node.GetSegmentation()
    return [
        identifier
        for identifier in segmentation.GetSegmentIDs()
        if alignment_of(segmentation.GetSegment(identifier)) == alignment
    ]


def alignment_of(segment) -> str:
    """Return the role of the alignment that has carried a segment, or nothing."""
    value = vtk.reference("")
    return str(value) if segment.GetTag(ALIGNMENT_TAG, value) else ""
