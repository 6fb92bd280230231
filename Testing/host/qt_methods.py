"""Functions that PythonQt adds to Qt's classes, or that take other arguments there."""

from __future__ import annotations

from PySide6 import QtCore, QtGui, QtWidgets

from host.qt_signals import connect

KEPT: list[QtCore.QTimer] = []

EXECUTED = (
    QtCore.QEventLoop,
    QtCore.QCoreApplication,
    QtWidgets.QApplication,
    QtWidgets.QDialog,
    QtWidgets.QMenu,
    QtGui.QDrag,
)


def add_methods():
    """Add exec_, className, name and delete; let QProcess write text."""
    for owner in EXECUTED:
        owner.exec_ = owner.exec
    QtCore.QObject.className = class_name
    QtCore.QObject.name = property(
        lambda this: this.objectName, lambda this, name: this.setObjectName(name)
    )
    QtCore.QObject.delete = lambda this: this.deleteLater()
    QtCore.QIODevice.write = writing_text(QtCore.QIODevice.write)
    for name in ("getOpenFileName", "getSaveFileName"):
        setattr(QtWidgets.QFileDialog, name, without_filter(getattr(QtWidgets.QFileDialog, name)))
    vars(QtCore.QTimer)["singleShot"].getter = staticmethod(single_shot)


def without_filter(ask):
    """Return the path alone, where PySide also returns the filter."""
    return staticmethod(lambda *arguments: ask(*arguments)[0])


def single_shot(milliseconds, function):
    """Call a function later; like Slicer's, which keeps timer and function until it ends."""
    timer = QtCore.QTimer()
    timer.setSingleShot(True)
    connect(timer, "timeout()", function)
    timer.start(milliseconds)
    KEPT.append(timer)


def class_name(this):
    """Name the class as C++ does."""
    return this.metaObject().className()


def writing_text(write):
    """Let a device write text as UTF-8 beside bytes."""

    def write_text(device, content, *rest):
        return write(device, content.encode() if isinstance(content, str) else content, *rest)

    return write_text
