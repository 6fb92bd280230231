"""The list of what to look at, on fields of known folds, sizes and lesions."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import SimpleITK
import slicer
from VolumePreservingRegLib.review.finding import FindingKind, Severity
from VolumePreservingRegLib.review.findings import find_findings
from VolumePreservingRegLib.review.scans import Scans
from VolumePreservingRegLib.scene.aligned_tumor import ALIGNMENT_TAG
from VolumePreservingRegLib.scene.display_jacobian import to_log2
from VolumePreservingRegLib.scene.roles import FOLDER_ATTRIBUTE, ResultNodes
from VolumePreservingRegLib.scene.table_columns import Column, add_column

SHAPE, SPACING_MM = (40, 40, 40), 2.0
MIDDLE_MM = 39.0


def place_mm(k, j, i):
    return tuple(SPACING_MM * index - MIDDLE_MM for index in (i, j, k))


pytestmark = pytest.mark.usefixtures("scene")


def make_volume(array):
    """Make a volume of an array, with its middle at the origin."""
    matrix = np.diag([SPACING_MM, SPACING_MM, SPACING_MM, 1.0])
    matrix[:3, 3] = -MIDDLE_MM
    return slicer.util.addVolumeFromArray(array.astype(np.float32), matrix)


@pytest.fixture
def result():
    """Return a result without folds or changes of size, in a head that fills the image."""
    ones = np.ones(SHAPE)
    nodes = ResultNodes(
        alignedVolume=make_volume(ones),
        jacobian=make_volume(ones),
        folds=make_volume(np.zeros(SHAPE)),
    )
    to_log2(nodes.jacobian)
    return Scans(make_volume(ones), make_volume(ones), nodes)


def with_boxes(boxes, *, outside=0.0):
    """Return an array with values in boxes of so many voxels on each side of a voxel."""
    array = np.full(SHAPE, outside)
    for (k, j, i), half, value in boxes:
        array[k - half : k + half + 1, j - half : j + half + 1, i - half : i + half + 1] = value
    return array


def set_voxels(volume, array):
    slicer.util.updateVolumeFromArray(volume, array.astype(np.float32))


def test_a_result_without_flaws_has_no_findings(result):
    assert find_findings(result) == []


def test_folds_are_listed_by_size_each_at_a_voxel_of_its_own(result):
    boxes = [((8, 8, 8), 0, 1), ((20, 30, 12), 2, 1), ((30, 10, 25), 1, 1)]
    set_voxels(result.nodes.folds, with_boxes(boxes))

    found = find_findings(result)

    assert [finding.position_ras for finding in found] == [
        place_mm(20, 30, 12),
        place_mm(30, 10, 25),
        place_mm(8, 8, 8),
    ]
    assert {finding.kind for finding in found} == {FindingKind.FOLD}
    assert "(1 ml)" in found[0].text  # 125 voxels of 8 mm3


def test_a_bent_fold_is_marked_within_itself(result):
    folds = np.zeros(SHAPE)
    folds[20, 10:30, 10] = folds[20, 10, 10:30] = 1
    set_voxels(result.nodes.folds, folds)

    (finding,) = find_findings(result)

    i, j, k = ((np.array(finding.position_ras) + MIDDLE_MM) / SPACING_MM).astype(int)
    assert folds[k, j, i] == 1


def test_many_folds_are_capped_with_a_count(result):
    places = [(k, j, 10) for k in range(4, 36, 8) for j in range(4, 36, 8)]
    set_voxels(result.nodes.folds, with_boxes([(place, 0, 1) for place in places]))

    found = find_findings(result)

    assert len(found) == 11
    assert found[-1].text.startswith(f"{len(places) - 10} smaller folds")


def test_strongest_shrink_and_growth_are_found_where_they_are(result):
    determinant = with_boxes([((12, 20, 28), 5, 2.5), ((28, 18, 10), 5, 0.8)], outside=1.0)
    set_voxels(result.nodes.jacobian, np.log2(determinant))

    shrink, growth = find_findings(result)

    assert shrink.kind is FindingKind.SHRINK
    assert shrink.text.endswith("tissue 40 % of its size")
    assert np.abs(np.subtract(shrink.position_ras, place_mm(12, 20, 28))).max() <= 6.0
    assert shrink.severity is Severity.LOOK
    assert growth.text.endswith("tissue 125 % of its size")
    assert np.abs(np.subtract(growth.position_ras, place_mm(28, 18, 10))).max() <= 6.0
    assert growth.severity is Severity.NOTE


def test_a_single_voxel_is_no_strongest_change(result):
    determinant = with_boxes([((12, 20, 28), 0, 5.0), ((28, 18, 10), 4, 2.0)], outside=1.0)
    set_voxels(result.nodes.jacobian, np.log2(determinant))

    (shrink,) = find_findings(result)

    assert np.abs(np.subtract(shrink.position_ras, place_mm(28, 18, 10))).max() <= 4.0


def test_changes_outside_the_organ_do_not_count(result):
    determinant = with_boxes([((12, 12, 12), 4, 4.0), ((28, 28, 28), 4, 1.5)], outside=1.0)
    set_voxels(result.nodes.jacobian, np.log2(determinant))
    organ = slicer.mrmlScene.AddNewNodeByClass("vtkMRMLSegmentationNode")
    segment = organ.GetSegmentation().AddEmptySegment("organ")
    slicer.util.updateSegmentBinaryLabelmapFromArray(
        with_boxes([((28, 28, 28), 8, 1)]).astype(np.uint8), organ, segment, result.baseline
    )

    (shrink,) = find_findings(replace(result, organ=organ, organSegmentID=segment))

    assert shrink.text.endswith("tissue 67 % of its size")


def test_air_around_the_head_does_not_count_where_no_organ_is_known(result):
    set_voxels(result.nodes.alignedVolume, with_boxes([((28, 28, 28), 8, 100)]))
    determinant = with_boxes([((12, 12, 12), 4, 4.0)], outside=1.0)
    set_voxels(result.nodes.jacobian, np.log2(determinant))

    assert find_findings(result) == []


def test_the_organ_that_the_engine_found_counts_where_none_was_chosen(result, tmp_path):
    determinant = with_boxes([((12, 12, 12), 4, 4.0), ((28, 28, 28), 4, 1.5)], outside=1.0)
    set_voxels(result.nodes.jacobian, np.log2(determinant))
    organ = SimpleITK.GetImageFromArray(with_boxes([((28, 28, 28), 8, 1)]).astype(np.uint8))
    SimpleITK.WriteImage(organ, str(tmp_path / "organ.nii.gz"))
    result.nodes.alignedVolume.SetAttribute(FOLDER_ATTRIBUTE, str(tmp_path))

    (shrink,) = find_findings(result)

    assert shrink.text.endswith("tissue 67 % of its size")


def add_lesions(result, lesions, *, column="VolumePreservingStsr", role="transform"):
    """Give a result a table and aligned segments of lesions (name, STSR, voxel)."""
    table = slicer.mrmlScene.AddNewNodeByClass("vtkMRMLTableNode")
    tumor = slicer.mrmlScene.AddNewNodeByClass("vtkMRMLSegmentationNode")
    add_column(table, Column("Lesion", "Lesion"), [name for name, *_ in lesions])
    add_column(table, Column(column, column), [stsr for _, stsr, _ in lesions])
    for name, _stsr, voxel in lesions:
        mask = with_boxes([(voxel, 3, 1)]).astype(np.uint8)
        identifier = tumor.GetSegmentation().AddEmptySegment(name, f"{name}, volume-preserving")
        tumor.GetSegmentation().GetSegment(identifier).SetTag(ALIGNMENT_TAG, role)
        slicer.util.updateSegmentBinaryLabelmapFromArray(mask, tumor, identifier, result.baseline)
    return replace(result, nodes=replace(result.nodes, tumorTable=table, alignedTumor=tumor))


def test_tumors_whose_size_was_not_kept_are_listed_at_their_place(result):
    result = add_lesions(
        result,
        [("Left", 1.02, (10, 10, 10)), ("Right", 1.30, (20, 12, 28)), ("Old", 1.51, (30, 30, 8))],
    )

    found = find_findings(result)

    assert [finding.position_ras for finding in found] == [
        place_mm(30, 30, 8),
        place_mm(20, 12, 28),
    ]
    assert found[0].text.startswith("Old: the alignment changes its size (STSR 1.51")


def test_the_limit_can_be_chosen(result):
    result = add_lesions(result, [("Left", 1.02, (10, 10, 10)), ("Gone", None, (20, 12, 28))])

    assert find_findings(result) == []
    assert len(find_findings(result, stsr_limit=1.01)) == 1


def test_a_similarity_only_result_is_judged_by_its_own_stsr(result):
    result = add_lesions(
        result,
        [("Left", 2.1, (10, 10, 10))],
        column="SimilarityOnlyStsr",
        role="similarityTransform",
    )

    (finding,) = find_findings(result)

    assert "2.10" in finding.text


def test_the_most_serious_come_first(result):
    set_voxels(result.nodes.folds, with_boxes([((8, 8, 8), 1, 1)]))
    determinant = with_boxes([((28, 18, 10), 5, 1.5), ((10, 20, 30), 5, 0.4)], outside=1.0)
    set_voxels(result.nodes.jacobian, np.log2(determinant))

    severities = [finding.severity for finding in find_findings(result)]

    assert severities == [Severity.PROBLEM, Severity.LOOK, Severity.NOTE]


def test_places_follow_the_transform_above_the_scan(result):
    set_voxels(result.nodes.folds, with_boxes([((8, 9, 10), 0, 1)]))
    shift = slicer.mrmlScene.AddNewNodeByClass("vtkMRMLLinearTransformNode")
    matrix = np.eye(4)
    matrix[:3, 3] = (5.0, -3.0, 7.0)
    slicer.util.updateTransformMatrixFromArray(shift, matrix)
    result.nodes.folds.SetAndObserveTransformNodeID(shift.GetID())

    (finding,) = find_findings(result)

    assert finding.position_ras == pytest.approx(np.add(place_mm(8, 9, 10), (5.0, -3.0, 7.0)))
