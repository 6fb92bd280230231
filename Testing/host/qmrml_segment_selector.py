"""qMRMLSegmentSelectorWidget: choose a segmentation, and a segment of it."""

from __future__ import annotations

import qt
import slicer
from PySide6 import QtCore

from host.qmrml_flags import remembered
from host.qmrml_node_combo_box import qMRMLNodeComboBox
from host.qmrml_widget import qMRMLWidget

SEGMENT_EVENTS = (
    slicer.vtkSegmentation.SegmentAdded,
    slicer.vtkSegmentation.SegmentRemoved,
    slicer.vtkSegmentation.SegmentModified,
)


class qMRMLSegmentSelectorWidget(qMRMLWidget):
    """A selector of segmentations above one of segments."""

    STUB = True
    SIGNATURES = {
        "currentNodeChanged(vtkMRMLNode*)": "currentNodeChanged",
        "currentSegmentChanged(QString)": "currentSegmentChanged",
        "segmentSelectionChanged(QStringList)": "segmentSelectionChanged",
    }
    currentNodeChanged = QtCore.Signal(object)
    currentSegmentChanged = QtCore.Signal(str)
    segmentSelectionChanged = QtCore.Signal(object)
    editEnabled = remembered(bool, "editEnabled")
    multiSelection = remembered(bool, "multiSelection")
    horizontalLayout = remembered(bool, "horizontalLayout")
    selectNodeUponCreation = remembered(bool, "selectNodeUponCreation")

    def __init__(self, parent=None):
        super().__init__(parent)
        self._kept = {
            "editEnabled": False,
            "multiSelection": False,
            "horizontalLayout": False,
            "selectNodeUponCreation": False,
        }
        self._none_enabled, self._segment_id, self._tags = False, "", []
        self._nodes, self._segments = qMRMLNodeComboBox(), qt.QComboBox()
        self._nodes.nodeTypes = ["vtkMRMLSegmentationNode"]
        self._nodes.addEnabled = False
        column = qt.QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._nodes)
        column.addWidget(self._segments)
        self._nodes.currentNodeChanged.connect(self._on_node)
        self._segments.activated.connect(lambda row: self._choose(self._segments.itemData(row)))

    def _get_none_enabled(self):
        return self._none_enabled

    def _set_none_enabled(self, enabled):
        self._none_enabled = enabled
        self._nodes.noneEnabled = enabled
        self._show_segments()

    noneEnabled = QtCore.Property(bool, _get_none_enabled, _set_none_enabled)

    def _get_selector_visible(self):
        return not self._nodes.isHidden()

    def _set_selector_visible(self, visible):
        self._nodes.setVisible(visible)

    segmentationNodeSelectorVisible = QtCore.Property(
        bool, _get_selector_visible, _set_selector_visible
    )

    def setMRMLScene(self, scene):
        """Offer the segmentations of a scene."""
        super().setMRMLScene(scene)
        self._nodes.setMRMLScene(scene)

    def currentNode(self):
        """Return the segmentation node or None."""
        return self._nodes.currentNode()

    def currentNodeID(self):
        """Return the ID of the segmentation node, or ""."""
        return self._nodes.currentNodeID

    def setCurrentNode(self, node):
        """Choose a segmentation node."""
        self._nodes.setCurrentNode(node)

    def setCurrentNodeID(self, node_id):
        """Choose a segmentation node by its ID."""
        self._nodes.setCurrentNodeID(node_id)

    def currentSegmentID(self):
        """Return the ID of the segment, or ""."""
        return self._segment_id

    def setCurrentSegmentID(self, segment_id):
        """Choose a segment; "" for none."""
        self._choose(segment_id if segment_id in self.segmentIDs() else "")

    def segmentIDs(self):
        """List the IDs of the segments that are offered."""
        node = self.currentNode()
        return list(node.GetSegmentation().GetSegmentIDs()) if node else []

    def selectedSegmentIDs(self):
        """List the chosen segments."""
        return [self._segment_id] if self._segment_id else []

    def setSelectedSegmentIDs(self, segment_ids):
        """Choose the first of these segments."""
        self.setCurrentSegmentID(segment_ids[0] if segment_ids else "")

    def _on_node(self, node):
        for segmentation, tag in self._tags:
            segmentation.RemoveObserver(tag)
        segmentation = node.GetSegmentation() if node else None
        events = SEGMENT_EVENTS if segmentation else ()
        self._tags = [
            (segmentation, segmentation.AddObserver(event, lambda *_: self._show_segments()))
            for event in events
        ]
        self._show_segments()
        self.currentNodeChanged.emit(node)

    def _show_segments(self):
        ids = self.segmentIDs()
        node, chosen = self.currentNode(), self._segment_id if self._segment_id in ids else ""
        self._segments.blockSignals(True)
        self._segments.clear()
        if self._none_enabled:
            self._segments.addItem("None", "")
        for segment_id in ids:
            self._segments.addItem(
                node.GetSegmentation().GetSegment(segment_id).GetName(), segment_id
            )
        self._segments.blockSignals(False)
        if not chosen and ids and not self._none_enabled:
            chosen = ids[0]
        self._choose(chosen)

    def _choose(self, segment_id):
        segment_id = segment_id or ""
        self._segments.setCurrentIndex(self._segments.findData(segment_id))
        if segment_id != self._segment_id:
            self._segment_id = segment_id
            self.currentSegmentChanged.emit(segment_id)
            self.segmentSelectionChanged.emit(self.selectedSegmentIDs())
