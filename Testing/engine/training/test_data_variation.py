"""Variation of pairs: what moves together, and what is told of it."""

import math
from dataclasses import replace

import numpy as np
import pytest
import torch

from Testing.engine.training.data_cases import (
    GRID,
    HOME,
    assert_same,
    head,
    settings_of,
    write_scans,
)
from vpreg.images.cropping import Box, crop
from vpreg.images.grid import Grid
from vpreg.synthetic.pair_settings import PairSettings
from vpreg.synthetic.randomness import Randomness
from vpreg.training.data.augmentation_settings import AugmentationSettings, ThickScans
from vpreg.training.data.open_pairs import open_pairs
from vpreg.training.data.paste_lesions import paste_lesions
from vpreg.training.data.prepared_scan import PreparedScan
from vpreg.training.data.side import Side, lay_fixed, lay_moving
from vpreg.training.data.vary_grey import slice_thickly, vary_grey
from vpreg.training.data.vary_pair import vary_pair
from vpreg.training.data.vary_position import around_middle, draw_affine, draw_flips, mirror

NONE = AugmentationSettings.none()


def prepared(**changes):
    scan, labels = head(0, **changes)
    organ = labels.with_voxels((labels.voxels > 0).to(torch.uint8))
    return PreparedScan(
        scan=scan.with_voxels(scan.voxels / 200),
        organ=organ,
        home=scan.grid,
        around=scan.grid,
        labels=labels,
        acquired=organ.with_voxels(organ.voxels.to(torch.float16)),
        tumor=labels.with_voxels((labels.voxels == 2).int()),
    )


def ball(radius=20):
    """Make a side whose organ is a bright ball in the middle of 64 voxels a side."""
    line = torch.arange(64) - 31.5
    reach = (line.view(-1, 1, 1) ** 2 + line.view(-1, 1) ** 2 + line**2).sqrt()
    organ = (reach < radius).float()
    return Side(image=0.5 * organ, organ=organ, labels=organ.int() + (reach < radius / 2).int())


def overlap(first, second):
    return float(2 * (first & second).sum() / (first.sum() + second.sum()))


def test_an_affine_of_the_moving_scan_takes_all_its_maps_along():
    turn = np.array(
        [[1, 0, 0], [0, math.cos(0.3), -math.sin(0.3)], [0, math.sin(0.3), math.cos(0.3)]]
    )
    affine = around_middle(GRID, turn * 1.1, np.array([4.0, -6.0, 2.0]))
    scan = prepared()

    laid = lay_moving(scan, over=scan, fixed_to_moving=affine)

    # Where the affine leads to the ellipsoid, in closed form.
    index = np.stack([*np.indices(GRID.shape), np.ones(GRID.shape)])
    points = np.einsum("ab,bkji->akji", GRID.lps_to_voxel @ affine @ GRID.voxel_to_lps, index)[:3]
    middle = (np.asarray(GRID.shape) - 1) / 2
    unit = (points - middle[:, None, None, None]) * 2 / np.array([22, 28, 25])[:, None, None, None]
    inside = torch.from_numpy(np.linalg.norm(unit, axis=0) < 1)
    assert overlap(lay_fixed(scan).labels > 0, inside) < 0.85
    assert overlap(laid.labels > 0, inside) > 0.96
    assert overlap(laid.image > 0.2, inside) > 0.97
    assert overlap(laid.organ > 0.5, inside) > 0.97
    assert overlap(laid.acquired > 0.5, inside) > 0.97
    assert torch.equal(laid.tumor, (laid.labels == 2).int())


def test_the_affine_stays_within_its_ranges_and_fills_them():
    settings = AugmentationSettings(affine=1.0, rotation_deg=5.0, translation=0.1, scale=0.2)
    middle = np.append((np.asarray(GRID.shape) - 1) / 2, 1)
    half_mm = np.asarray(GRID.extent_mm) / 2
    axes = np.asarray(GRID.direction)
    random = Randomness(0)

    drawn = [draw_affine(random, settings, GRID) for _ in range(200)]

    moved = [m @ GRID.voxel_to_lps @ middle - GRID.voxel_to_lps @ middle for m in drawn]
    shifts = np.abs([axes.T @ s[:3] / half_mm for s in moved])
    stretches = np.array([np.linalg.svd(m[:3, :3], compute_uv=False) for m in drawn])
    assert 0.09 < shifts.max() <= 0.1
    assert 1.18 < stretches.max() <= 1.2
    assert 0.8 <= stretches.min() < 0.82


