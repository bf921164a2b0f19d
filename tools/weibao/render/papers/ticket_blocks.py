"""What several papers tell of a ticket: its equipment, its promises, its parts and its files."""

from __future__ import annotations

from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.field_kinds import Form
from weibao.render.edition.addresses import ticket_page
from weibao.render.edition.withheld import Told
from weibao.render.papers.cells import (
    NONE,
    claimed,
    column,
    day,
    due,
    fact,
    field_head,
    moment,
    named,
    outcome,
    own,
    person,
    record,
    several,
    severity,
    stated,
    term,
    verbatim,
    written,
)
from weibao.render.papers.paper import ROOM, Fact, PaperCell, Table, TableColumn, said

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from weibao.history.proven import ProvenEntry
    from weibao.model.instant import Instant
    from weibao.model.ticket import Ticket
    from weibao.operations.actions import Action
    from weibao.render.edition.voice import Voice
    from weibao.render.papers.commission import Commission
    from weibao.report.papers.service_sheet import PartFitted
    from weibao.sla.verdict import Verdict


def ticket_head(commission: Commission, ticket: Ticket) -> Iterator[Fact]:
    """Whose ticket it is, where, how grave, and how it came."""
    voice, whole = commission.voice, commission.audit.whole
    contract, state = voice.book.records.contract, whole.states[ticket.id]
    places = _sites(voice, ticket)
    listed = contract.data["sites"]
    addresses = {
        site: voice.language.pick(listed[site]["address"])
        for site in places
        if "address" in listed[site]
    }
    phone = contract.data["contacts"].get(ticket.reported_by, {}).get("phone", "")
    yield fact(voice, "ticket", N_("Ticket"), record(voice, ticket.id))
    yield fact(voice, "kind", N_("Kind"), term(voice, "ticket_kind", ticket.kind))
    if not ticket.planned:
        yield fact(voice, "declared", N_("Severity as declared"), severity(voice, ticket.severity))
        if state.severity != ticket.severity:
            yield fact(voice, "severity", N_("Severity as agreed"), severity(voice, state.severity))
    yield fact(voice, "site", N_("Site"), several(voice, places))
    if addresses:
        yield fact(voice, "address", N_("Address"), several(voice, addresses))
    by = N_("Requested by") if ticket.planned else N_("Reported by")
    yield fact(voice, "contact", by, person(voice, ticket.reported_by))
    if shown := voice.phone(phone):
        yield fact(voice, "phone", N_("Phone"), written(voice, Told(shown)))
    if ticket.channel:
        yield fact(voice, "channel", N_("Way in"), term(voice, "channel", ticket.channel))
    if ticket.received_by:
        yield fact(voice, "received_by", N_("Received by"), person(voice, ticket.received_by))
    reported = whole.proofs[ticket.id].header_effective
    when = N_("Requested at") if ticket.planned else N_("Reported")
    yield fact(voice, "reported", when, _reported(voice, ticket, reported))
    if ticket.window:
        start, end = ticket.window
        yield fact(voice, "window_from", N_("Window from"), moment(voice, start))
        yield fact(voice, "window_to", N_("Window to"), moment(voice, end))
        yield fact(voice, "approved_by", N_("Approved by"), person(voice, ticket.approved_by))
    if commission.site:
        page = ticket_page(ticket.id)
        address = f"{commission.site.rstrip('/')}/{voice.addresses.url(page)}"
        yield fact(
            voice,
            "page",
            N_("Page on the site"),
            PaperCell(said(Told(address)), ticket.id, way=(page, "")),
        )


def _reported(voice: Voice, ticket: Ticket, reported: Instant) -> PaperCell:
    if ticket.reported_precision:
        return moment(voice, reported, ticket.reported_precision)
    return claimed(voice, reported, ticket.reported_at)


def _sites(voice: Voice, ticket: Ticket) -> dict[str, str]:
    known = voice.book.records.assets
    sites = dict.fromkeys(known[name].site for name in ticket.assets if name in known)
    return {site: voice.site(site) for site in sites}


def equipment(voice: Voice, assets: Iterable[str], *, on_site: bool = False) -> Table:
    """The equipment that a record is on; ``on_site`` with the serial number that whoever goes there compares."""
    known = voice.book.records.assets

    def row(name: str) -> tuple[PaperCell, ...]:
        asset = known.get(name)
        if asset is None:
            return (verbatim(name), *[NONE] * 4)
        model = " ".join(filter(None, (asset.vendor, asset.model)))
        return (
            verbatim(name),
            named(voice, name, voice.asset(name)),
            written(voice, model),
            (verbatim if on_site else partial(written, voice))(asset.serial),
            written(voice, asset.location),
        )

    return Table(
        "equipment",
        own(voice, N_("Equipment")),
        (
            column(voice, "asset", N_("Asset"), 2),
            column(voice, "name", N_("Name"), 3),
            column(voice, "model", N_("Maker and model"), 2),
            column(voice, "serial", N_("Serial number"), 2),
            column(voice, "location", N_("Location"), 2),
        ),
        tuple(row(name) for name in assets),
        own(voice, N_("The ticket names no equipment.")),
    )


def promises(voice: Voice, verdicts: Iterable[Verdict]) -> Table:
    """What was promised, when it was due, when it was done, and whether the word alone says otherwise."""
    return Table(
        "promises",
        own(voice, N_("Promises")),
        (
            column(voice, "promise", N_("Promise"), 2),
            column(voice, "due", N_("Due"), 2),
            column(voice, "done", N_("Reached"), 2),
            column(voice, "outcome", N_("Verdict")),
            column(voice, "over", N_("Over by"), 2),
            column(voice, "on_claim", N_("On the claims alone")),
        ),
        tuple(_promise(voice, verdict) for verdict in verdicts),
        own(voice, N_("No promise was judged on this ticket.")),
    )


