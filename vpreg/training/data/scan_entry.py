"""One scan of a training, and the files that belong to it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import Path


class Split(Enum):
    """What a scan is for."""

    TRAIN = "train"
    VALIDATION = "validation"


class Role(Enum):
    """What a map beside a scan tells of it."""

    LABELS = "labels"
    ORGAN = "organ"
    ACQUIRED = "acquired"
    TUMOR = "tumor"


@dataclass(frozen=True)
class ScanEntry:
    """A scan by its path (a file, or a folder with a DICOM series), and maps on the same grid.

    `place` tells a person where the entry stands, for example "row 5". Without a `split` the
    settings choose.
    """

    name: str
    scan: Path
    place: str
    maps: tuple[tuple[Role, Path], ...] = ()
    split: Split | None = None

    def path_of(self, role: Role) -> Path | None:
        """Return the path of a map, None if the scan has none."""
        return dict(self.maps).get(role)

    @property
    def paths(self) -> tuple[Path, ...]:
        """All its files, the scan first."""
        return (self.scan, *(path for _, path in self.maps))
