"""Show an aligned scan as the scan that it comes from."""

from __future__ import annotations


def display_like(volume, scan) -> None:
    """Use the window, level and colours of a scan, so that only geometry differs between both."""
    volume.CreateDefaultDisplayNodes()
    shown, like = volume.GetDisplayNode(), scan.GetDisplayNode()
    if like is None or not like.IsA("vtkMRMLScalarVolumeDisplayNode"):
        return
    shown.AutoWindowLevelOff()
    shown.SetWindowLevel(like.GetWindow(), like.GetLevel())
    if like.GetColorNodeID():
        shown.SetAndObserveColorNodeID(like.GetColorNodeID())
    shown.SetInterpolate(like.GetInterpolate())
