"""The clauses page: what the service plan asks, row by row, with the evidence found for each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.render.site import addresses
from weibao.render.site.page import SitePage, typeset
from weibao.render.site.pages.audit import PARTS
from weibao.render.site.public import public_finding, public_log
from weibao.render.words.findings import Told, tell
from weibao.report.clauses.clause import SHOWN, RowState

if TYPE_CHECKING:
    from collections.abc import Iterable

    from weibao.render.site.voice import Voice
    from weibao.report.clauses.clause import Clause, ClauseState

PRESSING = (RowState.FAILS, RowState.NO_EVIDENCE, RowState.NOT_EXAMINED, RowState.HOLDS)
"""The states in the order in which an auditor looks at them."""

LOOKS = {
    RowState.HOLDS: ("met", "check-circle"),
    RowState.FAILS: ("breached", "alert-octagon"),
    RowState.NO_EVIDENCE: ("undetermined", "help-circle-outline"),
    RowState.NOT_EXAMINED: ("waived", "minus-circle-outline"),
}
"""The colour and the icon of each state; its words always stand beside them."""

TITLES = {
    addresses.STATUS: N_("Status"),
    addresses.TICKETS: N_("Tickets"),
    addresses.LEVELS: N_("Service levels"),
    addresses.INSPECTIONS: N_("Inspections"),
    addresses.SPARES: N_("Spares"),
    addresses.AUDIT: N_("Audit"),
    addresses.CONTRACT: N_("Contract"),
}
"""What the pages are called that a row may be seen on."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it is shown: the first records and findings, and how many more there are."""

    clause: Clause
    state: RowState
    evidence: int
    records: tuple[str, ...]
    findings: int
    told: tuple[Told, ...]


def clauses_page(voice: Voice, states: Iterable[ClauseState]) -> SitePage:
    """The table of all rows, with how many hold, fail, lack evidence or are not examined."""
    states = tuple(states)
    hidden = _hidden_lines(voice)
    html = typeset(
        "clauses.html",
        addresses.CLAUSES,
        voice,
        parts=PARTS,
        rows=[_row(one, voice, hidden) for one in states],
        tally={word: sum(one.state is word for one in states) for word in RowState},
        looks=LOOKS,
        pressing=PRESSING,
        titles=TITLES,
        shown=SHOWN,
    )
    title = voice.language.text(N_("The service plan, clause by clause"))
    return SitePage(addresses.CLAUSES, addresses.AUDIT, title, html)


def _row(state: ClauseState, voice: Voice, hidden: frozenset[str]) -> Row:
    records = tuple(one for one in state.records if one not in hidden)
    told = (
        tell(public_finding(one, voice.book, voice.people), voice.language)
        for one in state.findings[:SHOWN]
    )
    return Row(
        clause=state.clause,
        state=state.state,
        evidence=len(records),
        records=records[:SHOWN],
        findings=len(state.findings),
        told=tuple(told),
    )


def _hidden_lines(voice: Voice) -> frozenset[str]:
    """Path and line of the entries of spares and actions that the customer does not read."""
    records = voice.book.records
    logs = (("records/spares.yaml", records.spares.log), ("records/actions.yaml", records.actions))
    return frozenset(
        f"{path}:{line}"
        for path, log in logs
        for line in {one.line for one in log} - {one.line for one in public_log(log)}
    )
