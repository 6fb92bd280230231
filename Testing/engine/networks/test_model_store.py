"""Models on disk: whole, named, and the ones that their cards were written for."""

import json

import pytest
import torch
from typer.testing import CliRunner

from Testing.engine.networks.network_cases import SMALL, small_network, small_pair
from vpreg.cli.application import application
from vpreg.networks.architectures import Architecture
from vpreg.networks.home_grid import HomeGrid
from vpreg.networks.model_card import ModelCard, read_card
from vpreg.networks.store import find_model, list_models, load_model, save_model

KIND = Architecture.VOXELMORPH_1


def card(name="small", **rest):
    given = {
        "name": name,
        "architecture": KIND,
        "settings": SMALL[KIND],
        "home": HomeGrid((16, 32, 16), (1.0, 2.0, 1.0), "LIA", grey_value_of_one=0.5),
        "weights_sha256": "",
        "licence": "MIT",
        "source": "a test",
        "training": {"steps": 3},
    }
    return ModelCard(**(given | rest))


@pytest.fixture
def saved(tmp_path, monkeypatch):
    monkeypatch.setenv("VPREG_MODELS", str(tmp_path))
    return save_model(small_network(KIND).state_dict(), card(), tmp_path)


def vpreg(*words):
    return CliRunner().invoke(application, [str(word) for word in words])


def flip_a_byte(path):
    content = bytearray(path.read_bytes())
    content[-5] ^= 1
    path.write_bytes(content)


@pytest.mark.usefixtures("saved")
def test_a_saved_model_predicts_as_before():
    model = load_model("small")

    pair = small_pair((16, 16, 16))
    assert torch.equal(model.network(*pair).u, small_network(KIND)(*pair).u)
    assert not model.network.training


def test_a_card_says_after_reading_what_it_said_before(saved):
    found = read_card(saved.with_suffix(".json"))

    assert found == card(weights_sha256=found.weights_sha256)
    assert len(found.weights_sha256) == 64


def test_a_model_is_found_by_name_and_by_path(saved):
    assert find_model("small") == find_model(str(saved)) == saved
    assert saved in list_models()


@pytest.mark.usefixtures("saved")
def test_an_unknown_name_lists_the_known_ones():
    with pytest.raises(ValueError, match=r"small.*'tiny'"):
        find_model("tiny")


def test_a_model_is_not_overwritten_by_accident(saved):
    with pytest.raises(ValueError, match="--force"):
        save_model({}, card(), saved.parent)


def test_a_flipped_byte_is_noticed(saved):
    flip_a_byte(saved)

    with pytest.raises(ValueError, match=r"Get small\.safetensors again"):
        load_model("small")


def test_a_card_of_another_network_is_noticed(saved):
    path = saved.with_suffix(".json")
    content = json.loads(path.read_text())
    content["settings"]["decoder"][0] = 8
    path.write_text(json.dumps(content))

    with pytest.raises(ValueError, match="do not fit"):
        load_model("small")


def test_weights_that_are_not_finite_are_refused(tmp_path):
    state = small_network(KIND).state_dict()
    state["flow.bias"] = torch.tensor([0.0, float("nan"), 0.0])
    path = save_model(state, card(), tmp_path)

    with pytest.raises(ValueError, match=r"flow\.bias"):
        load_model(str(path))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"schema_version": 99}, "version 1"),
        ({"architecture": "perceptron"}, "perceptron"),
        ({"home": {"shape": [1, 2, 3]}}, "spacing_mm"),
    ],
)
def test_a_broken_card_says_what_to_mend(saved, change, said):
    path = saved.with_suffix(".json")
    path.write_text(json.dumps(json.loads(path.read_text()) | change))

    with pytest.raises(ValueError, match=said):
        read_card(path)


@pytest.mark.usefixtures("saved")
def test_the_command_line_lists_shows_and_verifies():
    listed = json.loads(vpreg("model", "list", "--json").stdout)["models"]
    shown = json.loads(vpreg("model", "show", "small", "--json").stdout)
    verified = vpreg("model", "verify")

    assert "small" in [model["name"] for model in listed]
    assert shown["home"]["axes"] == "LIA"
    assert verified.exit_code == 0
    assert shown["weights_sha256"] in verified.stdout


def test_verify_goes_on_after_a_damaged_model_and_exits_with_2(saved):
    other = save_model(small_network(KIND).state_dict(), card("zebra"), saved.parent)
    flip_a_byte(saved)

    done = vpreg("model", "verify")

    assert done.exit_code == 2
    assert "small.safetensors" in done.output
    assert f"{other.stem} is whole" in done.output


def test_the_command_line_imports_a_checkpoint(tmp_path, monkeypatch):
    monkeypatch.setenv("VPREG_MODELS", str(tmp_path / "models"))
    file = tmp_path / "other.pth"
    torch.save({"a": torch.zeros(2)}, file)

    done = vpreg("model", "import", file, "--name", "x", "--licence", "MIT", "--source", "y")

    assert done.exit_code == 2
    assert "other.pth" in done.output
