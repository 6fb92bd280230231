"""What an alignment did to each lesion: a property of the alignment, not of the tumor."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import SimpleITK
import torch

from vpreg.fields.transforms import field_from_itk
from vpreg.images.grid import Grid
from vpreg.images.image import Image
from vpreg.images.interpolation import Interpolation
from vpreg.images.resampling import resample
from vpreg.lesions.alignment import Alignment
from vpreg.lesions.segmentation import Segmentation
from vpreg.metrics.stsr import LesionState, LesionStsr, measure_stsr

_ML = 1000.0


@dataclass(frozen=True)
class AlignedSize:
    """One lesion under one alignment: its size after it, and STSR by soft and by hard volumes.

    1 is a size kept in proportion to the organ, infinity a lesion that was warped away. `ml` is
    what the warped lesion measures; it is no volume of the tumor. All are None where the lesion
    lies outside of the baseline scan. Hard figures are unreliable below 100 voxels.
    """

    ml: float | None
    stsr_soft: float | None
    stsr_hard: float | None
    hard_is_reliable: bool
    in_view_fraction: float


@dataclass(frozen=True)
class AlignmentFigures:
    """A lesion under the volume-preserving alignment, and under the similarity-only one."""

    kept: AlignedSize
    similarity_only: AlignedSize | None


def alignment_figures(
    segmentation: Segmentation,
    pieces: Mapping[str, Sequence[int]],
    alignment: Alignment,
    *,
    baseline: Grid,
    organ: Image,
) -> dict[str, AlignmentFigures]:
    """Measure the lesions of a time point, each by the numbers of its pieces, as a whole."""
    names = [name for name, numbers in pieces.items() if numbers]
    numbers = np.zeros(len(segmentation.pieces) + 1, dtype=np.int32)
    for label, name in enumerate(names, start=1):
        numbers[list(pieces[name])] = label
    labels = torch.as_tensor(numbers[segmentation.numbers])
    grid = segmentation.grid
    if not organ.grid.matches(grid):
        organ = resample(organ, grid, interpolation=Interpolation.NEAREST)

    def measured(transform: SimpleITK.Transform) -> dict[int, AlignedSize]:
        u = field_from_itk(transform, baseline, moving_grid=grid)
        found = measure_stsr(labels, organ.voxels, u, fixed_grid=baseline, moving_grid=grid)
        return {one.label: _size(one) for one in found.lesions}

    kept = measured(alignment.from_baseline)
    only = {} if alignment.similarity_only is None else measured(alignment.similarity_only)
    return {
        name: AlignmentFigures(kept[label], only.get(label))
        for label, name in enumerate(names, start=1)
    }


def _size(one: LesionStsr) -> AlignedSize:
    if one.state is LesionState.OUT_OF_VIEW or math.isnan(one.stsr_soft):
        return AlignedSize(None, None, None, False, one.in_view_fraction)
    return AlignedSize(
        ml=one.volume_warped_mm3 / _ML,
        stsr_soft=one.stsr_soft,
        stsr_hard=one.stsr_hard,
        hard_is_reliable=one.hard_is_reliable,
        in_view_fraction=one.in_view_fraction,
    )
