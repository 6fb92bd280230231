"""How training pairs are varied."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import Enum

from vpreg.synthetic.choice import check_choice, check_range

_CHANCES = (
    "affine",
    "flip_left_right",
    "flip_front_back",
    "flip_up_down",
    "intensity",
    "thick_slices",
    "paste_lesions",
)


class ThickScans(Enum):
    """Which scan of a pair may come in thick slices."""

    BOTH = "both"
    FIXED = "fixed"
    """An atlas is laid over a clinical scan (SparseVM, methods §4)."""
    MOVING = "moving"


@dataclass(frozen=True)
class AugmentationSettings:
    """Chances, each with the largest change that it may bring; validation pairs are never varied.

    `affine` moves the moving scan alone, as LapIRN does (methods §6.3): `translation` and `scale`
    are shares of half the home grid and of 1. The ranges of its report are lost; those of rotation
    and translation are of its authors' later code. Flips mirror both scans alike. `intensity` is
    drawn for each scan: the deviation of the logarithm of a `gamma` and of a `bias` field, and the
    largest deviation of `noise` on grey values from 0 to 1. `thick_slices` too is for each of the
    `thick_scans`; `slice_thickness` is in voxels. `paste_lesions` is the chance that lesions of the
    generator, which the fixed scan lacks, are painted into the organ of the moving scan.
    """

    affine: float = 0.1
    rotation_deg: float = 5.0
    translation: float = 0.05
    scale: float = 0.05
    flip_left_right: float = 0.5
    flip_front_back: float = 0.0
    flip_up_down: float = 0.0
    intensity: float = 0.5
    gamma: float = 0.2
    bias: float = 0.1
    noise: float = 0.02
    thick_slices: float = 0.1
    thick_scans: ThickScans = ThickScans.BOTH
    slice_thickness: tuple[int, int] = (2, 6)
    paste_lesions: float = 0.0

    def __post_init__(self) -> None:
        for name in _CHANCES:
            check_choice(name, getattr(self, name), 0, 1)
        check_choice("rotation_deg", self.rotation_deg, 0, 180)
        check_choice("translation", self.translation, 0, 1)
        check_choice("scale", self.scale, 0, 0.5)
        check_choice("gamma", self.gamma, 0, 1)
        check_choice("bias", self.bias, 0, 1)
        check_choice("noise", self.noise, 0, 1)
        check_range("slice_thickness", self.slice_thickness, 2, 32)

    @classmethod
    def none(cls) -> AugmentationSettings:
        """Return settings that leave every pair as it is."""
        kept = {f.name: 0.0 for f in fields(cls) if f.name in _CHANCES}
        return cls(**kept)  # type: ignore[arg-type]
