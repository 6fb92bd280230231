"""QUiLoader for real .ui files of Slicer; what the stand-in does not know raises."""

from __future__ import annotations

from PySide6 import QtCore, QtUiTools

from host.qt_classes import loading
from host.ui_xml import prepare

# Properties that uic itself gives a meaning to.
OF_DESIGNER = {"geometry", "buttonGroupId", "currentIndex", "sizePolicy", "frameShape"}


class WidgetError(RuntimeError):
    """A .ui file asks for what Slicer does not have."""


class Maker(QtUiTools.QUiLoader):
    """Makes widgets of the classes that scripted modules see."""

    def __init__(self, classes):
        super().__init__()
        self._classes = classes
        self.made = []

    def createWidget(self, class_name, parent=None, name=""):
        """Make a widget; Line is Designer's own word for a frame."""
        widget_class = self._classes.get(class_name)
        widget = (
            widget_class(parent) if widget_class else super().createWidget(class_name, parent, name)
        )
        if widget is not None:
            widget.setObjectName(name)
            self.made.append(widget)
        return widget


class QUiLoader(QtCore.QObject):
    """What `qt.QUiLoader` is on the host."""

    def __init__(self, parent=None):
        super().__init__(parent)
        self._kept = []

    def load(self, device, parent=None):
        """Load a file that is open for reading; WidgetError for what Slicer would not load."""
        prepared = prepare(device.readAll().data())
        maker = Maker(known_classes(prepared.classes))
        content = QtCore.QBuffer()
        content.setData(prepared.xml)
        content.open(QtCore.QIODevice.OpenModeFlag.ReadOnly)
        with loading():
            root = maker.load(content, parent)
        if root is None:
            msg = f"This .ui file cannot be read: {maker.errorString()}"
            raise WidgetError(msg)
        KEPT.append((root, maker))
        root.destroyed.connect(lambda *_: forget(maker))
        named = {one.objectName: one for one in [*maker.made, *root.findChildren(QtCore.QObject)]}
        check_properties(prepared, named)
        set_flags(prepared, named)
        connect_all(prepared, named)
        return root


KEPT: list = []


def forget(maker):
    """Let go of the widgets of a panel that has been destroyed."""
    KEPT[:] = [one for one in KEPT if one[1] is not maker]


def known_classes(names):
    """Find the classes by name in qt, ctk and slicer; WidgetError for an unknown one."""
    import ctk
    import qt
    import slicer

    found = {}
    for name in names - {"Line"}:
        for module in (qt, ctk, slicer):
            if isinstance(getattr(module, name, None), type):
                found[name] = getattr(module, name)
                break
        else:
            msg = f"The .ui file asks for {name}, which the host does not have"
            raise WidgetError(msg)
    return found


def check_properties(prepared, named):
    """Raise WidgetError for a property that is neither the class's nor marked as dynamic."""
    for widget, name in prepared.properties:
        if name not in OF_DESIGNER and named[widget].metaObject().indexOfProperty(name) < 0:
            msg = f"{widget} ({named[widget].className()}) has no property '{name}'"
            raise WidgetError(msg)


def set_flags(prepared, named):
    """Set what is written as enum values of Slicer's and CTK's own classes."""
    for widget, name, text in prepared.flags:
        owner = named[widget]
        values = [getattr(type(owner), part.split("::")[-1]) for part in text.split("|")]
        value = values[0]
        for other in values[1:]:
            value |= other
        setattr(owner, name, value)


def connect_all(prepared, named):
    """Connect signals to slots as the file asks; both must exist."""
    for sender, signal, receiver, slot in prepared.connections:
        name = slot.split("(")[0]
        if not hasattr(named[receiver], name):
            msg = f"{receiver} has no slot '{slot}'"
            raise WidgetError(msg)
        named[sender].connect(signal, getattr(named[receiver], name))
