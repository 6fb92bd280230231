"""Put an overlay on the images of one slice view, and take it away again."""

from __future__ import annotations

FOREGROUND = 1
FIRST_ADDITIONAL = 3


class OverlayLayer:
    """The place of the overlay in one slice composite node, and what was there before."""

    def __init__(self, composite):
        self._composite = composite
        self._layer: int | None = None
        self._shown: str | None = None
        self._before: tuple[str | None, float] = (None, 0.0)

    def show(self, volume, opacity: float, *, own: frozenset[str] = frozenset()):
        """Lay a volume over the images; `own` are the volumes that may be replaced for it."""
        if self._layer is None:
            self._take_place(own)
        self._shown = volume.GetID()
        set_layer(self._composite, self._layer, self._shown, opacity)

    def clear(self):
        """Put back what was there, unless somebody has put something else there since."""
        if self._layer is None:
            return
        if layer_volume(self._composite, self._layer) in (self._shown, None):
            volume, opacity = self._before
            set_layer(self._composite, self._layer, volume, opacity)
        self._layer = None

    def _take_place(self, own):
        self._layer = place_for_overlay(self._composite, own)
        volume = layer_volume(self._composite, self._layer)
        # A scene saved during a review comes back with the overlay in it.
        kept = None if volume in own else volume
        self._before = (kept, layer_opacity(self._composite, self._layer))


def place_for_overlay(composite, own: frozenset[str]) -> int:
    """Choose the foreground if it is free, as only there Slicer shows the colour legend.

    vtkMRMLColorLegendDisplayableManager looks at background, foreground and label alone. Where
    the foreground is taken the overlay goes above all, and before Slicer 5.10 in its place.
    """
    foreground = composite.GetForegroundVolumeID()
    if foreground is None or foreground in own or not has_additional_layers(composite):
        return FOREGROUND
    return FIRST_ADDITIONAL + composite.GetNumberOfAdditionalLayers()


def has_additional_layers(composite) -> bool:
    """Say whether this Slicer (5.10 and later) blends more than foreground and label."""
    return hasattr(composite, "SetNthLayerVolumeID")


def set_layer(composite, layer: int, volume: str | None, opacity: float):
    """Set volume and opacity of a layer."""
    if layer == FOREGROUND:
        composite.SetForegroundVolumeID(volume)
        composite.SetForegroundOpacity(opacity)
        return
    composite.SetNthLayerOpacity(layer, opacity)
    composite.SetNthLayerVolumeID(layer, volume)


def layer_volume(composite, layer: int) -> str | None:
    """Return the ID of the volume in a layer."""
    if layer == FOREGROUND:
        return composite.GetForegroundVolumeID()
    return composite.GetNthLayerVolumeID(layer)


def layer_opacity(composite, layer: int) -> float:
    """Return the opacity of a layer."""
    if layer == FOREGROUND:
        return composite.GetForegroundOpacity()
    return composite.GetNthLayerOpacity(layer)
