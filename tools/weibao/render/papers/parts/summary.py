"""The month on one page: five lines, the figures beside what was agreed, and what is to be decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.render.edition.withheld import Told
from weibao.render.papers.cells import (
    NONE,
    column,
    fact,
    moment,
    own,
    record,
)
from weibao.render.papers.integrity import audited
from weibao.render.papers.paper import (
    NOTHING,
    Facts,
    Heading,
    PaperCell,
    Prose,
    Table,
    TableColumn,
    said,
)
from weibao.render.papers.report_part import ReportPart
from weibao.render.words.due import due_told
from weibao.render.words.figures import TIME_DIGITS, group_told, value_told
from weibao.report.due.item import Harm
from weibao.report.due.operations import made_in_part
from weibao.report.figure import Unit
from weibao.report.papers.in_brief import in_brief, to_decide
from weibao.report.papers.lights import Light, Trend, lights
from weibao.report.papers.not_counted import not_counted
from weibao.report.papers.over_months import months_shown, written_figure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.render.edition.voice import Voice
    from weibao.render.papers.commission import Commission
    from weibao.render.papers.paper import Block, Fact, Mood
    from weibao.report.due.item import DueItem
    from weibao.report.figure import Measured
    from weibao.report.papers.in_brief import InBrief
    from weibao.report.papers.lights import LightRow, LitFigure
    from weibao.report.papers.period_report import PeriodReport

_LIGHTS: dict[Light, tuple[str, Mood]] = {
    Light.GOOD: (N_("good"), "good"),
    Light.WATCH: (N_("watch"), "warn"),
    Light.BAD: (N_("not reached"), "bad"),
    Light.NONE: (N_("n/a"), "muted"),
}
_TRENDS: dict[Trend, tuple[str, Mood]] = {
    Trend.BETTER: (N_("better"), "good"),
    Trend.WORSE: (N_("worse"), "warn"),
    Trend.SAME: (N_("as before"), ""),
}
_MEANING = N_(
    "Good: what the contract asks of the month was reached or, where it asks nothing, there was no miss. Watch: the contract asks nothing, and there was a miss. Not reached: short of what the contract asks. N/a: nothing to count."
)


_MAY_CHANGE = N_(
    "* may still change: a month that is not over, or what up to 30 days after it can undo."
)
_TREND = N_("Trend: the last month that has the figure, against the first.")


def _tell(commission: Commission, report: PeriodReport) -> Iterator[Block]:
    voice = commission.voice
    if standing := tuple(_standing_of_records(commission, report)):
        yield Facts("records", standing)
    yield Facts("in_brief", tuple(_lines(voice, in_brief(report, voice.book))))
    rows = lights(report)
    yield _grid(voice, report, rows)
    yield Prose(own(voice, _MEANING), "note")
    if any(_may_change(lit) for row in rows for lit in row.months):
        yield Prose(own(voice, _MAY_CHANGE), "note")
    if len(report.months) > 1:
        yield Prose(own(voice, _TREND), "note")
    if not report.remarks("summary"):
        yield from _decisions(voice, report)


def _standing_of_records(commission: Commission, report: PeriodReport) -> Iterator[Fact]:
    """What makes every line below less than it says: the records that are not in it, and an audit that is not sound."""
    voice, audit = commission.voice, commission.audit
    unread = not_counted(audit.whole, report)
    if unread.records:
        told = own(
            voice,
            N_("{number} cannot be read, and no figure counts them: {records}"),
            number=unread.number,
            records=voice.language.listing(unread.records),
        )
        cell = PaperCell(told, " ".join(unread.records), "bad")
        yield fact(voice, "not_counted", N_("Records not counted"), cell)
    if audit.unsound:
        yield audited(voice, audit)


def _lines(voice: Voice, brief: InBrief) -> Iterator[Fact]:
    def line(key: str, label: str, text: str, value: str | int | None, **facts: object) -> Fact:
        return fact(voice, key, label, PaperCell(own(voice, text, **facts), value))

    kept, flow = brief.kept, brief.flow
    yield line(
        "promises",
        N_("Promises"),
        N_("{judged} that fell due were judged: {kept} kept ({share}), {missed} missed.")
        if kept.of
        else N_("None that fell due was judged."),
        f"{kept.count}/{kept.of}",
        judged=kept.of,
        kept=kept.count,
        share=voice.share(kept.share),
        missed=kept.rest,
    )
    yield line(
        "tickets",
        N_("Tickets"),
        N_(
            "{reported} reported, {closed} closed, {open} open at the end. Faults of severity 1 or 2: {grave}; of these not restored: {down}."
        ),
        f"{flow.reported} {flow.closed} {flow.left_open} {brief.grave} {brief.down}",
        reported=flow.reported,
        closed=flow.closed,
        open=flow.left_open,
        grave=brief.grave,
        down=brief.down,
    )
    yield _availability(voice, brief)
    if brief.borne:
        yield line(
            "borne",
            N_("Redundancy"),
            N_(
                "Tickets that took equipment out of work and that a redundancy group bore, so that no service lost anything that counts: {number}."
            ),
            brief.borne,
            number=brief.borne,
        )
    rounds, items = brief.rounds.tally, brief.items.tally
    yield line(
        "plan",
        N_("Plan"),
        N_(
            "{due} rounds and other works of the plan fell due: {done} done wholly and in time. Items inspected of those planned: {items}. Works in a window of their own, apart from these: {windows}."
        )
        if rounds.of
        else N_(
            "Nothing of the plan fell due. Works in a window of their own, apart from it: {windows}."
        ),
        f"{rounds.count}/{rounds.of} {brief.windows}",
        due=rounds.of,
        done=rounds.count,
        items=voice.share(items.share),
        windows=brief.windows,
    )
    yield line(
        "spares",
        N_("Spares"),
        N_(
            "Movements: {moves}; stocks below their minimum at the end: {short}; pieces in stock whose origin is not fully proven: {unproven}."
        )
        if brief.spares
        else N_("None are kept under this contract."),
        f"{brief.moves} {brief.short} {brief.unproven}" if brief.spares else None,
        moves=brief.moves,
        short=brief.short,
        unproven=brief.unproven,
    )


def _availability(voice: Voice, brief: InBrief) -> Fact:
    least, agreed = brief.least, brief.agreed
    if least is None:
        told, value = own(voice, N_("The contract names no service that is covered.")), None
    else:
        share = voice.share(least.share_by_contract, TIME_DIGITS)
        whole = least.share_by_contract == 1
        message = (
            N_(
                "By the impact on record and the contract no service lost any time; targets reached: {reached} of {agreed}."
            )
            if whole and agreed.of
            else N_(
                "By the impact on record and the contract no service lost any time; no target is agreed."
            )
            if whole
            else N_(
                "By contract {reached} of {agreed} targets for a service in a month were reached; available least: {service}, {share}."
            )
            if agreed.of
            else N_("No target is agreed; available least by contract: {service}, {share}.")
        )
        told = own(
            voice,
            message,
            reached=agreed.count,
            agreed=agreed.of,
            service=voice.service(least.id),
            share=Told(share),
        )
        value = f"{agreed.count}/{agreed.of} {least.id}"
    return fact(voice, "availability", N_("Availability"), PaperCell(told, value))


def _grid(voice: Voice, report: PeriodReport, rows: tuple[LightRow, ...]) -> Table:
    months = months_shown(report)
    several = len(report.months) > 1
    return Table(
        "lights",
        own(voice, N_("Figures by month, and how they are held against what was agreed")),
        (
            column(voice, "figure", N_("Figure"), 3),
            *(TableColumn(month.name, said(Told(voice.month(month.name))), 2) for month in months),
            *((column(voice, "trend", N_("Trend")),) if several else ()),
        ),
        tuple(
            (
                _named(voice, row),
                *(_lit(voice, lit) for lit in row.months),
                *((_trend(voice, row.trend),) if several else ()),
            )
            for row in rows
        ),
        own(voice, N_("No figure has anything to count.")),
    )


def _named(voice: Voice, row: LightRow) -> PaperCell:
    title = voice.language.text(row.figure.title)
    if not row.group:
        return PaperCell(said(Told(title)), row.figure.name)
    group = voice.shown(group_told(row.figure, row.group, voice.book.records, voice.language))
    return PaperCell(said(Told(f"{title} · {group}")), f"{row.figure.name} {row.group}")


def _lit(voice: Voice, lit: LitFigure) -> PaperCell:
    word, mood = _LIGHTS[lit.light]
    told = voice.language.text(word)
    if lit.measured is None or lit.light is Light.NONE:
        return PaperCell(said(Told(told)), None, mood)
    value = f"{lit.light} {written_figure(lit.measured)}"
    mark = "*" if _may_change(lit) else ""
    return PaperCell(said(Told(f"{_short(voice, lit.measured)} {told}{mark}")), value, mood)


def _may_change(lit: LitFigure) -> bool:
    return lit.light is not Light.NONE and lit.measured is not None and lit.measured.provisional


def _short(voice: Voice, measured: Measured) -> str:
    """A figure by its number alone."""
    share = measured.tally.share
    if share is None:
        return value_told(measured, voice.language)
    match measured.figure.unit:
        case Unit.SHARE:
            return voice.share(share)
        case Unit.TIME:
            return voice.share(share, TIME_DIGITS)
        case Unit.MEAN:
            return voice.language.decimal(share)
        case _:
            return value_told(measured, voice.language)


def _trend(voice: Voice, trend: Trend | None) -> PaperCell:
    if trend is None:
        return PaperCell(said("—"), None, "muted")
    word, mood = _TRENDS[trend]
    return PaperCell(own(voice, word), trend.value, mood)


def _decisions(voice: Voice, report: PeriodReport) -> Iterator[Block]:
    items, more = to_decide(report)
    yield Heading(own(voice, N_("To be decided")))
    if not items:
        yield Prose(own(voice, N_("Nothing is past due or ends soon, as of this report.")))
        return
    yield Table(
        "to_decide",
        own(voice, N_("What is past due or ends soon, the gravest first")),
        (
            column(voice, "what", N_("What"), 4),
            column(voice, "record", N_("Record"), 2),
            column(voice, "due", N_("Due"), 2),
            column(voice, "state", N_("State"), 2),
        ),
        tuple(_decision(voice, item) for item in items),
        NOTHING,
    )
    if more:
        yield Prose(own(voice, N_("{number} more of this kind."), number=more), "note")


def _decision(voice: Voice, item: DueItem) -> tuple[PaperCell, ...]:
    book = voice.book
    what = due_told(item, book.records, voice.language, voice.person)
    return (
        PaperCell(said(voice.shown(what)), " ".join((item.kind.value, *item.subject))),
        record(voice, item.record) if item.record in book.paths else NONE,
        moment(voice, item.instant),
        _standing(voice, item),
    )


def _standing(voice: Voice, item: DueItem) -> PaperCell:
    """Whether it comes, is past, or was done in part."""
    if item.harm is Harm.COMING:
        return PaperCell(own(voice, N_("coming")), item.harm.value)
    if made_in_part(voice.book, item):
        return PaperCell(own(voice, N_("made in part")), "in_part", "warn")
    return PaperCell(own(voice, N_("past due")), item.harm.value, "bad")


PART = ReportPart(key="summary", title=N_("Summary"), place=10, tell=_tell)
