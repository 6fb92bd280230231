"""Show the colour legend of what is laid over the images, and no other."""

from __future__ import annotations

import slicer


def show_legends(volumes, shown):
    """Show the legends of the volumes in `shown`, hide those of the other volumes."""
    for volume in volumes:
        legend = legend_of(volume)
        if legend is not None:
            legend.SetVisibility(volume in shown)
            # Slicer looks anew at what a view shows only when the legend says that it changed.
            legend.Modified()


def announce_layers(view):
    """Let a view look for legends of what it shows.

    Views made after a legend, as those of our layouts are, know it only once their composite node
    says that a layer was changed by the user (vtkMRMLColorLegendDisplayableManager). Linked views
    take nothing over, as no interaction is under way.
    """
    composite = view.mrmlSliceCompositeNode()
    flags = composite.GetInteractionFlags()
    composite.SetInteractionFlags(slicer.vtkMRMLSliceCompositeNode.ForegroundVolumeFlag)
    composite.Modified()
    composite.SetInteractionFlags(flags)


def legend_of(volume):
    """Return the colour legend of a volume, or None."""
    if volume is None or volume.GetDisplayNode() is None:
        return None
    return slicer.modules.colors.logic().GetColorLegendDisplayNode(volume)
