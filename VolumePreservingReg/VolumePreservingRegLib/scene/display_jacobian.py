"""Show where an alignment shrinks or stretches tissue."""

from __future__ import annotations

import numpy as np
import slicer

from VolumePreservingRegLib.scene.colours import LOG2_LIMIT, size_change_colours
from VolumePreservingRegLib.scene.legend import show_size_legend
from VolumePreservingRegLib.scene.roles import LOG2, SCALE_ATTRIBUTE

LEAST_DETERMINANT = 2.0**-6
"""What stands for folds, which have no logarithm; the folds have a volume of their own."""


def to_log2(volume) -> None:
    """Replace determinants by their log2, 0 where nothing changes; folds take the least value."""
    determinant = slicer.util.arrayFromVolume(volume)
    log2 = np.log2(np.maximum(determinant, LEAST_DETERMINANT)).astype(np.float32)
    slicer.util.updateVolumeFromArray(volume, log2)
    volume.SetAttribute(SCALE_ATTRIBUTE, LOG2)


def display_jacobian(volume) -> None:
    """Set the colours with equal reach for half and double size, and a legend in plain numbers."""
    volume.CreateDefaultDisplayNodes()
    display = volume.GetDisplayNode()
    display.SetAndObserveColorNodeID(size_change_colours(volume.GetScene()).GetID())
    display.AutoWindowLevelOff()
    display.SetWindowLevelMinMax(-LOG2_LIMIT, LOG2_LIMIT)
    display.SetInterpolate(True)
    show_size_legend(volume)
