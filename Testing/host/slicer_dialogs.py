"""Dialogs of slicer.util: recorded, and answered by the test, instead of shown."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field

import slicer


@dataclass
class Dialogs:
    """What the user would have read, and what the user answers."""

    shown: list[tuple[str, str]] = field(default_factory=list)
    answers: dict[str, bool] = field(default_factory=dict)

    def clear(self):
        """Forget what was shown; answer yes to everything again."""
        self.shown.clear()
        self.answers.clear()

    def texts(self, kind=None):
        """List the texts, of one kind: info, warning, error, question."""
        return [text for each, text in self.shown if kind in (None, each)]

    def tell(self, kind):
        """Make a function that takes the place of one that shows a text."""

        def display(text, *_rest, **_options):
            logging.info("%s: %s", kind, text)
            self.shown.append((kind, text))
            return True

        return display

    def ask(self, name):
        """Make a function that takes the place of one that asks; yes unless `answers` say no."""

        def display(text, *_rest, **_options):
            self.shown.append(("question", text))
            return self.answers.get(name, True)

        return display


TELLING = {
    "infoDisplay": "info",
    "warningDisplay": "warning",
    "errorDisplay": "error",
    "messageBox": "info",
    "delayDisplay": "info",
}
ASKING = ("confirmOkCancelDisplay", "confirmYesNoDisplay", "confirmRetryCloseDisplay")


def record_dialogs():
    """Put the recorder in the place of the dialogs of slicer.util and return it."""
    dialogs = Dialogs()
    for name, kind in TELLING.items():
        setattr(slicer.util, name, dialogs.tell(kind))
    for name in ASKING:
        setattr(slicer.util, name, dialogs.ask(name))
    return dialogs
