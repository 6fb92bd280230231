"""The panel for sparse scans: what is missing, the slices, and a whole registration."""

from __future__ import annotations

import pytest

from Testing.gui.panel_cases import job_folders, node_names, wait_for_the_end
from Testing.gui.sparse_cases import EVERY, add_interpolated, add_pair, choose_pair

RESULT = "VolumePreservingReg.result."


def node_of(panel, role):
    """Return a node of the panel's result."""
    return panel.logic.getParameterNode().parameterNode.GetNodeReference(RESULT + role)


def show_slices(host, panel):
    """Press the button and wait."""
    panel.ui.showSlicesButton.click()
    wait_for_the_end(host, panel)


def test_apply_registers_with_the_real_worker_and_shows_the_result(sparse_panel, clean):
    import slicer

    choose_pair(sparse_panel, segmentations=True)

    sparse_panel.ui.applyButton.click()
    assert not sparse_panel.ui.showSlicesButton.enabled
    wait_for_the_end(clean, sparse_panel)

    ui = sparse_panel.ui
    assert ui.statusLabel.text.startswith("Finished in"), ui.statusLabel.text
    carried = node_of(sparse_panel, "carriedSegmentation")
    assert carried.GetSegmentation().GetSegment("core").GetName() == "Core"
    assert [ui.carriedTable.item(0, n).text() for n in (0,)] == ["Core"]
    assert 0.7 < float(ui.carriedTable.item(0, 3).text()) <= 1.0
    assert ui.ownTable.columnCount == 3
    assert ui.compareComboBox.currentText == "Scan above atlas, three planes"
    assert "8 slices, 8.0 mm apart, axial" in ui.slicesLabel.text
    view = slicer.app.layoutManager().sliceWidget("VPRTopCoronal").mrmlSliceCompositeNode()
    assert view.GetForegroundVolumeID() == node_of(sparse_panel, "confidence").GetID()
    assert job_folders() == []


def test_slices_of_thick_voxels_are_shown_before_anything_runs(sparse_panel, clean):
    import slicer

    _, scan = choose_pair(sparse_panel)
    sparse_panel.logic.getParameterNode().atlas = None

    show_slices(clean, sparse_panel)

    words = sparse_panel.ui.slicesLabel.text
    assert words.startswith("8 slices, 8.0 mm apart, axial.")
    assert "The 6.0 mm between them were not measured." in words
    volume = sparse_panel.logic.getParameterNode().slicesVolume
    view = slicer.app.layoutManager().sliceWidget("Green").mrmlSliceCompositeNode()
    assert view.GetBackgroundVolumeID() == scan.GetID()
    assert view.GetForegroundVolumeID() == volume.GetID()
    assert job_folders() == []


def test_slices_of_an_interpolated_scan_are_found_with_how_sure_that_is(sparse_panel, clean):
    from SparseVMRegLib.panel.choices import Acquired

    _, scan = choose_pair(sparse_panel)
    parameters = sparse_panel.logic.getParameterNode()
    parameters.scan, parameters.acquired = add_interpolated(scan), Acquired.DETECT

    show_slices(clean, sparse_panel)

    assert "8.0 mm apart" in sparse_panel.ui.slicesLabel.text, sparse_panel.ui.statusLabel.text
    assert "certainty" in sparse_panel.ui.slicesLabel.text


def test_a_scan_without_slices_is_refused_in_words_and_adds_nothing(sparse_panel, clean):
    from SparseVMRegLib.panel.choices import Acquired

    atlas, _ = choose_pair(sparse_panel)
    parameters = sparse_panel.logic.getParameterNode()
    parameters.scan, parameters.acquired = atlas, Acquired.DETECT
    before = node_names()

    show_slices(clean, sparse_panel)

    assert "cannot be told from what was interpolated" in sparse_panel.ui.statusLabel.text
    assert sparse_panel.ui.slicesLabel.text == ""
    assert node_names() == before


def test_slices_of_other_choices_are_forgotten(sparse_panel, clean):
    choose_pair(sparse_panel)
    parameters = sparse_panel.logic.getParameterNode()
    show_slices(clean, sparse_panel)
    volume = parameters.slicesVolume

    parameters.thickness = 8.0

    assert volume.GetScene() is None
    assert parameters.slicesVolume is None
    assert sparse_panel.ui.slicesLabel.isHidden()


