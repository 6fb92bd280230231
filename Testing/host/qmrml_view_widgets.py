"""qMRMLThreeDWidget, qMRMLTableWidget and qMRMLPlotWidget: the other views of a layout."""

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

    def draw(self):
        """Draw now."""


class qMRMLThreeDWidget(ViewWidget):  # noqa: N801 - the name of the C++ class
    """A 3D view; the host shows only its name."""

    STUB = True

    def __init__(self, node, _mrml, _layout_manager):
        label = qt.QLabel("3D")
        label.setAlignment(qt.Qt.AlignCenter)
        label.setAutoFillBackground(True)
        super().__init__(node, label)

    def mrmlViewNode(self):
        """Return the node of the view."""
        return self._node


class qMRMLTableWidget(ViewWidget):  # noqa: N801 - the name of the C++ class
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


class qMRMLPlotWidget(ViewWidget):  # noqa: N801 - the name of the C++ class
    """A plot; the host shows only its name."""

    STUB = True

    def __init__(self, node, _mrml, _layout_manager):
        super().__init__(node, qt.QLabel("Plot"))

    def mrmlPlotViewNode(self):
        """Return the node of the view."""
        return self._node
