"""Which lesion is which over time."""

from __future__ import annotations

import numpy as np
import pytest

from Testing.engine.lesions.histories import (
    DATES,
    FINE,
    THICK,
    aligned,
    box,
    boxes,
    history,
    patient,
    shifts,
)
from vpreg.lesions.corrections import resolve
from vpreg.lesions.identity import follow_lesions
from vpreg.lesions.lesion import Event
from vpreg.lesions.measure import measure_lesion
from vpreg.lesions.study.study import Corrections
from vpreg.synthetic.lesion_history import union_ml

STORIES = {
    "grows": [Event.BASELINE, *[Event.CONTINUED] * 4],
    "shrinks": [Event.BASELINE, *[Event.CONTINUED] * 4],
    "new": [Event.NOT_YET, Event.NOT_YET, Event.NEW, Event.CONTINUED, Event.CONTINUED],
    "vanishes": [Event.BASELINE, *[Event.CONTINUED] * 2, Event.VANISHED, Event.VANISHED],
    "merge": [Event.BASELINE, *[Event.CONTINUED] * 2, Event.MERGED, Event.CONTINUED],
    "splits": [Event.BASELINE, Event.CONTINUED, Event.SPLIT, *[Event.CONTINUED] * 2],
}


def events(lesion):
    return [one.event for one in lesion.appearances]


def lesion_at(lesions, dates, date, ball):
    """Find the lesion that holds the centre of a ball."""
    point = dates[date].map.from_baseline(np.array([ball.centre_lps]))
    number = int(dates[date].segmentation.number_at(point)[0])
    return next(one for one in lesions if number in one.appearances[date].pieces)


@pytest.mark.parametrize("grid", [FINE, THICK], ids=["fine", "thick"])
@pytest.mark.parametrize("seed", range(4))
def test_five_dates_of_a_phantom_are_told_without_an_error(seed, grid):
    dates = history(seed, grid)

    lesions = follow_lesions(dates)

    told = sorted((tuple(events(one)) for one in lesions), key=str)
    absorbed = (Event.BASELINE, *[Event.CONTINUED] * 2, *[Event.ABSORBED] * 2)
    expected = sorted([*(tuple(one) for one in STORIES.values()), absorbed], key=str)
    assert told == expected
    for name, balls in patient(seed).items():
        seen = 2 if name == "new" else 0
        lesion = lesion_at(lesions, dates, seen, balls[0])
        assert events(lesion) == STORIES[name], name


@pytest.mark.parametrize("grid", [FINE, THICK], ids=["fine", "thick"])
def test_volumes_of_a_phantom_lie_within_their_uncertainty(grid):
    moved = shifts(0)
    outside, count = 0, 0
    for balls in patient(0).values():
        for date in range(DATES):
            pieces = aligned(balls, date, grid, moved[date]).segmentation.pieces
            if not pieces:
                continue
            volume = measure_lesion(pieces).volume
            count += 1
            outside += abs(volume.ml - union_ml(balls, date)) > volume.uncertainty_ml

    assert count > 20
    assert outside <= 0.05 * count


def test_the_lesion_that_was_largest_gives_the_merged_one_its_name():
    dates = boxes([box(5, 5, 5, 6), box(5, 5, 13)], [(slice(4, 12), slice(4, 12), slice(4, 19))])

    first, second = follow_lesions(dates)

    assert (first.appearances[1].event, first.appearances[1].others) == (Event.MERGED, ("L2",))
    assert (second.appearances[1].event, second.appearances[1].others) == (
        Event.ABSORBED,
        ("L1",),
    )


def test_a_lesion_that_is_gone_for_a_date_comes_back_under_its_name():
    dates = boxes([box(5, 5, 5)], [], [box(5, 5, 6)])

    (lesion,) = follow_lesions(dates)

    assert events(lesion) == [Event.BASELINE, Event.VANISHED, Event.REAPPEARED]


def test_a_small_lesion_beside_its_old_place_is_the_same_up_to_five_millimetres():
    near = boxes([box(5, 5, 5, 2)], [box(5, 5, 11, 2)])
    far = boxes([box(5, 5, 5, 2)], [box(5, 5, 14, 2)])

    assert [events(one) for one in follow_lesions(near)] == [[Event.BASELINE, Event.CONTINUED]]
    assert [events(one) for one in follow_lesions(far)] == [
        [Event.BASELINE, Event.VANISHED],
        [Event.NOT_YET, Event.NEW],
    ]


def test_neighbours_that_the_alignment_leaves_a_bit_aside_do_not_merge():
    dates = boxes([box(5, 5, 5), box(5, 5, 11)], [box(5, 5, 7), box(5, 5, 13)])

    lesions = follow_lesions(dates)

    assert [events(one) for one in lesions] == [[Event.BASELINE, Event.CONTINUED]] * 2


def test_a_reader_joins_what_the_program_told_apart():
    dates = boxes([box(5, 5, 5, 3)], [box(5, 25, 25, 3)])
    same = Corrections(same=({"a": (1,), "b": (1,)},))

    (lesion,) = follow_lesions(dates, marks=resolve(same, ["a", "b"], dates))

    assert events(lesion) == [Event.BASELINE, Event.CONTINUED]


def test_a_reader_tells_apart_what_the_program_joined():
    dates = boxes([box(5, 5, 5)], [box(5, 5, 5)])
    different = Corrections(different=({"a": (1,), "b": ((6.0, 6.0, 6.0),)},))

    lesions = follow_lesions(dates, marks=resolve(different, ["a", "b"], dates))

    assert [events(one) for one in lesions] == [
        [Event.BASELINE, Event.VANISHED],
        [Event.NOT_YET, Event.NEW],
    ]


def test_pieces_of_one_date_can_be_one_lesion():
    dates = boxes([box(5, 5, 5, 5), box(5, 5, 14)], [box(5, 5, 5, 5), box(5, 5, 14)])
    same = Corrections(same=({"a": (1, 2)},))

    (lesion,) = follow_lesions(dates, marks=resolve(same, ["a", "b"], dates))

    assert [one.pieces for one in lesion.appearances] == [(1, 2), (1, 2)]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (Corrections(same=({"a": (1,), "b": (3,)},)), "pieces 1 to 1, not 3"),
        (Corrections(same=({"a": ((0.0, 0.0, 0.0),), "b": (1,)},)), "Move the point"),
        (
            Corrections(same=({"a": (1,), "b": (1,)},), different=({"a": (1,), "b": (1,)},)),
            "contradict",
        ),
    ],
)
def test_a_correction_that_cannot_be_is_refused_in_words(given, said):
    dates = boxes([box(5, 5, 5)], [box(5, 5, 5)])

    with pytest.raises(ValueError, match=said):
        resolve(given, ["a", "b"], dates)
