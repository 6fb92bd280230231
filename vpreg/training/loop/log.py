"""The log of a training: one JSON object a line, and curves for TensorBoard."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

from vpreg.training.loop.events import (
    Event,
    Exported,
    Looked,
    Said,
    StageBegan,
    StepDone,
    Validated,
)

LOG = "log.jsonl"
CURVES = "tensorboard"


class Log:
    """Writes what happened; on going on, whatever came after the kept state is cut off first."""

    def __init__(self, folder: Path, *, kept_bytes: int, step: int) -> None:
        """Open the log at the length that it had when the state was kept."""
        path = folder / LOG
        path.touch()
        if path.stat().st_size > kept_bytes:
            with path.open("rb+") as file:
                file.truncate(kept_bytes)
        self._file = path.open("a", encoding="utf-8")
        self._curves = _curves(folder / CURVES, step=step)

    @property
    def has_curves(self) -> bool:
        """Whether TensorBoard is installed."""
        return self._curves is not None

    @property
    def bytes_written(self) -> int:
        """How long the log is."""
        return self._file.tell()

    def hear(self, event: Event) -> None:
        """Write one event at once."""
        line = _line(event)
        if line is not None:
            self._file.write(json.dumps(line, ensure_ascii=False, allow_nan=False) + "\n")
            self._file.flush()
        if self._curves is not None:
            _draw(self._curves, event)

    def close(self) -> None:
        """Write what is left."""
        self._file.close()
        if self._curves is not None:
            self._curves.close()


def _line(event: Event) -> dict[str, Any] | None:
    """Return the line of an event; None for those that a log does not need."""
    if isinstance(event, Looked):
        return None
    if isinstance(event, Said):
        return {"event": "said", "message": event.message}
    base = {"stage": event.stage.kind.value, "step": event.step}
    if isinstance(event, StageBegan):
        return {"event": "began", **base, "parameters": event.parameters}
    if isinstance(event, StepDone):
        figures = _finite({"loss": event.loss, **event.parts, "seconds": event.seconds})
        return {"event": "step", **base, **figures, "skipped": event.skipped}
    if isinstance(event, Validated):
        figures = _finite({"score": event.score, **event.figures})
        return {"event": "validated", **base, **figures, "best": event.is_best}
    if isinstance(event, Exported):
        return {"event": "exported", **base, "file": event.path.name}
    return None


def _finite(figures: dict[str, float]) -> dict[str, float | None]:
    """Return null for NaN and infinity, which JSON cannot say."""
    return {name: value if math.isfinite(value) else None for name, value in figures.items()}


def _curves(folder: Path, *, step: int) -> Any:  # noqa: ANN401 - tensorboard is optional
    """Return a writer that forgets what came after a step; None without TensorBoard."""
    try:
        from torch.utils.tensorboard.writer import SummaryWriter
    except ImportError:
        return None
    return SummaryWriter(str(folder), purge_step=step + 1)


def _draw(curves: Any, event: Event) -> None:  # noqa: ANN401 - tensorboard is optional
    if isinstance(event, StepDone):
        figures, of = {"loss": event.loss, **event.parts}, "step"
    elif isinstance(event, Validated):
        figures, of = {"score": event.score, **event.figures}, "validation"
    else:
        return
    for name, value in figures.items():
        curves.add_scalar(f"{event.stage.kind.value} {of}/{name}", value, event.step)
