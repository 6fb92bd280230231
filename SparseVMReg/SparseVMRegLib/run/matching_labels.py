"""Give the segments of two segmentations the same labels where they have the same names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from slicer.i18n import tr as _
from VolumePreservingRegLib.scene.segment_maps import SegmentMap

from SparseVMRegLib.run.structures import Structure


def labelled_like(found: SegmentMap, structures: Sequence[Structure]) -> SegmentMap:
    """Return the labels of a scan with those of the atlas of the same name; others are dropped.

    ValueError with a plain sentence if no name is in both.
    """
    by_name = {_plain(one.name): one.label for one in structures}
    new = {label: by_name.get(_plain(name), 0) for label, name in found.names.items()}
    if not any(new.values()):
        msg = _(
            "Name the segments of the scan as those of the atlas: {mine} and {theirs} have no name"
            " in common."
        )
        words = [", ".join(names[:3]) for names in (_names(found), [s.name for s in structures])]
        raise ValueError(msg.format(mine=words[0], theirs=words[1]))
    table = np.zeros(max(new) + 1, dtype=np.int16)
    table[list(new)] = list(new.values())
    kept = {new[label]: name for label, name in found.names.items() if new[label]}
    return replace(found, labels=table[found.labels], names=kept, segment_ids={})


def _names(found: SegmentMap) -> list[str]:
    return list(found.names.values())


def _plain(name: str) -> str:
    return " ".join(name.casefold().replace("_", " ").replace("-", " ").split())
