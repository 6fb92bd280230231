"""Where stage 1 starts from."""

from __future__ import annotations

import torch

from vpreg.images.image import Image
from vpreg.images.intensity import Modality
from vpreg.images.preset_choice import guess_preset
from vpreg.images.presets import load_preset
from vpreg.recipes.prepare import Prepared
from vpreg.recipes.start_kind import StartKind
from vpreg.solvers.convex_start import convex_start


def start_field(
    start: StartKind, prepared: Prepared, *, preset: str, scan: Image
) -> torch.Tensor | None:
    """Return the field to start from, or None for the affine alone; `scan` decides for AUTO."""
    if start is StartKind.AFFINE or (start is StartKind.AUTO and not _is_ct(preset, scan)):
        return None
    return convex_start(prepared.fixed, prepared.moving)


def _is_ct(preset: str, scan: Image) -> bool:
    chosen = guess_preset(scan) if preset == "auto" else load_preset(preset)
    return chosen.modality is Modality.CT
