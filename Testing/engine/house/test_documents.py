"""What the documents point at exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)[^)]*\)")
SHELL_BLOCK = re.compile(r"```(?:bash|sh|console)\n(.*?)```", re.DOTALL)
MAKE_CALL = re.compile(r"\bmake ([a-z]+)")
TARGET = re.compile(r"^([a-z]+):", re.MULTILINE)


def relative_links(text: str) -> list[str]:
    """Return the link targets of a Markdown text that lie in the project, without anchors."""
    targets = (match.split("#")[0] for match in LINK.findall(text))
    return [target for target in targets if target and "://" not in target]


def headings(text: str) -> set[str]:
    """Return the anchors of the headings of a Markdown text."""
    titles = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title).strip().lower().replace(" ", "-") for title in titles}


def commands(text: str) -> str:
    """Return what a Markdown text tells the reader to type, in blocks and between backquotes."""
    return "\n".join([*SHELL_BLOCK.findall(text), *re.findall(r"`([^`\n]+)`", text)])


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_relative_links_lead_somewhere(document: Path) -> None:
    links = relative_links(document.read_text())

    assert [link for link in links if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_anchors_of_the_same_page_exist(document: Path) -> None:
    text = document.read_text()
    anchors = {target[1:] for target in LINK.findall(text) if target.startswith("#")}

    assert anchors <= headings(text)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_make_commands_exist(document: Path) -> None:
    targets = set(TARGET.findall((ROOT / "Makefile").read_text()))

    assert set(MAKE_CALL.findall(commands(document.read_text()))) <= targets


def test_the_readme_names_the_two_commands_before_anything_else_to_type() -> None:
    typed = commands((ROOT / "README.md").read_text()).split("\n")

    lines = [line for line in typed if line.startswith(("make ", "vpreg ", "pip "))]

    assert [line.split("#")[0].strip() for line in lines[:2]] == ["make demo", "make test"]


def test_web_addresses_and_anchors_are_no_relative_links() -> None:
    text = "[here](a.md) [there](https://example.org) [below](#top) ![icon](b.png 'title')"

    assert relative_links(text) == ["a.md", "b.png"]
