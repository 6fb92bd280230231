"""Make pairs of images with lesions, to train and test without patients."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import torch

from vpreg.fields.compose import compose
from vpreg.fields.integrate import integrate_velocity
from vpreg.fields.resize import resize_field
from vpreg.fields.sampling import Padding, axis_coordinates, voxel_coordinates
from vpreg.fields.warp import warp
from vpreg.images.grid import Grid
from vpreg.images.image import Image
from vpreg.images.interpolation import Interpolation
from vpreg.synthetic.acquisition import add_noise, bias_field, blur, thick_slices
from vpreg.synthetic.contrast import Contrast, draw_contrast
from vpreg.synthetic.exact_volume import voxels_of_ball
from vpreg.synthetic.motion import coarse_shape, random_velocity, rotation_matrix
from vpreg.synthetic.pair import LesionTruth, SyntheticPair, find_correspondence
from vpreg.synthetic.pair_lesion import Lesion, box_around, draw_lesions
from vpreg.synthetic.pair_painting import paint_lesion
from vpreg.synthetic.pair_settings import PairSettings
from vpreg.synthetic.randomness import Randomness
from vpreg.synthetic.shape_map import LABELS, ShapeMap, draw_shape_map
from vpreg.synthetic.shapes import column

COARSE = 2
ORGAN_LABELS = LABELS // 2


@dataclass(frozen=True)
class Side:
    """One image of a pair, all (K, J, I)."""

    picture: torch.Tensor
    tissue: torch.Tensor
    organ: torch.Tensor
    tumor: torch.Tensor
    acquired: torch.Tensor | None


def training_pairs(
    settings: PairSettings | None = None, *, first_seed: int, device: torch.device | str = "cpu"
) -> Iterator[SyntheticPair]:
    """Yield pairs without end, with seeds counted up from the first."""
    seed = first_seed
    while True:
        yield make_training_pair(settings, seed=seed, device=device)
        seed += 1


def make_training_pair(
    settings: PairSettings | None = None, *, seed: int, device: torch.device | str = "cpu"
) -> SyntheticPair:
    """Make one pair on a device; the same seed, settings and kind of device give the same pair."""
    settings = settings or PairSettings()
    random = Randomness(seed, device)
    body = draw_shape_map(random, settings.shape)
    moved = _draw_motion(random, settings)
    lesions = draw_lesions(random, settings, body.depth, moved)
    u_true = _with_pushes(moved, lesions)
    contrasts = _draw_contrasts(random, settings)
    fixed = _side(random, settings, body, contrasts[0], lesions, u_true)
    moving = _side(random, settings, body, contrasts[1], lesions, None)
    return _assemble(fixed, moving, u_true, lesions, settings, seed)


def _draw_motion(random: Randomness, settings: PairSettings) -> torch.Tensor:
    """Draw a diffeomorphism followed by a rigid motion, on a coarse grid, and refine it."""
    shape = coarse_shape(settings.shape, COARSE)
    velocity = random_velocity(
        random,
        shape,
        bump_voxels=random.log_uniform(*settings.deformation_bump) / COARSE,
        largest_voxels=random.uniform(*settings.deformation) / COARSE,
    )
    u = integrate_velocity(velocity, steps=5)
    limit = math.radians(settings.rotation_deg)
    angles = tuple(random.uniform(-limit, limit) for _ in range(3))
    size = settings.translation / COARSE
    shift = tuple(random.uniform(-size, size) for _ in range(3))
    places = voxel_coordinates(shape, device=u.device)
    middle = column(((shape[0] - 1) / 2, (shape[1] - 1) / 2, (shape[2] - 1) / 2), u)
    turn = rotation_matrix((angles[0], angles[1], angles[2])).to(u)
    offset = places + u - middle
    turned = (turn @ offset.flatten(1)).view_as(u) + column((shift[0], shift[1], shift[2]), u)
    return resize_field(turned + middle - places, settings.shape)


def _with_pushes(moved: torch.Tensor, lesions: list[Lesion]) -> torch.Tensor:
    """Let the tissue around every lesion give way first, then move."""
    pushes = [lesion.push for lesion in lesions if lesion.push.a != 0]
    if not pushes:
        return moved
    shape = (moved.shape[1], moved.shape[2], moved.shape[3])
    local = torch.zeros_like(moved)
    lines = axis_coordinates(shape, device=moved.device)
    for push in pushes:
        box = box_around(push.centre, push.support, shape)
        at = [line.flatten()[s] for line, s in zip(lines, box, strict=True)]
        places = torch.stack(torch.meshgrid(*at, indexing="ij"))
        local[(slice(None), *box)] += push.pull(places) - places
    return compose(local, moved)


def _draw_contrasts(random: Randomness, settings: PairSettings) -> tuple[Contrast, Contrast]:
    first = draw_contrast(random, LABELS)
    if random.chance(settings.same_contrast):
        return first, first
    return first, draw_contrast(random, LABELS)


def _side(
    random: Randomness,
    settings: PairSettings,
    body: ShapeMap,
    contrast: Contrast,
    lesions: list[Lesion],
    u_true: torch.Tensor | None,
) -> Side:
    """Make the moving image, or with the field the fixed one."""
    picture, tissue = contrast.paint(body.labels, body.texture), body.labels
    if u_true is not None:
        # What lies beyond the border is made up, so that the picture has no black corners;
        # `correspondence` leaves it out.
        border = Padding.BORDER
        picture = warp(picture, u_true, padding=border)
        tissue = warp(tissue, u_true, interpolation=Interpolation.NEAREST, padding=border)
    organ = (tissue > 0) & (tissue <= ORGAN_LABELS)
    tumor = torch.zeros_like(tissue)
    for label, lesion in enumerate(lesions, start=1):
        fixed = u_true is not None
        radius = lesion.fixed_radius if fixed else lesion.moving_radius
        centre = lesion.fixed_centre if fixed else lesion.moving_centre
        if radius > 0:
            paint_lesion(
                picture, tumor, organ, lesion, contrast, label=label, centre=centre, radius=radius
            )
    picture, acquired = _acquire(random, settings, picture)
    return Side(picture, tissue, organ.int(), tumor, acquired)


def _acquire(
    random: Randomness, settings: PairSettings, picture: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor | None]:
    picture = blur(picture, sigma_voxels=round(random.uniform(*settings.blur), 1))
    strength, bump = random.uniform(*settings.bias), min(settings.shape) * 0.9
    picture = picture * bias_field(random, settings.shape, strength=strength, bump_voxels=bump)
    acquired = None
    if random.chance(settings.thick_slices):
        every = random.integer(*settings.slice_thickness)
        picture, acquired = thick_slices(picture, axis=random.integer(0, 2), every=every)
    picture = add_noise(picture, random, sigma=random.uniform(*settings.noise))
    low, high = torch.aminmax(picture)
    return (picture - low) / (high - low).clamp(min=1e-6), acquired


def _assemble(
    fixed: Side,
    moving: Side,
    u_true: torch.Tensor,
    lesions: list[Lesion],
    settings: PairSettings,
    seed: int,
) -> SyntheticPair:
    step = settings.spacing_mm
    grid = Grid(settings.shape, (step, step, step))
    tumors = Image(fixed.tumor, grid), Image(moving.tumor, grid)
    return SyntheticPair(
        fixed=Image(fixed.picture, grid),
        moving=Image(moving.picture, grid),
        fixed_tissue=Image(fixed.tissue, grid),
        moving_tissue=Image(moving.tissue, grid),
        fixed_tumor=tumors[0],
        moving_tumor=tumors[1],
        fixed_organ=Image(fixed.organ, grid),
        moving_organ=Image(moving.organ, grid),
        u_true=u_true,
        correspondence=find_correspondence(*tumors, u_true),
        lesions=tuple(_truth(n, lesion, grid) for n, lesion in enumerate(lesions, start=1)),
        seed=seed,
        fixed_acquired=_image(fixed.acquired, grid),
        moving_acquired=_image(moving.acquired, grid),
    )


def _image(mask: torch.Tensor | None, grid: Grid) -> Image | None:
    return None if mask is None else Image(mask.int(), grid)


def _truth(label: int, lesion: Lesion, grid: Grid) -> LesionTruth:
    voxel_ml = grid.voxel_volume_mm3 / 1000
    return LesionTruth(
        label=label,
        moving_ml=voxels_of_ball(lesion.moving_radius) * voxel_ml,
        fixed_ml=voxels_of_ball(lesion.fixed_radius) * voxel_ml,
        moving_centre=lesion.moving_centre if lesion.moving_radius else None,
        fixed_centre=lesion.fixed_centre if lesion.fixed_radius else None,
        mass_effect=lesion.mass_effect,
    )
