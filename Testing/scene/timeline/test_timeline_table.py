"""The table node: two headings, reviews and marks."""

from __future__ import annotations

import pytest

from Testing.scene.timeline.timeline_figures import history


@pytest.fixture
def table(scene):
    """Return a filled table."""
    from VolumePreservingRegLib.timeline.table import fill_table

    node = scene.AddNewNodeByClass("vtkMRMLTableNode", "lesions")
    fill_table(node, history(), {("L1", "2021-01-10"): (1.5, -2.0, 3.0)}, {})
    return node


def column(table, name):
    """Return the values of a column."""
    array = table.GetTable().GetColumnByName(name)
    return [array.GetValue(n) for n in range(array.GetNumberOfValues())]


def test_each_number_stands_below_the_heading_that_it_belongs_to(table):
    assert table.GetColumnTitle("VolumeMl") == "Measured on the segmentations: Volume"
    assert table.GetColumnTitle("StsrSoft") == "Property of the alignment: STSR"
    assert table.GetColumnTitle("AlignedMl").startswith("Property of the alignment")
    assert table.GetUseColumnTitleAsColumnHeader()


def test_a_row_is_a_lesion_at_a_date(table):
    assert column(table, "Lesion") == ["L1", "L1", "L1", "L2", "L2", "L2"]
    assert [float(word) for word in column(table, "VolumeMl")[:5]] == [1, 2, 4, 3, 1]
    assert column(table, "VolumeMl")[5] == ""
    assert column(table, "Event")[5] == "vanished"
    assert [column(table, f"Place{axis}")[0] for axis in "RAS"] == [1.5, -2.0, 3.0]


def test_reviews_and_marks_are_columns_of_the_table(table):
    from VolumePreservingRegLib.timeline.review import Review, Verdict
    from VolumePreservingRegLib.timeline.table import show_outdated, show_reviews

    show_reviews(table, history(), {("L1", "2021-07-10"): Review(Verdict.ACCEPTED, "fine")})
    show_outdated(table, [False, True, True, False, True, True])

    assert column(table, "Review") == ["", "", "accepted", "", "", ""]
    assert column(table, "Comment")[2] == "fine"
    assert column(table, "State") == ["", "outdated", "outdated", "", "outdated", "outdated"]


def test_only_what_rests_on_an_edited_date_is_outdated(scene):
    assert scene
    from VolumePreservingRegLib.timeline.edit_watch import outdated_times

    assert outdated_times(["a", "b", "c"], []) == 3
    assert outdated_times(["a", "b", "c"], ["c"]) == 2
    assert outdated_times(["a", "b", "c"], ["c", "b"]) == 1
    assert outdated_times(["a", "b", "c"], ["gone"]) == 3
