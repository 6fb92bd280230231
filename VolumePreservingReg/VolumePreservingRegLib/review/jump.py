"""Bring all slice views to a place."""

from __future__ import annotations

import slicer


def cut_at(position_ras):
    """Cut all slices through a point, and show the whole of them as before."""
    slicer.vtkMRMLSliceNode.JumpAllSlices(
        slicer.mrmlScene, *position_ras, slicer.vtkMRMLSliceNode.OffsetJumpSlice
    )


def jump_to(position_ras):
    """Cut all slices through a point, and put it in their middle."""
    slicer.vtkMRMLSliceNode.JumpAllSlices(
        slicer.mrmlScene, *position_ras, slicer.vtkMRMLSliceNode.CenteredJumpSlice
    )
