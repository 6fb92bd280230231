"""Counting voxels, separating lesions, volumes in space."""

from __future__ import annotations

import pytest
import torch

from vpreg.images.grid import Grid
from vpreg.metrics.components import (
    Connectivity,
    LesionIdentity,
    connected_components,
    separate_lesions,
)
from vpreg.metrics.label_counts import label_counts
from vpreg.metrics.volumes import label_volumes, soft_volume_mm3


def two_pieces():
    mask = torch.zeros((6, 6, 6), dtype=torch.bool)
    mask[0:2, 0:2, 0:2] = True
    mask[2:5, 2:5, 2:5] = True
    return mask


def test_pieces_that_share_a_corner_are_one_or_two_as_asked():
    mask = two_pieces()

    corners = connected_components(mask, connectivity=Connectivity.CORNERS_26)
    faces = connected_components(mask, connectivity=Connectivity.FACES_6)

    assert label_counts(corners) == {1: 35}
    assert label_counts(faces) == {1: 27, 2: 8}


def test_small_pieces_become_background():
    pieces = connected_components(two_pieces(), connectivity=Connectivity.FACES_6, minimum_voxels=9)

    assert label_counts(pieces) == {1: 27}


def test_lesions_given_as_labels_keep_them():
    labels = two_pieces().to(torch.int16) * 7

    assert label_counts(separate_lesions(labels, LesionIdentity.LABELS)) == {7: 35}
    assert label_counts(separate_lesions(labels, LesionIdentity.COMPONENTS)) == {1: 35}


def test_labels_beyond_the_bins_and_below_zero_are_counted_as_well():
    labels = torch.tensor([[[0, 3, 3], [1 << 40, -2, -2]]])

    assert label_counts(labels) == {-2: 2, 3: 2, 1 << 40: 1}


def test_a_label_map_of_floats_is_refused():
    with pytest.raises(ValueError, match="label map of integers"):
        label_counts(torch.ones(2, 2, 2))


def test_a_label_has_its_volume_and_its_centroid_in_space():
    labels = torch.zeros((4, 5, 6), dtype=torch.int32)
    labels[1:3, 2, 4] = 9
    grid = Grid((4, 5, 6), (2.0, 3.0, 0.5), (10.0, 20.0, 30.0))

    volume = label_volumes(labels, grid)[9]

    assert volume.voxels == 2
    assert volume.volume_mm3 == pytest.approx(6)
    assert volume.volume_ml == pytest.approx(0.006)
    assert volume.centroid_lps == pytest.approx((12.0, 26.0, 33.0))


def test_an_empty_map_has_no_volumes():
    assert label_volumes(torch.zeros((2, 2, 2), dtype=torch.int32), Grid((2, 2, 2))) == {}


def test_a_soft_volume_counts_weights():
    weights = torch.full((2, 2, 2), 0.25)

    assert soft_volume_mm3(weights, Grid((2, 2, 2), (1.0, 2.0, 3.0))) == pytest.approx(12)
