"""All drawings of a tracking, by the names of their files."""

from __future__ import annotations

from vpreg.lesions.tracking import Tracking
from vpreg.report.growth_curves import COLOURS, Scale, growth_curves, shown_lesions
from vpreg.report.slice_strips import slice_strip


def tracking_figures(tracking: Tracking) -> dict[str, str]:
    """Return `growth-linear`, `growth-log`, and a strip `lesion-NAME` for each lesion shown."""
    drawings = {f"growth-{scale.value}": growth_curves(tracking, scale) for scale in Scale}
    for name, colour in zip(shown_lesions(tracking), COLOURS, strict=False):
        drawings[f"lesion-{name}"] = slice_strip(tracking, name, colour=colour)
    return drawings
