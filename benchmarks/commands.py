"""Commands as whole processes, against an interpreter that does nothing and against plain git."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.process import process, python

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from benchmarks.race import Subject


def command_subjects(folder: Path, as_of: str) -> Sequence[Subject]:
    """What people type, in the repository, as of one instant."""
    at = ("--as-of", as_of)
    weibao = ("-m", "weibao")
    return (
        python("`python -c pass`", "-c", "pass", folder=folder),
        process("`git log --raw -- records`", *_LOG, folder=folder),
        python("`weibao --help`", *weibao, "--help", folder=folder),
        python("`weibao status`", *weibao, "status", *at, folder=folder),
        python("`weibao sla`", *weibao, "sla", *at, folder=folder),
        python("`weibao check`", *weibao, "check", folder=folder),
    )


def site_subjects(folder: Path) -> Sequence[Subject]:
    """The site, built afresh each time."""
    return (
        python("`python -c pass`", "-c", "pass", folder=folder),
        python("`mkdocs build`", "-m", "mkdocs", "--quiet", "build", folder=folder),
    )


_LOG = ("git", "log", "--raw", "-z", "--no-renames", "--no-abbrev", "HEAD", "--", "records")
