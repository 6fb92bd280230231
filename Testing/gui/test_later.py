"""What is called later is called once, and nothing of it is kept."""

from __future__ import annotations

import gc
import weakref

import pytest

pytestmark = pytest.mark.usefixtures("clean")


class Held:
    """What a function knows."""

    def __init__(self, told):
        self.told = told

    def tell(self):
        self.told.append("told")


def run(host, later):
    """Have something called after a millisecond, let go of it, and wait; return what was left."""
    told = []
    held = Held(told)
    left = weakref.ref(held)
    later(1, held.tell)
    del held
    host.wait_until(lambda: told)
    host.process_events()
    gc.collect()
    return told, left()


def test_it_is_called_once_and_let_go(clean):
    from VolumePreservingRegLib.run.later import call_later

    assert run(clean, call_later) == (["told"], None)


def test_slicers_own_single_shot_keeps_what_it_called(clean):
    import qt

    told, left = run(clean, qt.QTimer.singleShot)

    assert told == ["told"]
    assert left is not None
