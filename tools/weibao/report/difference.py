"""The difference that a change makes: two Books at the same instant, held against each other."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from weibao.history.growth.proposal import is_proposed
from weibao.model.alterations import altered_under
from weibao.model.versions import keeps_log
from weibao.sla.closing import counted_as
from weibao.sla.figures import compliance_by_month
from weibao.sla.verdict import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from weibao.history.proven import ProvenEntry
    from weibao.model.alterations import Altered
    from weibao.model.contract import Contract
    from weibao.model.finding import Finding
    from weibao.model.instant import Instant
    from weibao.operations.stock import Piece
    from weibao.report.book import Book
    from weibao.sla.figures import MonthOfCompliance
    from weibao.sla.verdict import Verdict

Setting = Literal["terms", "calendars", "evidence", "contacts", "publish", "other"]
"""What a contract settles for tickets that exist already, and what else it says."""

_JUDGED_BY: Mapping[Setting, tuple[str, ...]] = {
    "terms": ("terms",),
    "calendars": ("calendars", "zone"),
    "evidence": ("evidence",),
    "contacts": ("contacts",),
}
"""The fields of the contract by which verdicts are reached."""

_KEYS: Mapping[Setting, tuple[str, ...]] = {
    "terms": ("sla",),
    "calendars": ("zone", "calendars"),
    "evidence": ("evidence",),
    "contacts": ("contacts",),
    "publish": ("publish",),
}
"""Under which keys contract.yaml has them; all others are ``other``."""

_MEASURED = frozenset({"due", "late_by", "left"})
"""Facts that say by when, and how far a finding has gone: it is the same one with another measure."""


_COMMITTED = frozenset({"commit", "author", "time", "show"})
"""Facts of the commit that brought a finding."""


@dataclass(frozen=True, slots=True)
class Added:
    """Entries that a record gains; ``new`` where the record itself is."""

    record: str
    path: str
    title: str
    new: bool
    entries: tuple[ProvenEntry, ...]


@dataclass(frozen=True, slots=True)
class Turned:
    """A verdict before and after; None where there is none, for want of the promise or its ticket."""

    before: Verdict | None
    after: Verdict | None

    @property
    def verdict(self) -> Verdict:
        """The verdict that names the promise: the later one, where there is one."""
        found = self.after or self.before
        assert found is not None  # noqa: S101 - one of the two is what made it
        return found


@dataclass(frozen=True, slots=True)
class ChangedMonth:
    """The compliance of a contract-local month, before and after; None: nothing was due in it.

    ``lost`` is how many verdicts it no longer counts because their ticket is gone or cannot be read.
    """

    month: str
    before: MonthOfCompliance | None
    after: MonthOfCompliance | None
    lost: int = 0


@dataclass(frozen=True, slots=True)
class RestatedMonth:
    """A closed month of which ``promises`` would come out otherwise: its closed figures stand, and this beside them."""

    month: str
    promises: int


@dataclass(frozen=True, slots=True)
class Moved:
    """A part that lies elsewhere than before; None where it was not known, or no longer is."""

    part: str
    serial: str
    before: Piece | None
    after: Piece | None


@dataclass(frozen=True, slots=True)
class ChangedSetting:
    """A part of the contract that is changed: what is otherwise in it, and what this alone would alter.

    An altered verdict is one with another outcome, due time, target or margin. What is published, and
    what else the contract says, alters none.
    """

    setting: Setting
    values: Altered
    altered: tuple[Turned, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """What a change does. A pure function of two Books at one instant.

    Attributes:
        base, head: the commits that are compared.
        as_of: the instant as of which both are judged.
        seen_log: the commit of the log of what the forge saw first, by which both are; "" for none.
        proposed: whether ``head`` is judged as if it were merged at that instant, or as it landed.
        added: entries that records gain, by path.
        removed: the paths of records that are there no longer.
        unreadable: the paths of records that can no longer be read.
        configuration: the paths of other records that are changed.
        turned: verdicts with another outcome, and promises that come or go.
        months: the months whose compliance is another.
        restated: the closed months that the change restates.
        settings: what the contract settles otherwise, and the verdicts that this alters.
        moved: parts that lie elsewhere, by part and serial.
        new, gone: findings that the change brings, and those that are there no longer.
    """

    base: str
    head: str
    as_of: Instant
    seen_log: str
    proposed: bool
    added: tuple[Added, ...]
    removed: tuple[str, ...]
    unreadable: tuple[str, ...]
    configuration: tuple[str, ...]
    turned: tuple[Turned, ...]
    months: tuple[ChangedMonth, ...]
    restated: tuple[RestatedMonth, ...]
    settings: tuple[ChangedSetting, ...]
    moved: tuple[Moved, ...]
    new: tuple[Finding, ...]
    gone: tuple[Finding, ...]


def difference(before: Book, after: Book) -> Difference:
    """What happens between two Books of one contract, both as of the same instant."""
    old, new = before.snapshot.files, after.snapshot.files
    changed = sorted(path for path in old.keys() | new.keys() if old.get(path) != new.get(path))
    configuration = [path for path in changed if not path.startswith("checkpoints/")]
    pairs = paired(before.verdicts, after.verdicts)
    return Difference(
        base=before.commit,
        head=after.commit,
        as_of=after.as_of,
        seen_log=after.snapshot.seen_log,
        proposed=is_proposed(after.snapshot),
        added=tuple(added_entries(before, after)),
        removed=tuple(path for path in changed if keeps_log(path) and path not in new),
        unreadable=tuple(sorted({*after.records.unreadable} - {*before.records.unreadable})),
        configuration=tuple(path for path in configuration if not keeps_log(path)),
        turned=tuple(
            turned
            for turned in pairs
            if not (
                turned.before and turned.after and turned.before.outcome is turned.after.outcome
            )
        ),
        months=tuple(_months(before, after)),
        restated=tuple(_restated(before, pairs)),
        settings=tuple(_settings(before, after)),
        moved=tuple(_moved(before, after)),
        new=without(after.findings, before.findings),
        gone=gone_findings(before, after),
    )


def added_entries(before: Book, after: Book) -> Iterator[Added]:
    """The entries that records gain from one Book to the other, by path."""
    paths = {ticket.id: ticket.path for ticket in after.records.tickets.values()}
    paths |= {inspection.id: inspection.path for inspection in after.records.inspections.values()}
    for record, proof in sorted(
        after.proofs.items(), key=lambda proof: paths.get(proof[0], proof[0])
    ):
        known = before.proofs.get(record)
        lines = {proven.entry.text for proven in known.entries} if known else set()
        entries = tuple(proven for proven in proof.entries if proven.entry.text not in lines)
        if entries:
            ticket = after.records.tickets.get(record)
            path = paths.get(record, f"records/{record}.yaml")
            yield Added(record, path, ticket.title if ticket else "", known is None, entries)


def paired(before: Iterable[Verdict], after: Iterable[Verdict]) -> tuple[Turned, ...]:
    """Each promise of either side with its verdict on both, in the order of verdicts."""
    old, new = ({verdict.order: verdict for verdict in verdicts} for verdicts in (before, after))
    return tuple(Turned(old.get(key), new.get(key)) for key in sorted(old.keys() | new.keys()))


def _months(before: Book, after: Book) -> Iterator[ChangedMonth]:
    old, new = (
        {judged.month: judged for judged in compliance_by_month(book.compliance)}
        for book in (before, after)
    )
    kept = after.records.tickets.keys()
    lost = Counter(
        verdict.month
        for verdict in before.verdicts
        if verdict.ticket not in kept and verdict.outcome in {Outcome.MET, Outcome.BREACHED}
    )
    for month in sorted(old.keys() | new.keys()):
        pair = ChangedMonth(month, old.get(month), new.get(month), lost[month])
        if _counted(pair.before) != _counted(pair.after):
            yield pair


def _restated(before: Book, pairs: Iterable[Turned]) -> Iterator[RestatedMonth]:
    changed = Counter(
        (pair.before or pair.verdict).month
        for pair in pairs
        if counted_as(pair.before) != counted_as(pair.after)
    )
    for month in sorted(before.records.closes.keys() & changed.keys()):
        yield RestatedMonth(month, changed[month])


def _counted(month: MonthOfCompliance | None) -> tuple[int, int]:
    return (month.met, month.judged) if month else (0, 0)


def _settings(before: Book, after: Book) -> Iterator[ChangedSetting]:
    old, new = before.contract_as_filed, after.contract_as_filed
    named = {key for keys in _KEYS.values() for key in keys}
    rest = tuple(key for key in {**old.data, **new.data} if key not in named)
    for setting, keys in {**_KEYS, "other": rest}.items():
        values = altered_under(keys, old.data, new.data)
        if values.alterations:
            yield ChangedSetting(setting, values, _altered(before, new, setting))


def _altered(book: Book, contract: Contract, setting: Setting) -> tuple[Turned, ...]:
    """The verdicts of the Book that would be others, were it for this part of the contract alone."""
    changed = {name: getattr(contract, name) for name in _JUDGED_BY.get(setting, ())}
    if all(getattr(book.contract_as_filed, name) == value for name, value in changed.items()):
        return ()
    believed = replace(book.records.contract, **changed)
    pairs = paired(book.verdicts, book.verdicts_under(believed))
    return tuple(pair for pair in pairs if _measured(pair.before) != _measured(pair.after))


def _measured(verdict: Verdict | None) -> tuple[object, ...]:
    if verdict is None:
        return ()
    return (verdict.outcome, verdict.due, verdict.target_seconds, verdict.margin_seconds)


def _moved(before: Book, after: Book) -> Iterator[Moved]:
    old, new = before.stock.pieces, after.stock.pieces
    for part, serial in sorted(old.keys() | new.keys()):
        pair = Moved(part, serial, old.get((part, serial)), new.get((part, serial)))
        if _lies(pair.before) != _lies(pair.after):
            yield pair


def _lies(piece: Piece | None) -> tuple[str, ...]:
    return () if piece is None else (piece.state, piece.depot, piece.ticket)


def without(findings: Iterable[Finding], known: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that are not among the known; one that only stands on another line is known."""
    left = Counter(_identity(finding) for finding in known)
    found = []
    for finding in findings:
        if left[_identity(finding)]:
            left[_identity(finding)] -= 1
        else:
            found.append(finding)
    return tuple(found)


def gone_findings(before: Book, after: Book) -> tuple[Finding, ...]:
    """The findings that are there no longer, but for those of records that are gone or cannot be read.

    A damaged file has no findings on what it says, which does not mean that anything was mended.
    """
    files, unreadable = after.snapshot.files, {*after.records.unreadable}
    return tuple(
        finding
        for finding in without(before.findings, after.findings)
        if finding.place.path not in unreadable
        and (finding.place.path in files or not keeps_log(finding.place.path))
    )


def untold(new: Iterable[Finding], checked: Iterable[Finding]) -> tuple[Finding, ...]:
    """The new findings that are not among those of a check of the files alone, which knows no commits."""
    known = {_identity(finding, _MEASURED | _COMMITTED) for finding in checked}
    return tuple(
        finding for finding in new if _identity(finding, _MEASURED | _COMMITTED) not in known
    )


def _identity(finding: Finding, aside: frozenset[str] = _MEASURED) -> tuple[str, str, str, str]:
    """What makes the finding the same one on two sides: all but its line and the facts ``aside``."""
    facts = sorted((key, str(value)) for key, value in finding.facts.items() if key not in aside)
    return (finding.code, finding.place.path, finding.record, str(facts))
