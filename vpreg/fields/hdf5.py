"""Write an ITK transform as HDF5 with its displacements in single precision (docs/adr/0008)."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import SimpleITK


def write_hdf5(transform: SimpleITK.Transform, path: Path) -> None:
    """Write a transform as ITK does, in half the bytes; ITK and Slicer read it as double.

    Displacements of up to 100 mm are right to 4 nanometres. Matrices stay double: their error grows
    with the distance. Without h5py, ITK writes all in double precision.
    """
    transform = _flat(transform)
    if find_spec("h5py") is None:
        SimpleITK.WriteTransform(transform, str(path))
        return
    h5py = import_module("h5py")
    text = h5py.string_dtype("ascii")
    with h5py.File(path, "w") as file:
        file.create_dataset("ITKVersion", data=[SimpleITK.Version.ITKVersionString()], dtype=text)
        for n, part in enumerate(_parts(transform)):
            group = file.create_group(f"TransformGroup/{n}")
            kind = f"{part.GetName()}_double_3_3"
            group.create_dataset("TransformType", data=[kind], dtype=text)
            if not isinstance(part, SimpleITK.CompositeTransform):
                fixed = np.array(part.GetFixedParameters(), dtype=np.float64)
                group.create_dataset("TransformFixedParameters", data=fixed)
                group.create_dataset("TransformParameters", data=_numbers(part))


def _flat(transform: SimpleITK.Transform) -> SimpleITK.Transform:
    """Return the transform without a composite in a composite, which ITK cannot write."""
    transform = transform.Downcast()
    if not isinstance(transform, SimpleITK.CompositeTransform):
        return transform
    flat = SimpleITK.CompositeTransform(transform)
    flat.FlattenTransform()
    return flat


def _parts(transform: SimpleITK.Transform) -> Iterator[Any]:
    """Yield a transform, and behind a composite what it holds."""
    yield transform
    if isinstance(transform, SimpleITK.CompositeTransform):
        for n in range(transform.GetNumberOfTransforms()):
            yield transform.GetNthTransform(n).Downcast()


def _numbers(transform: Any) -> np.ndarray:  # noqa: ANN401 - a transform of any kind
    if isinstance(transform, SimpleITK.DisplacementFieldTransform):
        field = SimpleITK.GetArrayViewFromImage(transform.GetDisplacementField())
        return field.astype(np.float32).ravel()
    return np.array(transform.GetParameters(), dtype=np.float64)
