"""From a repository to its Book: the one place where the site looks at git and at the clock."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from weibao.audit.checkpoints import (
    checkpoint_checks,
    commits_named,
    examine_checkpoints,
    lone_stamps,
    together,
)
from weibao.book import book_of
from weibao.evidence.git import Git
from weibao.evidence.kept import contents_at, kept_checkpoints
from weibao.evidence.reading import read_snapshot
from weibao.evidence.stamp import contract_trust
from weibao.language import N_
from weibao.record.finding import Unsound
from weibao.record.instant import parse_instant
from weibao.refusal import Exit, Refusal
from weibao.view.findings import tell
from weibao.view.plain import plain

if TYPE_CHECKING:
    from pathlib import Path

    from weibao.book import Book
    from weibao.evidence.integrity import IntegrityCheck
    from weibao.language import Language
    from weibao.record.instant import Instant

BAD_AS_OF = N_("as_of is not a time: {found}")
BAD_AS_OF_MEND = N_("Write it as RFC 3339 with an offset: 2026-11-23T09:12:00+08:00")


def instant_of(as_of: str) -> Instant:
    """The instant that the option asks for, now where it is empty."""
    if not as_of:
        return int(time.time())
    try:
        return parse_instant(as_of)
    except ValueError:
        raise Refusal(BAD_AS_OF, mend=BAD_AS_OF_MEND, exit_code=Exit.USAGE, found=as_of) from None


def read_book(root: Path, revision: str, as_of: str) -> Book:
    """The Book of the repository at ``root``, at a revision and an instant.

    Raises:
        Refusal: the repository cannot be read or trusted, or ``as_of`` is no time.
    """
    return book_of(read_snapshot(Git(root), revision), instant_of(as_of))


def read_checkpoint_checks(root: Path, book: Book) -> tuple[IntegrityCheck, ...]:
    """The checks of the checkpoints and time stamps that the repository keeps at the Book's commit.

    Raises:
        Refusal: an object is missing or damaged.
    """
    git, history = Git(root), book.snapshot.history
    kept = kept_checkpoints(git, book.commit)
    held = together(kept)
    contents = contents_at(git, commits_named(held, history))
    trust = contract_trust(book.records.contract.evidence)
    return checkpoint_checks(examine_checkpoints(held, history, contents, trust), lone_stamps(kept))


def told(refusal: Refusal, words: Language) -> str:
    """A refusal as MkDocs reports it: what cannot be done, where it lies, what to do about it."""
    lines = [f"weibao: {words.text(refusal.message, **refusal.facts)}"]
    for finding in refusal.findings if isinstance(refusal, Unsound) else ():
        place = f"{finding.place.path}:{finding.place.line}:{finding.place.column}"
        lines.append(f"{plain(place)}: {finding.code} {plain(tell(finding, words).message)}")
    if refusal.mend:
        lines.append(words.text(refusal.mend, **refusal.facts))
    return "\n".join(lines)
