"""What can be chosen about the head phantom."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class HeadSettings:
    """Size, tumor, motion and picture quality of a head phantom.

    The moving scan is the earlier one. A tumor of 0 ml is absent: `moving_tumor_ml=0` makes a new
    one, `fixed_tumor_ml=0` one that vanished. `mass_effect` is the share of its volume by which a
    tumor pushes tissue aside; the rest replaces tissue. `deformation_mm` bounds the velocity that
    moves the brain, the skull stays rigid. `noise` is relative to white matter, `bias` is the
    deviation of the logarithm of the bias field.
    """

    shape: tuple[int, int, int] = (128, 160, 128)
    spacing_mm: float = 1.4
    moving_tumor_ml: float = 14.0
    fixed_tumor_ml: float = 7.0
    mass_effect: float = 0.4
    oedema_mm: float = 9.0
    deformation_mm: float = 5.0
    rotation_deg: float = 4.0
    translation_mm: float = 4.0
    noise: float = 0.025
    bias: float = 0.14
    moving_date: date = date(2024, 2, 12)
    fixed_date: date = date(2024, 5, 27)

    def __post_init__(self) -> None:
        _check(min(self.shape) >= 16, f"Give at least 16 voxels an axis: {self.shape} has fewer.")
        _check(self.spacing_mm > 0, f"Give a spacing above 0 mm: {self.spacing_mm} is not.")
        for name in ("moving_tumor_ml", "fixed_tumor_ml"):
            ml = getattr(self, name)
            _check(0 <= ml <= 60, f"Choose {name} from 0 to 60 ml: {ml} has no place in the brain.")
        _check(
            0 <= self.mass_effect <= 0.9,
            f"Choose a mass effect from 0 to 0.9: {self.mass_effect} is outside.",
        )
        _check(
            0 <= self.deformation_mm <= 10,
            f"Choose a deformation from 0 to 10 mm: {self.deformation_mm} is outside.",
        )
        for name in ("oedema_mm", "rotation_deg", "translation_mm", "noise", "bias"):
            value = getattr(self, name)
            _check(
                math.isfinite(value) and value >= 0, f"Choose {name} of 0 or more: {value} is not."
            )
        _check(
            self.moving_date <= self.fixed_date,
            "Give the moving scan the earlier date: it is the first of the two.",
        )


def _check(fine: object, message: str) -> None:
    if not fine:
        raise ValueError(message)
