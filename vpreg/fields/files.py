"""Read and write transforms and displacement-field images."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import numpy as np
import SimpleITK
import torch

from vpreg.fields.hdf5 import write_hdf5
from vpreg.fields.nifti import write_displacement_nifti
from vpreg.fields.transforms import (
    affine_to_itk,
    field_from_itk,
    field_to_itk,
    transform_to_itk_image,
)
from vpreg.images.grid import Grid
from vpreg.images.integrity import check_whole
from vpreg.images.itk import grid_from_itk

TRANSFORM_ENDINGS = (".h5", ".tfm", ".txt", ".mat", ".xfm")
IMAGE_ENDINGS = (".nii.gz", ".nii", ".nrrd", ".mha", ".mhd")
_ENDINGS_IN_WORDS = ", ".join(TRANSFORM_ENDINGS + IMAGE_ENDINGS)

PathLike = str | os.PathLike[str]


def read_transform(path: PathLike) -> SimpleITK.Transform:
    """Read an ITK transform, or a displacement-field image (LPS millimetres) as one.

    Both pull: fixed point to moving point. Raises ValueError with a plain sentence.
    """
    path = Path(path)
    _check_file(path)
    if _is_transform(path):
        try:
            transform: SimpleITK.Transform = SimpleITK.ReadTransform(str(path))
        except RuntimeError as error:
            msg = f"Check that {path.name} is a whole ITK transform file: it could not be read."
            raise ValueError(msg) from error
        if transform.GetDimension() != 3:
            msg = f"Give a transform of 3-D points: {path.name} is {transform.GetDimension()}-D."
            raise ValueError(msg)
        return transform
    return SimpleITK.DisplacementFieldTransform(_read_vectors(path))


def read_field(
    path: PathLike, fixed_grid: Grid | None = None, *, moving_grid: Grid | None = None
) -> tuple[torch.Tensor, Grid]:
    """Read a transform or field as displacements in voxels, and the grid they lie on.

    Without `fixed_grid` the grid is the one in the file: ValueError where there is none. The field
    counts voxels of `moving_grid`, or of the fixed grid unless given.
    """
    transform = read_transform(path)
    grid = fixed_grid or grid_of_transform(transform)
    if grid is None:
        msg = f"Give the fixed image as well: {Path(path).name} holds no grid of its own."
        raise ValueError(msg)
    return field_from_itk(transform, grid, moving_grid=moving_grid), grid


def write_transform(
    transform: SimpleITK.Transform, path: PathLike, *, fixed_grid: Grid | None = None
) -> None:
    """Write a transform to an ITK file, or sampled on `fixed_grid` to an image (LPS millimetres).

    `fixed_grid` may be left out for a field or a composite that holds one. The file appears whole
    or not at all.
    """
    path = Path(path)
    _check_target(path)
    image = None
    if not _is_transform(path):
        grid = fixed_grid or grid_of_transform(transform)
        if grid is None:
            msg = f"Give the fixed image as well: {path.name} needs a grid to lie on."
            raise ValueError(msg)
        image = transform_to_itk_image(transform, grid)
    try:
        with tempfile.TemporaryDirectory(prefix=f".{path.name}.", dir=path.parent) as folder:
            unfinished = Path(folder) / path.name
            _write(transform if image is None else image, unfinished)
            for part in sorted(Path(folder).iterdir(), key=lambda part: part == unfinished):
                part.replace(path.parent / part.name)
    except (OSError, RuntimeError) as error:
        msg = f"Check the room on the disk and the right to write: {path} could not be written."
        raise ValueError(msg) from error


def write_field(
    u: torch.Tensor,
    path: PathLike,
    *,
    fixed_grid: Grid,
    moving_grid: Grid | None = None,
    then_affine_lps: np.ndarray | None = None,
) -> None:
    """Write a field in voxels as an ITK transform or a displacement image.

    `then_affine_lps` (4x4) is what maps the points that `u` leads to on to the moving scan. A
    transform file then holds the composite of both, an image their sum.
    """
    field = field_to_itk(u, fixed_grid, moving_grid=moving_grid)
    if then_affine_lps is None:
        write_transform(field, path, fixed_grid=fixed_grid)
        return
    # ITK applies the transform that was added last first.
    both = SimpleITK.CompositeTransform([affine_to_itk(then_affine_lps), field])
    write_transform(both, path, fixed_grid=fixed_grid)


def grid_of_transform(transform: SimpleITK.Transform) -> Grid | None:
    """Return the grid of a displacement field, or of the one a composite applies first, or None."""
    transform = transform.Downcast()
    if isinstance(transform, SimpleITK.CompositeTransform):
        parts = [
            grid_of_transform(transform.GetNthTransform(n))
            for n in range(transform.GetNumberOfTransforms())
        ]
        return next((grid for grid in reversed(parts) if grid is not None), None)
    if isinstance(transform, SimpleITK.DisplacementFieldTransform):
        return grid_from_itk(transform.GetDisplacementField())
    return None


def _write(content: SimpleITK.Transform | SimpleITK.Image, path: Path) -> None:
    if isinstance(content, SimpleITK.Transform):
        if path.suffix == ".h5":
            write_hdf5(content, path)
        else:
            SimpleITK.WriteTransform(content, str(path))
    elif path.name.endswith((".nii", ".nii.gz")):
        write_displacement_nifti(content, path)
    else:
        field = SimpleITK.Cast(content, SimpleITK.sitkVectorFloat32)
        field.SetMetaData("NRRD_content", "displacement field")
        SimpleITK.WriteImage(field, str(path), useCompression=True)


def _read_vectors(path: Path) -> SimpleITK.Image:
    if path.name.endswith((".nii", ".nii.gz")):
        check_whole(path)
    reader = SimpleITK.ImageFileReader()
    reader.SetFileName(str(path))
    try:
        reader.ReadImageInformation()
        size, components = reader.GetSize(), reader.GetNumberOfComponents()
        if len(size) != 3 or components != 3:
            words = " x ".join(str(n) for n in size)
            msg = (
                f"Give a displacement field, with three values in each voxel of a 3-D image: "
                f"{path.name} is {words} with {components} in each."
            )
            raise ValueError(msg)
        reader.SetOutputPixelType(SimpleITK.sitkVectorFloat64)
        image: SimpleITK.Image = reader.Execute()
    except RuntimeError as error:
        msg = f"Check that {path.name} is a whole image file: it could not be read."
        raise ValueError(msg) from error
    if not np.isfinite(SimpleITK.GetArrayViewFromImage(image)).all():
        msg = f"Give a field of finite numbers: {path.name} holds NaN or infinite ones."
        raise ValueError(msg)
    return image


def _is_transform(path: Path) -> bool:
    return path.name.endswith(TRANSFORM_ENDINGS)


def _check_file(path: Path) -> None:
    if not path.is_file():
        msg = f"Check the path: {path} is no file."
        raise ValueError(msg)
    _check_ending(path)


def _check_target(path: Path) -> None:
    _check_ending(path)
    if not path.parent.is_dir():
        msg = f"Make the folder first: {path.parent} does not exist."
        raise ValueError(msg)


def _check_ending(path: Path) -> None:
    if not path.name.endswith(TRANSFORM_ENDINGS + IMAGE_ENDINGS):
        msg = f"Use a file that ends in {_ENDINGS_IN_WORDS} (lower case): {path.name} does not."
        raise ValueError(msg)
