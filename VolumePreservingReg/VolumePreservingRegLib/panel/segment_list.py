"""The list of the segments of a segmentation, which Slicer's parameter node cannot connect."""

from __future__ import annotations

from typing import Any

import slicer
from slicer.i18n import tr as _
from slicer.util import VTKObservationMixin

ALL_SEGMENTS = ""


class SegmentList(VTKObservationMixin):
    """Keeps a combo box, the segments of a node and a field of the parameter node alike."""

    def __init__(self, comboBox: Any, field: str) -> None:
        """Fill `comboBox` for the segmentation in `field`."""
        VTKObservationMixin.__init__(self)
        self._comboBox = comboBox
        self._field = field
        self._parameters: Any = None
        self._segmentation: Any = None
        comboBox.connect("currentIndexChanged(int)", self._onIndexChanged)

    def connect(self, parameters: Any) -> None:
        """Show what a parameter node holds; None leaves the list empty."""
        self._parameters = parameters
        self.refresh()

    def refresh(self) -> None:
        """Show the parameter node as it is now."""
        node = getattr(self._parameters, self._field) if self._parameters else None
        self._observe(node.GetSegmentation() if node else None)
        self._fill()

    def _observe(self, segmentation: Any) -> None:
        if segmentation is self._segmentation:
            return
        self.removeObservers()
        self._segmentation = segmentation
        if segmentation is not None:
            events = slicer.vtkSegmentation
            for event in (events.SegmentAdded, events.SegmentRemoved, events.SegmentModified):
                self.addObserver(segmentation, event, self._onSegmentsChanged)

    def _fill(self) -> None:
        box = self._comboBox
        wasBlocked = box.blockSignals(True)
        box.clear()
        if self._segmentation is not None:
            box.addItem(_("All segments"), ALL_SEGMENTS)
            for segmentID in self._segmentation.GetSegmentIDs():
                box.addItem(self._segmentation.GetSegment(segmentID).GetName(), segmentID)
            # A segment that is gone shows as an empty choice, which the button explains.
            box.setCurrentIndex(box.findData(self._chosen()))
        box.setEnabled(self._segmentation is not None)
        box.blockSignals(wasBlocked)

    def _chosen(self) -> str:
        return str(getattr(self._parameters, f"{self._field}SegmentID"))

    def _onIndexChanged(self, index: int) -> None:
        if self._parameters is not None and self._segmentation is not None and index >= 0:
            setattr(
                self._parameters, f"{self._field}SegmentID", str(self._comboBox.itemData(index))
            )

    def _onSegmentsChanged(self, _caller: Any, _event: Any) -> None:
        self._fill()
        if self._parameters is not None:
            self._parameters.Modified()
