"""Draw each tumor where its scan is shown."""

from __future__ import annotations

from VolumePreservingRegLib.review.outlines import Outlines
from VolumePreservingRegLib.review.scans import Scans


def show_tumor_outlines(outlines: Outlines, scans: Scans, views):
    """Draw the tumors of the baseline, the follow-up and the aligned follow-up on their images.

    `views` are pairs of a view and the image that it shows.

    The tumor of the baseline is drawn on the aligned follow-up too: the two together show growth.
    """
    follow_ups = (scans.aligned, scans.similarityAligned)
    images_of = (
        (scans.baselineTumor, (scans.baseline, *follow_ups)),
        (scans.followUpTumor, (scans.followUp,)),
        (scans.nodes.alignedTumor, follow_ups),
    )
    for segmentation, images in images_of:
        if segmentation is not None and segmentation.IsA("vtkMRMLSegmentationNode"):
            there = [view for view, image in views if image in images]
            outlines.show(segmentation, there)
