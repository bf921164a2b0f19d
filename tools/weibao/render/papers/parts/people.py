"""People: the rota as it was run, who stood in, whose certificates end soon, who came and who went."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.render.edition.addresses import CONFIGURATION
from weibao.render.papers.cells import (
    column,
    day,
    length,
    moment,
    number,
    own,
    person,
    term,
    written,
)
from weibao.render.papers.figure_table import figure_table
from weibao.render.papers.paper import PaperCell, Table, said
from weibao.render.papers.report_part import ReportPart
from weibao.report.papers.duty_run import by_person, ending_certificates, staff_steps, turns_run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.render.edition.voice import Voice
    from weibao.render.papers.commission import Commission
    from weibao.render.papers.paper import Block
    from weibao.report.papers.duty_run import DutyTurn, StaffStep
    from weibao.report.papers.period_report import PeriodReport
    from weibao.report.staffing import HeldCertificate

STEPS = {
    "joined": N_("came"),
    "took_up": N_("took up the role"),
    "gave_up": N_("gave up the role"),
    "left": N_("went"),
}


_CHANGES = CONFIGURATION, "path=records/duty.yaml"
"""Where every change of the rota is, with its commit."""


def _tell(commission: Commission, report: PeriodReport) -> Iterator[Block]:
    voice = commission.voice
    turns = turns_run(report.book, report.period)
    yield figure_table(voice, report, "rota_coverage", N_("How the rotas were covered"), ["rota"])
    yield Table(
        "duty",
        own(voice, N_("Who had the duty")),
        (
            column(voice, "rota", N_("Rota"), 2),
            column(voice, "person", N_("Person"), 2),
            column(voice, "turns", N_("Turns")),
            column(voice, "seconds", N_("Altogether"), 2),
            column(voice, "stood_in", N_("Of these for somebody else")),
        ),
        tuple(
            (
                term(voice, "rota", duty.rota),
                person(voice, duty.person),
                number(voice, duty.turns),
                length(voice, duty.seconds),
                number(voice, duty.stood_in),
            )
            for duty in by_person(turns)
        ),
        own(voice, N_("Nobody had a duty.")),
    )
    if report.kind == "monthly":
        yield _turns(voice, turns)
    yield _stand_ins(voice, turns)
    yield Table(
        "certificates",
        own(voice, N_("Certificates that end within 60 days, or are over")),
        (
            column(voice, "person", N_("Person"), 2),
            column(voice, "vendor", N_("Vendor"), 2),
            column(voice, "certificate", N_("Certificate"), 3),
            column(voice, "until", N_("Valid until"), 2),
            column(voice, "left", N_("Days left")),
        ),
        tuple(_certificate(voice, *row) for row in ending_certificates(report.book)),
        own(voice, N_("No certificate ends within 60 days.")),
    )
    yield Table(
        "staff_changes",
        own(voice, N_("Who came and who went")),
        (
            column(voice, "day", N_("Day"), 2),
            column(voice, "person", N_("Person"), 2),
            column(voice, "role", N_("Role"), 2),
            column(voice, "step", N_("Change"), 2),
        ),
        tuple(_step(voice, step) for step in staff_steps(report.book, report.period)),
        own(voice, N_("Nobody came or went.")),
    )


def _turns(voice: Voice, turns: tuple[DutyTurn, ...]) -> Table:
    return Table(
        "turns",
        own(voice, N_("The rotas as they were run")),
        (
            column(voice, "rota", N_("Rota"), 2),
            column(voice, "from", N_("From"), 2),
            column(voice, "to", N_("To"), 2),
            column(voice, "person", N_("Person"), 2),
        ),
        tuple(
            (
                replace(term(voice, "rota", turn.rota), way=_CHANGES),
                moment(voice, turn.start),
                moment(voice, turn.end),
                person(voice, turn.person),
            )
            for turn in turns
        ),
        own(voice, N_("Nobody had a duty.")),
    )


def _stand_ins(voice: Voice, turns: tuple[DutyTurn, ...]) -> Table:
    """Who stood in for whom; why, is for the provider alone."""
    internal = voice.audience == "internal"
    reason = (column(voice, "reason", N_("Why"), 2),) if internal else ()
    return Table(
        "stand_ins",
        own(voice, N_("Who stood in for somebody else")),
        (
            column(voice, "rota", N_("Rota"), 2),
            column(voice, "from", N_("From"), 2),
            column(voice, "to", N_("To"), 2),
            column(voice, "person", N_("Stood in"), 2),
            column(voice, "instead_of", N_("In the place of"), 2),
            *reason,
        ),
        tuple(
            (
                term(voice, "rota", turn.rota),
                moment(voice, turn.start),
                moment(voice, turn.end),
                person(voice, turn.person),
                person(voice, turn.instead_of),
                *((written(voice, turn.reason),) if internal else ()),
            )
            for turn in turns
            if turn.instead_of
        ),
        own(voice, N_("Everybody had their own turns.")),
    )


def _certificate(voice: Voice, who: str, held: HeldCertificate) -> tuple[PaperCell, ...]:
    certificate = held.certificate
    return (
        person(voice, who),
        written(voice, certificate.vendor),
        written(voice, certificate.name),
        day(certificate.term.end),
        number(voice, held.left or 0),
    )


def _step(voice: Voice, step: StaffStep) -> tuple[PaperCell, ...]:
    told = voice.language.text(STEPS[step.step])
    return (
        day(step.day),
        person(voice, step.person),
        term(voice, "role", step.role),
        PaperCell(said(told), step.step),
    )


PART = ReportPart(key="people", title=N_("People and duty"), place=100, tell=_tell)
