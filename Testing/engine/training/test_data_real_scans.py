"""Real scans with labels, from a CSV to pairs."""

import csv
import os
from pathlib import Path

import pytest
import torch

from vpreg.training.data.augmentation_settings import AugmentationSettings
from vpreg.training.data.data_settings import DataSettings, DataSource
from vpreg.training.data.open_pairs import open_pairs


@pytest.fixture
def scans():
    beside = Path(__file__).parents[4] / "shared" / "data"
    folder = Path(os.environ.get("VPREG_DATA", beside)) / "ixi-dlmuse"
    if not folder.is_dir():
        pytest.skip(f"no real scans: {folder} is missing (set VPREG_DATA)")
    return sorted(folder.glob("*_ds.nii.gz"))[:4]


@pytest.fixture
def settings(scans, tmp_path):
    path = tmp_path / "list.csv"
    with path.open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["scan", "labels", "split"])
        for number, scan in enumerate(scans):
            labels = scan.with_name(scan.name.replace("_ds.", "_ds_DLMUSE."))
            rows.writerow([scan, labels, "train" if number < 2 else "validation"])
    return DataSettings(
        source=DataSource.SCANS,
        scans=str(path),
        home_shape=(80, 96, 96),
        home_spacing_mm=(2.0, 2.0, 2.0),
        preset="brain-mr",
        validation_pairs=1,
        cache=str(tmp_path / "cache"),
        augmentation=AugmentationSettings(affine=1.0, paste_lesions=1.0),
    )


def mean_dice(pair, labels):
    fixed, moving = pair.fixed_labels, pair.moving_labels
    dice = []
    for label in labels:
        one, other = fixed == label, moving == label
        total = one.sum() + other.sum()
        dice.append(float(2 * (one & other).sum() / total.clamp(min=1)))
    return sum(dice) / len(dice)


def test_real_scans_become_aligned_pairs(settings):
    source = open_pairs(settings)

    (pair,) = source.validation_pairs()

    assert len(source.labels) == 148
    assert sorted(pair.names) == ["IXI014-HH-1236-T1_ds", "IXI015-HH-1258-T1_ds"]
    # Without any alignment the mean of 148 regions is below 0.3.
    assert mean_dice(pair, source.labels) > 0.42
    # The brain lies inside the home: no region is cut off.
    assert len(torch.unique(pair.fixed_labels)) == 149


def test_lesions_are_pasted_into_real_scans(settings):
    source = open_pairs(settings)

    pairs = [source.pair(step) for step in range(3)]

    assert all(pair.moving_tumor is not None for pair in pairs)
    assert all(int((pair.moving_tumor > 0).sum()) > 30 for pair in pairs)
    assert all(not pair.moving_labels[pair.moving_tumor > 0].any() for pair in pairs)
