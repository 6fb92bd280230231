"""A lesion while it is being followed."""

from __future__ import annotations

from dataclasses import dataclass, field

from vpreg.lesions.corrections import Mark
from vpreg.lesions.lesion import Appearance, Event, Lesion


@dataclass(eq=False)
class TrackSoFar:
    """`last` is the time point at which it was seen last; `seen` are all its pieces."""

    name: str
    last: int
    appearances: list[Appearance]
    absorbed: bool = False
    seen: set[Mark] = field(default_factory=set)

    @classmethod
    def begun(cls, name: str, *, time: int, pieces: tuple[int, ...]) -> TrackSoFar:
        """Begin a lesion at a time point."""
        before = [Appearance(Event.NOT_YET)] * time
        event = Event.NEW if time else Event.BASELINE
        marks = {(time, number) for number in pieces}
        return cls(name, time, [*before, Appearance(event, pieces)], seen=marks)

    @property
    def last_pieces(self) -> tuple[int, ...]:
        """Its pieces where it was seen last."""
        return self.appearances[self.last].pieces

    def go_on(self, time: int, pieces: tuple[int, ...], *, taken_in: tuple[str, ...]) -> None:
        """Add a time point at which it is there."""
        event = Event.CONTINUED
        if taken_in:
            event = Event.MERGED
        elif self.last < time - 1:
            event = Event.REAPPEARED
        elif len(pieces) > len(self.last_pieces):
            event = Event.SPLIT
        self.appearances.append(Appearance(event, pieces, taken_in))
        self.last = time
        self.seen |= {(time, number) for number in pieces}

    def go_away(self, into: TrackSoFar | None) -> None:
        """Add a time point at which it is not there any more, or part of another lesion."""
        self.absorbed = into is not None
        event = Event.VANISHED if into is None else Event.ABSORBED
        self.appearances.append(Appearance(event, (), () if into is None else (into.name,)))

    def finished(self, times: int) -> Lesion:
        """Return the lesion; what became of it last holds from then on."""
        rest = [self.appearances[-1]] * (times - len(self.appearances))
        return Lesion(self.name, (*self.appearances, *rest))
