"""From the parameter node to a job."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from VolumePreservingRegLib.panel.choices import Device

from SparseVMRegLib.panel.choices import Acquired
from SparseVMRegLib.panel.settings_json import settings_json
from SparseVMRegLib.run.request import SparseRequest


def request_of(parameters: Any) -> SparseRequest:
    """Return the job that the user has chosen."""
    return SparseRequest(
        fixed=parameters.scan,
        moving=parameters.atlas,
        acquiredMask=mask_of(parameters),
        atlasSegmentation=parameters.atlasSegmentation,
        scanSegmentation=parameters.scanSegmentation,
        excluded=parameters.excluded,
        settings=settings_json(parameters),
        hideGpu=parameters.device is Device.CPU,
        keepFolder=parameters.keepIntermediate,
    )


def slices_request_of(parameters: Any) -> SparseRequest:
    """Return the job that only looks for the slices."""
    return replace(
        request_of(parameters),
        moving=None,
        atlasSegmentation=None,
        scanSegmentation=None,
        excluded=None,
        hideGpu=True,
        keepFolder=False,
    )


def mask_of(parameters: Any) -> Any | None:
    """Return the mask of what was measured, where it counts."""
    return parameters.acquiredMask if parameters.acquired is Acquired.MASK else None
