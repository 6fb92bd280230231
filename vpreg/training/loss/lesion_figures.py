"""What a field does to the size of the moving scan's lesions."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch

from vpreg.metrics.stsr import LesionState, LesionStsr, measure_stsr
from vpreg.networks.home_grid import HomeGrid
from vpreg.training.loss.organ import home_image_grid, moving_organ
from vpreg.training.training_pair import TrainingPair


@dataclass(frozen=True)
class LesionFigures:
    """Means over the lesions in view that are still there; NaN without any."""

    stsr_soft: float = math.nan
    stsr_hard: float = math.nan
    count: int = 0
    vanished: int = 0


def lesion_figures(u: torch.Tensor, pair: TrainingPair, home: HomeGrid) -> LesionFigures:
    """Measure every lesion of the moving scan by itself (T29)."""
    if pair.moving_tumor is None or not bool(pair.moving_tumor.any()):
        return LesionFigures()
    grid = home_image_grid(pair, home)
    report = measure_stsr(
        pair.moving_tumor[0, 0].long(),
        moving_organ(pair, home)[0, 0] > 0.5,
        u,
        fixed_grid=grid,
        moving_grid=grid,
    )
    seen = [lesion for lesion in report.lesions if lesion.state is not LesionState.OUT_OF_VIEW]
    kept = [lesion for lesion in seen if lesion.state is LesionState.MEASURED]
    return LesionFigures(
        stsr_soft=_mean([lesion.stsr_soft for lesion in kept]),
        stsr_hard=_mean(_hard(kept)),
        count=len(seen),
        vanished=len(seen) - len(kept),
    )


def _hard(lesions: list[LesionStsr]) -> list[float]:
    return [x.stsr_hard for x in lesions if x.hard_is_reliable and math.isfinite(x.stsr_hard)]


def _mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else math.nan
