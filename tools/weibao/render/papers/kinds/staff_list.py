"""The provider's people: roles and certificates, and the rotas by which they are on duty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.render.edition.withheld import Told
from weibao.render.papers.cells import (
    column,
    day,
    length,
    moment,
    own,
    person,
    persons,
    term,
    verbatim,
    written,
)
from weibao.render.papers.commission import PaperKind
from weibao.render.papers.paper import PaperCell, Table, said
from weibao.render.papers.record_paper import OF_A_LIST, endorsed, record_paper, section

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from weibao.model.duty import Duty
    from weibao.model.staff import Person
    from weibao.render.edition.voice import Voice
    from weibao.render.papers.commission import Commission
    from weibao.render.papers.paper import Paper, Section

NAME = "staff-list"


def _write(commission: Commission) -> Paper:
    title = own(commission.voice, N_("People, certificates and rota"))
    return record_paper(commission, NAME, title, _sections(commission))


def _sections(commission: Commission) -> Iterator[Section]:
    voice = commission.voice
    records = commission.audit.whole.records
    people = records.staff.people.values()
    yield section(commission, "roles", N_("People and their roles"), (_roles(voice, people),))
    caption = N_("Certificates of makers")
    yield section(commission, "certificates", caption, (_certificates(voice, people),))
    yield section(commission, "rota", N_("Duty rota"), (_rotas(voice, records.duty),))
    yield from endorsed(commission, NAME, OF_A_LIST)


def _roles(voice: Voice, people: Iterable[Person]) -> Table:
    return Table(
        "roles",
        own(voice, N_("People and their roles")),
        (
            column(voice, "person", N_("Person"), 3),
            column(voice, "role", N_("Role"), 3),
            column(voice, "from", N_("From"), 2),
            column(voice, "to", N_("To"), 2),
            column(voice, "sites", N_("Sites"), 3),
        ),
        tuple(
            (
                person(voice, somebody.id),
                term(voice, "role", role.what),
                day(role.start),
                day(role.end),
                _sites(voice, somebody.sites),
            )
            for somebody in people
            for role in somebody.roles
        ),
        own(voice, N_("Nobody is listed.")),
    )


def _sites(voice: Voice, sites: tuple[str, ...]) -> PaperCell:
    told = voice.language.listing(map(voice.site, sites)) if sites else "—"
    return PaperCell(said(voice.shown(told)), " ".join(sites) or None)


def _certificates(voice: Voice, people: Iterable[Person]) -> Table:
    """The number of a certificate says whose it is: where people are not named it stays with the provider."""
    named = voice.people.named
    return Table(
        "certificates",
        own(voice, N_("Certificates of makers")),
        (
            column(voice, "person", N_("Person"), 3),
            column(voice, "vendor", N_("Vendor"), 2),
            column(voice, "certificate", N_("Certificate"), 3),
            *((column(voice, "number", N_("Number"), 3),) if named else ()),
            column(voice, "from", N_("Valid from"), 2),
            column(voice, "until", N_("Valid until"), 2),
        ),
        tuple(
            (
                person(voice, somebody.id),
                written(voice, held.vendor),
                written(voice, held.name),
                *((verbatim(held.number),) if named else ()),
                day(held.term.start),
                day(held.term.end),
            )
            for somebody in people
            for held in somebody.certificates
        ),
        own(voice, N_("No certificate is listed.")),
    )


def _rotas(voice: Voice, duty: Duty) -> Table:
    return Table(
        "rotas",
        own(voice, N_("Duty rota")),
        (
            column(voice, "rota", N_("Rota"), 2),
            column(voice, "start", N_("From"), 3),
            column(voice, "shift", N_("Each turn"), 2),
            column(voice, "order", N_("In this order"), 6),
        ),
        tuple(
            (
                PaperCell(said(Told(voice.language.term("rota", rota.id))), rota.id),
                moment(voice, rota.start),
                length(voice, rota.shift),
                persons(voice, rota.order),
            )
            for rota in duty.rotas.values()
        ),
        own(voice, N_("There is no rota.")),
    )


KIND = PaperKind(
    name=NAME,
    title=N_("People, certificates and rota"),
    explained=N_(
        "The provider's people with their roles and their makers' certificates, and the rotas by which they are on duty."
    ),
    subject="",
    place=73,
    write=_write,
)
