"""Show the soft tumor mask and the folds over scans."""

from __future__ import annotations

from VolumePreservingRegLib.scene.colours import fold_colours, mask_colours

LEAST_SHOWN = 0.1
"""Below this likelihood the scan shows through."""
ABOVE_ALL = 2.0
"""Between voxels of 1 Slicer interpolates values a little above 1, which are not to be holes."""


def display_mask(volume) -> None:
    """Show where tissue has no counterpart and keeps its volume, from 0 to 1."""
    display = _display(volume, mask_colours(volume.GetScene()), high=1.0)
    display.SetThreshold(LEAST_SHOWN, ABOVE_ALL)
    display.ApplyThresholdOn()


def display_folds(volume) -> None:
    """Show the voxels that fold, each as it is, and nothing else."""
    display = _display(volume, fold_colours(volume.GetScene()), high=1.0)
    display.SetThreshold(0.5, 1.0)
    display.ApplyThresholdOn()
    display.SetInterpolate(False)


def _display(volume, colours, *, high: float):
    volume.CreateDefaultDisplayNodes()
    display = volume.GetDisplayNode()
    display.SetAndObserveColorNodeID(colours.GetID())
    display.AutoWindowLevelOff()
    display.SetWindowLevelMinMax(0.0, high)
    display.AutoThresholdOff()
    return display
