"""Read scans and label maps."""

from __future__ import annotations

import os
from pathlib import Path

import SimpleITK
import torch

from vpreg.images.checks import check_file, check_labels, check_scan, check_size
from vpreg.images.dicom import read_series
from vpreg.images.image import Image
from vpreg.images.integrity import check_whole
from vpreg.images.itk import from_itk


def read_image(path: str | os.PathLike[str], *, series_uid: str | None = None) -> Image:
    """Read a scan as float32 from a file or from a folder with a DICOM series.

    NIfTI, NRRD and MetaImage files keep their geometry to the last digit that they hold (NIfTI
    holds float32). A folder is searched with its subfolders; `series_uid` chooses when there are
    several series. ValueError with a plain sentence when there is no usable 3-D scan.
    """
    path = Path(path)
    if path.is_dir():
        source = read_series(path, series_uid=series_uid)
    elif series_uid is not None:
        msg = f"Give a DICOM folder, or leave the series out: {path} is not a folder."
        raise ValueError(msg)
    else:
        source = _read_file(path, SimpleITK.sitkFloat32)
    image = from_itk(source)
    check_scan(image, name=path.name)
    return image


def read_labels(path: str | os.PathLike[str], *, allow_constant: bool = False) -> Image:
    """Read a label map as int32; an empty or constant one only with `allow_constant`."""
    path = Path(path)
    if path.is_dir():
        msg = f"Give a label map as a file: {path} is a folder."
        raise ValueError(msg)
    image = from_itk(_read_file(path, SimpleITK.sitkUnknown))
    check_labels(image, name=path.name, allow_constant=allow_constant)
    voxels = image.voxels.round() if image.voxels.is_floating_point() else image.voxels
    return image.with_voxels(voxels.to(torch.int32))


def _read_file(path: Path, pixel_type: int) -> SimpleITK.Image:
    check_file(path)
    if path.name.endswith((".nii", ".nii.gz")):
        check_whole(path)
    reader = SimpleITK.ImageFileReader()
    reader.SetFileName(str(path))
    try:
        reader.ReadImageInformation()
        size = reader.GetSize()
        check_size(size, values_per_voxel=reader.GetNumberOfComponents(), name=path.name)
        reader.SetExtractSize((*size[:3], *(0 for _ in size[3:])))
        reader.SetOutputPixelType(pixel_type)
        image: SimpleITK.Image = reader.Execute()
    except RuntimeError as error:
        raise ValueError(_why(path, str(error))) from error
    return image


def _why(path: Path, itk_message: str) -> str:
    if "orthonormal" in itk_message:
        return (
            f"Resample {path.name} to a grid with right angles (a 3-D Slicer transform can do it): "
            "its axes are sheared, as in a CT with a tilted gantry."
        )
    if "bad dim" in itk_message or "not recognized" in itk_message:
        return f"Save {path.name} again: its header is damaged or promises no voxels."
    return (
        f"Check that {path.name} is whole (for .mhd: that its data file lies beside it) "
        "and of the format that its name says: it could not be read."
    )
