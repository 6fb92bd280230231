"""Presets are data files, found in a checkout and in a wheel, and checked."""

from pathlib import Path

import pytest

import vpreg.images.presets as presets_module
from vpreg.images.intensity import Modality, Percentiles, Window
from vpreg.images.presets import load_preset, parse_preset, preset_names, read_preset

WINDOW = """
title = "T"
description = "D"
modality = "ct"
[window]
low_hu = -100
high_hu = 200.0
"""
PERCENTILES = """
title = "T"
description = "D"
modality = "mr"
[percentiles]
low = 1
high = 99
background_fraction = 0.1
"""


def test_the_presets_that_the_panel_offers_are_there():
    assert preset_names() == ("abdomen-ct", "brain-mr", "generic", "liver-ct", "lung-ct")


@pytest.mark.parametrize("name", preset_names())
def test_every_preset_loads_under_its_name(name):
    preset = load_preset(name)

    assert preset.name == name
    assert preset.title
    assert preset.description.endswith(".")


def test_ct_presets_are_windows_and_others_are_percentiles():
    for name in preset_names():
        preset = load_preset(name)
        is_window = isinstance(preset.range, Window)
        assert is_window == (preset.modality is Modality.CT) == name.endswith("-ct")


def test_an_unknown_name_lists_the_known_ones():
    with pytest.raises(ValueError, match=r"abdomen-ct, brain-mr, .*there is no 'knee'"):
        load_preset("knee")


def test_an_installed_package_finds_them_inside_itself(tmp_path, monkeypatch):
    inside = tmp_path / "resources" / "presets"
    inside.mkdir(parents=True)
    (inside / "own.toml").write_text(WINDOW)
    monkeypatch.setattr(presets_module, "files", lambda _: tmp_path)

    assert preset_names() == ("own",)
    assert load_preset("own").range == Window(-100.0, 200.0)


def test_a_file_of_ones_own_is_named_after_itself(tmp_path):
    (tmp_path / "spine-mr.toml").write_text(PERCENTILES)

    preset = read_preset(tmp_path / "spine-mr.toml")

    assert preset.name == "spine-mr"
    assert preset.range == Percentiles(1.0, 99.0, 0.1)


def test_a_missing_file_is_named():
    with pytest.raises(ValueError, match=r"nowhere.toml is not a file"):
        read_preset(Path("nowhere.toml"))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("title = ", "no valid TOML"),
        (WINDOW.replace('title = "T"', ""), "'title' must be there, as text"),
        (WINDOW.replace('"D"', "3"), "'description' must be there, as text"),
        (WINDOW.replace('"ct"', '"pet"'), "one of ct, mr, any, not 'pet'"),
        (WINDOW.split("[window]")[0], "either a table"),
        (WINDOW + PERCENTILES.split('modality = "mr"')[1], "either a table"),
        ("colour = 1\n" + WINDOW, "'colour' is not a known entry"),
        (WINDOW.replace("high_hu = 200.0", ""), "exactly the entries low_hu, high_hu"),
        (WINDOW + "middle = 3", "exactly the entries low_hu, high_hu"),
        (WINDOW.replace("200.0", '"a"'), "'high_hu' in .* must be a finite number"),
        (WINDOW.replace("200.0", "nan"), "'high_hu' in .* must be a finite number"),
        (WINDOW.replace("200.0", "true"), "'high_hu' in .* must be a finite number"),
        (WINDOW.replace("200.0", "-100"), "'low_hu' must be below"),
        (PERCENTILES.replace("99", "101"), "percentiles from 0 to 100"),
        (PERCENTILES.replace("99", "0.5"), "in rising order"),
        (PERCENTILES.replace("0.1", "1.0"), "from 0 to below 1"),
        ('window = 3\ntitle = "T"\ndescription = "D"\nmodality = "ct"', "exactly the entries"),
    ],
)
def test_a_faulty_file_says_what_to_mend(text, problem):
    with pytest.raises(ValueError, match=f"Correct the preset 'mine'.*{problem}"):
        parse_preset(text, name="mine")