def _promise(voice: Voice, verdict: Verdict) -> tuple[PaperCell, ...]:
    place = f"{verdict.target}-{verdict.occurrence}"
    late = verdict.late_seconds
    word = verdict.on_claim.value
    return (
        PaperCell(
            said(Told(voice.promise_called(verdict))),
            place,
            way=(ticket_page(verdict.ticket), place),
        ),
        due(voice, verdict),
        moment(voice, verdict.stop, verdict.stop_precision),
        outcome(voice, verdict),
        NONE if late is None else PaperCell(said(Told(voice.overrun(verdict))), late, "bad"),
        term(voice, "outcome", word, "" if verdict.on_claim is verdict.outcome else "warn"),
    )


def parts_replaced(voice: Voice, parts: Iterable[PartFitted], *, room: bool = False) -> Table:
    """What was taken out and put in, where it came from, and what became of the old part; with ``room`` to add by hand."""
    rows = [_part(voice, fitted) for fitted in parts]
    empty = tuple(ROOM for _ in _PARTS)
    return Table(
        "parts",
        own(voice, N_("Parts replaced")),
        tuple(
            TableColumn(key, field_head(voice, kind, event, key), weight)
            for kind, event, key, weight in _PARTS
        ),
        (*rows, *((empty, empty) if room else ())),
        own(voice, N_("No part was replaced.")),
    )


_PARTS = (
    ("ticket", "part_replaced", "asset", 2),
    ("ticket", "part_replaced", "part", 3),
    ("ticket", "part_replaced", "removed_serial", 2),
    ("ticket", "part_replaced", "installed_serial", 2),
    ("spares", "received", "oem_verified_by", 2),
    ("spares", "received", "source_document", 2),
    ("ticket", "part_replaced", "old_part", 2),
)


def _part(voice: Voice, fitted: PartFitted) -> tuple[PaperCell, ...]:
    data = fitted.step.entry.data
    known = voice.book.records.spares.parts.get(data["part"])
    number = f"{known.number} {voice.part(known.id)}" if known else data["part"]
    told = fitted.piece.provenance if fitted.piece else {}
    return (
        named(voice, data["asset"], voice.asset(data["asset"])),
        named(voice, data["part"], number),
        verbatim(data["removed_serial"]),
        verbatim(data["installed_serial"]),
        person(voice, told.get("oem_verified_by", "")),
        written(voice, told.get("source_document", "")),
        term(voice, "old_part", data.get("old_part", "")),
    )


def files_attached(voice: Voice, steps: Iterable[ProvenEntry], key: str = "attached") -> Table:
    """The files that a ticket has, by the SHA-256 that says which they are, and whether they are there."""
    return Table(
        key,
        own(voice, N_("Files attached")),
        (
            column(voice, "at", N_("Time"), 2),
            column(voice, "caption", N_("What"), 3),
            column(voice, "sha256", N_("SHA-256"), 5),
            column(voice, "there", N_("File"), 2),
        ),
        tuple(_file(voice, step) for step in steps),
        own(voice, N_("No file is attached.")),
    )


def _file(voice: Voice, step: ProvenEntry) -> tuple[PaperCell, ...]:
    data = step.entry.data
    content = voice.book.files.get(data["file"])
    if content is None:
        there = stated(voice, N_("missing"), "missing", "bad")
    elif sha256(content).hexdigest() != data["sha256"]:
        there = stated(voice, N_("not the one that is named"), "other", "bad")
    else:
        there = stated(voice, N_("there, and the one named"), "there", "good")
    return (
        moment(voice, step.effective, step.precision),
        written(voice, data.get("caption", "")),
        verbatim(data["sha256"]),
        there,
    )


def corrective_actions(voice: Voice, actions: Iterable[Action]) -> Table:
    """What was resolved to be done, by whom and until when, and how far it is."""
    return Table(
        "actions",
        own(voice, N_("Corrective actions")),
        (
            column(voice, "action", N_("Action"), 2),
            column(voice, "text", N_("What is to be done"), 4),
            column(voice, "owner", N_("Responsible"), 2),
            column(voice, "due", N_("Due"), 2),
            column(voice, "state", N_("State")),
        ),
        tuple(
            (
                written(voice, action.id),
                written(voice, action.text),
                person(voice, action.owner),
                day(action.due),
                term(voice, "state", action.state.value, "bad" if action.overdue else ""),
            )
            for action in actions
        ),
        own(voice, N_("No corrective action was raised.")),
    )


_FILE = frozenset({"file", "sha256"})
"""What the table of the files says of an attachment."""


def step_told(voice: Voice, kind: str, step: ProvenEntry) -> PaperCell:
    """What a step says beside its name: its keys and its note, as this reader may know them."""
    fitted = step.entry.event == "part_replaced"
    details = [
        voice.language.text(
            N_("{key}: {value}"),
            key=label,
            value=value if fitted and field.kind.form is Form.SERIAL else voice.shown(value),
        )
        for label, value, field in voice.details(kind, step.entry)
        if field.key not in _FILE
    ]
    note = [voice.shown(step.entry.note)] if step.entry.note else []
    text = " · ".join((*details, *note))
    if not text:
        return NONE
    return PaperCell(said(Told(text)), written(voice, step.entry.note).value)
