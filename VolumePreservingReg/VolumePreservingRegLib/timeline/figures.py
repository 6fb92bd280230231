"""What the engine measured, row by row, from its `lesions.json`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from slicer.i18n import tr as _

SCHEMA, SCHEMA_VERSION = "vpreg.tracking", 1
GONE = "vanished"


@dataclass(frozen=True)
class Figures:
    """One lesion at one time point; None is what is not known or not there.

    What begins with `aligned` and `stsr` is a property of the alignment, all else was measured on
    the segmentation of that date.
    """

    lesion: str
    time: int
    timePoint: str
    day: int
    event: str
    others: tuple[str, ...] = ()
    ml: float | None = None
    uncertaintyMl: float | None = None
    longestMm: float | None = None
    perpendicularMm: float | None = None
    centreLps: tuple[float, ...] = ()
    sinceBaseline: float | None = None
    sinceNadir: float | None = None
    isWithinUncertainty: bool = False
    doublingDays: float | None = None
    halvingDays: float | None = None
    stsrSoft: float | None = None
    stsrHard: float | None = None
    alignedMl: float | None = None
    alignedSimilarityOnlyMl: float | None = None

    @property
    def at(self) -> tuple[str, str]:
        """The lesion and the time point."""
        return self.lesion, self.timePoint

    @property
    def plottedMl(self) -> float | None:
        """The volume in the plot: nothing where a lesion vanished, none where it is not told."""
        return 0.0 if self.event == GONE else self.ml


def read_content(text: str) -> dict[str, Any]:
    """Return the content of `lesions.json`; ValueError with a plain sentence if it is none."""
    try:
        content = json.loads(text)
    except ValueError:
        content = None
    if not isinstance(content, dict) or content.get("schema") != SCHEMA:
        raise ValueError(_("Register again: the figures of the lesions cannot be read."))
    if content.get("schema_version") != SCHEMA_VERSION:
        raise ValueError(_("Register again: the figures come from another version."))
    return content


def read_figures(path: Path) -> dict[str, Any]:
    """Read `lesions.json`; ValueError with a plain sentence if there is none."""
    if not path.is_file():
        raise ValueError(_("Register again: {path} is missing.").format(path=path))
    return read_content(path.read_text(encoding="utf-8"))


def rows_of(content: dict[str, Any]) -> list[Figures]:
    """Return a row a lesion and time point, lesion by lesion."""
    days = [point["day"] for point in content["time_points"]]
    return [
        _row(lesion["name"], time, days[time], entry)
        for lesion in content["lesions"]
        for time, entry in enumerate(lesion["times"])
    ]


def _row(lesion: str, time: int, day: int, entry: dict[str, Any]) -> Figures:
    segmented = entry["segmented"] or {}
    base, nadir = (entry["change"][name] or {} for name in ("since_baseline", "since_nadir"))
    alignment = entry["alignment"] or {}
    kept = alignment.get("volume_preserving") or {}
    only = alignment.get("similarity_only") or {}
    return Figures(
        lesion=lesion,
        time=time,
        timePoint=entry["time_point"],
        day=day,
        event=entry["event"],
        others=tuple(entry["others"]),
        ml=segmented.get("volume_ml"),
        uncertaintyMl=segmented.get("volume_uncertainty_ml"),
        longestMm=segmented.get("longest_axial_diameter_mm"),
        perpendicularMm=segmented.get("perpendicular_mm"),
        centreLps=tuple(segmented.get("centroid_lps_mm", ())),
        sinceBaseline=base.get("relative"),
        sinceNadir=nadir.get("relative"),
        isWithinUncertainty=bool(base.get("is_within_uncertainty")),
        doublingDays=base.get("doubling_days"),
        halvingDays=base.get("halving_days"),
        stsrSoft=_number(kept.get("stsr_soft")),
        stsrHard=_number(kept.get("stsr_hard")),
        alignedMl=kept.get("ml"),
        alignedSimilarityOnlyMl=only.get("ml"),
    )


def _number(value: Any) -> float | None:
    # JSON has no infinity: the engine writes a word, which float() understands.
    return None if value is None else float(value)
