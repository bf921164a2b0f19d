"""The file of a paper: whole or not at all, and never in the place of another unasked."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.refusal import Refusal, UsageRefusal
from weibao.workspace.recording.store import put_in_place

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_SAID = re.compile(r"[.-](zh|en|both)\.[^.]+$")


def file_paper(path: Path, raw: bytes, *, replacing: bool) -> None:
    """Put a paper down; what is there already and says the same to the byte stays.

    Raises:
        Refusal: another file is there and is not to be replaced, or the disk does not allow it.
    """
    try:
        if path.exists():
            if path.is_file() and path.read_bytes() == raw:
                return
            if not replacing or not path.is_file():
                raise UsageRefusal(
                    N_("{path} is there already, and is another file."),
                    mend=N_("Give another name with -o, or --force to replace it."),
                    path=path,
                )
        put_in_place(path, raw)
    except OSError as error:
        raise Refusal(
            N_("{path} cannot be written: {reason}"),
            mend=N_("Name a folder that is there and that you may write in: -o FILE"),
            path=path,
            reason=error,
        ) from None


def filed_papers(files: Iterable[Path], lang: str) -> list[dict[str, str]]:
    """Files of a report as its issue records them: format, language and SHA-256 of each.

    The language is in the name, as the commands that write papers give it; ``lang`` is that of the others.

    Raises:
        UsageRefusal: a file cannot be read, or nothing says its language.
    """
    return [_filed(path, lang) for path in files]


def _filed(path: Path, lang: str) -> dict[str, str]:
    said = _SAID.search(path.name)
    language = said[1] if said else lang
    if not language:
        raise UsageRefusal(
            N_("Nothing says in which language {path} is."),
            mend=N_("Say it: --language zh, en or both"),
            path=path.name,
        )
    return {
        "format": path.suffix.removeprefix(".").lower(),
        "language": language,
        "sha256": sha256(given_bytes(path)).hexdigest(),
    }


def given_bytes(path: Path) -> bytes:
    """What is in a file that somebody names; refused where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageRefusal(
            N_("{path} cannot be read: {reason}"),
            mend=N_("Name a file that is there and that you may read."),
            path=path,
            reason=error,
        ) from None
