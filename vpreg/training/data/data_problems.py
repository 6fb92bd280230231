"""All that is wrong with the data of a training, told at once."""

from __future__ import annotations

from collections.abc import Sequence

MOST_TOLD = 10


class DataProblemsError(ValueError):
    """The scans cannot be trained on; the message names at most ten of the `problems`."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        told = [f"- {problem}" for problem in self.problems[:MOST_TOLD]]
        rest = len(self.problems) - len(told)
        if rest:
            told.append(f"- and {rest} more")
        super().__init__("\n".join(["Correct the data of the training:", *told]))
