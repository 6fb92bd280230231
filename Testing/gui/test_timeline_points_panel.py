"""The list of time points in the panel."""

from __future__ import annotations

from Testing.gui.timeline_cases import DAYS, add_lesions, add_visits, store_of


def test_a_row_is_filled_with_its_selectors_and_takes_the_date_from_the_name(panel):
    (scan, lesions), _, _ = add_visits()
    ui = panel.timeline.ui

    ui.addTimePointButton.click()
    row = panel.timeline._points._selectors[0]
    row[0].setCurrentNode(scan)
    row[1].setCurrentNode(lesions)

    (point,) = store_of(panel).points()
    assert (point.scan, point.segmentation, point.date) == (scan, lesions, DAYS[0])
    assert ui.timePointsTable.item(0, 0).text() == DAYS[0]


def test_a_date_can_be_corrected_in_the_list(listed):
    panel, _ = listed
    table = panel.timeline.ui.timePointsTable

    table.item(1, 0).setText("20210405")

    assert [one.date for one in store_of(panel).points()] == [DAYS[0], "20210405", DAYS[2]]
    assert panel.timeline.ui.registerAllButton.enabled


def test_what_is_missing_stands_on_the_button(listed):
    panel, _ = listed
    ui = panel.timeline.ui

    ui.timePointsTable.item(1, 0).setText("soon")
    wrong = (ui.registerAllButton.enabled, ui.registerAllButton.toolTip)
    ui.timePointsTable.item(1, 0).setText(DAYS[1])

    assert not wrong[0]
    assert "time point 2 as year-month-day" in wrong[1]
    assert ui.registerAllButton.enabled
    assert "Align all" in ui.registerAllButton.toolTip


def test_a_segment_can_be_chosen_where_others_are_no_lesions(listed):
    panel, visits = listed
    scan, _ = visits[0]
    mask = [[[0] * 32] * 32] * 28
    both = add_lesions(scan, mask, mask)
    _, drawn, segments = panel.timeline._points._selectors[0]

    drawn.setCurrentNode(both)
    segments.setCurrentIndex(2)
    segments.activated.emit(2)

    first = store_of(panel).points()[0]
    assert (first.segmentation, first.segmentID) == (both, "s2")
    assert [segments.itemText(n) for n in range(3)] == ["All segments", "Lesion 1", "Lesion 2"]


def test_a_removed_row_leaves_the_others_and_the_scene_alone(listed, clean):
    panel, visits = listed
    ui = panel.timeline.ui
    ui.timePointsTable.setCurrentCell(1, 0)

    ui.removeTimePointButton.click()

    assert [one.date for one in store_of(panel).points()] == [DAYS[0], DAYS[2]]
    assert ui.timePointsTable.rowCount == 2
    assert visits[1][0].GetScene() is clean.scene


def test_studies_are_added_with_their_dates_once(panel, clean):
    visits = add_visits(days=("third", "first", "second"))
    hierarchy = clean.scene.GetSubjectHierarchyNode()
    patient = hierarchy.CreateSubjectItem(hierarchy.GetSceneItemID(), "Patient")
    for date, pair in zip(("20210710", "20210110", "20210410"), visits, strict=True):
        study = hierarchy.CreateStudyItem(patient, date)
        hierarchy.SetItemAttribute(study, "DICOM.StudyDate", date)
        for node in pair:
            hierarchy.SetItemParent(hierarchy.GetItemByDataNode(node), study)

    panel.timeline.ui.addStudiesButton.click()
    panel.timeline.ui.addStudiesButton.click()

    assert [one.date for one in store_of(panel).points()] == list(DAYS)
    assert [one.scan for one in store_of(panel).points()] == [visits[n][0] for n in (1, 2, 0)]
    assert panel.timeline.ui.timelineStatusLabel.text == "0 time points were added."


def test_without_studies_the_panel_says_what_to_do(panel):
    panel.timeline.ui.addStudiesButton.click()

    assert "one by one" in panel.timeline.ui.timelineStatusLabel.text


def test_a_new_scene_has_no_time_points(listed, clean):
    panel, _ = listed

    clean.close_scene()

    assert panel.timeline.ui.timePointsTable.rowCount == 0
    assert not panel.timeline.ui.registerAllButton.enabled
