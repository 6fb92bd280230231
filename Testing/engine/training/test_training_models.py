"""What comes of a training: models with cards, a log and curves."""

from __future__ import annotations

import builtins
import json
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from Testing.engine.training.training_cases import blob_pair, run_training, tiny_settings
from vpreg.networks.architectures import Architecture
from vpreg.networks.store import load_model
from vpreg.training.data.open_pairs import open_pairs
from vpreg.training.loop.begin_stage import new_network
from vpreg.training.loop.describe_data import describe_data
from vpreg.training.loop.events import Said, StageBegan, StepDone, Validated
from vpreg.training.loop.run import Stopped
from vpreg.training.loop.stages import plan_stages
from vpreg.training.loop.state import load_state
from vpreg.training.loss.published_settings import published_loss_settings
from vpreg.training.settings import NetworkSettings, TrainingSettings

TWO_STAGES = "similarity = 5\nvolume = 4"


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("trained")
    settings = tiny_settings(folder, stages=TWO_STAGES, top='expects = "blobs"\nlicence = "MIT"')
    return run_training(settings, folder / "out")


def test_a_model_of_each_stage_can_be_loaded(trained) -> None:
    first, second = (load_model(str(path)) for path in trained.models)

    assert not first.network.mask_channel
    assert second.network.mask_channel
    pair = blob_pair(3)
    assert second.network(pair.fixed, pair.moving).u.shape == (1, 3, 16, 16, 16)


def test_the_card_says_where_the_weights_come_from(trained) -> None:
    first, second = (load_model(str(path)).card for path in trained.models)

    training = second.training
    assert (second.name, second.licence, second.expects) == ("tiny", "MIT", "blobs")
    assert (training["stage"], training["steps"]) == ("volume", 4)
    assert not second.conditional_volume
    assert training["first_network_sha256"] == first.weights_sha256
    assert training["settings"]["loss"]["volume_weight"] == 0.025
    assert training["data"]["last_pair"] == 8
    assert training["versions"]["torch"] == torch.__version__
    assert training["seconds"] > 0
    assert second.metrics["fold_share"] == 0
    assert second.metrics["dice"] is None


def test_the_model_is_the_network_that_did_best_on_the_validation_pairs(tmp_path: Path) -> None:
    # Such steps throw the network about, so that the last one is not the best.
    settings = tiny_settings(
        tmp_path, stages="similarity = 12", optimizer="", loss="smoothness_weight = 30.0"
    )
    settings = _with_rate(settings, 0.1)

    found = run_training(settings, tmp_path / "out")

    scores = [(e.score, e.step) for e in found.events if isinstance(e, Validated)]
    state = load_state(tmp_path / "out")
    assert state is not None
    assert state.best is not None
    assert (state.best.score, state.best.step) == min(scores)
    assert load_model(str(found.models[0])).card.training["best_step"] == min(scores)[1]
    weights = load_file(found.models[0])
    assert all(torch.equal(weights[name], state.best.network[name]) for name in weights)


def _with_rate(settings: TrainingSettings, rate: float) -> TrainingSettings:
    return replace(settings, optimizer=replace(settings.optimizer, learning_rate=rate))


def test_steps_lessen_the_loss(tmp_path: Path) -> None:
    settings = _with_rate(tiny_settings(tmp_path, stages="similarity = 40"), 3e-3)

    events = run_training(settings, tmp_path / "out").events

    scores = [e.score for e in events if isinstance(e, Validated)]
    assert scores[-1] < 0.9 * scores[0]


def test_a_given_first_network_is_used_and_not_trained(trained, tmp_path: Path) -> None:
    stages = f'similarity = 0\nvolume = 3\nfirst = "{trained.models[0]}"'

    found = run_training(tiny_settings(tmp_path, stages=stages), tmp_path / "out")

    card = load_model(str(found.models[0])).card
    given = load_model(str(trained.models[0])).card
    assert len(found.models) == 1
    assert card.training["first_network_sha256"] == given.weights_sha256


