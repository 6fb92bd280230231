"""What the images of a review are called."""

from __future__ import annotations

from dataclasses import dataclass

from slicer.i18n import tr as _


@dataclass(frozen=True)
class Words:
    """Names of images, as captions say them."""

    fixed: str
    aligned: str
    before: str
    after: str


def follow_up_words() -> Words:
    """Return the names for a patient at two dates."""
    return Words(
        fixed=_("Baseline"),
        aligned=_("Follow-up, aligned"),
        before=_("Follow-up before alignment"),
        after=_("Follow-up after alignment"),
    )
