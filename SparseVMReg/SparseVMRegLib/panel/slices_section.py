"""Measured slices: shown over the scan before anything is registered."""

from __future__ import annotations

from typing import Any

import slicer
from slicer.i18n import tr as _
from VolumePreservingRegLib.scene.remove_result import remove_node

from SparseVMRegLib.panel.choices import Acquired
from SparseVMRegLib.panel.problems import slices_problem
from SparseVMRegLib.panel.request_of import mask_of
from SparseVMRegLib.panel.settings_json import slices_text
from SparseVMRegLib.scene.load_slices import SlicesFound, lay_over

OPACITY = 0.4


class SlicesSection:
    """The button, what was found in words, and the volume that shows it."""

    def __init__(self, ui: Any) -> None:
        """Show that nothing was looked for."""
        self._ui = ui
        self._busy = False
        self.refresh(None)

    def refresh(self, parameters: Any) -> None:
        """Show the parameter node as it is now; slices of other choices are forgotten."""
        if parameters is not None and parameters.slicesText and not is_of(parameters):
            forget(parameters)
        masked = parameters is not None and parameters.acquired is Acquired.MASK
        self._ui.acquiredMaskLabel.setVisible(masked)
        self._ui.acquiredMaskSelector.setVisible(masked)
        words = parameters.slicesText if parameters is not None else ""
        self._ui.slicesLabel.setText(words)
        self._ui.slicesLabel.setVisible(bool(words))
        self._show_button(parameters)

    def setBusy(self, busy: bool, parameters: Any) -> None:
        """Let nobody look for slices while a job runs."""
        self._busy = busy
        self._show_button(parameters)

    def take(self, found: SlicesFound, parameters: Any) -> None:
        """Show slices in place of the former ones."""
        keep(found.words, parameters, volume=found.volume)
        lay_over(parameters.scan, found.volume, opacity=OPACITY)
        self.refresh(parameters)

    def keepWords(self, words: str, parameters: Any) -> None:
        """Show what a registration has found: its own overlay takes the place of the volume."""
        keep(words, parameters)
        self.refresh(parameters)

    def _show_button(self, parameters: Any) -> None:
        problem = _("Open the module again.") if parameters is None else slices_problem(parameters)
        hint = _(
            "Find the slices now, before anything is aligned. A veil covers what lies between them."
        )
        self._ui.showSlicesButton.setEnabled(problem is None and not self._busy)
        self._ui.showSlicesButton.setToolTip(problem or hint)


def keep(words: str, parameters: Any, *, volume: Any = None) -> None:
    """Note what was found of the slices chosen now, in place of what was found before."""
    with slicer.util.NodeModify(parameters):
        forget(parameters)
        parameters.slicesVolume = volume
        parameters.slicesScan, parameters.slicesMask = parameters.scan, mask_of(parameters)
        parameters.slicesText, parameters.slicesSettings = words, slices_text(parameters)


def is_of(parameters: Any) -> bool:
    """Tell whether the slices that were found are those of what is chosen now."""
    return (
        parameters.slicesScan is parameters.scan
        and parameters.slicesMask is mask_of(parameters)
        and parameters.slicesSettings == slices_text(parameters)
    )


def forget(parameters: Any) -> None:
    """Forget the slices that were found, and take their volume out of the scene."""
    volume = parameters.slicesVolume
    with slicer.util.NodeModify(parameters):
        parameters.slicesVolume = parameters.slicesScan = parameters.slicesMask = None
        parameters.slicesText = parameters.slicesSettings = ""
    if volume is not None and volume.GetScene() is not None:
        remove_node(volume.GetScene(), volume)
