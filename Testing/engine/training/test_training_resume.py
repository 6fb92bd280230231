"""A training goes on where it was, and comes to the same."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from Testing.engine.training.training_cases import Blobs, run_training, tiny_settings
from vpreg.networks.architectures import Architecture
from vpreg.training.loop.events import Said, StepDone
from vpreg.training.loop.run import Stopped
from vpreg.training.loop.state import STATE, load_state, save_state
from vpreg.training.loss.published_settings import published_loss_settings
from vpreg.training.settings import NetworkSettings

TWO_STAGES = "similarity = 5\nvolume = 5"


def same_weights(first: Path, second: Path) -> bool:
    one, other = load_file(first), load_file(second)
    return one.keys() == other.keys() and all(torch.equal(one[n], other[n]) for n in one)


def steps_in_log(folder: Path) -> list[int]:
    lines = [json.loads(line) for line in (folder / "log.jsonl").read_text().splitlines()]
    return [line["step"] for line in lines if line["event"] == "step"]


@pytest.mark.parametrize("stop_after", [1, 4, 5, 6, 9])
def test_stopped_and_resumed_it_ends_with_the_same_weights(tmp_path: Path, stop_after: int) -> None:
    settings = tiny_settings(tmp_path, stages=TWO_STAGES)
    undisturbed = run_training(settings, tmp_path / "one").models

    with pytest.raises(Stopped):
        run_training(settings, tmp_path / "two", stop_after=stop_after)
    resumed = run_training(settings, tmp_path / "two").models

    assert [path.name for path in resumed] == ["tiny-similarity.safetensors", "tiny.safetensors"]
    assert all(same_weights(a, b) for a, b in zip(undisturbed, resumed, strict=True))
    assert steps_in_log(tmp_path / "two") == list(range(1, 11))


def test_a_network_that_draws_resumes_to_the_same_weights(tmp_path: Path) -> None:
    settings = replace(
        tiny_settings(tmp_path),
        network=NetworkSettings(Architecture.VOXELMORPH_DIFFEOMORPHIC),
        loss=published_loss_settings(Architecture.VOXELMORPH_DIFFEOMORPHIC),
    )

    undisturbed = run_training(settings, tmp_path / "one").models
    with pytest.raises(Stopped):
        run_training(settings, tmp_path / "two", stop_after=3)
    resumed = run_training(settings, tmp_path / "two").models

    assert same_weights(undisturbed[0], resumed[0])


def test_a_finished_training_trains_no_more(tmp_path: Path) -> None:
    settings = tiny_settings(tmp_path, stages=TWO_STAGES)
    first = run_training(settings, tmp_path / "out")

    again = run_training(settings, tmp_path / "out")

    assert not [event for event in again.events if isinstance(event, StepDone)]
    assert again.models == first.models
    assert steps_in_log(tmp_path / "out") == list(range(1, 11))


def test_a_changed_setting_is_named(tmp_path: Path) -> None:
    run_training(tiny_settings(tmp_path), tmp_path / "out")

    changed = tiny_settings(tmp_path, optimizer="batch = 2")

    with pytest.raises(ValueError, match=r"Put optimizer.batch = 1 \(now 2\) back") as refused:
        run_training(changed, tmp_path / "out")
    assert "--force" in str(refused.value)


def test_a_setting_that_another_version_lacks_is_told(tmp_path: Path) -> None:
    settings = tiny_settings(tmp_path, stages="similarity = 1")
    run_training(settings, tmp_path / "out")
    kept = load_state(tmp_path / "out")
    assert kept is not None
    del kept.settings["loss.antifold_weight"]
    save_state(kept, tmp_path / "out")

    with pytest.raises(ValueError, match=r"the version of vpreg that began .*antifold_weight"):
        run_training(settings, tmp_path / "out")


def test_where_the_state_is_kept_more_often_it_goes_on(tmp_path: Path) -> None:
    settings = tiny_settings(tmp_path)
    with pytest.raises(Stopped):
        run_training(settings, tmp_path / "out", stop_after=1)

    again = run_training(tiny_settings(tmp_path, machine="ahead = 4"), tmp_path / "out")

    assert Said("Going on after step 1.") in again.events


def test_force_starts_anew(tmp_path: Path) -> None:
    run_training(tiny_settings(tmp_path), tmp_path / "out")

    changed = tiny_settings(tmp_path, optimizer="batch = 2")
    again = run_training(changed, tmp_path / "out", replace=True)

    assert steps_in_log(tmp_path / "out") == list(range(1, 7))
    assert again.source.asked[0] == 0


def test_a_damaged_state_is_told(tmp_path: Path) -> None:
    settings = tiny_settings(tmp_path)
    run_training(settings, tmp_path / "out")
    (tmp_path / "out" / STATE).write_bytes(b"PK half a file")

    with pytest.raises(ValueError, match="Start anew by --force"):
        run_training(settings, tmp_path / "out")


def test_a_model_without_its_state_is_not_overwritten(tmp_path: Path) -> None:
    settings = tiny_settings(tmp_path)
    run_training(settings, tmp_path / "out")
    (tmp_path / "out" / STATE).unlink()

    with pytest.raises(ValueError, match="replace the model by --force"):
        run_training(settings, tmp_path / "out")


def test_a_scan_that_cannot_be_read_keeps_the_state(tmp_path: Path) -> None:
    settings = tiny_settings(tmp_path)
    broken = Blobs(settings.data.home, unreadable=frozenset({3}))

    with pytest.raises(ValueError, match="Copy the scan again"):
        run_training(settings, tmp_path / "out", source=broken)

    kept = load_state(tmp_path / "out")
    assert kept is not None
    assert kept.step == 3


def test_a_first_network_that_changed_is_noticed(tmp_path: Path) -> None:
    settings = tiny_settings(tmp_path, stages=TWO_STAGES)
    with pytest.raises(Stopped):
        run_training(settings, tmp_path / "out", stop_after=7)
    other = run_training(
        tiny_settings(tmp_path, stages=TWO_STAGES, top="seed = 1"), tmp_path / "other"
    ).models[0]

    for end in (".safetensors", ".json"):
        other.with_suffix(end).replace((tmp_path / "out" / other.name).with_suffix(end))

    with pytest.raises(ValueError, match="first network"):
        run_training(settings, tmp_path / "out")
