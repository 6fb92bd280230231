"""qSlicerLayoutManager: shows the views of the chosen layout."""

from __future__ import annotations

import qt
import slicer
from PySide6 import QtCore
from vtk import VTK_OBJECT, calldata_type, vtkCommand

from host.layout_xml import Arrangement, read_layout
from host.qmrml_plot_widget import qMRMLPlotWidget
from host.qmrml_slice_widget import qMRMLSliceWidget
from host.qmrml_threed_widget import qMRMLThreeDWidget
from host.qmrml_view_widgets import qMRMLTableWidget

WIDGETS = {
    "vtkMRMLSliceNode": qMRMLSliceWidget,
    "vtkMRMLViewNode": qMRMLThreeDWidget,
    "vtkMRMLTableViewNode": qMRMLTableWidget,
    "vtkMRMLPlotViewNode": qMRMLPlotWidget,
}
ORIENTATIONS = {"horizontal": "Horizontal", "vertical": "Vertical"}


class qSlicerLayoutManager(qt.QObject):
    """The real logic of layouts, and a widget for each of its views."""

    STUB = True
    SIGNATURES = {"layoutChanged(int)": "layoutChanged"}
    layoutChanged = QtCore.Signal(int)

    def __init__(self, mrml):
        super().__init__()
        self._mrml, self._paused, self._shown = mrml, 0, 0
        self._viewport = qt.QWidget()
        self._viewport.setLayout(qt.QVBoxLayout())
        self._viewport.layout().setContentsMargins(0, 0, 0, 0)
        self._widgets, self._gone = {}, []
        self._logic = slicer.vtkMRMLLayoutLogic()
        self._logic.SetMRMLApplicationLogic(mrml.application_logic)
        self._logic.SetMRMLScene(mrml.scene)
        self._link = slicer.vtkMRMLSliceLinkLogic()
        self._link.SetMRMLApplicationLogic(mrml.application_logic)
        self._link.SetMRMLScene(mrml.scene)
        self._timer = qt.QTimer(self)
        self._timer.singleShot = True
        self._timer.connect("timeout()", self._arrange)
        node = self._logic.GetLayoutNode()
        node.AddObserver(vtkCommand.ModifiedEvent, self._on_layout_node)
        batch_end = slicer.vtkMRMLScene.EndBatchProcessEvent
        mrml.scene.AddObserver(batch_end, self._on_layout_node)
        mrml.scene.AddObserver(slicer.vtkMRMLScene.NodeRemovedEvent, self._on_removed)
        self.setLayout(slicer.vtkMRMLLayoutNode.SlicerLayoutFourUpView)

    def _get_layout(self):
        return self._logic.GetLayoutNode().GetViewArrangement()

    def setLayout(self, number):
        """Show a layout; views are made as needed and kept."""
        self._logic.GetLayoutNode().SetViewArrangement(number)
        self._on_layout_node()

    layout = QtCore.Property(int, _get_layout, setLayout)

    def layoutLogic(self):
        """Return the logic of layouts."""
        return self._logic

    def mrmlSliceLogics(self):
        """Return the logics of the slices."""
        return self._mrml.application_logic.GetSliceLogics()

    def viewport(self):
        """Return the widget that holds the views."""
        return self._viewport

    def sliceViewNames(self):
        """Name the slice views made until now, shown or not."""
        return tuple(one.name_of_view() for one in self._of(qMRMLSliceWidget))

    def sliceWidget(self, name):
        """Return the slice view of a name, or None."""
        found = [one for one in self._of(qMRMLSliceWidget) if one.name_of_view() == name]
        return found[0] if found else None

    def threeDWidget(self, index):
        """Return the 3D view at a place, or None."""
        return self._nth(qMRMLThreeDWidget, index)

    def tableWidget(self, index):
        """Return the table view at a place, or None."""
        return self._nth(qMRMLTableWidget, index)

    def plotWidget(self, index):
        """Return the plot view at a place, or None."""
        return self._nth(qMRMLPlotWidget, index)

    threeDViewCount = QtCore.Property(int, lambda self: len(self._of(qMRMLThreeDWidget)))
    tableViewCount = QtCore.Property(int, lambda self: len(self._of(qMRMLTableWidget)))
    plotViewCount = QtCore.Property(int, lambda self: len(self._of(qMRMLPlotWidget)))

    def resetSliceViews(self):
        """Fit every slice to its volume."""
        for widget in self._of(qMRMLSliceWidget):
            widget.sliceLogic().FitSliceToBackground()

    def resetThreeDViews(self):
        """Put every camera back."""
        for widget in self._of(qMRMLThreeDWidget):
            widget.threeDView().resetCamera()

    def pauseRender(self):
        """Hold back drawing."""
        self._paused += 1

    def resumeRender(self):
        """Draw again, once as often resumed as paused."""
        self._paused = max(0, self._paused - 1)

    def is_paused(self):
        """Say whether drawing is held back."""
        return self._paused > 0

    def render_all(self):
        """Draw every view that is shown, now."""
        self._arrange()
        for widget in self._widgets.values():
            if not widget.isHidden():
                widget.draw_now()

    def _of(self, kind):
        return [one for one in self._widgets.values() if isinstance(one, kind)]

    def _nth(self, kind, index):
        found = self._of(kind)
        return found[index] if 0 <= index < len(found) else None

    def _on_layout_node(self, *_):
        # Slicer makes views only once the scene is complete (qMRMLLayoutManager).
        if self._mrml.scene.IsBatchProcessing():
            return
        self._make_widgets()
        self._timer.start(0)

    @calldata_type(VTK_OBJECT)
    def _on_removed(self, _scene, _event, node):
        widget = self._widgets.pop(node.GetID(), None)
        if widget is not None:
            widget.setParent(None)
            self._gone.append(widget)  # its displayable managers still look at the scene

    def _make_widgets(self):
        views = self._logic.GetViewNodes()
        for index in range(views.GetNumberOfItems()):
            node = views.GetItemAsObject(index)
            kind = WIDGETS.get(node.GetClassName())
            if kind and node.GetID() not in self._widgets:
                self._widgets[node.GetID()] = kind(node, self._mrml, self)

    def _arrange(self):
        node = self._logic.GetLayoutNode()
        shown = (self._get_layout(), len(self._widgets))
        if shown == self._shown or not node.GetCurrentLayoutDescription():
            return
        self._shown = shown
        for widget in self._widgets.values():
            widget.setParent(None)
            widget.hide()
        while self._viewport.layout().count():
            self._viewport.layout().takeAt(0).widget().deleteLater()
        arrangement = read_layout(node.GetCurrentLayoutDescription())
        built = self._built(arrangement)
        self._viewport.layout().addWidget(built)
        built.show()
        self.layoutChanged.emit(shown[0])

    def _built(self, item):
        if not isinstance(item, Arrangement):
            return self._placed(item)
        if item.kind == "tab":
            box = qt.QTabWidget()
            for each in item.items:
                box.addTab(self._built(each), getattr(each, "tag", ""))
            return box
        box = qt.QSplitter(getattr(qt.Qt, ORIENTATIONS[item.kind]))
        for each in item.items:
            box.addWidget(self._built(each))
        box.setSizes([1000] * len(item.items))
        return box

    def _placed(self, view):
        node = self._mrml.scene.GetSingletonNode(view.tag, view.node_class)
        widget = self._widgets.get(node.GetID()) if node else None
        if widget is None:
            return qt.QLabel(f"{view.node_class} {view.tag}")
        widget.show()
        return widget