def test_a_conditional_network_says_so_on_its_card(tmp_path: Path) -> None:
    settings = tiny_settings(
        tmp_path, stages="similarity = 1\nvolume = 2", loss="conditional = true"
    )

    first, second = (load_model(str(p)).card for p in run_training(settings, tmp_path / "o").models)

    assert not first.conditional_volume
    assert second.conditional_volume


def test_the_second_stage_learns_from_other_pairs_than_the_first(trained) -> None:
    assert sorted(set(trained.source.asked) & set(range(9))) == list(range(9))
    assert [e.step for e in trained.events if isinstance(e, StageBegan)] == [0, 5]


def test_the_log_has_a_line_for_every_step_and_validation(trained) -> None:
    folder = trained.models[0].parent
    lines = [json.loads(line) for line in (folder / "log.jsonl").read_text().splitlines()]

    kinds = [(line["event"], line["step"]) for line in lines if line["event"] != "step"]
    assert [line["step"] for line in lines if line["event"] == "step"] == list(range(1, 10))
    assert kinds == [
        ("began", 0),
        ("validated", 3),
        ("validated", 5),
        ("exported", 5),
        ("began", 5),
        ("validated", 8),
        ("validated", 9),
        ("exported", 9),
    ]
    assert {"similarity", "smoothness", "loss", "volume"} <= set(lines[-3])


def test_curves_are_drawn_for_tensorboard(trained) -> None:
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    curves = EventAccumulator(str(trained.models[0].parent / "tensorboard"))
    curves.Reload()

    steps = [point.step for point in curves.Scalars("similarity step/loss")]
    assert steps == [1, 2, 3, 4, 5]


def test_without_tensorboard_the_user_is_told_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load = builtins.__import__

    def lacking(name, *rest, **more):
        if name.startswith("torch.utils.tensorboard"):
            raise ImportError(name)
        return load(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", lacking)

    events = run_training(tiny_settings(tmp_path, stages="similarity = 1"), tmp_path / "o").events

    told = [e.message for e in events if isinstance(e, Said)]
    assert told
    assert "vpreg[training]" in told[0]
    assert [e for e in events if isinstance(e, StepDone)]


def test_a_pyramid_is_trained_level_by_level(tmp_path: Path) -> None:
    lapirn = Architecture.LAPIRN_DISPLACEMENT
    settings = replace(
        tiny_settings(tmp_path, stages="similarity = 4"),
        network=NetworkSettings(lapirn, {"channels": 4}),
        loss=published_loss_settings(lapirn),
    )
    stage = plan_stages(settings.stages, name="tiny")[0]
    before = new_network(settings, stage).state_dict()

    with pytest.raises(Stopped):
        run_training(settings, tmp_path / "out", stop_after=1)

    kept = load_state(tmp_path / "out")
    assert kept is not None
    changed = {n for n, t in (kept.network or {}).items() if not torch.equal(t, before[n])}
    assert changed
    assert {name.split(".")[1] for name in changed} == {"0"}
    card = load_model(str(run_training(settings, tmp_path / "out").models[0])).card
    assert card.settings["home_shape"] == [32, 32, 32]


def test_sixteen_bits_train_about_the_same_network(tmp_path: Path) -> None:
    single = run_training(tiny_settings(tmp_path), tmp_path / "single")
    mixed = run_training(
        tiny_settings(tmp_path, machine='precision = "bf16-mixed"'), tmp_path / "mixed"
    )

    losses = [[e.loss for e in w.events if isinstance(e, StepDone)] for w in (single, mixed)]
    assert losses[0] != losses[1]
    assert losses[0] == pytest.approx(losses[1], rel=0.05)
    assert all(t.dtype == torch.float32 for t in load_file(mixed.models[0]).values())


def test_the_generator_is_described_by_its_pairs(tmp_path: Path) -> None:
    source = open_pairs(tiny_settings(tmp_path).data)

    assert describe_data(source, pairs=12) == {
        "source": "synthetic",
        "first_pair": 0,
        "last_pair": 11,
        "validation_pairs": 1,
    }
