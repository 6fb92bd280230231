"""qMRMLSliceWidget: a slice that MRML draws off screen, shown as a picture."""

from __future__ import annotations

import qt
from PySide6 import QtCore

from host.picture_label import PictureLabel
from host.qmrml_widget import qMRMLWidget
from host.slice_rendering import SliceView, SliceWidget


class qMRMLSliceView(PictureLabel):
    """The picture of a slice."""

    STUB = True

    def __init__(self, view: SliceView, node, layout_manager):
        super().__init__(layout_manager)
        self._view, self._node = view, node

    def mrmlSliceNode(self):
        """Return the node of the slice."""
        return self._node

    def renderWindow(self):
        """Return the window of VTK."""
        return self._view.renderWindow()

    def drawn_pixels(self):
        """Draw and return the pixels, rows from top to bottom."""
        return self._view.picture()


class qMRMLSliceWidget(qMRMLWidget):
    """A slice with its name above it and a slider for its offset."""

    STUB = True

    def __init__(self, node, mrml, layout_manager):
        super().__init__()
        self._parts = SliceWidget(node, mrml.application_logic)
        self._name = node.GetLayoutName()
        self._controller = qMRMLSliceControllerWidget(self._parts)
        self._view = qMRMLSliceView(self._parts.sliceView(), node, layout_manager)
        self._view._resized = self._parts.sliceLogic().ResizeSliceNode
        column = qt.QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._controller)
        column.addWidget(self._view, 1)
        for watched in (node, self._parts.mrmlSliceCompositeNode(), self._parts.sliceLogic()):
            watched.AddObserver("ModifiedEvent", lambda *_: self._view.scheduleRender())

    def name_of_view(self):
        """Return the name that layouts call the view by."""
        return self._name

    def draw_now(self):
        """Draw now."""
        self._controller.show_name()
        self._controller.show_offset()
        self._view.forceRender()

    def sliceLogic(self):
        """Return the logic of the slice."""
        return self._parts.sliceLogic()

    def mrmlSliceNode(self):
        """Return the node of the slice."""
        return self._parts.mrmlSliceNode()

    def mrmlSliceCompositeNode(self):
        """Return the node that names the volumes shown."""
        return self._parts.mrmlSliceCompositeNode()

    def sliceView(self):
        """Return the picture."""
        return self._view

    def sliceController(self):
        """Return the bar above the picture."""
        return self._controller

    def fitSliceToBackground(self):
        """Show the whole of the lowest volume."""
        self._parts.fitSliceToBackground()


class qMRMLSliceControllerWidget(qMRMLWidget):
    """The bar above a slice."""

    STUB = True

    def __init__(self, parts):
        super().__init__()
        self._parts = parts
        self._label = qt.QLabel()
        self.show_name()
        self._slider = qt.QSlider(QtCore.Qt.Orientation.Horizontal)
        self._slider.maximum = 1000
        self._value = qt.QLabel()
        row = qt.QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for widget in (self._label, self._slider, self._value):
            row.addWidget(widget)
        self._slider.valueChanged.connect(self._on_slider)

    def mrmlSliceNode(self):
        """Return the node of the slice."""
        return self._parts.mrmlSliceNode()

    def sliceLogic(self):
        """Return the logic of the slice."""
        return self._parts.sliceLogic()

    def fitSliceToBackground(self):
        """Show the whole of the lowest volume."""
        self._parts.fitSliceToBackground()

    def setSliceOffsetValue(self, offset):
        """Move the slice, and those linked with it."""
        logic = self.sliceLogic()
        logic.StartSliceOffsetInteraction()
        logic.SetSliceOffset(offset)
        logic.EndSliceOffsetInteraction()

    def setSliceLink(self, linked):
        """Move the other slices of this orientation along, or not."""
        self._parts.mrmlSliceCompositeNode().SetLinkedControl(int(linked))

    def show_name(self):
        """Name the view as its node does, in the color of the node."""
        node = self._parts.mrmlSliceNode()
        self._label.setText(node.GetLayoutLabel() or node.GetLayoutName())
        color = [round(255 * part) for part in node.GetLayoutColor()]
        self._label.setStyleSheet(
            f"background: rgb({color[0]},{color[1]},{color[2]}); padding: 2px"
        )

    def show_offset(self):
        """Set slider and number to where the slice is."""
        low, high = self._range()
        offset = self.sliceLogic().GetSliceOffset()
        self._slider.blockSignals(True)
        self._slider.setValue(round(1000 * (offset - low) / ((high - low) or 1.0)))
        self._slider.blockSignals(False)
        self._value.setText(f"{offset:.1f} mm")

    def _on_slider(self, position):
        low, high = self._range()
        self.setSliceOffsetValue(low + (high - low) * position / 1000)

    def _range(self):
        bounds = [0.0] * 6
        self.sliceLogic().GetLowestVolumeSliceBounds(bounds)
        return bounds[4], bounds[5]
