"""Whether the result in the scene belongs to what is chosen now."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from slicer.i18n import tr as _

from VolumePreservingRegLib.panel.request_of import request_of
from VolumePreservingRegLib.scene import references, stale
from VolumePreservingRegLib.scene.roles import (
    FIXED_ROLE,
    FIXED_TUMOR_ROLE,
    MOVING_ROLE,
    MOVING_TUMOR_ROLE,
)
from VolumePreservingRegLib.scene.stale_observer import StaleObserver, state_of

Belongs = Callable[[Any, Any], bool]
"""Tells whether a result was made from what a parameter node has chosen now."""


class Staleness:
    """Marks the result of a parameter node when its inputs or its settings are others."""

    def __init__(self, changed: Callable[[], None], *, belongs: Belongs | None = None) -> None:
        """Call `changed` whenever a mark has come or gone; `belongs` tells whose a result is."""
        self._changed, self._belongs = changed, belongs or belongs_to_pair
        self._observer: StaleObserver | None = None
        self._states: dict[Any, Any] = {}

    def follow(self, nodes: Any | None) -> None:
        """Watch the inputs of a result; None watches nothing."""
        if self._observer is not None:
            self._observer.stop()
        self._observer, self._states = None, {}
        if nodes is not None:
            self._observer = StaleObserver(nodes, on_stale=lambda _reason: self._changed())
            self._states = {node: edits_of(node) for node in references.inputs_of(nodes)}

    def compare(self, parameters: Any) -> None:
        """Mark the result of a parameter node, or take the mark off where all is as it was."""
        nodes = references.find(parameters.parameterNode)
        if nodes is None:
            return
        reason = stale.stale_reason(nodes)
        if not self._belongs(nodes, parameters):
            if not reason:
                stale.mark_stale(nodes, other_settings())
                self._changed()
        elif reason == other_settings() and not self._inputs_were_edited():
            stale.unmark_stale(nodes)
            self._changed()

    def _inputs_were_edited(self) -> bool:
        return any(
            node.GetScene() is None or edits_of(node) != state
            for node, state in self._states.items()
        )


def edits_of(node: Any) -> tuple[Any, ...]:
    """Return what differs once an input was edited; for segmentations also for less."""
    if node.IsA("vtkMRMLSegmentationNode"):
        return (state_of(node), node.GetSegmentation().GetMTime())
    return (state_of(node),)


def other_settings() -> str:
    """Return the reason for results of other inputs or settings."""
    return _("The inputs or settings were changed after the registration. Press Apply again.")


def settings_text(parameters: Any) -> str:
    """Return all that a result depends on, but for the nodes themselves."""
    request = request_of(parameters)
    settings = {name: value for name, value in request.settings.items() if name != "device"}
    choices = (request.fixedTumor, request.movingTumor, request.fixedOrgan, request.movingOrgan)
    segments = [None if choice is None else choice.segmentID for choice in choices]
    return json.dumps({"settings": settings, "segments": segments}, sort_keys=True)


def belongs_to_pair(nodes: Any, parameters: Any) -> bool:
    """Tell whether a result was made from the inputs and settings that are chosen now."""
    inputs = {
        FIXED_ROLE: parameters.baseline,
        MOVING_ROLE: parameters.followUp,
        FIXED_TUMOR_ROLE: parameters.baselineTumor,
        MOVING_TUMOR_ROLE: parameters.followUpTumor,
    }
    return belongs(nodes, inputs) and has_settings(parameters, settings_text)


def belongs(nodes: Any, inputs: Mapping[str, Any]) -> bool:
    """Tell whether a result was made from these nodes, given by role."""
    some = nodes.nodes()[0]
    return all(some.GetNodeReference(role) is node for role, node in inputs.items())


def has_settings(parameters: Any, text: Callable[[Any], str]) -> bool:
    """Tell whether the text of the settings chosen now is that of the result."""
    try:
        return text(parameters) == parameters.resultSettings
    except ValueError:
        # A text that makes no sense yet is on its way to other settings.
        return False
