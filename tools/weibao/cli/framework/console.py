"""The console to print on: Rich's, but for what happens when the reader has gone."""

from __future__ import annotations

from rich.console import Console


class PipedConsole(Console):
    """A console whose closed pipe (``| head``) ends the command as quietly as it ends ``cat``."""

    def on_broken_pipe(self) -> None:
        """Let the command's own end deal with it, rather than exit with 1 from here."""
        raise BrokenPipeError
