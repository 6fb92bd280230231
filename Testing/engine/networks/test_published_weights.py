"""The weights that the authors published, on scans like those that they were trained on.

The networks run on less than the whole grid here, to be quick: VoxelMorph on a box of it, LapIRN at
half the resolution, which its unit coordinates allow.
"""

import dataclasses
import os
from pathlib import Path

import pytest
import torch

from vpreg.fields.folds import fold_mask
from vpreg.fields.warp import warp
from vpreg.images.image import Image
from vpreg.images.intensity import normalise
from vpreg.images.interpolation import Interpolation
from vpreg.images.presets import load_preset
from vpreg.images.pyramid import downsample, downsampled_grid
from vpreg.images.reading import read_image, read_labels
from vpreg.images.resampling import resample, resample_through
from vpreg.metrics.dice import dice_per_label
from vpreg.networks.architectures import Architecture
from vpreg.networks.import_model import Origin, import_model
from vpreg.networks.store import Model, load_model
from vpreg.progress import Silent
from vpreg.solvers.affine import align_affine
from vpreg.solvers.affine_kind import AffineKind
from vpreg.solvers.network import NetworkSolver
from vpreg.solvers.objective import Objective

FILES = {
    "LapIRN_disp_fea7.pth": Architecture.LAPIRN_DISPLACEMENT,
    "LapIRN_diff_fea7.pth": Architecture.LAPIRN_DIFFEOMORPHIC,
    "cvpr2018_vm1_cc.h5": Architecture.VOXELMORPH_1,
    "cvpr2018_vm2_cc.h5": Architecture.VOXELMORPH_2,
    "miccai2018_10_02_init1.h5": Architecture.VOXELMORPH_DIFFEOMORPHIC,
}
BOX = (slice(32, 128), slice(32, 144), slice(40, 168))


@pytest.fixture(scope="module")
def data_folder():
    beside = Path(__file__).parents[4] / "shared" / "data"
    folder = Path(os.environ.get("VPREG_DATA", beside))
    if not (folder / "weights").is_dir():
        pytest.skip(f"no published weights: {folder} is missing (set VPREG_DATA)")
    return folder


@pytest.fixture(scope="module")
def imported(data_folder, tmp_path_factory):
    folder = tmp_path_factory.mktemp("models")

    def load(name):
        path = folder / f"{Path(name).stem}.safetensors"
        if not path.exists():
            origin = Origin(licence="see the data folder", source=name)
            import_model(data_folder / "weights" / name, folder, name=path.stem, origin=origin)
        return load_model(str(path))

    return load


@pytest.fixture(scope="module")
def oasis_pair(data_folder):
    preset = load_preset("brain-mr")
    names = [f"image_{x}_fullsize.nii.gz" for x in "AB"]
    return [normalise(read_image(data_folder / "oasis-pair" / name), preset) for name in names]


def halved(image):
    return Image(downsample(image.voxels, 2), downsampled_grid(image.grid, 2))


def at_half(model):
    """Return LapIRN for voxels of 2 mm: a unit is half of the field of view at any resolution."""
    shape = tuple(n // 2 for n in model.card.home.shape)
    home = dataclasses.replace(model.card.home, shape=shape, spacing_mm=(2.0, 2.0, 2.0))
    model.network.home_shape = shape
    return Model(dataclasses.replace(model.card, home=home), model.network)


def correlation(a, b):
    either = (a > 0) | (b > 0)
    return float(torch.corrcoef(torch.stack([a[either], b[either]]))[0, 1])


@pytest.mark.parametrize(("name", "architecture"), FILES.items(), ids=FILES)
def test_every_tensor_of_a_checkpoint_finds_its_place(imported, name, architecture):
    model = imported(name)

    assert model.card.architecture is architecture
    assert len(model.card.training["imported_sha256"]) == 64


@pytest.mark.parametrize(
    ("name", "least", "most_folds"),
    [
        ("cvpr2018_vm1_cc.h5", 0.87, 0.08),
        ("cvpr2018_vm2_cc.h5", 0.87, 0.06),
        ("miccai2018_10_02_init1.h5", 0.89, 0.002),
    ],
)
def test_voxelmorph_aligns_the_pair(imported, oasis_pair, name, least, most_folds):
    model = imported(name)
    home = model.card.home
    grid = home.lay_over(oasis_pair[0], divisor=model.network.divisor)
    fixed, moving = (
        resample(scan, grid).voxels[BOX][None, None] * home.grey_value_of_one for scan in oasis_pair
    )

    with torch.no_grad():
        u = model.network(fixed, moving).u[0]

    inner = (slice(8, -8),) * 3
    before = correlation(fixed[0, 0][inner], moving[0, 0][inner])
    after = correlation(fixed[0, 0][inner], warp(moving[0, 0], u)[inner])
    assert before < 0.65
    assert after > least
    assert fold_mask(u).float().mean() < most_folds


@pytest.mark.parametrize(
    ("name", "least"), [("LapIRN_disp_fea7.pth", 0.91), ("LapIRN_diff_fea7.pth", 0.85)]
)
def test_lapirn_aligns_the_pair(imported, oasis_pair, name, least):
    model = at_half(imported(name))
    fixed, moving = (halved(scan) for scan in oasis_pair)

    u = NetworkSolver(model, refine_iterations=0).solve(fixed, moving, objective=Objective())

    assert correlation(fixed.voxels, moving.voxels) < 0.8
    assert correlation(fixed.voxels, warp(moving.voxels, u)) > least


def test_lapirn_lays_labels_of_another_brain_over_each_other(imported, data_folder):
    preset = load_preset("brain-mr")
    folder = data_folder / "oasis-malf"
    fixed, moving = (
        halved(normalise(read_image(folder / f"{n}_SS.nii.gz"), preset)) for n in (1000, 1001)
    )
    labels, others = (read_labels(folder / f"{n}_glm.nii.gz") for n in (1000, 1001))
    affine = align_affine(fixed, moving, kind=AffineKind.AFFINE, progress=Silent()).matrix_lps
    labels = resample(labels, fixed.grid, interpolation=Interpolation.NEAREST).voxels
    others = resample_through(others, fixed.grid, affine, interpolation=Interpolation.NEAREST)
    moving = resample_through(moving, fixed.grid, affine)

    solver = NetworkSolver(at_half(imported("LapIRN_disp_fea7.pth")), refine_iterations=0)
    u = solver.solve(fixed, moving, objective=Objective())

    warped = warp(others.voxels, u, interpolation=Interpolation.NEAREST)
    before, after = (mean_dice(labels, other) for other in (others.voxels, warped))
    assert after > before + 0.09


def mean_dice(labels, others):
    found = dice_per_label(labels.long(), others.long())
    values = [value for label, value in found.items() if label and value == value]
    return sum(values) / len(values)
