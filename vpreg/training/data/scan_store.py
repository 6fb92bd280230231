"""Prepared scans: from memory, else from the cache, else from their files."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path
from threading import RLock

import torch

from vpreg.files.whole_file import clear_parts
from vpreg.training.data.cache_file import write_cache_file
from vpreg.training.data.cache_key import key_of_scan
from vpreg.training.data.data_settings import DataSettings
from vpreg.training.data.prepare_scan import prepare_scan
from vpreg.training.data.prepared_scan import PreparedScan
from vpreg.training.data.scan_entry import ScanEntry
from vpreg.training.data.scan_file import read_label_values, read_scan, scan_to_bytes

# Other trainings may write the cache at the same time.
_STALE_S = 3600.0


class ScanStore:
    """Holds a bounded number of scans, those used last; several threads and processes may use it.

    Two processes that lack the same scan prepare it twice and write the same file: neither waits.
    """

    def __init__(self, settings: DataSettings) -> None:
        self._preset = settings.preset
        self._home = settings.home
        self._most = settings.scans_in_memory
        self._folder = Path(settings.cache) if settings.cache else None
        self._keys: dict[str, str] = {}
        self._held: OrderedDict[str, PreparedScan] = OrderedDict()
        self._lock = RLock()
        if self._folder is not None:
            clear_parts(self._folder, older_than_s=_STALE_S)

    @property
    def folder(self) -> Path | None:
        """The cache folder."""
        return self._folder

    def key(self, entry: ScanEntry) -> str:
        """Return what the cache calls a scan; files that change during a training do not count."""
        with self._lock:
            if entry.name not in self._keys:
                key = key_of_scan(entry, preset=self._preset, home=self._home)
                self._keys[entry.name] = key
            return self._keys[entry.name]

    def scan(self, entry: ScanEntry) -> PreparedScan:
        """Return a scan; ValueError says what is wrong with its files."""
        with self._lock:
            found = self._held.pop(entry.name, None) or self._kept(entry) or self._made(entry)
            self._held[entry.name] = found
            while len(self._held) > self._most:
                self._held.popitem(last=False)
            return found

    def label_values(self, entry: ScanEntry) -> tuple[int, ...]:
        """Return the labels of a scan, from the cache without its voxels where that is possible."""
        path = self._path(entry)
        known = None if path is None else read_label_values(path)
        return label_values_of(self.scan(entry)) if known is None else known

    def _path(self, entry: ScanEntry) -> Path | None:
        return None if self._folder is None else self._folder / f"{self.key(entry)}.safetensors"

    def _kept(self, entry: ScanEntry) -> PreparedScan | None:
        path = self._path(entry)
        return None if path is None else read_scan(path)

    def _made(self, entry: ScanEntry) -> PreparedScan:
        scan = prepare_scan(entry, preset=self._preset, home=self._home)
        path = self._path(entry)
        if path is not None:
            write_cache_file(path, scan_to_bytes(scan, label_values_of(scan)))
        return scan


def label_values_of(scan: PreparedScan) -> tuple[int, ...]:
    """Return the labels in a scan without the background, sorted."""
    if scan.labels is None:
        return ()
    return tuple(value for value in torch.unique(scan.labels.voxels).tolist() if value)
