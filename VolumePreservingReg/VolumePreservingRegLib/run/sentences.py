"""What the user reads when there is no result."""

from __future__ import annotations

from slicer.i18n import tr as _

from VolumePreservingRegLib.run.job_runner import Ending, Failure


def failure_sentence(failure: Failure) -> str:
    """Return the worker's own sentence, or one for an end about which it said nothing."""
    if failure.ending is Ending.CANCELLED:
        return _("Canceled. Nothing was added to the scene.")
    if failure.ending is Ending.DIED:
        return _(
            "Close other programs or crop the scans, then press Apply again: the computation"
            " ended unexpectedly, perhaps because the memory did not suffice."
        )
    if failure.ending is Ending.NOT_STARTED:
        return _("Install Slicer again: its Python could not be started ({reason}).").format(
            reason=failure.text
        )
    return failure.text


def result_is_unreadable(error: Exception) -> str:
    """Say that a result came and could not be shown."""
    return _(
        "Look into the log and try again: the result could not be brought into the scene ({error})."
    ).format(error=error)