def test_the_mask_is_asked_for_only_where_it_counts(sparse_panel):
    from SparseVMRegLib.panel.choices import Acquired

    choose_pair(sparse_panel)
    parameters = sparse_panel.logic.getParameterNode()
    selector = sparse_panel.ui.acquiredMaskSelector

    hidden = selector.isHidden()
    parameters.acquired = Acquired.MASK

    assert hidden
    assert not selector.isHidden()
    assert "Select the mask" in sparse_panel.ui.applyButton.toolTip
    parameters.acquiredMask = parameters.scan
    assert "not the scan itself" in sparse_panel.ui.applyButton.toolTip


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda p, _s: setattr(p, "atlas", None), "Select the atlas."),
        (lambda p, _s: setattr(p, "scan", None), "Select the clinical scan."),
        (lambda p, s: setattr(p, "atlas", s), "Select two different scans"),
        (lambda p, _s: setattr(p, "iterations", "many"), "whole numbers"),
        (lambda p, _s: setattr(p, "atlasSegmentation", None), "segmentation of the atlas, too"),
    ],
)
def test_apply_says_what_is_missing(sparse_panel, spoil, sentence):
    _, scan = choose_pair(sparse_panel, segmentations=True)
    enabled = sparse_panel.ui.applyButton.enabled

    spoil(sparse_panel.logic.getParameterNode(), scan)

    assert enabled
    assert not sparse_panel.ui.applyButton.enabled
    assert sentence in sparse_panel.ui.applyButton.toolTip


def test_segmentations_without_a_common_name_are_refused_before_anything_starts(sparse_panel):
    choose_pair(sparse_panel, segmentations=True)
    parameters = sparse_panel.logic.getParameterNode()
    parameters.scanSegmentation.GetSegmentation().GetSegment("core").SetName("Ventricle")

    sparse_panel.ui.applyButton.click()

    assert "Ventricle and Core have no name in common" in sparse_panel.ui.statusLabel.text
    assert not sparse_panel.job.runs
    assert job_folders() == []


def test_an_untouched_panel_asks_for_the_defaults_of_the_engine(sparse_panel):
    from SparseVMRegLib.panel.settings_json import settings_json

    from vpreg.recipes.sparse_settings import SparseSettings

    plain = settings_json(sparse_panel.logic.getParameterNode())

    assert SparseSettings.from_json_dict(plain) == SparseSettings()


def test_every_choice_is_known_to_the_engine(sparse_panel):
    from SparseVMRegLib.panel.choices import Acquired
    from SparseVMRegLib.panel.settings_json import settings_json

    from vpreg.recipes.sparse_settings import AcquiredFrom, AtlasSampling, SparseSettings

    parameters = sparse_panel.logic.getParameterNode()
    parameters.atlasHasSlices = True
    for choice, engine in zip(Acquired, AcquiredFrom, strict=True):
        parameters.acquired = choice
        read = SparseSettings.from_json_dict(settings_json(parameters))
        assert (read.acquired, read.atlas) == (engine, AtlasSampling.SLICES)


def test_it_registers_without_the_panel_by_a_mask(sparse_panel):
    import numpy as np
    import slicer
    from SparseVMRegLib.panel.self_tests import add_core

    import SparseVMReg

    assert sparse_panel
    atlas, scan = add_pair()
    fine = add_interpolated(scan)
    acquired = np.zeros(slicer.util.arrayFromVolume(fine).shape, dtype=np.uint8)
    acquired[::EVERY] = 1
    mask = slicer.util.addVolumeFromArray(acquired, ijkToRAS=np.diag([2.0, 2.0, 2.0, 1.0]))
    pair = {"device": "cpu", "affine": "none", "similarity": {"iterations": [2, 1, 1]}}
    lesion = add_core(scan, every=EVERY)
    heard = []

    nodes = SparseVMReg.SparseVMRegLogic().register(
        atlas,
        fine,
        acquiredMask=mask,
        excluded=lesion,
        settings={"registration": pair},
        progress=lambda *what: heard.append(what),
    )

    assert nodes.alignedVolume.GetScene() is not None
    assert nodes.structureTable is None
    assert nodes.alignedVolume.GetNodeReference("VolumePreservingReg.acquired") is mask
    assert nodes.alignedVolume.GetNodeReference("VolumePreservingReg.excluded") is lesion
    assert heard[-1][1] > 0.99


def test_a_label_map_can_be_the_mask(sparse_panel):
    import slicer

    mask = slicer.mrmlScene.AddNewNodeByClass("vtkMRMLLabelMapVolumeNode", "Measured")
    selector = sparse_panel.ui.acquiredMaskSelector

    selector.setCurrentNode(mask)

    assert selector.currentNode() is mask
    assert sparse_panel.logic.getParameterNode().acquiredMask is mask
