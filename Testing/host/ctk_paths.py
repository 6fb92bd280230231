"""ctkPathLineEdit and ctkDirectoryButton: a file or a folder."""

from __future__ import annotations

from enum import IntFlag

import qt
from PySide6 import QtCore


class Filter(IntFlag):
    """What may be chosen, as QDir::Filter numbers it."""

    Dirs = 1
    Files = 2
    Drives = 4
    NoDot = 0x2000
    NoDotDot = 0x4000
    Readable = 0x10
    Writable = 0x20
    Executable = 0x40
    Hidden = 0x100
    AllEntries = 7


def kept(kind, name):
    """Make a property that is only remembered."""
    return QtCore.Property(
        kind,
        lambda self: self._kept[name],
        lambda self, value: self._kept.__setitem__(name, value),
    )


class ctkPathLineEdit(qt.QWidget):
    """A line for a path."""

    STUB = True
    SIGNATURES = {
        "currentPathChanged(QString)": "currentPathChanged",
        "validInputChanged(bool)": "validInputChanged",
    }
    currentPathChanged = QtCore.Signal(str)
    validInputChanged = QtCore.Signal(bool)
    Dirs, Files, Readable, Writable = Filter.Dirs, Filter.Files, Filter.Readable, Filter.Writable
    Executable, Hidden, AllEntries = Filter.Executable, Filter.Hidden, Filter.AllEntries

    filters = kept(int, "filters")
    settingKey = kept(str, "settingKey")
    label = kept(str, "label")
    nameFilters = kept("QStringList", "nameFilters")
    showBrowseButton = kept(bool, "showBrowseButton")
    showHistoryButton = kept(bool, "showHistoryButton")

    def __init__(self, parent=None):
        super().__init__(parent)
        self._line = qt.QLineEdit()
        row = qt.QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._line)
        self._line.textChanged.connect(self.currentPathChanged.emit)
        self._kept = {
            "filters": int(Filter.AllEntries),
            "settingKey": "",
            "label": "",
            "nameFilters": [],
            "showBrowseButton": True,
            "showHistoryButton": True,
        }

    def _get_path(self):
        return self._line.text

    def _set_path(self, path):
        self._line.setText(path)

    currentPath = QtCore.Property(str, _get_path, _set_path)

    def setCurrentPath(self, path):
        """Set the path."""
        self._line.setText(path)

    def addCurrentPathToHistory(self):
        """Keep the path for the next time; the stand-in keeps none."""


class ctkDirectoryButton(qt.QWidget):
    """A button that shows a folder."""

    STUB = True
    SIGNATURES = {
        "directoryChanged(QString)": "directoryChanged",
        "directorySelected(QString)": "directorySelected",
    }
    directoryChanged = QtCore.Signal(str)
    directorySelected = QtCore.Signal(str)
    caption = kept(str, "caption")

    def __init__(self, parent=None):
        super().__init__(parent)
        self._kept = {"caption": ""}
        self._directory = "."
        self._button = qt.QPushButton(self._directory)
        row = qt.QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._button)

    def _get_directory(self):
        return self._directory

    def _set_directory(self, directory):
        if directory != self._directory:
            self._directory = directory
            self._button.setText(directory)
            self.directoryChanged.emit(directory)

    directory = QtCore.Property(str, _get_directory, _set_directory)
