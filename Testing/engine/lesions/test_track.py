"""Following a study from files to a report."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import ClassVar

import jsonschema
import numpy as np
import pytest
from typer.testing import CliRunner

from Testing.engine.lesions.small_studies import BALLS, DAYS, SHIFTS, study_text, write_scans
from vpreg.cli.application import application
from vpreg.images.reading import read_image
from vpreg.lesions.lesion import Event
from vpreg.lesions.registrations import register_in_process
from vpreg.lesions.study.reading import read_study
from vpreg.lesions.track import track
from vpreg.progress import Cancelled
from vpreg.recipes.hashes import hash_image
from vpreg.recipes.settings import Settings, VolumeSettings
from vpreg.results.result_json import damaged_files
from vpreg.solvers.affine import AffineKind
from vpreg.solvers.pair_settings import PairSettings
from vpreg.synthetic.lesion_history import union_ml

ROOT = Path(__file__).resolve().parents[3]
SCHEMA = json.loads(
    (ROOT / "Resources" / "schemas" / "tracking.schema.json").read_text(encoding="utf-8")
)
LOOKED = "[response]\nnew_lesions_looked_for = true\n"
QUICK = Settings(
    device="cpu",
    affine=AffineKind.RIGID,
    similarity=PairSettings(factors=(2,), field_factors=(1.0,), iterations=(3,)),
    volume=VolumeSettings(solver=PairSettings(factors=(2,), field_factors=(1.0,), iterations=(2,))),
)


class Counting:
    """Registers once for each moving scan, counts, and stops before the one of a given number."""

    known: ClassVar[dict] = {}

    def __init__(self, *, stop_at: int | None = None) -> None:
        self.count, self.stop_at = 0, stop_at

    def __call__(self, inputs, settings, progress):
        if self.count == self.stop_at:
            raise Cancelled
        self.count += 1
        scan = hash_image(inputs.moving)
        if scan not in self.known:
            self.known[scan] = register_in_process(inputs, settings, progress)
        return self.known[scan]


@pytest.fixture(scope="module")
def scans(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("scans")
    write_scans(folder)
    (folder / "STUDY.toml").write_text(study_text() + LOOKED)
    return folder


@pytest.fixture(scope="module")
def output(scans: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out") / "tracked"
    words = ["track", str(scans), "-o", str(folder), "--device", "cpu", "--affine", "rigid"]
    done = CliRunner().invoke(application, words)
    assert done.exit_code == 0, done.output
    assert f"Report: {folder / 'report.html'}" in done.stdout
    return folder


def lines(output: Path) -> list[dict[str, str]]:
    with (output / "lesions.csv").open(newline="") as stream:
        return list(csv.DictReader(stream))


def test_the_command_tells_what_became_of_each_lesion(output: Path):
    told = [(line["lesion"], line["time_point"], line["event"]) for line in lines(output)]

    assert told == [
        ("L1", DAYS[0], "at baseline"),
        ("L1", DAYS[1], "continued"),
        ("L1", DAYS[2], "continued"),
        ("L2", DAYS[0], "at baseline"),
        ("L2", DAYS[1], "continued"),
        ("L2", DAYS[2], "vanished"),
    ]


def test_the_true_volumes_lie_within_the_uncertainty(output: Path):
    for line in lines(output):
        if not line["volume_ml"]:
            continue
        ball = BALLS[int(line["lesion"][1]) - 1]
        true_ml = union_ml([ball], DAYS.index(line["time_point"]))
        gap = abs(float(line["volume_ml"]) - true_ml)
        assert gap <= float(line["volume_uncertainty_ml"])


def test_the_alignment_kept_the_size_that_similarity_alone_would_have_changed(output: Path):
    grown = next(line for line in lines(output) if line["day"] == "181" and line["volume_ml"])

    segmented = float(grown["volume_ml"])

    assert float(grown["alignment_stsr_soft"]) < 1.1
    kept, only = (
        abs(float(grown[f"alignment_{name}ml_after"]) - segmented)
        for name in ("", "similarity_only_")
    )
    assert kept < 0.1 * segmented
    assert kept < 0.5 * only


def test_the_json_is_as_its_schema_says(output: Path):
    content = json.loads((output / "lesions.json").read_text(encoding="utf-8"))

    jsonschema.validate(content, SCHEMA, cls=jsonschema.Draft202012Validator)

    last = content["time_points"][2]
    assert (output / last["registration"] / "transform.h5").is_file()
    assert [one["criteria"] for one in last["response"]] == [
        "RECIST 1.1",
        "RANO 2.0",
        "Volume limits",
    ]


def test_the_schema_refuses_a_negative_doubling_time(output: Path):
    content = json.loads((output / "lesions.json").read_text(encoding="utf-8"))
    content["lesions"][0]["times"][1]["change"]["since_baseline"]["doubling_days"] = -3.0

    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(content, SCHEMA, cls=jsonschema.Draft202012Validator)


def test_the_report_holds_everything_and_asks_for_nothing(output: Path):
    page = (output / "report.html").read_text(encoding="utf-8")

    wanted = re.findall(r'(?:src|href)="([^"#]*)', page)
    outside = [one for one in wanted if not one.startswith("data:image/")]
    assert all((output / one).is_file() for one in outside)
    assert "Measured on the segmentation" in page
    assert "Property of the alignment" in page
    assert "@import" not in page
    assert page.count("<svg") == 6


def test_figures_are_files_of_their_own(output: Path):
    names = sorted(path.name for path in (output / "figures").iterdir())

    assert names == [
        "aligned-L1.svg",
        "aligned-L2.svg",
        "growth-linear.svg",
        "growth-log.svg",
        "lesion-L1.svg",
        "lesion-L2.svg",
    ]
    assert damaged_files(output) == []


def test_the_same_command_again_registers_nothing(scans: Path, output: Path):
    words = ["track", str(scans), "-o", str(output), "--device", "cpu", "--affine", "rigid"]

    refused = CliRunner().invoke(application, words)
    done = CliRunner().invoke(application, [*words, "--force", "--json"])

    assert refused.exit_code == 2
    assert "--force" in refused.stderr
    event = json.loads(done.stdout)
    assert (event["registered"], event["reused"]) == (2, 2)


def test_bad_input_is_one_sentence_and_leaves_nothing(scans: Path, tmp_path: Path):
    wrong = tmp_path / "STUDY.toml"
    wrong.write_text(study_text().replace(f"date = {DAYS[1]}\n", "", 1))
    for path in scans.glob("*.nii.gz"):
        (tmp_path / path.name).symlink_to(path)

    done = CliRunner().invoke(application, ["track", str(wrong), "-o", str(tmp_path / "out")])

    assert done.exit_code == 2
    assert "its date is missing" in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_study_that_was_stopped_goes_on_where_it_was(scans: Path, tmp_path: Path):
    study = read_study(scans)

    with pytest.raises(Cancelled):
        track(study, tmp_path, settings=QUICK, registers=Counting(stop_at=1))
    rest = Counting()
    found = track(study, tmp_path, settings=QUICK, registers=rest)

    assert rest.count == 1
    assert [one.was_there for one in found.registered] == [True, False]


def test_only_what_changed_is_registered_again(scans: Path, tmp_path: Path):
    for path in scans.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    work = tmp_path / "work"
    track(read_study(tmp_path), work, settings=QUICK, registers=Counting())
    baseline, last = (tmp_path / f"{DAYS[n]}_segmentation.nii.gz" for n in (0, 2))

    baseline.write_bytes(last.read_bytes())
    after_baseline = Counting()
    track(read_study(tmp_path), work, settings=QUICK, registers=after_baseline)
    last.write_bytes((tmp_path / f"{DAYS[1]}_segmentation.nii.gz").read_bytes())
    after_last = Counting()
    track(read_study(tmp_path), work, settings=QUICK, registers=after_last)

    # The fixed tumor takes no part in a registration, the moving one does.
    assert (after_baseline.count, after_last.count) == (0, 1)
    assert len([path for path in work.iterdir() if path.is_dir()]) == 2


def test_a_chain_leads_to_the_same_lesions(scans: Path, tmp_path: Path):
    found = track(read_study(scans), tmp_path, settings=QUICK, chain=True)

    assert [one.pair.fixed for one in found.registered] == [0, 1]
    assert len(found.alignments[2].folders) == 2
    assert [one.event for one in found.lesions[0].appearances][2] is Event.CONTINUED
    back = found.alignments[2].points.to_baseline
    there = found.alignments[2].points.from_baseline
    points = found.segmentations[0].pieces[0].points_lps[:20]
    assert abs(back(there(points)) - points).max() < 1.0
    shift = there(points) - points
    assert abs(shift.mean(0) - SHIFTS[2]).max() < 2.0


def test_a_scan_in_baseline_space_is_nearer_to_the_baseline_than_it_was(output: Path, scans: Path):
    baseline = read_image(scans / f"{DAYS[0]}_scan.nii.gz").array
    before = read_image(scans / f"{DAYS[1]}_scan.nii.gz").array
    after = read_image(output / "baseline_space" / "2-scan.nii.gz").array
    inside = (slice(8, -8),) * 3

    assert np.corrcoef(baseline[inside].ravel(), after[inside].ravel())[0, 1] > (
        np.corrcoef(baseline[inside].ravel(), before[inside].ravel())[0, 1] + 0.05
    )


def test_each_lesion_is_drawn_as_scanned_and_aligned_with_the_baseline(output: Path):
    page = (output / "report.html").read_text(encoding="utf-8")

    for lesion in ("L1", "L2"):
        drawn = (output / "figures" / f"aligned-{lesion}.svg").read_text(encoding="utf-8")
        assert drawn.count("<image") == len(DAYS)
        assert drawn.count(", aligned</text>") == len(DAYS)
        assert f"Lesion {lesion} over time, aligned with the baseline" in page
    # It grows: so do the outlines, in one slice and at one scale.
    paths = re.findall(
        r'd="([^"]*)" fill="none"', (output / "figures/aligned-L1.svg").read_text(encoding="utf-8")
    )
    widths = [spread(path) for path in paths]
    assert widths == sorted(widths)
    assert widths[2] > 1.2 * widths[0]


def spread(path: str) -> float:
    """Return how far a path reaches across, in mm."""
    across = [float(x) for x in re.findall(r"[ML]\s*(-?[\d.]+)", path)]
    return max(across) - min(across)
