"""The tables of the report on an inspection: what was asked, what was found, what was left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.render.edition.withheld import Told
from weibao.render.papers.cells import (
    NONE,
    column,
    listed,
    measured,
    moment,
    named,
    number,
    own,
    record,
    stated,
    step_time,
    term,
    verbatim,
    written,
)
from weibao.render.papers.paper import (
    NOTHING,
    PaperCell,
    Table,
    TableColumn,
    said,
)

if TYPE_CHECKING:
    from weibao.model.inspection import CheckResults, Inspection
    from weibao.model.plan import ChecklistItem
    from weibao.render.edition.voice import Voice
    from weibao.render.papers.paper import Mood
    from weibao.report.papers.round_report import CheckMade, NotInspected, RoundReport

MOODS: dict[str, Mood] = {"ok": "good", "warning": "warn", "failed": "bad"}
"""How results are coloured, beside their words."""


_STATUSES = ("ok", "warning", "failed", "not_applicable")


WITHHELD = "…"


def inspections_told(voice: Voice, report: RoundReport) -> Table:
    """The records of the round, and who confirmed them."""
    return Table(
        "inspections",
        own(voice, N_("Inspections")),
        (
            column(voice, "record", N_("Record"), 2),
            column(voice, "started", N_("Started"), 2),
            column(voice, "completed", N_("Completed"), 2),
            column(voice, "confirmed", N_("Confirmed by the customer"), 3),
        ),
        tuple(_inspection(voice, report, inspection) for inspection in report.inspections),
        NOTHING,
    )


def checklist_of(voice: Voice, report: RoundReport) -> Table:
    """The items, and the limits by which what is measured is judged."""
    return Table(
        "checklist",
        own(voice, N_("Checklist")),
        (
            column(voice, "item", N_("Item"), 3),
            column(voice, "kinds", N_("For"), 3),
            column(voice, "unit", N_("Unit")),
            column(voice, "warning", N_("Warning beyond"), 2),
            column(voice, "failed", N_("Failed beyond"), 2),
        ),
        tuple(_item(voice, item) for item in report.items),
        own(voice, N_("The plan has no checklist for it.")),
    )


def result_counts(voice: Voice, report: RoundReport) -> Table:
    """How many items came out how, beside the round before."""
    before = report.results_before
    return Table(
        "results",
        own(voice, N_("Results of the items")),
        (
            column(voice, "status", N_("Result"), 2),
            column(voice, "count", N_("Items")),
            *([column(voice, "before", N_("The round before"))] if before else []),
        ),
        tuple(_result(voice, report.results, before, status) for status in _STATUSES),
        NOTHING,
    )


def changes_since(voice: Voice, report: RoundReport) -> Table:
    """What came out otherwise than the last time, and what still presses."""
    return Table(
        "changes",
        own(voice, N_("What changed since, and what still presses")),
        (
            column(voice, "asset", N_("Asset"), 3),
            column(voice, "item", N_("Item"), 3),
            column(voice, "before", N_("Last time"), 2),
            column(voice, "value_before", N_("Value last time"), 2),
            column(voice, "status", N_("This time"), 2),
            column(voice, "value", N_("Value this time"), 2),
        ),
        tuple(_change(voice, check) for check in report.changes),
        own(voice, N_("Whatever was looked at both times came out alike, and nothing presses.")),
    )


def _inspection(voice: Voice, report: RoundReport, inspection: Inspection) -> tuple[PaperCell, ...]:
    steps = voice.book.proofs[inspection.id].entries

    def when(of: str) -> PaperCell:
        chosen = {"started": report.started, "completed": report.completed}[of]
        step = next((step for step in chosen if step in steps), None)
        return step_time(voice, step)

    confirmed = next((step for step in reversed(report.confirmed) if step in steps), None)
    told = NONE
    if confirmed:
        contact = confirmed.entry.data["contact"]
        hand = confirmed.hand.value if confirmed.hand else ""
        words = own(
            voice,
            N_("{person}, {moment} ({hand})"),
            person=Told(voice.person(contact)),
            moment=Told(voice.when(confirmed.effective, confirmed.precision)),
            hand=Told(voice.language.term("hand", hand)),
        )
        told = PaperCell(words, moment(voice, confirmed.effective, confirmed.precision).value)
    return record(voice, inspection.id), when("started"), when("completed"), told


def _item(voice: Voice, item: ChecklistItem) -> tuple[PaperCell, ...]:
    kinds = voice.language.listing(voice.language.term("asset_kind", kind) for kind in item.kinds)
    told = said(kinds) if kinds else own(voice, N_("every kind"))
    return (
        named(voice, item.item, voice.language.pick(item.names)),
        PaperCell(told, " ".join(item.kinds)),
        verbatim(item.unit),
        _limit(voice, item.warning_above, item.warning_below),
        _limit(voice, item.failed_above, item.failed_below),
    )


def _limit(voice: Voice, above: float | None, below: float | None) -> PaperCell:
    limits = [
        *([f"> {voice.measured(above)}"] if above is not None else []),
        *([f"< {voice.measured(below)}"] if below is not None else []),
    ]
    return listed(voice, limits)


def _result(
    voice: Voice, results: CheckResults, before: CheckResults | None, status: str
) -> tuple[PaperCell, ...]:
    count = results.by_status.get(status, 0)
    cell = term(voice, "check_status", status, MOODS.get(status, "") if count else "")
    last = [number(voice, before.by_status.get(status, 0))] if before else []
    return (cell, number(voice, count), *last)


def findings_of(voice: Voice, report: RoundReport) -> Table:
    """What failed or is to be watched."""
    return Table(
        "findings",
        own(voice, N_("Findings")),
        (
            column(voice, "asset", N_("Asset"), 3),
            column(voice, "item", N_("Item"), 2),
            column(voice, "value", N_("Value"), 2),
            column(voice, "limit", N_("Limit"), 2),
            column(voice, "status", N_("Result"), 2),
            column(voice, "ticket", N_("Ticket"), 3),
            column(voice, "advice", N_("Remarks and advice"), 5),
        ),
        tuple(_finding(voice, check) for check in report.findings),
        own(voice, N_("Nothing failed, and nothing is to be watched.")),
    )


def _finding(voice: Voice, check: CheckMade) -> tuple[PaperCell, ...]:
    entry, asked = check.entry, check.asked
    if entry is None:
        hidden = PaperCell(said(WITHHELD))
        value = limit = ticket = advice = hidden
    else:
        value = measured(voice, entry.data.get("value"), entry.data.get("unit", ""))
        name = entry.data.get("ticket", "")
        ticket, advice = record(voice, name) if name else NONE, written(voice, entry.note)
        limit = NONE
    if asked is not None:
        failed = check.status == "failed"
        limit = _limit(
            voice,
            asked.failed_above if failed else asked.warning_above,
            asked.failed_below if failed else asked.warning_below,
        )
    return (
        named(voice, check.asset, voice.asset(check.asset)),
        named(voice, check.item, _item_called(voice, check)),
        value,
        limit,
        _status(voice, check.status),
        ticket,
        advice,
    )


def _item_called(voice: Voice, check: CheckMade) -> str:
    return voice.language.pick(check.asked.names) if check.asked else check.item


def _status(voice: Voice, status: str) -> PaperCell:
    return term(voice, "check_status", status, MOODS.get(status, "muted"))


def not_looked_at(voice: Voice, report: RoundReport) -> Table:
    """What was not looked at, and why."""
    return Table(
        "left",
        own(voice, N_("Not looked at")),
        (
            column(voice, "asset", N_("Asset"), 3),
            column(voice, "items", N_("Items"), 4),
            column(voice, "reason", N_("Reason"), 4),
        ),
        tuple(_left_out(voice, left) for left in report.left),
        own(voice, N_("All that the plan asked for was looked at.")),
    )


def _left_out(voice: Voice, left: NotInspected) -> tuple[PaperCell, ...]:
    items = voice.language.listing(voice.check_item(item) for item in left.items)
    what = own(voice, N_("all")) if left.whole else said(items)
    reasons = [str(step.entry.data["reason"]) for step in left.reasons]
    if reasons:
        reason = written(voice, " · ".join(reasons))
    elif left.skipped:
        reason = stated(voice, N_("skipped"), "skipped")
    else:
        reason = stated(voice, N_("nobody says why"), None, "bad")
    return (
        named(voice, left.asset, voice.asset(left.asset)),
        PaperCell(what, " ".join(left.items)),
        reason,
    )


def matrix(voice: Voice, report: RoundReport) -> Table:
    """Every piece and every item: the value and the word for it."""
    return Table(
        "matrix",
        own(voice, N_("Results by equipment and item")),
        (
            column(voice, "asset", N_("Asset"), 2),
            *(
                TableColumn(item.item, said(voice.shown(voice.language.pick(item.names))), 2)
                for item in report.items
            ),
        ),
        tuple(
            (
                named(voice, asset, voice.asset(asset)),
                *(_found(voice, report, asset, item.item) for item in report.items),
            )
            for asset in report.assets
        ),
        own(voice, N_("No check was recorded.")),
    )


def _found(voice: Voice, report: RoundReport, asset: str, item: str) -> PaperCell:
    check = report.checks.get((asset, item))
    if check is None:
        asked = item in report.coverage.promised.get(asset, ())
        if not asked:
            return NONE
        if asset in report.coverage.skipped:
            return stated(voice, N_("skipped"), "skipped", "warn")
        return stated(voice, N_("not looked at"), "not_looked_at", "bad")
    if check.entry is None:
        return PaperCell(said(WITHHELD), check.status, MOODS.get(check.status, "muted"))
    data = check.entry.data
    word = voice.language.term("check_status", check.status)
    value = data.get("value")
    unit = data.get("unit", "")
    told = "" if value in {None, ""} else f"{voice.measured(value)} {unit}".strip()
    more = told not in {"", word}
    text = voice.language.text(N_("{word}: {value}"), word=word, value=told) if more else word
    plain = " ".join(filter(None, (check.status, str(written(voice, told).value or ""))))
    return PaperCell(said(voice.shown(text)), plain, MOODS.get(check.status, "muted"))


def _change(voice: Voice, check: CheckMade) -> tuple[PaperCell, ...]:
    data = check.entry.data if check.entry else {}
    unit = check.asked.unit if check.asked else ""
    return (
        named(voice, check.asset, voice.asset(check.asset)),
        named(voice, check.item, _item_called(voice, check)),
        _status(voice, check.before),
        measured(voice, check.value_before, unit),
        _status(voice, check.status),
        measured(voice, data.get("value"), data.get("unit", "")),
    )
