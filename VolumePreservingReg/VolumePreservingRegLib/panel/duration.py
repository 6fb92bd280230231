"""How long something takes, in words."""

from __future__ import annotations

from slicer.i18n import tr as _

_MINUTE_S = 60
_ROUND_UP_TO_S = 5


def time_left(seconds: float | None) -> str:
    """Return the time that is left, as exactly as it is known; nothing if it is not."""
    if seconds is None:
        return ""
    if seconds < _MINUTE_S:
        rounded = max(_ROUND_UP_TO_S, round(seconds / _ROUND_UP_TO_S) * _ROUND_UP_TO_S)
        return _("about {seconds} s left").format(seconds=int(rounded))
    return _("about {minutes} min left").format(minutes=max(1, round(seconds / _MINUTE_S)))
