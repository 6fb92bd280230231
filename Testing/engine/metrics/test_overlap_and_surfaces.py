"""Dice, HD95, mean surface distance and NSD, against hand counts and against MONAI."""

from __future__ import annotations

import math

import pytest
import torch

from vpreg.filters.gaussian import gaussian_smooth
from vpreg.metrics.dice import dice, dice_per_label
from vpreg.metrics.hausdorff import hausdorff_mm
from vpreg.metrics.label_agreement import label_agreement
from vpreg.metrics.mean_surface_distance import mean_surface_distance_mm
from vpreg.metrics.nsd import normalised_surface_dice
from vpreg.metrics.surface_distances import (
    label_edges,
    surface_distances,
    surface_distances_per_label,
)

SPACING = (2.5, 0.8, 1.1)
EMPTY = torch.zeros((6, 6, 6), dtype=torch.bool)


def blobs(seed):
    noise = torch.randn((22, 26, 24), generator=torch.Generator().manual_seed(seed))
    smooth = gaussian_smooth(noise, 2.0)
    return smooth > smooth.flatten().quantile(0.7)


def cube(start, stop):
    mask = EMPTY.clone()
    mask[start:stop, 1:5, 1:5] = True
    return mask


def shape_pairs():
    return [(blobs(seed), blobs(seed + 100)) for seed in range(4)]


@pytest.mark.parametrize("pair", shape_pairs(), ids=["a", "b", "c", "d"])
def test_random_shapes_measure_as_in_monai(pair):
    metrics = pytest.importorskip("monai.metrics")
    fixed, warped = pair
    batch = [mask[None, None].float() for mask in pair]

    between = surface_distances(fixed, warped, spacing_mm=SPACING)

    options = {"include_background": True, "spacing": SPACING}
    hd95 = metrics.compute_hausdorff_distance(*batch, percentile=95, **options)
    mean = metrics.compute_average_surface_distance(*batch, symmetric=True, **options)
    nsd = metrics.compute_surface_dice(*batch, class_thresholds=[1.5], **options)
    overlap = metrics.compute_dice(*batch, include_background=True)
    assert hausdorff_mm(between) == pytest.approx(float(hd95), rel=1e-4)
    assert mean_surface_distance_mm(between) == pytest.approx(float(mean), rel=1e-4)
    assert normalised_surface_dice(between, tolerance_mm=1.5) == pytest.approx(float(nsd), rel=1e-4)
    assert dice(fixed, warped) == pytest.approx(float(overlap), rel=1e-5)


def test_a_shift_is_measured_in_millimetres_of_its_own_axis():
    between = surface_distances(cube(1, 4), cube(2, 5), spacing_mm=(3.0, 1.0, 1.0))

    assert hausdorff_mm(between, percentile=100) == pytest.approx(3.0)
    assert normalised_surface_dice(between, tolerance_mm=3.0) == 1
    assert normalised_surface_dice(between, tolerance_mm=0.5) < 1


def test_distances_run_from_each_surface_to_the_other():
    near, far = EMPTY.clone(), EMPTY.clone()
    near[1, 1, 1] = True
    far[1, 1, 1] = far[5, 1, 1] = True

    between = surface_distances(near, far, spacing_mm=(2.0, 1.0, 1.0))

    assert between.fixed_to_warped_mm.tolist() == [0]
    assert between.warped_to_fixed_mm.tolist() == [0, 8]
    assert mean_surface_distance_mm(between) == pytest.approx(8 / 3)


def test_the_edge_of_the_image_is_a_surface():
    full = torch.ones((5, 5, 5), dtype=torch.int32)

    assert int(label_edges(full).sum()) == 5**3 - 3**3
    assert int(label_edges(full[:1]).sum()) == 25


def test_the_edges_of_all_labels_are_those_of_each():
    labels = (torch.rand((9, 8, 7), generator=torch.Generator().manual_seed(3)) * 1.15).int()

    edges = label_edges(labels)

    for label in range(2):
        alone = label_edges((labels == label).int())
        assert torch.equal(edges[labels == label], alone[labels == label])
    assert not bool(edges.all())


def test_a_mask_at_the_edge_of_the_image_is_measured_to_its_last_voxel():
    full = torch.ones((5, 5, 5), dtype=torch.bool)
    corner = torch.zeros_like(full)
    corner[0, 0, 0] = True

    between = surface_distances(full, corner, spacing_mm=(1.0, 1.0, 1.0))

    assert between.fixed_to_warped_mm.max() == pytest.approx(math.sqrt(48))
    assert between.warped_to_fixed_mm.tolist() == [0]


def test_one_empty_mask_is_infinitely_far_and_overlaps_nothing():
    between = surface_distances(cube(1, 3), EMPTY, spacing_mm=SPACING)

    assert hausdorff_mm(between) == math.inf
    assert mean_surface_distance_mm(between) == math.inf
    assert normalised_surface_dice(between, tolerance_mm=2.0) == 0
    assert dice(cube(1, 3), EMPTY) == 0


def test_two_empty_masks_have_no_figures():
    between = surface_distances(EMPTY, EMPTY, spacing_mm=SPACING)

    assert math.isnan(hausdorff_mm(between))
    assert math.isnan(mean_surface_distance_mm(between))
    assert math.isnan(normalised_surface_dice(between, tolerance_mm=2.0))
    assert math.isnan(dice(EMPTY, EMPTY))


def test_every_label_is_measured_for_itself():
    fixed, warped = cube(1, 4).int() * 3, cube(2, 5).int() * 3
    fixed[5, 0, 0] = 8

    rows = label_agreement(fixed, warped, spacing_mm=SPACING, nsd_tolerance_mm=1.0)

    assert [row.label for row in rows] == [3, 8]
    assert rows[0].dice == pytest.approx(2 / 3)
    assert rows[0].hd95_mm == pytest.approx(2.5)
    assert (rows[1].dice, rows[1].hd95_mm, rows[1].nsd) == (0, math.inf, 0)


def test_labels_that_are_asked_for_and_missing_have_no_figures():
    labels = cube(1, 4).int()

    assert math.isnan(dice_per_label(labels, labels, labels=[1, 4])[4])
    between = surface_distances_per_label(labels, labels, spacing_mm=SPACING, labels=[4])[4]
    assert math.isnan(hausdorff_mm(between))


def test_a_box_around_a_label_cuts_no_distance_short():
    fixed, warped = torch.zeros((2, 20, 20, 20), dtype=torch.bool)
    fixed[2:4, 2:4, 2:4] = True
    warped[15:18, 15:18, 15:18] = True

    between = surface_distances(fixed, warped, spacing_mm=(1.0, 1.0, 1.0))

    assert between.fixed_to_warped_mm.min() == pytest.approx(12 * math.sqrt(3))


def test_images_of_two_shapes_are_refused_with_a_sentence():
    with pytest.raises(ValueError, match="Bring both images to the same grid first"):
        dice(EMPTY, EMPTY[1:])
