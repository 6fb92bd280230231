"""Tell whether a process still runs."""

from __future__ import annotations

import os
import sys

if sys.platform == "win32":
    import ctypes

    QUERY_LIMITED_INFORMATION = 0x1000
    STILL_ACTIVE = 259

    def is_running(pid: int) -> bool:
        """Tell whether a process of this machine has that number; os.kill would end it here."""
        kernel = ctypes.windll.kernel32
        handle = kernel.OpenProcess(QUERY_LIMITED_INFORMATION, False, pid)
        if not handle:
            return False
        code = ctypes.c_ulong()
        kernel.GetExitCodeProcess(handle, ctypes.byref(code))
        kernel.CloseHandle(handle)
        return code.value == STILL_ACTIVE

else:

    def is_running(pid: int) -> bool:
        """Tell whether a process of this machine has that number."""
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
        except PermissionError:
            return True
        return True
