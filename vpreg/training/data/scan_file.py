"""A prepared scan as a file of tensors."""

from __future__ import annotations

import json
import zlib
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save

from vpreg.images.grid import Grid
from vpreg.images.image import Image
from vpreg.training.data.prepared_scan import PreparedScan

_MAPS = ("scan", "organ", "labels", "acquired", "tumor")


def scan_to_bytes(scan: PreparedScan, label_values: tuple[int, ...]) -> bytes:
    """Return the file of a scan, with a sum over its voxels that tells of damage."""
    images = {name: getattr(scan, name) for name in _MAPS}
    tensors = {name: image.voxels for name, image in images.items() if image is not None}
    facts = {
        "grid": asdict(scan.scan.grid),
        "home": asdict(scan.home),
        "around": asdict(scan.around),
        "label_values": label_values,
        "sum": _sum(tensors),
    }
    return save(tensors, metadata={"facts": json.dumps(facts)})


def read_label_values(path: Path) -> tuple[int, ...] | None:
    """Return the labels of a scan without reading its voxels, None if the file is no whole one."""
    try:
        with safe_open(path, framework="pt") as file:
            return tuple(_facts(file)["label_values"])
    except (OSError, SafetensorError, KeyError, TypeError, ValueError):
        return None


def read_scan(path: Path) -> PreparedScan | None:
    """Read a scan, None if the file is missing, cut or damaged in any way."""
    try:
        with safe_open(path, framework="pt") as file:
            facts = _facts(file)
            # Copied, so that the file may be replaced while the scan is in use.
            tensors = {name: file.get_tensor(name).clone() for name in file.keys()}  # noqa: SIM118
        if facts["sum"] != _sum(tensors):
            return None
        grid = _grid(facts["grid"])
        return PreparedScan(
            home=_grid(facts["home"]),
            around=_grid(facts["around"]),
            **{name: Image(voxels, grid) for name, voxels in tensors.items()},
        )
    except (OSError, SafetensorError, KeyError, TypeError, ValueError):
        return None


def _facts(file: Any) -> dict[str, Any]:  # noqa: ANN401 - safetensors has no types
    facts: dict[str, Any] = json.loads(file.metadata()["facts"])
    return facts


def _sum(tensors: dict[str, torch.Tensor]) -> int:
    total = 0
    for name in sorted(tensors):
        total = zlib.crc32(tensors[name].numpy().data, total)
    return total


def _grid(plain: dict[str, Any]) -> Grid:
    # JSON keeps every digit of a float, but turns tuples into lists.
    first, second, third = (tuple(row) for row in plain["direction"])
    return Grid(
        tuple(plain["shape"]),
        tuple(plain["spacing_mm"]),
        tuple(plain["origin_lps"]),
        (first, second, third),
    )
