"""Make two scans of one head at two dates, with all that is known about them."""

from __future__ import annotations

from dataclasses import dataclass

import torch

from vpreg.images.grid import Grid
from vpreg.images.image import Image
from vpreg.synthetic.acquisition import add_rician_noise, bias_field, blur
from vpreg.synthetic.canvas import Canvas
from vpreg.synthetic.head_anatomy import HeadAnatomy, draw_head_anatomy, paint_head
from vpreg.synthetic.head_hull import Hulls
from vpreg.synthetic.head_motion import HeadMotion, draw_head_motion
from vpreg.synthetic.head_settings import HeadSettings
from vpreg.synthetic.head_tumor import (
    HeadTumor,
    draw_head_tumor,
    paint_tumor,
    radius_mm,
    tumor_push,
)
from vpreg.synthetic.pair import LesionTruth, SyntheticPair, find_correspondence
from vpreg.synthetic.push import Push
from vpreg.synthetic.randomness import Randomness
from vpreg.synthetic.shapes import Point, column
from vpreg.synthetic.tissue import T1_BRIGHTNESS, Tissue

# The middle of the picture lies a little below the middle of the brain, so that the face shows.
CENTRE_MM: Point = (-6.0, 0.0, 0.0)
BRIGHTEST = 1000.0
# The spinal cord is no longer brain below this height.
BRAIN_END_MM = -56.0


@dataclass(frozen=True)
class Scan:
    """One date of the head: picture, tissue labels, tumor and brain masks (K, J, I)."""

    picture: torch.Tensor
    tissue: torch.Tensor
    tumor: torch.Tensor
    brain: torch.Tensor


@dataclass(frozen=True)
class HeadTruth:
    """The head, its tumor, and how both change between the dates."""

    anatomy: HeadAnatomy
    tumor: HeadTumor
    motion: HeadMotion
    fixed_push: Push
    moving_push: Push

    def healthy_of_fixed(self, place_mm: torch.Tensor) -> torch.Tensor:
        """Take places in the fixed scan to places in the moving head without its tumor."""
        return self.motion.forward(self.fixed_push.pull(place_mm))

    def healthy_of_moving(self, place_mm: torch.Tensor) -> torch.Tensor:
        """Take places in the moving scan to places in the moving head without its tumor."""
        return self.moving_push.pull(place_mm)


def make_head_pair(
    settings: HeadSettings | None = None, *, seed: int, device: torch.device | str = "cpu"
) -> SyntheticPair:
    """Make the phantom; the same seed and settings give the same pair."""
    settings = settings or HeadSettings()
    random = Randomness(seed, device)
    truth = draw_head_truth(random, settings)
    places = head_places(settings, random.device)
    healthy = truth.healthy_of_fixed(places)
    u_true = (truth.moving_push.push(healthy) - places) / settings.spacing_mm
    fixed = _scan(truth, healthy, truth.fixed_push, settings.fixed_tumor_ml, settings, random)
    healthy = truth.healthy_of_moving(places)
    moving = _scan(truth, healthy, truth.moving_push, settings.moving_tumor_ml, settings, random)
    return _assemble(fixed, moving, u_true, truth, settings, seed)


def draw_head_truth(random: Randomness, settings: HeadSettings) -> HeadTruth:
    """Draw anatomy, motion and tumor."""
    anatomy = draw_head_anatomy(random, spacing_mm=settings.spacing_mm)
    motion = draw_head_motion(random, anatomy, settings)
    tumor = draw_head_tumor(random)
    at = column(tumor.centre_mm, torch.zeros(3, 1, 1, 1, device=random.device))
    room = float(-anatomy.hulls(anatomy.bent(at)).cavity)
    pushes = [
        tumor_push(centre, ml, strength=settings.mass_effect, room_mm=room)
        for centre, ml in (
            (motion.backward(tumor.centre_mm), settings.fixed_tumor_ml),
            (tumor.centre_mm, settings.moving_tumor_ml),
        )
    ]
    return HeadTruth(anatomy, tumor, motion, pushes[0], pushes[1])


def head_places(settings: HeadSettings, device: torch.device) -> torch.Tensor:
    """Return the place in millimetres (3, K, J, I) of every voxel: up, back, left."""
    lines = [line.to(device) for line in _lines(settings)]
    return torch.stack(torch.meshgrid(*lines, indexing="ij"))


def _lines(settings: HeadSettings) -> list[torch.Tensor]:
    return [
        (torch.arange(n, dtype=torch.float32) - (n - 1) / 2) * settings.spacing_mm + middle
        for n, middle in zip(settings.shape, CENTRE_MM, strict=True)
    ]


