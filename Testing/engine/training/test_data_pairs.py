"""Pairs of scans: which ones, the same ones, and as a network sees them in use."""

from collections import Counter
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
import torch

from Testing.engine.training.data_cases import (
    GRID,
    HOME,
    assert_same,
    head,
    settings_of,
    tensors,
    write_scans,
)
from vpreg.images.grid import Grid
from vpreg.images.reading import read_image
from vpreg.images.writing import write_image
from vpreg.networks.architectures import Architecture
from vpreg.networks.model_card import ModelCard
from vpreg.networks.network import FieldNetwork, Prediction
from vpreg.networks.store import Model
from vpreg.recipes.inputs import Inputs
from vpreg.recipes.prepare import Organs, find_organ, normalise_scan, prepare
from vpreg.solvers.network import NetworkSolver
from vpreg.solvers.objective import Objective, VolumeTarget
from vpreg.training.data.augmentation_settings import AugmentationSettings
from vpreg.training.data.data_settings import Alignment
from vpreg.training.data.open_pairs import open_pairs
from vpreg.training.data.ordered_pairs import ordered_pair, validation_choice

ALL = AugmentationSettings(
    affine=1.0, intensity=1.0, thick_slices=0.5, flip_left_right=0.5, paste_lesions=1.0
)


@pytest.fixture
def folder(tmp_path):
    return write_scans(tmp_path / "data", 5)


class Watching(FieldNetwork):
    """Keeps what it is shown."""

    def forward(self, fixed, moving, mask=None):
        self.seen = (fixed, moving, mask)
        u = fixed.new_zeros((1, 3, *fixed.shape[2:]))
        return Prediction(u=u, smooth=(u,))


def test_a_fixed_scan_is_never_its_own_moving_scan():
    pairs = [ordered_pair(step, scans=3, seed=0) for step in range(300)]

    assert all(fixed != moving for fixed, moving in pairs)


def test_every_ordered_pair_is_equally_likely():
    steps = 12_000

    counts = Counter(ordered_pair(step, scans=4, seed=5) for step in range(steps))

    # Twelve pairs: a count of 1000 deviates by 30, so five deviations are 150.
    assert len(counts) == 12
    assert max(abs(count - steps / 12) for count in counts.values()) < 150


def test_neighbouring_steps_do_not_tell_of_one_another():
    pairs = [ordered_pair(step, scans=3, seed=0) for step in range(6_001)]

    counts = Counter(pairwise(pairs))

    assert len(counts) == 36
    assert max(abs(count - 6_000 / 36) for count in counts.values()) < 70


def test_validation_pairs_are_chosen_once_each_and_not_more_than_there_are():
    few = validation_choice(scans=5, most=7, seed=0)
    all_of_them = validation_choice(scans=3, most=100, seed=0)

    assert len(set(few)) == 7
    assert len(set(all_of_them)) == 6
    assert validation_choice(scans=5, most=7, seed=0) == few
    assert validation_choice(scans=0, most=7, seed=0) == []


def test_a_step_is_the_same_pair_bit_for_bit_in_another_run(folder, tmp_path):
    settings = settings_of(folder, augmentation=ALL)
    first = open_pairs(settings)
    made = [first.pair(step) for step in range(4)]

    second = open_pairs(replace(settings, cache=str(tmp_path / "cache"), scans_in_memory=2))

    for step in (3, 1, 0, 2):
        assert_same(second.pair(step), made[step])


def test_a_seed_draws_other_pairs(folder):
    first, second = (open_pairs(settings_of(folder, seed=seed)) for seed in (0, 1))

    assert [first.pair(n).names for n in range(8)] != [second.pair(n).names for n in range(8)]


def test_processes_share_the_steps_of_one(folder):
    settings = settings_of(folder, augmentation=ALL)
    alone = open_pairs(settings)

    shared = [open_pairs(settings, rank=rank, ranks=2) for rank in (0, 1)]

    for step in range(2):
        assert_same(shared[0].pair(step), alone.pair(2 * step))
        assert_same(shared[1].pair(step), alone.pair(2 * step + 1))


def test_validation_scans_are_never_trained_on_and_never_varied(folder):
    settings = settings_of(folder, validation_share=0.4, augmentation=ALL)
    source = open_pairs(settings)
    plain = open_pairs(replace(settings, augmentation=AugmentationSettings.none()))

    held = {name for pair in source.validation_pairs() for name in pair.names}

    assert len(held) == 2
    assert len(source.validation_pairs()) == 2
    assert not any(held & set(source.pair(step).names) for step in range(30))
    for varied, unvaried in zip(source.validation_pairs(), plain.validation_pairs(), strict=True):
        assert_same(varied, unvaried)


