"""The main window: the panel on the left, the views on the right, a status bar."""

from __future__ import annotations

import qt

from host.layout_manager import qSlicerLayoutManager


class MainWindow(qt.QMainWindow):
    """What slicer.util.mainWindow() finds."""

    def __init__(self, mrml):
        super().__init__()
        self.objectName = "qSlicerMainWindow"
        self.windowTitle = "Volume Preserving Registration"
        self.layout_manager = qSlicerLayoutManager(mrml)
        self._scroll = qt.QScrollArea()
        self._scroll.widgetResizable = True
        self._scroll.setMinimumWidth(420)
        splitter = qt.QSplitter()
        splitter.objectName = "PanelAndViews"
        splitter.addWidget(self._scroll)
        splitter.addWidget(self.layout_manager.viewport())
        splitter.setStretchFactor(1, 1)
        self.setCentralWidget(splitter)
        self.statusBar()
        self.resize(1280, 800)

    def show_panel(self, panel):
        """Show the panel of a module, in place of the one shown before."""
        if self._scroll.widget() is not panel:
            self._scroll.takeWidget()
            self._scroll.setWidget(panel)
            panel.setVisible(True)
