"""Results for the page, built from a phantom head and a field that squeezes its tumor."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import torch

from vpreg.fields.folds import fold_mask
from vpreg.fields.jacobian import jacobian_determinant
from vpreg.fields.warp import warp
from vpreg.images.image import Image
from vpreg.metrics.ncc import mean_local_ncc_squared
from vpreg.metrics.scan import Scan
from vpreg.metrics.summary import measure
from vpreg.recipes.result import Alignment, Provenance, Result
from vpreg.synthetic.head import make_head_pair
from vpreg.synthetic.head_settings import HeadSettings
from vpreg.synthetic.pair import SyntheticPair

SMALL = HeadSettings(shape=(28, 36, 30), spacing_mm=6.0)
HOSTILE = "</script><script>alert('x')</script> & <b>\u2028.nii.gz"


def example_pair(settings: HeadSettings = SMALL) -> SyntheticPair:
    """Make a phantom whose tumor shrinks from 14 to 7 ml."""
    return make_head_pair(settings, seed=3)


def example_result(pair: SyntheticPair, *, squeeze: float = 0.45) -> Result:
    """Lay the phantom over itself with the tumor moved as a whole, and with it squeezed."""
    stage1 = _alignment(pair.u_true + _squeeze(pair, squeeze), pair)
    final = _alignment(_with_rigid_tumor(pair), pair)
    mask = _soft_mask(pair)
    figures = {
        "final": _figures(final, pair, mask),
        "similarity_only": _figures(stage1, pair, mask),
        "mask": {"volume_ml": float(mask.voxels.sum()) * mask.grid.voxel_volume_mm3 / 1000},
    }
    return Result(
        fixed=pair.fixed,
        moving=pair.moving,
        affine_lps=np.eye(4),
        final=final,
        similarity_only=stage1,
        soft_mask_fixed=mask,
        soft_mask_moving=None,
        organ_fixed=pair.fixed_organ,
        organ_moving=pair.moving_organ,
        figures=figures,
        provenance=_provenance(),
        fixed_tumor=pair.fixed_tumor,
        moving_tumor=pair.moving_tumor,
    )


def without_tumor(result: Result) -> Result:
    """Return the result as it is if nobody outlined a tumor."""
    figures = {
        name: {**values, "tumor": None} if "tumor" in values else values
        for name, values in result.figures.items()
    }
    return replace(result, fixed_tumor=None, moving_tumor=None, figures=figures)


def similarity_alone(result: Result) -> Result:
    """Return the result of a recipe that stops after the first stage."""
    assert result.similarity_only is not None
    return replace(
        result,
        final=result.similarity_only,
        similarity_only=None,
        soft_mask_fixed=None,
        figures={"final": result.figures["similarity_only"]},
        provenance=replace(result.provenance, recipe="similarity"),
    )


def _squeeze(pair: SyntheticPair, strength: float) -> torch.Tensor:
    """Pull from further out around the tumor of the fixed scan, fading with a smooth window."""
    offset = _from_tumor(pair)
    support = 45.0 / pair.fixed.grid.spacing_mm[0]
    return offset * (1 - (offset / support).square().sum(0)).clamp(min=0) ** 3 * strength


def _with_rigid_tumor(pair: SyntheticPair) -> torch.Tensor:
    """Shift the tumor and what lies 30 mm around as a whole; beyond, go over to the true field."""
    distance_mm = _from_tumor(pair).square().sum(0).sqrt() * pair.fixed.grid.spacing_mm[0]
    share = ((60 - distance_mm) / 30).clamp(0, 1)
    share = share.square() * (3 - 2 * share)
    k, j, i = (round(at) for at in pair.lesions[0].fixed_centre)
    return torch.lerp(pair.u_true, pair.u_true[:, k, j, i].view(3, 1, 1, 1), share)


def _from_tumor(pair: SyntheticPair) -> torch.Tensor:
    lines = [torch.arange(n, dtype=torch.float32) for n in pair.fixed.grid.shape]
    places = torch.stack(torch.meshgrid(*lines, indexing="ij"))
    return places - torch.tensor(pair.lesions[0].fixed_centre).view(3, 1, 1, 1)


def _alignment(u: torch.Tensor, pair: SyntheticPair) -> Alignment:
    on_grid = pair.fixed.with_voxels
    return Alignment(
        u=u,
        inverse_u=-u,
        warped=on_grid(warp(pair.moving.voxels, u)),
        determinant=on_grid(jacobian_determinant(u)),
        folds=on_grid(fold_mask(u).to(torch.uint8)),
    )


def _soft_mask(pair: SyntheticPair) -> Image:
    tumor = (pair.fixed_tumor.voxels != 0).float()
    moved = warp((pair.moving_tumor.voxels != 0).float(), pair.u_true)
    return pair.fixed.with_voxels(torch.maximum(tumor, moved) * 0.9)


def _figures(alignment: Alignment, pair: SyntheticPair, mask: Image) -> dict[str, object]:
    fixed = Scan(pair.fixed.grid, image=pair.fixed, tumor=pair.fixed_tumor)
    moving = Scan(
        pair.moving.grid, image=pair.moving, tumor=pair.moving_tumor, organ=pair.moving_organ
    )
    figures = measure(alignment.u, fixed=fixed, moving=moving).to_json_dict()
    inside, organ = mask.voxels > 0.5, pair.fixed_organ.voxels != 0
    figures["similarity_by_region"] = {
        name: mean_local_ncc_squared(
            pair.fixed.voxels, alignment.warped.voxels, radius_voxels=2, mask=region
        )
        for name, region in (("inside_mask", inside), ("outside_mask", organ & ~inside))
    }
    return figures


def _provenance() -> Provenance:
    return Provenance(
        version="0.1.0",
        recipe="volume-preserving",
        settings={"mode": "follow-up", "preset": "auto", "seed": 0, "pair": {"levels": [4, 2, 1]}},
        device="cpu",
        input_hashes={"moving.nii.gz": "sha256:" + "ab" * 32, HOSTILE: "sha256:0123456789abcdef"},
        seconds_by_stage={"affine": 4.25, "similarity": 21.5, "volume": 19.75},
    )
