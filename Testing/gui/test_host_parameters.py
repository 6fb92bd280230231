"""Parameters are typed, live in the scene, and follow their widgets both ways."""

from __future__ import annotations

import enum
from pathlib import Path
from typing import Annotated

import numpy as np
import pytest

pytestmark = pytest.mark.usefixtures("clean")


class Mode(enum.Enum):
    """Two words with text for the user."""

    FOLLOW_UP = "a"
    REFERENCE = "b"

    def label(self):
        """Text of a member."""
        return self.name.title()


@pytest.fixture
def parameters():
    """Make one parameter of each type."""
    import slicer

    offered = slicer.parameterNodeWrapper

    described = {
        "baseline": slicer.vtkMRMLScalarVolumeNode,
        "weight": Annotated[float, offered.WithinRange(0, 2)],
        "steps": Annotated[int, offered.Minimum(1), offered.Maximum(9), offered.Default(3)],
        "mode": Mode,
        "keep": bool,
        "preset": Annotated[str, offered.Choice(["brain", "liver"]), offered.Default("liver")],
        "names": list[str],
        "volumes": dict[str, float],
        "folder": Path,
        "limit": float | None,
    }
    defaults = {"weight": 0.5, "mode": Mode.REFERENCE, "keep": True}
    return offered.parameterNodeWrapper(
        type("Parameters", (), {"__annotations__": described, **defaults})
    )


@pytest.fixture
def node():
    import slicer

    return slicer.mrmlScene.AddNewNodeByClass("vtkMRMLScriptedModuleNode", "parameters")


@pytest.fixture
def volume():
    import slicer

    return slicer.util.addVolumeFromArray(np.zeros((4, 5, 6), np.float32), name="scan")


def test_a_new_parameter_node_holds_the_defaults(parameters, node):
    wrapped = parameters(node)

    found = (wrapped.baseline, wrapped.weight, wrapped.steps, wrapped.mode, wrapped.keep)
    assert found == (None, 0.5, 3, Mode.REFERENCE, True)
    rest = (wrapped.preset, wrapped.names, wrapped.volumes, wrapped.folder, wrapped.limit)
    assert rest == ("liver", [], {}, Path(), None)


def test_another_wrapper_of_the_node_reads_what_was_set(parameters, node, volume):
    wrapped = parameters(node)

    wrapped.baseline, wrapped.weight, wrapped.mode = volume, 1.25, Mode.FOLLOW_UP
    wrapped.names.append("lesion")
    wrapped.volumes["lesion"] = 1.5
    wrapped.limit = 2.0
    again = parameters(node)

    assert (again.baseline, again.weight, again.mode) == (volume, 1.25, Mode.FOLLOW_UP)
    assert (again.names, again.volumes, again.limit) == (["lesion"], {"lesion": 1.5}, 2.0)


def test_an_enum_is_kept_by_name(parameters, node):
    parameters(node).mode = Mode.FOLLOW_UP

    assert node.GetParameter("mode") == "FOLLOW_UP"


@pytest.mark.parametrize(
    ("name", "value"),
    [("weight", 3.0), ("steps", 0), ("steps", 1.5), ("preset", "heart"), ("keep", "yes")],
)
def test_a_value_that_is_not_allowed_raises_and_changes_nothing(parameters, node, name, value):
    wrapped = parameters(node)
    before = getattr(wrapped, name)

    with pytest.raises((ValueError, TypeError)):
        setattr(wrapped, name, value)

    assert getattr(wrapped, name) == before


def test_parameters_and_the_node_they_name_survive_a_bundle(clean, parameters, volume, tmp_path):
    import slicer

    logic = slicer.ScriptedLoadableModule.ScriptedLoadableModuleLogic()
    logic.moduleName = "Kept"
    wrapped = parameters(logic.getParameterNode())
    wrapped.baseline, wrapped.weight = volume, 1.25

    clean.save_scene(tmp_path / "scene.mrb")
    clean.close_scene()
    assert parameters(logic.getParameterNode()).weight == 0.5
    clean.open_scene(tmp_path / "scene.mrb")
    again = parameters(logic.getParameterNode())

    assert again.weight == 1.25
    assert again.baseline.GetName() == "scan"


def test_a_widget_shows_and_sets_its_parameter(parameters, node):
    import ctk
    import qt

    wrapped = parameters(node)
    slider, combo = ctk.ctkSliderWidget(), qt.QComboBox()

    wrapped.connectParametersToGui({"weight": slider, "mode": combo})
    assert (slider.value, slider.maximum, combo.currentText) == (0.5, 2.0, "Reference")
    slider.value = 1.5
    combo.currentIndex = 0
    assert (wrapped.weight, wrapped.mode) == (1.5, Mode.FOLLOW_UP)
    wrapped.weight = 0.25
    assert slider.value == 0.25


def test_a_widget_that_is_disconnected_sets_nothing(parameters, node):
    import ctk

    wrapped = parameters(node)
    slider = ctk.ctkSliderWidget()

    tag = wrapped.connectParametersToGui({"weight": slider})
    wrapped.disconnectGui(tag)
    slider.value = 1.5

    assert wrapped.weight == 0.5


def test_a_widget_for_another_type_raises(parameters, node):
    import qt

    with pytest.raises(RuntimeError, match="Unable to create GUI connector"):
        parameters(node).connectParametersToGui({"keep": qt.QLineEdit()})


def test_a_parameter_that_is_not_there_raises(parameters, node):
    import qt

    with pytest.raises(ValueError, match="keeep"):
        parameters(node).connectParametersToGui({"keeep": qt.QCheckBox()})
