"""Connect signals by their signature: `w.connect("clicked(bool)", f)`; a misspelt one raises."""

from __future__ import annotations

import inspect
import sys

from PySide6.QtCore import SIGNAL, QMetaObject, QObject
from shiboken6 import getCppPointer

NATIVE_CONNECT = QObject.connect
NATIVE_DISCONNECT = QObject.disconnect


def connect(sender, signature, *receivers):
    """Call a Python callable for a signal; it gets as many arguments as it takes.

    Raises AttributeError for a signal that the class does not have. The connection keeps the
    callable alive, as PythonQt does.
    """
    if not is_signature(signature):
        return NATIVE_CONNECT(signature, *receivers)
    signature = checked_signature(sender, signature)
    if len(receivers) != 1 or not callable(receivers[0]):
        msg = f"connect('{signature}', f) takes one callable, not {receivers!r}"
        raise TypeError(msg)
    adapter = _adapter(receivers[0])
    _connections(sender).append((signature, receivers[0], adapter))
    stub_signal = stub_signals(sender).get(signature)
    if stub_signal:
        getattr(sender, stub_signal).connect(adapter)
    else:
        NATIVE_CONNECT(sender, SIGNAL(signature), adapter)
    return True


def disconnect(sender, signature, *receivers):
    """Undo connect; False where nothing was connected so."""
    if not is_signature(signature):
        return NATIVE_DISCONNECT(signature, *receivers)
    signature = checked_signature(sender, signature)
    held = _connections(sender)
    found = [
        one for one in held if one[0] == signature and (not receivers or one[1] == receivers[0])
    ]
    for one in found:
        held.remove(one)
        stub_signal = stub_signals(sender).get(signature)
        if stub_signal:
            getattr(sender, stub_signal).disconnect(one[2])
        else:
            NATIVE_DISCONNECT(sender, SIGNAL(signature), one[2])
    return bool(found)


def is_signature(candidate):
    """Tell a signature from what PySide itself passes, as in QTimer.singleShot."""
    return isinstance(candidate, str) and not candidate[:1].isdigit()


def checked_signature(sender, signature):
    """Return the signature as Qt writes it; AttributeError unless the sender has that signal."""
    normalized = bytes(QMetaObject.normalizedSignature(signature).data()).decode()
    if normalized in stub_signals(sender) or sender.metaObject().indexOfSignal(normalized) >= 0:
        return normalized
    msg = f"signal '{signature}' does not exist on {type(sender).__name__}"
    raise AttributeError(msg)


def stub_signals(sender):
    """Map the C++ signatures of a stub's signals, inherited too, to the names of the signals."""
    found = {}
    for base in reversed(type(sender).__mro__):
        found.update(base.__dict__.get("SIGNATURES", {}))
    return found


def accepted_arguments(function):
    """Count the positional arguments that a callable takes; None for any number."""
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return None
    if any(one.kind is one.VAR_POSITIONAL for one in parameters):
        return None
    return sum(one.kind in (one.POSITIONAL_ONLY, one.POSITIONAL_OR_KEYWORD) for one in parameters)


def _adapter(function):
    limit = accepted_arguments(function)

    def called(*arguments):
        try:
            function(*(arguments if limit is None else arguments[:limit]))
        except Exception:  # noqa: BLE001 - like PythonQt: show it and go on; tests look at the hook
            sys.excepthook(*sys.exc_info())

    return called


HELD: dict[int, list] = {}


def _connections(sender):
    """Give the connections made by Python of an object; they end with the object."""
    key = getCppPointer(sender)[0]
    if key not in HELD:
        HELD[key] = []
        sender.destroyed.connect(lambda *_: HELD.pop(key, None))
    return HELD[key]
