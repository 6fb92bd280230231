"""The columns of lesions over time: measured, property of the alignment, and the reader's."""

from __future__ import annotations

from slicer.i18n import tr as _

from VolumePreservingRegLib.scene.table_columns import Column


def columns() -> dict[str, Column]:
    """Return the columns in their order, by name."""
    listed = [*_what(), *_measured(), *_alignment(), *_reader()]
    return {column.name: column for column in listed}


def _what() -> list[Column]:
    return [
        Column("Lesion", _("Lesion"), _("One name for one lesion at all dates.")),
        Column("TimePoint", _("Date"), _("When the scan was made.")),
        Column("Day", _("Day"), _("Days since the baseline."), "d"),
        Column("Event", _("What became of it"), _("Compared with the dates before.")),
    ]


def _measured() -> list[Column]:
    heading = _("Measured on the segmentations")
    words = (
        ("VolumeMl", _("Volume"), "ml", _("Voxels of the segmentation.")),
        (
            "UncertaintyMl",
            "±",
            "ml",
            _("What the size of the voxels leaves open. Where the border was drawn is not in it."),
        ),
        ("LongestMm", _("Longest diameter"), "mm", _("In an axial slice.")),
        ("AcrossMm", _("Across"), "mm", _("At right angles, in the same slice.")),
        (
            "SinceBaselinePercent",
            _("Since baseline"),
            "%",
            _("Change of the volume; above 0 the lesion grew."),
        ),
        ("SinceNadirPercent", _("Since nadir"), "%", _("Since the smallest volume before.")),
        (
            "Within",
            _("Within ±"),
            "",
            _("yes: the change since baseline is smaller than what the voxels leave open."),
        ),
        ("DoublingDays", _("Doubling time"), "d", _("Since baseline.")),
        ("HalvingDays", _("Halving time"), "d", _("Since baseline.")),
    )
    return [Column(name, title, tip, unit, heading) for name, title, unit, tip in words]


def _alignment() -> list[Column]:
    heading = _("Property of the alignment")
    kept = _("1 if the alignment keeps the size of the lesion. It says nothing about growth.")
    words = (
        ("StsrSoft", "STSR", "", kept),
        ("StsrHard", _("STSR by voxels"), "", kept),
        (
            "AlignedMl",
            _("After volume-preserving"),
            "ml",
            _("Volume in the aligned scan. Do not read growth from it."),
        ),
        (
            "SimilarityOnlyMl",
            _("After similarity-only"),
            "ml",
            _("Volume after an alignment that only looks for likeness: the error avoided."),
        ),
        *((f"Place{axis}", axis, "mm", _("Middle at baseline, RAS.")) for axis in "RAS"),
    )
    return [Column(name, title, tip, unit, heading) for name, title, unit, tip in words]


def _reader() -> list[Column]:
    return [
        Column("Review", _("Review"), _("Accepted or rejected by the reader.")),
        Column("Comment", _("Comment"), _("Of the reader.")),
        Column("State", _("State"), _("Outdated: an input was edited since.")),
    ]
