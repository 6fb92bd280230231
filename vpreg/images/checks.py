"""The plain sentences for images that cannot be used."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import torch

from vpreg.images.image import Image

ENDINGS = (".nii.gz", ".nii", ".nrrd", ".mha", ".mhd")
_ENDINGS_IN_WORDS = ".nii, .nii.gz, .nrrd, .mha or .mhd"


def ending_of(path: Path) -> str:
    """Return the supported ending of a file name; ValueError if it has none."""
    for ending in ENDINGS:
        if path.name.endswith(ending):
            return ending
    if path.suffix.lower() in {".dcm", ".ima"}:
        msg = f"Give the folder that holds the DICOM series, not one of its files: {path.name}."
    else:
        msg = f"Use a file that ends in {_ENDINGS_IN_WORDS} (lower case): {path.name} does not."
    raise ValueError(msg)


def check_file(path: Path) -> None:
    """Raise ValueError unless the path is a file with bytes in it and a supported ending."""
    if not path.exists():
        msg = f"Check the path: {path} does not exist."
        raise ValueError(msg)
    ending_of(path)
    if not path.is_file():
        msg = f"Give a file that ends in {_ENDINGS_IN_WORDS}: {path} is not a file."
        raise ValueError(msg)
    if path.stat().st_size == 0:
        msg = f"Copy or download {path.name} again: the file is empty (0 bytes)."
        raise ValueError(msg)


def check_size(size: Sequence[int], *, values_per_voxel: int, name: str) -> None:
    """Raise ValueError unless a file's size, in its own axis order, is that of one scan in 3-D."""
    words = " x ".join(str(n) for n in size)
    volumes = 1
    for n in size[3:]:
        volumes *= n
    if min(size, default=0) < 1:
        msg = f"Give an image with voxels: {name} has none ({words})."
    elif values_per_voxel != 1:
        msg = (
            f"Save {name} as a grey-value image: "
            f"it has {values_per_voxel} values in each voxel (colour or vectors)."
        )
    elif volumes > 1:
        msg = f"Save one volume of {name} as a 3-D image and use that: it holds {volumes} of them."
    elif len(size) < 3 or min(size[:3]) < 2:
        msg = f"Give a scan in 3-D: {name} is a single slice ({words})."
    else:
        return
    raise ValueError(msg)


def check_scan(image: Image, *, name: str = "the image") -> None:
    """Raise ValueError if a scan is no volume, not finite, or the same everywhere."""
    check_size(image.grid.shape[::-1], values_per_voxel=1, name=name)
    low, high = torch.aminmax(image.voxels.detach())
    # aminmax hands on NaN, so two numbers tell about all voxels.
    if not (torch.isfinite(low) and torch.isfinite(high)):
        count = int((~torch.isfinite(image.voxels)).sum())
        raise ValueError(non_finite_sentence(name, count))
    if low == high:
        msg = f"Give another scan: {name} has the same value ({low.item():g}) in every voxel."
        raise ValueError(msg)


def non_finite_sentence(name: str, count: int) -> str:
    """Say what to do about voxels that are NaN or infinite."""
    return (
        f"Replace the voxels of {name} that are no finite number (NaN or infinite), "
        f"for example by 0, and save it again: there are {count}."
    )


def check_labels(
    image: Image, *, name: str = "the label map", allow_constant: bool = False
) -> None:
    """Raise ValueError unless the voxels are whole numbers; constant maps only if allowed."""
    check_size(image.grid.shape[::-1], values_per_voxel=1, name=name)
    voxels = image.voxels.detach()
    odd = None if not voxels.is_floating_point() else _not_whole(voxels)
    if odd is not None:
        msg = (
            f"Give a label map, with whole numbers in its voxels: {name} holds {odd:g}. "
            "It may be a scan, a probability map, or labels that were interpolated."
        )
        raise ValueError(msg)
    low, high = (int(value) for value in torch.aminmax(voxels))
    if low < -(2**31) or high >= 2**31:
        msg = f"Renumber the labels of {name} below 2147483648: they go from {low} to {high}."
        raise ValueError(msg)
    if low == high and not allow_constant:
        msg = (
            f"Draw or choose a segmentation with at least one labelled voxel: {name} is empty."
            if low == 0
            else f"Check the segmentation: {name} has the label {low} in every voxel."
        )
        raise ValueError(msg)


def _not_whole(voxels: torch.Tensor) -> float | None:
    """Return one value that is no whole number; a scale factor in a header may blur the digits."""
    odd = voxels[~((voxels - voxels.round()).abs() <= 1e-4)]
    return odd[0].item() if odd.numel() else None
