"""Give the `slicer` namespace of slicer-core a scene, an application and modules with logic."""

from __future__ import annotations

import sys
import tempfile
import types
from dataclasses import dataclass, field
from pathlib import Path

import slicer
import vtk

from host import slicer_i18n
from host.hierarchy import follow_nodes
from host.storage import StorageManager

# In this order: Volumes asks for the logic of Colors as soon as it gets a scene.
LOGICS = {
    "Colors": "vtkSlicerColorLogic",
    "Units": "vtkSlicerUnitsLogic",
    "SubjectHierarchy": "vtkSlicerSubjectHierarchyModuleLogic",
    "Volumes": "vtkSlicerVolumesLogic",
    "Models": "vtkSlicerModelsLogic",
    "Segmentations": "vtkSlicerSegmentationsModuleLogic",
    "Transforms": "vtkSlicerTransformLogic",
    "Markups": "vtkSlicerMarkupsLogic",
    "Tables": "vtkSlicerTablesLogic",
    "Plots": "vtkSlicerPlotsLogic",
    "Texts": "vtkSlicerTextsLogic",
    "Cameras": "vtkSlicerCamerasModuleLogic",
    "ViewControllers": "vtkSlicerViewControllersLogic",
}


class Module:
    """What `slicer.modules.volumes` and its like offer: a name and a logic."""

    def __init__(self, name, logic):
        self.name = name
        self._logic = logic

    def logic(self):
        """Return the logic of the module."""
        return self._logic


class App:
    """The part of `slicer.app` that needs no windows."""

    def __init__(self, scene, application_logic):
        self.applicationName = "Slicer"
        self._scene = scene
        self._application_logic = application_logic
        self._storage = StorageManager(scene)
        self.temporaryPath = tempfile.gettempdir()

    def mrmlScene(self):
        """Return the scene of the application."""
        return self._scene

    def applicationLogic(self):
        """Return the logic that knows those of the modules, views and selection."""
        return self._application_logic

    def coreIOManager(self):
        """Return what reads and writes files for `slicer.util`."""
        return self._storage

    def testingEnabled(self):
        """Say that no dialog may wait for an answer."""
        return True

    def processEvents(self):
        """Do nothing: there are no windows to keep alive."""

    def layoutManager(self):
        """Say that there are no views."""
        return


@dataclass
class Mrml:
    """A scene with all that belongs to it; keep it, or the observers on it are lost."""

    scene: slicer.vtkMRMLScene
    application_logic: slicer.vtkSlicerApplicationLogic
    logics: dict = field(default_factory=dict)
    app: App | None = None


def start_mrml() -> Mrml:
    """Make the scene and set `slicer.mrmlScene`, `slicer.app` and `slicer.modules`; once is enough.

    A second call returns what the first made.
    """
    if getattr(slicer, "mrmlScene", None) is not None:
        return slicer.mrmlScene.host_mrml
    provide_i18n()
    scene, application_logic = slicer.vtkMRMLScene(), slicer.vtkSlicerApplicationLogic()
    made = Mrml(scene, application_logic)
    scene.host_mrml = made
    slicer.mrmlScene = scene
    connect_scene(scene, application_logic)
    slicer.modules = types.ModuleType("slicer.modules")
    for name, class_name in LOGICS.items():
        made.logics[name] = start_logic(name, class_name, made)
    made.app = slicer.app = App(scene, application_logic)
    slicer.vtkMRMLSliceNode.AddDefaultSliceOrientationPresets(scene, True)
    follow_nodes(scene)
    return made


def connect_scene(scene, application_logic):
    """Join scene, application logic, default colours and what displays nodes in views."""
    crosshair = slicer.vtkMRMLCrosshairNode()
    crosshair.SetCrosshairName("default")
    scene.AddNode(crosshair)
    # Where an installed Slicer has its colour files; unset, each logic of colours complains.
    home = Path(tempfile.gettempdir()) / "vpreg-host"
    (home / "share" / "ColorFiles").mkdir(parents=True, exist_ok=True)
    application_logic.SetHomeDirectory(str(home))
    application_logic.SetShareDirectory("share")
    unpack_bundles_in(home, scene)
    application_logic.SetMRMLScene(scene)
    application_logic.SetSliceLogics(vtk.vtkCollection())
    application_logic.SetViewLogics(vtk.vtkCollection())
    for factory in (
        slicer.vtkMRMLSliceViewDisplayableManagerFactory,
        slicer.vtkMRMLThreeDViewDisplayableManagerFactory,
    ):
        factory.GetInstance().SetMRMLApplicationLogic(application_logic)


def provide_i18n():
    """Give `slicer.i18n` unless there is one."""
    if "slicer.i18n" not in sys.modules:
        sys.modules["slicer.i18n"] = slicer.i18n = slicer_i18n


def unpack_bundles_in(folder, scene):
    """Let the scene read .mrb files, which it unpacks below `folder`."""
    (folder / ".slicer-cache").touch()  # says that the folder may be emptied
    cache, manager = slicer.vtkCacheManager(), slicer.vtkDataIOManager()
    cache.SetRemoteCacheDirectory(str(folder))
    manager.SetCacheManager(cache)
    scene.SetCacheManager(cache)
    scene.SetDataIOManager(manager)


def start_logic(name, class_name, made):
    """Make the logic of a module and show it as `slicer.modules.<name in lower case>`."""
    logic = getattr(slicer, class_name)()
    logic.SetMRMLApplicationLogic(made.application_logic)
    logic.SetMRMLScene(made.scene)
    made.application_logic.SetModuleLogic(name, logic)
    if name == "Colors":
        logic.AddDefaultColorNodes()
    setattr(slicer.modules, name.lower(), Module(name, logic))
    return logic
