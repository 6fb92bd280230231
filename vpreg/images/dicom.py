"""Find and read DICOM series."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import SimpleITK

from vpreg.images.checks import check_size

_SERIES_UID, _DESCRIPTION = "0020|000e", "0008|103e"
_POSITION, _ORIENTATION = "0020|0032", "0020|0037"


@dataclass(frozen=True)
class Slice:
    """One DICOM file: where it is, in the patient and on the disk."""

    path: Path
    size: tuple[int, ...]
    values_per_voxel: int
    description: str
    position_lps: tuple[float, ...]
    orientation: tuple[float, ...]

    @property
    def normal(self) -> np.ndarray:
        """The unit vector across the slice, LPS."""
        return np.cross(self.orientation[:3], self.orientation[3:])


@dataclass(frozen=True)
class Series:
    """The slices of one DICOM series, sorted along their normal."""

    uid: str
    slices: tuple[Slice, ...]

    @property
    def description(self) -> str:
        """The series description that the scanner wrote, or an empty string."""
        return self.slices[0].description

    @property
    def slice_count(self) -> int:
        """The number of slices; a multi-frame file counts each frame."""
        return sum((*part.size, 1)[2] for part in self.slices)


def find_series(folder: Path) -> list[Series]:
    """Find every image series in a folder and its subfolders, largest first."""
    found: dict[str, list[Slice]] = defaultdict(list)
    for path in sorted(folder.rglob("*")):
        read = _read_slice(path) if path.is_file() else None
        if read is not None:
            uid, part = read
            found[uid].append(part)
    series = [Series(uid, _sorted(slices)) for uid, slices in found.items()]
    return sorted(series, key=lambda one: (-one.slice_count, one.uid))


def read_series(folder: Path, *, series_uid: str | None = None) -> SimpleITK.Image:
    """Read one series as float32; ValueError lists the series when it is not clear which."""
    chosen = _choose(find_series(folder), folder, series_uid)
    first = chosen.slices[0]
    size = (*first.size[:2], chosen.slice_count)
    check_size(size, values_per_voxel=first.values_per_voxel, name=_name(chosen))
    if len(chosen.slices) > 1:
        _check_stack(chosen)
    reader = SimpleITK.ImageSeriesReader()
    reader.SetImageIO("GDCMImageIO")
    reader.SetFileNames([str(part.path) for part in chosen.slices])
    reader.SetOutputPixelType(SimpleITK.sitkFloat32)
    try:
        image: SimpleITK.Image = reader.Execute()
    except RuntimeError as error:
        msg = f"Export the DICOM series again: {_name(chosen)} has files that cannot be read."
        raise ValueError(msg) from error
    return image


def _read_slice(path: Path) -> tuple[str, Slice] | None:
    """Return the series and the slice of a DICOM image, None for any other file."""
    reader = SimpleITK.ImageFileReader()
    reader.SetImageIO("GDCMImageIO")
    reader.SetFileName(str(path))
    try:
        reader.ReadImageInformation()
    except RuntimeError:
        return None
    tags = {
        tag: reader.GetMetaData(tag) if reader.HasMetaDataKey(tag) else ""
        for tag in (_SERIES_UID, _DESCRIPTION, _POSITION, _ORIENTATION)
    }
    part = Slice(
        path=path,
        size=reader.GetSize(),
        values_per_voxel=reader.GetNumberOfComponents(),
        description=tags[_DESCRIPTION].strip(),
        position_lps=_numbers(tags[_POSITION], (0.0, 0.0, 0.0)),
        orientation=_numbers(tags[_ORIENTATION], (1.0, 0.0, 0.0, 0.0, 1.0, 0.0)),
    )
    return tags[_SERIES_UID].strip(), part


def _numbers(text: str, otherwise: tuple[float, ...]) -> tuple[float, ...]:
    try:
        numbers = tuple(float(part) for part in text.split("\\"))
    except ValueError:
        return otherwise
    return numbers if len(numbers) == len(otherwise) else otherwise


def _sorted(slices: list[Slice]) -> tuple[Slice, ...]:
    normal = slices[0].normal
    return tuple(sorted(slices, key=lambda part: float(normal @ part.position_lps)))


def _name(series: Series) -> str:
    return f"series {series.uid} ({series.description or 'no description'})"


def _choose(series: list[Series], folder: Path, series_uid: str | None) -> Series:
    if not series:
        msg = f"Choose a folder that holds DICOM images: {folder} has none, nor its subfolders."
        raise ValueError(msg)
    if series_uid is None and len(series) == 1:
        return series[0]
    for one in series:
        if one.uid == series_uid:
            return one
    choices = "\n".join(
        f"  {one.uid}  {one.description or 'no description'}, {one.slice_count} slices"
        for one in series
    )
    problem = (
        f"{folder} holds {len(series)}" if series_uid is None else f"{series_uid} is not there"
    )
    msg = f"Choose one of the DICOM series by its UID: {problem}.\n{choices}"
    raise ValueError(msg)


def _check_stack(series: Series) -> None:
    """Raise ValueError unless the slices are parallel, straight above each other, evenly spaced.

    ITK would stack any slices with the mean distance and put every voxel in the wrong place.
    """
    first = series.slices[0]
    if any(np.abs(part.normal - first.normal).max() > 1e-3 for part in series.slices):
        msg = f"Export the volume without scout views: {_name(series)} has slices that cross."
        raise ValueError(msg)
    steps = np.diff([part.position_lps for part in series.slices], axis=0)
    along = steps @ first.normal
    usual = float(np.median(along))
    if along.min() < 0.01 * max(usual, 0.01):
        msg = f"Export one time point or echo alone: {_name(series)} has several slices at a place."
        raise ValueError(msg)
    aside = np.abs(steps - along[:, None] * first.normal).max()
    if aside > 0.01 * usual:
        msg = (
            f"Load {_name(series)} in 3D Slicer, which straightens a tilted gantry, and save it "
            f"as NRRD: its slices shift sideways by {aside:.2f} mm each."
        )
        raise ValueError(msg)
    if np.abs(along - usual).max() > 0.1 * usual:
        msg = (
            f"Export {_name(series)} again with all its slices: "
            f"the distances between them vary from {along.min():.2f} to {along.max():.2f} mm."
        )
        raise ValueError(msg)
