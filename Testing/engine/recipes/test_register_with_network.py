"""The two stages with a network as the solver."""

import hashlib
from pathlib import Path

import pytest
import torch

from Testing.engine.recipes.head_cases import brains, head_pair, quick, soft_stsr
from vpreg.networks.architectures import Architecture, build_network
from vpreg.networks.home_grid import HomeGrid
from vpreg.networks.model_card import ModelCard
from vpreg.networks.store import save_model
from vpreg.recipes.register import register
from vpreg.recipes.settings import Recipe, Settings
from vpreg.recipes.solver_kind import SolverKind
from vpreg.recipes.stages import stages_of
from vpreg.solvers.network import NetworkSolver

KIND = Architecture.VOXELMORPH_DIFFEOMORPHIC
WIDTHS = {"encoder": [4, 4, 4, 4], "decoder": [4, 4, 4, 4, 4]}


def small_model(folder, *, mask_channel, first=None):
    torch.manual_seed(0)
    settings = {**WIDTHS, "mask_channel": mask_channel}
    home = HomeGrid((48, 48, 48), (4.8, 4.8, 4.8), "LAS")
    name = f"small-{mask_channel}"
    training = {} if first is None else {"first_network_sha256": first}
    card = ModelCard(name, KIND, settings, home, "", "MIT", "a test", training=training)
    return str(save_model(build_network(KIND, settings).state_dict(), card, folder))


@pytest.mark.parametrize("mask_channel", [False, True], ids=["two channels", "three channels"])
def test_the_tumor_keeps_its_size_with_a_network_too(tmp_path, mask_channel):
    pair = head_pair()
    settings = quick(
        solver=SolverKind.NETWORK, model=small_model(tmp_path, mask_channel=mask_channel), refine=24
    )

    result = register(brains(pair, moving_tumor=pair.moving_tumor), settings=settings)

    assert soft_stsr(result.figures["final"]) < 1.05
    assert not result.final.folds.voxels.any()
    assert result.provenance.settings["solver"] == "network"
    weights = Path(settings.model).read_bytes()
    assert result.provenance.input_hashes["model"] == hashlib.sha256(weights).hexdigest()


def test_a_network_behind_another_is_shown_its_own_kind_of_mask(tmp_path, monkeypatch):
    digest = hashlib.sha256(Path(small_model(tmp_path, mask_channel=False)).read_bytes())
    model = small_model(tmp_path, mask_channel=True, first=digest.hexdigest())
    settings = quick(solver=SolverKind.NETWORK, model=model, refine=3)
    shown = []
    solve = NetworkSolver.solve

    def watched(self, *scans, objective, **rest):
        shown.append(objective.volume)
        return solve(self, *scans, objective=objective, **rest)

    monkeypatch.setattr(NetworkSolver, "solve", watched)

    register(brains(head_pair()), settings=settings)

    before, volume = shown
    assert before is None
    assert volume.seen_mask.shape == volume.mask.shape
    assert not torch.equal(volume.seen_mask, volume.mask)


def test_a_network_with_the_mask_channel_speaks_again_in_stage_2(tmp_path):
    models = [small_model(tmp_path, mask_channel=channel) for channel in (False, True)]

    plain, masked = (stages_of(quick(solver=SolverKind.NETWORK, model=model)) for model in models)

    assert (plain.goes_on, masked.goes_on) == (True, False)
    assert masked.second.model.network.mask_channel
    assert type(plain.second) is type(stages_of(quick()).second)


def test_a_network_that_was_trained_behind_another_speaks_after_it(tmp_path):
    first = small_model(tmp_path, mask_channel=False)
    digest = hashlib.sha256(Path(first).read_bytes()).hexdigest()
    second = small_model(tmp_path, mask_channel=True, first=digest)

    stages = stages_of(quick(solver=SolverKind.NETWORK, model=second))

    assert stages.first.model.card.name == "small-False"
    assert stages.second.model.card.name == "small-True"


def test_a_share_of_the_volume_needs_a_network_that_knows_shares(tmp_path):
    model = small_model(tmp_path, mask_channel=True)

    with pytest.raises(ValueError, match=r"Choose a conditional model"):
        stages_of(quick(solver=SolverKind.NETWORK, model=model, volume_share=0.5))


def test_a_network_without_the_one_before_it_says_what_to_bring(tmp_path):
    lonely = small_model(tmp_path, mask_channel=True, first="ab" * 32)

    with pytest.raises(ValueError, match=r"Put the first network of small-True beside it"):
        stages_of(quick(solver=SolverKind.NETWORK, model=lonely))


def test_settings_with_a_network_survive_a_file():
    settings = Settings(recipe=Recipe.SIMILARITY, solver=SolverKind.NETWORK, model="m", refine=0)

    assert Settings.from_json_dict(settings.to_json_dict()) == settings


@pytest.mark.parametrize(
    "wrong",
    [{"solver": SolverKind.NETWORK}, {"model": "m"}, {"refine": -1}, {"volume_share": 1.5}],
    ids=str,
)
def test_a_network_needs_a_model_and_a_model_the_network(wrong):
    with pytest.raises(ValueError, match=r"network|refinement|volume share"):
        Settings(**wrong)
