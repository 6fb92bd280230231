"""The benchmark of the networks on tiny scans: trained, resumed, tested and told in a table."""

from __future__ import annotations

import csv
import math
from pathlib import Path

import pytest
import torch
from networks import subjects
from networks.cases import HeldOutCase, with_lesions
from networks.config import Plan, write_config
from networks.contest import baselines, rows_of, trained, with_limits
from networks.home import home_shape
from networks.methods import Laid, affine_only
from networks.padding import crop_field, pad_pair
from networks.report import HEADER, report
from networks.roster import ENTRANTS, Entrant
from networks.scoring import score
from networks.training import train

from vpreg.images.grid import Grid
from vpreg.images.image import Image
from vpreg.images.writing import write_image
from vpreg.networks.architectures import Architecture
from vpreg.networks.home_grid import HomeGrid
from vpreg.synthetic.noise import smooth_noise
from vpreg.synthetic.randomness import Randomness
from vpreg.training.config.read_config import read_config
from vpreg.training.loss.published_settings import paper_loss_settings
from vpreg.training.training_pair import TrainingPair

SHAPE = (32, 32, 32)
SPACING_MM = 4.5
TINY = Entrant(
    "tiny",
    Architecture.VOXELMORPH_1,
    1e-3,
    {"encoder": [4, 4, 4, 4], "decoder": [4, 4, 4, 4, 4, 4]},
)


