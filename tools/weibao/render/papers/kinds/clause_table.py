"""The service plan clause by clause: how each row stands, since when, by what evidence, and what speaks against it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.render.edition.withheld import Told
from weibao.render.papers.cells import (
    NONE,
    column,
    fact,
    joined,
    moment,
    number,
    own,
    stated,
    term,
    verbatim,
)
from weibao.render.papers.commission import PaperKind
from weibao.render.papers.paper import Facts, PaperCell, Table, said
from weibao.render.papers.record_paper import endorsed, record_paper, section
from weibao.report.clauses.clause import RowState

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from weibao.render.edition.voice import Voice
    from weibao.render.papers.commission import Commission
    from weibao.render.papers.paper import Mood, Paper, Section
    from weibao.report.audit.audit import Audit
    from weibao.report.clauses.table import ClauseState

NAME = "clause-table"

NAMED = 3
"""How many records and findings of a row are named; the others are counted, and on the page of the table."""

_MOODS: dict[RowState, Mood] = {
    RowState.HOLDS: "good",
    RowState.IMPORTED: "warn",
    RowState.FAILS: "bad",
    RowState.MENDED: "warn",
    RowState.NO_EVIDENCE: "warn",
}


def _write(commission: Commission) -> Paper:
    title = own(commission.voice, N_("The service plan, clause by clause"))
    return record_paper(commission, NAME, title, _sections(commission), long=True)


def _sections(commission: Commission) -> Iterator[Section]:
    voice, audit = commission.voice, commission.audit
    blocks = (clause_states(voice, audit), _rows(voice, audit.clauses))
    yield section(commission, "rows", N_("How the clauses stand"), blocks)
    yield from endorsed(commission, NAME)


def clause_states(voice: Voice, audit: Audit) -> Facts:
    """How many rows stand how."""
    return Facts(
        "clause_states",
        tuple(
            fact(voice, state.value, LABELS[state], number(voice, count))
            for state, count in audit.clauses_by_state.items()
        ),
    )


LABELS = {
    RowState.HOLDS: N_("Rows that hold"),
    RowState.IMPORTED: N_("Rows with evidence out of an old register alone"),
    RowState.FAILS: N_("Rows that fail"),
    RowState.MENDED: N_("Rows that failed for a time and were mended"),
    RowState.NO_EVIDENCE: N_("Rows without evidence"),
}
"""What is said of how many rows stand so."""


def _rows(voice: Voice, clauses: Sequence[ClauseState]) -> Table:
    return Table(
        "rows",
        own(voice, N_("Row by row")),
        (
            column(voice, "row", N_("Row")),
            column(voice, "clause", N_("Clause"), 2),
            column(voice, "asks", N_("What is asked"), 10),
            column(voice, "state", N_("State"), 2),
            column(voice, "since", N_("Failed since"), 2),
            column(voice, "until", N_("Mended at"), 2),
            column(voice, "records", N_("Evidence")),
            column(voice, "named", N_("For instance"), 5),
            column(voice, "against", N_("Findings")),
            column(voice, "findings", N_("What speaks against it"), 12),
        ),
        tuple(_row(voice, clause) for clause in clauses),
        own(voice, N_("The plan has no clause.")),
    )


def _row(voice: Voice, state: ClauseState) -> tuple[PaperCell, ...]:
    clause = state.clause
    against = (*state.findings, *(lapse.finding for lapse in state.lapses))
    codes = " ".join(dict.fromkeys(finding.code for finding in against))
    told = [
        Told(f"{finding.code} {voice.shown(voice.finding(finding).message)}")
        for finding in against[:NAMED]
    ]
    return (
        number(voice, clause.row),
        verbatim(clause.number),
        stated(voice, clause.asks, clause.row),
        term(voice, "clause_state", state.state.value, _MOODS[state.state]),
        moment(voice, state.since),
        moment(voice, state.until),
        number(voice, len(state.records)),
        _named(voice, state.records[:NAMED]),
        number(voice, state.against),
        PaperCell(said(Told(joined(voice, told))), codes) if told else NONE,
    )


def _named(voice: Voice, names: Sequence[str]) -> PaperCell:
    if not names:
        return NONE
    return PaperCell(said(Told(voice.language.listing(names))), " ".join(names))


KIND = PaperKind(
    name=NAME,
    title=N_("The service plan, clause by clause"),
    explained=N_(
        "Each of the 40 rows that the plan asks: how it stands, since when, by what evidence, and what speaks against it."
    ),
    subject="",
    place=71,
    write=_write,
)
