"""The scans of a folder."""

from __future__ import annotations

from pathlib import Path

from vpreg.images.checks import ENDINGS
from vpreg.training.data.scan_entry import Role, ScanEntry

SCANS = "scans"
FOLDER_OF_ROLE = {
    Role.LABELS: "labels",
    Role.ORGAN: "organs",
    Role.ACQUIRED: "acquired",
    Role.TUMOR: "tumors",
}


def scans_of_folder(folder: Path) -> tuple[list[ScanEntry], list[str]]:
    """List the files in `scans`, with those of equal names in `labels`, `organs` and so on.

    Returns what is wrong, too: no scans, two of a name, and maps of no scan.
    """
    problems: list[str] = []
    scans = _named(folder / SCANS, problems)
    if not scans:
        problems.append(f"Put scans into a folder named {SCANS} in {folder}: there are none.")
    maps = {role: _named(folder / name, problems) for role, name in FOLDER_OF_ROLE.items()}
    for role, named in maps.items():
        problems += [
            f"Rename or remove {FOLDER_OF_ROLE[role]}/{path.name}: no scan has that name."
            for name, path in named.items()
            if scans and name not in scans
        ]
    entries = [
        ScanEntry(
            name=name,
            scan=path,
            place=f"{SCANS}/{path.name}",
            maps=tuple((role, named[name]) for role, named in maps.items() if name in named),
        )
        for name, path in scans.items()
    ]
    return entries, problems


def name_without_ending(name: str) -> str | None:
    """Return a file name without the ending of an image, None if it has none."""
    for ending in ENDINGS:
        if name.endswith(ending):
            return name.removesuffix(ending)
    return None


def _named(folder: Path, problems: list[str]) -> dict[str, Path]:
    """Find the images in a folder by name, sorted; other files are left alone."""
    found: dict[str, Path] = {}
    if not folder.is_dir():
        return found
    for path in sorted(folder.iterdir()):
        name = name_without_ending(path.name)
        if name is None or name.startswith("."):
            continue
        if name in found:
            problems.append(f"Keep one of {found[name].name} and {path.name} in {folder}.")
        found[name] = path
    return found
