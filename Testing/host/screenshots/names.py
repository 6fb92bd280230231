"""The names of the pictures, in the order of the tutorial."""

from __future__ import annotations

from enum import Enum


class Picture(Enum):
    """One picture, by the name of its file."""

    INPUTS = "panel-inputs"
    RUNNING = "panel-running"
    SOFT_MASK = "panel-soft-mask"
    CHANGE_OF_SIZE = "panel-change-of-size"
    COMPARISON = "panel-comparison"
    CHECKERBOARD = "panel-checkerboard"
    WIPE = "panel-wipe"
    FINDINGS = "panel-findings"
    TUMOR = "panel-tumor"

    @property
    def file_name(self):
        """The name of the file."""
        return f"{self.value}.png"
