"""What the user has asked the review to show."""

from __future__ import annotations

from dataclasses import dataclass

from VolumePreservingRegLib.review.compare import Compare
from VolumePreservingRegLib.review.overlays import Overlay
from VolumePreservingRegLib.review.reveal import Reveal


@dataclass
class ReviewState:
    """The wishes; they outlive the result that is shown."""

    overlay: Overlay = Overlay.NONE
    opacity: float = 0.5
    compare: Compare | None = None
    reveal: Reveal = Reveal.NONE
    amount: float | None = None
    follow_mouse: bool = False
    outlines: bool = False
    flicker: bool = False
    interval_ms: int = 600
