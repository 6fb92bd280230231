"""Time points: their dates, what is missing, and where they come from."""

from __future__ import annotations

import numpy as np
import pytest

GRID = np.diag([2.0, 2.0, 2.0, 1.0])


@pytest.fixture
def visit(scene):
    """Return a function that adds a scan and a segmentation, in a study if there is a date."""
    import slicer

    def add(name, *, study=0, masks=(1,)):
        voxels = np.zeros((10, 12, 14), dtype=np.float32)
        scan = slicer.util.addVolumeFromArray(voxels, ijkToRAS=GRID, name=name)
        drawn = scene.AddNewNodeByClass("vtkMRMLSegmentationNode", f"{name} lesions")
        drawn.SetReferenceImageGeometryParameterFromVolumeNode(scan)
        for number in masks:
            segment = drawn.GetSegmentation().AddEmptySegment(f"s{number}", f"s{number}")
            labels = np.zeros(voxels.shape, dtype=np.uint8)
            labels[2 * number : 2 * number + 2, 4:7, 5:9] = 1
            slicer.util.updateSegmentBinaryLabelmapFromArray(labels, drawn, segment, scan)
        if study:
            hierarchy = scene.GetSubjectHierarchyNode()
            for node in (scan, drawn):
                hierarchy.SetItemParent(hierarchy.GetItemByDataNode(node), study)
        return scan, drawn

    return add


def point(scan=None, drawn=None, date="", key="a", segment=""):
    """Return a time point."""
    from VolumePreservingRegLib.timeline.time_point import TimePoint

    return TimePoint(key, scan, drawn, date, segment)


def problem(*points):
    """Return what is missing."""
    from VolumePreservingRegLib.timeline.problems import find_problem

    return find_problem(points)


def studies(scene, *dates, patient="Patient"):
    """Add a patient with a study a date; return the items of the studies."""
    hierarchy = scene.GetSubjectHierarchyNode()
    subject = hierarchy.CreateSubjectItem(hierarchy.GetSceneItemID(), patient)
    found = [hierarchy.CreateStudyItem(subject, f"MR {date}") for date in dates]
    for study, date in zip(found, dates, strict=True):
        hierarchy.SetItemAttribute(study, "DICOM.StudyDate", date)
    return found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2021-03-01", "2021-03-01"),
        (" 20210301 ", "2021-03-01"),
        ("90", "day 90"),
        ("day 90", "day 90"),
        ("2021-02-30", None),
        ("1899-01-01", None),
        ("March", None),
        ("", None),
    ],
)
def test_dates_are_read_as_people_and_dicom_write_them(scene, text, words):
    assert scene
    from VolumePreservingRegLib.timeline.dates import read_when

    when = read_when(text)

    assert (when.words() if when else None) == words


def test_each_thing_that_is_missing_has_its_sentence(visit):
    first, second = visit("A"), visit("B")
    whole = point(*first, "2021-01-01")

    assert "at least two" in problem(whole)
    assert "scan of time point 2" in problem(whole, point(date="2021-02-01"))
    assert "segmentation of time point 2" in problem(whole, point(second[0]))
    assert "date of time point 2" in problem(whole, point(*second))
    assert "year-month-day" in problem(whole, point(*second, "soon"))
    assert "for all" in problem(whole, point(*second, "90"))
    assert "1 and 2 different dates" in problem(whole, point(*second, "20210101"))
    assert "A is that of two" in problem(whole, point(first[0], second[1], "2021-02-01"))
    assert "segment of time point 2" in problem(whole, point(*second, "2021-02-01", segment="gone"))
    assert problem(whole, point(*second, "2021-02-01")) is None


def test_one_segmentation_may_hold_all_dates_a_segment_each(visit):
    one, other = visit("A", masks=(1, 2)), visit("B")

    assert (
        problem(
            point(*one, "2021-01-01", segment="s1"),
            point(other[0], one[1], "2021-02-01", segment="s2"),
        )
        is None
    )


