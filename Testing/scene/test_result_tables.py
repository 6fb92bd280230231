"""Tables show the numbers of `result.json`, under headings that keep their kinds apart."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest
import slicer
from VolumePreservingRegLib.scene.lesion_names import lesion_names
from VolumePreservingRegLib.scene.segment_maps import SegmentMap
from VolumePreservingRegLib.scene.table_columns import GROUP_PROPERTY
from VolumePreservingRegLib.scene.tumor_table import columns, lesion_rows

MEASURED, ALIGNMENT = "Measured on the segmentations", "Property of the alignment"


@pytest.fixture
def content(result_folder):
    """Return what `result.json` holds."""
    return json.loads((result_folder / "result.json").read_text(encoding="utf-8"))


def test_a_row_holds_the_volumes_of_the_lesion(loaded, content):
    table = loaded.nodes.tumorTable
    final = content["figures"]["final"]
    lesion = final["tumor"]["stsr"]["lesions"][0]
    change = final["volume_changes"][0]

    assert table.GetNumberOfRows() == 1
    assert cell(table, "BaselineMl") == pytest.approx(change["volume_fixed_mm3"] / 1000, abs=1e-3)
    assert cell(table, "FollowUpMl") == pytest.approx(lesion["volume_moving_mm3"] / 1000, abs=1e-3)
    growth = lesion["volume_moving_mm3"] / change["volume_fixed_mm3"] - 1
    assert cell(table, "ChangePercent") == pytest.approx(100 * growth, abs=0.06)
    assert growth > 0.7  # the phantom's tumor doubles


@pytest.mark.parametrize(
    ("alignment", "key"), [("VolumePreserving", "final"), ("SimilarityOnly", "similarity_only")]
)
def test_a_row_holds_what_each_alignment_does(loaded, content, alignment, key):
    lesion = content["figures"][key]["tumor"]["stsr"]["lesions"][0]
    table = loaded.nodes.tumorTable

    assert cell(table, f"{alignment}Ml") == pytest.approx(
        lesion["volume_warped_mm3"] / 1000, abs=1e-3
    )
    assert cell(table, f"{alignment}Stsr") == pytest.approx(lesion["stsr_soft"], abs=1e-3)


def test_the_two_kinds_of_numbers_stand_under_two_headings(loaded):
    table = loaded.nodes.tumorTable
    groups = {
        column.name: table.GetColumnProperty(column.name, GROUP_PROPERTY) for column in columns()
    }

    assert {name for name, group in groups.items() if group == MEASURED} == {
        "BaselineMl",
        "FollowUpMl",
        "ChangePercent",
    }
    stsr = {name for name in groups if name.endswith("Stsr")}
    assert {groups[name] for name in stsr} == {ALIGNMENT}
    assert table.GetColumnTitle("VolumePreservingStsr").startswith(ALIGNMENT)
    assert "nothing about growth" in table.GetColumnDescription("VolumePreservingStsr")
    assert table.GetColumnUnitLabel("FollowUpMl") == "ml"
    assert table.GetUseColumnTitleAsColumnHeader()


def test_a_lesion_bears_the_name_of_its_segment(loaded):
    assert loaded.nodes.tumorTable.GetCellText(0, 0) == "Glioma"


def test_a_lesion_that_is_no_segment_of_its_own_has_a_number():
    labels = np.repeat([0, 1, 2, 2], [5, 10, 4, 4])
    tumor = SegmentMap(labels, {1: "Left", 2: "Right"}, {1: "a", 2: "b"})
    lesions = [{"label": 1, "voxels_moving": 10}, {"label": 2, "voxels_moving": 4}]

    assert lesion_names(lesions, tumor) == ["Left", "Lesion 2"]


def test_segments_of_one_size_are_not_mistaken_for_each_other():
    tumor = SegmentMap(np.repeat([1, 2], [7, 7]), {1: "Left", 2: "Right"}, {})

    assert lesion_names([{"label": 1, "voxels_moving": 7}], tumor) == ["Lesion 1"]


def test_a_lesion_warped_away_fails_and_an_unpaired_one_has_no_baseline(content):
    lesion = content["figures"]["final"]["tumor"]["stsr"]["lesions"][0]
    lesion.update(state="vanished", stsr_soft="inf", volume_warped_mm3=0.0)
    content["figures"]["final"]["volume_changes"] = []

    row = lesion_rows(content, ["Glioma"])[0]

    assert math.isinf(row["VolumePreservingStsr"])
    assert row["BaselineMl"] is None
    assert row["ChangePercent"] is None
    assert "vanished" in row["Note"]
    assert "no lesion of the baseline" in row["Note"]


def test_a_similarity_only_result_stands_in_its_own_columns(content):
    content["provenance"]["recipe"] = "similarity-only"
    del content["figures"]["similarity_only"]

    row = lesion_rows(content, ["Glioma"])[0]

    assert row["VolumePreservingStsr"] is None
    assert row["SimilarityOnlyStsr"] is not None


def test_the_summary_tells_how_it_went_and_where_it_comes_from(loaded, content):
    rows = {row[0]: row for row in all_rows(loaded.nodes.summaryTable)}
    final = content["figures"]["final"]

    assert float(rows["Organ size, after / before"][1]) == pytest.approx(
        final["tumor"]["stsr"]["organ_ratio_soft"], rel=1e-3
    )
    assert float(rows["Similarity outside the mask"][1]) == pytest.approx(
        final["similarity_by_region"]["outside_mask"], rel=1e-3
    )
    assert rows["Folded voxels"][1] == str(final["field"]["folded_voxels"])
    assert rows["Input: fixed"][1] == content["provenance"]["input_hashes"]["fixed"]
    slope = content["provenance"]["settings"]["volume"]["slope"]
    assert float(rows["Setting: volume.slope"][1]) == pytest.approx(slope, rel=1e-3)
    for stage, seconds in content["provenance"]["seconds_by_stage"].items():
        assert rows[f"Time: {stage}"][1] == f"{seconds:.2f} s"


def cell(table, name):
    """Return the number of the first row in a column."""
    return table.GetTable().GetColumnByName(name).GetValue(0)


def all_rows(table):
    """Return all cells as text."""
    count = table.GetTable().GetNumberOfColumns()
    return [
        [table.GetCellText(row, column) for column in range(count)]
        for row in range(table.GetNumberOfRows())
    ]


def test_the_table_goes_into_a_file_for_other_programs(loaded, tmp_path):
    path = tmp_path / "tumors.tsv"

    slicer.util.saveNode(loaded.nodes.tumorTable, str(path))

    header = path.read_text(encoding="utf-8").splitlines()[0].replace('"', "").split("\t")
    assert header == [column.name for column in columns()]
