"""What the user chooses reaches the engine, and nothing else is chosen by default."""

from __future__ import annotations

import pytest

from Testing.gui.panel_cases import choose_scans

pytestmark = pytest.mark.usefixtures("clean")


@pytest.fixture
def parameters(panel):
    """Return the parameter node of a panel with two scans, the rest untouched."""
    choose_scans(panel)
    found = panel.logic.getParameterNode()
    for name in ("similarityIterations", "volumeIterations"):
        setattr(found, name, found.default(name).value)
    return found


def settings_of(parameters):
    """Return the settings of a job as the engine understands them."""
    from VolumePreservingRegLib.panel.settings_json import settings_json

    from vpreg.recipes.settings import Settings

    return Settings.from_json_dict(settings_json(parameters))


def test_an_untouched_panel_asks_for_the_defaults_of_the_engine(parameters):
    from vpreg.recipes.settings import Settings

    assert settings_of(parameters) == Settings()


@pytest.mark.parametrize(
    ("field", "value", "read"),
    [
        ("windowRadius", 4, lambda s: s.similarity.window_radius_voxels),
        ("windowRadius", 4, lambda s: s.volume.solver.window_radius_voxels),
        ("forceSmoothing", 2.0, lambda s: s.similarity.force_smoothing_voxels),
        ("fieldSmoothing", 1.0, lambda s: s.volume.solver.field_smoothing_voxels),
        ("followUpThreshold", 0.25, lambda s: s.volume.follow_up_threshold),
        ("referenceThreshold", 0.3, lambda s: s.volume.atlas_threshold),
        ("maskSlope", 5.0, lambda s: s.volume.slope),
        ("volumeWeight", 0.1, lambda s: s.paper.volume_weight),
        ("smoothnessWeight", 2.0, lambda s: s.paper.smoothness_weight),
        ("preset", "lung-ct", lambda s: s.preset),
    ],
)
def test_a_number_reaches_the_engine(parameters, field, value, read):
    setattr(parameters, field, value)

    assert read(settings_of(parameters)) == value


@pytest.mark.parametrize("field", ["mode", "affine", "similarity", "method"])
def test_every_choice_of_a_list_is_known_to_the_engine(parameters, field):
    kind = type(getattr(parameters, field))
    read = {
        "mode": lambda s: s.mode.value,
        "affine": lambda s: s.affine.value,
        "method": lambda s: s.method.value,
        "similarity": lambda s: s.similarity.similarity.value,
    }[field]
    heard = []

    for choice in kind:
        setattr(parameters, field, choice)
        heard.append(read(settings_of(parameters)))

    assert heard == [choice.value for choice in kind]


def test_four_numbers_are_four_levels(parameters):
    parameters.similarityIterations = "80, 60, 40, 10"

    similarity = settings_of(parameters).similarity
    assert similarity.factors == (8, 4, 2, 1)
    assert similarity.iterations == (80, 60, 40, 10)


def test_the_processor_alone_hides_the_gpu(parameters):
    from VolumePreservingRegLib.panel.choices import Device
    from VolumePreservingRegLib.panel.request_of import request_of

    parameters.device = Device.CPU

    assert request_of(parameters).hideGpu
    assert settings_of(parameters).device == "cpu"


def test_the_presets_are_those_of_the_engine(panel):
    from vpreg.images.presets import load_preset, preset_names

    box = panel.ui.presetComboBox
    listed = {box.itemData(index): box.itemText(index) for index in range(box.count)}

    assert listed.pop("auto") == "Automatic"
    assert listed == {name: load_preset(name).title for name in preset_names()}


def test_what_is_chosen_in_the_panel_reaches_the_scene(panel, parameters):
    panel.ui.presetComboBox.currentIndex = panel.ui.presetComboBox.findData("brain-mr")
    panel.ui.maskSlopeSlider.value = 11.5
    panel.ui.keepIntermediateCheckBox.checked = True

    assert (parameters.preset, parameters.maskSlope) == ("brain-mr", 11.5)
    assert parameters.keepIntermediate


def test_only_what_acts_on_the_chosen_method_can_be_changed(panel, parameters):
    from VolumePreservingRegLib.panel.choices import Method

    names = ("maskSlopeSlider", "followUpThresholdSlider", "volumeWeightSlider")

    exact = [getattr(panel.ui, name).enabled for name in names]
    parameters.method = Method.PAPER
    published = [getattr(panel.ui, name).enabled for name in names]

    assert exact == [True, True, False]
    assert published == [False, False, True]


def test_the_threshold_of_the_other_mode_cannot_be_changed(panel, parameters):
    from VolumePreservingRegLib.panel.choices import Mode

    parameters.mode = Mode.HEALTHY_REFERENCE

    assert panel.ui.referenceThresholdSlider.enabled
    assert not panel.ui.followUpThresholdSlider.enabled
