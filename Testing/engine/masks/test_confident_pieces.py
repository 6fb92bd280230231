"""Which pieces of a soft mask are surely one thing each."""

import pytest
import torch

from Testing.engine.solvers.pair_cases import ball
from vpreg.images.grid import Grid
from vpreg.masks.confident_pieces import confident_pieces

SHAPE = (32, 32, 48)
GRID = Grid(SHAPE, (2.0, 1.0, 1.0))
CENTRES = {3.5: (16, 16, 6), 6.0: (16, 16, 18), 4.5: (16, 16, 35)}


@pytest.fixture
def mask():
    return torch.stack([ball(SHAPE, centre, r) for r, centre in CENTRES.items()]).sum(0)


def ml(piece):
    return float(piece.sum()) * GRID.voxel_volume_mm3 / 1000


def test_each_piece_is_whole_and_the_largest_comes_first(mask):
    pieces = confident_pieces(mask, GRID, least_ml=0.0, at_most=9)

    assert [ml(piece) for piece in pieces] == pytest.approx([1.8, 0.76, 0.36], rel=0.15)
    torch.testing.assert_close(torch.stack(pieces).sum(0), (mask > 0.5).float())


@pytest.mark.parametrize(
    ("least_ml", "at_most", "count"), [(0.5, 9, 2), (0.0, 1, 1), (0.0, 0, 0), (5.0, 9, 0)]
)
def test_small_pieces_and_pieces_beyond_the_count_are_left_out(mask, least_ml, at_most, count):
    pieces = confident_pieces(mask, GRID, least_ml=least_ml, at_most=at_most)

    assert len(pieces) == count
    assert sorted(pieces, key=ml, reverse=True) == list(pieces)


def test_what_is_only_suspected_is_no_piece(mask):
    assert confident_pieces(0.5 * mask, GRID, least_ml=0.0, at_most=9) == ()


def test_pieces_that_touch_at_a_corner_are_one():
    mask = torch.zeros(SHAPE)
    mask[4:8, 4:8, 4:8] = 1
    mask[8:12, 8:12, 8:12] = 1

    (piece,) = confident_pieces(mask, GRID, least_ml=0.0, at_most=9)

    assert torch.equal(piece, mask)
