"""Rows 12 to 22: people, depots and spares (clauses 1.1.4 to 1.3.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.operations.intake import has_role
from weibao.operations.qualification import (
    certified,
    engineers,
    experienced,
    headcount,
    maker,
    own_equipment,
)
from weibao.operations.resource_plan import approval_of
from weibao.operations.stock import PROVENANCE
from weibao.report.clauses.clause import Clause, of_setting
from weibao.report.clauses.traces import (
    CONTRACT,
    REVIEWS,
    SPARES,
    STAFF,
    TICKETS,
    kept,
    lines,
    tickets_with,
    whatever,
)
from weibao.rules.book.people import certified_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from weibao.model.entry import Entry
    from weibao.model.finding import Finding
    from weibao.model.ticket import Ticket
    from weibao.report.clauses.traces import Trail


def _seen_depots(trail: Trail) -> Iterator[str]:
    yield from lines(trail, "spares", SPARES, "counted", whatever)
    yield from lines(
        trail, "reviews", REVIEWS, "visited", lambda visit: visit.data["access"] == "granted"
    )


_REPAIRS = frozenset({"part_replaced", "restored", "resolved"})


def of_target(*targets: str) -> Callable[[Finding, Trail], bool]:
    """A row that means the promises of these targets, and all findings of other families."""

    def means(finding: Finding, _trail: Trail) -> bool:
        return finding.code[0] != "S" or finding.facts.get("target") in targets

    return means


def _plan(trail: Trail) -> Iterator[str]:
    approval = approval_of(trail.book.records.contract)
    if approval.given and approval.given <= trail.day:
        yield CONTRACT


def _certified(trail: Trail) -> Iterator[str]:
    """Faults mended by somebody with the maker's certificate of that day."""
    records = trail.book.records

    def holds(ticket: Ticket, entry: Entry) -> bool:
        makers = {
            maker(records.assets[asset], records.contract)
            for asset in ticket.assets
            if asset in records.assets
        }
        return ticket.kind == "fault" and any(
            vendor and certified_at(entry.by, entry.at, vendor, trail.book) for vendor in makers
        )

    return tickets_with(trail, _REPAIRS, holds)


def _experienced(trail: Trail) -> Iterator[str]:
    contract, day = trail.book.records.contract, trail.day
    years = contract.data.get("experience", {}).get("minimum", 0)
    kinds = {asset.kind for asset in own_equipment(trail.book.records.assets, contract, day)}
    people = engineers(trail.book.records.staff, day)
    if years and any(experienced(person, kind, years, day) for person in people for kind in kinds):
        yield STAFF


def _headcount(trail: Trail) -> Iterator[str]:
    cells = headcount(trail.book.records.contract, trail.book.records.staff, trail.day)
    if any(cell.people and cell.covered for cell in cells):
        yield STAFF


def _reserves(trail: Trail) -> Iterator[str]:
    day = trail.day
    equipment = own_equipment(trail.book.records.assets, trail.book.records.contract, day)
    makers = {asset.vendor for asset in equipment}
    for person in engineers(trail.book.records.staff, day):
        if "reserve" in person.roles_on(day) and any(certified(person, v, day) for v in makers):
            yield STAFF
    staff, zone = trail.book.records.staff, trail.book.zone
    yield from tickets_with(
        trail,
        {"called_up"},
        lambda _ticket, entry: has_role(staff, entry.data["whom"], "reserve", entry.at, zone),
    )


def _depots(trail: Trail) -> Iterator[str]:
    """The spares, where a depot with an address and a keeper at work has taken parts in."""
    people, day = trail.book.records.staff.people, trail.day
    reachable = {
        depot.id
        for depot in trail.book.records.spares.depots.values()
        if depot.address and depot.keeper in people and people[depot.keeper].roles_on(day)
    }
    if any(level.depot in reachable and level.usable for level in trail.book.stock.levels):
        yield SPARES


def _spares(trail: Trail) -> Iterator[str]:
    if trail.book.stock.pieces:
        yield SPARES


def _proven_parts(trail: Trail) -> Iterator[str]:
    def holds(_ticket: Ticket, entry: Entry) -> bool:
        piece = trail.book.stock.pieces.get((entry.data["part"], entry.data["installed_serial"]))
        return piece is not None and piece.verified

    return tickets_with(trail, {"part_replaced"}, holds)


def _proven_origins(trail: Trail) -> Iterator[str]:
    def proven(entry: Entry) -> bool:
        return all(entry.data.get(key) for key in PROVENANCE)

    return lines(trail, "spares", SPARES, "received", proven)


def _of_a_depot(finding: Finding, trail: Trail) -> bool:
    return of_target("part")(finding, trail) and of_setting("depots")(finding, trail)


def _of_an_origin(finding: Finding, trail: Trail) -> bool:
    """Findings on the spares, and on the stored document of a receipt."""
    documents = {entry.data.get("document_sha256") for entry in trail.book.records.spares.log}
    return finding.place.path == SPARES or finding.facts.get("sha256") in documents


