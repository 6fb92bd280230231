"""A sparse registration in a real scene: names, colors, places and words."""

from __future__ import annotations

import shutil

import numpy as np
import pytest
import SimpleITK

from Testing.gui.sparse_cases import run_request, small_request

TERMINOLOGY = "Segmentation category~SCT^123037004^Anatomical Structure~SCT^12738006^Brain"


@pytest.fixture
def request_in_scene(scene):
    """Return a whole job on nodes of a new scene."""
    from slicer import vtkSegment

    assert scene
    request = small_request()
    segment = request.atlasSegmentation.GetSegmentation().GetSegment("core")
    segment.SetTag(vtkSegment.GetTerminologyEntryTagName(), TERMINOLOGY)
    return request


@pytest.fixture(scope="session")
def job(mrml, tmp_path_factory):
    """Let the real worker do the job once."""
    from slicer import vtkSegment

    mrml.scene.Clear(0)
    request = small_request()
    segment = request.atlasSegmentation.GetSegmentation().GetSegment("core")
    segment.SetTag(vtkSegment.GetTerminologyEntryTagName(), TERMINOLOGY)
    return run_request(request, tmp_path_factory.mktemp("sparse") / "job")


@pytest.fixture
def nodes(job, request_in_scene):
    """Show the result."""
    from SparseVMRegLib.run.ways import result_to_nodes

    return result_to_nodes(job.result, request_in_scene)


def node_names(scene):
    return sorted(scene.GetNthNode(n).GetName() or "" for n in range(scene.GetNumberOfNodes()))


def test_segments_keep_their_names_colors_ids_and_codes(nodes):
    from SparseVMRegLib.run.structures import terminology_of

    segment = nodes.carriedSegmentation.GetSegmentation().GetSegment("core")

    assert segment.GetName() == "Core"
    assert segment.GetColor() == pytest.approx((0.2, 0.4, 0.9))
    assert terminology_of(segment) == TERMINOLOGY


def test_carried_segments_lie_where_the_engine_has_put_the_labels(nodes, job):
    from VolumePreservingRegLib.scene.segment_maps import segment_map

    written = SimpleITK.GetArrayFromImage(SimpleITK.ReadImage(str(job.result / "labels.nii.gz")))

    found = segment_map(nodes.carriedSegmentation, nodes.alignedVolume)

    assert np.array_equal(found.labels, written)
    assert written.any()


def test_both_transforms_map_points_as_itk_does_and_undo_each_other(nodes, job):
    there = SimpleITK.ReadTransform(str(job.result / "transform.h5"))
    point_ras = np.array([31.0, 45.0, 31.0])  # where the core has swollen
    flip = np.array([-1.0, -1.0, 1.0])

    found = np.array(nodes.transform.GetTransformFromParent().TransformPoint(point_ras))
    back = np.array(nodes.inverseTransform.GetTransformFromParent().TransformPoint(found))

    expected = flip * there.TransformPoint((flip * point_ras).tolist())
    assert found == pytest.approx(expected, abs=1e-3)
    assert np.abs(found - point_ras).max() > 1.0
    assert back == pytest.approx(point_ras, abs=0.5)


def test_the_table_has_the_figures_of_the_engine(nodes, job):
    import json

    content = json.loads((job.result / "result.json").read_text())
    (row,) = content["figures"]["structures"]
    table = nodes.structureTable.GetTable()

    def value(name):
        return table.GetValueByName(0, name).ToDouble()

    assert value("CarriedMl") == pytest.approx(row["volume_carried_mm3"] / 1000, abs=1e-3)
    assert value("MeasuredPercent") == pytest.approx(100 * row["measured_fraction"], abs=0.1)
    assert value("Dice") == pytest.approx(row["dice"], abs=1e-3)


def test_a_structure_that_was_hardly_measured_is_a_finding_at_its_middle(nodes):
    from VolumePreservingRegLib.review.structure_findings import structure_findings

    (finding,) = structure_findings(nodes)

    assert finding.text.startswith("Core: only 2")
    # The core lies in the middle of 32 voxels of 2 mm.
    assert finding.position_ras == pytest.approx((31.0, 31.0, 31.0), abs=6.0)


def test_inputs_are_known_by_their_roles(nodes, request_in_scene):
    from VolumePreservingRegLib.scene.references import inputs_of

    assert set(inputs_of(nodes)) == set(request_in_scene.nodes)


def test_a_folder_without_its_inverse_adds_nothing(job, request_in_scene, scene, tmp_path):
    from SparseVMRegLib.run.ways import result_to_nodes

    folder = tmp_path / "job"
    shutil.copytree(job.path, folder)
    (folder / "result" / "inverse.h5").unlink()
    before = node_names(scene)

    with pytest.raises(ValueError, match=r"inverse\.h5 is missing or damaged"):
        result_to_nodes(folder / "result", request_in_scene)

    assert node_names(scene) == before


def test_a_result_can_be_taken_out_again(nodes, scene):
    from VolumePreservingRegLib.scene.remove_result import remove_result

    remove_result(nodes)

    assert not [name for name in node_names(scene) if "aligned" in name or "carried" in name]


@pytest.mark.parametrize(
    ("certainty", "words"),
    [(0.95, "hardly any doubt"), (0.7, "quite surely"), (0.45, "with some doubt")],
)
def test_how_sure_detection_is_stands_in_words(mrml, certainty, words):
    from SparseVMRegLib.scene.slices_in_words import slices_in_words

    assert mrml
    figures = {"acquired": "detect", "certainty": certainty, "count": 20, "spacing_mm": 6.0}

    text = slices_in_words({**figures, "thickness_mm": 6.0, "normal_lps": [0.0, 0.5, -0.9]})

    assert text.startswith("20 slices, 6.0 mm apart, axial and tilted by 29 degrees.")
    assert "not measured" not in text
    assert words in text
    assert f"{100 * certainty:.0f} %" in text


def test_a_mask_without_parallel_slices_is_told_by_its_share(mrml):
    from SparseVMRegLib.scene.slices_in_words import slices_in_words

    assert mrml
    figures = {"acquired": "mask", "certainty": None, "confident_fraction": 0.143}

    assert slices_in_words(figures) == (
        "The mask shows no parallel slices: 14 % of the scan count as measured."
        " Taken from the mask."
    )


def test_segments_meet_by_their_names_however_they_are_written(mrml):
    from SparseVMRegLib.run.matching_labels import labelled_like
    from SparseVMRegLib.run.structures import Structure
    from VolumePreservingRegLib.scene.segment_maps import SegmentMap

    assert mrml
    atlas = [
        Structure(n, name, "", (1.0, 0.0, 0.0)) for n, name in ((4, "Left ventricle"), (9, "Brain"))
    ]
    own = SegmentMap(np.array([0, 1, 2, 3]), {1: "brain", 2: "Skull", 3: "left_Ventricle"})

    found = labelled_like(own, atlas)

    assert found.labels.tolist() == [0, 9, 0, 4]
    assert found.names == {9: "brain", 4: "left_Ventricle"}
