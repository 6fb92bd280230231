"""The alignments that bring a time point to the baseline, from the folders of its registrations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import SimpleITK

from vpreg.fields.files import read_transform
from vpreg.lesions.point_maps import IDENTITY, BaselineMap, itk_point_map
from vpreg.lesions.registrations import Registered
from vpreg.results.contents import COMPARISON


@dataclass(frozen=True)
class Alignment:
    """ITK transforms from baseline points to points of a time point, and the way back.

    `similarity_only` is the one to compare with, None where the recipe stops there.
    `folders` are the registrations that it consists of, from the baseline on.
    """

    from_baseline: SimpleITK.Transform
    to_baseline: SimpleITK.Transform
    similarity_only: SimpleITK.Transform | None
    folders: tuple[Path, ...]

    @property
    def points(self) -> BaselineMap:
        """Both ways as maps of points."""
        return BaselineMap(itk_point_map(self.from_baseline), itk_point_map(self.to_baseline))


def alignment_of(time: int, registered: Sequence[Registered]) -> Alignment | None:
    """Put together what leads from the baseline to a time point; None for the baseline itself."""
    by_moving = {one.pair.moving: one for one in registered}
    folders: list[Path] = []
    while time > 0:
        folders.insert(0, by_moving[time].folder)
        time = by_moving[time].pair.fixed
    if not folders:
        return None
    there = [read_transform(folder / "transform.h5") for folder in folders]
    back = [read_transform(folder / "inverse.h5") for folder in folders]
    compared = [folder / COMPARISON / "transform.h5" for folder in folders]
    similarity = None
    if all(path.is_file() for path in compared):
        similarity = _followed([read_transform(path) for path in compared])
    return Alignment(_followed(there), _followed(back[::-1]), similarity, tuple(folders))


def points_of(alignment: Alignment | None) -> BaselineMap:
    """Return the map of an alignment; the baseline lies on itself."""
    return IDENTITY if alignment is None else alignment.points


def _followed(transforms: list[SimpleITK.Transform]) -> SimpleITK.Transform:
    """Return the transform that applies the given ones one after another."""
    if len(transforms) == 1:
        return transforms[0]
    # ITK applies the transform that was added last first.
    return SimpleITK.CompositeTransform(transforms[::-1])
