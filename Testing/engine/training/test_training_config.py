"""A config becomes settings, or a sentence that says what to write."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from Testing.engine.training.training_cases import tiny_settings
from vpreg.networks.architectures import Architecture
from vpreg.training.config.plain import by_full_name, changed_names, settings_hash
from vpreg.training.config.read_config import parse_config, read_config
from vpreg.training.data.data_settings import DataSource
from vpreg.training.loss.published_settings import published_loss_settings
from vpreg.training.settings import Accelerator, Precision, TrainingSettings

ROOT = Path(__file__).resolve().parents[3]
SHIPPED = sorted((ROOT / "Resources" / "training").glob("*.toml"))
LEAST = """
name = "liver"
[network]
architecture = "{architecture}"
[data]
home_shape = [64, 64, 64]
"""


def least(architecture: str = "voxelmorph-1", more: str = "") -> TrainingSettings:
    return parse_config(LEAST.format(architecture=architecture) + more, folder=Path("/scans"))


def refused(more: str) -> str:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the sentence is what is tested
        least(more=more)
    return str(caught.value)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_a_shipped_config_can_be_read(path: Path) -> None:
    settings = read_config(path)

    assert settings.name == path.stem


def test_there_is_a_shipped_config_without_patients() -> None:
    assert DataSource.SYNTHETIC in {read_config(path).data.source for path in SHIPPED}


@pytest.mark.parametrize("architecture", [a.value for a in Architecture])
def test_what_a_config_leaves_out_is_as_published(architecture: str) -> None:
    settings = least(architecture)

    assert settings.loss == published_loss_settings(Architecture(architecture))
    assert settings.optimizer.learning_rate == 1e-4


@pytest.mark.parametrize(
    ("architecture", "steps"),
    [("vtn", 100_000), ("voxelmorph-2", 150_000), ("lapirn-displacement", 120_000)],
)
def test_a_network_learns_as_long_as_its_authors_let_it(architecture: str, steps: int) -> None:
    assert least(architecture).stages.similarity == steps


def test_the_paper_trains_its_network_with_four_pairs_and_a_weight_decay() -> None:
    settings = least("vtn")

    assert (settings.optimizer.batch, settings.optimizer.weight_decay) == (4, 1e-4)


def test_with_a_volume_stage_volume_counts_as_in_the_paper() -> None:
    settings = least(more="[stages]\nvolume = 10")

    assert settings.loss.volume_weight == 0.025


def test_whatever_is_written_stands_before_what_was_published() -> None:
    settings = least(
        more='[loss]\nsimilarity = "mean-squares"\n[machine]\nprecision = "bf16-mixed"\n'
        'accelerator = "cpu"\n[data.synthetic]\nlesions = [1, 2]\n'
    )

    assert settings.loss.smoothness_weight == pytest.approx(0.01 * 2 / 3)
    assert settings.machine.precision is Precision.MIXED
    assert settings.machine.accelerator is Accelerator.CPU
    assert settings.data.synthetic.lesions == (1, 2)


def test_the_seed_is_that_of_the_data_too() -> None:
    assert tiny_settings(Path(), top="seed = 7").data.seed == 7


def test_paths_start_from_the_folder_of_the_config() -> None:
    text = LEAST.format(architecture="vtn") + 'source = "scans"\nscans = "list.csv"\n'

    settings = parse_config(text, folder=Path("/study"))

    assert settings.data.scans == str(Path("/study/list.csv"))


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("[stage]\nsimilarity = 3", "Write stages instead of stage at the top of the config"),
        ("[stages]\nsimilarty = 3", "Write similarity instead of similarty in [stages]"),
        ("[loss]\nfoo_bar = 3", "Remove foo_bar in [loss]: what can stand there is similarity"),
        ('[stages]\nsimilarity = "3"', "Write a whole number for similarity in [stages]"),
        ("[stages]\nsimilarity = 3.5", "Write a whole number for similarity in [stages]"),
        ("[optimizer]\nbatch = true", "Write a whole number for batch in [optimizer]"),
        ('[optimizer]\nlearning_rate = "x"', "Write a number for learning_rate in [optimizer]"),
        ("[machine]\ncompile = 1", "Write true or false for compile in [machine]"),
        ('[machine]\nprecision = "16"', 'Write one of "32", "bf16-mixed" for precision'),
        ('[loss]\nsimilarity = "ncc"', 'Write one of "mean-squares", "local-ncc"'),
        ("[data.synthetic]\nlesions = [1]", "Write 2 values for lesions in [data.synthetic]"),
        ("[data.synthetic]\nlesions = 1", "Write a list in square brackets for lesions"),
        ("[data.augmentation]\naffine = 2", "Correct the settings in [data.augmentation]."),
        ("[stages]\nsimilarity = 0", "Give a number of steps above 0"),
        ('[stages]\nfirst = "m"\nsimilarity = 5', "Write similarity = 0 beside first"),
        ("[stages]\nvolume = 5\n[loss]\nvolume_weight = 0", "Write a volume_weight above 0"),
        ("stages = 5", "Remove stages in [data]"),
        ("data.augmentation = 5", "Remove data in [data]"),
        ("[", "Correct the config, which is no valid TOML"),
    ],
)
def test_a_mistake_is_told_with_its_place_and_what_to_write(more: str, said: str) -> None:
    assert said in refused(more)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('name = "x"', "Write architecture = … in [network]"),
        ('name = "x"\n[network]\narchitecture = "vgg"', 'Write one of "voxelmorph-1"'),
        ('[network]\narchitecture = "vtn"', "Write name = … at the top of the config"),
        ('name = "a/b"\n[network]\narchitecture = "voxelmorph-1"', "Write a name of letters"),
        (
            'name = "x"\n[network]\narchitecture = "vtn"\nencoders = 3',
            "Correct the settings of the network in [network]",
        ),
        (
            'name = "x"\n[network]\narchitecture = "vtn"\nmask_channel = true',
            "Remove mask_channel in [network]",
        ),
        (
            'name = "x"\n[network]\narchitecture = "vtn"\n[data]\nhome_shape = [96, 96, 96]',
            "Write multiples of 64 for home_shape in [data]",
        ),
    ],
)
def test_a_config_that_lacks_or_mistakes_something_is_told(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        parse_config(text, folder=Path())


def test_a_config_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="Check the path of the config"):
        read_config(tmp_path / "no.toml")


def test_settings_differ_by_the_names_of_the_config() -> None:
    one = by_full_name(tiny_settings(Path()))
    other = by_full_name(tiny_settings(Path(), optimizer="batch = 3", machine="ahead = 5"))

    assert changed_names(one, other) == ["optimizer.batch"]
    assert settings_hash(one) != settings_hash(other)
    assert settings_hash(one) == settings_hash(by_full_name(tiny_settings(Path())))
