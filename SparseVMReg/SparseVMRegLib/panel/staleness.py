"""Whether the result in the scene belongs to what is chosen now."""

from __future__ import annotations

from typing import Any

from VolumePreservingRegLib.panel.staleness import belongs, has_settings

from SparseVMRegLib.panel.request_of import request_of
from SparseVMRegLib.panel.settings_json import settings_text
from SparseVMRegLib.scene.add_sparse_nodes import inputs_by_role
from SparseVMRegLib.scene.load_sparse_result import SparseSources


def belongs_to_sparse(nodes: Any, parameters: Any) -> bool:
    """Tell whether a result was made from the inputs and settings that are chosen now."""
    if not has_settings(parameters, settings_text):
        return False
    request = request_of(parameters)
    sources = SparseSources(
        scan=request.fixed,
        atlas=request.moving,
        acquiredMask=request.acquiredMask,
        atlasSegmentation=request.atlasSegmentation,
        scanSegmentation=request.scanSegmentation,
        excluded=request.excluded,
    )
    return belongs(nodes, inputs_by_role(sources))
