"""A scan as the network's part of the program gets it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import torch

from vpreg.images.grid import Grid
from vpreg.images.image import Image


@dataclass(frozen=True)
class PreparedScan:
    """A scan normalised to [0, 1] and cut to the body, and its maps on the same grid.

    Grey values and shares are float16: its steps, at most 1/2048, lie below the noise of a scan,
    and half the memory holds twice the scans. `home` is the home grid laid over this scan,
    `around` the part of its whole grid that the home covers: a scan that is aligned to this one
    comes by way of those voxels, as it does when the network is used.
    """

    scan: Image
    organ: Image
    home: Grid
    around: Grid
    labels: Image | None = None
    acquired: Image | None = None
    tumor: Image | None = None

    def to(self, device: torch.device) -> PreparedScan:
        """Return the scan with its voxels on a device."""
        return replace(
            self,
            scan=self.scan.to(device),
            organ=self.organ.to(device),
            labels=_moved(self.labels, device),
            acquired=_moved(self.acquired, device),
            tumor=_moved(self.tumor, device),
        )


def _moved(image: Image | None, device: torch.device) -> Image | None:
    return None if image is None else image.to(device)
