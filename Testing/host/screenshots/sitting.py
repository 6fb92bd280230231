"""A sitting before the panel: what a user does, and pictures of it."""

from __future__ import annotations

from PySide6 import QtCore
from VolumePreservingRegLib.review.linking import set_scale
from VolumePreservingRegLib.review.views import shown_views

from host.screenshots.png import write_png

SECTION = "CollapsibleButton"
WIDTH, HEIGHT, PANEL_WIDTH = 1400, 800, 460


class Sitting:
    """The panel in a window of the size of the pictures."""

    def __init__(self, host, folder):
        """Open the panel; pictures go to `folder`."""
        self.host, self._folder = host, folder
        self.panel = host.open_module("VolumePreservingReg")
        self.parameters = self.panel.logic.getParameterNode()
        host.window.resize(WIDTH, HEIGHT)
        host.window.findChild(QtCore.QObject, "PanelAndViews").setSizes(
            [PANEL_WIDTH, WIDTH - PANEL_WIDTH]
        )
        host.window.show()

    @property
    def ui(self):
        """The widgets of the panel."""
        return self.panel.ui

    def open_only(self, *sections):
        """Open some sections of the panel and close the rest, as there is room for."""
        for name in [name for name in vars(self.ui) if name.endswith(SECTION)]:
            getattr(self.ui, name).collapsed = name.removesuffix(SECTION) not in sections
        self.settle()

    def settle(self):
        """Let timers run out and views be drawn."""
        for _ in range(3):
            self.host.process_events()
        self.host.app.layoutManager().render_all()
        self.host.process_events()

    def look_at(self, place_ras):
        """Cut all slices through a place."""
        self.settle()
        for node in self._slices():
            node.JumpSliceByOffsetting(*place_ras)

    def zoom(self, place_ras, *, width_mm):
        """Show so much of each slice, with a place in its middle."""
        self.settle()
        for node in self._slices():
            set_scale(node, width_mm / node.GetDimensions()[0])
            node.JumpSliceByCentering(*place_ras)

    def take(self, picture):
        """Write a picture of the whole window."""
        self.settle()
        self._write(self.host.window.grab(), picture)

    def take_section(self, section, picture):
        """Write a picture of one section of the panel."""
        self.settle()
        self._write(getattr(self.ui, section + SECTION).grab(), picture)

    def _write(self, pixmap, picture):
        write_png(pixmap, self._folder / picture.file_name)

    def _slices(self):
        return [view.mrmlSliceNode() for view in shown_views(self.host.app.layoutManager())]
