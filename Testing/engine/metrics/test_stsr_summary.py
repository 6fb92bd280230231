"""What is published of many STSR values (T32, O5)."""

from __future__ import annotations

import math

import pytest

from vpreg.metrics.stsr_summary import summarise_stsr


def test_a_heavy_tail_moves_neither_median_nor_trimmed_mean():
    values = [1.0, 1.01, 1.02, 1.03, 1.04, 400.0]

    summary = summarise_stsr(values)

    assert summary.median == pytest.approx(1.025)
    assert summary.trimmed_mean == pytest.approx(1.02)
    assert (summary.kept, summary.count) == (5, 6)
    assert summary.worst == 400


def test_failures_count_as_the_worst_and_unknown_values_are_counted_apart():
    values = [1.0, math.inf, math.inf, math.nan]

    summary = summarise_stsr(values)

    assert (summary.count, summary.failures, summary.unknown) == (3, 2, 1)
    assert summary.median == math.inf
    assert summary.worst == math.inf
    assert (summary.trimmed_mean, summary.kept) == (1.0, 1)


@pytest.mark.parametrize("values", [[], [math.nan]])
def test_nothing_known_gives_no_figure(values):
    summary = summarise_stsr(values)

    assert (summary.count, summary.unknown) == (0, len(values))
    assert math.isnan(summary.median)
    assert math.isnan(summary.worst)
    assert math.isnan(summary.trimmed_mean)


def test_failures_alone_leave_no_mean():
    summary = summarise_stsr([math.inf, math.inf])

    assert summary.median == math.inf
    assert math.isnan(summary.trimmed_mean)
    assert summary.kept == 0
