"""Draw each tumor where its scan is shown."""

from __future__ import annotations

from VolumePreservingRegLib.review.aligned_segments import (
    SIMILARITY_ONLY,
    VOLUME_PRESERVING,
    segments_of,
)
from VolumePreservingRegLib.review.outlines import (
    LINE_WIDTH,
    THIN_LINE_WIDTH,
    Outlines,
    leave_as_found,
)
from VolumePreservingRegLib.review.scans import Scans


def forget_former_outlines(scans: Scans):
    """Display the tumors as before a review with which their scene was saved."""
    every = (scans.baselineTumor, scans.followUpTumor, scans.drawnOnBaseline)
    for segmentation in (*every, scans.nodes.alignedTumor):
        if segmentation is not None and segmentation.IsA("vtkMRMLSegmentationNode"):
            leave_as_found(segmentation)


def show_tumor_outlines(outlines: Outlines, scans: Scans, views):
    """Draw the tumors of the baseline, the follow-up and the aligned follow-up on their images.

    `views` are pairs of a view and the image that it shows. The tumor of the baseline is drawn on
    the aligned follow-up too, as the two together show growth.
    """
    aligned, similar = scans.aligned, scans.similarityAligned
    images_of = (
        (scans.baselineTumor, (scans.baseline, aligned, similar), None),
        (scans.followUpTumor, (scans.followUp,), None),
        (scans.drawnOnBaseline, (scans.baseline, aligned), None),
        (scans.nodes.alignedTumor, (aligned,), VOLUME_PRESERVING),
        (scans.nodes.alignedTumor, (similar,), SIMILARITY_ONLY),
    )
    for segmentation, images, alignment in images_of:
        if segmentation is None or not segmentation.IsA("vtkMRMLSegmentationNode"):
            continue
        there = [view for view, image in views if image is not None and image in images]
        segments = segments_of(segmentation, alignment) if alignment else None
        width = THIN_LINE_WIDTH if segmentation is scans.drawnOnBaseline else LINE_WIDTH
        outlines.show(segmentation, there, segments=segments, width=width)
