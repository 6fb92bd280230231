"""qMRMLTableWidget, and what the other views of a layout share with it."""

from __future__ import annotations

import qt

from host.qmrml_views import qMRMLTableView
from host.qmrml_widget import qMRMLWidget


class ViewWidget(qMRMLWidget):
    """A widget around one view."""

    STUB = True

    def __init__(self, node, view):
        super().__init__()
        self._node, self._view = node, view
        column = qt.QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(view)

    def mrmlAbstractViewNode(self):
        """Return the node of the view."""
        return self._node

    def draw_now(self):
        """Draw now."""


class qMRMLTableWidget(ViewWidget):
    """Shows the table of its view node."""

    STUB = True

    def __init__(self, node, _mrml, _layout_manager):
        super().__init__(node, qMRMLTableView())
        node.AddObserver("ModifiedEvent", self._on_node)

    def tableView(self):
        """Return the table."""
        return self._view

    def mrmlTableViewNode(self):
        """Return the node of the view."""
        return self._node

    def _on_node(self, *_):
        table = self._node.GetTableNode()
        if table is not self._view.mrmlTableNode():
            self._view.setMRMLTableNode(table)
