"""STSR and mean Jacobian of a segment, in Slicer's own table of segment statistics."""

from __future__ import annotations

import numpy as np
import slicer
from SegmentStatisticsPlugins import SegmentStatisticsPluginBase
from slicer.i18n import tr as _

from VolumePreservingRegLib.scene.jacobian_volumes import (
    determinants,
    is_jacobian,
    only_jacobian,
    organ_ratio,
)
from VolumePreservingRegLib.scene.segment_change import mean_determinant, size_ratio, stsr
from VolumePreservingRegLib.scene.segment_maps import segment_map

STSR, MEAN_JACOBIAN = "stsr", "mean_jacobian"


class VolumePreservingRegistration(SegmentStatisticsPluginBase):
    """Measures what an alignment does to the size of segments that lie on the baseline scan.

    The Jacobian volume is the one of the parameter `JacobianVolume`, else the scalar volume if it
    is one, else the only one of the scene. The name of the class is shown to users by Slicer.
    """

    def __init__(self):
        super().__init__()
        self.name = "Volume Preserving Registration"
        self.title = _("Volume Preserving Registration")
        self.keys = [STSR, MEAN_JACOBIAN]
        self.defaultKeys = list(self.keys)

    def computeStatistics(self, segmentID):
        """Return the measurements asked for; none if there is no Jacobian volume or no voxel."""
        keys, volume = self.getRequestedKeys(), self.jacobianVolume()
        if not keys or volume is None:
            return {}
        segmentation = self._node("Segmentation")
        try:
            labels = segment_map(segmentation, volume, segment_ids=[segmentID]).labels
        except ValueError:  # nothing of it lies on the scan
            return {}
        weights, determinant = labels.astype(np.float64), determinants(volume)
        found = {
            STSR: stsr(size_ratio(determinant, weights), organ_ratio(volume)),
            MEAN_JACOBIAN: mean_determinant(determinant, weights),
        }
        return {key: value for key, value in found.items() if key in keys and value == value}

    def getMeasurementInfo(self, key):
        """Return name, description and unit of a measurement."""
        if key == STSR:
            return self.createMeasurementInfo(
                name="STSR",
                title=_("STSR"),
                description=_(
                    "Size of the segment in proportion to the organ, before and after the "
                    "alignment: 1 if the alignment keeps it. A property of the alignment that "
                    "says nothing about growth."
                ),
                units="",
            )
        if key == MEAN_JACOBIAN:
            return self.createMeasurementInfo(
                name="Mean Jacobian",
                title=_("Mean Jacobian"),
                description=_(
                    "Mean determinant of the alignment in the segment: above 1 tissue shrinks, "
                    "2 is half the size."
                ),
                units="",
            )
        return None

    def jacobianVolume(self):
        """Return the Jacobian volume to measure on, or None."""
        chosen = self._node("JacobianVolume")
        if chosen is not None:
            return chosen
        scalar = self._node("ScalarVolume")
        return scalar if is_jacobian(scalar) else only_jacobian(slicer.mrmlScene)

    def _node(self, parameter: str):
        return slicer.mrmlScene.GetNodeByID(self.getParameterNode().GetParameter(parameter))
