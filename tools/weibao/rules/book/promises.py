"""Promises in figures that were not kept: agreed figures, availability, reports (O30x)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.history.contract_editions import since_agreed, standing_before
from weibao.language import N_
from weibao.model.finding import Finding, Lapse, Place
from weibao.model.instant import format_instant
from weibao.model.promises import FIGURE_UNITS
from weibao.operations.duties import after, due, first_calendar
from weibao.rules.lapses import lapse
from weibao.rules.rule import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from weibao.model.instant import Instant
    from weibao.operations.deliverables import Delivery
    from weibao.rules.facts import BookFacts

ROWS = (
    Rule(
        code="O301",
        severity=Severity.WARNING,
        title=N_("Agreed figure missed"),
        message=N_("{figure} was {value} in {month}; the contract asks for {bound}."),
        help=N_(
            "See what is behind it: `weibao kpi {name} --month {month} --explain`. What is to become better is a corrective action: `weibao action raise`."
        ),
        why=N_(
            "Both sides agreed to hold the service to this figure, month by month. It is judged exactly: nothing is rounded, and where there was nothing to count nothing was reached or missed."
        ),
        bad="compliance of 2026-11: 41 of 44, 93.1%   # at_least: 95%\n",
        good="compliance of 2026-11: 42 of 44, 95.4%   # at_least: 95%\n",
        facts=("figure", "name", "value", "month", "bound"),
    ),
    Rule(
        code="O302",
        severity=Severity.WARNING,
        title=N_("Availability under its target"),
        message=N_(
            "{service} was available for {value} of {month} by contract; the contract asks for {bound}."
        ),
        help=N_(
            "See which faults took it down: `weibao kpi availability_contract --month {month} --explain`. What is to become better is a corrective action: `weibao action raise`."
        ),
        why=N_(
            "That the equipment runs stably is the first principle of the service (requirement 1). Availability is judged for each month that is over, exactly, by the contract as it stood when the month began."
        ),
        bad="availability by contract of mes in 2026-11: 99.703%   # at least 99.9%\n",
        good="availability by contract of mes in 2026-11: 99.953%   # at least 99.9%\n",
        facts=("service", "value", "month", "bound"),
    ),
    Rule(
        code="O303",
        severity=Severity.WARNING,
        title=N_("Report overdue"),
        message=N_("The report was due by {due} and was not issued by then: {report} of {covers}."),
        help=N_(
            "Issue it and record that: `weibao report issue`, on the close of the last month that it covers; of a round of inspection complete the round: `weibao inspection complete`."
        ),
        why=N_(
            "The contract says which reports the customer gets and by when. A report that comes months later tells of what nobody can mend any more."
        ),
        bad="deliverables: [{kind: monthly, due_within: 5wd}]   # and nothing issued for 2026-10 on 12 November\n",
        good="  - {at: 2026-11-05T10:00:00+08:00, event: issued, by: chen-jie, report: monthly}\n",
        facts=("report", "covers", "due"),
    ),
    Rule(
        code="O304",
        severity=Severity.NOTE,
        title=N_("Report not accepted"),
        message=N_(
            "The customer was given the report at {at}, and by {due} had neither accepted nor disputed it: {report} of {covers}."
        ),
        help=N_(
            "Ask the customer, and record the answer: `weibao report accept` or `weibao report dispute`."
        ),
        why=N_(
            "A report is worth what both sides stand by. The contract may set another length: `duties.report_accepted_within`."
        ),
        bad="  - {at: 2026-11-05T11:00:00+08:00, event: submitted, by: chen-jie, report: monthly, to: zhang-gong, via: email}   # and nothing since\n",
        good="  - {at: 2026-11-09T15:00:00+08:00, event: accepted, by: chen-jie, report: monthly, contact: zhang-gong, via: email}\n",
        facts=("report", "covers", "at", "due"),
    ),
    Rule(
        code="O305",
        severity=Severity.WARNING,
        title=N_("Revised report not issued anew"),
        message=N_(
            "The report has been under revision since {at}, and by {due} was not issued anew: {report} of {covers}."
        ),
        help=N_(
            "Write the next version, issue it and send it: `weibao report issue`, `weibao report submit`."
        ),
        why=N_(
            "From its revision on no answer of the customer stands. A report that stays under revision would be one that nobody accepts, and nobody can dispute; so it is due again, within the time that the contract gives a report."
        ),
        bad="  - {at: 2026-11-10T09:00:00+08:00, event: revised, by: chen-jie, report: monthly, reason: 可用率少计一次中断}   # and nothing since\n",
        good=(
            "  - {at: 2026-11-10T09:00:00+08:00, event: revised, by: chen-jie, report: monthly, reason: 可用率少计一次中断}\n"
            "  - {at: 2026-11-11T09:00:00+08:00, event: issued, by: chen-jie, report: monthly, version: 2}\n"
        ),
        facts=("report", "covers", "at", "due"),
    ),
)

_MINUTE = 60


def check_figures(facts: BookFacts) -> Iterator[Finding]:
    """Agreed figures and availabilities of months that are over and did not reach what was asked (requirement 1)."""
    contract = facts.records.contract
    for judged in facts.judged_figures:
        if judged.kept is not False or judged.value is None:
            continue
        unit = FIGURE_UNITS[judged.figure]
        shown = {
            "value": _value_told(judged.value, unit),
            "month": judged.month,
            "bound": ("≥ " if judged.bound.at_least else "≤ ") + judged.bound.said,
        }
        if judged.weight:
            keys = next(
                (
                    ("kpis", number)
                    for number, row in enumerate(contract.data.get("kpis", ()))
                    if row["figure"] == judged.figure
                ),
                (),
            )
            place = Place(CONTRACT, keys=keys)
            named = {"figure": f"{judged.figure} {judged.group}".rstrip(), "name": judged.figure}
            yield Finding("O301", place, "", shown | named, since=judged.over)
        else:
            place = Place(CONTRACT, keys=("availability",) if contract.availability else ())
            yield Finding("O302", place, "", shown | {"service": judged.group}, since=judged.over)


CONTRACT = "records/contract.yaml"


def _value_told(value: Fraction, unit: str) -> str:
    """A value as contracts write it, rounded down: a share never looks like more than it was."""
    match unit:
        case "share" | "time":
            thousandths = int(value * 100_000)
            return f"{thousandths // 1000}.{thousandths % 1000:03}%"
        case "length" | "per_event":
            minutes, seconds = divmod(int(value), _MINUTE)
            return f"{minutes // _MINUTE}h {minutes % _MINUTE}m {seconds}s"
        case _:
            hundredths = int(value * 100)
            return f"{hundredths // 100}.{hundredths % 100:02}"


def check_reports(facts: BookFacts) -> Iterator[Finding]:
    """Reports that are overdue, for the first time or anew, and those that the customer has not answered."""
    for delivery in facts.deliveries:
        if delivery.issued is None and delivery.due is not None and delivery.due < facts.as_of:
            yield _overdue(facts, delivery, delivery.due)
        zone = facts.records.contract.zone
        last = anew_due(facts, delivery)
        if last is not None and last < facts.as_of and delivery.revised is not None:
            shown = {
                "at": format_instant(delivery.revised, zone),
                "due": format_instant(last, zone),
            }
            yield Finding("O305", Place(delivery.path), "", _named(delivery) | shown, since=last)
        last = answer_due(facts, delivery)
        if last is not None and last < facts.as_of and delivery.submitted is not None:
            shown = {
                "at": format_instant(delivery.submitted, zone),
                "due": format_instant(last, zone),
            }
            yield Finding("O304", Place(delivery.path), "", _named(delivery) | shown, since=last)


def lapses_of_reports(facts: BookFacts) -> Iterator[Lapse]:
    """Reports that were issued late."""
    for delivery in facts.deliveries:
        last, issued = delivery.due, delivery.issued
        if last is not None and issued is not None and last < issued:
            yield from lapse(facts, _overdue(facts, delivery, last), last, issued)


def _overdue(facts: BookFacts, delivery: Delivery, last: Instant) -> Finding:
    shown = {"due": format_instant(last, facts.records.contract.zone)}
    return Finding("O303", Place(delivery.path), "", _named(delivery) | shown, since=last)


def _named(delivery: Delivery) -> dict[str, object]:
    return {"report": delivery.kind, "covers": delivery.covers}


def answer_due(facts: BookFacts, delivery: Delivery) -> Instant | None:
    """By when the customer is to answer; None where they have, or were not asked."""
    if delivery.submitted is None or delivery.accepted or delivery.disputed:
        return None
    editions = since_agreed(facts.ledger.history, facts.agreed)
    contract = standing_before(editions, delivery.submitted, facts.records.contract)
    return due(
        contract, "report_accepted_within", delivery.submitted, lambda: first_calendar(contract)
    )


def anew_due(facts: BookFacts, delivery: Delivery) -> Instant | None:
    """By when the next version of a report is due; None where its last one stands."""
    if delivery.revised is None:
        return None
    editions = since_agreed(facts.ledger.history, facts.agreed)
    contract = standing_before(editions, delivery.revised, facts.records.contract)
    promised = next((row for row in contract.deliverables if row.kind == delivery.kind), None)
    if promised is None:
        return None
    return after(promised.due_within, delivery.revised, lambda: first_calendar(contract))
