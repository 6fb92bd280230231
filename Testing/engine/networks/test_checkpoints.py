"""Checkpoints of others: read without running what is in them, recognised, renamed."""

import pickle

import h5py
import numpy as np
import pytest
import torch

from Testing.engine.networks.network_cases import small_network, small_pair
from vpreg.networks.architectures import Architecture
from vpreg.networks.checkpoint import read_checkpoint
from vpreg.networks.import_model import Origin, import_model
from vpreg.networks.model_card import read_card
from vpreg.networks.store import load_model

ORIGIN = Origin(licence="MIT", source="a test")


class Trap:
    """Touches a file when it is unpickled."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return (open, (str(self.path), "w"))


@pytest.mark.parametrize("zipped", [True, False], ids=["zip", "legacy"])
def test_a_pickle_with_code_is_refused_and_not_run(tmp_path, zipped):
    sprung, path = tmp_path / "sprung", tmp_path / "weights.pth"
    content = {"flow.weight": torch.zeros(3), "trap": Trap(sprung)}
    torch.save(content, path, _use_new_zipfile_serialization=zipped)

    with pytest.raises(ValueError, match="could run code"):
        read_checkpoint(path)

    assert not sprung.exists()


def test_a_bare_pickle_with_code_is_refused_and_not_run(tmp_path):
    sprung, path = tmp_path / "sprung", tmp_path / "weights.pt"
    path.write_bytes(pickle.dumps(Trap(sprung)))

    with pytest.raises(ValueError, match=r"weights\.pt"):
        read_checkpoint(path)

    assert not sprung.exists()


@pytest.mark.parametrize("zipped", [True, False], ids=["zip", "legacy"])
def test_tensors_are_read_from_both_forms_of_pytorch_files(tmp_path, zipped):
    path = tmp_path / "weights.pth"
    content = {"config": {"int_steps": 3}, "model_state": {"a": torch.arange(4.0)}}
    torch.save(content, path, _use_new_zipfile_serialization=zipped)

    found = read_checkpoint(path)

    assert torch.equal(found.tensors["a"], torch.arange(4.0))
    assert found.settings == {"int_steps": 3}


@pytest.mark.parametrize("suffix", [".pth", ".h5"])
def test_a_file_of_something_else_is_refused(tmp_path, suffix):
    path = tmp_path / f"weights{suffix}"
    path.write_bytes(b"no weights at all")

    with pytest.raises(ValueError, match=path.name):
        read_checkpoint(path)


def test_a_keras_kernel_keeps_its_place_and_its_channels(tmp_path):
    kernel = np.arange(3 * 3 * 3 * 2 * 4, dtype=np.float32).reshape(3, 3, 3, 2, 4)
    path = tmp_path / "weights.h5"
    with h5py.File(path, "w") as file:
        layers = file.create_group("model_weights")
        layers.attrs["layer_names"] = [b"flow"]
        layer = layers.create_group("flow")
        layer.attrs["weight_names"] = [b"flow_1/kernel:0"]
        layer["flow_1/kernel:0"] = kernel

    found = read_checkpoint(path).tensors["flow.kernel"]

    assert found.shape == (4, 2, 3, 3, 3)
    assert found[3, 1, 0, 2, 1] == kernel[0, 2, 1, 1, 3]


def dense_checkpoint(tmp_path, network, **config):
    """Save a network as VoxelMorph 0.2 does, its sampling grids included."""
    theirs = {"flow.weight": "flow.weight", "flow.bias": "flow.bias"}
    state = {"transformer.grid": torch.zeros(1, 3, 4, 4, 4)}
    for name, tensor in network.state_dict().items():
        if name not in theirs:
            _, part, index, ending = name.split(".")
            outer = {"down": "encoder", "up": "decoder", "full": "remaining"}[part]
            inner = "main" if part == "full" else "0.main"
            theirs[name] = f"unet_model.{outer}.{index}.{inner}.{ending}"
        state[theirs[name]] = tensor
    path = tmp_path / "vxm.pt"
    torch.save({"config": config, "model_state": state}, path)
    return path


def test_a_checkpoint_of_voxelmorph_is_rebuilt_from_its_shapes_and_settings(tmp_path):
    network = small_network(Architecture.VOXELMORPH_DENSE, steps=3, shrink=1)
    path = dense_checkpoint(tmp_path, network, int_steps=3, int_downsize=1)

    model = load_model(str(import_model(path, tmp_path, name="dense", origin=ORIGIN)))

    pair = small_pair((16, 16, 16))
    assert model.card.settings["encoder"] == [4, 4]
    assert torch.equal(model.network(*pair).u, network(*pair).u)


def test_weights_that_no_network_here_has_are_named(tmp_path):
    path = tmp_path / "other.pth"
    torch.save({"transformer.blocks.0": torch.zeros(3)}, path)

    with pytest.raises(ValueError, match=r"transformer\.blocks\.0"):
        import_model(path, tmp_path, name="other", origin=ORIGIN)


def test_a_checkpoint_with_a_missing_tensor_is_refused(tmp_path):
    network = small_network(Architecture.VOXELMORPH_DENSE)
    path = dense_checkpoint(tmp_path, network)
    content = torch.load(path, weights_only=True)
    del content["model_state"]["unet_model.decoder.1.0.main.bias"]
    torch.save(content, path)

    with pytest.raises(ValueError, match=r"up\.1\.bias"):
        import_model(path, tmp_path, name="broken", origin=ORIGIN)

    assert not (tmp_path / "broken.safetensors").exists()


def lapirn_checkpoint(path):
    """Save a network as LapIRN's authors do: coarser levels inside the finer ones."""
    network = small_network(Architecture.LAPIRN_DISPLACEMENT)
    outer = ("model_lvl2.model_lvl1.", "model_lvl2.", "")
    parts = {
        "encoder": "input_encoder_lvl1",
        "down": "down_conv",
        "up": "up",
        "head": "output_lvl1",
    }
    state = {}
    for name, tensor in network.state_dict().items():
        _, level, part, *rest = name.split(".")
        if part == "blocks":
            halves = {"first": "conv1", "second": "conv2"}
            rest = [str(2 * int(rest[0])), halves[rest[1]], rest[2]]
        inner = ".".join([parts.get(part, "resblock_group_lvl1"), *rest])
        state[outer[int(level)] + inner] = tensor
    torch.save(state, path)
    return network


def test_a_checkpoint_of_lapirn_keeps_its_levels_apart(tmp_path):
    network = lapirn_checkpoint(tmp_path / "my_disp.pth")
    origin = Origin(licence="MIT", source="a test", shape=(16, 16, 16))

    path = import_model(tmp_path / "my_disp.pth", tmp_path, name="lap", origin=origin)

    pair = small_pair((16, 16, 16))
    assert torch.equal(load_model(str(path)).network(*pair).u, network(*pair).u)
    assert read_card(path.with_suffix(".json")).home.shape == (16, 16, 16)


def test_the_form_of_lapirn_must_be_said_where_the_file_name_does_not(tmp_path):
    lapirn_checkpoint(tmp_path / "weights.pth")

    with pytest.raises(ValueError, match="--architecture"):
        import_model(tmp_path / "weights.pth", tmp_path, name="lap", origin=ORIGIN)


def test_a_wrong_architecture_is_not_believed(tmp_path):
    path = dense_checkpoint(tmp_path, small_network(Architecture.VOXELMORPH_DENSE))
    wrong = Origin(licence="MIT", source="a test", architecture=Architecture.VTN)

    with pytest.raises(ValueError, match="voxelmorph-dense"):
        import_model(path, tmp_path, name="wrong", origin=wrong)
