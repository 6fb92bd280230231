"""Which atlas is laid over which thinned scan."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations
from pathlib import Path

from registration.data_folder import data_folder

LATERAL_VENTRICLES = (51, 52)
OASIS = ("1000", "1001", "1002", "1003")
IXI = ("012-HH-1211", "013-HH-1212", "014-HH-1236", "015-HH-1258", "033-HH-1259", "034-HH-1260")


@dataclass(frozen=True)
class SparseCase:
    """A scan to thin and an atlas, with labels of both; `seed` draws the slices of the scan."""

    source: str
    fixed: str
    moving: str
    seed: int
    voxel_mm: float

    @property
    def name(self) -> str:
        """Say the pair in a word that can name a file."""
        return f"{self.source}-{self.fixed}-from-{self.moving}"

    def scan_of(self, subject: str) -> Path:
        """Return the file of a scan."""
        if self.source == "oasis":
            return data_folder() / "oasis-malf" / f"{subject}_SS.nii.gz"
        return data_folder() / "ixi-dlmuse" / f"IXI{subject}-T1_ds.nii.gz"

    def labels_of(self, subject: str) -> Path:
        """Return the file of the labels of a scan."""
        if self.source == "oasis":
            return data_folder() / "oasis-malf" / f"{subject}_glm.nii.gz"
        return data_folder() / "ixi-dlmuse" / f"IXI{subject}-T1_ds_DLMUSE.nii.gz"


def sparse_cases() -> dict[str, SparseCase]:
    """Return all ordered pairs of each source; those whose scans are missing are left out."""
    pairs = [("oasis", *pair, 1.0) for pair in _spread(OASIS)]
    pairs += [("ixi", *pair, 2.0) for pair in _spread(IXI)]
    cases = [
        SparseCase(source, fixed, moving, seed, voxel_mm)
        for seed, (source, fixed, moving, voxel_mm) in enumerate(pairs, start=1)
    ]
    return {case.name: case for case in cases if case.scan_of(case.fixed).is_file()}


def _spread(subjects: tuple[str, ...]) -> list[tuple[str, str]]:
    """Order the pairs so that the first few hold every subject already."""
    count = len(subjects)
    at = {subject: n for n, subject in enumerate(subjects)}
    return sorted(permutations(subjects, 2), key=lambda p: ((at[p[1]] - at[p[0]]) % count, p))
