"""Brains with tumors: two patients onto each other, and three patients at two dates."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from registration.case import Case, Group
from registration.data_folder import data_folder, found
from registration.foreground import foreground
from vpreg.images.image import Image
from vpreg.images.reading import read_image, read_labels

PATIENTS = ("01", "02", "05")


def tumor_cases(*, quick: bool) -> Iterator[Case]:
    """Yield both directions of every pair, or one pair of each source."""
    yield from _brats(quick=quick)
    yield from _progression(quick=quick)


def _brats(*, quick: bool) -> Iterator[Case]:
    folder = data_folder() / "brats2013"
    if not found(folder, what="tumors of two patients"):
        return
    pairs = (("0001", "0002"), ("0002", "0001"))
    for fixed, moving in pairs[:1] if quick else pairs:
        yield Case(
            group=Group.TUMOR,
            name=f"brats2013 {fixed} from {moving}",
            fixed=read_image(folder / fixed / "T1c_subtrMeanDivStd.nii.gz"),
            moving=read_image(folder / moving / "T1c_subtrMeanDivStd.nii.gz"),
            mode="atlas",
            fixed_tumor=_whole(folder / fixed / "OTMultiClass.nii.gz"),
            moving_tumor=_whole(folder / moving / "OTMultiClass.nii.gz"),
            fixed_organ=_whole(folder / fixed / "brainmask.nii.gz"),
            organ=_whole(folder / moving / "brainmask.nii.gz"),
            organ_is_given=True,
        )


def _progression(*, quick: bool) -> Iterator[Case]:
    folder = data_folder() / "brain-tumor-progression"
    if not found(folder, what="tumors at two dates"):
        return
    dates = (("pre", "post"), ("post", "pre"))
    cases = [(patient, *pair) for patient in PATIENTS for pair in dates]
    for patient, fixed, moving in cases[:1] if quick else cases:
        scans = [
            read_image(folder / patient / f"{date}_scan_t1.nii.gz") for date in (fixed, moving)
        ]
        yield Case(
            group=Group.TUMOR,
            name=f"progression {patient}, {fixed} from {moving}",
            fixed=scans[0],
            moving=scans[1],
            mode="follow-up",
            rigid=True,
            fixed_tumor=_whole(folder / patient / f"{fixed}_mask.nii.gz"),
            moving_tumor=_whole(folder / patient / f"{moving}_mask.nii.gz"),
            fixed_organ=foreground(scans[0]),
            organ=foreground(scans[1]),
        )


def _whole(path: Path) -> Image:
    """Read a label map as one mask."""
    labels = read_labels(path)
    return labels.with_voxels((labels.voxels > 0).int())
