"""qMRMLTableView and its like: widgets that show one node."""

from __future__ import annotations

import qt
from PySide6 import QtCore
from vtk import vtkCommand


class qMRMLTableView(qt.QTableView):
    """Shows the cells of a vtkMRMLTableNode."""

    STUB = True
    SIGNATURES = {"mrmlSceneChanged(vtkMRMLScene*)": "mrmlSceneChanged"}
    mrmlSceneChanged = QtCore.Signal(object)

    def __init__(self, parent=None):
        super().__init__(parent)
        self._scene, self._node, self._tag = None, None, None
        self._model = qt.QStandardItemModel(self)
        self.setModel(self._model)

    def mrmlScene(self):
        """Return the scene or None."""
        return self._scene

    def setMRMLScene(self, scene):
        """Take the scene."""
        self._scene = scene
        self.mrmlSceneChanged.emit(scene)

    def mrmlTableNode(self):
        """Return the table node or None."""
        return self._node

    def setMRMLTableNode(self, node):
        """Show a table node, and follow its changes."""
        if self._node is not None:
            self._node.RemoveObserver(self._tag)
        self._node = node
        if node is not None:
            self._tag = node.AddObserver(vtkCommand.AnyEvent, lambda *_: self._show())
        self._show()

    def tableModel(self):
        """Return the model of the cells."""
        return self._model

    def _show(self):
        self._model.clear()
        if self._node is None or self._node.GetTable() is None:
            return
        columns = range(self._node.GetNumberOfColumns())
        names = [self._node.GetColumnName(column) for column in columns]
        if self._node.GetUseColumnTitleAsColumnHeader():
            names = [self._node.GetColumnTitle(name) or name for name in names]
        self._model.setHorizontalHeaderLabels(names)
        for row in range(self._node.GetNumberOfRows()):
            items = [qt.QStandardItem(self._node.GetCellText(row, column)) for column in columns]
            self._model.appendRow(items)
