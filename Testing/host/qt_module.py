"""The module `qt`: PySide6 behind the rules of PythonQt."""

from __future__ import annotations

import importlib
import os
import sys
import types

os.environ.setdefault("PYSIDE6_OPTION_PYTHON_ENUM", "0x06")  # enums that int() takes

from PySide6 import QtCore, QtWidgets

from host.qt_classes import pythonqt_class
from host.qt_counts import keep_constants_alive
from host.qt_methods import add_methods
from host.qt_properties import expose_properties
from host.qt_signals import connect, disconnect

PARTS = ("QtCore", "QtGui", "QtWidgets", "QtNetwork", "QtSvg", "QtUiTools", "QtPrintSupport")
CONNECTING = {"connect": connect, "disconnect": disconnect}


class QtModule(types.ModuleType):
    """Finds the classes of Qt in its parts and dresses each when it is first asked for."""

    def __init__(self, parts):
        super().__init__("qt", "Qt as a scripted module of Slicer sees it.")
        self._parts = parts

    def __getattr__(self, name):
        """Return a class of Qt, or the namespace Qt; nothing that only PySide has."""
        found = None
        if name.startswith("Q") and name not in PYSIDE_ONLY:
            found = next((getattr(part, name) for part in self._parts if hasattr(part, name)), None)
        if found is None:
            msg = f"module 'qt' has no attribute '{name}'"
            raise AttributeError(msg)
        if isinstance(found, type) and issubclass(found, QtCore.QObject):
            found = pythonqt_class(found)
        setattr(self, name, found)
        return found


PYSIDE_ONLY = {"QEnum", "QFlag", "QtMsgType", "QT_TR_NOOP", "QT_TRANSLATE_NOOP", "QT_TR_NOOP_UTF8"}


def start_qt():
    """Install the module `qt` in sys.modules and return it; once is enough."""
    if "qt" in sys.modules:
        return sys.modules["qt"]
    keep_constants_alive()
    parts = [importlib.import_module(f"PySide6.{name}") for name in PARTS if has_part(name)]
    classes = expose_properties(qobject_classes(parts))
    intercept_connecting(classes)
    add_methods()
    module = QtModule(parts)
    sys.modules["qt"] = module
    return module


def has_part(name):
    """Say whether this PySide6 has a part; printing, for one, may be missing."""
    return importlib.util.find_spec(f"PySide6.{name}") is not None


def qobject_classes(parts):
    """List the classes of these parts that have properties of their own."""
    found = {
        getattr(part, name)
        for part in parts
        for name in dir(part)
        if name[0] == "Q" and isinstance(getattr(part, name, None), type)
    }
    return [one for one in found if issubclass(one, QtCore.QObject)]


def intercept_connecting(classes):
    """Give every object connect and disconnect by signature, those that C++ made too.

    PySide looks up these two names before any class attribute, hence __getattribute__.
    """
    natives = {owner: owner.__getattribute__ for owner in classes}
    for owner, native in natives.items():
        owner.__getattribute__ = looking_up(native)


def looking_up(native):
    """Look up attributes as PySide does, which differs by class, but for these two."""

    def look_up(instance, name):
        if name in CONNECTING:
            return types.MethodType(CONNECTING[name], instance)
        return native(instance, name)

    return look_up


def application():
    """Return the one QApplication of this process, if there is one."""
    return QtWidgets.QApplication.instance()
