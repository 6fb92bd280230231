"""Read and write nodes for `slicer.util` by the storage nodes of MRML."""

from __future__ import annotations

from pathlib import Path

import slicer
import vtk

CLASSES = {
    "VolumeFile": "vtkMRMLScalarVolumeNode",
    "TransformFile": "vtkMRMLTransformNode",
    "SegmentationFile": "vtkMRMLSegmentationNode",
    "TableFile": "vtkMRMLTableNode",
    "MarkupsFile": "vtkMRMLMarkupsFiducialNode",
    "ColorTableFile": "vtkMRMLColorTableNode",
}
ENDINGS = {
    ".seg.nrrd": "SegmentationFile",
    ".mrk.json": "MarkupsFile",
    ".h5": "TransformFile",
    ".tfm": "TransformFile",
    ".tsv": "TableFile",
    ".csv": "TableFile",
    ".ctbl": "ColorTableFile",
    ".mrml": "SceneFile",
    ".mrb": "SceneFile",
}


class StorageManager:
    """The calls of qSlicerCoreIOManager that `slicer.util` makes."""

    def __init__(self, scene):
        self._scene = scene

    def fileType(self, filename):
        """Tell by its ending what a file holds; a volume unless known otherwise."""
        return next(
            (kind for end, kind in ENDINGS.items() if str(filename).endswith(end)), "VolumeFile"
        )

    def loadNodes(self, kind, properties, loaded, messages=None):
        """Read a file into the scene; False, with a message, if it cannot be read."""
        path = str(properties["fileName"])
        if kind == "SceneFile":
            return self._load_scene(path, clear=properties.get("clear", False))
        node = self._read(kind, path, properties)
        if node is None:
            _complain(messages, f"Cannot read {path}")
            return False
        if loaded is not None:
            loaded.AddItem(node)
        return True

    def saveNodes(self, kind, properties, messages=None):
        """Write the node of an ID, or the scene, to a file."""
        if kind == "SceneFile" or str(properties["fileName"]).endswith((".mrml", ".mrb")):
            return self._save_scene(str(properties["fileName"]))
        node = self._scene.GetNodeByID(properties["nodeID"])
        node.AddDefaultStorageNode()
        storage = node.GetStorageNode()
        storage.SetFileName(str(properties["fileName"]))
        written = bool(storage.WriteData(node))
        if not written:
            _complain(messages, f"Cannot write {storage.GetFileName()}")
        return written

    def fileWriterFileType(self, node):
        """Name the kind of file that a node is written to."""
        return next(kind for kind, name in CLASSES.items() if node.IsA(name))

    def _read(self, kind, path, properties):
        name = properties.get("name") or Path(path).name.split(".")[0]
        if kind == "VolumeFile":
            options = 1 if properties.get("labelmap") else 0
            return slicer.modules.volumes.logic().AddArchetypeVolume(path, name, options)
        node = self._scene.AddNewNodeByClass(CLASSES[kind], self._scene.GenerateUniqueName(name))
        node.AddDefaultStorageNode(path)
        if not node.GetStorageNode().ReadData(node):
            self._scene.RemoveNode(node.GetStorageNode())
            self._scene.RemoveNode(node)
            return None
        if node.IsA("vtkMRMLDisplayableNode"):
            node.CreateDefaultDisplayNodes()
        return node

    def _load_scene(self, path, *, clear):
        # Clearing is part of the batch, as in Slicer: what is told meanwhile comes too early.
        if path.endswith(".mrb"):
            return bool(self._scene.ReadFromMRB(path, clear))
        self._scene.SetURL(path)
        return bool(self._scene.Connect() if clear else self._scene.Import())

    def _save_scene(self, path):
        if path.endswith(".mrb"):
            return bool(self._scene.WriteToMRB(path))
        self._scene.SetURL(path)
        return bool(self._scene.Commit(path))


def _complain(messages, text):
    if messages is not None:
        messages.AddMessage(vtk.vtkCommand.ErrorEvent, text)
