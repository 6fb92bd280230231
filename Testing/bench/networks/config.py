"""The config of a training, as `vpreg train` reads it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from networks.home import Shape
from networks.roster import Entrant
from networks.subjects import AXES
from vpreg.training.config.plain import to_plain
from vpreg.training.loss.loss_settings import LossSettings

LESION_RADIUS_MM = (6.0, 20.0)
"""The lesions fill .9 to 33 ml."""
CHECKPOINTS = 100


@dataclass(frozen=True)
class Plan:
    """What is trained on which grid: steps for similarity, then for volume."""

    steps: tuple[int, int]
    spacing_mm: float
    shape: Shape
    scans: Path
    """The CSV."""
    cache: Path


def lesions_table(shape: Shape, spacing_mm: float) -> dict[str, Any]:
    """Return the lesions of the generator, 1 to 3 of one size in mm, whatever the grid."""
    return {
        "shape": list(shape),
        "spacing_mm": spacing_mm,
        "lesions": [1, 3],
        "lesion_radius": [radius / spacing_mm for radius in LESION_RADIUS_MM],
        "deformation": [0.0, 1.0],
    }


def write_config(
    path: Path, plan: Plan, entrant: Entrant, loss: LossSettings, augmentation: Mapping[str, Any]
) -> None:
    """Write the TOML of a training; all that is not said here is the default of `vpreg train`."""
    similarity, volume = plan.steps
    tables: dict[str, Mapping[str, Any]] = {
        "network": {"architecture": entrant.architecture.value, **entrant.choices},
        "stages": {"similarity": similarity, "volume": volume},
        "optimizer": {"learning_rate": entrant.learning_rate, "weight_decay": 0.0, "batch": 1},
        "loss": to_plain(loss),
        "data": _data(plan),
        "data.augmentation": augmentation,
        "data.synthetic": lesions_table(plan.shape, plan.spacing_mm),
        "checkpoints": {"every": CHECKPOINTS},
        "machine": {"channels_last": entrant.channels_last},
    }
    expects = "T1 brains without skull; made by a benchmark, for research only"
    top = {"name": path.stem, "licence": "as the scans", "expects": expects}
    lines = [*_lines(top)]
    for name, table in tables.items():
        lines += ["", f"[{name}]", *_lines(table)]
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")


def _data(plan: Plan) -> dict[str, Any]:
    return {
        "source": "scans",
        "scans": str(plan.scans.absolute()),
        "cache": str(plan.cache.absolute()),
        "home_shape": list(plan.shape),
        "home_spacing_mm": [plan.spacing_mm] * 3,
        "home_axes": AXES,
        "preset": "brain-mr",
        "alignment": "pair",
        # The people to test on choose no step to stop at.
        "validation_pairs": 0,
    }


def _lines(table: Mapping[str, Any]) -> list[str]:
    # JSON's texts, numbers, truths and lists are TOML's as well.
    return [f"{key} = {json.dumps(value)}" for key, value in table.items()]
