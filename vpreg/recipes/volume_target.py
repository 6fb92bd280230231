"""Say what stage 2 must keep the volume of."""

from __future__ import annotations

from dataclasses import replace

from vpreg.masks.confident_pieces import confident_pieces
from vpreg.recipes.find_mismatch import Mismatch
from vpreg.recipes.prepare import Prepared
from vpreg.recipes.settings import VolumeSettings
from vpreg.solvers.objective import VolumeTarget

FOUND_TOLERANCE = 3e-3
"""The outline of a lesion that was only found is not worth more accuracy."""


def volume_target(mismatch: Mismatch, prepared: Prepared, settings: VolumeSettings) -> VolumeTarget:
    """Return the mask as a target, with the given lesions or else those that it is sure of."""
    given = VolumeTarget(
        mask=mismatch.moving_mask,
        organ=prepared.moving_organ,
        lesions=prepared.lesions,
        scale_mm=settings.kept_scale_mm,
        doubtful=mismatch.doubtful,
        seen_mask=mismatch.seen_mask,
    )
    if given.lesions:
        return given
    found = confident_pieces(
        mismatch.moving_mask,
        prepared.grid,
        least_ml=settings.confident_ml,
        at_most=settings.most_confident,
    )
    return replace(given, lesions=found, lesion_tolerance=FOUND_TOLERANCE)
