"""Results that the tests of the page share."""

from __future__ import annotations

import pytest

from Testing.engine.report.example_results import example_pair, example_result
from vpreg.recipes.result import Result


@pytest.fixture(scope="session")
def result() -> Result:
    return example_result(example_pair())
