"""Find all that is wrong with the scans of a training."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from vpreg.training.data.alignments import Alignments
from vpreg.training.data.common_labels import common_labels
from vpreg.training.data.data_settings import Alignment, DataSettings
from vpreg.training.data.ordered_pairs import validation_choice
from vpreg.training.data.scan_entry import ScanEntry
from vpreg.training.data.scan_list import list_scans
from vpreg.training.data.scan_store import ScanStore
from vpreg.training.data.split import SplitScans, split_scans


@dataclass(frozen=True)
class CheckedScans:
    """Scans that were looked at, the labels they share, and what is wrong with them."""

    scans: SplitScans
    labels: tuple[int, ...]
    problems: tuple[str, ...]


def check_scans(
    settings: DataSettings, *, progress: Callable[[float], None] | None = None
) -> list[str]:
    """Return a sentence for each thing that is wrong, an empty list if one can train.

    Every scan is prepared and aligned, so the cache is full when this is done.
    """
    return list(look_at_scans(settings, ScanStore(settings), progress=progress).problems)


def look_at_scans(
    settings: DataSettings, store: ScanStore, *, progress: Callable[[float], None] | None = None
) -> CheckedScans:
    """Read and prepare all scans, then align them; what is wrong with a scan is not raised."""
    tell = progress or (lambda _: None)
    entries, problems = list_scans(Path(settings.scans))
    split, wrong_split = split_scans(entries, settings)
    problems += wrong_split if entries else []
    values: dict[str, tuple[int, ...]] = {}
    for number, entry in enumerate(entries, start=1):
        try:
            values[entry.name] = store.label_values(entry)
        except ValueError as error:
            problems.append(f"{entry.place}: {error}")
        tell(0.5 * number / len(entries))
    labels, differing = common_labels([e for e in entries if e.name in values], values)
    problems += differing
    if not problems:
        problems += _unaligned(split, settings, store, tell)
    tell(1.0)
    return CheckedScans(split, labels, tuple(problems))


def _unaligned(
    scans: SplitScans, settings: DataSettings, store: ScanStore, tell: Callable[[float], None]
) -> list[str]:
    """Align what will be needed for sure, and name what cannot be aligned.

    Pairs to train on that are aligned each for itself wait until they are drawn.
    """
    alignments = Alignments(store, template=scans.train[0])
    problems = []
    wanted = _wanted(scans, settings)
    for number, (fixed, moving) in enumerate(wanted, start=1):
        try:
            alignments.fixed_to_moving(fixed, moving, Alignment.PAIR)
        except ValueError as error:
            problems.append(f"{moving.place}: {error} (aligned to {fixed.name})")
        tell(0.5 + 0.5 * number / len(wanted))
    return problems


def _wanted(scans: SplitScans, settings: DataSettings) -> list[tuple[ScanEntry, ScanEntry]]:
    if settings.alignment is Alignment.NONE:
        return []
    wanted = [(scans.validation[a], scans.validation[b]) for a, b in validation_of(scans, settings)]
    if settings.alignment is Alignment.TEMPLATE:
        wanted += [(scans.train[0], scan) for scan in scans.train]
    return wanted


def validation_of(scans: SplitScans, settings: DataSettings) -> list[tuple[int, int]]:
    """Return the ordered pairs to validate on, as numbers of the scans to validate on."""
    count = len(scans.validation)
    return validation_choice(scans=count, most=settings.validation_pairs, seed=settings.seed)
