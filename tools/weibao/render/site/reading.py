"""From a repository to its Book: the one place where the site looks at git and at the clock."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from weibao.history.git.reader import Git
from weibao.history.outside import read_logs, read_outside
from weibao.history.signatures.stamp import contract_trust
from weibao.history.snapshot import no_log, read_snapshot
from weibao.language import N_
from weibao.model.duration import parse_duration
from weibao.model.finding import Unsound
from weibao.model.instant import parse_instant
from weibao.refusal import Refusal, UsageRefusal
from weibao.render.words.findings import tell
from weibao.render.words.plain import plain
from weibao.report.audit.audit import audit_of
from weibao.report.audit.closes import closes_check
from weibao.report.closed_months import logs_named
from weibao.report.opening import book_of

if TYPE_CHECKING:
    from pathlib import Path

    from weibao.language import Language
    from weibao.model.instant import Instant
    from weibao.report.audit.audit import Audit
    from weibao.report.book import Book

BAD_AS_OF = N_("as_of is not a time: {found}")
BAD_AS_OF_MEND = N_("Write it as RFC 3339 with an offset: 2026-11-23T09:12:00+08:00")
BAD_INTERVAL = N_("publishing_interval is not a length of time: {found}")
BAD_INTERVAL_MEND = N_("Write it as a number and s, m, h or d: 2h")


def interval_of(written: str) -> int:
    """The seconds that the option asks for."""
    try:
        interval = parse_duration(written).seconds
    except ValueError:
        interval = 0
    if not interval:
        raise UsageRefusal(BAD_INTERVAL, mend=BAD_INTERVAL_MEND, found=written)
    return interval


def instant_of(as_of: str) -> Instant:
    """The instant that the option asks for, now where it is empty."""
    if not as_of:
        return int(time.time())
    try:
        return parse_instant(as_of)
    except ValueError:
        raise UsageRefusal(BAD_AS_OF, mend=BAD_AS_OF_MEND, found=as_of) from None


def read_book(root: Path, revision: str, as_of: str, seen: str | None) -> Book:
    """The Book of the repository at ``root``, at a revision and an instant.

    ``seen`` names the log of what the forge saw first (:func:`read_snapshot`).

    Raises:
        Refusal: the repository cannot be read or trusted, there is no such log, or ``as_of`` is no time.
    """
    book = book_of(read_snapshot(Git(root), revision, seen), instant_of(as_of))
    named = book.records.contract.evidence.seen
    if named is not None and seen is None and not book.snapshot.seen_log:
        raise no_log(named.ref)
    return book


def read_audit(root: Path, book: Book) -> Audit:
    """The audit of a Book of the repository at ``root``, with what lies outside the Book.

    Raises:
        Refusal: the repository cannot be read.
    """
    git = Git(root)
    outside = read_outside(git, book, contract_trust(book.records.contract.evidence))
    logs = read_logs(git, logs_named(book))
    checks = (*outside.checks, closes_check(book, logs))
    outside = replace(outside, checks=checks, logs=logs)
    return audit_of(book.beside(outside), outside=outside)


def told(refusal: Refusal, words: Language) -> str:
    """A refusal as MkDocs reports it: what cannot be done, where it lies, what to do about it."""
    facts = {key: words.fact(value) for key, value in refusal.facts.items()}
    lines = [f"weibao: {words.text(refusal.message, **facts)}"]
    for finding in refusal.findings if isinstance(refusal, Unsound) else ():
        place = f"{finding.place.path}:{finding.place.line}:{finding.place.column}"
        lines.append(f"{plain(place)}: {finding.code} {plain(tell(finding, words).message)}")
    if refusal.mend:
        lines.append(words.text(refusal.mend, **facts))
    return "\n".join(lines)
