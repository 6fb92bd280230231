"""Segment statistics give the STSR and the mean determinant that the engine defines."""

from __future__ import annotations

import math
import sys
from types import ModuleType, SimpleNamespace

import numpy as np
import pytest
import slicer
import torch
from VolumePreservingRegLib.scene.jacobian_volumes import note_organ_ratio
from VolumePreservingRegLib.scene.roles import LOG2, ROLE_ATTRIBUTE, SCALE_ATTRIBUTE
from VolumePreservingRegLib.scene.segment_change import mean_determinant, size_ratio, stsr

from vpreg.fields.warp import warp
from vpreg.images.grid import Grid
from vpreg.metrics.region_measurement import Mapping
from vpreg.metrics.stsr import measure_stsr
from vpreg.metrics.stsr import stsr as stsr_of_engine

N = 24


class PluginBase:
    """What SegmentStatisticsPluginBase of Slicer gives to a plugin."""

    def __init__(self):
        self.name, self.title, self.keys, self.defaultKeys = "", "", [], []
        self.parameterNode = None

    def toLongKey(self, key):
        return f"{type(self).__name__}.{key}"

    def getParameterNode(self):
        return self.parameterNode

    def getRequestedKeys(self):
        wanted = self.parameterNode.GetParameter
        return [key for key in self.keys if wanted(self.toLongKey(key) + ".enabled") == "True"]

    @staticmethod
    def createMeasurementInfo(**info):
        return info


@pytest.fixture
def plugin(scene, monkeypatch):
    """Return the plugin with a parameter node, as SegmentStatisticsLogic sets it up."""
    base = ModuleType("SegmentStatisticsPlugins")
    base.SegmentStatisticsPluginBase = PluginBase
    monkeypatch.setitem(sys.modules, "SegmentStatisticsPlugins", base)
    from VolumePreservingRegLib.scene.segment_statistics_plugin import VolumePreservingRegistration

    made = VolumePreservingRegistration()
    made.parameterNode = scene.AddNewNodeByClass("vtkMRMLScriptedModuleNode")
    for key in made.defaultKeys:
        made.parameterNode.SetParameter(made.toLongKey(key) + ".enabled", "True")
    yield made
    sys.modules.pop("VolumePreservingRegLib.scene.segment_statistics_plugin")


@pytest.fixture
def bump():
    """Return a field that shrinks tissue at its centre, with lesion, organ and engine's figures."""
    grid = Grid((N, N, N))
    at = torch.stack(torch.meshgrid(*[torch.arange(N) - N / 2] * 3, indexing="ij")).double()
    u = at * 0.25 * torch.exp(-at.square().sum(0) / (2 * 5.0**2))
    lesion = (at.square().sum(0) < 6**2).to(torch.int32)
    organ = (at.square().sum(0) < 10**2).to(torch.int32)
    report = measure_stsr(lesion, organ, u, fixed_grid=grid, moving_grid=grid)
    determinant = Mapping.of(u, fixed_grid=grid, moving_grid=grid).determinant
    weights = [warp((mask != 0).double(), u).numpy() for mask in (lesion, organ)]
    return SimpleNamespace(report=report, determinant=determinant.numpy(), weights=weights)


def test_the_formula_is_that_of_the_engine(bump):
    lesion, organ = bump.report.lesions[0], bump.report
    tumor_ratio, organ_ratio = (size_ratio(bump.determinant, w) for w in bump.weights)

    assert organ_ratio == pytest.approx(organ.organ_ratio_jacobian, rel=1e-6)
    assert stsr(tumor_ratio, organ_ratio) == pytest.approx(lesion.stsr_jacobian, rel=1e-6)
    assert lesion.stsr_jacobian > 1.2


@pytest.mark.parametrize(
    ("tumor", "organ"),
    [(0.5, 1.0), (0.9, 0.9), (1.1, 1.0), (0.0, 1.0), (math.inf, 1.0), (math.nan, 1.0)],
)
def test_the_ratio_of_ratios_is_that_of_the_engine(tumor, organ):
    assert stsr(tumor, organ) == pytest.approx(stsr_of_engine(tumor, organ), nan_ok=True)


