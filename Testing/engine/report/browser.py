"""A Chromium without a window, driven over two pipes by its DevTools protocol."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = (
    "--headless=new", "--remote-debugging-pipe", "--no-sandbox", "--disable-gpu",
    "--disable-dev-shm-usage", "--hide-scrollbars", "--no-first-run", "--disable-extensions",
)  # fmt: skip


def find_browser() -> str | None:
    """Return the path of a Chromium; None where there is none."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


class Page:
    """One page of the browser."""

    def __init__(self, write: int, read: int) -> None:
        self._write, self._read = os.fdopen(write, "wb"), os.fdopen(read, "rb")
        self._session: str | None = None
        self._count = 0
        self._unread = b""
        self._heard: list[str | None] = []
        self.troubles: list[str] = []

    def open(self, url: str, *, width: int, height: int) -> None:
        """Show a page and wait until its scripts have run."""
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        attached = self.ask("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        self.ask("Runtime.enable")
        self.ask("Log.enable")
        self.resize(width, height)
        self.ask("Page.enable")
        self._heard.clear()
        self.ask("Page.navigate", url=url)
        self._wait_for("Page.loadEventFired")

    def reload(self) -> None:
        """Show the page anew."""
        self._heard.clear()
        self.ask("Page.reload")
        self._wait_for("Page.loadEventFired")

    def resize(self, width: int, height: int) -> None:
        """Change the size of the window."""
        self.ask(
            "Emulation.setDeviceMetricsOverride",
            width=width, height=height, deviceScaleFactor=1, mobile=False,
        )  # fmt: skip

    def run(self, expression: str) -> Any:
        """Return the value of a JavaScript expression; promises are waited for."""
        answer = self.ask(
            "Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True
        )
        if "exceptionDetails" in answer:
            raise RuntimeError(json.dumps(answer["exceptionDetails"]))
        return answer["result"].get("value")

    def mouse(self, kind: str, x: float, y: float, **rest: Any) -> None:
        """Move, press, release or turn the wheel."""
        self.ask("Input.dispatchMouseEvent", type=kind, x=x, y=y, **rest)

    def click(self, x: float, y: float) -> None:
        """Click at a place of the window."""
        for kind in ("mousePressed", "mouseReleased"):
            self.mouse(kind, x, y, button="left", clickCount=1)

    def press(self, key: str) -> None:
        """Press a key that has no letter."""
        for kind in ("keyDown", "keyUp"):
            self.ask("Input.dispatchKeyEvent", type=kind, key=key, code=key)

    def photograph(self, path: Path) -> None:
        """Write what the window shows as PNG."""
        data = self.ask("Page.captureScreenshot", captureBeyondViewport=False)["data"]
        path.write_bytes(base64.b64decode(data))

    def ask(self, method: str, **parts: Any) -> dict[str, Any]:
        """Send a command and return its answer; troubles of the page are kept on the way."""
        self._count += 1
        message = {"id": self._count, "method": method, "params": parts}
        if self._session is not None:
            message["sessionId"] = self._session
        self._write.write(json.dumps(message).encode() + b"\0")
        self._write.flush()
        while (heard := self._next()).get("id") != self._count:
            self._note(heard)
        if "error" in heard:
            msg = f"{method}: {heard['error']['message']}"
            raise RuntimeError(msg)
        return heard["result"]

    def _wait_for(self, event: str) -> None:
        while event not in self._heard:
            self._note(self._next())

    def _note(self, heard: dict[str, Any]) -> None:
        self._heard.append(heard.get("method"))
        if heard.get("method") in {"Runtime.exceptionThrown", "Log.entryAdded"}:
            self.troubles.append(json.dumps(heard["params"]))

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._unread:
            piece = self._read.read1(1 << 16)
            if not piece:
                msg = "the browser has ended"
                raise RuntimeError(msg)
            self._unread += piece
        line, _, self._unread = self._unread.partition(b"\0")
        return json.loads(line)


@contextmanager
def browser(program: str, profile: Path) -> Iterator[Page]:
    """Start a browser; it ends with the block."""
    to_browser, from_browser = os.pipe(), os.pipe()
    # The protocol is spoken on descriptors 3 and 4.
    script = f'exec "$0" "$@" 3<&{to_browser[0]} 4>&{from_browser[1]}'
    run = subprocess.Popen(
        ["bash", "-c", script, program, *FLAGS, f"--user-data-dir={profile}", "about:blank"],
        pass_fds=(to_browser[0], from_browser[1]),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(to_browser[0])
    os.close(from_browser[1])
    try:
        yield Page(to_browser[1], from_browser[0])
    finally:
        run.terminate()
        run.wait(timeout=10)
