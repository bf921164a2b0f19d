"""The acceptance application and form: what the provider asks to be accepted, in figures, and where the customer says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.render.papers.approval import provider_boxes
from weibao.render.papers.cells import column, fact, number, own, stated, term
from weibao.render.papers.commission import PaperKind
from weibao.render.papers.kinds.clause_table import clause_states
from weibao.render.papers.paper import (
    NOTHING,
    Blank,
    Facts,
    Prose,
    SignBox,
    SignOff,
    Table,
)
from weibao.render.papers.record_paper import made_from, record_paper, section
from weibao.report.papers.acceptance import term_told
from weibao.report.papers.open_items import open_items

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from weibao.render.edition.voice import Voice
    from weibao.render.papers.commission import Commission
    from weibao.render.papers.paper import Block, Paper, Section
    from weibao.report.papers.acceptance import TermTold

NAME = "acceptance-form"

NOT_OVER = N_("Provisional: the term is not over")

MEANING = N_(
    "The figures above are made from the records, and the papers of the package say how each was reached. Signing settles what is written in this form by hand, and nothing beyond it."
)

PART_TITLES = {
    "application": N_("Acceptance application and form"),
    "contract": N_("Contract and amendments"),
    "summary": N_("Service summary of the term"),
    "clauses": N_("Service plan clause by clause"),
    "reports": N_("Monthly and quarterly reports"),
    "inspections": N_("Inspection reports"),
    "incidents": N_("Incident reports"),
    "service_sheets": N_("Service sheets"),
    "spares": N_("Spare parts and certificates"),
    "staff": N_("People, certificates and rota"),
    "plans": N_("Emergency plans, drills and exchanges"),
    "satisfaction": N_("Customer satisfaction"),
    "credits": N_("Statements of service credits"),
    "open_items": N_("Open items and hand-over list"),
    "assets": N_("Equipment ledger"),
    "integrity": N_("Integrity of the records"),
}
"""What each part of the package is called."""


def _write(commission: Commission) -> Paper:
    voice = commission.voice
    told = term_told(commission.audit.whole)
    marks = () if told.over else (own(voice, NOT_OVER),)
    title = own(voice, N_("Acceptance application and form"))
    return record_paper(commission, NAME, title, _sections(commission, told), marks)


def _sections(commission: Commission, told: TermTold) -> Iterator[Section]:
    voice = commission.voice
    yield section(commission, "application", N_("Application"), _application(voice))
    yield section(commission, "term", N_("The term in figures"), _term(commission, told))
    yield section(commission, "package", N_("What the package holds"), (_parts(voice, told),))
    yield section(commission, "conclusion", N_("Conclusion of the acceptance"), _conclusion(voice))
    yield section(commission, "sign_off", N_("Sign-off"), (_sign_off(voice),))
    yield made_from(commission, NAME)


def _application(voice: Voice) -> Iterator[Block]:
    contract = voice.book.records.contract
    yield Prose(
        own(
            voice,
            N_(
                "The provider applies for acceptance of the service under the contract “{contract}”, from {start} to {end}. The papers of this package bear witness to it."
            ),
            contract=voice.language.pick(contract.names),
            start=contract.start.isoformat(),
            end=contract.end.isoformat(),
        )
    )


def _term(commission: Commission, told: TermTold) -> Iterator[Block]:
    voice, audit = commission.voice, commission.audit
    yield _counted(voice, "tickets", N_("Tickets by kind"), "ticket_kind", told.tickets)
    outcomes = {outcome.value: count for outcome, count in told.promises.items()}
    yield _counted(voice, "promises", N_("Promises by outcome"), "outcome", outcomes)
    still = open_items(audit.whole)
    yield Facts(
        "numbers",
        (
            fact(voice, "rounds", N_("Inspections planned"), number(voice, told.rounds)),
            fact(voice, "rounds_done", N_("Of these completed"), number(voice, told.rounds_done)),
            fact(voice, "open_tickets", N_("Open tickets"), number(voice, len(still.tickets))),
            fact(
                voice,
                "open_actions",
                N_("Open corrective actions"),
                number(voice, len(still.actions)),
            ),
        ),
    )
    yield clause_states(voice, audit)


def _counted(voice: Voice, key: str, caption: str, kind: str, counts: Mapping[str, int]) -> Table:
    return Table(
        key,
        own(voice, caption),
        (column(voice, "what", N_("What"), 4), column(voice, "count", N_("Count"))),
        tuple(
            (term(voice, kind, word), number(voice, count))
            for word, count in sorted(counts.items())
        ),
        own(voice, N_("There is nothing to count.")),
    )


def _parts(voice: Voice, told: TermTold) -> Table:
    return Table(
        "parts",
        own(voice, N_("What the package holds")),
        (
            column(voice, "number", N_("Number")),
            column(voice, "part", N_("Part of the package"), 5),
            column(voice, "papers", N_("Papers made from the records"), 2),
        ),
        tuple(
            (
                number(voice, place),
                stated(voice, PART_TITLES[part], part),
                number(voice, count),
            )
            for place, (part, count) in enumerate(told.papers.items(), 1)
        ),
        NOTHING,
    )


def _conclusion(voice: Voice) -> Iterator[Block]:
    yield Blank(own(voice, N_("What was examined, and by whom")), 3)
    yield Blank(own(voice, N_("Reservations, and by when each is to be met")), 4)
    yield Blank(own(voice, N_("Conclusion")), 3)


def _sign_off(voice: Voice) -> SignOff:
    name, position, date = (
        Blank(own(voice, label)) for label in (N_("Name (signature)"), N_("Position"), N_("Date"))
    )
    accepted = SignBox(
        title=own(voice, N_("The customer")),
        choices=(
            own(voice, N_("Accepted")),
            own(voice, N_("Accepted with reservations")),
            own(voice, N_("Not accepted")),
        ),
        blanks=(name, position, date),
        seal=own(voice, N_("Seal")),
    )
    applied = SignBox(
        title=own(voice, N_("The provider")),
        choices=(),
        blanks=(name, position, date),
        seal=own(voice, N_("Seal")),
    )
    return SignOff(own(voice, MEANING), (*provider_boxes(voice), applied, accepted))


KIND = PaperKind(
    name=NAME,
    title=N_("Acceptance application and form"),
    explained=N_(
        "At the end of a contract: the term in figures, what the acceptance package holds, and where the customer accepts, with or without reservations."
    ),
    subject="",
    place=75,
    write=_write,
)
