"""How figures are shown."""

from __future__ import annotations

import json
import math

import pytest

from vpreg.cli.figures import list_table, print_json, print_sections, words


def test_single_figures_come_first_and_nested_ones_under_their_names(
    capsys: pytest.CaptureFixture[str],
) -> None:
    print_sections("Result", {"tumor": {"stsr_soft": 1.5}, "folds": 0, "absent": None})

    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert lines == [
        ["Result"],
        ["folds", "0"],
        [],
        ["Result,", "tumor"],
        ["stsr", "soft", "1.5"],
        [],
    ]


def test_many_things_go_down_and_few_things_go_across() -> None:
    row = {"label": 1, "dice": 0.5, "hd95_mm": 2.0}

    across = list_table([row])
    down = list_table([row, row, row])

    assert across == [("label", "1"), ("dice", "0.5"), ("hd95 mm", "2")]
    assert down[:2] == [("label", "dice", "hd95 mm"), ("1", "0.5", "2")]
    assert len(down) == 4


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (1.23456, "1.235"),
        (63061.4, "63061"),
        ([1.5, 2.0], "1.5 x 2"),
        (math.nan, "not defined"),
        (True, "yes"),
        (12345, "12345"),
    ],
)
def test_a_figure_is_shown_as_a_person_reads_it(value: object, shown: str) -> None:
    assert words(value) == shown


def test_json_says_null_where_a_number_is_not_defined(capsys: pytest.CaptureFixture[str]) -> None:
    print_json({"stsr": math.nan, "ratio": [math.inf, 1.0]})

    assert json.loads(capsys.readouterr().out) == {"stsr": None, "ratio": [None, 1.0]}
