"""The one rough alignment that all methods of a pair start from."""

from __future__ import annotations

import numpy as np

from registration.case import Case
from vpreg.images.intensity import normalise
from vpreg.images.preset_choice import guess_preset
from vpreg.progress import Silent
from vpreg.solvers.affine import AffineKind, align_affine


def shared_affine(case: Case) -> np.ndarray:
    """Return the 4x4 map, fixed to moving LPS mm: the known one, or ours."""
    if case.affine_lps is not None:
        return case.affine_lps
    kind = AffineKind.RIGID if case.rigid else AffineKind.AFFINE
    fixed, moving = (normalise(scan, guess_preset(scan)) for scan in (case.fixed, case.moving))
    return align_affine(fixed, moving, kind=kind, progress=Silent()).matrix_lps
