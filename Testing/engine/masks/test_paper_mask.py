"""The paper's soft mask against numbers worked out by hand."""

import pytest
import torch

from vpreg.masks.paper_mask import paper_size_map, paper_soft_mask

SHAPE = (12, 12, 12)
MIDDLE = (6, 6, 6)


def everywhere(value):
    return torch.full(SHAPE, float(value), dtype=torch.float64)


@pytest.mark.parametrize(
    ("size", "weight"),
    [(0.0, 0.00055), (0.5, 0.00669), (1.0, 0.07586), (1.25, 0.22270), (1.5, 0.5), (1.75, 0.77730),
     (2.0, 0.92414), (3.0, 0.99945)],
)  # fmt: skip
def test_the_weight_is_the_sigmoid_of_the_paper(size, weight):
    mask = paper_soft_mask(everywhere(size), everywhere(1))

    assert mask[MIDDLE] == pytest.approx(weight, abs=1e-5)


def test_outside_the_organ_there_is_no_weight():
    organ = everywhere(1)
    organ[:, :, :6] = 0.5

    mask = paper_soft_mask(everywhere(2), organ)

    assert (mask[:, :, :6] == 0).all()
    assert (mask[:, :, 6:] > 0.9).all()


def test_the_organ_ratio_multiplies():
    # Organ halved and det 2 everywhere: the tissue did what the organ did (T2).
    size = paper_size_map(everywhere(2), everywhere(1), 0.5)

    assert size[MIDDLE] == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("determinant", "size"), [(1.7, 1.7), (9.0, 3.0), (0.1, 1 / 3), (-2.0, 2.0)]
)
def test_determinants_are_bounded_and_taken_without_sign(determinant, size):
    found = paper_size_map(everywhere(determinant), everywhere(1), 1.0)

    assert found[MIDDLE] == pytest.approx(size)


def test_one_voxel_counts_a_twenty_seventh_of_its_window():
    determinant = everywhere(1)
    determinant[MIDDLE] = 2.35

    size = paper_size_map(determinant, everywhere(1), 1.0)

    assert size[5, 7, 6] == pytest.approx(1 + 1.35 / 27)
    assert size[4, 6, 6] == pytest.approx(1.0)


def test_two_sided_counts_growth_and_folds_after_the_ratio():
    one = paper_size_map(everywhere(0.5), everywhere(1), 1.0)
    two = paper_size_map(everywhere(0.5), everywhere(1), 1.0, shrink_only=False)
    with_ratio = paper_size_map(everywhere(0.5), everywhere(1), 1.6, shrink_only=False)

    assert one[MIDDLE] == pytest.approx(0.5)
    assert two[MIDDLE] == pytest.approx(2.0)
    # 0.5 * 1.6 = 0.8, and 1 / 0.8 = 1.25; folded before the ratio it would be 3.2.
    assert with_ratio[MIDDLE] == pytest.approx(1.25)


def test_the_thin_rim_is_removed_and_a_flat_wall_stays():
    organ = torch.zeros(SHAPE, dtype=torch.float64)
    organ[2:10, 2:10, 2:10] = 1

    size = paper_size_map(everywhere(2), organ, 1.0)

    # A corner sees 8 of 27 voxels, an edge 12, a face 18: the limit is 13.5.
    assert [float(size[2, 2, 2]), float(size[2, 2, 6])] == [0.0, 0.0]
    assert size[2, 6, 6] == pytest.approx(2.0)
    assert size[1, 6, 6] == 0
