"""Follow lesions over time: what goes on, what is new, what vanished, merged or split."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from vpreg.lesions.corrections import NO_MARKS, Marks
from vpreg.lesions.lesion import Lesion
from vpreg.lesions.link_table import LinkTable
from vpreg.lesions.overlap import Aligned
from vpreg.lesions.track_so_far import TrackSoFar


def follow_lesions(dates: Sequence[Aligned], *, marks: Marks = NO_MARKS) -> tuple[Lesion, ...]:
    """Name the lesions of all dates (the first is the baseline), by overlap, then by distance.

    A lesion is compared with where it was seen last. L1 is the largest at baseline; new lesions
    take the next numbers. Where lesions merge, the one that was largest keeps its name.
    """
    tracks: list[TrackSoFar] = []
    for time in range(len(dates)):
        alive = [track for track in tracks if not track.absorbed]
        links = LinkTable(dates, marks, time, alive).links()
        owners = _owners(alive, links, dates)
        _keep_apart(owners, marks, time)
        _extend(alive, links, owners, time)
        _begin_new(tracks, owners, marks, time)
    return tuple(track.finished(len(dates)) for track in tracks)


def _owners(
    alive: list[TrackSoFar], links: np.ndarray, dates: Sequence[Aligned]
) -> list[TrackSoFar | None]:
    """Return whose each piece is: of all that are linked to it, the lesion that was largest."""

    def size_mm3(track: TrackSoFar) -> float:
        segmentation = dates[track.last].segmentation
        voxels = sum(segmentation.pieces[number - 1].voxels for number in track.last_pieces)
        return voxels * segmentation.grid.voxel_volume_mm3

    return [
        max((alive[row] for row in np.flatnonzero(column)), key=size_mm3, default=None)
        for column in links.T
    ]


def _keep_apart(owners: list[TrackSoFar | None], marks: Marks, time: int) -> None:
    """Take from a lesion the smaller of two of its pieces that a reader told apart."""
    for pair in marks.different:
        numbers = sorted(number for at, number in pair if at == time)
        if len(numbers) == 2 and owners[numbers[0] - 1] is owners[numbers[1] - 1]:
            owners[numbers[1] - 1] = None


def _extend(
    alive: list[TrackSoFar], links: np.ndarray, owners: list[TrackSoFar | None], time: int
) -> None:
    pieces = {
        id(track): tuple(n for n, owner in enumerate(owners, start=1) if owner is track)
        for track in alive
    }
    heirs = {
        id(track): next((owners[n] for n in np.flatnonzero(row) if owners[n] is not None), None)
        for track, row in zip(alive, links, strict=True)
        if not pieces[id(track)]
    }
    for track in alive:
        if pieces[id(track)]:
            taken_in = tuple(other.name for other in alive if heirs.get(id(other)) is track)
            track.go_on(time, pieces[id(track)], taken_in=taken_in)
        else:
            track.go_away(heirs[id(track)])


def _begin_new(
    tracks: list[TrackSoFar], owners: list[TrackSoFar | None], marks: Marks, time: int
) -> None:
    free = [n for n, owner in enumerate(owners, start=1) if owner is None]
    groups = [tuple(n for n in group if n in free) for group in marks.groups_at(time)]
    grouped = {number for group in groups for number in group}
    groups += [(number,) for number in free if number not in grouped]
    for group in sorted(group for group in groups if group):
        tracks.append(TrackSoFar.begun(f"L{len(tracks) + 1}", time=time, pieces=group))
