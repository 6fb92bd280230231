"""A result says what looks wrong with it."""

from dataclasses import replace

import pytest
import torch

from Testing.engine.worker.small_results import GRID, MOVING_GRID, blob, small_result
from vpreg.recipes.doubts import doubts
from vpreg.recipes.inputs import Inputs
from vpreg.recipes.register import register
from vpreg.recipes.settings import Settings
from vpreg.solvers.pair_settings import PairSettings, SimilarityKind


def result_with(*, match=0.8, view=1.0, mask=0.0):
    result = small_result()
    figures = {
        "similarity": {"common_view_fraction": view},
        "similarity_by_region": {"outside_mask": match},
    }
    voxels = torch.full(GRID.shape, mask)
    return replace(
        result, figures={"final": figures}, soft_mask_fixed=result.fixed.with_voxels(voxels)
    )


def test_a_good_result_raises_no_doubt():
    assert doubts(result_with(), Settings()) == []


@pytest.mark.parametrize(
    ("flaw", "said"),
    [({"match": 0.18}, "same part of the body"), ({"mask": 0.9}, "100% of it looks like tissue"),
     ({"view": 0.37}, "covers 37% of the fixed one")],
)  # fmt: skip
def test_each_flaw_has_its_sentence(flaw, said):
    (sentence,) = doubts(result_with(**flaw), Settings())

    assert said in sentence


def test_a_low_correlation_is_expected_of_two_contrasts():
    settings = Settings(similarity=PairSettings(similarity=SimilarityKind.MIND_SSC))

    assert doubts(result_with(match=0.1), settings) == []


def test_the_recipe_tells_its_doubts_and_fills_ct_with_air():
    noise = torch.rand(GRID.shape, generator=torch.Generator().manual_seed(0))
    fixed = blob(GRID).with_voxels(400 * noise - 200)
    moving = blob(MOVING_GRID)
    shifted = moving.with_voxels(moving.voxels * 5 - 500)
    shifted.voxels[0, 0, 0] = -1000
    far = torch.eye(4, dtype=torch.float64).numpy()
    far[0, 3] = 12.0

    inputs = Inputs(fixed=fixed, moving=shifted, affine_lps=far)
    result = register(inputs, settings=Settings(device="cpu", preset="generic"))

    assert any("same part of the body" in said for said in result.provenance.warnings)
    assert float(result.final.warped.voxels[:, :, -1].max()) == -1000
