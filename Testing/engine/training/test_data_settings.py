"""What can be chosen about the data of a training, and what is refused."""

from dataclasses import replace

import pytest

from vpreg.recipes.plain_values import from_plain, to_plain
from vpreg.synthetic.pair_settings import PairSettings
from vpreg.training.data.augmentation_settings import AugmentationSettings
from vpreg.training.data.data_settings import Alignment, DataSettings, DataSource
from vpreg.training.data.draws import Stream, seed_of


def test_the_generator_is_scaled_to_the_home_grid():
    settings = DataSettings(home_shape=(48, 64, 56))

    assert settings.generator == PairSettings.for_shape((48, 64, 56))


def test_lengths_given_for_the_shape_of_the_home_are_kept():
    made = replace(PairSettings.for_shape((48, 48, 48)), lesion_radius=(3.0, 7.0), translation=5.0)

    generator = DataSettings(home_shape=(48, 48, 48), synthetic=made).generator

    assert generator.lesion_radius == (3.0, 7.0)
    assert generator.translation == 5.0


def test_settings_come_back_from_plain_values():
    settings = DataSettings(
        source=DataSource.SCANS,
        scans="scans.csv",
        home_shape=(40, 48, 56),
        home_spacing_mm=(1.0, 2.0, 3.0),
        alignment=Alignment.PAIR,
        augmentation=AugmentationSettings(affine=0.5, slice_thickness=(3, 4)),
    )

    assert from_plain(DataSettings, to_plain(settings)) == settings


@pytest.mark.parametrize(
    ("choices", "sentence"),
    [
        ({"source": DataSource.SCANS}, "Give the folder or the CSV file of the scans"),
        ({"scans": "here"}, 'Choose "scans" as the source'),
        ({"home_spacing_mm": (1.0, 1.0)}, "Give three spacings"),
        ({"home_spacing_mm": (1.0, 0.0, 1.0)}, "Give a home spacing above 0 mm"),
        ({"home_axes": "LLS"}, "Name the home axes by three letters"),
        ({"home_shape": (16, 48, 48)}, "Give three axes of at least 24 voxels"),
        ({"preset": "toast"}, "Choose one of the presets"),
        ({"grey_value_of_one": 0.0}, "Choose grey_value_of_one from"),
        ({"validation_share": 0.95}, "Choose validation_share from 0 to 0.9"),
        ({"validation_pairs": -1}, "Choose validation_pairs from 0"),
        ({"scans_in_memory": 1}, "Choose scans_in_memory from 2"),
        ({"seed": -1}, "Choose seed from 0"),
    ],
)
def test_nonsense_is_refused_with_what_to_do(choices, sentence):
    with pytest.raises(ValueError, match=sentence):
        DataSettings(**choices)


def test_a_small_home_is_fine_for_scans():
    settings = DataSettings(source=DataSource.SCANS, scans="x", home_shape=(16, 16, 8))

    assert settings.home.shape == (16, 16, 8)


@pytest.mark.parametrize(
    ("choices", "name"),
    [
        ({"affine": 1.5}, "affine"),
        ({"scale": 0.6}, "scale"),
        ({"flip_up_down": -0.1}, "flip_up_down"),
        ({"slice_thickness": (1, 3)}, "slice_thickness"),
        ({"paste_lesions": float("nan")}, "paste_lesions"),
    ],
)
def test_variations_beyond_reason_are_refused(choices, name):
    with pytest.raises(ValueError, match=f"Choose {name} from"):
        AugmentationSettings(**choices)


def test_no_variation_means_no_chance_of_any():
    none = AugmentationSettings.none()

    assert (none.affine, none.flip_left_right, none.intensity, none.thick_slices) == (0, 0, 0, 0)


def test_seeds_of_streams_and_steps_differ():
    seeds = {seed_of(seed, stream, step) for seed in (0, 1) for stream in Stream for step in (0, 1)}

    assert len(seeds) == 2 * len(Stream) * 2
    assert all(0 <= seed < 2**62 for seed in seeds)