def brain(seed: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Make a textured ball and its labels."""
    line = torch.arange(32) - 15.5
    reach = (line.view(-1, 1, 1) ** 2 + line.view(-1, 1) ** 2 + line**2).sqrt()
    grey = 0.5 + 0.1 * smooth_noise(Randomness(seed), SHAPE, spacing_voxels=4.0)[0]
    labels = (reach < 14 + seed % 2).int() + (reach < 7).int()
    return grey.clamp(0.2, 0.9) * (labels > 0), labels


@pytest.fixture
def case() -> HeldOutCase:
    """Two people; the moving one has lesions."""
    (fixed, fixed_labels), (moving, moving_labels) = brain(1), brain(2)
    images = {"fixed": fixed, "moving": moving}
    maps = {"fixed_labels": fixed_labels, "moving_labels": moving_labels}
    organs = {f"{one}_organ": (maps[f"{one}_labels"] > 0).float() for one in images}
    tensors = {name: voxels[None, None] for name, voxels in (images | maps | organs).items()}
    pair = TrainingPair(("one", "other"), **tensors)
    sick = with_lesions(pair, SHAPE, SPACING_MM, seed=3)
    return HeldOutCase("one-from-other", sick, HomeGrid(SHAPE, (SPACING_MM,) * 3, "LAS"))


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    """Three scans in files, to train on for two steps in either form."""
    grid = Grid(SHAPE, (SPACING_MM,) * 3)
    rows = []
    for number in range(3):
        grey, labels = brain(number)
        files = {role: f"{role}{number}.nii.gz" for role in ("scan", "labels", "organ")}
        write_image(Image(100 * grey, grid), tmp_path / files["scan"])
        write_image(Image(labels, grid), tmp_path / files["labels"])
        write_image(Image((labels > 0).to(torch.uint8), grid), tmp_path / files["organ"])
        rows.append(files | {"split": "train"})
    with (tmp_path / "scans.csv").open("w", newline="") as file:
        table = csv.DictWriter(file, list(rows[0]))
        table.writeheader()
        table.writerows(rows)
    return Plan((2, 2), SPACING_MM, SHAPE, tmp_path / "scans.csv", tmp_path / "cache")


def test_a_table_has_a_line_for_each_form_of_a_network_that_was_trained(tmp_path, plan, case):
    config = tmp_path / "tiny.toml"
    augmentation = {"paste_lesions": 1.0, "thick_slices": 0.0}
    write_config(config, plan, TINY, paper_loss_settings(), augmentation)

    model = train(config, tmp_path / "out", threads=1)
    written = model.stat().st_mtime_ns
    again = train(config, tmp_path / "out", threads=1)
    rows = [
        row
        for one in trained(TINY, model, steps=plan.steps)
        for row in rows_of(one, lambda: [case], tmp_path / "rows")
    ]

    lines = report(rows).splitlines()
    cells = [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines]
    assert (again, again.stat().st_mtime_ns) == (model, written)
    assert [line[:2] for line in cells[2:]] == [
        ["tiny", "similarity only"],
        ["tiny", "volume-preserving"],
    ]
    assert {len(line) for line in cells} == {len(HEADER)}
    assert all(float(line[2]) >= 1 for line in cells[2:])
    assert [line[8] for line in cells[2:]] == ["2", "2"]


def test_both_forms_of_all_networks_learn_the_same_similarity(tmp_path, plan):
    for name, entrant in ENTRANTS.items():
        shape = home_shape((142.0, 182.0, 146.0), 3.0, entrant.divisor)
        config = tmp_path / f"{name}.toml"
        grown = Plan(plan.steps, 3.0, shape, plan.scans, plan.cache)
        write_config(config, grown, entrant, paper_loss_settings(), {"paste_lesions": 1.0})

        settings = read_config(config)

        assert settings.loss == paper_loss_settings()
        assert settings.data.generator.lesion_radius == pytest.approx((2.0, 20 / 3))


def test_finished_rows_are_not_made_again(tmp_path, case):
    (first, _) = trained(TINY, tmp_path / "none.safetensors", steps=(1, 1))
    (tmp_path / "none-similarity.json").write_text('[{"case": "kept"}]')

    rows = rows_of(first, lambda: [case], tmp_path)

    assert [row["case"] for row in rows] == ["kept"]


def test_other_limits_of_size_have_rows_of_their_own(tmp_path, case):
    free, usual, low = (
        rows_of(one, lambda: [case], tmp_path)[0] for one in with_limits((math.inf, 12.0, 1.0))
    )
    (default,) = rows_of(
        next(one for one in baselines() if one.key == "pair-projected-volume"),
        lambda: [case],
        tmp_path,
    )

    assert usual["stsr"] == default["stsr"]
    assert low["stsr"] != free["stsr"]
    assert len({row["method"] for row in (free, usual, low, default)}) == 4
    assert len(list(tmp_path.iterdir())) == 4


def test_lesions_keep_their_size_where_nothing_moves_and_lose_it_where_tissue_is_squeezed(case):
    tumor = case.pair.moving_tumor[0, 0] > 0
    middle = tumor.nonzero().float().mean(0).view(3, 1, 1, 1)
    places = torch.stack(torch.meshgrid(*(torch.arange(32.0),) * 3, indexing="ij"))
    squeezed = places - middle
    near = (-(squeezed.square().sum(0)) / 200).exp()

    rest = score(affine_only(case), case)
    small = score(Laid(0.4 * near * squeezed, 1.0), case)

    assert int(tumor.sum()) > 20
    assert rest["stsr"] == pytest.approx([1.0] * len(rest["stsr"]), abs=1e-3)
    assert max(small["stsr"]) > 1.5
    assert (rest["fold_share"], small["seconds"]) == (0, 1.0)
    assert all(math.isfinite(rest[name]) for name in ("dice", "similarity"))


def test_a_field_comes_back_from_a_larger_grid(case):
    larger = (40, 36, 34)
    padded = pad_pair(case.pair, larger)
    u = torch.arange(3.0 * math.prod(SHAPE)).view(3, *SHAPE)
    carried = pad_pair(TrainingPair(("", ""), u[None, :1], u[None, 1:2]), larger)

    assert tuple(padded.moving_labels.shape[2:]) == larger
    assert float(padded.fixed.sum()) == pytest.approx(float(case.pair.fixed.sum()))
    assert torch.equal(crop_field(carried.fixed[0], SHAPE), u[:1])


def test_homes_hold_the_brain_with_a_margin_in_steps_of_the_network():
    assert home_shape((142.0, 182.0, 146.0), 3.0, 64) == (64, 64, 64)
    assert home_shape((142.0, 182.0, 146.0), 2.0, 16) == (80, 96, 80)


def test_nobody_is_trained_on_and_tested_on():
    assert not set(subjects.TRAIN) & set(subjects.TEST)
    assert (len(subjects.TRAIN), len(subjects.TEST)) == (4, 2)


def test_the_gaps_of_a_brain_are_closed():
    labels = torch.zeros(20, 20, 20, dtype=torch.int32)
    labels[4:16, 4:16, 4:16] = 3
    labels[8:11, 8:11, 8:11] = 0

    closed = subjects.close_gaps(Image(labels, Grid((20, 20, 20))))

    assert int(closed.voxels.sum()) == 12**3
