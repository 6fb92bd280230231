"""What goes into a result folder, file by file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import SimpleITK

from vpreg.fields.files import write_field, write_transform
from vpreg.fields.transforms import affine_to_itk, field_to_itk
from vpreg.images.grid import Grid
from vpreg.images.image import Image
from vpreg.images.writing import write_image
from vpreg.recipes.result import Alignment, Result
from vpreg.results.structures_csv import write_structures

COMPARISON = "similarity_only"

MEANINGS = {
    "warped.nii.gz": "moving scan on the grid of the fixed one",
    "transform.h5": "ITK transform, fixed point to moving point, millimetres LPS, affine included",
    "inverse.h5": "ITK transform, moving point to fixed point, millimetres LPS, affine included",
    "jacobian.nii.gz": "determinant in millimetres, affine included; above 1 tissue shrinks",
    "folds.nii.gz": "1 where the field folds, 0 elsewhere",
    "soft_mask.nii.gz": "where unmatched tissue keeps its volume, 0 to 1, in the fixed scan",
    "soft_mask_moving.nii.gz": "the same, 0 to 1, in the moving scan",
    "organ.nii.gz": "organ in the fixed scan",
    "organ_moving.nii.gz": "organ in the moving scan",
    "scan.nii.gz": "fixed scan on the grid of the warped one, where it had thick slices",
    "confidence.nii.gz": "how surely a voxel was measured, 0 to 1; 0 is interpolated",
    "labels.nii.gz": "labels of the moving scan carried to the fixed one",
    "structures.csv": "volumes, measured share and overlap of each structure carried over",
    "report.html": "report for a person",
}


@dataclass(frozen=True)
class Piece:
    """One file: its name in the folder and what writes it to a path."""

    name: str
    write: Callable[[Path], None]


def pieces(result: Result) -> list[Piece]:
    """List the files that a result is written as; `result.json` is not among them."""
    found = alignment_pieces(result, result.final)
    if result.similarity_only is not None:
        compared = alignment_pieces(result, result.similarity_only)
        found += [Piece(f"{COMPARISON}/{piece.name}", piece.write) for piece in compared]
    images = {
        "soft_mask.nii.gz": result.soft_mask_fixed,
        "soft_mask_moving.nii.gz": result.soft_mask_moving,
        "organ.nii.gz": result.organ_fixed,
        "organ_moving.nii.gz": result.organ_moving,
        "scan.nii.gz": result.fixed if result.confidence is not None else None,
        "confidence.nii.gz": result.confidence,
        "labels.nii.gz": result.labels,
    }
    if result.figures.get("structures"):
        table = partial(write_structures, result.figures["structures"])
        found.append(Piece("structures.csv", table))
    return found + [image_piece(name, image) for name, image in images.items() if image is not None]


def alignment_pieces(result: Result, alignment: Alignment) -> list[Piece]:
    """List the files of one alignment."""
    grid, affine = result.fixed.grid, result.affine_lps
    there = partial(write_field, alignment.u, fixed_grid=grid, then_affine_lps=affine)
    back = partial(write_inverse, alignment, grid=grid, affine_lps=affine)
    return [
        image_piece("warped.nii.gz", alignment.warped),
        Piece("transform.h5", there),
        Piece("inverse.h5", back),
        image_piece("jacobian.nii.gz", alignment.determinant),
        image_piece("folds.nii.gz", alignment.folds),
    ]


def image_piece(name: str, image: Image) -> Piece:
    """Return the file of an image."""
    return Piece(name, partial(write_image, image))


def write_inverse(alignment: Alignment, path: Path, *, grid: Grid, affine_lps: np.ndarray) -> None:
    """Write the map y -> z + v(z) with z = A^-1(y), which undoes x -> A(x + u(x))."""
    back = affine_to_itk(np.linalg.inv(affine_lps))
    # ITK applies the transform that was added last first.
    both = SimpleITK.CompositeTransform([field_to_itk(alignment.inverse_u, grid), back])
    write_transform(both, path)


def meaning_of(name: str) -> str:
    """Say what is in a file of a result folder."""
    words = MEANINGS[name.removeprefix(f"{COMPARISON}/")]
    return f"{words} (similarity-only registration)" if name.startswith(COMPARISON) else words
