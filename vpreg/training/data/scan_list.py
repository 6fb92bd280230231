"""List the scans of a training."""

from __future__ import annotations

from pathlib import Path

from vpreg.training.data.scan_csv import scans_of_csv
from vpreg.training.data.scan_entry import Role, ScanEntry
from vpreg.training.data.scan_folder import scans_of_folder


def list_scans(source: Path) -> tuple[list[ScanEntry], list[str]]:
    """List the scans of a folder or CSV file whose files are all there, and say what is wrong.

    In a folder, `scans` holds the scans and `labels`, `organs`, `acquired` and `tumors` the maps
    of equal file names. A CSV has the columns of `scans_of_csv`. Either all scans have labels or
    none has; the other maps may be of some scans only.
    """
    if source.is_dir():
        entries, problems = scans_of_folder(source)
    elif source.is_file():
        entries, problems = scans_of_csv(source)
    else:
        return [], [f"Check the path of the scans: {source} is neither a folder nor a file."]
    there = []
    for entry in entries:
        missing = [path for path in entry.paths if not path.exists()]
        problems += [f"{entry.place}: Check the path: {path} does not exist." for path in missing]
        if not missing:
            there.append(entry)
    return there, problems + _without_labels(entries)


def _without_labels(entries: list[ScanEntry]) -> list[str]:
    lacking = [entry for entry in entries if entry.path_of(Role.LABELS) is None]
    if len(lacking) == len(entries):
        return []
    return [
        f"{entry.place}: Give every scan labels or none: {entry.name} has none."
        for entry in lacking
    ]
