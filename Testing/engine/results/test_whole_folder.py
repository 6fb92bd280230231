"""A folder appears whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from Testing.engine.worker.small_results import small_result
from vpreg.progress import Cancelled, Stage
from vpreg.results.result_json import write_result_json
from vpreg.results.unfinished import Role, clear_own, clear_stale, sibling_path
from vpreg.results.whole_folder import whole_folder
from vpreg.results.writing import write_result


def make_result(folder: Path, text: str) -> None:
    """Write a folder that looks like an earlier result."""
    folder.mkdir()
    (folder / "warped.nii.gz").write_text(text)
    write_result_json({"files": [{"name": "warped.nii.gz"}]}, folder)


def test_nothing_has_the_name_before_the_block_ends(tmp_path: Path) -> None:
    with whole_folder(tmp_path / "out", replace=False) as unfinished:
        (unfinished / "a").touch()

        assert not (tmp_path / "out").exists()

    assert [path.name for path in tmp_path.rglob("*")] == ["out", "a"]


def test_an_error_leaves_nothing(tmp_path: Path) -> None:
    def fail(folder: Path) -> None:
        (folder / "a").touch()
        raise KeyError

    with pytest.raises(KeyError), whole_folder(tmp_path / "out", replace=False) as unfinished:
        fail(unfinished)

    assert list(tmp_path.iterdir()) == []


def test_an_existing_folder_is_refused_and_stays(tmp_path: Path) -> None:
    make_result(tmp_path / "out", "old")

    with (
        pytest.raises(ValueError, match="Add --force"),
        whole_folder(tmp_path / "out", replace=False),
    ):
        pass

    assert (tmp_path / "out" / "warped.nii.gz").read_text() == "old"


def test_the_old_result_is_there_until_the_new_one_is_whole(tmp_path: Path) -> None:
    make_result(tmp_path / "out", "old")

    with whole_folder(tmp_path / "out", replace=True) as unfinished:
        (unfinished / "warped.nii.gz").write_text("new")
        before = (tmp_path / "out" / "warped.nii.gz").read_text()

    assert before == "old"
    assert (tmp_path / "out" / "warped.nii.gz").read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_an_error_while_replacing_keeps_the_old_result(tmp_path: Path) -> None:
    make_result(tmp_path / "out", "old")

    with pytest.raises(KeyError), whole_folder(tmp_path / "out", replace=True):
        raise KeyError

    assert (tmp_path / "out" / "warped.nii.gz").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize(
    ("name", "said"), [("notes.txt", "Move notes.txt"), ("result.json", "comes from something")]
)
def test_a_folder_with_other_files_is_never_replaced(tmp_path: Path, name: str, said: str) -> None:
    out = tmp_path / "out"
    make_result(out, "old")
    (out / name).write_text("{}")

    with pytest.raises(ValueError, match=said), whole_folder(out, replace=True):
        pass

    assert (out / name).read_text() == "{}"


def test_a_folder_that_is_no_result_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.txt").touch()

    with (
        pytest.raises(ValueError, match="no earlier result"),
        whole_folder(tmp_path / "out", replace=True),
    ):
        pass


def test_cancelling_while_writing_leaves_nothing(tmp_path: Path) -> None:
    class Impatient:
        def report(self, stage: Stage, fraction: float) -> None:
            if stage is Stage.WRITING and fraction > 0.3:
                raise Cancelled

    with pytest.raises(Cancelled):
        write_result(small_result(), tmp_path / "out", replace=False, progress=Impatient())

    assert list(tmp_path.iterdir()) == []


def test_an_old_result_without_an_heir_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_result(sibling_path(tmp_path / "out", Role.REPLACED), "old")
    monkeypatch.setattr("vpreg.results.unfinished.is_running", lambda pid: pid != os.getpid())

    clear_stale(tmp_path / "out")

    assert (tmp_path / "out" / "warped.nii.gz").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_only_the_own_unfinished_folders_of_this_output_are_cleared(tmp_path: Path) -> None:
    mine = sibling_path(tmp_path / "out", Role.UNFINISHED)
    other_output = sibling_path(tmp_path / "other", Role.UNFINISHED)
    other_process = tmp_path / mine.name.replace(f".{os.getpid()}.", ".1.")
    for folder in (mine, other_output, other_process):
        folder.mkdir()

    clear_own(tmp_path / "out")

    assert set(tmp_path.iterdir()) == {other_output, other_process}
