"""Layouts for any number of time points."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest


def views(description):
    """Return the class and the tag of each view of a layout."""
    return [
        (one.get("class"), one.get("singletontag"))
        for one in ET.fromstring(description).iter("view")
    ]


def rows_of_slices(description):
    """Count the slice views of each row."""
    rows = ET.fromstring(description).findall("item/layout")
    return [len(row.findall("item/view[@class='vtkMRMLSliceNode']")) for row in rows]


@pytest.mark.parametrize("count", [2, 3, 4, 5, 8, 9, 12])
def test_there_is_a_view_for_each_time_point_above_plot_and_table(scene, count):
    assert scene
    from VolumePreservingRegLib.timeline.layout import description, view_names

    found = views(description(count))

    slices = [tag for kind, tag in found if kind == "vtkMRMLSliceNode"]
    assert slices == view_names(count)
    assert len(set(slices)) == count
    assert [kind for kind, _ in found[count:]] == ["vtkMRMLPlotViewNode", "vtkMRMLTableViewNode"]


@pytest.mark.parametrize(
    ("count", "rows"), [(4, [4]), (5, [3, 2]), (8, [4, 4]), (9, [3, 3, 3]), (12, [4, 4, 4])]
)
def test_rows_are_even_and_no_longer_than_four(scene, count, rows):
    assert scene
    from VolumePreservingRegLib.timeline.layout import description

    assert rows_of_slices(description(count)) == [*rows, 0]


def test_of_more_time_points_than_views_the_last_ones_are_shown(scene):
    assert scene
    from VolumePreservingRegLib.timeline.layout import is_ours, layout_number, view_names

    assert len(view_names(20)) == 12
    assert layout_number(20) == layout_number(12)
    assert is_ours(layout_number(20))
    assert not is_ours(layout_number(12) + 1)
    assert not is_ours(3)
