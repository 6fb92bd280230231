"""Train who must be trained, let all take turns, and keep what they made."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from networks.cases import HeldOutCase
from networks.methods import (
    Register,
    affine_only,
    per_pair,
    similarity_network,
    volume_network,
)
from networks.roster import Entrant
from networks.scoring import score
from vpreg.recipes.method import Method
from vpreg.recipes.settings import VolumeSettings

SIMILARITY, VOLUME = "similarity only", "volume-preserving"


@dataclass(frozen=True)
class Contestant:
    """A line of the table; `key` names the file of its rows, `open` makes it ready to register."""

    key: str
    method: str
    form: str
    open: Callable[[], Register]
    steps: int = 0


def baselines() -> list[Contestant]:
    """Return what needs no training: the affine, and both per-pair solvers in both forms."""
    found = [Contestant("affine", "affine alone", "-", lambda: affine_only)]
    for method, title in (
        (Method.PROJECTED, "ours, per pair"),
        (Method.PAPER, "the paper's loss, per pair"),
    ):
        for keep, form in ((False, SIMILARITY), (True, VOLUME)):
            key = f"pair-{method.value}-{'volume' if keep else 'similarity'}"
            found.append(Contestant(key, title, form, _opener(method, keep=keep)))
    return found


def with_limits(over_median: Iterable[float]) -> list[Contestant]:
    """Return our per-pair solver with other limits for what is squeezed into likeness (ADR 6)."""
    return [
        Contestant(
            f"pair-{Method.PROJECTED.value}-volume-{limit:g}-times",
            f"ours, per pair, {limit:g} times the usual change",
            VOLUME,
            partial(
                per_pair,
                Method.PROJECTED,
                keep_volume=True,
                volume=VolumeSettings(atlas_size_over_median=limit),
            ),
        )
        for limit in over_median
    ]


def trained(entrant: Entrant, model: Path, *, steps: tuple[int, int]) -> list[Contestant]:
    """Return both forms of a network whose last model has this path."""
    first = model.with_name(f"{model.stem}-similarity{model.suffix}")
    title = entrant.title
    return [
        Contestant(
            f"{model.stem}-similarity",
            title,
            SIMILARITY,
            lambda: similarity_network(first),
            steps[0],
        ),
        Contestant(model.stem, title, VOLUME, lambda: volume_network(model, first), steps[1]),
    ]


def rows_of(
    contestant: Contestant, cases: Callable[[], Iterable[HeldOutCase]], folder: Path
) -> list[dict[str, Any]]:
    """Return the rows of all cases, from the folder if they are there."""
    path = folder / f"{contestant.key}.json"
    if not path.is_file():
        print(f"{contestant.method}, {contestant.form} …", file=sys.stderr, flush=True)
        folder.mkdir(parents=True, exist_ok=True)
        register = contestant.open()
        rows = [{"case": case.name, **score(register(case), case)} for case in cases()]
        part = path.with_suffix(".part")
        part.write_text(json.dumps(rows), encoding="utf-8")
        part.replace(path)
    told = {"method": contestant.method, "form": contestant.form, "steps": contestant.steps}
    return [told | row for row in json.loads(path.read_text(encoding="utf-8"))]


def _opener(method: Method, *, keep: bool) -> Callable[[], Register]:
    return lambda: per_pair(method, keep_volume=keep)
