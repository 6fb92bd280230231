"""What the reader said: carried over to new figures, and written beside the engine's own."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from Testing.scene.timeline.timeline_figures import history, row

SECOND = ("L1", "2021-04-10")


@pytest.fixture
def reviews(scene):
    """Return a review of L1 at the second date."""
    assert scene
    from VolumePreservingRegLib.timeline.review import Review, Verdict

    return {SECOND: Review(Verdict.REJECTED, "edge unclear")}


def carried(reviews, now):
    """Carry reviews over from the usual history."""
    from VolumePreservingRegLib.timeline.review import carry_over

    return carry_over(reviews, history(), now)


def test_a_review_stays_while_the_measurement_is_the_same(reviews):
    assert carried(reviews, history()) == reviews


def test_a_review_follows_its_lesion_to_another_name(reviews):
    names = {"L1": "L2", "L2": "L1"}
    now = [replace(one, lesion=names[one.lesion]) for one in history()]

    assert carried(reviews, now) == {("L2", "2021-04-10"): reviews[SECOND]}


def test_a_verdict_on_another_measurement_goes_and_its_comment_stays(reviews):
    from VolumePreservingRegLib.timeline.review import Review

    now = [row("L1", 1, 2.5) if one.at == SECOND else one for one in history()]

    assert carried(reviews, now) == {SECOND: Review(comment="edge unclear")}


def test_a_review_of_a_vanished_lesion_stays(reviews):
    gone = ("L2", "2021-07-10")

    assert carried({gone: reviews[SECOND]}, history()) == {gone: reviews[SECOND]}


def test_the_csv_gets_two_more_columns_and_keeps_all_others(reviews):
    from VolumePreservingRegLib.timeline.csv_file import csv_with_reviews

    text = "lesion,time_point,volume_ml\nL1,2021-01-10,1\nL1,2021-04-10,2\n"

    found = list(csv.DictReader(io.StringIO(csv_with_reviews(text, reviews))))

    assert [one["volume_ml"] for one in found] == ["1", "2"]
    assert [one["review"] for one in found] == ["", "rejected"]
    assert [one["comment"] for one in found] == ["", "edge unclear"]


def test_a_comment_with_commas_quotes_and_lines_comes_back_from_the_csv(reviews):
    from VolumePreservingRegLib.timeline.csv_file import csv_with_reviews

    said = 'left, "core"\nand rim'
    text = "lesion,time_point\nL1,2021-04-10\n"

    written = csv_with_reviews(text, {SECOND: replace(reviews[SECOND], comment=said)})

    assert next(csv.DictReader(io.StringIO(written, newline="")))["comment"] == said
