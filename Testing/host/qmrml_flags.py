"""Properties of a node selector."""

from __future__ import annotations

from PySide6 import QtCore


def choice(kind, name):
    """Make a property that decides which nodes are offered."""

    def write(self, value):
        setattr(self._choice, name, value)
        self._rebuild()

    return QtCore.Property(kind, lambda self: getattr(self._choice, name), write)


def remembered(kind, name, *, rebuild=False):
    """Make a property that is only remembered, or shown."""

    def write(self, value):
        self._kept[name] = value
        if rebuild:
            self._rebuild()

    return QtCore.Property(kind, lambda self: self._kept[name], write)


def flag(name):
    """Make a yes or no that changes what is offered."""
    return remembered(bool, name, rebuild=True)