def _scan(
    truth: HeadTruth,
    healthy_mm: torch.Tensor,
    push: Push,
    tumor_ml: float,
    settings: HeadSettings,
    random: Randomness,
) -> Scan:
    canvas = _empty_canvas(truth.anatomy.bent(healthy_mm), settings)
    hulls = paint_head(canvas, truth.anatomy)
    brain = _brain(hulls, canvas.position_mm)
    tumor = torch.zeros_like(brain)
    if tumor_ml > 0:
        size = 2.2 * radius_mm(tumor_ml) + 6 + settings.oedema_mm
        spans = canvas.spans_around(push.centre, size)
        near = healthy_mm[(slice(None), *spans)]
        reach = truth.tumor.reach(near, truth.anatomy)
        tumor[spans] = paint_tumor(
            canvas.view(spans),
            reach.masked_fill(~brain[spans], torch.inf),
            truth.tumor.patches(near, truth.anatomy),
            volume_ml=tumor_ml,
            voxel_ml=settings.spacing_mm**3 / 1000,
            oedema_mm=settings.oedema_mm,
        )
    picture = _picture(canvas.brightness, settings, random)
    return Scan(picture, canvas.tissue, tumor, brain)


def _empty_canvas(position_mm: torch.Tensor, settings: HeadSettings) -> Canvas:
    k, j, i = _lines(settings)
    lines = (k.to(position_mm), j.to(position_mm), i.to(position_mm))
    shaped = (lines[0].view(-1, 1, 1), lines[1].view(1, -1, 1), lines[2].view(1, 1, -1))
    reach = max(float((p - n).abs().max()) for p, n in zip(position_mm, shaped, strict=True))
    brightness = torch.zeros_like(position_mm[0])
    tissue = torch.zeros_like(brightness, dtype=torch.int32)
    return Canvas(position_mm, lines, reach, settings.spacing_mm, brightness, tissue)


def _brain(hulls: Hulls, position_mm: torch.Tensor) -> torch.Tensor:
    inside = torch.minimum(hulls.cerebrum, torch.minimum(hulls.cerebellum, hulls.stem)) < 0
    return inside & (position_mm[0] > BRAIN_END_MM)


def _picture(brightness: torch.Tensor, settings: HeadSettings, random: Randomness) -> torch.Tensor:
    bump = 110.0 / settings.spacing_mm
    gain = BRIGHTEST * random.uniform(0.85, 1.1)
    bias = bias_field(random, settings.shape, strength=settings.bias, bump_voxels=bump)
    picture = blur(brightness, sigma_voxels=0.45).clamp_(min=0) * bias
    sigma = settings.noise * T1_BRIGHTNESS[Tissue.WHITE]
    return gain * add_rician_noise(picture, random, sigma=sigma)


def _assemble(
    fixed: Scan,
    moving: Scan,
    u_true: torch.Tensor,
    truth: HeadTruth,
    settings: HeadSettings,
    seed: int,
) -> SyntheticPair:
    grid = head_grid(settings)
    tumors = Image(fixed.tumor.int(), grid), Image(moving.tumor.int(), grid)
    return SyntheticPair(
        fixed=Image(fixed.picture, grid),
        moving=Image(moving.picture, grid),
        fixed_tissue=Image(fixed.tissue, grid),
        moving_tissue=Image(moving.tissue, grid),
        fixed_tumor=tumors[0],
        moving_tumor=tumors[1],
        fixed_organ=Image(fixed.brain.int(), grid),
        moving_organ=Image(moving.brain.int(), grid),
        u_true=u_true,
        correspondence=find_correspondence(*tumors, u_true),
        lesions=_lesions(truth, settings),
        seed=seed,
        fixed_date=settings.fixed_date,
        moving_date=settings.moving_date,
    )


def _lesions(truth: HeadTruth, settings: HeadSettings) -> tuple[LesionTruth, ...]:
    moving_ml, fixed_ml = settings.moving_tumor_ml, settings.fixed_tumor_ml
    if moving_ml == fixed_ml == 0:
        return ()
    return (
        LesionTruth(
            label=1,
            moving_ml=moving_ml,
            fixed_ml=fixed_ml,
            moving_centre=_index(truth.moving_push.centre, settings) if moving_ml else None,
            fixed_centre=_index(truth.fixed_push.centre, settings) if fixed_ml else None,
            mass_effect=settings.mass_effect,
        ),
    )


def _index(place_mm: Point, settings: HeadSettings) -> Point:
    k, j, i = (
        (p - middle) / settings.spacing_mm + (n - 1) / 2
        for p, middle, n in zip(place_mm, CENTRE_MM, settings.shape, strict=True)
    )
    return (k, j, i)


def head_grid(settings: HeadSettings) -> Grid:
    """Return the grid of both scans: axes superior, posterior, left."""
    z, y, x = (float(line[0]) for line in _lines(settings))
    step = settings.spacing_mm
    return Grid(settings.shape, (step, step, step), (x, y, z))
