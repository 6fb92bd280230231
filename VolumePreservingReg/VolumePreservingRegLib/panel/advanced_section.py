"""Advanced: only what acts on the chosen method can be changed."""

from __future__ import annotations

from typing import Any

from VolumePreservingRegLib.panel.choices import Method, Mode, Similarity

OF_PROJECTED = (
    "similarityComboBox",
    "forceSmoothingSlider",
    "fieldSmoothingSlider",
    "maskSlopeSlider",
    "similarityIterationsLineEdit",
    "volumeIterationsLineEdit",
)
OF_PAPER = ("volumeWeightSlider", "smoothnessWeightSlider", "penaltyIterationsLineEdit")


class AdvancedSection:
    """Disables what the engine would not look at."""

    def __init__(self, ui: Any) -> None:
        """Take the widgets."""
        self._ui = ui

    def refresh(self, parameters: Any) -> None:
        """Show what acts now."""
        projected = parameters.method is Method.PROJECTED
        for name in OF_PROJECTED:
            self._enable(name, enabled=projected)
        for name in OF_PAPER:
            self._enable(name, enabled=not projected)
        correlation = parameters.similarity is Similarity.LOCAL_NCC
        self._enable("windowRadiusSpinBox", enabled=projected and correlation)
        follow_up = parameters.mode is Mode.FOLLOW_UP
        self._enable("followUpThresholdSlider", enabled=projected and follow_up)
        self._enable("referenceThresholdSlider", enabled=projected and not follow_up)

    def _enable(self, name: str, *, enabled: bool) -> None:
        getattr(self._ui, name).setEnabled(enabled)
