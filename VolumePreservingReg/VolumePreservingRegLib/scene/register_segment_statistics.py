"""Let Slicer's Segment Statistics know our measurements."""

from __future__ import annotations


def register_segment_statistics() -> bool:
    """Register the plugin once; False where Slicer was built without Segment Statistics."""
    try:
        from SegmentStatistics import SegmentStatisticsLogic
    except ImportError:
        return False
    from VolumePreservingRegLib.scene.segment_statistics_plugin import VolumePreservingRegistration

    if VolumePreservingRegistration not in SegmentStatisticsLogic.registeredPlugins:
        SegmentStatisticsLogic.registerPlugin(VolumePreservingRegistration())
    return True
