"""The file of a module loads nothing heavy when Slicer starts: no torch, and not the engine."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted(path.parent.name for path in ROOT.glob("*/CMakeLists.txt"))
HEAVY = ("torch", "SimpleITK", "scipy", "vpreg")
PROGRAM = """
import sys
from host.start import start_host
start_host()
for name in {heavy}:
    sys.modules.setdefault(name, None)
__import__({module!r})
print("LOADED", *(name for name in {heavy} if sys.modules.get(name) is not None))
"""


@pytest.mark.skipif(
    importlib.util.find_spec("PySide6") is None, reason="Install PySide6 to load module files."
)
@pytest.mark.parametrize("module", MODULES)
def test_importing_the_file_of_a_module_needs_nothing_heavy(module):
    folders = [ROOT / "Testing", *(ROOT / name for name in MODULES)]
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": os.pathsep.join(map(str, folders)),
    }

    done = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(heavy=HEAVY, module=module)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1].split() == ["LOADED"]
