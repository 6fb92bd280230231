"""slicer.parameterNodeWrapper: typed parameters in the scene, joined to widgets by name."""

from __future__ import annotations

import typing
import weakref

import slicer
import vtk
from PySide6 import QtWidgets

from host.parameter_annotations import (
    Choice,
    Decimals,
    Default,
    IsInstance,
    Maximum,
    Minimum,
    NotNone,
    SingleStep,
    WithinRange,
)
from host.parameter_containers import ObservedDict, ObservedList
from host.parameter_gui import connector_for
from host.parameter_storage import Parameter

__all__ = [
    "Choice",
    "Decimals",
    "Default",
    "IsInstance",
    "Maximum",
    "Minimum",
    "NotNone",
    "SingleStep",
    "WithinRange",
    "isParameterNodeWrapper",
    "parameterNodeWrapper",
]

RESERVED = {
    *("allParameters", "default", "isCached", "dataType", "getValue", "setValue"),
    *("connectGui", "connectParametersToGui", "disconnectGui"),
    *("StartModify", "EndModify", "AddObserver", "RemoveObserver", "Modified"),
}


def parameterNodeWrapper(described=None):
    """Make a class of the annotations of another; its objects read and write a parameter node."""
    if described is None:
        return parameterNodeWrapper
    parameters = {}
    for name, hint in typing.get_type_hints(described, include_extras=True).items():
        if name in RESERVED:
            msg = f"Cannot use reserved name '{name}' in a parameterNodeWrapper"
            raise ValueError(msg)
        parameters[name] = Parameter(name, hint, default=getattr(described, name, None))
    members = {name: attribute(one) for name, one in parameters.items()}
    kept = {key: value for key, value in vars(described).items() if not key.startswith("__")}
    return type(
        described.__name__,
        (Wrapper,),
        {
            **kept,
            **members,
            "allParameters": parameters,
            "__module__": described.__module__,
            "__doc__": described.__doc__,
        },
    )


def isParameterNodeWrapper(candidate):
    """Say whether an object or a class is such a wrapper."""
    kind = candidate if isinstance(candidate, type) else type(candidate)
    return issubclass(kind, Wrapper)


def attribute(parameter):
    """Make the property of a parameter."""
    return property(
        lambda self: self.getValue(parameter.name),
        lambda self, value: self.setValue(parameter.name, value),
    )


class Wrapper:
    """The base class of what parameterNodeWrapper makes."""

    allParameters: typing.ClassVar[dict] = {}

    def __init__(self, parameterNode):
        self.parameterNode = parameterNode
        self._connected, self._next_tag, self._updating = {}, 0, False
        self._observations = {}
        for one in self.allParameters.values():
            if not one.is_in(parameterNode):
                one.write(parameterNode, one.default)
        self._cache = {}
        self._read_all()
        this = weakref.ref(self)
        self._tag = parameterNode.AddObserver(
            vtk.vtkCommand.ModifiedEvent, lambda *_: this() and this()._read_all()
        )

    def __del__(self):
        self.parameterNode.RemoveObserver(self._tag)

    def _read_all(self):
        # Like Slicer's: a node whose ID is known but that is not yet in the scene, as while a
        # scene is imported, stays None until the parameter node is modified again.
        self._cache = {
            name: one.read(self.parameterNode) for name, one in self.allParameters.items()
        }

    def getValue(self, name):
        """Return the value of a parameter."""
        self._parameter(name)
        value = self._cache[name]
        if isinstance(value, list):
            return ObservedList(value, lambda changed: self.setValue(name, changed))
        if isinstance(value, dict):
            return ObservedDict(value, lambda changed: self.setValue(name, changed))
        return value

    def setValue(self, name, value):
        """Keep a value; ValueError or TypeError for one that is not allowed."""
        with slicer.util.NodeModify(self.parameterNode):
            self._parameter(name).write(self.parameterNode, value)
            self._cache[name] = self._parameter(name).read(self.parameterNode)

    def default(self, name):
        """Return the default of a parameter."""
        return Default(self._parameter(name).default)

    @classmethod
    def dataType(cls, name):
        """Return the annotated type of a parameter."""
        return cls.allParameters[name].hint

    def connectGui(self, gui):
        """Join the widgets that have a SlicerParameterName to their parameters; return a tag."""
        widgets = (
            gui.findChildren(QtWidgets.QWidget)
            if hasattr(gui, "isWidgetType")
            else list(vars(gui).values())
        )
        named = {one.property("SlicerParameterName"): one for one in widgets}
        return self.connectParametersToGui({name: one for name, one in named.items() if name})

    def connectParametersToGui(self, mapping):
        """Join widgets to parameters by name; return a tag."""
        connectors = {
            name: connector_for(widget, self._parameter(name)) for name, widget in mapping.items()
        }
        tag = self._next_tag
        self._next_tag += 1
        self._connected[tag] = connectors
        for name, connector in connectors.items():
            connector.write(self.getValue(name))
            connector.listen(self._from_gui(name, connector))
        event = vtk.vtkCommand.ModifiedEvent
        self._observations[tag] = self.AddObserver(event, lambda *_: self._to_gui())
        return tag

    def disconnectGui(self, tag):
        """Part what a tag has joined."""
        for connector in self._connected.pop(tag, {}).values():
            connector.stop()
        if tag in self._observations:
            self.RemoveObserver(self._observations.pop(tag))

    def StartModify(self):
        """Hold back events."""
        return self.parameterNode.StartModify()

    def EndModify(self, was_modified):
        """Send one event for all changes."""
        return self.parameterNode.EndModify(was_modified)

    def AddObserver(self, event, callback, priority=0.0):
        """Observe the node."""
        return self.parameterNode.AddObserver(event, callback, priority)

    def RemoveObserver(self, tag):
        """Observe the node no longer."""
        self.parameterNode.RemoveObserver(tag)

    def Modified(self):
        """Send the event of a change."""
        self.parameterNode.Modified()

    def _parameter(self, name):
        if name not in self.allParameters:
            msg = f"Cannot find a param with the given name: {name}"
            raise ValueError(msg)
        return self.allParameters[name]

    def _from_gui(self, name, connector):
        def changed():
            if not self._updating:
                self.setValue(name, connector.read())

        return changed

    def _to_gui(self):
        if self._updating:
            return
        self._updating = True
        try:
            for connectors in list(self._connected.values()):
                for name, connector in connectors.items():
                    connector.write(self.getValue(name))
        finally:
            self._updating = False
