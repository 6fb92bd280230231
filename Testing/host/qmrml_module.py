"""Add Slicer's widgets to the namespace of slicer."""

from __future__ import annotations


def add_widgets(slicer):
    """Make the classes of the widgets attributes of slicer, as PythonQt does."""
    from host import qmrml_node_combo_box, qmrml_segment_selector, qmrml_views, qmrml_widget

    for part in (qmrml_widget, qmrml_node_combo_box, qmrml_segment_selector, qmrml_views):
        for name, found in vars(part).items():
            if name.startswith(("qMRML", "qSlicer")) and found.__module__ == part.__name__:
                setattr(slicer, name, found)
