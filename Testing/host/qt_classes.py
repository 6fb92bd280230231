"""Make classes that behave as PythonQt's: attributes that Qt does not know cannot be set."""

from __future__ import annotations

from contextlib import contextmanager

from PySide6.QtCore import Property, QObject

from host.qt_properties import QtProperty


class PythonQtType(type(QObject)):
    """The type of such classes: an object that C++ made counts as one of them."""

    def __instancecheck__(cls, candidate):
        """Ask for the class of Qt behind a class that only adds the rules."""
        native = cls.__dict__.get("QT_CLASS")
        return isinstance(candidate, native) if native else super().__instancecheck__(candidate)


def pythonqt_class(native):
    """Derive from a class of Qt one that refuses unknown attributes."""
    return PythonQtType(
        native.__name__,
        (native,),
        {"QT_CLASS": native, "__setattr__": set_attribute, "__module__": "qt"},
    )


LOADING: list[bool] = []  # while a .ui file is loaded; PySide then adds attributes for the children


@contextmanager
def loading():
    """Leave out the attributes with which PySide's loader names the children of a panel."""
    LOADING.append(True)
    try:
        yield
    finally:
        LOADING.pop()


def set_attribute(widget, name, value):
    """Set a property; AttributeError for what is none, unless a Python class is derived."""
    owner = type(widget)
    if (
        LOADING
        and isinstance(value, QObject)
        and not (name.startswith("_") or hasattr(owner, name))
    ):
        return
    if not is_derived_in_python(owner):
        refuse_unknown(owner, name)
    native = next(base for base in owner.__mro__ if base.__module__.startswith("PySide6"))
    native.__setattr__(widget, name, value)


def refuse_unknown(owner, name):
    """Raise AttributeError unless a class has a property of this name."""
    if name.startswith("_") and "STUB" in vars_of(owner):
        return
    found = next((base.__dict__[name] for base in owner.__mro__ if name in base.__dict__), None)
    if found is None:
        msg = (
            f"Attribute '{name}' does not exist and creation of new attributes "
            f"on a {owner.__name__} is not allowed"
        )
        raise AttributeError(msg)
    if not (isinstance(found, (QtProperty, Property)) or hasattr(type(found), "__set__")):
        msg = f"'{name}' of {owner.__name__} is no property: call it instead of setting it"
        raise AttributeError(msg)


def vars_of(owner):
    """Gather the names that a class and its bases define."""
    return {name for base in owner.__mro__ for name in base.__dict__}


def is_derived_in_python(owner):
    """Say whether a class is a user's own, which may hold attributes of its own."""
    return "QT_CLASS" not in owner.__dict__ and "STUB" not in owner.__dict__
