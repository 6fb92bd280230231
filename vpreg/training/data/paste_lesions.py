"""Paint lesions of the generator into a real scan."""

from __future__ import annotations

from dataclasses import replace

import SimpleITK
import torch
from torch.nn.functional import interpolate

from vpreg.fields.sampling import axis_coordinates
from vpreg.fields.warp import warp
from vpreg.images.interpolation import Interpolation
from vpreg.images.pyramid import downsample
from vpreg.synthetic.contrast import Contrast
from vpreg.synthetic.pair_lesion import Lesion, box_around, draw_lesions
from vpreg.synthetic.pair_painting import paint_lesion
from vpreg.synthetic.pair_settings import PairSettings
from vpreg.synthetic.randomness import Randomness
from vpreg.training.data.side import Side

_COARSE = 2


def paste_lesions(
    side: Side, random: Randomness, settings: PairSettings, *, first_label: int
) -> Side:
    """Let lesions grow in the organ of a scan, pushing tissue aside, and number them in its tumors.

    As many as the generator draws, but one at least, where there is room for it. Tissue labels
    are 0 where a lesion replaces the tissue.
    """
    low, high = settings.lesions
    settings = replace(settings, lesions=(max(1, low), max(1, high)))
    lesions = _grown(random, settings, side.organ)
    if not lesions:
        return side
    pushed = _pushed(side, lesions)
    image, organ = pushed.image.clone(), pushed.organ > 0.5
    tumor = pushed.tumor
    tumor = torch.zeros_like(organ, dtype=torch.int32) if tumor is None else tumor.clone()
    contrast = _draw_contrast(random)
    for label, lesion in enumerate(lesions, start=first_label):
        paint_lesion(
            image,
            tumor,
            organ,
            lesion,
            contrast,
            label=label,
            centre=lesion.fixed_centre,
            radius=lesion.fixed_radius,
        )
    hidden = tumor >= first_label
    labels = None if pushed.labels is None else pushed.labels.masked_fill(hidden, 0)
    return replace(pushed, image=image.clamp_(0, 1), labels=labels, tumor=tumor)


def _grown(random: Randomness, settings: PairSettings, organ: torch.Tensor) -> list[Lesion]:
    """Draw lesions that are not there before, and there, in the larger of their sizes, after."""
    still = torch.zeros((3, 1, 1, 1), device=organ.device).expand(3, *organ.shape)
    drawn = draw_lesions(random, settings, _depth(organ), still)
    return [
        replace(one, fixed_radius=max(one.fixed_radius, one.moving_radius), moving_radius=0.0)
        for one in drawn
    ]


def _depth(organ: torch.Tensor) -> torch.Tensor:
    """Estimate, rather too low, how deep in an organ each voxel lies, in voxels."""
    shape = (organ.shape[0], organ.shape[1], organ.shape[2])
    small = downsample(organ.to(torch.float32), (_COARSE, _COARSE, _COARSE)) > 0.5
    mask = SimpleITK.GetImageFromArray(small.cpu().numpy().astype("uint8"))
    distance = SimpleITK.GetArrayFromImage(
        SimpleITK.SignedMaurerDistanceMap(mask, insideIsPositive=True, squaredDistance=False)
    )
    coarse = torch.from_numpy(distance).to(organ.device) * _COARSE
    return interpolate(coarse[None, None], size=list(shape), mode="trilinear")[0, 0]


def _pushed(side: Side, lesions: list[Lesion]) -> Side:
    shape = (side.image.shape[0], side.image.shape[1], side.image.shape[2])
    u = side.image.new_zeros((3, *shape))
    lines = axis_coordinates(shape, device=u.device)
    for push in (lesion.push for lesion in lesions):
        box = box_around(push.centre, push.support, shape)
        at = [line.flatten()[s] for line, s in zip(lines, box, strict=True)]
        places = torch.stack(torch.meshgrid(*at, indexing="ij"))
        u[(slice(None), *box)] += push.pull(places) - places
    nearest = Interpolation.NEAREST
    return side.each(lambda v: warp(v, u).clamp_(0, 1), lambda v: warp(v, u, interpolation=nearest))


def _draw_contrast(random: Randomness) -> Contrast:
    none = torch.empty(0)
    return Contrast(none, none, lesion=random.uniform(0, 1), core=random.uniform(0, 1))
