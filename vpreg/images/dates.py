"""When a scan was made."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import SimpleITK

_SERIES_UID = "0020|000e"
# Acquisition, series, study: the first that is there is closest to the scan.
_DATES = ("0008|0022", "0008|0021", "0008|0020")


def scan_date(path: Path, *, series_uid: str | None = None) -> dt.date | None:
    """Return the date of a DICOM series in a folder; None for other scans and where it was removed.

    Without `series_uid` the first slice that has a date tells it.
    """
    if not path.is_dir():
        return None
    for file in sorted(path.rglob("*")):
        date = _date_of_slice(file, series_uid) if file.is_file() else None
        if date is not None:
            return date
    return None


def _date_of_slice(path: Path, series_uid: str | None) -> dt.date | None:
    reader = SimpleITK.ImageFileReader()
    reader.SetImageIO("GDCMImageIO")
    reader.SetFileName(str(path))
    try:
        reader.ReadImageInformation()
    except RuntimeError:
        return None
    tags = [reader.GetMetaData(t).strip() if reader.HasMetaDataKey(t) else "" for t in _DATES]
    uid = reader.GetMetaData(_SERIES_UID).strip() if reader.HasMetaDataKey(_SERIES_UID) else ""
    if series_uid not in (None, uid):
        return None
    return next((date for tag in tags if (date := _parsed(tag)) is not None), None)


def _parsed(tag: str) -> dt.date | None:
    try:
        return dt.datetime.strptime(tag, "%Y%m%d").date()
    except ValueError:
        return None
