"""How much a registration had to force tissue."""

import pytest
import torch

from vpreg.images.grid import Grid
from vpreg.masks.mismatch import Evidence, doubt_score, mismatch_score, size_change

SHAPE = (30, 30, 30)
GRID = Grid(SHAPE, (2.0, 2.0, 2.0))
LESION = (slice(9, 21),) * 3


def texture(seed):
    return torch.rand(SHAPE, generator=torch.Generator().manual_seed(seed))


def score(*, shrink_only=False, **given):
    found = evidence_of(**given)
    return mismatch_score(found, scale_mm=10.0, window_mm=6.0, shrink_only=shrink_only)


def doubt(*, alike=False, **given):
    return doubt_score(evidence_of(alike=alike, **given), scale_mm=10.0, window_mm=6.0)


def evidence_of(*, change=1.0, alike=True, where=LESION, organ=None, grid=GRID):
    fixed = texture(0)
    warped, determinant = fixed.clone(), torch.ones(SHAPE)
    if not alike:
        warped[where] = texture(1)[where]
    determinant[where] = change
    organ = torch.ones(SHAPE) if organ is None else organ
    return Evidence(fixed, warped, determinant, organ, grid)


def test_a_rigid_motion_has_no_score():
    assert score().abs().max() < 1e-6


def test_a_change_that_made_the_images_alike_has_next_to_no_score():
    assert score(change=3.0).max() < 0.01 * score(change=3.0, alike=False).max()


def test_unlike_tissue_of_kept_volume_has_no_score():
    assert score(alike=False).abs().max() < 1e-6


@pytest.mark.parametrize("change", [3.0, 1 / 3])
def test_forced_change_is_found_where_it_is(change):
    found = score(change=change, alike=False)

    assert found[15, 15, 15] > 0.9 * found.max()
    assert found.max() > 0.2
    assert found[1, 1, 1] < 0.05 * found.max()


def test_squeezed_tissue_counts_by_the_size_that_it_had():
    small = (slice(12, 18),) * 3

    squeezed = score(change=4.0, alike=False, where=small).max()
    stretched = score(change=0.25, alike=False, where=small).max()

    # In the moving scan the squeezed lesion is four times as large as what is left of it here.
    assert squeezed > 2.5 * stretched


def test_doubt_counts_both_signs_alike_and_all_tissue_by_its_size_now():
    both = [doubt(change=change) for change in (3.0, 1 / 3)]

    torch.testing.assert_close(both[0], both[1])
    assert both[0].max() > 0.1
    assert doubt(change=3.0, alike=True).max() < 0.01 * both[0].max()


@pytest.mark.parametrize("change", [2.0, 0.5, 1.0])
def test_a_change_of_size_is_told_as_the_factor_by_which_tissue_became_smaller(change):
    determinant = torch.full(SHAPE, change)
    evidence = Evidence(texture(0), texture(0), determinant, torch.ones(SHAPE), GRID)

    factor = size_change(evidence, scale_mm=4.0)

    torch.testing.assert_close(factor, torch.full(SHAPE, change))


def test_shrink_only_is_blind_to_growth():
    assert score(change=1 / 3, alike=False, shrink_only=True).abs().max() < 1e-6
    assert score(change=3.0, alike=False, shrink_only=True).max() > 0.09


def test_a_folded_voxel_counts_no_more_than_eightfold():
    assert torch.isfinite(score(change=-2.0, alike=False)).all()
    assert torch.equal(score(change=-2.0, alike=False), score(change=0.125, alike=False))


def test_what_happens_outside_the_organ_does_not_matter():
    organ = torch.zeros(SHAPE)
    organ[:10] = 1

    found = score(change=3.0, alike=False, organ=organ, where=(slice(16, 30),) * 3)

    assert found[:10].max() < 1e-3


def test_lengths_are_in_millimetres():
    fine = score(change=3.0, alike=False)
    coarse = score(change=3.0, alike=False, grid=Grid(SHAPE, (4.0, 4.0, 4.0)))

    # The same voxels of twice the size are averaged over half as many of them.
    assert coarse.max() > 1.5 * fine.max()
