"""`vpreg demo`, on a head small enough for a test."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch

from Testing.engine.cli.small_files import Vpreg
from vpreg.cli import registering
from vpreg.images.reading import read_image
from vpreg.job.job import Job
from vpreg.synthetic import demo_scans
from vpreg.synthetic.head_settings import HeadSettings

SMALL = HeadSettings(
    shape=(28, 34, 28), spacing_mm=6.0, moving_tumor_ml=7.0, fixed_tumor_ml=14.0, noise=0.01
)


@pytest.fixture(autouse=True)
def small_head(monkeypatch: pytest.MonkeyPatch) -> None:
    write = demo_scans.write_demo_scans
    monkeypatch.setattr(demo_scans, "write_demo_scans", lambda f: write(f, settings=SMALL))


@pytest.fixture
def jobs(monkeypatch: pytest.MonkeyPatch) -> list[Job]:
    """Catch the jobs that would be run."""
    caught: list[Job] = []
    monkeypatch.setattr(registering, "register_files", lambda job, **_: caught.append(job))
    return caught


def test_it_registers_the_follow_up_onto_the_baseline_with_all_that_is_known(
    vpreg: Vpreg, jobs: list[Job], tmp_path: Path
) -> None:
    done = vpreg("demo", "--output", tmp_path / "demo", "--device", "cpu")

    assert done.exit_code == 0, done.stderr
    assert "from 7 ml to 14 ml" in done.stdout
    (job,) = jobs
    names = [Path(path).name for path in (job.fixed, job.moving, job.fixed_tumor, job.moving_tumor)]
    assert names == [
        "baseline.nii.gz", "follow_up.nii.gz", "baseline_tumor.nii.gz", "follow_up_tumor.nii.gz"
    ]  # fmt: skip
    assert job.settings == {"mode": "follow-up", "preset": "brain-mr", "device": "cpu"}
    assert job.output == tmp_path / "demo" / "registration"


def test_the_tumor_doubles_from_baseline_to_follow_up(
    vpreg: Vpreg, jobs: list[Job], tmp_path: Path
) -> None:
    vpreg("demo", "--output", tmp_path / "demo")

    tumors = [read_image(path).voxels for path in (jobs[0].fixed_tumor, jobs[0].moving_tumor)]
    voxel_ml = SMALL.spacing_mm**3 / 1000
    assert [float(t.sum()) * voxel_ml for t in tumors] == pytest.approx([7.0, 14.0], abs=voxel_ml)


@pytest.mark.usefixtures("jobs")
def test_json_output_has_no_sentence_before_it(vpreg: Vpreg, tmp_path: Path) -> None:
    done = vpreg("demo", "--output", tmp_path / "demo", "--json")

    assert done.stdout == ""


def test_a_result_that_is_there_is_not_overwritten(
    vpreg: Vpreg, jobs: list[Job], tmp_path: Path
) -> None:
    there = tmp_path / "demo" / "registration"
    there.mkdir(parents=True)
    (there / "result.json").write_text("{}")

    refused = vpreg("demo", "--output", tmp_path / "demo")
    fresh = vpreg("demo", "--output", tmp_path / "fresh", "--force")

    assert refused.exit_code == 2
    assert refused.stdout == ""
    assert fresh.exit_code == 0, fresh.stderr
    assert [job.force for job in jobs] == [True]


def test_the_whole_way_ends_in_a_result_and_a_report(
    vpreg: Vpreg, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "1")

    done = vpreg("demo", "--output", tmp_path / "demo", "--device", "cpu", "--json")

    assert done.exit_code == 0, done.stderr
    figures = json.loads(done.stdout)["figures"]
    folder = tmp_path / "demo" / "registration"
    assert (folder / "result.json").is_file()
    assert (folder / "report.html").is_file()
    warped = read_image(folder / "warped.nii.gz")
    assert torch.isfinite(warped.voxels).all()
    stsr = {n: figures[n]["tumor"]["stsr"]["lesions"][0]["stsr_soft"] for n in figures if n in
            ("similarity_only", "final")}  # fmt: skip
    # 65 voxels of tumor: resampling alone makes a soft STSR of a few percent.
    assert stsr["final"] < 1.15 < stsr["similarity_only"]
    assert figures["final"]["field"]["folded_voxels"] == 0
