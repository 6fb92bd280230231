"""What can be chosen beside the time points themselves."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from slicer.i18n import tr as _


class LesionRule(Enum):
    """What one lesion of a segmentation is; the values are the engine's words."""

    AUTO = "auto"
    COMPONENTS = "components"
    LABELS = "labels"

    def label(self) -> str:
        """Return the words in the list."""
        return {
            LesionRule.AUTO: _("Segments, or pieces if there is one"),
            LesionRule.COMPONENTS: _("Each connected piece"),
            LesionRule.LABELS: _("Each segment"),
        }[self]


@dataclass(frozen=True)
class TimelineOptions:
    """How to follow the lesions, and how to draw their volumes."""

    rule: LesionRule = LesionRule.AUTO
    chain: bool = False
    lookedForNew: bool = False
    updateAfterEdits: bool = True
    logScale: bool = False
