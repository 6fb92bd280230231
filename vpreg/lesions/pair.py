"""One registration of a study: what it needs, and the hash that tells whether it was done."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

import torch

import vpreg
from vpreg.images.image import Image
from vpreg.lesions.visit import Visit
from vpreg.recipes.hashes import hash_image
from vpreg.recipes.inputs import Inputs
from vpreg.recipes.settings import Settings


@dataclass(frozen=True)
class Pair:
    """The time points `fixed` and `moving`, by their place in the study."""

    fixed: int
    moving: int


def pairs_of(count: int, *, chain: bool) -> list[Pair]:
    """Return the pairs: every time point with the baseline, or with the one before it."""
    return [Pair(time - 1 if chain else 0, time) for time in range(1, count)]


def inputs_of(fixed: Visit, moving: Visit) -> Inputs:
    """Return what the recipe is given; both tumors where there are any."""
    return Inputs(
        fixed=fixed.scan,
        moving=moving.scan,
        fixed_tumor=_tumor(fixed),
        moving_tumor=_tumor(moving),
        organ=moving.organ,
        fixed_organ=fixed.organ,
    )


def key_of(inputs: Inputs, settings: Settings) -> str:
    """Return sixteen letters for images, settings and version.

    The tumor of the fixed scan is left out: it changes no transform, only figures, and those of a
    study are measured anew each time.
    """
    given: dict[str, Any] = {name: getattr(inputs, name) for name in inputs.__dataclass_fields__}
    hashes = {
        name: hash_image(image)
        for name, image in given.items()
        if isinstance(image, Image) and name != "fixed_tumor"
    }
    content = {"version": vpreg.__version__, "settings": settings.to_json_dict(), **hashes}
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:16]


def _tumor(visit: Visit) -> Image | None:
    if not visit.labels.any():
        return None
    return Image(torch.as_tensor(visit.labels > 0, dtype=torch.int32), visit.labels_grid)
