"""The report on an inspection, or on a round of the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.refusal import UsageRefusal
from weibao.render.edition.withheld import Told
from weibao.render.papers.cells import (
    NONE,
    claimed,
    column,
    day,
    fact,
    listed,
    measured,
    named,
    number,
    own,
    person,
    persons,
    record,
    share,
    stated,
    term,
    verbatim,
    written,
)
from weibao.render.papers.commission import PaperKind
from weibao.render.papers.paper import (
    NOTHING,
    Blank,
    Facts,
    PaperCell,
    Prose,
    Remark,
    Table,
    TableColumn,
    said,
)
from weibao.render.papers.photographs import photographs
from weibao.render.papers.record_paper import endorsed, record_paper, section
from weibao.render.papers.ticket_blocks import files_attached
from weibao.report.papers.round_report import round_named, round_report

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.model.inspection import CheckResults, Inspection
    from weibao.model.plan import ChecklistItem
    from weibao.render.edition.voice import Voice
    from weibao.render.papers.commission import Commission
    from weibao.render.papers.paper import Block, Fact, Mood, Paper, Section
    from weibao.report.papers.round_report import CheckMade, NotInspected, RoundReport

NAME = "inspection-report"

MOODS: dict[str, Mood] = {"ok": "good", "warning": "warn", "failed": "bad"}
"""How results are coloured, beside their words."""

_STATUSES = ("ok", "warning", "failed", "not_applicable")

WITHHELD = "…"


def _write(commission: Commission) -> Paper:
    report = _report(commission)
    voice = commission.voice
    title = own(
        voice,
        N_("Inspection report: {work}, {period}"),
        work=voice.work(report.plan),
        period=report.period,
    )
    marks = () if report.completed else (own(voice, N_("Provisional: the round is not completed")),)
    return record_paper(commission, NAME, title, _sections(commission, report), marks, long=True)


def _report(commission: Commission) -> RoundReport:
    book, whole, subject = commission.voice.book, commission.audit.whole, commission.subject
    if subject in book.records.inspections:
        log = book.records.inspections[subject].log
        if any(entry.at <= book.as_of for entry in log):
            return round_report(book, whole, (subject,), whole.round_of.get(subject))
    work = round_named(whole, subject)
    if work is None:
        raise UsageRefusal(
            N_("There is no inspection and no round {name}."),
            mend=N_(
                "Name an inspection, or a line of the plan with the period or the day of a round: PLAN/2026-11. `weibao inspection due` shows them."
            ),
            name=subject,
        )
    if not work.records:
        raise UsageRefusal(
            N_("Nobody has begun the round {name}: there is nothing to report."),
            mend=N_("Begin it: `weibao inspection start {plan}`."),
            name=subject,
            plan=work.plan,
        )
    return round_report(book, whole, work.records, work)


def _sections(commission: Commission, report: RoundReport) -> Iterator[Section]:
    voice = commission.voice

    def part(key: str, title: str, blocks: Iterator[Block]) -> Section:
        return section(commission, key, title, blocks)

    yield part("scope", N_("Scope"), _scope(voice, report))
    yield part("method", N_("Method"), _method(voice, report))
    yield part("summary", N_("The round in brief"), _summary(voice, report))
    yield part("findings", N_("Findings"), iter([_findings(voice, report)]))
    yield part("left", N_("What was not inspected, and why"), iter([_left(voice, report)]))
    yield part("results", N_("Results by equipment"), iter([_matrix(voice, report)]))
    yield part("comparison", N_("Beside the round before"), _comparison(voice, report))
    yield part("photographs", N_("Photographs"), _photographs(voice, report))
    yield part("backups", N_("Configuration backups"), _backups(voice))
    yield part("advice", N_("Conclusion and advice"), _advice(voice, report))
    yield from endorsed(commission, NAME, long=True)


def _scope(voice: Voice, report: RoundReport) -> Iterator[Block]:
    work, coverage = report.work, report.coverage
    rows: list[Fact] = [
        fact(
            voice,
            "plan",
            N_("Line of the plan"),
            named(voice, report.plan, voice.work(report.plan)),
        ),
        fact(voice, "period", N_("Period"), verbatim(report.period)),
    ]
    if work:
        mood: Mood = "good" if work.state == "done" else "warn"
        rows += [
            fact(voice, "planned", N_("Planned for"), day(work.planned_for)),
            fact(voice, "due", N_("Due by"), day(work.due)),
            fact(voice, "done", N_("Done on"), day(work.done_on)),
            fact(
                voice,
                "round",
                N_("State of the round"),
                term(voice, "round_state", work.state, mood),
            ),
        ]
    rows.append(fact(voice, "people", N_("Inspected by"), persons(voice, report.people)))
    yield Facts("scope", tuple(rows))
    yield Table(
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
    yield Facts(
        "due",
        (
            fact(voice, "assets", N_("Equipment looked at in full"), share(voice, coverage.assets)),
            fact(voice, "items", N_("Items looked at"), share(voice, coverage.checks)),
        ),
    )
    yield Blank(own(voice, N_("Accompanied by (for the customer)")))


def _inspection(voice: Voice, report: RoundReport, inspection: Inspection) -> tuple[PaperCell, ...]:
    steps = voice.book.proofs[inspection.id].entries

    def when(of: str) -> PaperCell:
        chosen = {"started": report.started, "completed": report.completed}[of]
        step = next((step for step in chosen if step in steps), None)
        return claimed(voice, step.effective, step.entry.at) if step else NONE

    confirmed = next((step for step in reversed(report.confirmed) if step in steps), None)
    told = NONE
    if confirmed:
        contact = confirmed.entry.data["contact"]
        hand = confirmed.hand.value if confirmed.hand else ""
        words = own(
            voice,
            N_("{person}, {moment} ({hand})"),
            person=Told(voice.person(contact)),
            moment=Told(voice.moment(confirmed.effective)),
            hand=Told(voice.language.term("hand", hand)),
        )
        told = PaperCell(words, voice.rfc3339(confirmed.effective))
    return record(voice, inspection.id), when("started"), when("completed"), told


def _method(voice: Voice, report: RoundReport) -> Iterator[Block]:
    yield Prose(
        own(
            voice,
            N_(
                "Each item of the checklists is looked at on every piece of equipment that it is for; what is measured is judged by these limits, whoever measures it."
            ),
        )
    )
    yield Table(
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


def _summary(voice: Voice, report: RoundReport) -> Iterator[Block]:
    yield Prose(own(voice, _conclusion(report)), "lead")
    before = report.results_before
    yield Table(
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


def _result(
    voice: Voice, results: CheckResults, before: CheckResults | None, status: str
) -> tuple[PaperCell, ...]:
    count = results.by_status.get(status, 0)
    cell = term(voice, "check_status", status, MOODS.get(status, "") if count else "")
    last = [number(voice, before.by_status.get(status, 0))] if before else []
    return (cell, number(voice, count), *last)


def _conclusion(report: RoundReport) -> str:
    """What the round comes to, in a sentence; that something was left is told in it."""
    results, left = report.results.by_status, report.coverage.left
    if not report.results.total:
        return N_("Nothing was looked at yet.")
    if results.get("failed"):
        return (
            N_("Something failed and must be mended, and not all of it was looked at.")
            if left
            else N_("All was looked at; something failed and must be mended.")
        )
    if results.get("warning"):
        return (
            N_("Nothing failed, something is to be watched, and not all of it was looked at.")
            if left
            else N_("All was looked at; nothing failed, and something is to be watched.")
        )
    return (
        N_("What was looked at is in order, but not all of it was looked at.")
        if left
        else N_("All was looked at and is in order.")
    )


def _findings(voice: Voice, report: RoundReport) -> Table:
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


def _left(voice: Voice, report: RoundReport) -> Table:
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


def _matrix(voice: Voice, report: RoundReport) -> Table:
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


def _comparison(voice: Voice, report: RoundReport) -> Iterator[Block]:
    previous = report.previous
    if previous is None:
        yield Prose(own(voice, N_("There is no round before it to compare with.")))
        return
    yield Facts(
        "previous",
        (
            fact(voice, "planned", N_("The round before"), day(previous.planned_for)),
            fact(voice, "state", N_("State"), term(voice, "round_state", previous.state)),
        ),
    )
    yield Table(
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


def _photographs(voice: Voice, report: RoundReport) -> Iterator[Block]:
    if not report.attached:
        yield Prose(own(voice, N_("No photograph was attached to a ticket that the round raised.")))
        return
    yield files_attached(voice, (step for _, step in report.attached), "files")
    yield from photographs(voice, report.attached)


def _backups(voice: Voice) -> Iterator[Block]:
    yield Prose(own(voice, N_("The records do not say which backups were taken.")), "note")
    yield Blank(own(voice, N_("Equipment, file, and where it is kept")), 3)


def _advice(voice: Voice, report: RoundReport) -> Iterator[Block]:
    for step in report.completed:
        if step.entry.note:
            yield Remark(
                written(voice, step.entry.note).said,
                person(voice, step.entry.by).said,
                said(Told(voice.moment(step.effective))),
            )
    yield Blank(own(voice, N_("Advice to the customer")), 3)


KIND = PaperKind(
    name=NAME,
    title=N_("Inspection report"),
    explained=N_(
        "What an inspection, or a round of the plan (PLAN/2026-11), was to look at, what it found and what it left."
    ),
    subject="inspection",
    place=20,
    write=_write,
)