ROWS = (
    Clause(
        row=12,
        number="1.1.4",
        asks=N_("A plan of resources, agreed with the customer after the start."),
        data=N_("The contract's resource plan: version, who approved it, and when."),
        check=N_(
            "It was not approved in time, was taken out, or its version or text became another under an old approval."
        ),
        page="contract#resource-plan",
        files=(CONTRACT,),
        evidence=_plan,
        codes=("O213", "O272", "O273", "O296", "O298"),
        means=of_setting("resource_plan"),
    ),
    Clause(
        row=13,
        number="1.2.1.1",
        asks=N_("Engineers are certified by the maker of the equipment."),
        data=N_("Certificates in staff.yaml: maker, name, from when to when."),
        check=N_("A fault handled by nobody with the maker's certificate of that day."),
        page="people#matrix",
        files=(TICKETS, STAFF),
        evidence=_certified,
        codes=("O203",),
    ),
    Clause(
        row=14,
        number="1.2.1.1",
        asks=N_("Engineers have years of experience on the customer's kinds of equipment."),
        data=N_("Experience in staff.yaml: kind of equipment, since when."),
        check=N_(
            "On a day of the term, a kind of equipment on which nobody had the years that the contract now asks; anybody who worked on one without them; fewer years asked without the customer's agreement."
        ),
        page="people#experience",
        files=(STAFF, TICKETS),
        evidence=_experienced,
        codes=("O204", "O272", "O281"),
        means=of_setting("experience"),
    ),
    Clause(
        row=15,
        number="1.2.1.1",
        asks=N_("There are enough people for the kinds, numbers and places."),
        data=N_("The contract's headcount by site and maker; sites and certificates of the staff."),
        check=N_(
            "On a day of the term, a site with fewer certified people than are asked now; fewer asked without the customer's agreement."
        ),
        page="people#coverage",
        files=(STAFF,),
        evidence=_headcount,
        codes=("O205", "O272"),
        means=of_setting("headcount"),
    ),
    Clause(
        row=16,
        number="1.2.1.1",
        asks=N_("Certified reserves can be called at any time."),
        data=N_("Staff with the role of reserve, their certificates, and `called_up` entries."),
        check=N_(
            "On a day of the term, a maker for whom there was no certified reserve; a reserve who was called up and did not come."
        ),
        page="people#reserves",
        files=(STAFF, TICKETS),
        evidence=_reserves,
        codes=("O206", "O272", "O283"),
        means=of_setting("duties.reserve_within"),
    ),
    Clause(
        row=17,
        number="1.3.1",
        asks=N_("There is a local service department with a spares depot."),
        data=N_("Depots in spares.yaml: address, keeper, hours, distances, time of delivery."),
        check=N_(
            "On a day of the term, a site that no depot served as is asked now, a depot without keeper; one without address as the list stands; a part that came too late; less asked without the customer's agreement."
        ),
        page="spares#depots",
        files=(SPARES,),
        evidence=_depots,
        codes=("O214", "O272", "O295", "S101"),
        means=_of_a_depot,
    ),
    Clause(
        row=18,
        number="1.3.2",
        asks=N_("A list says which spares there are, where, and what for."),
        data=N_("The catalogue and the stock in spares.yaml."),
        check=N_(
            "Stock that was below its minimum for a while, a model that no part fits: minimums and parts as the list stands; a minimum lowered without the customer's agreement; a serial number in two places; a faulty part whose warranty runs out."
        ),
        page="spares#stock",
        files=(SPARES,),
        evidence=_spares,
        codes=("O101", "O108", "O215", "O272", "X309"),
        means=of_setting("minimum"),
    ),
    Clause(
        row=19,
        number="1.3.2",
        asks=N_("The depot can be inspected at any time."),
        data=N_("Entries `counted`, with a witness, and `visited`."),
        check=N_(
            "A count that differs from the book; a count that is overdue or came late; a customer who was not let in."
        ),
        page="spares#counts",
        files=(SPARES, REVIEWS),
        evidence=_seen_depots,
        codes=("O102", "O105", "O293"),
    ),
    Clause(
        row=20,
        number="1.3.3",
        asks=N_("Only the maker's own parts are used."),
        data=N_(
            "Entries `received` and `oem_verified` with who verified them, and `part_replaced`."
        ),
        check=N_(
            "An unproven part issued; a part installed that no depot issued, or that does not fit."
        ),
        page="spares#pieces",
        files=(TICKETS, SPARES),
        evidence=_proven_parts,
        codes=("X302", "O232", "O240"),
    ),
    Clause(
        row=21,
        number="1.3.3",
        asks=N_("On damage, a part is delivered as the service level asks."),
        data=N_("Entries `part_requested` and `part_arrived`."),
        check=N_("The promise on delivery was broken."),
        page="levels#target-part",
        files=(TICKETS,),
        evidence=lambda trail: kept(trail, "part", whatever),
        codes=("S101",),
        means=of_target("part"),
    ),
    Clause(
        row=22,
        number="1.3.3",
        asks=N_("Parts come from legal sources."),
        data=N_(
            "Entries `received`: supplier, source document and its SHA-256; suppliers and who authorised them in spares.yaml."
        ),
        check=N_(
            "A part without proof of origin, also one that is gone by now; a supplier who was not on the register, or not authorised that day; an authorisation taken out or stretched; a document missing, altered, or used for two deliveries."
        ),
        page="spares#pieces",
        files=(SPARES,),
        evidence=_proven_origins,
        codes=("O107", "O109", "O110", "O111", "O297", "X208"),
        means=_of_an_origin,
    ),
)
