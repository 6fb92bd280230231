"""Sparse registrations as jobs: files in, a whole folder out."""

from __future__ import annotations

import csv
import dataclasses
import time
from pathlib import Path

import pytest
import SimpleITK

from Testing.engine.sparse.sparse_cases import quick, thick_inputs
from Testing.engine.worker.worker_runs import WorkerRun
from vpreg.cli.commands.sparse import acquired_choice
from vpreg.cli.sparse_options import AcquiredChoice
from vpreg.images.itk import from_itk, to_itk
from vpreg.images.reading import read_image, read_labels
from vpreg.images.writing import write_image
from vpreg.job.files import read_job, write_job
from vpreg.job.from_json import job_from_json
from vpreg.job.job import Job
from vpreg.job.sparse_part import SparsePart
from vpreg.job.to_json import job_to_json
from vpreg.results.result_json import damaged_files, read_result_json


@pytest.fixture
def job(tmp_path: Path) -> Job:
    return job_in(tmp_path)


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Job:
    """Run one job for all tests that only look at its folder."""
    job = job_in(tmp_path_factory.mktemp("sparse"))
    events = started(job).rest()[0]
    assert events[-1]["event"] == "finished", events[-1]
    return job


def job_in(tmp_path: Path) -> Job:
    inputs = thick_inputs()
    images = {"atlas": inputs.atlas, "scan": inputs.scan}
    images |= {"atlas_labels": inputs.atlas_labels, "scan_labels": inputs.scan_labels}
    for name, image in images.items():
        write_image(image, tmp_path / f"{name}.nii.gz")
    settings = quick().to_json_dict()
    settings["registration"]["affine"] = "none"
    return Job(
        fixed=tmp_path / "scan.nii.gz",
        moving=tmp_path / "atlas.nii.gz",
        output=tmp_path / "out",
        settings=settings,
        sparse=SparsePart(
            atlas_labels=tmp_path / "atlas_labels.nii.gz",
            scan_labels=tmp_path / "scan_labels.nii.gz",
        ),
    )


def started(job: Job) -> WorkerRun:
    path = job.fixed.with_name("job.json")
    write_job(job, path)
    return WorkerRun(path, module="vpreg.worker")


def test_files_become_a_whole_folder_with_labels_and_a_table(done: Job) -> None:
    job = done

    assert damaged_files(job.output) == []
    content = read_result_json(job.output)
    names = {entry["name"] for entry in content["files"]}
    assert {"warped.nii.gz", "transform.h5", "inverse.h5", "confidence.nii.gz"} <= names
    assert {"labels.nii.gz", "scan.nii.gz", "structures.csv", "report.html"} <= names
    assert all(entry["meaning"] for entry in content["files"])
    assert content["provenance"]["recipe"] == "sparse, similarity"
    assert content["figures"]["slices"]["spacing_mm"] == pytest.approx(7.0)
    with (job.output / "structures.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["label"] for row in rows] == ["1", "2", "3"]
    assert all(float(row["dice"]) > 0.5 for row in rows)


def test_itk_carries_the_labels_with_the_transform_alike(done: Job) -> None:
    job = done

    transform = SimpleITK.ReadTransform(str(job.output / "transform.h5"))
    labels = read_labels(job.fixed.with_name("atlas_labels.nii.gz"))
    fine = read_image(job.output / "warped.nii.gz")
    carried = SimpleITK.Resample(
        to_itk(labels), to_itk(fine), transform, SimpleITK.sitkNearestNeighbor, 0
    )

    own = read_labels(job.output / "labels.nii.gz").voxels
    inner = (slice(2, -2),) * 3
    same = (from_itk(carried).voxels == own)[inner].float().mean()
    assert same > 0.98
    assert (own > 0).float().mean() > 0.1


def test_a_whole_scan_is_bad_input_that_says_what_to_do(job: Job) -> None:
    whole = dataclasses.replace(job, fixed=job.moving)

    run = started(whole)
    events = run.rest()[0]

    assert run.process.returncode == 2
    assert "are no thick slices" in events[-1]["message"]
    assert not job.output.exists()


def test_a_cancel_file_ends_it_without_a_trace(job: Job) -> None:
    cancel = job.fixed.with_name("cancel")
    run = started(dataclasses.replace(job, cancel_file=cancel))
    time.sleep(0.3)
    cancel.touch()

    events = run.rest()[0]

    assert events[-1]["code"] == "cancelled"
    assert not [path for path in job.output.parent.iterdir() if "out" in path.name]


def test_a_job_comes_back_from_its_file(job: Job, tmp_path: Path) -> None:
    write_job(job, tmp_path / "job.json")

    assert read_job(tmp_path / "job.json") == job


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("x", "Write an object for 'sparse'"),
        ({"labels": "a.nii"}, "Leave 'labels' out"),
        ({"acquired": 3}, "Write a path for 'acquired'"),
    ],
)
def test_a_wrong_part_is_refused(job: Job, part: object, said: str) -> None:
    content = {**job_to_json(job), "sparse": part}

    with pytest.raises(ValueError, match=said):
        job_from_json(content, base=Path("/"))


def test_missing_labels_are_noticed_before_any_work(job: Job) -> None:
    part = SparsePart(atlas_labels=job.fixed.with_name("none.nii.gz"))

    events = started(dataclasses.replace(job, sparse=part)).rest()[0]

    assert "Check the path of the labels of the atlas" in events[-1]["message"]


def test_a_mask_on_the_command_line_is_taken_at_its_word() -> None:
    assert acquired_choice(None, None) is AcquiredChoice.GEOMETRY
    assert acquired_choice(None, Path("m.nii")) is AcquiredChoice.MASK
    assert acquired_choice(AcquiredChoice.DETECT, None) is AcquiredChoice.DETECT
    with pytest.raises(ValueError, match="together with --acquired mask"):
        acquired_choice(AcquiredChoice.MASK, None)
