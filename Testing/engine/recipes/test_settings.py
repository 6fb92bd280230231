"""Settings as plain values."""

import json
from dataclasses import replace

import pytest
import torch

from vpreg.recipes.device_choice import choose_device
from vpreg.recipes.method import Method
from vpreg.recipes.settings import Mode, Recipe, Settings, VolumeSettings
from vpreg.solvers.affine_kind import AffineKind
from vpreg.solvers.pair_settings import PairSettings, SimilarityKind


def test_settings_survive_a_file():
    chosen = Settings(
        recipe=Recipe.SIMILARITY,
        mode=Mode.ATLAS,
        method=Method.PAPER,
        preset="brain-mr",
        affine=AffineKind.RIGID,
        device="cpu",
        seed=7,
        similarity=PairSettings(
            factors=(3, 1), field_factors=(1.0, 2.0), iterations=(4, 2),
            similarity=SimilarityKind.MIND_SSC,
        ),
        volume=VolumeSettings(slope=5.0, kept_scale_mm=2.0),
    )  # fmt: skip

    text = json.dumps(chosen.to_json_dict())

    assert Settings.from_json_dict(json.loads(text)) == chosen
    assert chosen != Settings()


def test_what_is_left_out_keeps_its_default():
    given = {"mode": "atlas", "volume": {"slope": 4}}

    settings = Settings.from_json_dict(given)

    wanted = replace(Settings(), mode=Mode.ATLAS, volume=VolumeSettings(slope=4.0))
    assert settings == wanted
    assert isinstance(settings.volume.slope, float)


def test_what_is_left_out_of_stage_two_keeps_the_levels_of_stage_two():
    given = {"volume": {"solver": {"similarity": "mind-ssc"}}}

    solver = Settings.from_json_dict(given).volume.solver

    assert solver == replace(Settings().volume.solver, similarity=SimilarityKind.MIND_SSC)


def test_the_mode_chooses_the_threshold():
    volume = VolumeSettings(atlas_threshold=0.1, follow_up_threshold=0.2)

    assert [volume.threshold(mode) for mode in (Mode.ATLAS, Mode.FOLLOW_UP)] == [0.1, 0.2]


@pytest.mark.parametrize(
    ("plain", "sentence"),
    [({"recipee": "similarity"}, "^Remove recipee: the known settings are recipe, mode"),
     ({"volume": {"slop": 1}}, "^Remove slop: the known settings are"),
     ({"volume": 3}, "^Give settings as names and values: 3 is not"),
     ({"recipe": "fast"}, "^Choose recipe from similarity, volume-preserving: 'fast' is not one"),
     ({"seed": 1.5}, "^Give a whole number for seed: 1.5 is not"),
     ({"seed": True}, "^Give a whole number for seed: True is not"),
     ({"preset": 3}, "^Give a word for preset: 3 is not"),
     ({"volume": {"slope": "steep"}}, "^Give a number for slope: 'steep' is not"),
     ({"similarity": {"factors": 4}}, "^Give a list for factors: 4 is not"),
     ({"similarity": {"factors": [4, "2", 1]}}, "^Give a whole number for factors: '2' is not"),
     ({"similarity": {"factors": [2, 1]}}, "^Give one factor, one field factor"),
     ({"volume": {"slope": 0}}, "^Give a number above 0 for slope: 0.0 is not"),
     ({"volume": {"slope": float("nan")}}, "^Give a number above 0 for slope: nan is not"),
     ({"volume": {"kept_scale_mm": -1}}, "^Give a number of 0 or more for kept_scale_mm: -1.0"),
     ({"volume": {"size_threshold": 1}}, "^Give a size_threshold above 1: 1.0 is not"),
     ({"volume": {"doubt_strength": -0.1}}, "^Give a number from 0 to 1 for doubt_strength: -0.1"),
     ({"volume": {"kept_start": 1.5}}, "^Give a number from 0 to 1 for kept_start: 1.5 is not")],
)  # fmt: skip
def test_what_is_unknown_or_does_not_fit_is_refused_with_a_sentence(plain, sentence):
    with pytest.raises(ValueError, match=sentence):
        Settings.from_json_dict(plain)


def test_a_device_that_is_not_there_is_refused_with_a_list_of_those_that_are(monkeypatch):
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 0)

    with pytest.raises(ValueError, match=r"Choose a device that this machine has, .*cpu or auto"):
        choose_device("cuda")
