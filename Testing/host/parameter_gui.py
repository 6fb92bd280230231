"""Which widget shows a parameter of which type, and how."""

from __future__ import annotations

import enum
from dataclasses import dataclass

import ctk
import qt
import slicer

from host.parameter_annotations import (
    Choice,
    Decimals,
    Maximum,
    Minimum,
    SingleStep,
    WithinRange,
)
from host.parameter_storage import is_path


@dataclass
class Connector:
    """Reads and writes one widget, and listens to it."""

    widget: object
    signal: str
    read: object
    write: object
    changed: object = None

    def listen(self, changed):
        """Call a function of no arguments at each change."""
        self.changed = lambda *_: changed()
        getattr(self.widget, self.signal).connect(self.changed)

    def stop(self):
        """Listen no longer."""
        if self.changed is not None:
            getattr(self.widget, self.signal).disconnect(self.changed)
            self.changed = None


def connector_for(widget, parameter):
    """Connect a widget and a parameter; RuntimeError where Slicer has no connector for the two.

    Slicer asks for the very class, not for one derived from it.
    """
    origin, kind = parameter.origin, type(widget)
    if kind is slicer.qMRMLNodeComboBox and parameter.is_node():
        widget.nodeTypes = [origin.__name__]
        return Connector(
            widget, "currentNodeChanged", lambda: widget.currentNode(), widget.setCurrentNode
        )
    if kind is qt.QComboBox:
        return combo_box(widget, parameter)
    if origin is bool and kind is qt.QCheckBox:
        return attribute(widget, "checked", "toggled")
    if origin is bool and kind is qt.QPushButton:
        widget.checkable = True
        return attribute(widget, "checked", "toggled")
    if origin is int and kind in (qt.QSlider, qt.QSpinBox):
        return number(widget, parameter, unlimited=2**31 - 1)
    if origin is float and kind in (qt.QDoubleSpinBox, ctk.ctkSliderWidget):
        return number(widget, parameter, unlimited=float("inf"))
    if origin is str and kind is qt.QLineEdit:
        return attribute(widget, "text", "textChanged")
    if origin is str and kind is qt.QTextEdit:
        return Connector(widget, "textChanged", widget.toPlainText, widget.setPlainText)
    if is_path(origin) and kind in (ctk.ctkPathLineEdit, ctk.ctkDirectoryButton):
        return path(widget, origin)
    msg = f"Unable to create GUI connector from datatype '{parameter.hint}' to widget type '{kind}'"
    raise RuntimeError(msg)


def attribute(widget, name, signal):
    """Connect by a property of the widget."""
    return Connector(
        widget, signal, lambda: getattr(widget, name), lambda value: setattr(widget, name, value)
    )


def number(widget, parameter, *, unlimited):
    """Set step, digits and limits of a widget for a number; a slider must have limits."""
    for kind, name in ((Decimals, "decimals"), (SingleStep, "singleStep")):
        for one in parameter.annotations:
            if isinstance(one, kind):
                setattr(widget, name, one.value)
    minimum, maximum = limits(parameter)
    if type(widget) in (qt.QSlider, ctk.ctkSliderWidget) and None in (minimum, maximum):
        msg = f"The slider of '{parameter.name}' needs a parameter with limits"
        raise RuntimeError(msg)
    widget.minimum = -unlimited if minimum is None else minimum
    widget.maximum = unlimited if maximum is None else maximum
    return attribute(widget, "value", "valueChanged")


def limits(parameter):
    """Return the lowest and the highest value, None where there is none."""
    minimum = maximum = None
    for one in parameter.annotations:
        if isinstance(one, (WithinRange, Minimum)):
            minimum = one.minimum
        if isinstance(one, (WithinRange, Maximum)):
            maximum = one.maximum
    return minimum, maximum


def combo_box(widget, parameter):
    """Offer the members of an Enum, by label() or name, or the values of a Choice."""
    if issubclass(parameter.origin, enum.Enum):
        values = list(parameter.origin)
        label = getattr(parameter.origin, "label", lambda member: member.name)
    else:
        choices = [one.choices for one in parameter.annotations if isinstance(one, Choice)]
        if not choices:
            msg = f"The combo box of '{parameter.name}' needs Choice(...)"
            raise RuntimeError(msg)
        values, label = list(choices[0]), str
    widget.clear()
    for value in values:
        widget.addItem(label(value))

    def write(value):
        widget.currentIndex = values.index(value)

    return Connector(widget, "currentIndexChanged", lambda: values[widget.currentIndex], write)


def path(widget, origin):
    """Connect a path to a line or button."""
    name, signal = (
        ("currentPath", "currentPathChanged")
        if isinstance(widget, ctk.ctkPathLineEdit)
        else ("directory", "directoryChanged")
    )
    return Connector(
        widget,
        signal,
        lambda: origin(getattr(widget, name)),
        lambda value: setattr(widget, name, str(value)),
    )
