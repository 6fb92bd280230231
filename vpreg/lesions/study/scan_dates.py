"""Find out when a scan was made: from its DICOM header, or from its name."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import SimpleITK

# Acquisition, series and study date: the one closest to the scanner first.
_DATE_TAGS = ("0008|0022", "0008|0021", "0008|0020")
_ISO = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?!\d)")


def date_in_name(name: str) -> date | None:
    """Return the only date like 2021-03-01, 2021_03_01 or 20210301 in a name."""
    found = set()
    for year, month, day in _ISO.findall(name):
        try:
            found.add(date(int(year), int(month), int(day)))
        except ValueError:
            continue
    return found.pop() if len(found) == 1 else None


def dicom_date(folder: Path) -> date | None:
    """Return the date in the first DICOM file of a folder that has one."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        found = _date_of(path)
        if found is not None:
            return found
    return None


def is_dicom(folder: Path) -> bool:
    """Tell whether a folder holds a DICOM image."""
    return any(_header(path) is not None for path in sorted(folder.rglob("*")) if path.is_file())


def _date_of(path: Path) -> date | None:
    header = _header(path)
    if header is None:
        return None
    for tag in _DATE_TAGS:
        text = header.GetMetaData(tag).strip() if header.HasMetaDataKey(tag) else ""
        found = date_in_name(text)
        if found is not None:
            return found
    return None


def _header(path: Path) -> SimpleITK.ImageFileReader | None:
    if path.name.endswith((".nii", ".nii.gz", ".nrrd", ".mha", ".mhd", ".toml", ".json")):
        return None
    reader = SimpleITK.ImageFileReader()
    reader.SetImageIO("GDCMImageIO")
    reader.SetFileName(str(path))
    try:
        reader.ReadImageInformation()
    except RuntimeError:
        return None
    return reader
