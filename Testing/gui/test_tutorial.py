"""The Python example of the tutorial runs as it stands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from Testing.gui.panel_cases import add_scan, ball, use_worker

TUTORIAL = Path(__file__).resolve().parents[2] / "docs" / "tutorial.md"
EXAMPLE = re.compile(r"```python\n(.*?)```", re.DOTALL)


@pytest.fixture
def folder(clean, tmp_path, monkeypatch):
    """Write the files that the example reads, and go there."""
    import slicer

    for name, radius in (("baseline", 4.0), ("follow_up", 5.0)):
        tumor = ball(radius=radius, center=(2.0, -2.0, 0.0)).astype("uint8")
        scan = add_scan(name, tumor_radius=radius)
        slicer.util.saveNode(scan, str(tmp_path / f"{name}.nii.gz"))
        slicer.util.updateVolumeFromArray(scan, tumor)
        slicer.util.saveNode(scan, str(tmp_path / f"{name}_tumor.nii.gz"))
    clean.close_scene()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_example_registers_and_saves(folder, monkeypatch, finished_folder, capsys):
    import slicer

    use_worker(monkeypatch, "finish", finished_folder)
    slicer.mrmlScene.SetRootDirectory(str(folder.parent))  # as after a scene was saved elsewhere
    (example,) = EXAMPLE.findall(TUTORIAL.read_text())

    exec(compile(example, "tutorial.md", "exec"), {})

    assert (folder / "aligned.nii.gz").exists()
    assert (folder / "transform.h5").exists()
    printed = capsys.readouterr().out
    assert "Similarity-only registration: " in printed
    assert re.search(r"^\[\d\.\d+\]$", printed, re.MULTILINE)
