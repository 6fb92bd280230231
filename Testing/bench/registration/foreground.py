"""The body in a scan, as the program itself finds it, for the scores of all methods alike."""

from __future__ import annotations

from vpreg.images.image import Image
from vpreg.images.intensity import normalise
from vpreg.images.preset_choice import guess_preset
from vpreg.masks.foreground import find_foreground


def foreground(image: Image) -> Image:
    """Return the body as a mask."""
    mask = find_foreground(normalise(image, guess_preset(image)))
    return mask.with_voxels((mask.voxels > 0.5).int())
