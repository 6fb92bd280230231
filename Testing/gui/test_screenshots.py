"""The program that takes the pictures of a result, on a small one."""

from __future__ import annotations

import pytest
from host.screenshots.names import Picture
from PIL import Image

from Testing.gui.panel_cases import choose_scans, press_apply, use_worker, wait_for_the_end

OF_A_RESULT = set(Picture) - {Picture.INPUTS, Picture.RUNNING}
LEAST_COLORS = 20


@pytest.fixture
def sitting(clean, monkeypatch, finished_folder, tmp_path):
    """Sit before a panel with a result."""
    from host.screenshots.sitting import Sitting

    sitting = Sitting(clean, tmp_path)
    choose_scans(sitting.panel, tumors=True)
    sitting.parameters.baselineTumorSegmentID = "tumor"
    use_worker(monkeypatch, "finish", finished_folder)
    press_apply(sitting.panel)
    wait_for_the_end(clean, sitting.panel)
    return sitting


def number_of_colors(path):
    """Count the colors of a picture."""
    with Image.open(path) as image:
        return len(image.getcolors())


def test_each_picture_of_a_result_is_taken_and_shows_something(sitting, tmp_path):
    from host.screenshots import review_pictures

    for take in ("take_views", "take_reveals", "take_findings", "take_tumor"):
        getattr(review_pictures, take)(sitting)

    files = {path.name: path for path in tmp_path.glob("*.png")}
    assert set(files) == {picture.file_name for picture in OF_A_RESULT}
    assert all(number_of_colors(path) > LEAST_COLORS for path in files.values())


def test_only_the_sections_asked_for_are_open(sitting):
    sitting.open_only("review")

    assert not sitting.ui.reviewCollapsibleButton.collapsed
    assert sitting.ui.inputsCollapsibleButton.collapsed
    assert sitting.ui.measuredTable.isHidden()
