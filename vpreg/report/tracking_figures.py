"""All drawings of a tracking, by the names of their files."""

from __future__ import annotations

from vpreg.lesions.tracking import Tracking
from vpreg.report.aligned_strips import aligned_dates, aligned_strip
from vpreg.report.growth_curves import COLOURS, Scale, growth_curves, shown_lesions
from vpreg.report.slice_strips import slice_strip


def tracking_figures(tracking: Tracking) -> dict[str, str]:
    """Return `growth-linear`, `growth-log`, and the strips of each lesion shown.

    `lesion-NAME` has the scans as they are, `aligned-NAME` those in the space of the baseline, if
    the lesion is in it.
    """
    drawings = {f"growth-{scale.value}": growth_curves(tracking, scale) for scale in Scale}
    dates = aligned_dates(tracking)
    for name, colour in zip(shown_lesions(tracking), COLOURS, strict=False):
        drawings[f"lesion-{name}"] = slice_strip(tracking, name, colour=colour)
        aligned = aligned_strip(tracking, dates, name, colour=colour)
        if aligned:
            drawings[f"aligned-{name}"] = aligned
    return drawings
