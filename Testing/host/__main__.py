"""Open the panel of VolumePreservingReg with its views: python -m host [scan ...]."""

from __future__ import annotations

import signal
import sys

from host.display import require_display
from host.start import start_host


def main(paths):
    """Open the panel, load scans that are named, and run until the window is closed."""
    require_display()
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Qt's loop would never look at Python's
    host = start_host()
    import slicer

    for path in paths:
        slicer.util.setSliceViewerLayers(background=slicer.util.loadVolume(path), fit=True)
    host.open_module("VolumePreservingReg")
    host.window.show()
    slicer.app.exec_()
    host.close_module("VolumePreservingReg")


if __name__ == "__main__":
    main(sys.argv[1:])
