"""Load the phantom of the demo as a user does, and select it in the panel."""

from __future__ import annotations

import slicer

ORGAN, TUMOR = "Brain", "Tumor"


def choose_phantom(parameters):
    """Load the sample data and select scans, tumors and brains in the parameter node."""
    import SampleData
    from VolumePreservingRegLib.scene.sample_data import SAMPLE_NAME

    SampleData.downloadSample(SAMPLE_NAME)
    for field, date in (("baseline", "baseline"), ("followUp", "follow-up")):
        scan = slicer.util.getNode(f"Phantom {date}")
        segmentation = slicer.util.getNode(f"Phantom {date} segmentation")
        setattr(parameters, field, scan)
        choose_segment(parameters, f"{field}Tumor", segmentation, TUMOR)
        choose_segment(parameters, f"{field}Organ", segmentation, ORGAN)
    parameters.preset = "brain-mr"


def choose_segment(parameters, field, segmentation, title):
    """Select one segment of a segmentation."""
    setattr(parameters, field, segmentation)
    found = segmentation.GetSegmentation().GetSegmentIdBySegmentName(title)
    setattr(parameters, f"{field}SegmentID", found)


def tumor_center_ras(parameters):
    """Return the middle of the tumor of the baseline."""
    segmentation = parameters.baselineTumor
    return segmentation.GetSegmentCenterRAS(parameters.baselineTumorSegmentID)
