"""The scans of a CSV file."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

from vpreg.training.data.scan_entry import Role, ScanEntry, Split
from vpreg.training.data.scan_folder import name_without_ending

COLUMNS = ("scan", "split", *(role.value for role in Role))


def scans_of_csv(path: Path) -> tuple[list[ScanEntry], list[str]]:
    """List the rows of a CSV with the columns scan, labels, organ, acquired, tumor and split.

    All but `scan` may be missing; paths are relative to the CSV, and split is train or validation.
    Commas or semicolons part the columns. Returns what is wrong, too, each with its row.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return [], [f"Save {path} as a CSV file in UTF-8: it cannot be read."]
    lines = text.splitlines()
    parted_by = ";" if lines and ";" in lines[0] else ","
    rows = csv.DictReader(lines, delimiter=parted_by, skipinitialspace=True)
    columns = [name.strip().lower() for name in rows.fieldnames or ()]
    rows.fieldnames = columns
    problems = _wrong_columns(columns, path)
    if problems:
        return [], problems
    entries: list[ScanEntry] = []
    for row in rows:
        _add(entries, row, problems, folder=path.parent, place=f"row {rows.line_num}")
    if not entries and not problems:
        problems.append(f"Write one scan a row into {path}: it has none.")
    return _with_short_names(entries), problems


def _wrong_columns(columns: list[str], path: Path) -> list[str]:
    if "scan" not in columns:
        return [f"Give {path.name} a first line with a column named scan: it has none."]
    odd = sorted(set(columns) - set(COLUMNS))
    known = ", ".join(COLUMNS)
    return [f"Rename or remove the column {name} of {path.name}: it knows {known}." for name in odd]


def _add(
    entries: list[ScanEntry],
    row: dict[str, str | None],
    problems: list[str],
    *,
    folder: Path,
    place: str,
) -> None:
    """Add the entry of a row, or what is wrong with it; empty rows are left out."""
    cells = {name: (value or "").strip() for name, value in row.items() if isinstance(name, str)}
    if None in row:
        problems.append(f"{place}: Put names with commas between quotes: it has too many columns.")
    elif not any(cells.values()):
        return
    elif not cells["scan"]:
        problems.append(f"{place}: Name a scan in the column scan, or remove the row.")
    elif cells["scan"] in [known.name for known in entries]:
        problems.append(f"{place}: Name each scan once: {cells['scan']} stands in two rows.")
    else:
        split = _split(cells.get("split", ""), place, problems)
        maps = tuple((role, folder / cells[role.value]) for role in Role if cells.get(role.value))
        row_and_file = f"{place} ({cells['scan']})"
        path = folder / cells["scan"]
        entries.append(ScanEntry(cells["scan"], path, row_and_file, maps, split))


def _split(word: str, place: str, problems: list[str]) -> Split | None:
    words = [split.value for split in Split]
    if word and word.lower() not in words:
        problems.append(f"{place}: Write {' or '.join(words)} as its split: {word} is neither.")
        return None
    return Split(word.lower()) if word else None


def _with_short_names(entries: list[ScanEntry]) -> list[ScanEntry]:
    """Name scans by their files where that tells them apart, without the folders of a machine."""
    short = [name_without_ending(entry.scan.name) or entry.scan.name for entry in entries]
    if len(set(short)) < len(entries):
        return entries
    return [replace(entry, name=name) for entry, name in zip(entries, short, strict=True)]
