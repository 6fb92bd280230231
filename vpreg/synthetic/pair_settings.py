"""What can be chosen about synthetic training pairs."""

from __future__ import annotations

from dataclasses import dataclass

from vpreg.synthetic.choice import check_choice, check_range, check_shape

Range = tuple[float, float]


@dataclass(frozen=True)
class PairSettings:
    """Ranges from which every pair draws; lengths are in voxels unless named otherwise.

    `size_factor` is the volume of a lesion in the fixed over that in the moving image,
    `lesion_radius` the radius of its larger form. `one_sided` is the chance that a lesion is in one
    image only, `mass_effect` the share of the change in volume by which tissue is pushed.
    `deformation` is the longest velocity. `noise` and `bias` are relative to the brightness range
    and to 1. `same_contrast` and `thick_slices` are chances.
    """

    shape: tuple[int, int, int] = (96, 96, 96)
    spacing_mm: float = 1.0
    lesions: tuple[int, int] = (0, 6)
    lesion_radius: Range = (2.5, 10.0)
    size_factor: Range = (0.3, 3.0)
    one_sided: float = 0.35
    mass_effect: Range = (0.0, 0.5)
    deformation: Range = (0.0, 7.0)
    deformation_bump: Range = (32.0, 80.0)
    rotation_deg: float = 5.0
    translation: float = 3.0
    same_contrast: float = 0.3
    noise: Range = (0.0, 0.06)
    bias: Range = (0.0, 0.25)
    blur: Range = (0.0, 0.8)
    thick_slices: float = 0.25
    slice_thickness: tuple[int, int] = (2, 6)

    @classmethod
    def for_shape(cls, shape: tuple[int, int, int]) -> PairSettings:
        """Return the default ranges, all lengths scaled from 96 voxels to another shape."""
        scale = min(shape) / 96
        return cls(
            shape=shape,
            lesion_radius=(max(2.0, 2.5 * scale), max(3.0, 10.0 * scale)),
            deformation=(0.0, 7.0 * scale),
            deformation_bump=(max(12.0, 32.0 * scale), max(12.0, 80.0 * scale)),
            translation=3.0 * scale,
        )

    def __post_init__(self) -> None:
        check_shape(self.shape, least=24)
        check_choice("spacing_mm", self.spacing_mm, 0.01, 100)
        check_range("lesions", self.lesions, 0, 6)
        check_range("lesion_radius", self.lesion_radius, 1, min(self.shape) / 6)
        check_range("size_factor", self.size_factor, 0.1, 10)
        check_range("mass_effect", self.mass_effect, 0, 0.7)
        check_range("deformation", self.deformation, 0, min(self.shape) / 8)
        check_range("deformation_bump", self.deformation_bump, 12, 10_000)
        check_choice("rotation_deg", self.rotation_deg, 0, 45)
        check_choice("translation", self.translation, 0, min(self.shape) / 4)
        check_range("noise", self.noise, 0, 1)
        check_range("bias", self.bias, 0, 1)
        check_range("blur", self.blur, 0, 5)
        check_range("slice_thickness", self.slice_thickness, 2, min(self.shape) // 4)
        for name in ("one_sided", "same_contrast", "thick_slices"):
            check_choice(name, getattr(self, name), 0, 1)
