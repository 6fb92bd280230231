"""A pair to register, with what is known of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np

from vpreg.images.image import Image


class Group(Enum):
    """What a case is scored by; the value is the heading of its tables."""

    OASIS = "Normal anatomy: oasis-malf, manual labels"
    TUMOR = "Tumors: brats2013 and brain-tumor-progression"
    GROWTH = "Growth phantom"


@dataclass(frozen=True)
class Case:
    """Two scans, how they are aligned roughly, and what the scores need.

    `affine_lps` is set where the rough alignment is known. `organ` (moving grid) and `fixed_organ`
    are for the scores; `organ_is_given` says whether our recipes are told as well. `mode` is the
    value of our setting of that name.
    """

    group: Group
    name: str
    fixed: Image
    moving: Image
    mode: str
    affine_lps: np.ndarray | None = None
    rigid: bool = False
    fixed_labels: Image | None = None
    moving_labels: Image | None = None
    fixed_tumor: Image | None = None
    moving_tumor: Image | None = None
    fixed_organ: Image | None = None
    organ: Image | None = None
    organ_is_given: bool = False
