"""A tracking as a table, one line a lesion and time point."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

from vpreg.lesions.growth import Change
from vpreg.lesions.measure import Measurement
from vpreg.lesions.tracking import Row, Tracking

Cell = str | int | float | None
Read = Callable[[Row], Cell]


def tracking_csv(tracking: Tracking) -> str:
    """Return the table with a header; what is not known stays empty.

    The columns from `alignment_` on say what an alignment did, not how large the tumor is.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["lesion", "time_point", "day", *COLUMNS])
    for row in tracking.rows:
        name, day = tracking.study.names[row.time], tracking.days[row.time]
        writer.writerow([row.lesion, name, day, *(_cell(read(row)) for read in COLUMNS.values())])
    return text.getvalue()


def _cell(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def _measured(read: Callable[[Measurement], Cell]) -> Read:
    return lambda row: None if row.measurement is None else read(row.measurement)


def _change(which: str, name: str) -> Read:
    def read(row: Row) -> Cell:
        change: Change | None = getattr(row.changes, which)
        found: Cell = None if change is None else getattr(change, name)
        return found

    return read


def _aligned(which: str, name: str) -> Read:
    def read(row: Row) -> Cell:
        size = None if row.alignment is None else getattr(row.alignment, which)
        found: Cell = None if size is None else getattr(size, name)
        return found

    return read


def _changes(which: str) -> dict[str, Read]:
    return {
        f"{which}_ml": _change(which, "ml"),
        f"{which}_uncertainty_ml": _change(which, "uncertainty_ml"),
        f"{which}_relative": _change(which, "relative"),
        f"{which}_within_uncertainty": _change(which, "is_within_uncertainty"),
        f"{which}_relative_a_month": _change(which, "relative_a_month"),
        f"{which}_doubling_days": _change(which, "doubling_days"),
        f"{which}_halving_days": _change(which, "halving_days"),
    }


COLUMNS: dict[str, Read] = {
    "event": lambda row: row.appearance.event.value,
    "others": lambda row: " ".join(row.appearance.others),
    "pieces": lambda row: " ".join(str(number) for number in row.appearance.pieces),
    "volume_ml": _measured(lambda one: one.volume.ml),
    "volume_uncertainty_ml": _measured(lambda one: one.volume.uncertainty_ml),
    "longest_axial_diameter_mm": _measured(lambda one: one.longest_mm),
    "perpendicular_mm": _measured(lambda one: one.perpendicular_mm),
    "axial_slices": _measured(lambda one: one.slices),
    "centroid_x_lps_mm": _measured(lambda one: one.centroid_lps[0]),
    "centroid_y_lps_mm": _measured(lambda one: one.centroid_lps[1]),
    "centroid_z_lps_mm": _measured(lambda one: one.centroid_lps[2]),
    **_changes("since_baseline"),
    **_changes("since_nadir"),
    **_changes("since_previous"),
    "alignment_stsr_soft": _aligned("kept", "stsr_soft"),
    "alignment_stsr_hard": _aligned("kept", "stsr_hard"),
    "alignment_ml_after": _aligned("kept", "ml"),
    "alignment_similarity_only_stsr_soft": _aligned("similarity_only", "stsr_soft"),
    "alignment_similarity_only_stsr_hard": _aligned("similarity_only", "stsr_hard"),
    "alignment_similarity_only_ml_after": _aligned("similarity_only", "ml"),
}
