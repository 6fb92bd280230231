"""The first sentence says what happened to the tumor."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from Testing.engine.report.example_results import similarity_alone, without_tumor
from vpreg.recipes.result import Result
from vpreg.report.verdict import give_verdict


def tumor_figures(*sizes: float | None) -> dict[str, Any]:
    """Return figures of lesions of 10 ml that keep a share of their size; None is out of view."""
    rows = [
        {
            "label": nth + 1,
            "state": "out of view" if size is None else "measured",
            "volume_moving_mm3": 10_000.0,
            "volume_warped_mm3": 10_000.0 * (size or 0),
            "in_view_fraction": 1.0,
        }
        for nth, size in enumerate(sizes)
    ]
    return {"tumor": {"stsr": {"lesions": rows, "organ_ratio_soft": 1.0}}}


def sentence(result: Result, **figures: Any) -> str:
    return give_verdict(replace(result, figures=figures)).sentence


def test_it_compares_both_alignments(result: Result) -> None:
    found = sentence(result, similarity_only=tumor_figures(0.52), final=tumor_figures(1.001))

    assert found == (
        "Similarity-only alignment would have shrunk the tumor to 52 % of its size; "
        "volume-preserving alignment kept it at 100 %."
    )


def test_a_loss_of_size_in_the_final_alignment_is_not_called_kept(result: Result) -> None:
    found = sentence(result, similarity_only=tumor_figures(1.6), final=tumor_figures(0.9))

    assert "would have swollen the tumor to 160 %" in found
    assert "left it at 90 %" in found


def test_a_tumor_warped_away_is_erased(result: Result) -> None:
    found = sentence(result, similarity_only=tumor_figures(0.0), final=tumor_figures(1.0))

    assert "would have erased the tumor;" in found


def test_lesions_out_of_view_do_not_count(result: Result) -> None:
    figures = tumor_figures(0.5, None)

    found = sentence(result, similarity_only=figures, final=tumor_figures(1.0, None))

    assert "shrunk the tumor to 50 %" in found


def test_several_lesions_are_spoken_of_together(result: Result) -> None:
    found = sentence(result, similarity_only=tumor_figures(0.5, 0.3), final=tumor_figures(1.0, 1.0))

    assert "shrunk the tumors to 40 % of their size" in found
    assert "kept them at 100 %" in found


def test_the_size_is_relative_to_the_organ(result: Result) -> None:
    shrunk = tumor_figures(0.5)
    shrunk["tumor"]["stsr"]["organ_ratio_soft"] = 0.5

    assert "kept the tumor at 100 %" in sentence(result, similarity_only=shrunk, final=shrunk)


def test_the_squeezed_phantom_is_called_shrunk(result: Result) -> None:
    verdict = give_verdict(result)

    similarity, preserving = verdict.kept.values()

    assert similarity < 0.5
    assert preserving == pytest.approx(1, abs=0.03)
    assert any("not how the tumor changed" in text for text in verdict.details)


def test_without_a_tumor_the_mask_speaks(result: Result) -> None:
    verdict = give_verdict(without_tumor(result))

    assert "would have shrunk the region that was found to differ" in verdict.sentence
    assert "No tumor was outlined" in verdict.details[0]


def test_one_stage_alone_is_not_called_volume_preserving(result: Result) -> None:
    verdict = give_verdict(similarity_alone(result))

    assert verdict.sentence.startswith("Similarity-only alignment has shrunk the tumor to ")
    assert verdict.sentence.endswith("No volume-preserving alignment was made.")
