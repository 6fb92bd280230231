"""The volumes of a lesion over time, with what merged into it, and their changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vpreg.lesions.growth import Change, change_between
from vpreg.lesions.lesion import Event, Lesion
from vpreg.lesions.volume import Volume, total

NOTHING = Volume(0.0, 0.0)


@dataclass(frozen=True)
class Changes:
    """What changed since the baseline, the smallest earlier volume and the visit before."""

    since_baseline: Change | None = None
    since_nadir: Change | None = None
    since_previous: Change | None = None


def changes_at(
    time: int,
    lesion: Lesion,
    *,
    volumes: Mapping[str, Sequence[Volume | None]],
    lesions: Mapping[str, Lesion],
    days: Sequence[int],
) -> Changes:
    """Compare a lesion at a time point with what it, and all that it took in by then, was before.

    Nothing is compared before it was seen, nor after it went into another. A vanished lesion has a
    volume of zero. `volumes` holds None where a lesion is not there.
    """
    now = _known(lesion, volumes[lesion.name], time)
    if now is None:
        return Changes()
    members = [lesion.name, *_taken_in(lesion, time, lesions)]
    earlier = {t: _sum_at(t, members, volumes, lesions) for t in range(time)}
    known = {t: volume for t, volume in earlier.items() if volume is not None}
    if not known:
        return Changes()

    def since(t: int) -> Change:
        return change_between(known[t], now, days=days[time] - days[t])

    nadir = min(known, key=lambda t: (known[t].ml, -t))
    first = min(known)
    return Changes(since(first), since(nadir), since(max(known)))


def _known(lesion: Lesion, volumes: Sequence[Volume | None], time: int) -> Volume | None:
    if lesion.appearances[time].event is Event.VANISHED:
        return NOTHING
    return volumes[time]


def _taken_in(lesion: Lesion, until: int, lesions: Mapping[str, Lesion]) -> list[str]:
    names: list[str] = []
    for t in range(until + 1):
        appearance = lesion.appearances[t]
        if appearance.event is Event.MERGED:
            for name in appearance.others:
                names += [name, *_taken_in(lesions[name], t, lesions)]
    return names


def _sum_at(
    time: int,
    members: Sequence[str],
    volumes: Mapping[str, Sequence[Volume | None]],
    lesions: Mapping[str, Lesion],
) -> Volume | None:
    known = [_known(lesions[name], volumes[name], time) for name in members]
    found = [volume for volume in known if volume is not None]
    return total(found) if found else None
