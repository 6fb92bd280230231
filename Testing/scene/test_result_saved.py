"""A saved scene shows the same result when it is opened."""

from __future__ import annotations

import numpy as np
import pytest
import slicer
from VolumePreservingRegLib.scene import references
from VolumePreservingRegLib.scene.colours import BANDS, LOG2_LIMIT, band_colours
from VolumePreservingRegLib.scene.hierarchy import folder_of
from VolumePreservingRegLib.scene.jacobian_volumes import organ_ratio
from VolumePreservingRegLib.scene.stale import is_stale, mark_stale
from VolumePreservingRegLib.scene.table_columns import GROUP_PROPERTY


@pytest.fixture
def reopened(loaded, scene, tmp_path):
    """Save the scene as a bundle, close it, open it, and find the result by its parameter node."""
    parameters = scene.AddNewNodeByClass("vtkMRMLScriptedModuleNode", "parameters")
    references.store(parameters, loaded.nodes)
    loaded.before = {
        role: slicer.util.arrayFromVolume(node).copy()
        for role, node in loaded.nodes.items()
        if node.IsA("vtkMRMLVolumeNode")
    }
    loaded.organ_ratio = organ_ratio(loaded.nodes.jacobian)
    mark_stale(loaded.nodes, "for the test")
    slicer.util.saveScene(str(tmp_path / "saved.mrb"))
    scene.Clear(0)
    slicer.util.loadScene(str(tmp_path / "saved.mrb"))
    loaded.nodes = references.find(slicer.util.getNode("parameters"))
    return loaded


def test_all_nodes_come_back_in_their_roles_and_their_folder(reopened):
    assert len(reopened.nodes.nodes()) == 12
    assert folder_of(reopened.nodes)
    assert is_stale(reopened.nodes)
    assert len(references.inputs_of(reopened.nodes)) == 4
    for role, voxels in reopened.before.items():
        assert np.array_equal(slicer.util.arrayFromVolume(getattr(reopened.nodes, role)), voxels)


def test_the_size_change_comes_back_with_its_colours_and_legend(reopened):
    display = reopened.nodes.jacobian.GetDisplayNode()
    colours = display.GetColorNode()
    legend = slicer.modules.colors.logic().GetColorLegendDisplayNode(reopened.nodes.jacobian)

    assert display.GetWindowLevelMax() == pytest.approx(LOG2_LIMIT)
    assert [colours.GetColorName(n) for n in range(colours.GetNumberOfColors())] == list(BANDS)[
        ::-1
    ]
    shown = [colours.GetLookupTable().GetTableValue(n) for n in range(len(BANDS))]
    assert np.allclose([rgba[:3] for rgba in shown], band_colours(), atol=1 / 255)
    assert shown[len(BANDS) // 2][3] == 0
    assert legend.GetUseColorNamesForLabels()
    assert reopened.organ_ratio == organ_ratio(reopened.nodes.jacobian)


def test_mask_and_folds_come_back_with_their_thresholds(reopened):
    mask = reopened.nodes.softMask.GetDisplayNode()
    folds = reopened.nodes.folds.GetDisplayNode()

    assert mask.GetApplyThreshold()
    assert mask.GetLowerThreshold() == pytest.approx(0.1)
    assert mask.GetColorNode().GetName() == "Soft tumor mask"
    assert mask.GetColorNode().GetColorTransferFunction().GetSize() == 3
    assert folds.GetApplyThreshold()
    assert not folds.GetInterpolate()


def test_tables_come_back_with_headings_units_and_tooltips(reopened):
    table = reopened.nodes.tumorTable

    assert table.GetColumnUnitLabel("FollowUpMl") == "ml"
    assert table.GetColumnProperty("FollowUpMl", GROUP_PROPERTY) == "Measured on the segmentations"
    assert "growth" in table.GetColumnDescription("VolumePreservingStsr")
    assert table.GetTable().GetColumnByName("FollowUpMl").GetValue(0) == pytest.approx(14, abs=0.5)
    assert table.GetUseColumnTitleAsColumnHeader()


def test_both_alignments_of_the_tumor_come_back_apart(reopened):
    segmentation = reopened.nodes.alignedTumor.GetSegmentation()
    names = {segmentation.GetNthSegment(n).GetName() for n in range(2)}
    colours = {segmentation.GetNthSegment(n).GetColor() for n in range(2)}

    assert names == {"Glioma, volume-preserving", "Glioma, similarity-only"}
    assert len(colours) == 2


def test_colours_of_an_opened_scene_are_used_again(reopened, result_folder):
    from VolumePreservingRegLib.scene.load_result import load_result

    fixed, moving = slicer.util.getNode("MR 2024"), slicer.util.getNode("MR 2025")
    nodes = load_result(result_folder, fixed=fixed, moving=moving)

    before = reopened.nodes.jacobian.GetDisplayNode().GetColorNode()
    assert nodes.jacobian.GetDisplayNode().GetColorNode() is before
