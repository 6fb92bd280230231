"""Tables of rows whose figures are known."""

from __future__ import annotations

import math

import pytest
from registration.case import Group
from registration.detail import detail
from registration.pairing import differences, paired, seconds_ratio
from registration.roster import OURS_SIMILARITY
from registration.row import Row
from registration.scoring import Scores
from registration.summary import summary
from registration.table import markdown, number


def row(case: str, method: str, dice: float, seconds: float, *, folds: int = 0) -> Row:
    scores = Scores(folds=folds, dice=dice)
    return Row(Group.OASIS, case, method, scores, seconds, seconds, peak_mib=100.0)


OURS = [row("a", OURS_SIMILARITY, 0.7, 10), row("b", OURS_SIMILARITY, 0.6, 10)]
GREEDY = [row("a", "greedy", 0.6, 20, folds=3), row("b", "greedy", 0.6, 80)]


def test_every_line_of_a_table_has_the_cells_of_its_header() -> None:
    text = markdown(["a", "b"], [["1", "2"], ["3", "4"]])

    assert text.splitlines() == ["| a | b |", "| --- | --- |", "| 1 | 2 |", "| 3 | 4 |"]


def test_what_is_unknown_is_a_dash() -> None:
    assert number(math.nan, 3) == "-"
    assert number(math.inf, 3) == "inf"
    assert number(0.12345, 3) == "0.123"


def test_a_summary_averages_dice_and_takes_the_most_folds() -> None:
    text = summary(OURS + GREEDY, Group.OASIS)

    assert "| ours, similarity only | 0.6500 | 0.6000 | 2 | 0 | 10.0 | 100 |" in text
    assert "| 0.6000 | 0.6000 | 2 | 3 | 50.0 | 100 |" in text


def test_times_are_compared_pair_by_pair() -> None:
    # (10 / 20) and (10 / 80) have the geometric mean 1 / 4; the ratio of the means is 1 / 5.
    assert seconds_ratio(OURS, GREEDY) == pytest.approx(0.25)


def test_differences_are_those_of_pairs_that_both_have_done() -> None:
    gaps = differences(OURS, GREEDY[:1], lambda r: r.scores.dice)

    assert gaps == pytest.approx([0.1])


def test_ours_are_set_beside_every_other_method() -> None:
    text = paired(OURS + GREEDY, Group.OASIS)

    assert "+0.0500 | 1 of 2 | 0.25 |" in text
    assert len(text.splitlines()) == 3


def test_the_detailed_table_has_a_line_a_row() -> None:
    text = detail(OURS + GREEDY, Group.OASIS)

    assert len(text.splitlines()) == 2 + 4
    assert "| a | ours, similarity only | 0.7000 | 0 | 10.0 | 10.0 | 100 |" in text
