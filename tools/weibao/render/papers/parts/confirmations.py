"""Confirmations: in whose hand the customer's word is, how content they are, and every low score with its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.render.papers.cells import column, moment, number, own, person, record, term, written
from weibao.render.papers.figure_table import figure_table
from weibao.render.papers.paper import PaperCell, Table, said
from weibao.render.papers.report_part import ReportPart
from weibao.report.audit.confirmations import confirmations_of
from weibao.report.figures.satisfaction import DISCONTENT
from weibao.report.papers.told_entries import low_scores

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.render.edition.voice import Voice
    from weibao.render.papers.commission import Commission
    from weibao.render.papers.paper import Block
    from weibao.report.audit.behind import EntryBehind
    from weibao.report.audit.confirmations import Hands
    from weibao.report.papers.period_report import PeriodReport

FIGURES = ("confirmed", "first_hand", "scored", "satisfaction", "satisfied", "discontented")


def _tell(commission: Commission, report: PeriodReport) -> Iterator[Block]:
    voice = commission.voice
    yield figure_table(
        voice,
        report,
        "confirmation_figures",
        N_("Confirmation and satisfaction"),
        FIGURES,
        {"satisfaction"},
    )
    told = confirmations_of(report.book, report.period)
    rows = [
        (_everybody(voice), told.confirmed, told.countersigned),
        *(
            (person(voice, contact.contact), contact.confirmed, contact.countersigned)
            for contact in told.by_contact
        ),
    ]
    yield Table(
        "confirmation_hands",
        own(voice, N_("In whose hand the customer's word is")),
        (
            column(voice, "contact", N_("Contact"), 2),
            *(column(voice, key, head) for key, head in _HEADS.items()),
        ),
        tuple(
            (who, *_hands(voice, confirmed), *_hands(voice, countersigned))
            for who, confirmed, countersigned in rows
        ),
        own(voice, N_("Nothing was confirmed.")),
    )
    yield Table(
        "low_scores",
        own(voice, N_("Every score of 3 or less, with the customer's words")),
        (
            column(voice, "score", N_("Score")),
            column(voice, "ticket", N_("Ticket"), 3),
            column(voice, "contact", N_("Contact"), 2),
            column(voice, "at", N_("Time"), 2),
            column(voice, "hand", N_("Whose word"), 2),
            column(voice, "words", N_("In words"), 5),
        ),
        tuple(_score(voice, behind) for behind in low_scores(voice.book, report.period)),
        own(voice, N_("There is no score of 3 or less.")),
    )


_HEADS = {
    "confirmed_signed": N_("Confirmed: signed"),
    "confirmed_named": N_("Confirmed: from the customer's address"),
    "confirmed_reported": N_("Confirmed: reported"),
    "confirmed_imported": N_("Confirmed: imported"),
    "countersigned_signed": N_("Countersigned: signed"),
    "countersigned_named": N_("Countersigned: from the customer's address"),
    "countersigned_reported": N_("Countersigned: reported"),
    "countersigned_imported": N_("Countersigned: imported"),
}


def _everybody(voice: Voice) -> PaperCell:
    return PaperCell(own(voice, N_("All")), "")


def _hands(voice: Voice, hands: Hands) -> tuple[PaperCell, ...]:
    numbers = hands.signed, hands.named, hands.reported, hands.imported
    return tuple(number(voice, counted) for counted in numbers)


def _score(voice: Voice, behind: EntryBehind) -> tuple[PaperCell, ...]:
    proven = behind.proven
    data = proven.entry.data
    score = int(data["satisfaction"])
    return (
        PaperCell(said(str(score)), score, "bad" if score <= DISCONTENT else "warn", number=True),
        record(voice, behind.record),
        person(voice, str(data["contact"])),
        moment(voice, proven.effective, proven.precision),
        term(voice, "hand", proven.hand.value if proven.hand else ""),
        written(voice, str(data.get("comment") or proven.entry.note)),
    )


PART = ReportPart(
    key="confirmations", title=N_("Confirmations and satisfaction"), place=120, tell=_tell
)
