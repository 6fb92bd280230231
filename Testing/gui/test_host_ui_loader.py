"""The host loads real .ui files, and refuses what Slicer could not load."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.usefixtures("clean")

PANEL = """<?xml version="1.0" encoding="UTF-8"?>
<ui version="4.0"><class>Panel</class>
<widget class="qMRMLWidget" name="Panel"><layout class="QVBoxLayout" name="column">
 <item><widget class="{widget}" name="chosen">
  <property name="{name}"><bool>true</bool></property>
  <property name="SlicerParameterName" stdset="0"><string>baseline</string></property>
 </widget></item>
 <item><widget class="ctkPathLineEdit" name="folder">
  <property name="filters"><set>ctkPathLineEdit::Dirs|ctkPathLineEdit::Files</set></property>
 </widget></item>
 <item><spacer name="spacer"><property name="orientation"><enum>Qt::Vertical</enum></property>
 </spacer></item>
</layout></widget>
<connections><connection><sender>Panel</sender><signal>{signal}</signal>
 <receiver>chosen</receiver><slot>{slot}</slot></connection></connections></ui>"""
GIVEN = {
    "widget": "qMRMLNodeComboBox",
    "name": "noneEnabled",
    "signal": "mrmlSceneChanged(vtkMRMLScene*)",
    "slot": "setMRMLScene(vtkMRMLScene*)",
}


@pytest.fixture
def load(tmp_path):
    """Load the panel above with some of its words replaced."""
    import slicer

    def load_panel(**changed):
        path = tmp_path / "Panel.ui"
        path.write_text(PANEL.format(**{**GIVEN, **changed}))
        return slicer.util.loadUI(str(path))

    return load_panel


def test_named_children_become_attributes(load):
    import slicer

    root = load()
    ui = slicer.util.childWidgetVariables(root)

    assert type(ui.chosen) is slicer.qMRMLNodeComboBox
    assert ui.chosen.noneEnabled


def test_a_dynamic_property_is_kept(load):
    import slicer

    root = load()

    assert slicer.util.findChild(root, "chosen").property("SlicerParameterName") == "baseline"


def test_enum_values_of_ctk_are_set(load):
    import ctk
    import slicer

    root = load()

    expected = ctk.ctkPathLineEdit.Dirs | ctk.ctkPathLineEdit.Files
    assert slicer.util.findChild(root, "folder").filters == expected


def test_the_scene_reaches_the_selectors_through_the_connections_of_the_file(load):
    import slicer

    root = load()
    root.setMRMLScene(slicer.mrmlScene)

    assert slicer.util.findChild(root, "chosen").mrmlScene() is slicer.mrmlScene


@pytest.mark.parametrize(
    "changed",
    [
        {"widget": "qMRMLNodeCombobox"},
        {"name": "noneEnabeld"},
        {"signal": "mrmlSceneChangd(vtkMRMLScene*)"},
        {"slot": "setMrmlScene(vtkMRMLScene*)"},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_a_misspelt_word_raises(load, changed):
    with pytest.raises((RuntimeError, AttributeError), match=next(iter(changed.values()))[:8]):
        load(**changed)


def test_a_file_that_is_missing_raises():
    import slicer

    with pytest.raises(RuntimeError, match="not found"):
        slicer.util.loadUI("/nowhere/Panel.ui")