def test_points_come_into_the_order_of_time(visit):
    from VolumePreservingRegLib.timeline.problems import in_order

    late, early = point(*visit("A"), "2021-05-01", "late"), point(*visit("B"), "20210101", "early")

    assert [one.key for one in in_order([late, early])] == ["early", "late"]


def test_the_studies_of_a_patient_become_time_points_with_their_dates(scene, visit):
    from VolumePreservingRegLib.timeline.dicom_studies import points_of_studies

    second, first = studies(scene, "20210410", "20210110")
    late, early = visit("late", study=second), visit("early", study=first)

    found = points_of_studies(scene, like=[])

    assert [(one.scan, one.segmentation) for one in found] == [early, late]
    assert [one.date for one in found] == ["2021-01-10", "2021-04-10"]


def test_the_scan_of_a_study_is_the_one_that_was_drawn_on(scene, visit):
    from VolumePreservingRegLib.timeline.dicom_studies import points_of_studies

    (study,) = studies(scene, "20210110")
    import slicer

    localizer = slicer.util.addVolumeFromArray(np.zeros((4, 4, 4), np.float32), name="localizer")
    hierarchy = scene.GetSubjectHierarchyNode()
    hierarchy.SetItemParent(hierarchy.GetItemByDataNode(localizer), study)
    drawn_on = visit("T1", study=study)

    (found,) = points_of_studies(scene, like=[])

    assert found.scan is drawn_on[0]


def test_of_several_patients_that_of_the_scans_listed_counts(scene, visit):
    from VolumePreservingRegLib.timeline.dicom_studies import points_of_studies

    (one,), (other,) = studies(scene, "20210110"), studies(scene, "20210210", patient="Other")
    mine, _ = visit("mine", study=one), visit("other", study=other)

    with pytest.raises(ValueError, match="several patients"):
        points_of_studies(scene, like=[])
    (found,) = points_of_studies(scene, like=[mine[0]])
    assert found.scan is mine[0]


def test_without_studies_the_user_reads_what_to_do(scene):
    from VolumePreservingRegLib.timeline.dicom_studies import points_of_studies

    with pytest.raises(ValueError, match="one by one"):
        points_of_studies(scene, like=[])


def test_the_date_of_a_scan_comes_from_its_name_at_last(scene, visit):
    assert scene
    from VolumePreservingRegLib.timeline.dates import date_of_scan

    assert date_of_scan(visit("T1 2020-12-31 axial")[0]) == "2020-12-31"
    assert date_of_scan(visit("subject 123456789")[0]) == ""


def test_what_is_stored_in_a_parameter_node_comes_back(scene, visit):
    from VolumePreservingRegLib.timeline.options import LesionRule, TimelineOptions
    from VolumePreservingRegLib.timeline.review import Review, Verdict
    from VolumePreservingRegLib.timeline.store import Store

    node = scene.AddNewNodeByClass("vtkMRMLScriptedModuleNode", "parameters")
    one, other = visit("A"), visit("B")
    added = [Store(node).add(point(*pair, "2021-01-01", "")) for pair in (one, other)]
    options = TimelineOptions(rule=LesionRule.LABELS, chain=True, logScale=True)
    reviews = {("L1", "2021-01-01"): Review(Verdict.ACCEPTED, 'said "so", twice')}
    Store(node).setOptions(options)
    Store(node).setReviews(reviews)
    Store(node).remove(added[0].key)

    again = Store(node)

    assert again.points() == [added[1]]
    assert (again.options(), again.reviews()) == (options, reviews)
    assert node.GetNumberOfNodeReferences(f"VolumePreservingReg.timePoint.{added[0].key}.scan") == 0


def test_a_node_that_is_removed_leaves_a_gap_in_its_time_point(scene, visit):
    from VolumePreservingRegLib.timeline.store import Store

    node = scene.AddNewNodeByClass("vtkMRMLScriptedModuleNode", "parameters")
    scan, drawn = visit("A")
    Store(node).add(point(scan, drawn, "2021-01-01"))

    scene.RemoveNode(drawn)

    (found,) = Store(node).points()
    assert (found.scan, found.segmentation) == (scan, None)
