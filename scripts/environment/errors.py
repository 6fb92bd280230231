"""What goes wrong while the environment is made."""

from __future__ import annotations


class SetupError(Exception):
    """A sentence for the user that says what to do, with the exact command where there is one."""
