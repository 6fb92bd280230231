"""Turn and flip the axes of an image, without interpolation."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import torch

from vpreg.images.grid import Grid
from vpreg.images.image import Image

_LETTERS = {
    "L": (0, 1),
    "R": (0, -1),
    "P": (1, 1),
    "A": (1, -1),
    "S": (2, 1),
    "I": (2, -1),
}
_LETTER_OF = {end: letter for letter, end in _LETTERS.items()}


def axes_code(grid: Grid) -> str:
    """Name where the axes point, in ITK order (i, j, k): "LPS" for an identity direction in ITK.

    Each axis of an oblique grid takes the patient axis that suits all three best.
    """
    return "".join(_LETTER_OF[end] for end in reversed(_ends(grid)))


def reorient(image: Image, axes: str) -> Image:
    """Permute and flip the voxels until the axes point as in `axes`; no voxel moves in space.

    `axes` is in ITK order (i, j, k), like "LPS" or "RAS", and each letter is where the index grows
    to. An oblique image stays oblique.
    """
    wanted = _parse(axes)[::-1]
    have = _ends(image.grid)
    order = [[patient for patient, _ in have].index(patient) for patient, _ in wanted]
    flips = [a for a, end in enumerate(wanted) if have[order[a]][1] != end[1]]
    voxels = torch.flip(image.voxels.permute(order), flips)
    return Image(voxels, _reoriented(image.grid, order, flips))


def _parse(axes: str) -> list[tuple[int, int]]:
    ends = [_LETTERS[letter] for letter in axes.upper() if letter in _LETTERS]
    if len(axes) != 3 or {patient for patient, _ in ends} != {0, 1, 2}:
        msg = (
            "Name the axes by three letters, one each of L or R, P or A, S or I, "
            f'for example "LPS": "{axes}" is not such a name.'
        )
        raise ValueError(msg)
    return ends


def _ends(grid: Grid) -> list[tuple[int, int]]:
    """Return for each array axis its patient axis (0 L, 1 P, 2 S) and the sign along it."""
    direction = np.asarray(grid.direction)
    best = max(
        permutations(range(3)),
        key=lambda patients: sum(abs(direction[p, a]) for a, p in enumerate(patients)),
    )
    return [(p, 1 if direction[p, a] >= 0 else -1) for a, p in enumerate(best)]


def _reoriented(grid: Grid, order: list[int], flips: list[int]) -> Grid:
    # Computed from the parts and not through a 4x4 matrix, so that spacing stays exact.
    k, j, i = order
    direction = np.asarray(grid.direction)[:, order]
    shape = (grid.shape[k], grid.shape[j], grid.shape[i])
    spacing = (grid.spacing_mm[k], grid.spacing_mm[j], grid.spacing_mm[i])
    origin = np.asarray(grid.origin_lps)
    for a in flips:
        origin = origin + direction[:, a] * spacing[a] * (shape[a] - 1)
        direction[:, a] = -direction[:, a]
    x, y, z = origin.tolist()
    rows = [tuple(row) for row in (direction + 0.0).tolist()]
    return Grid(shape, spacing, (x, y, z), (rows[0], rows[1], rows[2]))