def test_the_affine_comes_as_often_as_its_chance_says():
    settings = replace(NONE, affine=0.1)
    random = Randomness(3)

    came = sum(
        not np.array_equal(draw_affine(random, settings, GRID), np.eye(4)) for _ in range(1000)
    )

    assert 70 < came < 130


@pytest.mark.parametrize(("axes", "axis"), [("LAS", 0), ("SPR", 2), ("ARI", 1)])
def test_a_flip_mirrors_left_and_right_wherever_they_lie(axes, axis):
    flips = draw_flips(Randomness(0), replace(NONE, flip_left_right=1.0), axes)

    assert flips == [axis]


def test_a_flip_takes_both_scans_and_all_maps():
    fixed = lay_fixed(prepared(shift_mm=(4.0, 0.0, 0.0)))
    settings = settings_of(
        "x", home_axes="LAS", augmentation=replace(NONE, flip_left_right=1.0, flip_up_down=1.0)
    )

    for side in vary_pair(fixed, fixed, Randomness(0), settings):
        for name in ("image", "organ", "labels", "acquired", "tumor"):
            assert torch.equal(getattr(side, name), getattr(fixed, name).flip((0, 2)))


def test_two_flips_are_none():
    side = ball()

    assert torch.equal(mirror(mirror(side, [0, 2]), [0, 2]).image, side.image)


def test_grey_values_change_and_stay_within_their_range():
    image = torch.rand((24, 24, 24), generator=torch.Generator().manual_seed(0))

    changed = vary_grey(image, Randomness(1), AugmentationSettings(gamma=0.5, bias=0.5, noise=0.1))

    assert 0.01 < float((changed - image).abs().mean()) < 0.5
    assert 0 <= float(changed.min()) < float(changed.max()) <= 1


def test_a_gamma_alone_keeps_the_order_of_grey_values():
    image = torch.linspace(0, 1, 24**3).view(24, 24, 24)
    settings = AugmentationSettings(gamma=0.5, bias=0.0, noise=0.0)

    changed = vary_grey(image, Randomness(1), settings).flatten()

    assert (changed.diff() >= 0).all()
    assert float((changed - image.flatten()).abs().max()) > 0.02


def test_thick_slices_tell_where_they_were_acquired():
    side = replace(ball(), acquired=None)
    settings = AugmentationSettings(slice_thickness=(4, 4))

    sliced = slice_thickly(side, Randomness(0), settings)

    planes = [sliced.acquired.amin([a for a in range(3) if a != axis]) for axis in range(3)]
    (line,) = [p for p in planes if p.sum()]
    assert line.nonzero().flatten().tolist() == list(range(2, 64, 4))
    assert float(sliced.acquired.mean()) == pytest.approx(1 / 4)
    assert not torch.equal(sliced.image, side.image)


@pytest.mark.parametrize(
    ("thick", "fixed_is", "moving_is"),
    [
        (ThickScans.BOTH, True, True),
        (ThickScans.FIXED, True, False),
        (ThickScans.MOVING, False, True),
    ],
)
def test_only_the_scans_that_may_be_thick_are(thick, fixed_is, moving_is):
    settings = settings_of(
        "somewhere", augmentation=replace(NONE, thick_slices=1.0, thick_scans=thick)
    )
    side = replace(ball(), acquired=None)

    fixed, moving = vary_pair(side, side, Randomness(0), settings)

    assert (fixed.acquired is not None) is fixed_is
    assert (moving.acquired is not None) is moving_is


def test_thick_slices_acquire_nothing_that_was_not_acquired_before():
    share = torch.full((64, 64, 64), 0.5)

    sliced = slice_thickly(replace(ball(), acquired=share), Randomness(0), AugmentationSettings())

    assert sorted(torch.unique(sliced.acquired).tolist()) == [0.0, 0.5]


def test_pasted_lesions_have_their_volume_and_hide_the_labels():
    settings = PairSettings(shape=(64, 64, 64), lesions=(1, 3), lesion_radius=(3.0, 5.0))
    side = ball(26)

    for seed in range(5):
        pasted = paste_lesions(side, Randomness(seed), settings, first_label=4)

        hidden = pasted.tumor > 0
        sizes = [int((pasted.tumor == n).sum()) for n in torch.unique(pasted.tumor)[1:]]
        assert int(pasted.tumor.max()) == 3 + len(sizes) >= 4
        assert all(4 / 3 * math.pi * 2.8**3 < size < 4 / 3 * math.pi * 5.2**3 for size in sizes)
        assert not pasted.labels[hidden].any()
        assert (pasted.organ[hidden] > 0.999).all()
        assert float((pasted.image - side.image)[hidden].abs().max()) > 0.01


