"""ctkRangeWidget: a lower and an upper number."""

from __future__ import annotations

import qt
from PySide6 import QtCore

from host.ctk_numbers import Number


class ctkRangeWidget(Number):
    """Two spin boxes that stay in order; the one of the base class is the lower."""

    STUB = True
    SIGNATURES = {
        "valuesChanged(double,double)": "valuesChanged",
        "minimumValueChanged(double)": "minimumValueChanged",
        "maximumValueChanged(double)": "maximumValueChanged",
    }
    valuesChanged = QtCore.Signal(float, float)
    minimumValueChanged = QtCore.Signal(float)
    maximumValueChanged = QtCore.Signal(float)

    def __init__(self, parent=None):
        super().__init__(parent)
        self._upper = qt.QDoubleSpinBox()
        self._row.addWidget(self._upper)
        self._upper.value = self._upper.maximum
        self._upper.valueChanged.connect(self._on_upper)
        self._both = False

    def _get_minimum_value(self):
        return self._box.value

    def _set_minimum_value(self, value):
        self._box.setValue(value)

    minimumValue = QtCore.Property(float, _get_minimum_value, _set_minimum_value)

    def _get_maximum_value(self):
        return self._upper.value

    def _set_maximum_value(self, value):
        self._upper.setValue(value)

    maximumValue = QtCore.Property(float, _get_maximum_value, _set_maximum_value)

    def setValues(self, minimum, maximum):
        """Set both numbers and tell of them once."""
        self._both = True
        self._box.setValue(minimum)
        self._upper.setValue(maximum)
        self._both = False
        self.valuesChanged.emit(self._box.value, self._upper.value)

    def setMinimumValue(self, value):
        """Set the lower number."""
        self._box.setValue(value)

    def setMaximumValue(self, value):
        """Set the upper number."""
        self._upper.setValue(value)

    def _limits_changed(self):
        for name in ("decimals", "singleStep", "suffix", "prefix"):
            setattr(self._upper, name, getattr(self._box, name))
        self._upper.setRange(self._box.minimum, self._box.maximum)

    def _on_value(self, value):
        self.minimumValueChanged.emit(value)
        if value > self._upper.value:
            self._upper.setValue(value)
        elif not self._both:
            self.valuesChanged.emit(value, self._upper.value)

    def _on_upper(self, value):
        self.maximumValueChanged.emit(value)
        if value < self._box.value:
            self._box.setValue(value)
        elif not self._both:
            self.valuesChanged.emit(self._box.value, value)
