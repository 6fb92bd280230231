"""A checkerboard of two images: borders of tissue must run on from field to field."""

from __future__ import annotations

import vtk

CELLS = 8


class Checkerboard:
    """Mixes two images field by field; the amount is the number of fields across."""

    def __init__(self):
        self.filter = vtk.vtkImageCheckerboard()
        self._cells = CELLS

    def set_amount(self, amount: float):
        """Set the number of fields across, 2 or more."""
        self._cells = max(2, round(amount))

    def fit(self, width: int, height: int):
        """Keep the fields square in a view of so many pixels."""
        down = max(1, round(self._cells * height / max(width, 1)))
        self.filter.SetNumberOfDivisions(self._cells, down, 1)
