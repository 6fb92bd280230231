"""The pictures of the documents are small, described, and made by the project's own program."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from host.screenshots.names import Picture

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / "Resources" / "screenshots"
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
SHOWN = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)\)")
MOST_BYTES = 300_000
LEAST_WORDS = 5
OF_THE_REPORT = {"report.png"}
TAKER = ROOT / "Testing" / "desktop" / "take_pictures.py"
IN_SLICER = set(re.findall(r'"(slicer-[a-z-]+\.jpg)"', TAKER.read_text()))


def pictures_of(document: Path) -> list[tuple[str, Path]]:
    """Return description and file of each picture that a document shows."""
    return [(words, document.parent / name) for words, name in SHOWN.findall(document.read_text())]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_pictures_exist_and_are_told_in_words(document: Path) -> None:
    pictures = pictures_of(document)

    assert [path for _, path in pictures if not path.is_file()] == []
    assert [words for words, _ in pictures if len(words.split()) < LEAST_WORDS] == []


@pytest.mark.parametrize("name", sorted({*(one.file_name for one in Picture), *IN_SLICER}))
def test_a_picture_is_small(name: str) -> None:
    assert (FOLDER / name).stat().st_size < MOST_BYTES


def test_every_picture_is_made_by_the_program_that_takes_them() -> None:
    there = {path.name for path in FOLDER.glob("*")}

    assert there - OF_THE_REPORT - IN_SLICER == {picture.file_name for picture in Picture}
    assert there >= IN_SLICER


def test_the_documents_show_every_picture() -> None:
    shown = {path.name for document in DOCUMENTS for _, path in pictures_of(document)}

    assert shown >= {path.name for path in FOLDER.glob("*")}


def test_the_index_leads_to_every_document() -> None:
    index = (ROOT / "docs" / "index.md").read_text()
    documents = {path.name for path in (ROOT / "docs").glob("*.md")} - {"index.md"}

    assert documents <= set(re.findall(r"\]\(([\w-]+\.md)\)", index))
