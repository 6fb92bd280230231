"""Pictures of the inputs and of a job that runs."""

from __future__ import annotations

import slicer

from host.screenshots.names import Picture
from host.screenshots.phantom import choose_phantom, tumor_center_ras

TIME_LIMIT_S = 1800.0
PERCENT_SHOWN = 40


def take_inputs(sitting):
    """Select the phantom."""
    choose_phantom(sitting.parameters)
    slicer.util.setSliceViewerLayers(background=sitting.parameters.baseline, fit=True)
    sitting.open_only("inputs")
    sitting.host.app.layoutManager().resetSliceViews()
    sitting.look_at(tumor_center_ras(sitting.parameters))
    sitting.take(Picture.INPUTS)


def take_running(sitting):
    """Press Apply, wait until the time left is known, and see the job to its end."""
    sitting.ui.applyButton.click()
    sitting.open_only("log")
    sitting.host.wait_until(lambda: is_well_under_way(sitting), timeout_s=TIME_LIMIT_S)
    sitting.take(Picture.RUNNING)
    sitting.host.wait_until(lambda: not sitting.panel.job.runs, timeout_s=TIME_LIMIT_S)
    if sitting.panel.results._shown is None:
        msg = f"Look into the log of the panel: {sitting.ui.statusLabel.text}"
        raise RuntimeError(msg)


def is_well_under_way(sitting):
    """Say whether the bar shows something; a job that has ended will show no more."""
    ui = sitting.ui
    tells = ui.progressBar.value >= PERCENT_SHOWN and "left" in ui.statusLabel.text
    return tells or not sitting.panel.job.runs
