"""The extras: what more than the core a command may need, whether it is here, and how it is installed.

A check and a hook run on the core alone. What needs an extra imports its libraries where it uses them, and the
command line refuses in one place what lacks them: with the line to run, and before anything is written.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from importlib.util import find_spec
from shlex import quote
from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.refusal import Refusal
from weibao.workspace.setup.vendored_wheel import EXTRA_LOCKS

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Extra:
    """An extra of the package.

    Attributes:
        name: as ``pyproject.toml`` has it.
        title: what it is for (a message id).
        lacking: what is said where it is needed and not there (a message id).
        modules: what its libraries are imported as.
        needs: its libraries, as ``pyproject.toml`` has them.
    """

    name: str
    title: str
    lacking: str
    modules: tuple[str, ...]
    needs: tuple[str, ...]

    @property
    def here(self) -> bool:
        """Whether its libraries can be imported."""
        return all(find_spec(module) is not None for module in self.modules)


EXTRAS = (
    Extra(
        "board",
        N_("the extra board: status --watch, check --watch"),
        N_(
            "What stays open and follows along (--watch) needs the extra board, which is not installed."
        ),
        ("textual", "watchdog"),
        ("textual>=8.2,<9", "watchdog>=6,<8"),
    ),
    Extra(
        "site",
        N_("the extra site: mkdocs builds and serves the site"),
        N_("The site and its labels need the extra site, which is not installed."),
        ("mkdocs", "material", "PIL", "segno"),
        ("mkdocs>=1.6.1,<2", "mkdocs-material>=9.6,<10", "pillow>=12,<14", "segno>=1.6,<2"),
    ),
    Extra(
        "import",
        N_("the extra import: spreadsheets (XLSX) are read and written"),
        N_(
            "A spreadsheet (XLSX) needs the extra import, which is not installed. CSV needs nothing."
        ),
        ("openpyxl", "python_calamine"),
        ("openpyxl>=3.1,<4", "python-calamine>=0.9,<0.10"),
    ),
    Extra(
        "desk",
        N_("the extra desk: the page on your own machine (weibao desk)"),
        N_("The page on your own machine needs the extra desk, which is not installed."),
        ("flask", "waitress"),
        ("Flask>=3.1.1,<4", "waitress>=3.0.2,<4"),
    ),
    Extra(
        "report",
        N_("the extra report: reports and papers as PDF, Word and Excel"),
        N_(
            "This format needs the extra report, which is not installed. Markdown and HTML need nothing."
        ),
        ("typst", "docxtpl", "xlsxwriter"),
        ("docxtpl>=0.20,<1", "typst>=0.15,<0.16", "xlsxwriter>=3.2,<4"),
    ),
)

INSTALL = N_("Install it: {command}")


def installing(extra: Extra, top: Path | None) -> str:
    """The command that installs an extra: by the lock that is vendored at ``top``, if one is.

    This package is never installed by its name, which anybody may register: the libraries are named.
    """
    python = quote(sys.executable or "python")
    lock = top / EXTRA_LOCKS[extra.name] if top is not None else None
    if lock is not None and lock.is_file():
        return f"{python} -m pip install --require-hashes -r {quote(str(lock))}"
    return f"{python} -m pip install {' '.join(map(quote, extra.needs))}"


def extra_lacking(module: str, top: Path | None) -> Refusal | None:
    """What a command that lacks ``module`` is refused with; None where that is of no extra."""
    package = module.partition(".")[0]
    return next(
        (
            Refusal(extra.lacking, mend=INSTALL, command=installing(extra, top))
            for extra in EXTRAS
            if package in extra.modules
        ),
        None,
    )
