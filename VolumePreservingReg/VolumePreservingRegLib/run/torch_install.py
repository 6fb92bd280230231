"""Install torch through the PyTorch extension, when the user wants a job and agrees."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import slicer
from slicer.i18n import tr as _

from VolumePreservingRegLib.run.torch_check import torch_is_installed

EXTENSION = "PyTorch"
VERSIONS = ">=2.5"


class TorchIsMissing(Exception):  # noqa: N818 - a state of the computer, said in a plain sentence
    """There is no torch, and the sentence says what the user can do."""


def ensure_torch() -> None:
    """Return once torch is installed; raise TorchIsMissing if it is not or must wait."""
    if torch_is_installed():
        return
    logic = _pytorch_logic()
    if logic is None:
        _offer_extension()
        return
    _install_torch(logic)


def _pytorch_logic() -> Any | None:
    try:
        import PyTorchUtils
    except ImportError:
        return None
    return PyTorchUtils.PyTorchUtilsLogic()


def _install_torch(logic: Any) -> None:
    try:
        with _torch_kept_out():
            logic.installTorch(askConfirmation=True, torchVersionRequirement=VERSIONS)
    except Exception as error:  # noqa: BLE001 - what counts is whether torch is there afterwards
        logging.debug("Installation of PyTorch: %s", error)
    if not torch_is_installed():
        raise TorchIsMissing(
            _(
                "Install PyTorch to run a registration: choose the module PyTorch Utils and press"
                " Install PyTorch, or press Apply again."
            )
        )


@contextmanager
def _torch_kept_out() -> Iterator[None]:
    """Let no one import torch here, which the extension does at the end of an installation."""
    if "torch" in sys.modules:
        yield
        return
    sys.modules["torch"] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules["torch"]


def _offer_extension() -> None:
    model = _extensions_manager()
    if model is None or slicer.app.testingEnabled():
        raise TorchIsMissing(
            _("Install the extension PyTorch with the Extensions Manager, then press Apply again.")
        )
    question = _(
        "The registration needs the extension PyTorch, which is not installed.\n\n"
        "Download and install it now? Slicer has to be restarted afterwards: save the scene first."
    )
    if not slicer.util.confirmOkCancelDisplay(question):
        raise TorchIsMissing(_("Install the extension PyTorch to run a registration."))
    _install_extension(model)


def _extensions_manager() -> Any | None:
    # A Slicer that was built without the manager does not have it.
    if not hasattr(slicer.app, "extensionsManagerModel"):
        return None
    return slicer.app.extensionsManagerModel()


def _install_extension(model: Any) -> None:
    before = model.interactive
    model.interactive = False
    try:
        done = model.installExtensionFromServer(EXTENSION, False)
    finally:
        model.interactive = before
    if not done:
        raise TorchIsMissing(
            _("Check the connection and try again: the extension PyTorch could not be installed.")
        )
    raise TorchIsMissing(
        _("Restart Slicer, then press Apply again: the extension PyTorch has been installed.")
    )
