"""What Tab offers: for every parameter, by the word that its help names the value with.

``PERSON``, ``TICKET``, ``ASSET`` … are kinds of field, and what options and arguments call what they
take, so that each is completed wherever it is taken. Answers must come while somebody types: only names of files and
at most one file of the configuration are read, and little is imported.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem, shell_complete

from weibao.cli.framework.session import TYPED, wanted_language
from weibao.model.field_kinds import KINDS, SHIFT, TICKET, TICKETS, Form
from weibao.model.ids import record_path
from weibao.workspace.recording.filed import filed_ids
from weibao.workspace.suggestions.glance import (
    READ_AT_ONCE,
    clone_around,
    glimpse,
    names_in,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from weibao.cli.framework.session import Session

Items = list[CompletionItem[str]]
OFFERED = 40
"""As many records as are offered at once; another letter narrows them."""

_SHORT = re.compile(r"[0-9A-Z]{0,6}")


def complete_line(command: click.Command, session: Session, instruction: str) -> int:
    """Answer a shell that asks; the exit code. What cannot be answered is met with silence."""
    session.language_code = wanted_language() or _first_language(clone_around("."))
    try:
        return shell_complete(command, {"obj": session}, "weibao", TYPED, instruction)
    except click.ClickException:
        return 1


def completions(word: str, context: click.Context, incomplete: str) -> Items | None:
    """What a parameter takes that its help calls ``word``; None where nothing of ours is named."""
    kind = KINDS.get(word.lower())
    if kind is None or not (kind.listed or kind.form is Form.RECORD):
        return None
    line = context.find_root()
    root = clone_around(str(line.params.get("directory") or "."))
    if root is None:
        return []
    if kind.listed:
        told = line.params.get("lang") or line.obj.language_code
        return _beginning(names_in(root, *kind.listed, told), incomplete)
    if kind in {TICKET, TICKETS}:
        return _tickets(root, incomplete)
    return _filed(root, "shifts" if kind is SHIFT else "inspections", incomplete)


def _tickets(root: str, incomplete: str) -> Items:
    """The last six letters of each ticket's id, open ones first; the whole id where it is begun."""
    wanted = incomplete.upper()
    chosen = list(islice(_matching(filed_ids(root, "tickets"), wanted), READ_AT_ONCE))
    seen = [found for record in chosen if (found := glimpse(root, record_path(record)))]
    shown = [
        *(glimpse for glimpse in seen if not glimpse.ended),
        *(glimpse for glimpse in seen if glimpse.ended),
    ][:OFFERED]
    return _by_ending(((record.id, record.title) for record in shown), wanted, chosen)


def _filed(root: str, folder: str, incomplete: str) -> Items:
    wanted = incomplete.upper()
    chosen = list(islice(_matching(filed_ids(root, folder), wanted), OFFERED))
    return _by_ending(((record, record) for record in chosen), wanted, chosen)


def _matching(ids: Iterator[str], wanted: str) -> Iterator[str]:
    whole = not _SHORT.fullmatch(wanted) or "-" in wanted
    return (
        name
        for name in ids
        if (name.startswith(wanted) if whole else name[-6:].startswith(wanted) or name == wanted)
    )


def _by_ending(found: Iterable[tuple[str, str]], wanted: str, among: list[str]) -> Items:
    endings = Counter(record[-6:] for record in among)
    short = bool(_SHORT.fullmatch(wanted))
    return [
        CompletionItem(record[-6:] if short and endings[record[-6:]] == 1 else record, help=text)
        for record, text in found
    ]


def _beginning(names: dict[str, str], incomplete: str) -> Items:
    """Those whose id begins so, or else those whose name has it: 核心 finds ``core-sw-01``."""
    found = [key for key in names if key.startswith(incomplete)]
    found = found or [key for key, name in names.items() if incomplete in name]
    return [CompletionItem(key, help=names[key]) for key in found]


def _first_language(root: str | None) -> str:
    """The contract's first language, as far as a glance shows it; else ""."""
    if root is None:
        return ""
    try:
        with open(f"{root}/records/contract.yaml", encoding="utf-8") as stream:  # noqa: PTH123
            found = re.search(r"^languages:[\s\[-]*(zh|en)\b", stream.read(), re.MULTILINE)
    except (OSError, UnicodeDecodeError):
        return ""
    return found[1] if found else ""
