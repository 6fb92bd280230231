"""A widget that shows what VTK draws off screen."""

from __future__ import annotations

import numpy as np
import qt
from PySide6 import QtCore, QtGui


class PictureLabel(qt.QWidget):
    """Draws soon after it is asked to, once for all that ask meanwhile."""

    STUB = True

    def __init__(self, layout_manager):
        super().__init__()
        self._layout_manager, self._image = layout_manager, None
        self._resized = None
        self.setMinimumSize(80, 80)
        self._timer = qt.QTimer(self)
        self._timer.singleShot = True
        self._timer.connect("timeout()", self._draw_if_seen)

    def scheduleRender(self):
        """Draw when the events of now are done."""
        self._timer.start(10)

    def forceRender(self):
        """Draw now."""
        if self._resized is not None and self.width > 1 and self.height > 1:
            self._resized(self.width, self.height)
            self.renderWindow().SetSize(self.width, self.height)
        pixels = np.ascontiguousarray(self.drawn_pixels())
        height, width, _ = pixels.shape
        kind = QtGui.QImage.Format.Format_RGB888
        self._image = QtGui.QImage(pixels.data, width, height, 3 * width, kind).copy()
        self.update()

    def paintEvent(self, _event):
        """Show the last picture."""
        painter = QtGui.QPainter(self)
        painter.fillRect(self.rect, QtCore.Qt.GlobalColor.black)
        if self._image is not None:
            painter.drawImage(self.rect, self._image)

    def resizeEvent(self, event):
        """Draw again in the new size."""
        super().resizeEvent(event)
        self.scheduleRender()

    def _draw_if_seen(self):
        if self.visible and not self._layout_manager.is_paused():
            self.forceRender()
