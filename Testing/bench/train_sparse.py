"""Train SparseVM: VoxelMorph-1 with the sparse loss, on brains whose fixed scan has thick slices.

`python Testing/bench/train_sparse.py [--spacing-mm 2] [--steps 20000] [--output DIR]` prints the
path of the model, for `bench_sparse.py --model`. Stopped at any moment, the same command goes on.
The scans are those of $VPREG_DATA.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from networks.config import Plan, write_config
from networks.home import home_shape
from networks.roster import Entrant
from networks.subjects import extent_mm, prepare_scans
from networks.training import train
from registration.data_folder import data_folder, found

from vpreg.networks.architectures import Architecture
from vpreg.training.loss.published_settings import sparse_loss_settings

_CHECKOUT = Path(__file__).resolve().parents[2]
SPARSEVM = Entrant("SparseVM", Architecture.VOXELMORPH_1, 5e-4, channels_last=True)
"""As published, like the loss (methods §4)."""
SLICE_MM = (5.0, 8.0)


def main() -> None:
    """Train what is still to train."""
    choices = _choices()
    if not found(data_folder() / "ixi-dlmuse", what="sparse networks"):
        return
    table = prepare_scans(choices.output / "scans")
    plan = Plan(
        steps=(choices.steps, 0),
        spacing_mm=choices.spacing_mm,
        shape=home_shape(extent_mm(table.parent), choices.spacing_mm, SPARSEVM.divisor),
        scans=table,
        cache=choices.output / "cache",
    )
    name = f"sparsevm-{choices.spacing_mm:g}mm-{choices.steps}"
    folder = choices.output / name
    folder.mkdir(parents=True, exist_ok=True)
    config = folder / f"{name}.toml"
    write_config(config, plan, SPARSEVM, sparse_loss_settings(), _augmentation(plan.spacing_mm))
    print(train(config, folder, threads=choices.threads))


def _augmentation(spacing_mm: float) -> dict[str, object]:
    """Return thick slices for every fixed scan, of about the thickness that the benchmark has."""
    return {
        "thick_slices": 1.0,
        "thick_scans": "fixed",
        "slice_thickness": [max(2, round(mm / spacing_mm)) for mm in SLICE_MM],
        "affine": 0.5,
        "intensity": 0.5,
    }


def _choices() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--spacing-mm", type=float, default=2.0, help="of the grid (2)")
    parser.add_argument("--steps", type=int, default=20_000)
    parser.add_argument(
        "--output",
        type=Path,
        default=_CHECKOUT / ".bench" / "networks",
        help="where the model is kept",
    )
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    return parser.parse_args()


if __name__ == "__main__":
    main()
