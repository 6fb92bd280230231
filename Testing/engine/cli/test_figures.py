"""How figures are shown."""

from __future__ import annotations

import json
import math

import pytest

from vpreg.cli.figures import print_json, rows, words


def test_nested_figures_become_named_rows() -> None:
    figures = {"dice": {"1": 0.5, "2": None}, "lesions": [{"volume_ml": 2.0}]}

    assert rows(figures) == [
        ("dice 1", "0.5"),
        ("dice 2", "not known"),
        ("lesions 1 volume ml", "2"),
    ]


@pytest.mark.parametrize(
    ("value", "shown"),
    [(1.23456, "1.235"), (math.nan, "not defined"), (True, "yes"), (12345, "12345")],
)
def test_a_figure_is_shown_as_a_person_reads_it(value: object, shown: str) -> None:
    assert words(value) == shown


def test_json_says_null_where_a_number_is_not_defined(capsys: pytest.CaptureFixture[str]) -> None:
    print_json({"stsr": math.nan, "ratio": [math.inf, 1.0]})

    assert json.loads(capsys.readouterr().out) == {"stsr": None, "ratio": [None, 1.0]}
