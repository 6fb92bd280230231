"""Torch is asked for by Apply alone, and never imported."""

from __future__ import annotations

import sys
import types

import pytest

from Testing.gui.panel_cases import choose_scans, press_apply

INSTALLED = "VolumePreservingRegLib.run.torch_install.torch_is_installed"


class Extension:
    """A PyTorch extension that installs, or not, and tries to import torch like the real one."""

    def __init__(self, monkeypatch, *, agrees):
        self.asked, self.imported = [], None
        extension = self

        class PyTorchUtilsLogic:
            def installTorch(self, **options):
                extension.asked.append(options)
                monkeypatch.setattr(INSTALLED, lambda: agrees)
                if agrees:
                    import torch

                    extension.imported = torch

        module = types.ModuleType("PyTorchUtils")
        module.PyTorchUtilsLogic = PyTorchUtilsLogic
        monkeypatch.setitem(sys.modules, "PyTorchUtils", module)


class ExtensionsManager:
    """Installs extensions, or fails to."""

    def __init__(self, *, works):
        self.interactive, self.works, self.installed = True, works, []

    def installExtensionFromServer(self, name, restart):
        self.installed.append((name, restart))
        return self.works


@pytest.fixture
def without_torch(panel, monkeypatch):
    """Open a panel in a Slicer that has no torch and no PyTorch extension."""
    choose_scans(panel)
    monkeypatch.setattr(INSTALLED, lambda: False)
    monkeypatch.setitem(sys.modules, "PyTorchUtils", None)
    monkeypatch.delitem(sys.modules, "torch", raising=False)
    return panel


def use_manager(monkeypatch, manager):
    """Give Slicer an extensions manager and a user who answers dialogs."""
    import slicer

    monkeypatch.setattr(
        type(slicer.app), "extensionsManagerModel", lambda _app: manager, raising=False
    )
    monkeypatch.setattr(slicer.app, "testingEnabled", lambda: False)


def test_opening_the_panel_asks_for_nothing(without_torch, clean):
    assert without_torch.ui.applyButton.enabled
    assert clean.dialogs.shown == []


def test_a_build_without_extensions_manager_says_what_to_install(without_torch, clean):
    press_apply(without_torch)

    assert "Extensions Manager" in without_torch.ui.statusLabel.text
    assert not without_torch.job.runs
    assert clean.dialogs.shown == []


def test_the_missing_extension_is_offered(without_torch, monkeypatch):
    import slicer

    manager = ExtensionsManager(works=True)
    use_manager(monkeypatch, manager)
    questions = []
    monkeypatch.setattr(
        slicer.util, "confirmOkCancelDisplay", lambda text: questions.append(text) or True
    )

    press_apply(without_torch)

    assert "save the scene first" in questions[0]
    assert manager.installed == [("PyTorch", False)]
    assert manager.interactive
    assert without_torch.ui.statusLabel.text.startswith("Restart Slicer")


def test_nothing_is_installed_without_consent(without_torch, monkeypatch):
    import slicer

    manager = ExtensionsManager(works=True)
    use_manager(monkeypatch, manager)
    monkeypatch.setattr(slicer.util, "confirmOkCancelDisplay", lambda _text: False)

    press_apply(without_torch)

    assert manager.installed == []
    assert "Install the extension PyTorch" in without_torch.ui.statusLabel.text


def test_a_download_that_fails_is_explained(without_torch, monkeypatch):
    import slicer

    use_manager(monkeypatch, ExtensionsManager(works=False))
    monkeypatch.setattr(slicer.util, "confirmOkCancelDisplay", lambda _text: True)

    press_apply(without_torch)

    assert "could not be installed" in without_torch.ui.statusLabel.text


def test_torch_is_installed_by_the_extension_with_consent_and_not_imported(
    without_torch, clean, monkeypatch
):
    extension = Extension(monkeypatch, agrees=True)

    press_apply(without_torch)
    started = without_torch.job.runs
    without_torch.job.close()
    clean.process_events()

    assert started
    assert extension.asked == [{"askConfirmation": True, "torchVersionRequirement": ">=2.5"}]
    assert extension.imported is None
    assert "torch" not in sys.modules


def test_a_user_who_declines_is_told_how_to_go_on(without_torch, monkeypatch):
    Extension(monkeypatch, agrees=False)

    press_apply(without_torch)

    assert "Install PyTorch" in without_torch.ui.statusLabel.text
    assert not without_torch.job.runs


@pytest.mark.parametrize(
    ("version", "good"), [("2.4.1", False), ("2.5.0+cpu", True), (None, False)]
)
def test_slicer_without_packaging_looks_at_the_version(monkeypatch, version, good):
    from VolumePreservingRegLib.run import torch_check

    monkeypatch.setitem(sys.modules, "slicer.packaging", None)
    monkeypatch.setattr(torch_check, "installed_version", lambda: version)

    assert torch_check.torch_is_installed() is good
