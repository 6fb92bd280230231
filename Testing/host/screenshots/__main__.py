"""Make the pictures of the documents: python -m host.screenshots [FOLDER]."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from host.start import start_host

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / "Resources" / "screenshots"


def main(arguments):
    """Take all pictures, from the inputs to the result, into a folder."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    host = start_host()
    from host.screenshots.job_pictures import take_inputs, take_running
    from host.screenshots.sitting import Sitting

    sitting = Sitting(host, Path(*arguments[:1]) if arguments else FOLDER)
    take_inputs(sitting)
    take_running(sitting)
    from host.screenshots.review_pictures import (
        take_findings,
        take_reveals,
        take_tumor,
        take_views,
    )

    for take in (take_views, take_reveals, take_findings, take_tumor):
        take(sitting)
    host.close_module("VolumePreservingReg")


if __name__ == "__main__":
    main(sys.argv[1:])
