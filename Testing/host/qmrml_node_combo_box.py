"""qMRMLNodeComboBox: choose a node of the scene."""

from __future__ import annotations

import qt
import slicer
from PySide6 import QtCore
from vtk import vtkCommand

from host.qmrml_choice import Choice
from host.qmrml_flags import choice, flag, remembered

WATCHED = (
    slicer.vtkMRMLScene.NodeAddedEvent,
    slicer.vtkMRMLScene.NodeRemovedEvent,
    slicer.vtkMRMLScene.EndBatchProcessEvent,
    slicer.vtkMRMLScene.EndCloseEvent,
    slicer.vtkMRMLScene.EndImportEvent,
)


class qMRMLNodeComboBox(qt.QWidget):
    """A combo box that follows the nodes of the scene."""

    STUB = True
    SIGNATURES = {
        "currentNodeChanged(vtkMRMLNode*)": "currentNodeChanged",
        "currentNodeChanged(bool)": "_currentNodeValid",
        "currentNodeIDChanged(QString)": "currentNodeIDChanged",
        "nodeAdded(vtkMRMLNode*)": "nodeAdded",
        "nodeAddedByUser(vtkMRMLNode*)": "nodeAddedByUser",
        "nodeActivated(vtkMRMLNode*)": "nodeActivated",
    }
    currentNodeChanged = QtCore.Signal(object)
    _currentNodeValid = QtCore.Signal(bool)
    currentNodeIDChanged = QtCore.Signal(str)
    nodeAdded = QtCore.Signal(object)
    nodeAddedByUser = QtCore.Signal(object)
    nodeActivated = QtCore.Signal(object)

    nodeTypes = choice("QStringList", "node_types")
    hideChildNodeTypes = choice("QStringList", "hidden_child_types")
    showChildNodeTypes = choice(bool, "show_child_types")
    showHidden = choice(bool, "show_hidden")
    noneEnabled = flag("noneEnabled")
    noneDisplay = remembered(str, "noneDisplay", rebuild=True)
    addEnabled = remembered(bool, "addEnabled")
    removeEnabled = remembered(bool, "removeEnabled")
    renameEnabled = remembered(bool, "renameEnabled")
    editEnabled = remembered(bool, "editEnabled")
    selectNodeUponCreation = remembered(bool, "selectNodeUponCreation")
    baseName = remembered(str, "baseName")
    interactionNodeSingletonTag = remembered(str, "interactionNodeSingletonTag")

    def __init__(self, parent=None):
        super().__init__(parent)
        self._choice = Choice()
        self._kept = {
            "noneEnabled": False,
            "noneDisplay": "None",
            "addEnabled": True,
            "removeEnabled": True,
            "renameEnabled": False,
            "editEnabled": False,
            "selectNodeUponCreation": True,
            "baseName": "",
            "interactionNodeSingletonTag": "",
        }
        self._scene, self._node, self._tags = None, None, []
        self._box = qt.QComboBox()
        row = qt.QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._box)
        self._box.activated.connect(self._on_activated)
        self.destroyed.connect(self._scene_forgetter())

    def mrmlScene(self):
        """Return the scene or None."""
        return self._scene

    def setMRMLScene(self, scene):
        """Follow another scene."""
        if scene is self._scene:
            return
        self._forget_scene()
        self._scene = scene
        if scene is not None:
            self._tags += [(scene, scene.AddObserver(event, self._on_scene)) for event in WATCHED]
        self._rebuild()

    def currentNode(self):
        """Return the chosen node or None."""
        return self._node

    def setCurrentNode(self, node):
        """Choose a node; one that is not offered counts as None."""
        node = node if node in self._offered() else None
        self._choose(node)

    def _get_id(self):
        return self._node.GetID() if self._node else ""

    def setCurrentNodeID(self, node_id):
        """Choose a node by its ID."""
        self.setCurrentNode(self._scene.GetNodeByID(node_id) if self._scene and node_id else None)

    currentNodeID = QtCore.Property(str, _get_id, setCurrentNodeID)

    def setCurrentNodeIndex(self, index):
        """Choose a node by its place; None for a place that is none."""
        self._choose(self.nodeFromIndex(index))

    def nodeFromIndex(self, index):
        """Return the node at a place, or None."""
        offered = self._offered()
        return offered[index] if 0 <= index < len(offered) else None

    def nodeCount(self):
        """Count the nodes that are offered."""
        return len(self._offered())

    def addAttribute(self, nodeType, attribute, value=None):
        """Offer only nodes of that type that have an attribute, of a value if one is given."""
        self._choice.attributes[nodeType, attribute] = value
        self._rebuild()

    def removeAttribute(self, nodeType, attribute):
        """Ask no longer for an attribute."""
        self._choice.attributes.pop((nodeType, attribute), None)
        self._rebuild()

    def addNode(self, nodeType=""):
        """Make a node as the user's "Create new" does; return it."""
        name = nodeType or self._choice.node_types[0]
        node = self._scene.AddNewNodeByClass(name, self._kept["baseName"])
        if self._kept["selectNodeUponCreation"]:
            self.setCurrentNode(node)
        self.nodeAddedByUser.emit(node)
        return node

    def removeCurrentNode(self):
        """Remove the chosen node from the scene."""
        if self._node is not None:
            self._scene.RemoveNode(self._node)

    def _offered(self):
        return self._choice.nodes(self._scene) if self._scene else []

    def _on_activated(self, row):
        self.setCurrentNodeIndex(row - int(self._kept["noneEnabled"]))
        self.nodeActivated.emit(self._node)

    def _on_scene(self, _scene, _event):
        if not (self._scene.IsBatchProcessing() or self._scene.IsClosing()):
            self._rebuild()

    def _on_renamed(self, _node, _event):
        self._show()

    def _rebuild(self):
        offered = self._offered()
        node = self._node if self._node in offered else None
        if node is None and not self._kept["noneEnabled"] and offered:
            node = offered[0]
        self._choose(node)

    def _choose(self, node):
        changed = node is not self._node
        if changed:
            self._follow_name(node)
        self._node = node
        self._show()
        if changed:
            self.currentNodeChanged.emit(node)
            self._currentNodeValid.emit(node is not None)
            self.currentNodeIDChanged.emit(self._get_id())

    def _follow_name(self, node):
        for watched, tag in [one for one in self._tags if one[0] is not self._scene]:
            watched.RemoveObserver(tag)
        self._tags[:] = [one for one in self._tags if one[0] is self._scene]
        if node is not None:
            self._tags.append((node, node.AddObserver(vtkCommand.ModifiedEvent, self._on_renamed)))

    def _show(self):
        offered = self._offered()
        none = [self._kept["noneDisplay"]] if self._kept["noneEnabled"] else []
        names = none + [node.GetName() or "" for node in offered]
        self._box.blockSignals(True)
        self._box.clear()
        self._box.addItems(names)
        row = offered.index(self._node) + len(none) if self._node in offered else len(none) - 1
        self._box.setCurrentIndex(row)
        self._box.blockSignals(False)

    def _forget_scene(self):
        for watched, tag in self._tags:
            watched.RemoveObserver(tag)
        self._tags.clear()

    def _scene_forgetter(self):
        tags = self._tags  # not self: the widget is gone when this is called

        def forget(*_):
            for watched, tag in tags:
                watched.RemoveObserver(tag)

        return forget
