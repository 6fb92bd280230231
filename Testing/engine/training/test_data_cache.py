"""The cache: the same as fresh, whole or not at all, for any number of processes."""

import multiprocessing
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import torch

from Testing.engine.training.data_cases import head, settings_of, write_scans
from vpreg.images.writing import write_image
from vpreg.training.data import scan_store
from vpreg.training.data.alignments import Alignments
from vpreg.training.data.cache_file import write_cache_file
from vpreg.training.data.data_settings import Alignment
from vpreg.training.data.scan_file import read_scan
from vpreg.training.data.scan_list import list_scans
from vpreg.training.data.scan_store import ScanStore


@pytest.fixture
def folder(tmp_path):
    return write_scans(tmp_path / "data", 3)


@pytest.fixture
def entries(folder):
    return list_scans(folder)[0]


@pytest.fixture
def cached(folder, tmp_path):
    return settings_of(folder, cache=str(tmp_path / "cache"))


@pytest.fixture
def prepared(monkeypatch):
    """Count how often a scan is prepared."""
    names = []
    real = scan_store.prepare_scan

    def prepare(entry, **how):
        names.append(entry.name)
        return real(entry, **how)

    monkeypatch.setattr(scan_store, "prepare_scan", prepare)
    return names


def assert_same_scan(first, second):
    assert (first.home, first.around, first.scan.grid) == (
        second.home,
        second.around,
        second.scan.grid,
    )
    for name in ("scan", "organ", "labels"):
        one, other = getattr(first, name).voxels, getattr(second, name).voxels
        assert one.dtype == other.dtype
        assert torch.equal(one, other)


def files(settings):
    return sorted(Path(settings.cache).iterdir())


def test_what_the_cache_gives_is_what_was_prepared(cached, folder, entries, prepared):
    ScanStore(cached).scan(entries[0])

    kept = ScanStore(cached).scan(entries[0])

    assert prepared == ["p0"]
    assert_same_scan(kept, ScanStore(settings_of(folder)).scan(entries[0]))


def test_a_scan_in_memory_is_the_one_that_was_given_before(cached, entries):
    store = ScanStore(cached)

    assert store.scan(entries[0]) is store.scan(entries[0])


def test_only_so_many_scans_stay_in_memory_those_used_last(folder, entries, prepared):
    store = ScanStore(settings_of(folder, scans_in_memory=2))

    for number in (0, 1, 0, 2, 0, 1):
        store.scan(entries[number])

    assert prepared == ["p0", "p1", "p2", "p1"]


@pytest.mark.parametrize("damage", ["cut", "flipped", "empty", "text"])
def test_a_damaged_entry_is_made_anew(cached, entries, prepared, damage):
    good = ScanStore(cached).scan(entries[0])
    (path,) = files(cached)
    content = bytearray(path.read_bytes())
    content[-40] ^= 0xFF
    broken = {"cut": content[:-7], "flipped": content, "empty": b"", "text": b"{}" * 99}[damage]
    path.write_bytes(broken)

    again = ScanStore(cached).scan(entries[0])

    assert prepared == ["p0", "p0"]
    assert_same_scan(again, good)
    assert_same_scan(ScanStore(cached).scan(entries[0]), good)
    assert prepared == ["p0", "p0"]


def test_a_scan_that_changes_is_prepared_anew(cached, entries, prepared):
    before = ScanStore(cached).scan(entries[0])
    write_image(head(9)[0], entries[0].scan)

    after = ScanStore(cached).scan(entries[0])

    assert prepared == ["p0", "p0"]
    assert not torch.equal(before.scan.voxels, after.scan.voxels)


@pytest.mark.parametrize(
    "changes", [{"preset": "generic"}, {"home_shape": (16, 24, 16)}, {"home_axes": "LAS"}]
)
def test_other_settings_do_not_take_what_was_prepared_for_these(cached, entries, changes):
    other = settings_of(cached.scans, cache=cached.cache, **changes)

    assert ScanStore(cached).key(entries[0]) != ScanStore(other).key(entries[0])


def test_labels_are_known_without_preparing_again(cached, entries, prepared):
    ScanStore(cached).scan(entries[0])

    assert ScanStore(cached).label_values(entries[0]) == (1, 2)
    assert prepared == ["p0"]


def test_a_process_killed_while_writing_leaves_nothing_that_is_taken_for_whole(
    cached, entries, monkeypatch, prepared
):
    def die(*_args):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("vpreg.files.whole_file.os.fsync", die)
        with pytest.raises(KeyboardInterrupt):
            ScanStore(cached).scan(entries[0])

    assert files(cached) == []
    ScanStore(cached).scan(entries[0])
    assert prepared == ["p0", "p0"]


def test_a_folder_that_takes_no_file_is_told(tmp_path):
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(ValueError, match=r"Make room in .* or choose another cache folder"):
        write_cache_file(tmp_path / "file" / "entry", b"content")


def test_threads_that_want_the_same_scans_get_the_same(cached, entries):
    store = ScanStore(cached)

    with ThreadPoolExecutor(4) as pool:
        scans = list(pool.map(store.scan, entries * 4))

    assert all(scans[n] is scans[n % 3] for n in range(12))


def scan_in_process(settings, entry):
    ScanStore(settings).scan(entry)


def test_processes_that_prepare_the_same_scan_leave_one_whole_entry(cached, entries):
    context = multiprocessing.get_context("fork")
    workers = [context.Process(target=scan_in_process, args=(cached, entries[0])) for _ in range(3)]

    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    (path,) = files(cached)
    assert read_scan(path) is not None
    assert [worker.exitcode for worker in workers] == [0, 0, 0]


def test_an_alignment_is_made_once(cached, entries, monkeypatch):
    first = Alignments(ScanStore(cached), template=entries[0])
    matrix = first.fixed_to_moving(entries[0], entries[1], Alignment.PAIR)
    monkeypatch.delattr("vpreg.training.data.alignments.align_affine")

    again = Alignments(ScanStore(cached), template=entries[0])

    assert (again.fixed_to_moving(entries[0], entries[1], Alignment.PAIR) == matrix).all()


def test_a_damaged_alignment_is_made_anew(cached, entries):
    alignments = Alignments(ScanStore(cached), template=entries[0])
    matrix = alignments.template_to(entries[1])
    (path,) = (one for one in files(cached) if one.suffix == ".json")
    path.write_text("[[1, 0")

    again = Alignments(ScanStore(cached), template=entries[0]).template_to(entries[1])

    assert abs(again - matrix).max() < 1e-6
