"""How a parameter of a type is kept in a vtkMRMLScriptedModuleNode."""

from __future__ import annotations

import enum
import json
import pathlib
import types
import typing

import slicer

from host.parameter_annotations import Default, IsInstance, NotNone, Validator


class Parameter:
    """A name, a type and its annotations; reads and writes one value."""

    def __init__(self, name, hint, *, default=None):
        self.name, self.hint = name, hint
        self.type, self.annotations = parted(hint)
        self.nullable, self.type = optional(self.type)
        self.origin = typing.get_origin(self.type) or self.type
        given = [one.value for one in self.annotations if isinstance(one, Default)]
        if default is not None:
            given = [default]
        self.default = given[0] if given else self._fallback()

    def is_node(self):
        """Say whether the value is a node of the scene."""
        return isinstance(self.origin, type) and issubclass(self.origin, slicer.vtkMRMLNode)

    def is_container(self):
        """Say whether the value is a list, tuple or dictionary."""
        return self.origin in (list, tuple, dict)

    def is_in(self, node):
        """Say whether the node holds a value."""
        return bool(node.HasParameter(self.name))

    def validate(self, value):
        """Raise ValueError or TypeError for a value that may not be written."""
        if not (self.is_node() or self.nullable):
            NotNone().validate(value)
        IsInstance((int, float) if self.origin is float else self.origin).validate(value)
        for one in self.annotations:
            if isinstance(one, Validator):
                one.validate(value)

    def write(self, node, value):
        """Keep a value; raises as `validate` does."""
        value = unobserved(value)
        self.validate(value)
        if self.is_node():
            node.SetParameter(self.name, "")
            node.SetNodeReferenceID(self.name, value.GetID() if value is not None else None)
        else:
            node.SetParameter(self.name, self._text(value))

    def read(self, node):
        """Return the value; the default where the node has none."""
        if not self.is_in(node):
            self.write(node, self.default)
        if self.is_node():
            return node.GetNodeReference(self.name)
        return self._value(node.GetParameter(self.name))

    def _fallback(self):
        if self.is_node() or self.nullable:
            return None
        if issubclass(self.origin, enum.Enum):
            return next(iter(self.origin))
        return self.origin()

    def _text(self, value):
        if value is None:
            return "None"
        if isinstance(value, enum.Enum):
            return value.name
        return json.dumps(value) if self.is_container() else str(value)

    def _value(self, text):
        if self.nullable and text == "None":
            return None
        if issubclass(self.origin, enum.Enum):
            return self.origin[text]
        if self.origin is bool:
            return text == "True"
        return self.origin(json.loads(text) if self.is_container() else text)


def parted(hint):
    """Part Annotated[type, …] into the type and the list of what else it says."""
    if typing.get_origin(hint) is typing.Annotated:
        return typing.get_args(hint)[0], list(typing.get_args(hint)[1:])
    return hint, []


def optional(hint):
    """Part Optional[type]; other unions are not known to the stand-in."""
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        others = [one for one in typing.get_args(hint) if one is not type(None)]
        if len(others) == 1:
            return True, others[0]
        msg = f"The host keeps no parameter of type {hint}"
        raise TypeError(msg)
    return False, hint


def is_path(origin):
    """Say whether a type is one of pathlib's."""
    return isinstance(origin, type) and issubclass(origin, pathlib.PurePath)


def unobserved(value):
    """Return a plain list or dictionary for one that writes itself back."""
    return value.plain() if hasattr(value, "plain") else value
