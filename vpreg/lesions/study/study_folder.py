"""Make a study of a folder: pair scans with segmentations and find their dates."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from pathlib import Path

from vpreg.images.checks import ENDINGS
from vpreg.lesions.study.order import check_date, day_of, in_order
from vpreg.lesions.study.scan_dates import date_in_name, dicom_date, is_dicom
from vpreg.lesions.study.study import Study, TimePoint

STUDY_FILE = "STUDY.toml"
_TUMOR = re.compile(r"(?<![a-z])(seg|segmentation|mask|label|labels|tumou?rs?|lesions?)(?![a-z])")
_ORGAN = re.compile(r"(?<![a-z])(organ|brain|liver|lung|lungs|brainmask)(?![a-z])")


def read_study_folder(folder: Path) -> Study:
    """Read a folder of dated subfolders (files or DICOM), or of files with a date in each name.

    A file whose name has seg, mask, label, tumor or lesion in it is a segmentation, one with organ,
    brain, liver or lung beside such a word is the organ, any other is the scan.
    """
    groups = _subfolders(folder) or _dated_files(folder)
    points = [_time_point(when, members) for when, members in sorted(groups.items())]
    ordered, notes = in_order(points)
    return Study(title=folder.absolute().name, time_points=ordered, notes=notes)


def _subfolders(folder: Path) -> dict[date, list[Path]]:
    groups: dict[date, list[Path]] = {}
    undated = []
    for sub in sorted(path for path in folder.iterdir() if path.is_dir()):
        members = _members(sub)
        if not members:
            continue
        when = date_in_name(sub.name) or dicom_date(sub) or _common_date(members)
        if when is None:
            undated.append(sub)
        elif when in groups:
            msg = f"Give each time point a date of its own: {sub.name} is a second {when}."
            raise ValueError(msg)
        else:
            groups[when] = members
    if undated:
        raise ValueError(_missing(undated, folder))
    return groups


def _dated_files(folder: Path) -> dict[date, list[Path]]:
    groups: dict[date, list[Path]] = defaultdict(list)
    files = _members(folder)
    undated = [path for path in files if date_in_name(path.name) is None]
    if not files:
        msg = f"Give a folder with scans and segmentations, or a {STUDY_FILE}: {folder} has none."
        raise ValueError(msg)
    if undated:
        raise ValueError(_missing(undated, folder))
    for path in files:
        when = date_in_name(path.name)
        if when is not None:
            groups[when].append(path)
    return dict(groups)


def _members(folder: Path) -> list[Path]:
    """Return the image files of a folder, and its subfolders with DICOM (or itself)."""
    entries = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    found = [path for path in entries if path.is_file() and path.name.endswith(ENDINGS)]
    series = [path for path in entries if path.is_dir() and is_dicom(path)]
    loose = [path for path in entries if path.is_file() and path not in found]
    if not series and loose and is_dicom(folder):
        series = [folder]
    return found + series


def _common_date(members: list[Path]) -> date | None:
    dates = {date_in_name(path.name) for path in members} - {None}
    return dates.pop() if len(dates) == 1 else None


def _time_point(when: date, members: list[Path]) -> TimePoint:
    check_date(when, name=members[0].name)
    words = {path: path.name.lower().replace("_", " ") for path in members}
    organs = [path for path in members if path.is_file() and _ORGAN.search(words[path])]
    tumors = [path for path in members if path.is_file() and _TUMOR.search(words[path])]
    tumors = [path for path in tumors if path not in organs]
    scans = [path for path in members if path not in tumors and path not in organs]
    if len(scans) != 1 or not tumors or len(organs) > 1:
        names = ", ".join(path.name for path in members)
        msg = (
            f"Write a {STUDY_FILE} that says what is what on {when}: one scan and at least one "
            f"file with 'segmentation' in its name are needed, and there are {names}."
        )
        raise ValueError(msg)
    organ = organs[0] if organs else None
    return TimePoint(when.isoformat(), day_of(when), scans[0], tuple(tumors), organ)


def _missing(paths: list[Path], folder: Path) -> str:
    names = ", ".join(path.name for path in paths[:5])
    return (
        f"Put the date (2021-03-01) into the names, or write {folder / STUDY_FILE} with a date "
        f"for each [[time_point]]: no date was found for {names}."
    )
