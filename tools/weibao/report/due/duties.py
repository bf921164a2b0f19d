"""What is due of what the contract has people do by a time: hand-overs, reviews, calls, reports, meetings.

The rules know each such duty with its limit, whether that is past or to come; here is who sees to it, and how.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.model.instant import parse_instant
from weibao.report.due.item import DueItem, DueKind, Harm, Responsible
from weibao.report.due.responsible import in_role, owner_of
from weibao.report.due.tickets import called_in_command
from weibao.rules.book import drills, duties, handover, incident_reviews, reviews, visits
from weibao.rules.book.promises import anew_due, answer_due

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from weibao.model.finding import Finding
    from weibao.model.instant import Instant
    from weibao.report.book import Book

_DAY = 86400


@dataclass(frozen=True, slots=True)
class _Chore:
    """How a duty is told: what kind it is, who sees to it, and by which command.

    Attributes:
        kind: what is due.
        role: who must see to it: a role, or "" for the ticket's owner.
        verb: the command; of a ticket's duty the ticket is named after it, then come ``words``.
        words: more words of the command; those in braces are facts of the finding.
        subject: the facts that say what it is about.
        ahead: seconds ahead that it is told; 0 where it is told once it is past.
    """

    kind: DueKind
    role: str
    verb: tuple[str, ...]
    words: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()
    ahead: int = 0


_CHORES: Mapping[str, _Chore] = {
    "O261": _Chore(
        DueKind.PART_BACK,
        "depot",
        ("spares", "return"),
        ("--part", "{part}", "--serial", "{serial}"),
        ("part",),
    ),
    "O263": _Chore(DueKind.CONFIRMATION, "desk", ("ticket", "confirm")),
    "O264": _Chore(
        DueKind.CALL_BACK,
        "desk",
        ("review", "call-back"),
        ("--contact", "{contact}"),
        ("contact",),
        7 * _DAY,
    ),
    "O275": _Chore(
        DueKind.REVIEW,
        "",
        ("ticket", "analyse"),
        ("--edition", "{edition}"),
        ("edition",),
        30 * _DAY,
    ),
    "O278": _Chore(
        DueKind.MEETING,
        "pm",
        ("ticket", "open"),
        ("--kind", "{ticket_kind}"),
        ("ticket_kind",),
        30 * _DAY,
    ),
    "O282": _Chore(
        DueKind.PART_BACK,
        "depot",
        ("spares", "return"),
        ("--part", "{part}", "--serial", "{serial}", "--condition", "faulty"),
        ("part",),
    ),
    "O284": _Chore(DueKind.REFERRAL, "", ("ticket", "refer"), ahead=_DAY),
    "O291": _Chore(DueKind.AUDIT, "pm", ("review", "audit"), ahead=30 * _DAY),
    "O292": _Chore(DueKind.SURVEY, "pm", ("review", "survey"), ahead=14 * _DAY),
}
"""By the code of the rule that tells it once it is past."""

_FAMILIES = (duties, incident_reviews, drills, reviews, visits)


def of_duties(book: Book) -> Iterator[DueItem]:
    """All that is due of duties that begin and end in the record."""
    for finding, limit in outstanding(book):
        duty = _CHORES[finding.code]
        if limit < book.as_of or limit - book.as_of <= duty.ahead:
            yield _item(book, duty, finding, limit)
    yield from _shifts(book)
    yield from _reports(book)


def outstanding(book: Book) -> Iterator[tuple[Finding, Instant]]:
    """What somebody must see to that is not done, with its limit, however far off that is."""
    for family in _FAMILIES:
        for finding, limit, done in family.owed(book):
            if done is None and finding.code in _CHORES:
                yield finding, limit


def _harm(book: Book, limit: Instant) -> Harm:
    return Harm.OWED if limit < book.as_of else Harm.COMING


def _item(book: Book, duty: _Chore, finding: Finding, limit: Instant) -> DueItem:
    facts = {key: str(value) for key, value in finding.facts.items()}
    named = finding.record if duty.verb[0] == "ticket" else ""
    return DueItem(
        kind=duty.kind,
        harm=_harm(book, limit),
        instant=limit,
        who=in_role(book, duty.role) if duty.role else owner_of(book, finding.record),
        record=finding.record or finding.place.path,
        subject=tuple(facts[key] for key in duty.subject),
        command=(
            "weibao",
            *duty.verb,
            *((called_in_command(book, named),) if named else ()),
            *(word.format_map(facts) for word in duty.words),
        ),
        severity=book.states[finding.record].severity if finding.record else None,
    )


def _shifts(book: Book) -> Iterator[DueItem]:
    """Of each rota the turn that is on, until it was taken over: earlier ones are nobody's to take over now."""
    last = {
        finding.facts["rota"]: (finding, limit, done)
        for finding, limit, done in handover.owed(book)
    }
    for rota, (finding, limit, done) in last.items():
        if done is not None:
            continue
        start = parse_instant(str(finding.facts["from"]))
        given = next(
            (
                found.shift.id
                for found in book.handovers.values()
                if found.given and (found.shift.rota, found.shift.end) == (rota, start)
            ),
            "",
        )
        yield DueItem(
            kind=DueKind.TAKE_OVER if given else DueKind.HAND_OVER,
            harm=_harm(book, limit),
            instant=limit,
            who=Responsible(str(finding.facts["person" if given else "outgoing"])),
            record=given or finding.place.path,
            subject=(str(rota),),
            command=("weibao", "shift", "take-over", given[-6:])
            if given
            else ("weibao", "shift", "hand-over", str(rota)),
        )


def _reports(book: Book) -> Iterator[DueItem]:
    """Reports to be issued, and those that the customer did not answer; a round is due as planned work."""
    for delivery in book.deliveries:
        if delivery.kind == "inspection":
            continue
        verb: tuple[str, ...]
        named = (delivery.covers, "--report", delivery.kind)
        answer, anew = answer_due(book, delivery), anew_due(book, delivery)
        if delivery.issued is None and delivery.due is not None:
            kind, limit = DueKind.REPORT, delivery.due
            closed = delivery.covers in book.records.closes
            verb = ("issue", *named) if closed else ("close", delivery.covers)
        elif anew is not None:
            kind, limit, verb = DueKind.REPORT, anew, ("issue", *named)
        elif answer is not None and answer < book.as_of:
            kind, limit, verb = DueKind.ANSWER, answer, ("accept", *named)
        else:
            continue
        yield DueItem(
            kind=kind,
            harm=_harm(book, limit),
            instant=limit,
            who=in_role(book, "pm"),
            record=delivery.path,
            subject=(delivery.kind, delivery.covers),
            command=("weibao", "report", *verb),
        )
