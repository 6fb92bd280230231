"""From a checkout, Slicer may load the module for sparse scans before the other one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = "import SparseVMRegLib, VolumePreservingRegLib; print(VolumePreservingRegLib.__file__)"


def test_the_library_of_the_other_module_is_found_beside_it():
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "SparseVMReg")}

    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env=environment,
        cwd=ROOT.parent,
        capture_output=True,
        text=True,
        check=True,
    )

    assert Path(done.stdout.strip()).parents[1] == ROOT / "VolumePreservingReg"
