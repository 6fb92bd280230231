"""Say on a card what a model learned from, without naming a patient."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from vpreg.results.result_json import sha256_of
from vpreg.training.data.scan_entry import ScanEntry
from vpreg.training.data.scan_pairs import ScanPairs
from vpreg.training.training_pair import PairSource


def describe_data(source: PairSource, *, pairs: int) -> dict[str, Any]:
    """Return how many scans there were and the hash of their list, or which seeds were drawn.

    `pairs` is how many pairs the training took.
    """
    if not isinstance(source, ScanPairs):
        return {
            "source": "synthetic",
            "first_pair": 0,
            "last_pair": pairs - 1,
            "validation_pairs": len(source.validation_pairs()),
        }
    scans = source.scans
    return {
        "source": "scans",
        "training_scans": len(scans.train),
        "validation_scans": len(scans.validation),
        "list_sha256": hash_list([*scans.train, *scans.validation]),
        "labels": list(source.labels),
        "pairs": pairs,
        "validation_pairs": len(source.validation_pairs()),
    }


def hash_list(scans: list[ScanEntry]) -> str:
    """Return a hash of the names of scans and of the contents of their files."""
    digest = hashlib.sha256()
    for scan in sorted(scans, key=lambda entry: entry.name):
        digest.update(f"{scan.name}\n".encode())
        for path in scan.paths:
            for file in _files(path):
                digest.update(sha256_of(file).encode())
    return digest.hexdigest()


def _files(path: Path) -> list[Path]:
    """Return a file, or those of a DICOM folder."""
    return sorted(file for file in path.rglob("*") if file.is_file()) if path.is_dir() else [path]
