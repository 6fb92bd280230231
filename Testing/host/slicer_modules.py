"""Scripted modules: their entry in slicer.modules, their widget, their manager."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import qt
import slicer
from PySide6 import QtCore


class qSlicerScriptedLoadableModule(qt.QObject):
    """The entry of a scripted module; the Python class fills in what it says of itself."""

    def __init__(self, name, source):
        super().__init__()
        self.name, self.path, self.icon = name, str(source), None
        self._representation = None

    def logic(self):
        """Return None: the logic of a scripted module is the Python class."""
        return

    def widgetRepresentation(self):
        """Return the parent widget of the panel; it is made when first asked for."""
        if self._representation is None:
            self._representation = qSlicerScriptedLoadableModuleWidget()
            self._representation.start_panel(self.name)
        return self._representation

    def forget_widget(self):
        """Destroy the panel."""
        if self._representation is not None:
            self._representation.deleteLater()
            self._representation = None


class qSlicerScriptedLoadableModuleWidget(qt.QWidget):
    """The parent widget of a panel; tells the Python class when it is entered and left."""

    STUB = True
    SIGNATURES = {"mrmlSceneChanged(vtkMRMLScene*)": "mrmlSceneChanged"}
    mrmlSceneChanged = QtCore.Signal(object)

    def __init__(self, parent=None):
        super().__init__(parent)
        self._entered, self._module_name, self._python = False, "", None
        self.setLayout(qt.QVBoxLayout())

    moduleName = QtCore.Property(str, lambda self: self._module_name)
    isEntered = QtCore.Property(bool, lambda self: self._entered)

    def setMRMLScene(self, scene):
        """Tell of the scene."""
        self.mrmlSceneChanged.emit(scene)

    def start_panel(self, module_name):
        """Build the panel of a module."""
        self._module_name = module_name
        self.objectName = module_name + "ModuleWidget"
        self.reload()

    def reload(self):
        """Build the panel from the source that is loaded now."""
        widget_class = getattr(sys.modules[self._module_name], self._module_name + "Widget")
        self._python = widget_class(self)
        setattr(slicer.modules, self._module_name + "Widget", self._python)
        self._python.setup()

    def self(self):
        """Return the object of the Python class."""
        return self._python

    def enter(self):
        """Take note that the panel is shown."""
        self._entered = True
        self._python.enter()

    def exit(self):
        """Take note that another panel is shown."""
        self._entered = False
        self._python.exit()


class qSlicerModuleManager(qt.QObject):
    """Knows the modules by name."""

    STUB = True
    SIGNATURES = {
        "moduleAboutToBeUnloaded(QString)": "moduleAboutToBeUnloaded",
        "moduleLoaded(QString)": "moduleLoaded",
    }
    moduleAboutToBeUnloaded = QtCore.Signal(str)
    moduleLoaded = QtCore.Signal(str)

    def module(self, name):
        """Return a module or None."""
        return getattr(slicer.modules, name.lower(), None)

    def modulesNames(self):
        """List the names of the modules."""
        return [one.name for one in vars(slicer.modules).values() if hasattr(one, "logic")]


def load_module(source):
    """Load a scripted module as Slicer does: its folder on the path, then the file."""
    source, name = Path(source), Path(source).stem
    if str(source.parent) not in sys.path:
        sys.path.insert(0, str(source.parent))
    spec = importlib.util.spec_from_file_location(name, source)
    loaded = importlib.util.module_from_spec(spec)
    sys.modules[name] = loaded
    spec.loader.exec_module(loaded)
    entry = qSlicerScriptedLoadableModule(name, source)
    instance = getattr(loaded, name)(entry)
    setattr(slicer.modules, name.lower(), entry)
    setattr(slicer.modules, name + "Instance", instance)
    slicer.app.moduleManager().moduleLoaded.emit(name)
    return entry


def unload_module(name):
    """Take a module away as Slicer does when it ends."""
    slicer.app.moduleManager().moduleAboutToBeUnloaded.emit(name)
    slicer.app.disconnect("startupCompleted()")
    slicer.modules.__dict__[name.lower()].forget_widget()
    for entry in (name.lower(), name + "Instance", name + "Widget"):
        vars(slicer.modules).pop(entry, None)
    sys.modules.pop(name, None)
