"""How much of its size an alignment leaves the tumor, relative to the organ."""

from __future__ import annotations

import math

import torch

from vpreg.report.columns import ShownAlignment
from vpreg.report.numerals import Figures, look_up, number

LEAST_VOXELS = 12
_UNSEEN = "out of view"


def kept_of_tumor(figures: Figures) -> float | None:
    """Return warped / moving size of all lesions in view, over that of the organ.

    `figures` are those of one alignment; None where no tumor was measured.
    """
    rows = lesions(figures)
    organ = number(look_up(figures, "tumor", "stsr", "organ_ratio_soft"))
    before = sum(_in_view_mm3(row) for row in rows)
    if before <= 0 or organ is None or organ <= 0:
        return None
    after = sum(number(row.get("volume_warped_mm3")) or 0.0 for row in rows)
    return after / before / organ


def kept_of_lesion(row: Figures) -> float | None:
    """Return warped / moving size of one lesion, over that of the organ."""
    ratio, organ = number(row.get("volume_ratio")), number(row.get("organ_ratio"))
    if ratio is None or organ is None or organ <= 0:
        return None
    return ratio / organ


def lesions(figures: Figures) -> list[Figures]:
    """Return the figures of the lesions that the fixed scan has in view, the largest first."""
    rows = look_up(figures, "tumor", "stsr", "lesions") or []
    seen = [row for row in rows if row.get("state") != _UNSEEN]
    return sorted(seen, key=lambda row: -(number(row.get("volume_moving_mm3")) or 0.0))


def large_enough(rows: list[Figures]) -> list[Figures]:
    """Return the lesions whose size can be measured at all; all of them if none is.

    Of fewer voxels than this even a rigid motion changes the measured size (methods §2.9).
    """
    large = [row for row in rows if (row.get("voxels_moving") or LEAST_VOXELS) >= LEAST_VOXELS]
    return large or rows


def kept_in_mask(mask: torch.Tensor, organ: torch.Tensor, shown: ShownAlignment) -> float | None:
    """Return fixed / moving volume of the marked tissue, over that of the organ.

    Both are masks on the fixed grid, `mask` a soft one.
    """
    inside, whole = _kept(mask.float(), shown), _kept((organ > 0.5).float(), shown)
    if inside is None:
        return None
    return inside if whole is None else inside / whole


def _kept(weights: torch.Tensor, shown: ShownAlignment) -> float | None:
    weights = weights.detach().cpu()
    determinant = shown.alignment.determinant.voxels.detach().cpu().float()
    after, before = float(weights.sum()), float((weights * determinant).sum())
    return after / before if after > 0 and before > 0 else None


def _in_view_mm3(row: Figures) -> float:
    volume = number(row.get("volume_moving_mm3")) or 0.0
    share = number(row.get("in_view_fraction"))
    return volume * (1.0 if share is None or not math.isfinite(share) else share)
