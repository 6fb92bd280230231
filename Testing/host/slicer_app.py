"""slicer.app: the application object of Slicer."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import qt
from PySide6 import QtCore, QtWidgets


class SlicerApplication(QtWidgets.QApplication):
    """The QApplication that also answers for the scene, views, settings and files."""

    startupCompleted = QtCore.Signal()
    majorVersion, minorVersion = 5, 13
    launcherExecutableFilePath = ""
    extensionsInstallPath = ""

    def __init__(self, arguments=("Slicer",)):
        super().__init__(list(arguments))
        self.setApplicationName("Slicer")
        self.setOrganizationName("slicer-host")
        self._mrml, self._layout_manager, self._module_manager = None, None, None
        self._testing = True
        self._folder = tempfile.TemporaryDirectory(prefix="slicer-host-")
        self.slicerHome = self._folder.name
        self.temporaryPath = str(Path(self._folder.name, "temporary"))
        Path(self.temporaryPath).mkdir()
        self._settings = qt.QSettings(
            str(Path(self._folder.name, "Slicer.ini")), qt.QSettings.IniFormat
        )

    def set_mrml(self, mrml):
        """Take scene, logic and storage from the host."""
        self._mrml = mrml

    def set_layout_manager(self, layout_manager):
        """Take the views from the host."""
        self._layout_manager = layout_manager

    def set_module_manager(self, module_manager):
        """Take what knows the modules from the host."""
        self._module_manager = module_manager

    def moduleManager(self):
        """Return what knows the modules."""
        return self._module_manager

    def set_testing(self, *, testing):
        """Say whether dialogs answer themselves."""
        self._testing = testing

    def mrmlScene(self):
        """Return the scene."""
        return self._mrml.scene

    def applicationLogic(self):
        """Return the logic that knows those of the modules, views and selection."""
        return self._mrml.application_logic

    def coreIOManager(self):
        """Return what reads and writes files."""
        return self._mrml.app.coreIOManager()

    ioManager = coreIOManager

    def moduleLogic(self, name):
        """Return the logic of a module that has one in C++."""
        return self._mrml.logics.get(name)

    def layoutManager(self):
        """Return the views, or None without a main window."""
        return self._layout_manager

    def testingEnabled(self):
        """Say whether dialogs answer themselves."""
        return self._testing

    def userSettings(self):
        """Return the settings of the user, empty at each start of the host."""
        return self._settings

    settings = revisionUserSettings = userSettings

    def startupEnvironment(self):
        """Return the environment that the application was started in."""
        found = qt.QProcessEnvironment()
        for name, value in os.environ.items():
            found.insert(name, value)
        return found

    def pauseRender(self):
        """Hold back the drawing of views."""
        if self._layout_manager:
            self._layout_manager.pauseRender()

    def resumeRender(self):
        """Draw again."""
        if self._layout_manager:
            self._layout_manager.resumeRender()

    def setRenderPaused(self, paused):
        """Hold back drawing, or draw again."""
        (self.pauseRender if paused else self.resumeRender)()
