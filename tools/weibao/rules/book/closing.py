"""Months that were closed: too soon, too late, by other rules, or with figures that nothing gives (E150–E153)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.history.contract_editions import CHANGE
from weibao.language import N_
from weibao.model.closing import close_path
from weibao.model.finding import Finding, Place
from weibao.model.instant import format_instant, local_month
from weibao.rules.rule import Rule, Severity
from weibao.sla.closing import closing_due, month_after

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from zoneinfo import ZoneInfo

    from weibao.history.history import History
    from weibao.model.closing import MonthClose
    from weibao.model.instant import Instant
    from weibao.rules.facts import BookFacts

ROWS = (
    Rule(
        code="E150",
        severity=Severity.ERROR,
        title=N_("Closed month that cannot be reproduced"),
        message=N_(
            "The close of {month} says {key}: {old}; by what had landed by then it is {new}."
        ),
        dropped=N_(
            "The close of {month} says {key}: {old}, and nothing in this history bears that out."
        ),
        help=N_(
            "A close is never corrected: what came later is restated in the month in which it landed. If its commit is of another repository, or the close was written by hand, say so to the customer, bring back what was there, and let `weibao report close {month}` work it out. To see who recorded it: {show}"
        ),
        why=N_(
            "The figures of a closed month are what was paid by. Anybody must be able to work them out again from the commit that they name, to the same digest. ISO/IEC 20000-1 (8.3.3) asks that performance against service level targets be monitored and reported."
        ),
        bad="counts: {met: 41, breached: 0, waived: 3, cancelled: 0}   # git gives: met 40, breached 1\n",
        good="counts: {met: 40, breached: 1, waived: 3, cancelled: 0}\n",
        facts=(*CHANGE, "month", "key", "old", "new"),
    ),
    Rule(
        code="E151",
        severity=Severity.WARNING,
        title=N_("Month not closed"),
        message=N_("{month} was to be closed by {due}, and is not."),
        help=N_("Close it: `weibao report close {month}`, and send what it commits."),
        why=N_(
            "From the first close on a contract closes every month, within the days of `evidence.closing_days`: a month that stays open is one whose figures can still move."
        ),
        bad="records/reports/2026/2026-10.yaml\nrecords/reports/2026/2026-12.yaml\n",
        good=(
            "records/reports/2026/2026-10.yaml\n"
            "records/reports/2026/2026-11.yaml\n"
            "records/reports/2026/2026-12.yaml\n"
        ),
        facts=("month", "due"),
    ),
    Rule(
        code="E152",
        severity=Severity.ERROR,
        title=N_("Month closed by other rules"),
        message=N_(
            "{month} was closed by the rules number {old}; these are number {new}, and do not reproduce it."
        ),
        help=N_(
            "Take the release that had those rules, and audit with that. If no release ever had that number, the close was written by hand: say so to the customer, bring back what was there, and let `weibao report close {month}` work it out."
        ),
        why=N_(
            "A release may judge otherwise than the one before, and says so by the number of its rules. Figures that come out the same are as good as its own; others only a release with those rules can work out again, and until it has, nobody knows whether they are true."
        ),
        bad="rules: 1   # audited by a release whose rules are number 2\n",
        good="rules: 2\n",
        facts=("month", "old", "new"),
    ),
    Rule(
        code="E153",
        severity=Severity.ERROR,
        title=N_("Month closed before it was over"),
        message=N_(
            "{month} was closed as of {as_of}, and that had not come when the close landed, at {time}."
        ),
        help=N_(
            "Only a month that is over has figures: `weibao report close` refuses any other. Say to the customer that this close is void. To see who recorded it: {show}"
        ),
        why=N_(
            "Until the recheck after its last day has passed, a repair of the month can still turn out void, and steps of it can still be recorded in time."
        ),
        bad="as_of: 2026-12-02T00:00:00+08:00   # in a commit of 2026-11-30\n",
        good="as_of: 2026-12-02T00:00:00+08:00   # in a commit of 2026-12-02 or later\n",
        facts=(*CHANGE, "month", "as_of"),
    ),
)

CHECKED_IN = ("weibao.report.audit.closes",)


def check_closes(facts: BookFacts) -> Iterator[Finding]:
    """What can be said of closes without working out their figures again."""
    records, zone = facts.records, facts.records.contract.zone
    for close in records.closes.values():
        landed = min(landed_at(facts.ledger.history, close), facts.as_of)
        if close.as_of > landed:
            shown = {
                **told(facts.ledger.history, close, zone),
                "as_of": format_instant(close.as_of, zone),
            }
            yield Finding("E153", Place(close.path, keys=("as_of",)), "", shown)
    yield from _missing(facts)


def _missing(facts: BookFacts) -> Iterator[Finding]:
    contract, closed = facts.records.contract, facts.records.closes
    if not closed:
        return
    month = max(min(closed), f"{contract.start:%Y-%m}")
    last = f"{contract.end:%Y-%m}"
    while month <= min(last, local_month(facts.as_of, contract.zone)):
        due = closing_due(month, contract)
        if month not in closed and due < facts.as_of:
            shown = {"month": month, "due": format_instant(due, contract.zone)}
            yield Finding("E151", Place(close_path(month)), "", shown)
        month = month_after(month)


def landed_at(history: History, close: MonthClose) -> Instant:
    """When a close first landed."""
    changes = (change for change in history.changes if change.path == close.path)
    return min(
        (history.shown(change.commit) for change in changes), default=history.time[history.head]
    )


def told(history: History, close: MonthClose, zone: ZoneInfo) -> Mapping[str, object]:
    """The facts of a finding on a close: who touched it last, and the command that shows it."""
    touched = [change.commit for change in history.changes if change.path == close.path]
    commit = max(touched, key=history.time.__getitem__, default=history.head)
    return {
        "month": close.period,
        "commit": commit,
        "author": history.commits[commit].author.email,
        "time": format_instant(history.shown(commit), zone),
        "show": f"git log --patch {commit} -- {close.path}",
    }
