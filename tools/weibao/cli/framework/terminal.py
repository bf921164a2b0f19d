"""The terminal that a command is given on, where it is given on one."""

from __future__ import annotations

import sys


def can_ask() -> bool:
    """Whether somebody is there to answer: a terminal to read from and one to write on."""
    return sys.stdin.isatty() and sys.stdout.isatty()
