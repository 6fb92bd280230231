"""Lay the tumor mask, the volume change or the folds over the images of all views concerned."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Any

from VolumePreservingRegLib.review.legends import announce_layers, legend_of, show_legends
from VolumePreservingRegLib.review.overlay_layers import OverlayLayer
from VolumePreservingRegLib.review.protocols import SliceWidget
from VolumePreservingRegLib.review.scans import Scans
from VolumePreservingRegLib.review.views import shown_volume


class Overlay(Enum):
    """What lies over the images."""

    NONE = "none"
    SOFT_MASK = "soft mask"
    JACOBIAN = "jacobian"
    FOLDS = "folds"
    CONFIDENCE = "confidence"


def overlay_of(scans: Scans, overlay: Overlay, image):
    """Return the volume that belongs over an image, or None if there is none for it."""
    nodes = scans.nodes
    if image is None or overlay is Overlay.NONE:
        return None
    if image in (scans.baseline, scans.aligned):
        over = {
            Overlay.SOFT_MASK: nodes.softMask,
            Overlay.JACOBIAN: nodes.jacobian,
            Overlay.FOLDS: nodes.folds,
            Overlay.CONFIDENCE: nodes.confidence,
        }
    elif image is scans.similarityAligned:
        over = {Overlay.SOFT_MASK: nodes.softMask, Overlay.JACOBIAN: nodes.similarityJacobian}
    elif image is scans.followUp:
        over = {Overlay.SOFT_MASK: nodes.softMaskMoving}
    else:
        over = {}
    return over.get(overlay)


def overlay_volumes(scans: Scans) -> list:
    """List all volumes that can lie over the images."""
    nodes = scans.nodes
    found = [
        nodes.softMask,
        nodes.softMaskMoving,
        nodes.jacobian,
        nodes.similarityJacobian,
        nodes.folds,
        nodes.confidence,
    ]
    return [volume for volume in found if volume is not None]


class OverlayShow:
    """The overlay in every view concerned; remembers what to put back."""

    def __init__(self):
        self._layers: dict[str, OverlayLayer] = {}
        self._volumes: list = []

    def show(
        self,
        scans: Scans,
        overlay: Overlay,
        *,
        opacity: float,
        views: list[SliceWidget],
        image_of: Callable[[SliceWidget], Any] = shown_volume,
    ):
        """Lay the overlay over each view as its image asks; other views get nothing."""
        self._volumes = overlay_volumes(scans)
        own = frozenset(volume.GetID() for volume in self._volumes)
        shown = []
        for view in views:
            volume = overlay_of(scans, overlay, image_of(view))
            self._show_in(view, volume, opacity, own)
            shown.append(volume)
            if legend_of(volume) is not None:
                announce_layers(view)
        show_legends(self._volumes, shown)

    def clear(self):
        """Take all overlays and legends away; a second call does nothing."""
        for layer in self._layers.values():
            layer.clear()
        show_legends([volume for volume in self._volumes if volume.GetScene()], [])
        self._layers.clear()
        self._volumes.clear()

    def _show_in(self, view, volume, opacity, own):
        composite = view.mrmlSliceCompositeNode()
        if volume is not None:
            layer = self._layers.setdefault(composite.GetID(), OverlayLayer(composite))
            layer.show(volume, opacity, own=own)
        elif composite.GetID() in self._layers:
            self._layers.pop(composite.GetID()).clear()


def show_overlay(scans: Scans, overlay: Overlay, *, opacity: float, views: list[SliceWidget]):
    """Lay an overlay over the views and return what takes it away again."""
    shown = OverlayShow()
    shown.show(scans, overlay, opacity=opacity, views=views)
    return shown
