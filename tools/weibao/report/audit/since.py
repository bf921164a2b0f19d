"""What changed after a commit: the state of the last audit, held against the Book of today.

The earlier Book is judged as of its own commit's *time*, so that a promise which was running then and was
kept since has not turned: what turned is a verdict that was settled, which nothing honest unsettles.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from weibao.history.descent import check_descent, descends
from weibao.history.integrity import IntegrityCheck
from weibao.history.proven import Grade
from weibao.report.difference import added_entries, gone_findings, paired, without
from weibao.sla.verdict import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from weibao.history.proven import ProvenEntry
    from weibao.model.finding import Finding
    from weibao.model.instant import Instant
    from weibao.report.audit.configuration import ConfigurationChange
    from weibao.report.book import Book
    from weibao.report.difference import Added, Turned
    from weibao.sla.verdict import Verdict

SETTLED = frozenset({Outcome.MET, Outcome.BREACHED, Outcome.WAIVED, Outcome.CANCELLED})
"""Outcomes that time alone does not change."""

_LATE = frozenset({Grade.COUNTERSIGNED, Grade.LATE, Grade.CONTRADICTED})


@dataclass(frozen=True, slots=True)
class Since:
    """What changed after a commit.

    Attributes:
        commit: the commit, as an object id.
        as_of: the instant as of which it is judged; None where it is not at hand, and then nothing
            but ``descends`` is known.
        descends: whether today's history contains it.
        added: entries that records gained, by path.
        lost: entries that were there and are no longer, by path.
        removed: paths of records that are there no longer.
        opened, closed: ids of tickets that are new, and of those that have ended since.
        turned: promises whose settled verdict is another now, or none.
        settled: how many promises were settled since, by outcome.
        configuration: changes of the configuration.
        new, gone: findings that came, and those that are there no longer.
        late: of the added entries those recorded late or contradicted: record and entry.
    """

    commit: str
    as_of: Instant | None
    descends: bool
    added: tuple[Added, ...] = ()
    lost: tuple[Added, ...] = ()
    removed: tuple[str, ...] = ()
    opened: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    turned: tuple[Turned, ...] = ()
    settled: Mapping[Outcome, int] = field(default_factory=dict)
    configuration: tuple[ConfigurationChange, ...] = ()
    new: tuple[Finding, ...] = ()
    gone: tuple[Finding, ...] = ()
    late: tuple[tuple[str, ProvenEntry], ...] = ()

    @property
    def entries_added(self) -> int:
        """How many entries records gained."""
        return sum(len(record.entries) for record in self.added)


def since(before: Book, after: Book, configuration: Iterable[ConfigurationChange]) -> Since:
    """What changed from the Book of an earlier commit to today's.

    ``configuration`` are all changes of the configuration in today's history.
    """
    added = tuple(added_entries(before, after))
    pairs = paired(before.verdicts, after.verdicts)
    known = before.snapshot.history.commits
    return Since(
        commit=before.commit,
        as_of=before.as_of,
        descends=descends(after.snapshot.history, before.commit),
        added=added,
        lost=tuple(added_entries(after, before)),
        removed=tuple(sorted(_records(before) - _records(after))),
        opened=tuple(sorted(after.records.tickets.keys() - before.records.tickets.keys())),
        closed=tuple(
            ticket
            for ticket in sorted(after.records.tickets)
            if after.states[ticket].ended
            and not (ticket in before.states and before.states[ticket].ended)
        ),
        turned=tuple(_turned(pairs)),
        settled=_settled(pairs),
        configuration=tuple(change for change in configuration if change.commit not in known),
        new=without(after.findings, before.findings),
        gone=gone_findings(before, after),
        late=tuple(
            (gained.record, entry)
            for gained in added
            for entry in gained.entries
            if entry.grade in _LATE
        ),
    )


def since_unknown(after: Book, commit: str) -> Since:
    """What can be said of a commit that is nowhere in the clone: today's history is not its child."""
    return Since(commit, None, descends(after.snapshot.history, commit), settled=_settled(()))


def descent_check(found: Since, book: Book) -> IntegrityCheck:
    """Whether today's history still holds the commit of the last audit (L107)."""
    rewritten = check_descent(book.snapshot.history, found.commit)
    return IntegrityCheck("descends", 1, tuple(rewritten))


def _records(book: Book) -> set[str]:
    tickets = {ticket.path for ticket in book.records.tickets.values()}
    return tickets | {inspection.path for inspection in book.records.inspections.values()}


def _turned(pairs: Iterable[Turned]) -> Iterator[Turned]:
    for pair in pairs:
        if _is_settled(pair.before) and _outcome(pair.after) is not _outcome(pair.before):
            yield pair


def _settled(pairs: Iterable[Turned]) -> dict[Outcome, int]:
    """Promises that were not settled before and are now."""
    counts = Counter(
        _outcome(pair.after)
        for pair in pairs
        if _is_settled(pair.after) and not _is_settled(pair.before)
    )
    return {outcome: counts[outcome] for outcome in Outcome if outcome in SETTLED}


def _outcome(verdict: Verdict | None) -> Outcome | None:
    return verdict.outcome if verdict else None


def _is_settled(verdict: Verdict | None) -> bool:
    return verdict is not None and verdict.outcome in SETTLED
