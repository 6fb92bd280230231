"""The table of structures: what was segmented, what was carried over, and what was measured."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from slicer.i18n import tr as _
from VolumePreservingRegLib.scene.table_columns import Column, add_column

from SparseVMRegLib.run.structures import Structure

MM3_OF_A_ML = 1000.0
NAMES = ("Structure", "SegmentID")
CARRIED = ("CarriedMl", "MeasuredPercent", "Dice")
OWN = ("AtlasMl", "ScanMl")


def columns() -> list[Column]:
    """Return the columns in their order."""
    own = _("Measured on the segmentations")
    carried = _("Property of the alignment")
    return [
        Column("Structure", _("Structure"), _("The segment of the atlas.")),
        Column("SegmentID", _("Segment"), _("The ID of the segment.")),
        Column("AtlasMl", _("Atlas"), _("Segmented volume in the atlas."), "ml", own),
        Column("ScanMl", _("Scan"), _("Volume in the scan's own segmentation."), "ml", own),
        Column(
            "CarriedMl",
            _("Carried"),
            _("Volume of the structure of the atlas where the alignment puts it."),
            "ml",
            carried,
        ),
        Column(
            "MeasuredPercent",
            _("In slices"),
            _(
                "How much of the carried structure lies inside slices. The rest is a guess."
                " The edges of a slice count here, though the veil covers them if they are thick."
            ),
            "%",
            carried,
        ),
        Column(
            "Dice",
            _("Dice"),
            _("Overlap with the scan's own segmentation: 1 is the same, 0 is none."),
            "",
            carried,
        ),
    ]


def fill_structure_table(table, rows: Sequence[dict[str, Any]], structures) -> None:
    """Fill a table node, one row a structure of the atlas; unknown numbers are NaN."""
    by_label = {row["label"]: row for row in rows}
    found = [(one, by_label[one.label]) for one in structures if one.label in by_label]
    table.SetUseColumnTitleAsColumnHeader(True)
    table.SetLocked(True)
    values = [structure_row(one, row) for one, row in found]
    for column in columns():
        add_column(table, column, [row[column.name] for row in values])


def structure_row(structure: Structure, row: dict[str, Any]) -> dict[str, Any]:
    """Return the row of one structure."""
    return {
        "Structure": structure.name,
        "SegmentID": structure.segmentID,
        "AtlasMl": _ml(row["volume_atlas_mm3"]),
        "ScanMl": _ml(row.get("volume_scan_mm3")),
        "CarriedMl": _ml(row["volume_carried_mm3"]),
        "MeasuredPercent": _scaled(row["measured_fraction"], 100.0, 1),
        "Dice": _scaled(row.get("dice"), 1.0, 3),
    }


def _ml(volume_mm3: float | None) -> float | None:
    return _scaled(volume_mm3, 1 / MM3_OF_A_ML, 3)


def _scaled(value: float | None, factor: float, digits: int) -> float | None:
    return None if value is None else round(float(value) * factor, digits)
