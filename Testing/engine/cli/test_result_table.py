"""The short table of a registration."""

import pytest
from rich.console import Console

from vpreg.cli.result_table import result_table


def alignment(stsr, warped_mm3, folded=0, outside=0.87654):
    lesion = {
        "label": 1,
        "volume_moving_mm3": 7000.0,
        "volume_warped_mm3": warped_mm3,
        "stsr_soft": stsr,
    }
    return {
        "tumor": {"stsr": {"lesions": [lesion]}},
        "similarity_by_region": {"outside_mask": outside},
        "field": {"folded_voxels": folded},
    }


def printed(figures):
    console = Console(width=200, color_system=None, force_terminal=False)
    with console.capture() as capture:
        console.print(result_table(figures))
    return capture.get()


def row_of(text, word):
    (line,) = [line for line in text.splitlines() if word in line]
    return [cell.strip() for cell in line.strip("│┃ ").replace("┃", "│").split("│")]


def test_both_alignments_stand_beside_each_other():
    text = printed({"similarity_only": alignment(2.61, 11310.0), "final": alignment(1.004, 7014.0)})

    assert row_of(text, "Similarity only")[-2:] == ["Similarity only", "Volume preserving"]
    assert row_of(text, "STSR")[-2:] == ["2.610", "1.004"]
    assert row_of(text, "segmented 7.0 ml")[-2:] == ["11.3 ml", "7.0 ml"]


def test_a_single_alignment_has_a_single_column():
    text = printed({"final": alignment(1.5, 7000.0, folded=3)})

    assert "Similarity only" not in text
    assert row_of(text, "Folded voxels")[1:] == ["3"]
    assert row_of(text, "Local similarity")[1:] == ["0.877"]


def test_without_a_tumor_there_are_no_rows_of_lesions():
    figures = alignment(1.0, 1.0) | {"tumor": None}

    text = printed({"final": figures})

    assert "Tumor 1" not in text
    assert "Folded voxels" in text


@pytest.mark.parametrize(("stsr", "shown"), [(None, "?"), ("inf", "inf")])
def test_what_was_not_measured_is_shown_as_such(stsr, shown):
    text = printed({"final": alignment(stsr, None, outside=None)})

    assert row_of(text, "STSR")[1:] == [shown]
    assert row_of(text, "segmented")[1:] == ["?"]
    assert row_of(text, "Local similarity")[1:] == ["?"]


def test_specks_are_counted_and_not_listed():
    figures = alignment(1.01, 7000.0)
    lesions = figures["tumor"]["stsr"]["lesions"]
    lesions[0]["voxels_moving"] = 7000
    lesions.append(lesions[0] | {"label": 2, "volume_moving_mm3": 3.0, "voxels_moving": 3})

    text = printed({"final": figures})

    assert "Tumor 1" in text
    assert "Tumor 2" not in text
    assert "Lesions not listed: 1" in text
