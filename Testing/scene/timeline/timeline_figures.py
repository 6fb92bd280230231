"""Rows of figures made of numbers."""

from __future__ import annotations

DATES = ("2021-01-10", "2021-04-10", "2021-07-10")


def row(lesion, time, ml, *, event="continued", centre=(0.0, 0.0, 0.0)):
    """Return the figures of a lesion at a time point."""
    from VolumePreservingRegLib.timeline.figures import Figures

    return Figures(
        lesion=lesion,
        time=time,
        timePoint=DATES[time],
        day=90 * time,
        event=event,
        ml=ml,
        uncertaintyMl=None if ml is None else 0.1,
        centreLps=() if ml is None else centre,
    )


def history():
    """Return a lesion that grows and one that vanishes."""
    far = (30.0, 0.0, 0.0)
    return [
        row("L1", 0, 1.0, event="at baseline"),
        row("L1", 1, 2.0),
        row("L1", 2, 4.0),
        row("L2", 0, 3.0, event="at baseline", centre=far),
        row("L2", 1, 1.0, centre=far),
        row("L2", 2, None, event="vanished"),
    ]
