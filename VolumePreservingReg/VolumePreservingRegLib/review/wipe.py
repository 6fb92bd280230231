"""A curtain between two images: the baseline on its left, the follow-up on its right."""

from __future__ import annotations

import vtk

MIDDLE = 0.5


class Wipe:
    """Mixes two images at an upright border; the amount is its place, 0 left to 1 right."""

    def __init__(self):
        self.filter = vtk.vtkImageRectilinearWipe()
        self.filter.SetWipeToHorizontal()
        self._place = MIDDLE

    def set_amount(self, amount: float):
        """Set the place of the border, from 0 at the left to 1 at the right."""
        self._place = min(max(amount, 0.0), 1.0)

    def fit(self, width: int, height: int):
        """Keep the border at its place in a view of so many pixels."""
        self.filter.SetPosition(round(self._place * width), height // 2)
