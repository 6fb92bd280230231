"""The scans of the demo, as files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from vpreg.images.writing import write_image
from vpreg.synthetic.head import make_head_pair
from vpreg.synthetic.head_settings import HeadSettings

SEED = 2


@dataclass(frozen=True)
class DemoScans:
    """Where the files lie, and the volumes that were put in."""

    baseline: Path
    follow_up: Path
    baseline_tumor: Path
    follow_up_tumor: Path
    baseline_organ: Path
    follow_up_organ: Path
    baseline_ml: float
    follow_up_ml: float


def write_demo_scans(folder: Path, *, settings: HeadSettings | None = None) -> DemoScans:
    """Make a head at two dates, with a tumor that doubles, and write scans, tumors and brains."""
    chosen = settings or HeadSettings(moving_tumor_ml=7.0, fixed_tumor_ml=14.0)
    pair = make_head_pair(chosen, seed=SEED)
    folder.mkdir(parents=True, exist_ok=True)
    # The earlier scan is the moving one of the phantom, and the baseline of the patient.
    images = {
        "baseline": pair.moving,
        "follow_up": pair.fixed,
        "baseline_tumor": pair.moving_tumor,
        "follow_up_tumor": pair.fixed_tumor,
        "baseline_organ": pair.moving_organ,
        "follow_up_organ": pair.fixed_organ,
    }
    paths = {name: folder / f"{name}.nii.gz" for name in images}
    for name, image in images.items():
        write_image(image, paths[name])
    return DemoScans(
        **paths, baseline_ml=chosen.moving_tumor_ml, follow_up_ml=chosen.fixed_tumor_ml
    )
