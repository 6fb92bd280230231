"""Where a scan was measured, and how sure that is, in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from slicer.i18n import tr as _

VERY_SURE, SURE = 0.8, 0.6
ASKEW_DEGREES = 10.0


def slices_in_words(figures: Mapping[str, Any]) -> str:
    """Say what the figures of the slices (of `result.json`) mean."""
    sentences = [_what(figures), _gaps(figures), _how_sure(figures)]
    return " ".join(sentence for sentence in sentences if sentence)


def _what(figures: Mapping[str, Any]) -> str:
    if "count" not in figures:
        percent = 100 * figures["confident_fraction"]
        return _(
            "The mask shows no parallel slices: {percent} % of the scan count as measured."
        ).format(percent=f"{percent:.0f}")
    return _("{count} slices, {spacing} mm apart, {plane}.").format(
        count=figures["count"],
        spacing=f"{figures['spacing_mm']:.1f}",
        plane=plane_of(figures["normal_lps"]),
    )


def plane_of(normal) -> str:
    """Name the plane of slices by their normal (LPS or RAS)."""
    size = np.abs(np.asarray(normal, dtype=float))
    axis = int(size.argmax())
    name = (_("sagittal"), _("coronal"), _("axial"))[axis]
    tilt = float(np.degrees(np.arccos(min(1.0, size[axis] / np.linalg.norm(size)))))
    if tilt < ASKEW_DEGREES:
        return name
    return _("{plane} and tilted by {degrees} degrees").format(plane=name, degrees=round(tilt))


def _gaps(figures: Mapping[str, Any]) -> str:
    if "count" not in figures:
        return ""
    gap = figures["spacing_mm"] - figures["thickness_mm"]
    if gap < 0.05 * figures["spacing_mm"]:
        return ""
    return _("The {gap} mm between them were not measured.").format(gap=f"{gap:.1f}")


def _how_sure(figures: Mapping[str, Any]) -> str:
    certainty = figures.get("certainty")
    if certainty is None:
        return {
            "geometry": _("Read off the scan itself."),
            "mask": _("Taken from the mask."),
        }.get(figures["acquired"], "")
    percent = f"{100 * certainty:.0f}"
    if certainty >= VERY_SURE:
        return _("Found with hardly any doubt (certainty {percent} %).").format(percent=percent)
    if certainty >= SURE:
        return _("Found quite surely (certainty {percent} %).").format(percent=percent)
    return _(
        "Found with some doubt (certainty {percent} %): look whether the sharp slices are those"
        " that are not veiled."
    ).format(percent=percent)
