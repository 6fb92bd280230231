"""The people to train on and the people to test on, as brains without a skull."""

from __future__ import annotations

import csv
from pathlib import Path

import SimpleITK
import torch
from registration.data_folder import data_folder

from vpreg.images.cropping import bounding_box
from vpreg.images.image import Image
from vpreg.images.orientation import reorient
from vpreg.images.reading import read_image, read_labels
from vpreg.images.writing import write_image

TRAIN = ("012-HH-1211", "013-HH-1212", "014-HH-1236", "015-HH-1258")
TEST = ("033-HH-1259", "034-HH-1260")
AXES = "LAS"
_ROLES = ("scan", "labels", "organ")
_CLOSED_VOXELS = 2


def prepare_scans(folder: Path) -> Path:
    """Write scans, labels and brain masks into a folder unless they are there; return the CSV.

    The brain is what DLMUSE has labels for, its gaps closed. What lies around it is 0, as in the
    scans of the paper: of a whole head, a correlation of all voxels sees little but the skull.
    """
    table = folder / "scans.csv"
    if not table.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        for subject in (*TRAIN, *TEST):
            _prepare(subject, folder)
        part = table.with_suffix(".part")
        _write_table(part)
        part.replace(table)
    return table


def extent_mm(folder: Path) -> tuple[float, float, float]:
    """Return the edges of the box that every brain fits in, along the axes of the home grid."""
    edges = []
    for subject in (*TRAIN, *TEST):
        brain = reorient(read_image(folder / _file(subject, "organ")), AXES[::-1])
        box = bounding_box(brain)
        edges.append([n * s for n, s in zip(box.shape, brain.grid.spacing_mm, strict=True)])
    k, j, i = (max(edge) for edge in zip(*edges, strict=True))
    return (k, j, i)


def _prepare(subject: str, folder: Path) -> None:
    source = data_folder() / "ixi-dlmuse"
    scan = read_image(source / f"IXI{subject}-T1_ds.nii.gz")
    labels = read_labels(source / f"IXI{subject}-T1_ds_DLMUSE.nii.gz")
    brain = close_gaps(labels)
    stripped = scan.with_voxels(scan.voxels * brain.voxels)
    for role, image in zip(_ROLES, (stripped, labels, brain), strict=True):
        write_image(image, folder / _file(subject, role))


def close_gaps(labels: Image) -> Image:
    """Return the brain as a mask: what has a label, and the gaps between."""
    mask = SimpleITK.GetImageFromArray((labels.array > 0).astype("uint8"))
    closed = SimpleITK.BinaryMorphologicalClosing(mask, [_CLOSED_VOXELS] * 3)
    filled = SimpleITK.GetArrayFromImage(SimpleITK.BinaryFillhole(closed))
    return labels.with_voxels(torch.from_numpy(filled))


def _file(subject: str, role: str) -> str:
    return f"IXI{subject}-{role}.nii.gz"


def _write_table(path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow([*_ROLES, "split"])
        for split, subjects in (("train", TRAIN), ("validation", TEST)):
            rows.writerows([*(_file(one, role) for role in _ROLES), split] for one in subjects)
