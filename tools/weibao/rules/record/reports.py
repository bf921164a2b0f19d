"""Reports: what became of one comes after its issue, and its versions are counted from 1 (X316, X317)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.finding import Finding, place_of
from weibao.model.instant import format_instant
from weibao.model.timeline import place_in_time
from weibao.rules.rule import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.model.closing import MonthClose
    from weibao.rules.facts import FileFacts

ROWS = (
    Rule(
        code="X316",
        severity=Severity.ERROR,
        title=N_("Step of a report that was not issued"),
        message=N_(
            "“{event}” may not follow here: at its time, {at}, the report had not been issued: {report} of {month}."
        ),
        help=N_(
            "Record the issue first: `weibao report issue {month} --report {option}`, with `--at` if it was before."
        ),
        why=N_(
            "A report is issued, given to the customer, and answered. What is submitted, signed, disputed or revised is a version that there is; without its issue nobody can say which paper was meant."
        ),
        bad="  - {at: 2026-11-09T15:00:00+08:00, event: accepted, by: chen-jie, report: monthly, contact: zhang-gong, via: email}\n",
        good=(
            "  - {at: 2026-11-05T10:00:00+08:00, event: issued, by: chen-jie, report: monthly}\n"
            "  - {at: 2026-11-09T15:00:00+08:00, event: accepted, by: chen-jie, report: monthly, contact: zhang-gong, via: email}\n"
        ),
        facts=("event", "at", "report", "option", "month"),
    ),
    Rule(
        code="X317",
        severity=Severity.ERROR,
        title=N_("Version of a report out of order"),
        message=N_("It is issued as version {found}, and would be version {expected}."),
        help=N_(
            "Before it lands, write {expected}, or leave `version` out: it is counted. Once it has landed, record the issue that is missing before it, with `--at`."
        ),
        why=N_(
            "Both sides sign a version, and each issue is one. A number that was skipped is a paper that nobody can show, and one that comes twice is two papers under one name."
        ),
        bad="  - {at: 2026-11-05T10:00:00+08:00, event: issued, by: chen-jie, report: monthly, version: 2}\n",
        good="  - {at: 2026-11-05T10:00:00+08:00, event: issued, by: chen-jie, report: monthly, version: 1}\n",
        facts=("found", "expected"),
    ),
)

FOLLOWING = frozenset({"submitted", "accepted", "disputed", "revised", "attached"})
"""The steps that are about a version that there is."""


def check_reports_in_order(facts: FileFacts) -> Iterator[Finding]:
    """What the log of every close says of its reports, in the order of the claims."""
    for close in facts.records.closes.values():
        yield from _in_order(close, facts)


def _in_order(close: MonthClose, facts: FileFacts) -> Iterator[Finding]:
    issued: Counter[str] = Counter()
    for entry in sorted(close.log, key=place_in_time):
        report = entry.data.get("report", "")
        if entry.event == "issued":
            issued[report] += 1
            found = entry.data.get("version", issued[report])
            if found != issued[report]:
                shown: dict[str, object] = {"found": found, "expected": issued[report]}
                yield Finding("X317", place_of(close.path, entry, "version"), "", shown)
        elif entry.event in FOLLOWING and not issued[report]:
            shown = {
                "event": entry.event,
                "at": format_instant(entry.at, facts.records.contract.zone),
                "report": report,
                "option": report,
                "month": close.period,
            }
            yield Finding("X316", place_of(close.path, entry, "event"), "", shown)
