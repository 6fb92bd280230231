"""Write scans and label maps."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import SimpleITK

from vpreg.images.checks import ending_of
from vpreg.images.image import Image
from vpreg.images.itk import to_itk


def write_image(image: Image, path: str | os.PathLike[str]) -> None:
    """Write an image as .nii, .nii.gz, .nrrd, .mha or .mhd, in its own pixel type.

    The file appears whole or not at all. Spacing, origin and direction are kept in full, except in
    NIfTI, whose header holds float32 numbers. ValueError with a plain sentence when the folder or
    the ending is wrong or the file cannot be written.
    """
    path = Path(path)
    ending = ending_of(path)
    folder = path.parent
    if not folder.is_dir():
        msg = f"Make the folder first: {folder} does not exist."
        raise ValueError(msg)
    try:
        # A folder beside the target, because .mhd is two files of which one names the other.
        with tempfile.TemporaryDirectory(prefix=f".{path.name}.", dir=folder) as temporary:
            unfinished = Path(temporary) / path.name
            SimpleITK.WriteImage(to_itk(image), str(unfinished), useCompression=ending != ".nii")
            _move_all(unfinished, folder)
    except (OSError, RuntimeError) as error:
        msg = f"Check the room on the disk and the right to write: {path} could not be written."
        raise ValueError(msg) from error


def _move_all(header: Path, folder: Path) -> None:
    """Move the data first, so that a header never stands without them or over other ones."""
    data = [part for part in header.parent.iterdir() if part != header]
    if data:
        (folder / header.name).unlink(missing_ok=True)
    for part in [*data, header]:
        part.replace(folder / part.name)
