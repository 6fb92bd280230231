"""The affine map in a transform file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import SimpleITK

from Testing.engine.worker.small_results import AFFINE, GRID, bump
from vpreg.fields.files import write_field, write_transform
from vpreg.fields.transforms import affine_to_itk
from vpreg.worker.affine_file import read_affine


def test_an_affine_comes_back(tmp_path: Path) -> None:
    write_transform(affine_to_itk(AFFINE), tmp_path / "a.tfm")

    np.testing.assert_allclose(read_affine(tmp_path / "a.tfm"), AFFINE, atol=1e-12)


def test_a_chain_is_the_product_with_the_last_applied_first(tmp_path: Path) -> None:
    shift = SimpleITK.TranslationTransform(3, (1.0, 2.0, 3.0))
    chain = SimpleITK.CompositeTransform([affine_to_itk(AFFINE), shift])
    write_transform(chain, tmp_path / "chain.h5")

    moved = np.eye(4)
    moved[:3, 3] = (1.0, 2.0, 3.0)
    np.testing.assert_allclose(read_affine(tmp_path / "chain.h5"), AFFINE @ moved, atol=1e-12)


def test_a_field_is_refused(tmp_path: Path) -> None:
    write_field(bump(GRID.shape, size_voxels=1.0), tmp_path / "field.h5", fixed_grid=GRID)

    with pytest.raises(ValueError, match="Give a rigid or affine transform"):
        read_affine(tmp_path / "field.h5")
