"""slicer.packaging: asks what is installed, and records what would be installed."""

from __future__ import annotations

import importlib.machinery
import importlib.metadata
import types
from pathlib import Path

from packaging.requirements import Requirement


class Packaging(types.ModuleType):
    """The module; `pretended` overrides what is installed, `installed` is what was asked for."""

    def __init__(self):
        super().__init__("slicer.packaging", "Packages of Slicer's Python.")
        self.pretended: dict[str, bool] = {}
        self.installed: list[str] = []
        self.consent = True

    def clear(self):
        """Forget what was asked for and pretended."""
        self.pretended.clear()
        self.installed.clear()
        self.consent = True

    def pip_check(self, req):
        """Say whether requirements are met, without importing anything."""
        requirements = req if isinstance(req, (list, tuple)) else [req]
        return all(self._is_met(Requirement(str(one))) for one in requirements)

    def pip_install(self, requirements, **_options):
        """Record what would be installed; it counts as installed from then on."""
        for one in requirements.split() if isinstance(requirements, str) else requirements:
            self.installed.append(str(one))
            self.pretended[Requirement(str(one)).name] = True

    def pip_ensure(self, requirements, **_options):
        """Install what is missing, with consent; RuntimeError without."""
        missing = [one for one in requirements if not self.pip_check(one)]
        if missing and not self.consent:
            msg = "The user declined to install packages"
            raise RuntimeError(msg)
        self.pip_install(missing)

    def isPipInstallInProgress(self):
        """Say no: nothing is installed for real."""
        return False

    def load_requirements(self, path):
        """Read a requirements file."""
        lines = (line.split("#")[0].strip() for line in Path(path).read_text().splitlines())
        return [Requirement(line) for line in lines if line]

    def _is_met(self, requirement):
        if requirement.name in self.pretended:
            return self.pretended[requirement.name]
        try:
            version = importlib.metadata.version(requirement.name)
        except importlib.metadata.PackageNotFoundError:
            return False
        return requirement.specifier.contains(version, prereleases=True)


PACKAGING = Packaging()


class Finder:
    """Finds slicer.packaging when it is imported, and not before, as in Slicer."""

    def find_spec(self, name, _path=None, _target=None):
        """Answer for this one module."""
        if name != PACKAGING.__name__:
            return None
        return importlib.machinery.ModuleSpec(name, self)

    def create_module(self, _spec):
        """Return the one object."""
        return PACKAGING

    def exec_module(self, module):
        """Do nothing: the object is made."""
