"""A section of the panel hides what is inside, and keeps in mind what was hidden before."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.usefixtures("clean")


@pytest.fixture
def section():
    """Show a section that is open."""
    import ctk
    import qt

    button = ctk.ctkCollapsibleButton("Section")
    button.setLayout(qt.QVBoxLayout())
    button.show()
    yield button
    button.close()


@pytest.fixture
def label(section):
    """Put a label into the section."""
    import qt

    inside = qt.QLabel("inside")
    section.layout().addWidget(inside)
    return inside


def test_a_child_shows_while_the_section_is_open(section, label):
    section.collapsed = True
    hidden = label.isHidden()

    section.collapsed = False

    assert hidden
    assert not label.isHidden()


def test_a_child_hidden_while_the_section_is_closed_stays_hidden(section, label):
    section.collapsed = True
    label.setVisible(False)

    section.collapsed = False

    assert label.isHidden()


def test_a_child_shown_while_the_section_is_closed_appears_when_it_opens(section, label):
    label.setVisible(False)
    section.collapsed = True
    label.setVisible(True)
    hidden = label.isHidden()

    section.collapsed = False

    assert hidden
    assert not label.isHidden()


def test_a_child_can_be_hidden_in_an_open_section(section, label):
    section.collapsed = True
    section.collapsed = False

    label.setVisible(False)

    assert label.isHidden()