def test_a_folded_region_fails_and_an_empty_one_is_unknown():
    weights = np.ones((3, 3, 3))

    assert size_ratio(-weights, weights) == math.inf
    assert math.isnan(mean_determinant(weights, weights * 0))


def test_a_segment_gets_its_mean_and_its_stsr(plugin, bump):
    volume = jacobian(bump.determinant, organ_ratio=0.9)
    mask = bump.weights[0] > 0.5
    segmentation = segment_of(mask, volume)
    plugin.parameterNode.SetParameter("Segmentation", segmentation.GetID())

    found = plugin.computeStatistics("tumor")

    mean = bump.determinant[mask].mean()
    assert found["mean_jacobian"] == pytest.approx(mean, rel=1e-5)
    assert found["stsr"] == pytest.approx(stsr_of_engine(1 / mean, 0.9), rel=1e-5)


def test_a_result_of_the_engine_gives_its_own_organ(plugin, loaded, result_folder):
    import json

    content = json.loads((result_folder / "result.json").read_text(encoding="utf-8"))
    measured = content["figures"]["final"]["tumor"]["stsr"]["lesions"][0]["stsr_jacobian"]
    plugin.parameterNode.SetParameter("Segmentation", loaded.nodes.alignedTumor.GetID())

    found = plugin.computeStatistics("transform_1")

    # The engine weighs the voxels at the border; a segment has them or not.
    assert found["stsr"] == pytest.approx(measured, rel=0.05)


def test_a_chosen_volume_goes_before_the_only_one(plugin, bump):
    volume = jacobian(bump.determinant, organ_ratio=1.0)
    other = jacobian(np.full((N, N, N), 2.0), organ_ratio=1.0)
    other.SetAttribute(ROLE_ATTRIBUTE, "similarityJacobian")
    segmentation = segment_of(bump.weights[0] > 0.5, volume)
    plugin.parameterNode.SetParameter("Segmentation", segmentation.GetID())
    assert plugin.jacobianVolume() is volume

    plugin.parameterNode.SetParameter("JacobianVolume", other.GetID())

    assert plugin.computeStatistics("tumor")["mean_jacobian"] == pytest.approx(2)
    assert plugin.computeStatistics("tumor")["stsr"] == pytest.approx(4)


def test_without_a_jacobian_volume_there_is_nothing_to_tell(plugin, scene):
    segmentation = scene.AddNewNodeByClass("vtkMRMLSegmentationNode")
    plugin.parameterNode.SetParameter("Segmentation", segmentation.GetID())

    assert plugin.computeStatistics("tumor") == {}


def test_two_results_are_not_guessed_between(plugin, bump):
    jacobian(bump.determinant, organ_ratio=1.0)
    jacobian(bump.determinant, organ_ratio=1.0)

    assert plugin.jacobianVolume() is None


def test_an_unknown_organ_leaves_the_stsr_out(plugin, bump):
    volume = jacobian(bump.determinant, organ_ratio=None)
    segmentation = segment_of(bump.weights[0] > 0.5, volume)
    plugin.parameterNode.SetParameter("Segmentation", segmentation.GetID())

    assert set(plugin.computeStatistics("tumor")) == {"mean_jacobian"}


def test_each_key_says_what_it_is(plugin):
    for key in plugin.keys:
        info = plugin.getMeasurementInfo(key)
        assert {"name", "title", "description", "units"} <= set(info)
        assert "." not in key


def jacobian(determinant, *, organ_ratio):
    """Add a Jacobian volume as a result has it."""
    node = slicer.util.addVolumeFromArray(np.log2(determinant).astype(np.float32))
    node.SetAttribute(SCALE_ATTRIBUTE, LOG2)
    node.SetAttribute(ROLE_ATTRIBUTE, "jacobian")
    note_organ_ratio(node, organ_ratio)
    return node


def segment_of(mask, volume):
    """Add a segmentation with one segment."""
    node = slicer.mrmlScene.AddNewNodeByClass("vtkMRMLSegmentationNode")
    node.SetReferenceImageGeometryParameterFromVolumeNode(volume)
    node.GetSegmentation().AddEmptySegment("tumor", "Tumor")
    slicer.util.updateSegmentBinaryLabelmapFromArray(mask.astype(np.uint8), node, "tumor", volume)
    return node
