"""An atlas laid over a scan with few slices."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from Testing.engine.sparse.sparse_cases import error_voxels, moved_phantom, quick, thick_inputs
from Testing.engine.sparse.thick_scans import interpolated
from vpreg.images.image import Image
from vpreg.recipes.inputs import Inputs
from vpreg.recipes.register import register
from vpreg.recipes.settings import Recipe
from vpreg.recipes.sparse import doubts, register_sparse
from vpreg.recipes.sparse_settings import AcquiredFrom, AtlasSampling, SparseSettings
from vpreg.recipes.sparse_slices import find_measured
from vpreg.solvers.objective import Objective, SliceProfile
from vpreg.solvers.pair import PairSolver
from vpreg.solvers.pair_settings import PairSettings, SimilarityKind


@pytest.fixture(scope="module")
def result():
    return register_sparse(thick_inputs(), settings=quick())


def test_thick_slices_are_registered_better_with_their_mask_than_without(result):
    inputs = thick_inputs()
    fine = find_measured(inputs.scan, None, quick()).scan
    believed = register(
        Inputs(fixed=fine, moving=inputs.atlas, affine_lps=np.eye(4)),
        settings=quick().registration,
    )

    assert error_voxels(result) < 0.8 * error_voxels(believed)
    assert result.figures["final"]["field"]["folded_voxels"] == 0


def test_the_result_lies_on_a_fine_grid_whose_measured_planes_are_told(result):
    confidence = result.confidence.voxels

    assert result.fixed.grid.spacing_mm == pytest.approx((1.0, 1.0, 1.0))
    assert confidence.mean() == pytest.approx(1 / 7, abs=0.01)
    assert result.figures["slices"]["count"] == 7
    assert result.figures["slices"]["covered_fraction"] == pytest.approx(5 / 7, abs=0.01)
    assert result.provenance.recipe == "sparse, similarity"


def test_labels_are_carried_over_and_compared_on_their_own_grid(result):
    rows = {row["label"]: row for row in result.figures["structures"]}

    assert set(rows) == {1, 2, 3}
    assert rows[2]["dice"] > 0.8
    assert rows[2]["volume_carried_mm3"] == pytest.approx(rows[2]["volume_scan_mm3"], rel=0.1)
    assert all(0.6 < row["measured_fraction"] < 0.8 for row in rows.values())
    assert result.labels.grid is result.fixed.grid


def test_the_inverse_brings_the_scan_to_the_atlas(result):
    from vpreg.fields.compose import compose

    round_trip = compose(result.final.inverse_u, result.final.u)[:, 8:-8, 8:-8, 8:-8]

    assert round_trip.abs().max() < 0.1
    assert result.final.u.abs().max() > 1.0


def test_a_mask_or_detection_finds_the_same_slices_as_the_geometry():
    inputs, settings = thick_inputs(), quick()
    own = find_measured(inputs.scan, None, settings)
    of_mask = find_measured(own.scan, own.confidence, replace(settings, acquired=AcquiredFrom.MASK))
    detected = find_measured(own.scan, None, replace(settings, acquired=AcquiredFrom.DETECT))

    for other in (of_mask, detected):
        assert other.slices.spacing_mm == pytest.approx(7.0, abs=0.05)
        torch.testing.assert_close(
            other.confidence.voxels, own.confidence.voxels, rtol=0, atol=0.25
        )
        assert other.profile.axis == 0
    assert detected.certainty > 0.9


def test_a_mask_is_needed_where_one_is_promised():
    with pytest.raises(ValueError, match="Give the mask of the acquired slices"):
        register_sparse(thick_inputs(), settings=quick(acquired=AcquiredFrom.MASK))


@pytest.mark.parametrize("kind", list(SimilarityKind))
def test_invented_slices_do_not_move_the_field(kind):
    """On one level: coarser ones average planes before anything can be weighed."""
    atlas, _, scan, _, _ = moved_phantom()
    fine = scan.with_voxels(interpolated(scan.voxels, 0, 7, 3.0))
    weight = torch.zeros(scan.grid.shape)
    weight[3::7] = 1.0
    invented = torch.where(weight == 0, 0.5 * torch.rand(fine.voxels.shape), fine.voxels)
    invented[0, 0, 0], invented[0, 0, 1] = fine.voxels.min(), fine.voxels.max()
    profile = SliceProfile(axis=0, thickness_mm=1.0, spacing_mm=7.0)
    settings = PairSettings(factors=(1,), field_factors=(1.5,), iterations=(3,), similarity=kind)

    fields = [
        PairSolver(settings).solve(
            image, atlas, objective=Objective(fixed_weight=weight, profile=profile)
        )
        for image in (fine, fine.with_voxels(invented))
    ]

    assert fields[0].abs().max() > 0.1
    if kind is SimilarityKind.MEAN_SQUARES:
        # Its unit is the variance of the image, so the last bits of its steps may differ.
        torch.testing.assert_close(*fields, rtol=0, atol=1e-3)
    else:
        torch.testing.assert_close(*fields, rtol=0, atol=2e-4)


def test_what_is_excluded_in_the_scan_does_not_pull():
    inputs = thick_inputs()
    lesion = torch.zeros(inputs.scan.grid.shape)
    lesion[2:5, 14:26, 14:26] = 1.0
    hurt = inputs.scan.with_voxels(torch.where(lesion > 0, 0.0, inputs.scan.voxels))
    around = Image(lesion.int(), inputs.scan.grid)

    left_out = register_sparse(replace(inputs, scan=hurt, excluded=around), settings=quick())
    believed = register_sparse(replace(inputs, scan=hurt), settings=quick())

    assert error_voxels(left_out) < error_voxels(believed)


def test_two_sparse_scans_are_registered_to_each_other():
    from Testing.engine.sparse.thick_scans import thinned

    atlas = thinned(moved_phantom()[0], 3, 3)

    result = register_sparse(thick_inputs(atlas=atlas), settings=quick(atlas=AtlasSampling.SLICES))

    assert error_voxels(result) < 1.6
    assert result.figures["final"]["field"]["folded_voxels"] == 0


def test_volume_is_preserved_on_sparse_scans_as_well():
    inputs = thick_inputs()
    at = torch.stack(torch.meshgrid(*(torch.arange(n) for n in (49, 40, 40)), indexing="ij"))
    ball = (at - torch.tensor([24, 20, 14]).view(3, 1, 1, 1)).square().sum(0) < 36
    settings = quick()
    settings = replace(
        settings,
        registration=replace(settings.registration, recipe=Recipe.VOLUME_PRESERVING),
    )

    tumor = Image(ball.int(), inputs.atlas.grid)
    result = register_sparse(replace(inputs, atlas_tumor=tumor), settings=settings)

    (lesion,) = result.figures["final"]["tumor"]["stsr"]["lesions"]
    assert lesion["stsr_soft"] == pytest.approx(1.0, abs=0.02)
    assert result.provenance.recipe == "sparse, volume-preserving"


def test_a_field_that_tears_is_doubted(result):
    torn = {"final": {"field": {"sdlogj": {"value": 0.85}}}}

    (doubt,) = doubts(replace(result, figures=torn))

    assert "try another similarity" in doubt
    assert "0.85" in doubt
    assert not doubts(result)
    assert not result.provenance.warnings


def test_settings_survive_json_and_keep_what_is_left_out():
    settings = quick(acquired=AcquiredFrom.DETECT)

    again = SparseSettings.from_json_dict(settings.to_json_dict())
    partly = SparseSettings.from_json_dict({"registration": {"similarity": {"step_voxels": 0.5}}})

    assert again == settings
    assert partly.registration.similarity.window_radius_voxels == 3
    with pytest.raises(ValueError, match="thickness"):
        SparseSettings(thickness_mm=-1.0)
