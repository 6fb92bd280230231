"""What is known of a lesion at a date, in words under the two headings."""

from __future__ import annotations

from slicer.i18n import tr as _

from VolumePreservingRegLib.timeline.figures import Figures

SIZE_ALONE = "By size alone"


def size_words(row: Figures) -> str:
    """Say how large a lesion is."""
    if row.ml is None:
        return ""
    return _("{ml} ± {error} ml").format(ml=_short(row.ml), error=f"{row.uncertaintyMl:.2g}")


def measured_words(row: Figures) -> str:
    """Say what was measured on the segmentation."""
    if row.ml is None:
        return _("Nothing is segmented here.")
    said = [
        size_words(row),
        _("{long:.1f} \u00d7 {across:.1f} mm").format(
            long=row.longestMm, across=row.perpendicularMm
        ),
    ]
    if row.sinceBaseline is not None:
        change = _("{change:+.0f} % since baseline").format(change=100 * row.sinceBaseline)
        within = _(" (within what the voxels leave open)") if row.isWithinUncertainty else ""
        said.append(change + within)
    if row.sinceNadir is not None:
        said.append(_("{change:+.0f} % since nadir").format(change=100 * row.sinceNadir))
    if row.doublingDays is not None:
        said.append(_("doubling in {days:.0f} days").format(days=row.doublingDays))
    if row.halvingDays is not None:
        said.append(_("halving in {days:.0f} days").format(days=row.halvingDays))
    return ", ".join(said)


def property_words(row: Figures) -> str:
    """Say what the alignment did to the lesion."""
    if row.time == 0:
        return _("None: this is the baseline.")
    if row.stsrSoft is None:
        return _("Nothing to align.")
    said = [_("STSR {stsr:.2f}").format(stsr=row.stsrSoft)]
    if row.alignedMl is not None:
        said.append(_("{ml} ml in the aligned scan").format(ml=_short(row.alignedMl)))
    if row.alignedSimilarityOnlyMl is not None:
        said.append(
            _("{ml} ml if only likeness had counted").format(ml=_short(row.alignedSimilarityOnlyMl))
        )
    return ", ".join(said)


def response_words(content: dict, time: int) -> tuple[str, str]:
    """Say what the response criteria make of a time point, and why; nothing for the baseline."""
    point = content["time_points"][time]
    if not point["response"]:
        return "", ""
    short = [
        f"{one['criteria']} {one['category'] or _('not decided')}" for one in point["response"]
    ]
    reasons = [f"{one['criteria']}: {_reason(one)}" for one in point["response"]]
    heading = _("Response at {date}, as an aid: {words}")
    return heading.format(date=point["name"], words=", ".join(short)), "\n\n".join(reasons)


def _reason(response: dict) -> str:
    """Return why, without what concerns the file of a study: here a check box says it."""
    start = response["reason"].find(SIZE_ALONE)
    return response["reason"][start:] if start >= 0 else response["reason"]


def _short(ml: float) -> str:
    return f"{ml:.3g}" if ml < 1 else f"{ml:.2f}"
