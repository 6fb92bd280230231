"""Read STUDY.toml, or say what to mend in it."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn

from vpreg.lesions.study.correction_entries import read_corrections
from vpreg.lesions.study.order import check_date, day_of, in_order
from vpreg.lesions.study.scan_dates import dicom_date
from vpreg.lesions.study.study import PieceRule, ResponseFacts, Study, TimePoint

_TOP = ("title", "lesions", "tumor_labels", "time_point", "same", "different", "response")
_POINT = ("date", "day", "scan", "segmentation", "organ")
_RESPONSE = ("new_lesions_looked_for", "nontarget_progression", "organ_of", "nodes")


def read_study_file(path: Path) -> Study:
    """Read a study; relative paths start at the folder of the file.

    ValueError with one sentence for whatever is wrong. Time points out of order are sorted, and
    dates that contradict the DICOM header are kept; both are noted.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        msg = f"Correct {path.name}, which is no valid TOML: {error}."
        raise ValueError(msg) from error
    except UnicodeDecodeError as error:
        msg = f"Save {path.name} as UTF-8 text: it cannot be read."
        raise ValueError(msg) from error
    check_names(table, _TOP, place=path.name)
    points = table.get("time_point")
    if not isinstance(points, list) or not all(isinstance(point, dict) for point in points):
        fail(f"List the time points of {path.name} as [[time_point]] tables", "there are none")
    read = [_time_point(n, entry, path) for n, entry in enumerate(points, start=1)]
    if len({_kind(entry) for entry in points}) > 1:
        fail(f"Give all time points of {path.name} a date, or all a day", "some have the other")
    ordered, notes = in_order(read)
    return Study(
        title=_text(table.get("title", path.absolute().parent.name), "title"),
        time_points=ordered,
        piece_rule=_rule(table.get("lesions", PieceRule.AUTO.value)),
        tumor_labels=_labels(table.get("tumor_labels")),
        corrections=read_corrections(table, names=[point.name for point in ordered]),
        facts=_facts(table.get("response", {}), names=[point.name for point in ordered]),
        notes=(*notes, *_contradictions(ordered)),
    )


def fail(advice: str, problem: str) -> NoReturn:
    """Raise ValueError: first what to do, then what is wrong."""
    msg = f"{advice}: {problem}."
    raise ValueError(msg)


def check_names(table: Mapping[str, object], known: tuple[str, ...], *, place: str) -> None:
    """Raise ValueError for an entry that nobody reads."""
    unknown = sorted(set(table) - set(known))
    if unknown:
        near = difflib.get_close_matches(unknown[0], known, n=1)
        advice = f"Write '{near[0]}'" if near else "Leave it out"
        fail(f"{advice} in {place}", f"'{unknown[0]}' is not a known entry")


def _time_point(n: int, entry: Mapping[str, Any], path: Path) -> TimePoint:
    place = f"time point {n} of {path.name}"
    check_names(entry, _POINT, place=place)
    for name in ("scan", "segmentation"):
        if name not in entry:
            fail(f"Add '{name}' to {place}", "it is missing")
    base = path.absolute().parent
    scan = _existing(entry["scan"], base, place)
    given = entry["segmentation"]
    files = given if isinstance(given, list) else [given]
    if not files:
        fail(f"Name a segmentation file in {place}", "the list is empty")
    name, day = _when(entry, place, scan)
    return TimePoint(
        name=name,
        day=day,
        scan=scan,
        segmentations=tuple(_existing(one, base, place) for one in files),
        organ=_existing(entry["organ"], base, place) if "organ" in entry else None,
    )


def _when(entry: Mapping[str, Any], place: str, scan: Path) -> tuple[str, int]:
    if "day" in entry:
        day = entry["day"]
        if not isinstance(day, int) or isinstance(day, bool) or "date" in entry:
            fail(f"Write either a date or a whole number as 'day' in {place}", f"it is {day!r}")
        return f"day {day}", day
    given = entry.get("date")
    if given is None:
        given = dicom_date(scan) if scan.is_dir() else None
    if given is None:
        fail(f"Add 'date = 2021-03-01' (or 'day = 90') to {place}", "its date is missing")
    if isinstance(given, str):
        try:
            given = date.fromisoformat(given)
        except ValueError:
            fail(f"Write the date of {place} as year-month-day, like 2021-03-01", f"it is {given}")
    if isinstance(given, datetime):
        given = given.date()
    if not isinstance(given, date):
        fail(f"Write the date of {place} as year-month-day, like 2021-03-01", f"it is {given!r}")
    check_date(given, name=place)
    return given.isoformat(), day_of(given)


def _kind(entry: Mapping[str, Any]) -> str:
    return "day" if "day" in entry else "date"


def _existing(value: object, base: Path, place: str) -> Path:
    path = base / _text(value, f"a path of {place}")
    if not path.exists():
        fail(f"Check a path of {place}", f"{path} does not exist")
    return path


def _text(value: object, name: str) -> str:
    if not isinstance(value, str) or not value:
        fail(f"Write text for {name}", f"it is {value!r}")
    return value


def _rule(value: object) -> PieceRule:
    known = [rule.value for rule in PieceRule]
    if value not in known:
        fail(f"Choose lesions from {', '.join(known)}", f"{value!r} is not one")
    return PieceRule(value)


def _labels(value: object) -> tuple[int, ...] | None:
    if value is None:
        return None
    if not isinstance(value, list) or not value or not all(_is_label(one) for one in value):
        fail("Write tumor_labels as a list of whole numbers from 1 on", f"it is {value!r}")
    return tuple(value)


def _is_label(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def _facts(table: object, *, names: list[str]) -> ResponseFacts:
    if not isinstance(table, dict):
        fail("Write [response] as a table", f"it is {table!r}")
    check_names(table, _RESPONSE, place="[response]")
    looked = table.get("new_lesions_looked_for")
    if not (looked is None or isinstance(looked, bool)):
        fail("Write true or false for new_lesions_looked_for", f"it is {looked!r}")
    progression = table.get("nontarget_progression", {})
    for name, value in progression.items():
        if name not in names or not isinstance(value, bool):
            fail("Write nontarget_progression as DATE = true or false", f"'{name}' is {value!r}")
    organs = {name: _text(organ, name) for name, organ in table.get("organ_of", {}).items()}
    nodes = tuple(_text(name, "a name in nodes") for name in table.get("nodes", []))
    return ResponseFacts(looked, progression, organs, nodes)


def _contradictions(points: tuple[TimePoint, ...]) -> tuple[str, ...]:
    notes = []
    for point in points:
        if point.scan.is_dir() and not point.name.startswith("day"):
            found = dicom_date(point.scan)
            if found is not None and found.isoformat() != point.name:
                notes.append(
                    f"The DICOM header of {point.scan.name} says {found.isoformat()}, the study "
                    f"says {point.name}: the study counts."
                )
    return tuple(notes)