def test_a_lesion_without_mass_effect_leaves_the_rest_as_it_was():
    settings = PairSettings(shape=(64, 64, 64), lesions=(1, 1), mass_effect=(0.0, 0.0))
    side = ball(26)

    pasted = paste_lesions(side, Randomness(0), settings, first_label=1)

    away = pasted.tumor == 0
    assert torch.equal(pasted.labels[away], side.labels[away])
    # The border of a lesion is softer than its label, by half a voxel.
    assert float(((pasted.image - side.image).abs() > 1e-4)[away].float().mean()) < 0.01


def test_a_lesion_with_mass_effect_pushes_tissue_aside():
    still, pushing = (
        PairSettings(
            shape=(64, 64, 64), lesions=(1, 1), lesion_radius=(8.0, 8.0), mass_effect=(m, m)
        )
        for m in (0.0, 0.7)
    )
    side = ball(26)

    kept = [
        int((paste_lesions(side, Randomness(2), s, first_label=1).labels > 0).sum())
        for s in (still, pushing)
    ]

    lesion = 4 / 3 * math.pi * 8**3
    whole = int((side.labels > 0).sum())
    assert whole - kept[0] == pytest.approx(lesion, rel=0.02)
    # Tissue is squeezed, not lost to the ball's outside: the ball's border lies within the push.
    assert kept[1] >= kept[0]


def test_an_organ_without_room_gets_no_lesion():
    side = ball(3)

    assert (
        paste_lesions(side, Randomness(0), PairSettings(shape=(64, 64, 64)), first_label=1) is side
    )


def test_lesions_are_pasted_into_the_moving_scan_alone(tmp_path):
    folder = write_scans(tmp_path / "data", 2)
    settings = settings_of(
        folder,
        augmentation=replace(NONE, paste_lesions=1.0),
        synthetic=PairSettings.for_shape((96, 96, 96)),
    )
    varied, plain = open_pairs(settings), open_pairs(replace(settings, augmentation=NONE))

    pairs = [(varied.pair(step), plain.pair(step)) for step in range(4)]

    assert any(pair.moving_tumor is not None for pair, _ in pairs)
    for pair, known in pairs:
        assert pair.fixed_tumor is None
        assert torch.equal(pair.fixed, known.fixed)


def test_no_variation_leaves_every_pair_as_it_is(tmp_path):
    folder = write_scans(tmp_path / "data", 2)
    source = open_pairs(settings_of(folder))

    (entry_a, entry_b) = source.scans.train
    by_name = {entry_a.name: entry_a, entry_b.name: entry_b}
    pair = source.pair(0)
    fixed, moving = (source.store.scan(by_name[name]) for name in pair.names)

    assert torch.equal(pair.fixed[0, 0], lay_fixed(fixed).image)
    laid = lay_moving(moving, over=fixed, fixed_to_moving=np.eye(4))
    assert torch.equal(pair.moving[0, 0], laid.image)
    assert_same(pair, source.pair(0))


def test_the_home_of_a_scan_only_shows_what_lies_on_it():
    scan = prepared()
    part = crop(scan.scan, Box((4, 4, 4), (28, 36, 32))).grid

    laid = lay_fixed(replace(scan, home=part))

    assert laid.image.shape == HOME
    assert torch.allclose(laid.image, scan.scan.voxels[4:28, 4:36, 4:32], atol=1e-5)


def test_an_oblique_grid_moves_along_its_own_axes():
    c, s = math.cos(0.5), math.sin(0.5)
    grid = Grid(
        (8, 8, 8), (1.0, 1.0, 1.0), (5.0, 6.0, 7.0), ((c, -s, 0.0), (s, c, 0.0), (0.0, 0.0, 1.0))
    )

    matrix = around_middle(grid, np.eye(3), np.array([2.0, 0.0, 0.0]))

    index = grid.lps_to_voxel @ matrix @ grid.voxel_to_lps @ [1, 1, 1, 1]
    assert index[:3] == pytest.approx([3, 1, 1])
