"""Turn the properties of Qt's classes into attributes, as PythonQt has them: `w.text`, no `()`."""

from __future__ import annotations

# Qt calls these itself; an attribute of their name would call back for ever.
VIRTUAL = {"sizeHint", "minimumSizeHint", "duration"}


class QtProperty:
    """A property of a Qt class; asked of the class itself, it is the function of that name."""

    def __init__(self, name, getter, setter, *, writable):
        self.name, self.getter, self.setter, self.writable = name, getter, setter, writable

    def __get__(self, widget, owner=None):
        """Read the property; the class gives its function, such as QTimer.singleShot."""
        if widget is None:
            if self.getter is None:
                raise AttributeError(self.name)
            return self.getter.__get__(None, owner)
        if self.getter is None or isinstance(self.getter, staticmethod):
            return widget.property(self.name)
        return self.getter(widget)

    def __set__(self, widget, value):
        """Write the property through its setter, which knows the type, else through Qt."""
        if not self.writable:
            msg = f"Property '{self.name}' of {type(widget).__name__} can only be read"
            raise AttributeError(msg)
        try:
            if self.setter is not None:
                self.setter(widget, value)
                return
        except TypeError:  # an int for an enum: PythonQt takes it, PySide's function does not
            pass
        if not widget.setProperty(self.name, value):
            msg = f"Property '{self.name}' of {type(widget).__name__} does not take {value!r}"
            raise ValueError(msg)


def expose_properties(classes):
    """Patch every class with its own properties, base classes first."""
    for owner in sorted(classes, key=lambda each: len(each.__mro__)):
        meta = owner.staticMetaObject
        for index in range(meta.propertyOffset(), meta.propertyCount()):
            _expose(owner, meta.property(index))
    return classes


def _expose(owner, meta_property):
    name = meta_property.name()
    if name in VIRTUAL or isinstance(owner.__dict__.get(name), QtProperty):
        return
    getter = _function(owner, name)
    setter = _function(owner, "set" + name[0].upper() + name[1:])
    described = QtProperty(name, getter, setter, writable=meta_property.isWritable())
    setattr(owner, name, described)


def _function(owner, name):
    for base in owner.__mro__:
        found = base.__dict__.get(name)
        if isinstance(found, QtProperty):
            return found.getter
        if found is not None:
            return found if isinstance(found, staticmethod) else getattr(base, name)
    return None
