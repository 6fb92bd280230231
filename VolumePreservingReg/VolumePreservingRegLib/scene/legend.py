"""The legend beside a volume change, in plain numbers instead of logarithms."""

from __future__ import annotations

import slicer
from slicer.i18n import tr as _


def show_size_legend(volume):
    """Add the legend of a size-change volume and return its node."""
    legend = slicer.modules.colors.logic().AddDefaultColorLegendDisplayNode(volume)
    legend.SetTitleText(_("Tissue size,\nafter / before"))
    # The bands of the table are named by their factor; the values would be logarithms.
    legend.SetUseColorNamesForLabels(True)
    legend.SetLabelFormat("%s")
    legend.SetOrientation(slicer.vtkMRMLColorLegendDisplayNode.Vertical)
    legend.SetPosition(0.98, 0.5)
    legend.SetSize(0.14, 0.6)
    return legend
