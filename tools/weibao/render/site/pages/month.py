"""The page of a month: its report as it was closed, and every promise that fell due in it as it is judged now."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.events import TARGETS
from weibao.model.instant import midnight
from weibao.render.edition import addresses
from weibao.render.edition.public import public_audit
from weibao.render.edition.voice import voice_of
from weibao.render.edition.withheld import Told
from weibao.render.papers.all_papers import KINDS, paper_of
from weibao.render.papers.cells import column, due, moment, outcome, own, record
from weibao.render.papers.commission import Commission
from weibao.render.papers.formats.html import fragment
from weibao.render.papers.frame import flat
from weibao.render.papers.paper import (
    Facts,
    Paper,
    PaperCell,
    PaperText,
    Prose,
    Section,
    Table,
    said,
)
from weibao.render.site.page import OneOfMany, RecordPage
from weibao.render.words.names import cause_called
from weibao.report.audit.audit import audit_of
from weibao.report.figures.causes import UNCODED
from weibao.report.months import standing_closes
from weibao.report.papers.period_report import named_periods, period_report
from weibao.report.papers.traffic import traffic
from weibao.sla.figures import by_gravity
from weibao.sla.verdict import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from weibao.model.handwritten import Audience
    from weibao.render.edition.voice import Voice
    from weibao.report.audit.audit import Audit
    from weibao.report.book import Book
    from weibao.report.papers.period_report import PeriodReport
    from weibao.report.papers.traffic import CountedTicket
    from weibao.sla.verdict import Verdict

    Promises = Mapping[tuple[int | None, str], Sequence[Verdict]]

_OUTCOMES = {
    Outcome.BREACHED: ("missed", N_("Promises missed in this month, as judged now")),
    Outcome.MET: ("kept", N_("Promises kept in this month, as judged now")),
}
"""By outcome the anchor of its table, and what that is called."""

_SHARE = re.compile(r"[\d.,]+\s?%")
"""How a cell begins that tells a share, whatever else it says."""

MONTHLY = next(kind for kind in KINDS if kind.name == "monthly")


def _each(voice: Voice, audit: Audit) -> Iterator[OneOfMany]:
    by_month: dict[str, dict[tuple[int | None, str], list[Verdict]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for verdict in voice.book.verdicts:
        by_month[verdict.month or ""][verdict.severity, verdict.target].append(verdict)
    closed = _closed(audit.whole, voice.audience)
    for month in sorted({*by_month, *closed}):
        here = addresses.month_page(month)
        promises = _promises(voice, by_month[month])
        paper = _paper(voice, month, closed, promises)

        places = _places(paper)

        def led(
            cell: PaperCell, here: str = here, month: str = month, places: frozenset[str] = places
        ) -> str:
            """Where the proof of a cell is: of a figure that names none, what the month was closed with."""
            if cell.way and (cell.way[0] != here or cell.way[1] in places or "=" in cell.way[1]):
                return voice.addresses.link(here, *cell.way)
            figure = cell.number or _SHARE.match(flat(cell.said))
            return "#identity" if figure and cell.value is not None and month in closed else ""

        facts = {
            "month": month,
            "closed": month in closed,
            "paper": fragment(paper, led),
            "counted": _counted(voice, *closed[month]) if month in closed else None,
        }
        yield OneOfMany(here, voice.month(month), facts)


@dataclass(frozen=True, slots=True)
class CountedOfMonth:
    """The tickets that a month counts, told as it was closed, and what there is to choose by: of each field the words."""

    then: Voice
    tickets: tuple[CountedTicket, ...]
    choices: Mapping[str, Mapping[str, str]]


def _counted(voice: Voice, report: PeriodReport, audit: Audit) -> CountedOfMonth:
    then = _then(voice, audit)
    tickets = traffic(report).tickets
    said = {by: {word for ticket in tickets for word in ticket.words[by]} for by in _COUNTED_BY}
    return CountedOfMonth(
        then,
        tickets,
        {
            by: {word: called(then, word) for word in sorted(said[by])}
            for by, called in _COUNTED_BY.items()
        },
    )


def _by_word(called: Callable[[Voice, str], str]) -> Callable[[Voice, str], str]:
    """How a word is called, and nothing where none is said."""
    return lambda voice, word: (
        voice.language.text(N_("not stated")) if word == UNCODED else called(voice, word)
    )


def _hour(voice: Voice, word: str) -> str:
    weekday, _, hour = word.partition("-")
    start = midnight(date(2024, 1, int(weekday)), voice.book.zone)
    return f"{voice.language.moment(start, voice.book.zone, pattern='EEEE')} {hour}:00–"


def _on_day(voice: Voice, word: str) -> str:
    did, _, day = word.partition("-")
    return f"{day} {voice.language.text(_FLOWS[did])}"


_FLOWS = {
    "reported": N_("reported"),
    "closed": N_("closed"),
    "cancelled": N_("cancelled"),
    "open": N_("open at the end"),
}

_COUNTED_BY: Mapping[str, Callable[[Voice, str], str]] = {
    "flow": lambda voice, word: voice.language.text(_FLOWS[word]),
    "kind": lambda voice, word: voice.language.term("ticket_kind", word),
    "severity": _by_word(lambda voice, word: voice.severity(int(word))),
    "channel": _by_word(lambda voice, word: voice.language.term("channel", word)),
    "site": _by_word(lambda voice, word: voice.site(word)),
    "service": _by_word(lambda voice, word: voice.service(word)),
    "asset": _by_word(lambda voice, word: voice.asset(word)),
    "cause": _by_word(lambda voice, word: cause_called(voice.book.records, word, voice.language)),
    "responsible": _by_word(lambda voice, word: voice.language.term("responsible", word)),
    "hour": _hour,
    "day": _on_day,
}
"""What the tickets that a month counts are chosen by, as the page calls the words of each."""


def _then(voice: Voice, audit: Audit) -> Voice:
    return voice_of(audit.book, voice.language, voice.addresses, voice.audience, numbered=False)


def _places(paper: Paper) -> frozenset[str]:
    """Where a link can lead to within the page."""
    return frozenset(
        place
        for section in paper.sections
        for place in (
            f"part-{section.key}",
            *(block.key for block in section.blocks if isinstance(block, Table)),
        )
    )


@lru_cache(maxsize=2)
def _closed(whole: Book, audience: Audience) -> Mapping[str, tuple[PeriodReport, Audit]]:
    """The report on each month that is closed, and the audit of its Book: the same for every language."""
    standing = standing_closes(whole)
    logs = whole.outside.logs if whole.outside else {}
    reports = (
        period_report(whole, named, logs)
        for named in named_periods(whole.records.contract)
        if named.kind == MONTHLY.name and named.name in standing
    )
    return {
        report.name: (report, public_audit(audit_of(report.book), audience, whole.records.contract))
        for report in reports
        if not report.provisional
    }


def _paper(
    voice: Voice,
    month: str,
    closed: Mapping[str, tuple[PeriodReport, Audit]],
    promises: Section,
) -> Paper:
    if month not in closed:
        return Paper(
            kind=MONTHLY.name,
            number="",
            title=said(voice.month(month)),
            languages=(voice.language.code,),
            marks=(),
            cover=Facts("cover", ()),
            sections=(promises,),
            commit=voice.book.commit,
            as_of=voice.rfc3339(voice.book.as_of),
        )
    report, audit = closed[month]
    then = _then(voice, audit)
    paper = paper_of(MONTHLY, [Commission(then, audit, month, report.version, report)])
    return replace(paper, sections=(*paper.sections, promises))


def _promises(voice: Voice, cells: Promises) -> Section:
    lead = own(
        voice,
        N_(
            "Every promise that fell due in the month, as it is judged now, and the way to its proof."
        ),
    )
    ordered = sorted(cells, key=lambda cell: (by_gravity(cell[0]), TARGETS.index(cell[1])))
    tables = (
        *(_by_outcome(voice, found, ordered, cells) for found in (Outcome.BREACHED, Outcome.MET)),
        *(_table(voice, cell, cells[cell]) for cell in ordered),
    )
    title = own(voice, N_("Promises as they are judged now"))
    return Section("promises-now", title, (Prose(lead, "lead"), *tables), annex=True)


def _by_outcome(
    voice: Voice, found: Outcome, ordered: Sequence[tuple[int | None, str]], cells: Promises
) -> Table:
    """Every promise of the month that came out so, whatever its severity and target."""
    verdicts = [verdict for cell in ordered for verdict in cells[cell] if verdict.outcome is found]
    key, caption = _OUTCOMES[found]
    return Table(
        key=key,
        caption=own(voice, caption),
        columns=(
            column(voice, "ticket", N_("Ticket")),
            column(voice, "promise", N_("Promise")),
            column(voice, "due", N_("Due")),
            column(voice, "reached", N_("Reached")),
            column(voice, "grade", N_("Grade")),
            column(voice, "proof", N_("Proof")),
        ),
        rows=tuple(_named_row(voice, verdict) for verdict in verdicts),
        empty=own(voice, N_("There is none.")),
    )


def _named_row(voice: Voice, verdict: Verdict) -> tuple[PaperCell, ...]:
    ticket, _, *others = _row(voice, verdict)
    called = f"{voice.severity(verdict.severity)} {voice.promise_called(verdict)}"
    return ticket, PaperCell(said(Told(called))), *others


def _table(voice: Voice, cell: tuple[int | None, str], verdicts: Sequence[Verdict]) -> Table:
    level, target = cell
    called = f"{voice.severity(level)} {voice.language.term('target', target)}"
    return Table(
        key=f"s{level or 0}-{target}",
        caption=PaperText((Told(called),)),
        columns=(
            column(voice, "ticket", N_("Ticket")),
            column(voice, "verdict", N_("Verdict")),
            column(voice, "due", N_("Due")),
            column(voice, "reached", N_("Reached")),
            column(voice, "grade", N_("Grade")),
            column(voice, "proof", N_("Proof")),
        ),
        rows=tuple(_row(voice, verdict) for verdict in verdicts),
        empty=said(""),
    )


def _row(voice: Voice, verdict: Verdict) -> tuple[PaperCell, ...]:
    letter = verdict.grade.value
    way = (voice.proof_of(verdict.ticket), f"{verdict.target}-{verdict.occurrence}")
    return (
        record(voice, verdict.ticket),
        outcome(voice, verdict),
        due(voice, verdict),
        moment(voice, verdict.stop, verdict.stop_precision),
        PaperCell(said(Told(letter)), letter),
        PaperCell(own(voice, N_("proof")), way=way),
    )


PAGES = RecordPage(template="month.html", each=_each, place=18, section="levels")
