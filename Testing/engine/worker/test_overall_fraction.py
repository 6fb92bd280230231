"""From stages to the whole job."""

from __future__ import annotations

import pytest

from vpreg.progress import Stage
from vpreg.worker.overall import OverallFraction, seconds_left


def test_it_goes_from_zero_to_one_through_all_stages() -> None:
    overall = OverallFraction()

    told = [overall.at(stage, share) for stage in Stage for share in (0.0, 0.5, 1.0)]

    assert told == sorted(told)
    assert told[0] == 0
    assert told[-1] == pytest.approx(1)


def test_it_never_goes_back() -> None:
    overall = OverallFraction()
    reached = overall.at(Stage.SIMILARITY, 0.8)

    assert overall.at(Stage.SIMILARITY, 0.1) == reached
    assert overall.at(Stage.READING, 1.0) == reached


def test_stages_that_a_recipe_has_not_take_no_share() -> None:
    overall = OverallFraction([Stage.READING, Stage.SIMILARITY])

    assert overall.at(Stage.SIMILARITY, 1.0) == pytest.approx(1)


def test_a_share_outside_of_its_range_is_held_back() -> None:
    assert OverallFraction([Stage.READING]).at(Stage.READING, 7.0) == 1
    assert OverallFraction([Stage.READING]).at(Stage.READING, -7.0) == 0


def test_a_quarter_done_in_ten_seconds_leaves_thirty() -> None:
    assert seconds_left(0.25, 10.0) == 30
    assert seconds_left(0.001, 10.0) is None


def test_the_affine_takes_a_larger_share_of_a_small_job() -> None:
    shares = []
    for megavoxels in (0.3, 3.0, 30.0):
        overall = OverallFraction()
        overall.expect(megavoxels)
        read = overall.at(Stage.READING, 1.0)
        shares.append(overall.at(Stage.AFFINE, 1.0) - read)

    # Head phantoms of 0.3 and 2.6 megavoxels spend 28 and 8 per cent of their time there.
    assert 0.2 < shares[0] < 0.4
    assert 0.05 < shares[1] < 0.12
    assert shares == sorted(shares, reverse=True)


def test_learning_the_size_on_the_way_does_not_take_back_what_is_done() -> None:
    overall = OverallFraction()
    reached = overall.at(Stage.READING, 1.0)

    overall.expect(0.1)

    assert overall.at(Stage.AFFINE, 0.0) >= reached
    assert overall.at(Stage.WRITING, 1.0) == pytest.approx(1)
