"""Scans from a folder or a CSV, and what is wrong with them."""

from dataclasses import replace

import pytest

from Testing.engine.training.data_cases import settings_of
from vpreg.training.data.data_problems import DataProblemsError
from vpreg.training.data.scan_entry import Role, ScanEntry, Split
from vpreg.training.data.scan_list import list_scans
from vpreg.training.data.split import split_scans


def touch(folder, *names):
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()


def write_csv(folder, text):
    path = folder / "list.csv"
    path.write_text(text, encoding="utf-8")
    return path


def entries(count, **changes):
    return [ScanEntry(f"p{n}", f"p{n}.nii", f"row {n}", **changes) for n in range(count)]


def test_a_folder_pairs_files_of_equal_names_whatever_their_endings(tmp_path):
    touch(tmp_path, "scans/b.nii.gz", "scans/a.nrrd", "labels/a.nii.gz", "labels/b.nii.gz")
    touch(tmp_path, "organs/b.mha", "tumors/a.nii", "scans/notes.txt")

    found, problems = list_scans(tmp_path)

    assert problems == []
    assert [entry.name for entry in found] == ["a", "b"]
    assert found[0].path_of(Role.TUMOR) == tmp_path / "tumors" / "a.nii"
    assert found[0].path_of(Role.ORGAN) is None
    assert found[1].path_of(Role.ORGAN) == tmp_path / "organs" / "b.mha"


def test_a_map_without_a_scan_and_a_scan_without_labels_are_told(tmp_path):
    touch(tmp_path, "scans/a.nii", "scans/b.nii", "labels/a.nii", "labels/c.nii")

    _, problems = list_scans(tmp_path)

    assert problems == [
        "Rename or remove labels/c.nii: no scan has that name.",
        "scans/b.nii: Give every scan labels or none: b has none.",
    ]


def test_two_scans_of_one_name_are_told(tmp_path):
    touch(tmp_path, "scans/a.nii", "scans/a.nii.gz")

    _, problems = list_scans(tmp_path)

    assert problems == [f"Keep one of a.nii and a.nii.gz in {tmp_path / 'scans'}."]


def test_a_folder_without_scans_says_where_to_put_them(tmp_path):
    found, problems = list_scans(tmp_path)

    assert found == []
    assert problems == [f"Put scans into a folder named scans in {tmp_path}: there are none."]


def test_a_path_that_is_not_there_is_told(tmp_path):
    assert "neither a folder nor a file" in list_scans(tmp_path / "gone.csv")[1][0]


@pytest.mark.parametrize("parted_by", [",", ";"])
def test_a_csv_names_files_beside_itself(tmp_path, parted_by):
    touch(tmp_path, "one/t1.nii", "two/t1.nii", "one/seg.nii", "two/seg.nii")
    rows = [
        "scan,labels,split",
        "one/t1.nii,one/seg.nii,train",
        ",,",
        "two/t1.nii,two/seg.nii,VALIDATION",
    ]
    path = write_csv(tmp_path, "\ufeff" + "\n".join(rows).replace(",", parted_by) + "\n")

    found, problems = list_scans(path)

    assert problems == []
    assert [entry.name for entry in found] == ["one/t1.nii", "two/t1.nii"]
    assert found[1].path_of(Role.LABELS) == tmp_path / "two" / "seg.nii"
    assert [entry.split for entry in found] == [Split.TRAIN, Split.VALIDATION]


def test_scans_are_named_by_their_files_where_those_differ(tmp_path):
    touch(tmp_path, "one/t1.nii.gz", "two/t2.nii.gz")
    path = write_csv(tmp_path, f"scan\n{tmp_path}/one/t1.nii.gz\ntwo/t2.nii.gz\n")

    found, _ = list_scans(path)

    assert [entry.name for entry in found] == ["t1", "t2"]


def test_each_bad_row_is_told_with_its_number_and_file(tmp_path):
    touch(tmp_path, "a.nii", "b.nii")
    path = write_csv(
        tmp_path,
        "scan,organ,split\na.nii,,train\ngone.nii,,train\n,o.nii,\na.nii,,\nb.nii,,test\nb,c,d,e\n",
    )

    found, problems = list_scans(path)

    assert [entry.name for entry in found] == ["a", "b"]
    assert problems == [
        "row 4: Name a scan in the column scan, or remove the row.",
        "row 5: Name each scan once: a.nii stands in two rows.",
        "row 6: Write train or validation as its split: test is neither.",
        "row 7: Put names with commas between quotes: it has too many columns.",
        f"row 3 (gone.nii): Check the path: {tmp_path / 'gone.nii'} does not exist.",
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("image,labels\n", "Give list.csv a first line with a column named scan"),
        ("scan,colour\n", "Rename or remove the column colour of list.csv"),
        ("scan\n", "Write one scan a row"),
        ("", "Give list.csv a first line"),
    ],
)
def test_a_csv_without_its_columns_or_rows_says_what_to_write(tmp_path, text, sentence):
    _, problems = list_scans(write_csv(tmp_path, text))

    assert len(problems) == 1
    assert sentence in problems[0]


def test_a_file_that_is_no_text_is_told(tmp_path):
    (tmp_path / "list.csv").write_bytes(b"\xff\xfe\x00\x01")

    assert "Save" in list_scans(tmp_path / "list.csv")[1][0]


def test_the_lot_leaves_the_wanted_share_to_validate_on():
    parts, problems = split_scans(entries(30), settings_of("x", validation_share=0.2))

    assert problems == []
    assert (len(parts.train), len(parts.validation)) == (24, 6)
    assert not set(parts.train) & set(parts.validation)


def test_the_lot_does_not_depend_on_the_order_of_the_list():
    settings = settings_of("x", validation_share=0.2)

    first, _ = split_scans(entries(30), settings)
    second, _ = split_scans(entries(30)[::-1], settings)

    assert set(first.validation) == set(second.validation)


def test_a_new_scan_moves_at_most_one_other():
    settings = settings_of("x", validation_share=0.2)

    before, _ = split_scans(entries(30), settings)
    after, _ = split_scans(entries(31), settings)

    assert len(set(before.validation) - set(after.validation)) <= 1


def test_a_seed_draws_another_lot():
    first, _ = split_scans(entries(30), settings_of("x", validation_share=0.2))
    second, _ = split_scans(entries(30), settings_of("x", validation_share=0.2, seed=1))

    assert first != second


def test_a_split_in_the_csv_is_kept():
    told = [
        replace(entry, split=Split.VALIDATION if n < 2 else Split.TRAIN)
        for n, entry in enumerate(entries(5))
    ]

    parts, problems = split_scans(told, settings_of("x"))

    assert problems == []
    assert [entry.name for entry in parts.validation] == ["p0", "p1"]


def test_a_split_for_some_scans_only_is_told():
    told = [*entries(3, split=Split.TRAIN), ScanEntry("odd", "odd.nii", "row 9")]

    _, problems = split_scans(told, settings_of("x"))

    assert problems == ["row 9: Give every scan a split or none."]


@pytest.mark.parametrize(("count", "share"), [(1, 0.0), (3, 0.1)])
def test_fewer_than_two_scans_on_a_side_are_told(count, share):
    _, problems = split_scans(entries(count), settings_of("x", validation_share=share))

    assert problems[0].startswith("Give at least two scans to train on")


def test_an_error_tells_at_most_ten_problems_and_how_many_more():
    error = DataProblemsError([f"problem {n}" for n in range(25)])

    assert str(error).count("- problem") == 10
    assert str(error).endswith("- and 15 more")
    assert len(error.problems) == 25
