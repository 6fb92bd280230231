"""The phantom is made here by the engine, once, and loaded as a patient with two studies."""

from __future__ import annotations

import os
import shutil
import sys
from types import ModuleType, SimpleNamespace

import pytest
import slicer
from VolumePreservingRegLib.run.executable import Interpreter
from VolumePreservingRegLib.scene import phantom, sample_data
from VolumePreservingRegLib.scene.phantom import NAMES, phantom_files
from VolumePreservingRegLib.scene.sample_nodes import add_phantom


@pytest.fixture
def python():
    """Return the Python of the tests."""
    return Interpreter(sys.executable, dict(os.environ))


def test_scans_tumors_and_brains_come_as_a_patient_with_two_studies(scene, scans_folder):
    nodes = add_phantom({name: scans_folder / f"{name}.nii.gz" for name in NAMES}, scene)

    hierarchy = scene.GetSubjectHierarchyNode()
    studies = [hierarchy.GetItemParent(hierarchy.GetItemByDataNode(node)) for node in nodes]
    assert len(set(studies)) == 2
    assert len({hierarchy.GetItemParent(study) for study in studies}) == 1
    assert [node.GetName() for node in nodes[::2]] == ["Phantom baseline", "Phantom follow-up"]
    segmentation = nodes[1].GetSegmentation()
    assert [segmentation.GetNthSegment(n).GetName() for n in range(2)] == ["Tumor", "Brain"]
    assert scene.GetNumberOfNodesByClass("vtkMRMLLabelMapVolumeNode") == 0


@pytest.mark.usefixtures("scene")
def test_a_program_that_fails_leaves_no_folder(tmp_path, python, monkeypatch):
    monkeypatch.setattr(phantom, "PROGRAM", "raise SystemExit('no memory left')")

    with pytest.raises(RuntimeError, match="no memory left"):
        phantom_files(tmp_path / "phantom", interpreter=python)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("scene")
def test_files_that_are_there_are_not_made_again(tmp_path, scans_folder, python, monkeypatch):
    program = f"import shutil, sys; shutil.copytree({str(scans_folder)!r}, sys.argv[1])"
    monkeypatch.setattr(phantom, "PROGRAM", program)
    first = phantom_files(tmp_path / "phantom", interpreter=python)
    monkeypatch.setattr(phantom, "PROGRAM", "raise SystemExit('made again')")

    second = phantom_files(tmp_path / "phantom", interpreter=python)

    assert first == second
    assert all(path.is_file() for path in first.values())


@pytest.mark.usefixtures("scene")
def test_missing_torch_is_said_in_a_plain_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr(phantom, "torch_is_installed", lambda: False)

    with pytest.raises(RuntimeError, match="Install PyTorch first"):
        phantom_files(tmp_path / "phantom")


def test_a_click_in_sample_data_loads_the_phantom(scene, scans_folder, tmp_path, monkeypatch):
    said = {}
    logic = SimpleNamespace(registerCustomSampleDataSource=lambda **given: said.update(given))
    module = ModuleType("SampleData")
    module.SampleDataLogic = logic
    monkeypatch.setitem(sys.modules, "SampleData", module)
    monkeypatch.setattr(sample_data, "cache_folder", lambda: tmp_path)
    shutil.copytree(scans_folder, tmp_path / sample_data.FOLDER_NAME)
    sample_data.registerSampleData()

    nodes = sample_data.load_phantom()

    assert len(nodes) == 4
    assert len(said["uris"]) == len(said["fileNames"]) == len(said["nodeNames"])
    assert said["customDownloader"] is sample_data.load_on_click
    assert slicer.util.getNode("Phantom follow-up").GetScene() is scene