def test_a_pair_has_the_form_that_was_agreed(folder):
    source = open_pairs(settings_of(folder, grey_value_of_one=0.25))

    pair = source.pair(0)

    assert source.labels == (1, 2)
    assert all(value.shape == (1, 1, *HOME) for value in tensors(pair).values())
    assert 0.2 < float(pair.fixed.max()) <= 0.25
    assert torch.unique(pair.moving_labels).tolist() == [0, 1, 2]
    assert float(pair.fixed_organ.max()) == 1.0
    assert pair.fixed_acquired is None
    assert pair.fixed_tumor is None


def test_labels_lie_on_their_scan(folder):
    pair = open_pairs(settings_of(folder)).pair(0)

    for image, labels in ((pair.fixed, pair.fixed_labels), (pair.moving, pair.moving_labels)):
        # One voxel beside, five in a hundred would differ.
        assert float(((image > 0.02) == (labels > 0)).float().mean()) > 0.98


@pytest.mark.parametrize("alignment", [Alignment.TEMPLATE, Alignment.PAIR])
def test_a_scan_that_was_turned_and_moved_comes_to_lie_on_the_other(tmp_path, alignment):
    folder = write_scans(tmp_path / "data", 3)
    scan, tissue = head(0)
    turn = np.array([[0, 0.1, 0.995], [0, 0.995, -0.1], [1, 0, 0]])
    turn[:, 1:] /= np.linalg.norm(turn[:, 1:], axis=0)
    rows = tuple(tuple(row) for row in turn.tolist())
    for name, shift in (("p1", 15.0), ("p2", -20.0)):
        grid = Grid(GRID.shape, GRID.spacing_mm, (shift, 0.0, 5.0), rows)
        write_image(replace(scan, grid=grid), folder / "scans" / f"{name}.nii.gz")
        write_image(replace(tissue, grid=grid), folder / "labels" / f"{name}.nii.gz")

    source = open_pairs(settings_of(folder, alignment=alignment, home_axes="LPS"))

    for step in range(6):
        pair = source.pair(step)
        both = (pair.fixed_labels > 0) & (pair.moving_labels > 0)
        either = (pair.fixed_labels > 0).sum() + (pair.moving_labels > 0).sum()
        assert float(2 * both.sum() / either) > 0.95


@pytest.mark.parametrize("spacing", [(2.0, 2.0, 2.0), (2.5, 2.2, 3.0), ()])
def test_a_network_is_shown_the_same_in_training_as_in_use(tmp_path, spacing):
    folder = write_scans(tmp_path / "data", 2, labels=False)
    settings = settings_of(
        folder,
        home_spacing_mm=spacing,
        home_shape=(32, 40, 40),
        home_axes="LAS",
        grey_value_of_one=0.7,
        alignment=Alignment.PAIR,
    )
    source = open_pairs(settings)
    pair = source.pair(0)
    entries = {entry.name: entry for entry in source.scans.train}
    affine = source.alignments.fixed_to_moving(*(entries[n] for n in pair.names), Alignment.PAIR)

    seen = shown_in_use([entries[name].scan for name in pair.names], affine, source.home)

    # Float16 holds grey values to 1/4096 below 0.5 and to 1/2048 below 1.
    assert torch.allclose(seen[0], pair.fixed, atol=5e-4)
    assert torch.allclose(seen[1], pair.moving, atol=5e-4)
    assert torch.allclose(seen[2], pair.moving_organ, atol=1e-5)


def shown_in_use(paths, affine_lps, home):
    """Return what the solver shows a network of a pair of files."""
    scans = [read_image(path) for path in paths]
    fixed, moving = (normalise_scan(scan, "auto") for scan in scans)
    organs = Organs(find_organ(fixed, None), find_organ(moving, None))
    ready = prepare(Inputs(*scans), fixed, moving, affine_lps, organs=organs)
    network = Watching(mask_channel=True).eval()
    card = ModelCard("watching", Architecture.VOXELMORPH_1, {}, home, "", "MIT", "a test")
    volume = VolumeTarget(mask=torch.zeros_like(ready.moving_organ), organ=ready.moving_organ)
    NetworkSolver(Model(card, network), refine_iterations=0).solve(
        ready.fixed, ready.moving, objective=Objective(volume=volume)
    )
    return network.seen


def test_a_body_larger_than_the_home_is_cut_around_the_organ(tmp_path):
    folder = write_scans(tmp_path / "data", 2)
    _, tissue = head(0)
    (folder / "organs").mkdir()
    organ = torch.zeros_like(tissue.voxels)
    organ[8:12, 18:22, 16:20] = 1
    for name in ("p0", "p1"):
        write_image(tissue.with_voxels(organ), folder / "organs" / f"{name}.nii.gz")

    pair = open_pairs(settings_of(folder, home_shape=(16, 32, 28))).pair(0)

    assert pair.fixed.shape[2:] == (16, 32, 28)
    assert float(pair.fixed_organ.sum()) == pytest.approx(64)
