"""The growth phantom of the oracle O11: a lesion grows in an organ that does not move."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch

from vpreg.fields.sampling import voxel_coordinates
from vpreg.images.grid import Grid
from vpreg.images.image import Image
from vpreg.synthetic.acquisition import add_noise
from vpreg.synthetic.choice import check_choice, check_shape
from vpreg.synthetic.exact_volume import cut_volume, voxels_of_ball
from vpreg.synthetic.noise import smooth_noise
from vpreg.synthetic.pair import LesionTruth, SyntheticPair, find_correspondence
from vpreg.synthetic.randomness import Randomness
from vpreg.synthetic.shapes import column, length

ORGAN_SHARE = 0.43
ORGAN, LESION, OUTSIDE = 0.45, 0.9, 0.08


@dataclass(frozen=True)
class GrowthSettings:
    """Radii and distances in voxels of 1 mm; the organ is a ball in the middle of the grid."""

    shape: tuple[int, int, int] = (80, 80, 80)
    moving_radius: float = 8.0
    fixed_radius: float = 12.0
    landmark_distance: float = 15.0
    landmarks: int = 40
    texture: float = 0.09
    noise: float = 0.01

    def __post_init__(self) -> None:
        check_shape(self.shape, least=32)
        most = min(self.shape) * ORGAN_SHARE / 2
        check_choice("moving_radius", self.moving_radius, 0, most)
        check_choice("fixed_radius", self.fixed_radius, 0, most)
        check_choice("landmark_distance", self.landmark_distance, 0, min(self.shape))
        check_choice("landmarks", self.landmarks, 0, 10_000)
        check_choice("texture", self.texture, 0, 1)
        check_choice("noise", self.noise, 0, 1)

    @classmethod
    def by_factor(cls, size_factor: float, *, moving_radius: float = 8.0) -> GrowthSettings:
        """Choose the fixed radius so that the volume changes by a factor."""
        fixed_radius = moving_radius * size_factor ** (1 / 3)
        return cls(moving_radius=moving_radius, fixed_radius=fixed_radius)


@dataclass(frozen=True)
class GrowthPhantom:
    """A pair whose true field is zero, and points (N, 3) in voxels that must stay in place.

    The lesion replaces tissue while it grows. `landmarks` lie in the organ, at least the chosen
    distance from the border of the larger lesion, and are the same points in both images.
    """

    pair: SyntheticPair
    landmarks: torch.Tensor

    @property
    def volume_change_ratio(self) -> float:
        """The true volume of the lesion in the fixed over that in the moving image."""
        return self.pair.lesions[0].volume_change_ratio

    @property
    def true_tvcf(self) -> float:
        """The volume-change fidelity of the true field: the warp leaves all growth to be seen."""
        return 1.0

    @property
    def tvcf_of_undone_growth(self) -> float:
        """The fidelity of a warp that makes the moving lesion as large as the fixed one."""
        ratio = self.volume_change_ratio
        return max(ratio, 1 / ratio) ** 2 if ratio > 0 else math.inf


def make_growth_phantom(
    settings: GrowthSettings | None = None, *, seed: int, device: torch.device | str = "cpu"
) -> GrowthPhantom:
    """Make the phantom; the same seed and settings give the same one."""
    settings = settings or GrowthSettings()
    random = Randomness(seed, device)
    places = voxel_coordinates(settings.shape, device=random.device)
    middle = [(n - 1) / 2 for n in settings.shape]
    organ = min(settings.shape) * ORGAN_SHARE - length(places - column(_point(middle), places))
    # Off the middle, so that one side of the organ is far from the lesion.
    centre = _point([m + step for m, step in zip(middle, (-6.3, 5.2, 4.7), strict=True)])
    reach = length(places - column(centre, places))
    healthy = _healthy(random, settings, organ)
    grid = Grid(settings.shape)
    fixed, fixed_tumor = _date(random, settings, healthy, reach, settings.fixed_radius)
    moving, moving_tumor = _date(random, settings, healthy, reach, settings.moving_radius)
    inside = Image((organ > 0).int(), grid)
    tumors = Image(fixed_tumor, grid), Image(moving_tumor, grid)
    u_true = torch.zeros_like(places)
    pair = SyntheticPair(
        fixed=Image(fixed, grid),
        moving=Image(moving, grid),
        fixed_tissue=inside.with_voxels(inside.voxels + fixed_tumor),
        moving_tissue=inside.with_voxels(inside.voxels + moving_tumor),
        fixed_tumor=tumors[0],
        moving_tumor=tumors[1],
        fixed_organ=inside,
        moving_organ=inside,
        u_true=u_true,
        correspondence=find_correspondence(*tumors, u_true),
        lesions=(_truth(settings, centre),),
        seed=seed,
    )
    return GrowthPhantom(pair, _landmarks(random, settings, organ, reach))


def _healthy(random: Randomness, settings: GrowthSettings, organ: torch.Tensor) -> torch.Tensor:
    share = (organ + 0.5).clamp(0, 1)
    coarse = smooth_noise(random, settings.shape, spacing_voxels=3.5)[0]
    fine = smooth_noise(random, settings.shape, spacing_voxels=1.7)[0]
    texture = settings.texture * (0.8 * coarse + 0.6 * fine)
    return OUTSIDE + share * (ORGAN - OUTSIDE) + (0.3 + 0.7 * share) * texture


def _date(
    random: Randomness,
    settings: GrowthSettings,
    healthy: torch.Tensor,
    reach: torch.Tensor,
    radius: float,
) -> tuple[torch.Tensor, torch.Tensor]:
    mask, level = cut_volume(reach, voxels_of_ball(radius))
    share = (level - reach + 0.5).clamp(0, 1)
    picture = healthy + share * (LESION - healthy)
    return add_noise(picture, random, sigma=settings.noise), mask.int()


def _landmarks(
    random: Randomness, settings: GrowthSettings, organ: torch.Tensor, reach: torch.Tensor
) -> torch.Tensor:
    far = settings.landmark_distance + max(settings.fixed_radius, settings.moving_radius)
    places = ((organ > 3) & (reach >= far)).nonzero()
    if len(places) < settings.landmarks:
        msg = (
            f"Give a larger shape or a smaller landmark distance: {settings.landmarks} landmarks "
            f"are wanted where {len(places)} voxels are left."
        )
        raise ValueError(msg)
    chosen = random.normal(len(places)).argsort()[: settings.landmarks]
    return places[chosen].float()


def _truth(settings: GrowthSettings, centre: tuple[float, float, float]) -> LesionTruth:
    moving, fixed = voxels_of_ball(settings.moving_radius), voxels_of_ball(settings.fixed_radius)
    return LesionTruth(
        label=1,
        moving_ml=moving / 1000,
        fixed_ml=fixed / 1000,
        moving_centre=centre if moving else None,
        fixed_centre=centre if fixed else None,
        mass_effect=0.0,
    )


def _point(values: list[float]) -> tuple[float, float, float]:
    return (values[0], values[1], values[2])
