"""The table of a sparse registration: how it went, with what, and where it comes from."""

from __future__ import annotations

from typing import Any

from slicer.i18n import tr as _
from VolumePreservingRegLib.scene.summary_table import provenance_rows
from VolumePreservingRegLib.scene.table_columns import Column, add_column

from SparseVMRegLib.scene.slices_in_words import slices_in_words


def fill_sparse_summary(table, content: dict[str, Any]) -> None:
    """Fill a table node with the slices, the field and the provenance of `result.json`."""
    origin = [(name, value, why) for name, value, _none, why in provenance_rows(content)]
    rows = [*figure_rows(content["figures"]), *origin]
    titles = (("Quantity", _("Quantity")), ("Value", _("Value")), ("Meaning", _("Meaning")))
    table.SetUseColumnTitleAsColumnHeader(True)
    table.SetLocked(True)
    for number, (name, title) in enumerate(titles):
        add_column(table, Column(name, title), [str(row[number]) for row in rows])


def figure_rows(figures: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Return what was found of the slices, and what the alignment does to tissue."""
    slices, field = figures["slices"], figures["final"]["field"]
    covered = f"{100 * slices['covered_fraction']:.0f} %"
    return [
        (_("Slices"), slices_in_words(slices), _("Where the scan was measured.")),
        (_("Covered"), covered, _("How much of the scan lies inside slices.")),
        (_("Folded voxels"), str(field["folded_voxels"]), _("0 is right: tissue cannot fold.")),
        (
            _("Largest displacement (mm)"),
            f"{field['largest_displacement_mm']:.1f}",
            _("How far the alignment moves tissue at most, beside the rough alignment."),
        ),
    ]
