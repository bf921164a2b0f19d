"""The clauses page: what the service plan asks, row by row, with the evidence found for each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from weibao.language import N_
from weibao.render.edition import addresses
from weibao.render.site.page import FixedPage
from weibao.report.clauses.clause import SHOWN, RowState
from weibao.report.clauses.traces import ACTIONS, SPARES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from weibao.model.finding import Lapse
    from weibao.model.instant import Instant
    from weibao.render.edition.voice import Voice
    from weibao.render.words.findings import FindingText
    from weibao.report.audit.audit import Audit
    from weibao.report.clauses.clause import Clause, ClauseState

PRESSING = (
    RowState.FAILS,
    RowState.MENDED,
    RowState.NO_EVIDENCE,
    RowState.IMPORTED,
    RowState.HOLDS,
)
"""The states in the order in which an auditor looks at them."""

LOOKS = {
    RowState.HOLDS: ("met", "check-circle"),
    RowState.IMPORTED: ("waived", "archive-outline"),
    RowState.FAILS: ("breached", "alert-octagon"),
    RowState.MENDED: ("at_risk", "history"),
    RowState.NO_EVIDENCE: ("undetermined", "help-circle-outline"),
}
"""The colour and the icon of each state; its words always stand beside them."""


@dataclass(frozen=True, slots=True)
class Witness:
    """What bears witness to a row, and where it is shown; "" where no page does."""

    name: str
    address: str = ""
    anchor: str = ""
    written_by_hand: bool = False


@dataclass(frozen=True, slots=True)
class ClauseRow:
    """A row as it is shown: where the commits of its files are, the rules, records and findings."""

    clause: Clause
    proofs: tuple[tuple[str, str], ...]
    state: RowState
    since: Instant | None
    until: Instant | None
    codes: Sequence[str]
    evidence: int
    records: Sequence[Witness]
    findings: int
    told: tuple[FindingText, ...]
    lapses: tuple[tuple[Lapse, FindingText], ...]

    @property
    def page(self) -> str:
        """The page on which the data is seen; "" where none shows it."""
        return self.clause.page.partition("#")[0]

    @property
    def anchor(self) -> str:
        """Where on that page, if there is any of the data."""
        return self.clause.page.partition("#")[2] if self.evidence else ""

    @property
    def files(self) -> tuple[str, ...]:
        """The files that hold the data, where they are single ones; a folder where no page shows it."""
        files = self.clause.files
        return tuple(path for path in files if path.endswith(".yaml") or path.startswith("docs/"))


def _facts(voice: Voice, audit: Audit) -> dict[str, Any]:
    """All rows, and how many hold, fail, or lack evidence."""
    return {
        "rows": [_row(clause, voice) for clause in audit.clauses],
        "by_state": audit.clauses_by_state,
        "looks": LOOKS,
        "pressing": PRESSING,
        "SHOWN": SHOWN,
    }


def _row(state: ClauseState, voice: Voice) -> ClauseRow:
    return ClauseRow(
        clause=state.clause,
        proofs=tuple(_proof(path, voice) for path in state.clause.files if path.endswith(".yaml")),
        state=state.state,
        since=state.since,
        until=state.until,
        codes=state.clause.codes,
        evidence=len(state.records),
        records=tuple(_witness(name, state.clause, voice) for name in state.records),
        findings=state.against,
        told=tuple(map(voice.finding, state.findings)),
        lapses=tuple((lapse, voice.finding(lapse.finding)) for lapse in state.lapses),
    )


def _proof(path: str, voice: Voice) -> tuple[str, str]:
    """The page with the commits of a file: of its log, or of the changes of the configuration."""
    ledger = path.removeprefix("records/").removesuffix(".yaml")
    if ledger in voice.book.records.ledgers:
        return voice.proof_of(ledger), ""
    return addresses.CONFIGURATION, f"path={path}"


def _witness(name: str, clause: Clause, voice: Voice) -> Witness:
    records = voice.book.records
    if name in records.tickets:
        return Witness(name, addresses.ticket_page(name))
    if name in records.inspections:
        return Witness(name, addresses.inspection_page(name))
    if name in records.shifts:
        return Witness(name, addresses.shift_page(name))
    path, _, line = name.partition(":")
    if path.startswith(_BY_HAND):
        page = path.removeprefix(_BY_HAND).removesuffix(".md")
        return Witness(name, page, written_by_hand=True)
    logs = {SPARES: records.spares.log, ACTIONS: records.actions}
    for entry in logs.get(path, ()) if line else ():
        if entry.line == int(line):
            shown = (
                ("spares", f"part-{entry.data['part']}")
                if path == SPARES
                else (addresses.REVIEWS, f"action-{entry.data['action']}")
            )
            return Witness(name, *shown)
    address, _, anchor = clause.page.partition("#")
    return Witness(name, address, anchor)


_BY_HAND = "docs/"


PAGE = FixedPage(
    address="audit-clauses",
    title=N_("The service plan, clause by clause"),
    template="clauses.html",
    facts=_facts,
    place=120,
    section=addresses.AUDIT,
    part=3,
)
