"""What the module for sparse scans has of its own; the rest is in VolumePreservingRegLib."""
