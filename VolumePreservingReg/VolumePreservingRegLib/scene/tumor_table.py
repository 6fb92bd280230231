"""The table of lesions: what was measured on them, and what the alignments do to them.

Two headings, since an STSR of 1 says that the alignment kept a size, not that the disease is
stable.
"""

from __future__ import annotations

from slicer.i18n import tr as _

from VolumePreservingRegLib.scene.table_columns import Column, add_column

MM3_OF_A_ML = 1000.0


def columns() -> list[Column]:
    """Return the columns in their order."""
    measured, alignment = _("Measured on the segmentations"), _("Property of the alignment")
    return [
        Column("Lesion", _("Lesion"), _("The lesion as segmented on the follow-up.")),
        Column("BaselineMl", _("Baseline"), _("Segmented volume at baseline."), "ml", measured),
        Column("FollowUpMl", _("Follow-up"), _("Segmented volume at follow-up."), "ml", measured),
        Column(
            "ChangePercent",
            _("Change"),
            _("From baseline to follow-up; above 0 the lesion grew."),
            "%",
            measured,
        ),
        Column(
            "SimilarityOnlyMl",
            _("After similarity-only"),
            _("Volume of the follow-up lesion after an alignment that only looks for likeness."),
            "ml",
            alignment,
        ),
        Column(
            "VolumePreservingMl",
            _("After volume-preserving"),
            _("Volume of the follow-up lesion after the alignment that keeps its size."),
            "ml",
            alignment,
        ),
        Column(
            "SimilarityOnlyStsr",
            _("STSR similarity-only"),
            _("1 if the alignment keeps the size of the lesion in proportion to the organ."),
            "",
            alignment,
        ),
        Column(
            "VolumePreservingStsr",
            _("STSR volume-preserving"),
            _(
                "1 if the alignment keeps the size of the lesion in proportion to the organ. "
                "It says nothing about growth."
            ),
            "",
            alignment,
        ),
        Column("Note", _("Note"), _("What to keep in mind about this lesion.")),
    ]


def lesion_rows(content: dict, names) -> list[dict]:
    """Return a row a lesion of `result.json`, with None for what was not measured."""
    figures = content["figures"]
    final = _alignment(figures.get("final"))
    similarity = _alignment(figures.get("similarity_only"))
    if not keeps_volume(content):
        final, similarity = {}, final
    lesions = lesions_of(content)
    changes = {c["moving_label"]: c for c in figures["final"].get("volume_changes") or []}
    return [
        lesion_row(name, lesion, changes.get(lesion["label"]), final=final, similarity=similarity)
        for name, lesion in zip(names, lesions, strict=True)
    ]


def lesion_row(name: str, lesion: dict, change: dict | None, *, final, similarity) -> dict:
    """Return the row of one lesion."""
    baseline = change["volume_fixed_mm3"] if change else None
    follow_up = lesion["volume_moving_mm3"]
    after_final = final.get(lesion["label"], {})
    after_similarity = similarity.get(lesion["label"], {})
    return {
        "Lesion": name,
        "BaselineMl": _ml(baseline),
        "FollowUpMl": _ml(follow_up),
        "ChangePercent": _rounded(100 * (follow_up / baseline - 1), 1) if baseline else None,
        "SimilarityOnlyMl": _ml(after_similarity.get("volume_warped_mm3")),
        "VolumePreservingMl": _ml(after_final.get("volume_warped_mm3")),
        "SimilarityOnlyStsr": _rounded(after_similarity.get("stsr_soft"), 3),
        "VolumePreservingStsr": _rounded(after_final.get("stsr_soft"), 3),
        "Note": note_on(lesion, change),
    }


def note_on(lesion: dict, change: dict | None) -> str:
    """Say in words what a reader of the row has to know."""
    notes = []
    if lesion["state"] != "measured":
        notes.append(_("{state} after the alignment").format(state=lesion["state"]))
    elif lesion["in_view_fraction"] < 0.99:
        notes.append(_("cut by the edge of the baseline scan"))
    if change is None:
        notes.append(_("no lesion of the baseline goes with it"))
    elif change["comparability"] != "comparable":
        notes.append(_("compare with care: {why}").format(why=change["comparability"]))
    return "; ".join(notes)


def fill_tumor_table(table, content: dict, names) -> None:
    """Fill a table node, one row a lesion."""
    rows = lesion_rows(content, names)
    table.SetUseColumnTitleAsColumnHeader(True)
    table.SetLocked(True)
    for column in columns():
        add_column(table, column, [row[column.name] for row in rows])


def lesions_of(content: dict) -> list[dict]:
    """Return the lesions that were measured, or none."""
    tumor = content["figures"]["final"].get("tumor")
    return tumor["stsr"]["lesions"] if tumor else []


def keeps_volume(content: dict) -> bool:
    """Say whether the final alignment is the one that keeps volumes."""
    return "volume" in content["provenance"]["recipe"]


def _alignment(figures: dict | None) -> dict[int, dict]:
    tumor = (figures or {}).get("tumor")
    return {lesion["label"]: lesion for lesion in tumor["stsr"]["lesions"]} if tumor else {}


def _ml(volume_mm3) -> float | None:
    return None if volume_mm3 is None else round(volume_mm3 / MM3_OF_A_ML, 3)


def _rounded(value, digits: int) -> float | None:
    # JSON has no infinity: the figures hold it as a word, which float() understands.
    return None if value is None else round(float(value), digits)
