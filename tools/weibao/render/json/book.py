"""The JSON of the commands: a stable interface, described by ``schemas/output/``.

The same bytes for the same commit and instant. Times are RFC 3339 in the contract's zone, null
where there is none; seconds are integers of working time on the target's clock.
"""

from __future__ import annotations

from functools import lru_cache
from json.encoder import JSONEncoder, encode_basestring
from typing import TYPE_CHECKING, Any

from weibao.model.instant import format_instant

if TYPE_CHECKING:
    from collections.abc import Iterable
    from zoneinfo import ZoneInfo

    from weibao.history.proven import ProvenEntry
    from weibao.model.ticket import Ticket
    from weibao.render.words.findings import Told
    from weibao.report.book import Book
    from weibao.sla.verdict import Verdict


def dump(value: Any) -> str:
    """The value as indented JSON with its keys in the order of the interface, ending in LF."""
    return _indented(value, "\n") + "\n"


_scalar = JSONEncoder(ensure_ascii=False).encode
_key = lru_cache(1024)(_scalar)


def _indented(value: Any, line: str) -> str:
    """What ``json.dumps(value, ensure_ascii=False, indent=2)`` gives, which no C code of Python writes.

    ``line`` begins a line as deep as the value stands.
    """
    if type(value) is str:
        return encode_basestring(value)
    if type(value) is int:
        return repr(value)
    if value is None:
        return "null"
    if not value or not isinstance(value, dict | list | tuple):
        return _scalar(value)
    inner = f"{line}  "
    if isinstance(value, dict):
        parts = [f"{_key(key)}: {_indented(one, inner)}" for key, one in value.items()]
        return f"{{{inner}{f',{inner}'.join(parts)}{line}}}"
    return f"[{inner}{f',{inner}'.join([_indented(one, inner) for one in value])}{line}]"


def sla(book: Book, verdicts: Iterable[Verdict]) -> dict[str, Any]:
    """``weibao sla``: verdicts ordered by ticket, target, occurrence."""
    ordered = sorted(verdicts, key=lambda verdict: verdict.order)
    return head(book) | {"verdicts": [verdict_object(one, book.zone) for one in ordered]}


def explain(book: Book, ticket: Ticket) -> dict[str, Any]:
    """``weibao explain``: every entry with its evidence, every verdict on the ticket."""
    entries = [entry(each, book.zone) for each in book.proofs[ticket.id].entries]
    verdicts = [verdict_object(one, book.zone) for one in book.verdicts_of(ticket.id)]
    return head(book) | {"ticket": ticket.id, "entries": entries, "verdicts": verdicts}


def status(book: Book) -> dict[str, Any]:
    """``weibao status``: open tickets, what is due next, who is on duty, what is overdue."""
    zone = book.zone
    return head(book) | {
        "open": [ticket_object(book, ticket) for ticket in book.open_tickets],
        "due_next": [_deadline(one, zone) for one in book.due_next],
        "on_duty": [
            {
                "rota": one.rota,
                "person": one.person,
                "from": format_instant(one.start, zone),
                "to": format_instant(one.end, zone),
                "instead_of": one.instead_of or None,
            }
            for one in book.on_duty
        ],
        "overdue": [_deadline(one, zone) for one in book.overdue],
    }


def tickets(book: Book, chosen: Iterable[Ticket]) -> dict[str, Any]:
    """``weibao ticket list``: tickets in the order of their ids."""
    ordered = sorted(chosen, key=lambda ticket: ticket.id)
    return head(book) | {"tickets": [ticket_object(book, ticket) for ticket in ordered]}


def check(told: Iterable[Told]) -> dict[str, Any]:
    """``weibao check``: the findings in their order."""
    return {"findings": [finding_object(one) for one in told]}


def finding_object(told: Told) -> dict[str, Any]:
    """One finding."""
    finding = told.finding
    return {
        "code": finding.code,
        "severity": told.severity.value,
        "path": finding.place.path,
        "line": finding.place.line or None,
        "column": finding.place.column or None,
        "record": finding.record or None,
        "message": told.message,
        "help": told.help,
    }


def verdict_object(verdict: Verdict, zone: ZoneInfo) -> dict[str, Any]:
    """One verdict."""
    return {
        "ticket": verdict.ticket,
        "target": verdict.target,
        "occurrence": verdict.occurrence,
        "severity": verdict.severity,
        "terms": verdict.terms,
        "verdict": verdict.outcome.value,
        "on_claim": verdict.on_claim.value,
        "at_worst": verdict.at_worst.value,
        "start": moment(verdict.start, zone),
        "due": moment(verdict.due, zone),
        "stop": moment(verdict.stop, zone),
        "target_seconds": verdict.target_seconds,
        "elapsed_seconds": verdict.elapsed_seconds,
        "paused_seconds": verdict.paused_seconds,
        "margin_seconds": verdict.margin_seconds,
        "grade": verdict.grade.value,
        "implied": verdict.implied,
        "misses": verdict.misses,
        "month": verdict.month,
        "commits": list(verdict.commits),
    }


def entry(proven: ProvenEntry, zone: ZoneInfo) -> dict[str, Any]:
    """An entry with its evidence."""
    return {
        "index": proven.entry.index,
        "event": proven.entry.event,
        "by": proven.entry.by,
        "claimed": moment(proven.entry.at, zone),
        "recorded": moment(proven.recorded, zone),
        "landed": moment(proven.landed, zone),
        "evidence": moment(proven.evidence, zone),
        "effective": moment(proven.effective, zone),
        "grade": proven.grade.value,
        "commit": proven.commit,
        "landing_commit": proven.landing_commit,
        "not_before": moment(proven.not_before, zone),
        "not_after": moment(proven.not_after, zone),
        "first_hand": proven.first_hand,
        "first_seen": moment(proven.first_seen, zone),
        "signature": proven.signature.state.value,
        "signer": proven.signature.signer or None,
    }


def ticket_object(book: Book, ticket: Ticket) -> dict[str, Any]:
    """A ticket with its state and its next deadline."""
    state = book.states[ticket.id]
    deadline = book.next_deadline(ticket.id)
    return {
        "ticket": ticket.id,
        "kind": ticket.kind,
        "title": book.title(ticket),
        "severity": state.severity,
        "state": state.state.value,
        "paused": state.paused,
        "owner": state.owner or None,
        "reported_at": moment(ticket.reported_at, book.zone),
        "next": _deadline(deadline, book.zone) if deadline else None,
    }


def _deadline(verdict: Verdict, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "ticket": verdict.ticket,
        "target": verdict.target,
        "occurrence": verdict.occurrence,
        "severity": verdict.severity,
        "verdict": verdict.outcome.value,
        "due": moment(verdict.due, zone),
        "margin_seconds": verdict.margin_seconds,
    }


def head(book: Book) -> dict[str, Any]:
    """What every output of a Book begins with: all that it is a function of."""
    found = {"commit": book.commit, "as_of": format_instant(book.as_of, book.zone)}
    return found | seen_log(book.snapshot.seen_log)


def seen_log(commit: str) -> dict[str, Any]:
    """The log that an output rests on: named only where the forge keeps one of what it saw first."""
    return {"seen_log": commit} if commit else {}


def moment(instant: int | None, zone: ZoneInfo) -> str | None:
    """An instant as RFC 3339 in ``zone``, None for none."""
    return None if instant is None else format_instant(instant, zone)
