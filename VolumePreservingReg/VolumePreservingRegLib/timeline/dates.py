"""When a scan was made: as written by the user, and as the scene knows it."""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import slicer

DAY = re.compile(r"(?:day\s*)?(\d{1,5})", re.IGNORECASE)
IN_A_NAME = re.compile(r"(?<!\d)(\d{4})[-_.]?(\d{2})[-_.]?(\d{2})(?!\d)")
ACQUISITION_DATE, STUDY_DATE = "0008,0022", "0008,0020"
FIRST_YEAR, LAST_YEAR = 1970, 2199


@dataclass(frozen=True)
class When:
    """A date, or a number of days where dates were removed; `day` counts from any start."""

    day: int
    isDate: bool

    def words(self) -> str:
        """Return it as the engine names a time point."""
        return date.fromordinal(self.day).isoformat() if self.isDate else f"day {self.day}"


def read_when(text: str) -> When | None:
    """Understand 2021-03-01, 20210301 and 90 (days); None for anything else."""
    text = text.strip()
    for form in ("%Y-%m-%d", "%Y%m%d"):
        with contextlib.suppress(ValueError):
            found = datetime.strptime(text, form).date()
            return When(found.toordinal(), True) if possible(found.year) else None
    days = DAY.fullmatch(text)
    return When(int(days.group(1)), False) if days else None


def possible(year: int) -> bool:
    """Say whether there were scans in a year."""
    return FIRST_YEAR <= year <= LAST_YEAR


def date_of_scan(scan: Any) -> str:
    """Return the date of a scan by DICOM, its study in the scene or its name; else nothing."""
    found = (read_when(text) for text in _known(scan))
    return next((when.words() for when in found if when is not None and when.isDate), "")


def _known(scan: Any) -> list[str]:
    name = IN_A_NAME.search(scan.GetName() or "")
    return [_by_dicom(scan), _by_study(scan), "-".join(name.groups()) if name else ""]


def _by_dicom(scan: Any) -> str:
    identifiers = (scan.GetAttribute("DICOM.instanceUIDs") or "").split()
    database = getattr(slicer, "dicomDatabase", None)
    if not identifiers or database is None or not database.isOpen:
        return ""
    tags = (ACQUISITION_DATE, STUDY_DATE)
    return next((t for t in (database.instanceValue(identifiers[0], tag) for tag in tags) if t), "")


def _by_study(scan: Any) -> str:
    hierarchy = scan.GetScene().GetSubjectHierarchyNode()
    item = hierarchy.GetItemByDataNode(scan)
    words = slicer.vtkMRMLSubjectHierarchyConstants
    if not item:
        return ""
    return hierarchy.GetAttributeFromItemAncestor(
        item, words.GetDICOMStudyDateAttributeName(), words.GetDICOMLevelStudy()
    )
