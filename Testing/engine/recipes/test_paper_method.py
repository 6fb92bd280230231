"""The published method on a small head."""

from dataclasses import replace

import pytest
import torch

from Testing.engine.recipes.head_cases import brains, head_pair, quick, soft_stsr
from vpreg.fields.folds import count_folds
from vpreg.fields.sampling import voxel_coordinates
from vpreg.recipes.method import Method
from vpreg.recipes.paper_mismatch import backward_determinant
from vpreg.recipes.register import register


@pytest.fixture(scope="module")
def result():
    pair = head_pair()
    inputs = brains(pair, moving_tumor=pair.moving_tumor, fixed_tumor=pair.fixed_tumor)
    return register(inputs, settings=replace(quick(), method=Method.PAPER))


def test_it_keeps_much_of_the_tumor_that_similarity_alone_loses(result):
    lost, kept = (soft_stsr(result.figures[name]) for name in ("similarity_only", "final"))

    assert lost > 2
    assert kept < 1.3


def test_nothing_folds(result):
    assert count_folds(result.final.u) == 0


def test_the_mask_has_the_floor_of_the_paper_where_nothing_changed(result):
    inside = result.soft_mask_moving.voxels[result.soft_mask_moving.voxels > 0]

    # sigmoid(5 (1 - 1.5)) = .0759 where nothing changed (T18); laying the mask on the grid of the
    # moving scan fades the thin rim, of sigmoid(-7.5), further.
    assert 0.0759 < float(inside.median()) < 0.2
    assert float(inside.max()) > 0.9


def test_the_method_is_told(result):
    assert result.provenance.settings["method"] == "paper"
    assert result.provenance.settings["paper"]["volume_weight"] == 0.025


@pytest.mark.parametrize(("k", "determinant"), [(1.26, 1.26**3), (1.6, 3.0), (-1.1, 1.331)])
def test_determinants_are_absolute_bounded_and_on_the_whole_grid(k, determinant):
    u = (k - 1) * voxel_coordinates((6, 7, 8), dtype=torch.float64)

    found = backward_determinant(u)

    assert found.shape == (6, 7, 8)
    torch.testing.assert_close(found, torch.full_like(found, determinant))
