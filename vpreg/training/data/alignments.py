"""Affine alignments of scans to one another, each made once."""

from __future__ import annotations

import json
from pathlib import Path
from threading import RLock

import numpy as np
import torch

from vpreg.images.image import Image
from vpreg.progress import Silent
from vpreg.solvers.affine import AffineKind, align_affine
from vpreg.training.data.cache_file import write_cache_file
from vpreg.training.data.cache_key import digest
from vpreg.training.data.data_settings import Alignment
from vpreg.training.data.scan_entry import ScanEntry
from vpreg.training.data.scan_store import ScanStore

VERSION = 1


class Alignments:
    """4x4 matrices from fixed to moving points (LPS mm), from memory, the cache, or the scans."""

    def __init__(self, store: ScanStore, *, template: ScanEntry) -> None:
        self._store = store
        self._template = template
        self._known: dict[tuple[str, str], np.ndarray] = {}
        self._lock = RLock()

    def fixed_to_moving(
        self, fixed: ScanEntry, moving: ScanEntry, alignment: Alignment
    ) -> np.ndarray:
        """Return the matrix of an ordered pair; ValueError if two scans cannot be aligned."""
        if alignment is Alignment.NONE:
            return np.eye(4)
        if alignment is Alignment.PAIR:
            return self._aligned(fixed, moving)
        to_fixed = self.template_to(fixed)
        matrix: np.ndarray = self.template_to(moving) @ np.linalg.inv(to_fixed)
        return matrix

    def template_to(self, scan: ScanEntry) -> np.ndarray:
        """Return the matrix from the points of the template to those of a scan."""
        return self._aligned(self._template, scan)

    def _aligned(self, fixed: ScanEntry, moving: ScanEntry) -> np.ndarray:
        with self._lock:
            pair = (fixed.name, moving.name)
            if fixed.name == moving.name:
                return np.eye(4)
            if pair not in self._known:
                self._known[pair] = self._kept_or_made(fixed, moving)
            return self._known[pair]

    def _kept_or_made(self, fixed: ScanEntry, moving: ScanEntry) -> np.ndarray:
        keys = [self._store.key(fixed), self._store.key(moving)]
        folder = self._store.folder
        path = None if folder is None else folder / f"{digest([VERSION, keys])}.affine.json"
        kept = None if path is None else _read(path)
        if kept is not None:
            return kept
        matrix = align_affine(
            self._image(fixed), self._image(moving), kind=AffineKind.AFFINE, progress=Silent()
        ).matrix_lps
        if path is not None:
            write_cache_file(path, json.dumps(matrix.tolist()).encode())
        return matrix

    def _image(self, entry: ScanEntry) -> Image:
        scan = self._store.scan(entry).scan
        return scan.with_voxels(scan.voxels.to(torch.float32))


def _read(path: Path) -> np.ndarray | None:
    try:
        matrix = np.asarray(json.loads(path.read_bytes()), dtype=float)
    except (OSError, ValueError, TypeError):
        return None
    return matrix if matrix.shape == (4, 4) and np.isfinite(matrix).all() else None
