"""What the modules of this extension share inside Slicer."""
