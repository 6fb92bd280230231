"""ctkSliderWidget and ctkDoubleSpinBox: one number."""

from __future__ import annotations

import qt
from PySide6 import QtCore, QtWidgets

STEPS = 10000


def forwarded(kind, name, setter=None):
    """Make a property that is kept by the spin box inside."""
    setter = setter or "set" + name[0].upper() + name[1:]

    def read(self):
        return getattr(self._box, name)

    def write(self, value):
        getattr(self._box, setter)(value)
        self._limits_changed()

    return QtCore.Property(kind, read, write)


class Number(qt.QWidget):
    """A spin box inside a widget that tells of each new value once."""

    STUB = True
    SIGNATURES = {"valueChanged(double)": "valueChanged"}
    valueChanged = QtCore.Signal(float)

    def __init__(self, parent=None):
        super().__init__(parent)
        self._box = qt.QDoubleSpinBox()
        self._box.objectName = ""
        self._row = qt.QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self._box)
        self._box.valueChanged.connect(self._on_value)

    minimum = forwarded(float, "minimum")
    maximum = forwarded(float, "maximum")
    singleStep = forwarded(float, "singleStep")
    decimals = forwarded(int, "decimals")
    prefix = forwarded(str, "prefix")
    suffix = forwarded(str, "suffix")
    value = forwarded(float, "value")

    def setValue(self, value):
        """Set the value, within the limits."""
        self._box.setValue(value)

    def setRange(self, minimum, maximum):
        """Set both limits."""
        self._box.setRange(minimum, maximum)
        self._limits_changed()

    def setMinimum(self, value):
        """Set the lower limit."""
        self.minimum = value

    def setMaximum(self, value):
        """Set the upper limit."""
        self.maximum = value

    def setDecimals(self, count):
        """Set how many digits follow the point."""
        self.decimals = count

    def setSingleStep(self, step):
        """Set what one press of an arrow adds."""
        self.singleStep = step

    def _limits_changed(self):
        pass

    def _on_value(self, value):
        self.valueChanged.emit(value)


class ctkDoubleSpinBox(Number):
    """A spin box for a float."""

    STUB = True
    SIGNATURES = {"editingFinished()": "editingFinished"}
    editingFinished = QtCore.Signal()

    def __init__(self, parent=None):
        super().__init__(parent)
        self._box.editingFinished.connect(self.editingFinished.emit)


class ctkSliderWidget(Number):
    """A slider beside a spin box."""

    STUB = True
    SIGNATURES = {"valueIsChanging(double)": "valueIsChanging"}
    valueIsChanging = QtCore.Signal(float)

    def __init__(self, parent=None):
        super().__init__(parent)
        self._slider = qt.QSlider(QtCore.Qt.Orientation.Horizontal)
        self._slider.maximum = STEPS
        self._row.insertWidget(0, self._slider)
        self._slider.sliderMoved.connect(self._on_slider)
        self._page_step, self._tracking = 10.0, True
        self._box.setMaximum(100)
        self._slider.setSizePolicy(QtWidgets.QSizePolicy.Expanding, QtWidgets.QSizePolicy.Fixed)

    def _get_page_step(self):
        return self._page_step

    def _set_page_step(self, step):
        self._page_step = step

    pageStep = QtCore.Property(float, _get_page_step, _set_page_step)

    def _get_tracking(self):
        return self._tracking

    def _set_tracking(self, tracking):
        self._tracking = tracking

    tracking = QtCore.Property(bool, _get_tracking, _set_tracking)

    def _limits_changed(self):
        span = self._box.maximum - self._box.minimum
        share = (self._box.value - self._box.minimum) / span if span else 0.0
        self._slider.setValue(round(share * STEPS))

    def _on_slider(self, position):
        span = self._box.maximum - self._box.minimum
        self._box.setValue(self._box.minimum + span * position / STEPS)

    def _on_value(self, value):
        self._limits_changed()
        self.valueIsChanging.emit(value)
        self.valueChanged.emit(value)
