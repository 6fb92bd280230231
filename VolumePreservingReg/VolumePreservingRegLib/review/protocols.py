"""What the review needs of Slicer's windows, so that it runs without Qt."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol


class SliceView(Protocol):
    """The drawn part of a slice view (qMRMLSliceView)."""

    def renderWindow(self): ...

    def scheduleRender(self): ...


class SliceWidget(Protocol):
    """A slice view with its logic and nodes (qMRMLSliceWidget)."""

    def sliceLogic(self): ...

    def mrmlSliceNode(self): ...

    def mrmlSliceCompositeNode(self): ...

    def sliceView(self) -> SliceView: ...


class LayoutManager(Protocol):
    """What arranges the views (qMRMLLayoutManager)."""

    layout: int

    def setLayout(self, number: int): ...

    def layoutLogic(self): ...

    def sliceWidget(self, name: str) -> SliceWidget | None: ...


class Timer(Protocol):
    """What calls again and again (QTimer)."""

    def start(self, interval_ms: int): ...

    def stop(self): ...


TimerFactory = Callable[[Callable[[], None]], Timer]
"""Makes a stopped timer that calls a function at each tick."""
