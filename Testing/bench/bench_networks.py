"""Train networks with and without volume preservation, and set them side by side.

Prints markdown: `python Testing/bench/bench_networks.py [--spacing-mm 2] [--steps 20000 20000]
[--networks voxelmorph …] [--size-over-median 5 inf …] [--output DIR]`. It takes hours: stopped at
any moment, the same command goes on, and what is finished is not done again. The scans are those of
$VPREG_DATA.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import torch
from networks.cases import HeldOutCase, held_out_cases
from networks.config import Plan, write_config
from networks.contest import Contestant, baselines, rows_of, trained, with_limits
from networks.home import TEST_DIVISOR, home_shape
from networks.report import report
from networks.roster import ENTRANTS, Entrant
from networks.subjects import extent_mm, prepare_scans
from networks.training import train
from registration.data_folder import data_folder, found

from vpreg.training.loss.published_settings import paper_loss_settings

_CHECKOUT = Path(__file__).resolve().parents[2]
AUGMENTATION = {"paste_lesions": 1.0, "affine": 0.0, "intensity": 0.0, "thick_slices": 0.0}
"""Every moving scan has lesions, and pairs are mirrored; the paper varies nothing else either."""


def main() -> None:
    """Run the benchmark."""
    choices = _choices()
    torch.set_num_threads(choices.threads)
    if not found(data_folder() / "ixi-dlmuse", what="networks"):
        return
    test = _plan(choices, TEST_DIVISOR)
    folder = _folder(choices)
    contestants = baselines() + with_limits(choices.size_over_median)
    for name in choices.networks:
        contestants += _trained(name, ENTRANTS[name], choices)
    cases: list[HeldOutCase] = []

    def made() -> list[HeldOutCase]:
        # Only where a row is missing: making the cases takes longer than the table.
        return cases or cases.extend(held_out_cases(test)) or cases

    print(report(row for one in contestants for row in rows_of(one, made, folder / "rows")))


def _trained(name: str, entrant: Entrant, choices: argparse.Namespace) -> list[Contestant]:
    """Train both forms of a network with the paper's loss: both see the same similarity (T33)."""
    similarity, volume = choices.steps
    folder = _folder(choices) / f"{name}-{similarity}-{volume}"
    folder.mkdir(parents=True, exist_ok=True)
    config = folder / f"{name}-{similarity}-{volume}.toml"
    plan = _plan(choices, entrant.divisor)
    write_config(config, plan, entrant, paper_loss_settings(), AUGMENTATION)
    model = train(config, folder, threads=choices.threads)
    return trained(entrant, model, steps=(similarity, volume))


def _plan(choices: argparse.Namespace, divisor: int) -> Plan:
    """Return what is trained on a grid that the brains and a network fit."""
    table = prepare_scans(choices.output / "scans")
    return Plan(
        steps=tuple(choices.steps),
        spacing_mm=choices.spacing_mm,
        shape=home_shape(extent_mm(table.parent), choices.spacing_mm, divisor),
        scans=table,
        cache=choices.output / "cache",
    )


def _folder(choices: argparse.Namespace) -> Path:
    return choices.output / f"{choices.spacing_mm:g}mm"


def _choices() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--spacing-mm", type=float, default=2.0, help="of the grids (2)")
    parser.add_argument(
        "--steps",
        type=int,
        nargs=2,
        default=(20_000, 20_000),
        metavar=("N", "M"),
        help="for similarity, then for volume",
    )
    parser.add_argument(
        "--networks", nargs="*", choices=tuple(ENTRANTS), default=list(ENTRANTS), help="only these"
    )
    parser.add_argument(
        "--size-over-median",
        type=float,
        nargs="+",
        default=[],
        metavar="K",
        help="our per-pair solver with other limits; inf: all may be squeezed that becomes alike",
    )
    parser.add_argument(
        "--output",
        type=Path,
        default=_CHECKOUT / ".bench" / "networks",
        help="where models and rows are kept",
    )
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    return parser.parse_args()


if __name__ == "__main__":
    main()
