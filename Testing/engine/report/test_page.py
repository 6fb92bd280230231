"""The page holds everything it shows and asks nothing of the network."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from Testing.engine.report.example_results import HOSTILE, similarity_alone, without_tumor
from Testing.engine.report.test_sheets import decode
from vpreg.recipes.result import Result
from vpreg.report.page import page_data, render_page, write_report
from vpreg.report.sheets import SheetLayout
from vpreg.report.tables import STSR_NOTE

BLOCK = re.compile(r'<script type="application/json" id="report-data">(.*?)</script>', re.DOTALL)


def data_of(page: str) -> dict[str, Any]:
    return json.loads(BLOCK.search(page)[1])


@pytest.fixture(scope="module")
def page(result: Result) -> str:
    return render_page(result)


def test_nothing_outside_of_the_page_is_asked_for(page: str) -> None:
    markup = BLOCK.sub("", page)

    assert "://" not in markup
    assert not re.findall(r"@import|url\(|\bfetch\(|XMLHttpRequest|<link|<iframe|\ssrc=", markup)
    assert "default-src 'none'" in markup


def test_the_figures_are_in_the_data(page: str, result: Result) -> None:
    assert data_of(page)["figures"] == json.loads(json.dumps(result.figures))


def test_every_sheet_holds_every_slice(page: str, tmp_path: Path, result: Result) -> None:
    volumes = data_of(page)["volumes"]
    layout = SheetLayout(**volumes["layout"])

    shapes = {name: decode(uri, layout, tmp_path).shape for name, uri in volumes["sheets"].items()}

    assert set(shapes.values()) == {result.fixed.grid.shape}
    assert {"fixed", "affine", "similarity_only", "volume_preserving", "soft_mask"} <= set(shapes)
    assert {"log2:similarity_only", "log2:volume_preserving", "tumor:fixed"} <= set(shapes)


def test_a_hostile_file_name_stays_text(page: str) -> None:
    rows = [row for table in data_of(page)["tables"] for row in table["rows"]]

    assert HOSTILE in [row["label"] for row in rows]
    assert "<script>alert" not in page
    assert page.count("</script>") == 2
    assert "\u2028" not in page


def test_stsr_is_labelled_as_a_property_of_the_alignment(page: str) -> None:
    tables = {table["title"]: table for table in data_of(page)["tables"]}

    assert tables["Tumor size under the alignment"]["note"] == STSR_NOTE
    assert "1 does not mean stable disease" in STSR_NOTE


def test_stages_are_named_as_a_person_reads_them(page: str) -> None:
    tables = {table["title"]: table for table in data_of(page)["tables"]}

    labels = [row["label"] for row in tables["Time"]["rows"]]

    assert labels[:2] == ["Rough alignment", "Similarity-only registration"]
    assert tables["Time"]["rows"][-1] == {"label": "Together", "cells": ["45.5 s"]}


def test_what_is_not_known_is_left_out(result: Result) -> None:
    figures = {"final": {"field": {"folded_voxels": None, "mean_displacement_mm": float("nan")}}}

    data = page_data(replace(result, figures=figures))

    titles = {table["title"] for table in data["tables"]}
    assert not titles & {"Tumor size under the alignment", "Deformation", "Match of the scans"}
    assert "NaN" not in json.dumps(data)


def test_without_a_tumor_nothing_is_outlined(result: Result) -> None:
    data = page_data(without_tumor(result))

    assert not [name for name in data["volumes"]["sheets"] if name.startswith("tumor:")]
    assert data["key"]["reference"] is None
    assert len(data["key"]["pictures"]) == 2


def test_without_a_second_stage_there_are_three_columns(result: Result) -> None:
    data = page_data(similarity_alone(result))

    assert [column["name"] for column in data["columns"]] == ["fixed", "affine", "similarity_only"]
    assert len(data["key"]["pictures"]) == 1


def test_the_key_pictures_look_at_the_tumor(page: str, result: Result) -> None:
    preserving = data_of(page)["key"]["pictures"][1]

    k, j, i = (round(at) for at in preserving["centre"])
    assert float(result.soft_mask_fixed.voxels[k, j, i]) > 0.5


def test_the_file_appears_whole_and_alone(result: Result, tmp_path: Path) -> None:
    write_report(result, tmp_path / "report.html")

    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]
    assert (tmp_path / "report.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_a_missing_folder_is_named(result: Result, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="Make the folder first"):
        write_report(result, tmp_path / "nowhere" / "report.html")
