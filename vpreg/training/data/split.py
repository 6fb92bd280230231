"""Part the scans into those to train on and those to validate on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vpreg.training.data.data_settings import DataSettings
from vpreg.training.data.draws import Stream, seed_of
from vpreg.training.data.scan_entry import ScanEntry, Split

LEAST = 2


@dataclass(frozen=True)
class SplitScans:
    """Scans to train on, and others to validate on, in the order of the list."""

    train: tuple[ScanEntry, ...]
    validation: tuple[ScanEntry, ...]


def split_scans(
    entries: Sequence[ScanEntry], settings: DataSettings
) -> tuple[SplitScans, list[str]]:
    """Part the scans as a CSV says, else by lot; a seed and a name always fall to the same side.

    Says what is wrong, too: a split that is given for some scans only, or fewer than two scans.
    """
    told = [entry for entry in entries if entry.split is not None]
    problems = []
    if told:
        silent = [entry for entry in entries if entry.split is None]
        problems = [f"{entry.place}: Give every scan a split or none." for entry in silent]
        held = {entry.name for entry in told if entry.split is Split.VALIDATION}
    else:
        held = _by_lot(entries, settings)
    parts = SplitScans(
        tuple(entry for entry in entries if entry.name not in held),
        tuple(entry for entry in entries if entry.name in held),
    )
    return parts, problems + _too_few(parts)


def _by_lot(entries: Sequence[ScanEntry], settings: DataSettings) -> set[str]:
    if settings.validation_share == 0:
        return set()
    count = max(LEAST, round(settings.validation_share * len(entries)))
    # A lot for each name: a new scan moves at most one other to the other side.
    names = [entry.name for entry in entries]
    names.sort(key=lambda name: seed_of(settings.seed, Stream.SPLIT, name))
    return set(names[:count])


def _too_few(parts: SplitScans) -> list[str]:
    train, validation = len(parts.train), len(parts.validation)
    if train >= LEAST and validation != 1:
        return []
    problem = (
        "Give at least two scans to train on, and two or none to validate on "
        f"(validation_share 0): there are {train} and {validation}."
    )
    return [problem]
