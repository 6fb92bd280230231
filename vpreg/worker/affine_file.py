"""Read an affine map from a transform file."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from vpreg.fields.affine import check_affine
from vpreg.fields.files import read_transform


def read_affine(path: Path) -> np.ndarray:
    """Return the 4x4 map (fixed to moving, millimetres LPS) in an ITK transform file.

    Any chain of linear transforms will do; ValueError with a plain sentence for others.
    """
    transform = read_transform(path)
    if not transform.IsLinear():
        msg = f"Give a rigid or affine transform as the start: {path.name} bends space."
        raise ValueError(msg)
    matrix = np.eye(4)
    matrix[:3, 3] = transform.TransformPoint((0.0, 0.0, 0.0))
    for axis, point in enumerate(np.eye(3).tolist()):
        matrix[:3, axis] = np.asarray(transform.TransformPoint(point)) - matrix[:3, 3]
    return check_affine(matrix)
