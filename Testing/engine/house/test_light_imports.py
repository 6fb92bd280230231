"""What starts fast: the package and the help of the command line load nothing heavy."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("torch", "SimpleITK", "numpy", "scipy", "monai", "pydicom")

STATEMENTS = {
    "package": "import vpreg",
    "version": "from vpreg import __version__",
    "command line": "import vpreg.cli",
    "help": (
        "import sys\nfrom vpreg.cli import main\nsys.argv = ['vpreg', '--help']\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code"
    ),
    "help of a command": (
        "import sys\nfrom vpreg.cli import main\nsys.argv = ['vpreg', 'warp', '--help']\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code"
    ),
}


def loaded_by(statement: str) -> set[str]:
    """Name the modules that a fresh Python has loaded after a statement."""
    program = f"{statement}\nimport sys\nprint('\\nLOADED', *sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return set(done.stdout.rpartition("LOADED")[2].split())


@pytest.mark.parametrize("statement", STATEMENTS.values(), ids=STATEMENTS.keys())
def test_it_loads_nothing_heavy(statement: str) -> None:
    loaded = loaded_by(statement)

    assert "vpreg" in loaded
    assert loaded.isdisjoint(HEAVY)
