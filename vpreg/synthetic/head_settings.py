"""What can be chosen about the head phantom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from vpreg.synthetic.choice import check_choice, check_shape


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
        check_shape(self.shape, least=16)
        check_choice("spacing_mm", self.spacing_mm, 0.3, 12)
        check_choice("moving_tumor_ml", self.moving_tumor_ml, 0, 60)
        check_choice("fixed_tumor_ml", self.fixed_tumor_ml, 0, 60)
        check_choice("mass_effect", self.mass_effect, 0, 0.9)
        check_choice("oedema_mm", self.oedema_mm, 0, 40)
        check_choice("deformation_mm", self.deformation_mm, 0, 10)
        check_choice("rotation_deg", self.rotation_deg, 0, 20)
        check_choice("translation_mm", self.translation_mm, 0, 30)
        check_choice("noise", self.noise, 0, 1)
        check_choice("bias", self.bias, 0, 1)
        if self.moving_date > self.fixed_date:
            msg = "Give the moving scan the earlier date: it is the first of the two."
            raise ValueError(msg)
