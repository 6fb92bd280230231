"""Inputs: the scans, what is segmented in them, and what kind of scans they are."""

from __future__ import annotations

from typing import Any

import qt

from VolumePreservingRegLib.panel.presets import find_presets
from VolumePreservingRegLib.panel.segment_list import SegmentList

SEGMENTATIONS = ("baselineTumor", "followUpTumor", "baselineOrgan", "followUpOrgan")


class InputsSection:
    """What Slicer's parameter node does not connect by itself: presets and segments."""

    def __init__(self, ui: Any) -> None:
        """Fill the lists."""
        self._parameters: Any = None
        self._presets = ui.presetComboBox
        for index, preset in enumerate(find_presets()):
            self._presets.addItem(preset.title, preset.name)
            self._presets.setItemData(index, preset.description, qt.Qt.ToolTipRole)
        self._presets.connect("currentIndexChanged(int)", self._onPresetChanged)
        self._segments = {
            field: SegmentList(getattr(ui, f"{field}SegmentComboBox"), field)
            for field in SEGMENTATIONS
        }

    def connect(self, parameters: Any) -> None:
        """Show what a parameter node holds; None while there is none."""
        self._parameters = parameters
        for segments in self._segments.values():
            segments.connect(parameters)
        self.refresh()

    def refresh(self) -> None:
        """Show the parameter node as it is now."""
        if self._parameters is None:
            return
        wasBlocked = self._presets.blockSignals(True)
        self._presets.setCurrentIndex(max(0, self._presets.findData(self._parameters.preset)))
        self._presets.blockSignals(wasBlocked)
        for field, segments in self._segments.items():
            self._forget_segment_of_another(field)
            segments.refresh()

    def close(self) -> None:
        """Observe nothing any more."""
        self.connect(None)

    def _onPresetChanged(self, index: int) -> None:
        if self._parameters is not None and index >= 0:
            self._parameters.preset = str(self._presets.itemData(index))

    def _forget_segment_of_another(self, field: str) -> None:
        """Take all segments when no segmentation is chosen: the old one is no wish any more."""
        if getattr(self._parameters, field) is None:
            name = f"{field}SegmentID"
            if getattr(self._parameters, name):
                setattr(self._parameters, name, "")
