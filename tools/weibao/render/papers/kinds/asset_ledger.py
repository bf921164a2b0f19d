"""The ledger of the equipment: what each piece is, how it is covered and how it has done; and how the list changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.render.edition.withheld import Told
from weibao.render.papers.cells import (
    NONE,
    column,
    day,
    fact,
    length,
    listed,
    moment,
    named,
    number,
    own,
    percent,
    person,
    record,
    several,
    stated,
    term,
    verbatim,
    written,
)
from weibao.render.papers.commission import PaperKind
from weibao.render.papers.configuration_cells import changes_table
from weibao.render.papers.paper import Facts, PaperCell, Prose, Table, said
from weibao.render.papers.record_paper import OF_A_LIST, endorsed, record_paper, section
from weibao.report.papers.asset_ledger import asset_ledger

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from weibao.render.edition.voice import Voice
    from weibao.render.papers.commission import Commission
    from weibao.render.papers.paper import Block, Mood, Paper, Section
    from weibao.report.papers.asset_ledger import AssetLedger, LastRound, LedgerRow

NAME = "asset-ledger"


def _write(commission: Commission) -> Paper:
    told = asset_ledger(commission.voice.book, commission.audit)
    title = own(commission.voice, N_("Equipment ledger"))
    return record_paper(commission, NAME, title, _sections(commission, told), long=True)


def _sections(commission: Commission, told: AssetLedger) -> Iterator[Section]:
    voice, rows = commission.voice, told.rows
    yield section(
        commission, "identity", N_("What there is"), (_covered(voice, told), _identity(voice, rows))
    )
    yield section(commission, "cover", N_("Cover and standing"), (_cover(voice, rows),))
    yield section(
        commission,
        "operation",
        N_("How it has done in the last twelve months"),
        (
            _operation(voice, rows),
            Prose(
                own(
                    voice,
                    N_(
                        "Faults are those reported in the twelve months to the instant of the ledger; an outage is a fault of severity 1 or 2. The time between outages is told of equipment covered for 90 days of them at least."
                    ),
                ),
                "note",
            ),
        ),
    )
    yield section(
        commission, "changes", N_("Changes of the ledger in the last month"), _changes(voice, told)
    )
    yield from endorsed(commission, NAME, OF_A_LIST, long=True)


def _covered(voice: Voice, told: AssetLedger) -> Facts:
    return Facts(
        "numbers", (fact(voice, "covered", N_("Pieces covered"), number(voice, told.covered)),)
    )


def _identity(voice: Voice, rows: Iterable[LedgerRow]) -> Table:
    return Table(
        "identity",
        own(voice, N_("What there is")),
        (
            column(voice, "asset", N_("Number"), 3),
            column(voice, "tag", N_("Customer's tag"), 3),
            column(voice, "name", N_("Name"), 4),
            column(voice, "kind", N_("Kind"), 2),
            column(voice, "vendor", N_("Maker"), 2),
            column(voice, "model", N_("Model"), 3),
            column(voice, "serial", N_("Serial number"), 3),
            column(voice, "site", N_("Site"), 2),
            *((column(voice, "location", N_("Location"), 3),) if _located(voice) else ()),
            column(voice, "keeper", N_("Keeper"), 2),
        ),
        tuple(_named(voice, row) for row in rows),
        own(voice, N_("No equipment is listed.")),
    )


def _named(voice: Voice, row: LedgerRow) -> tuple[PaperCell, ...]:
    asset = row.asset
    return (
        _id(row),
        written(voice, asset.tag),
        named(voice, asset.id, voice.asset(asset.id)),
        term(voice, "asset_kind", asset.kind),
        written(voice, asset.vendor),
        written(voice, asset.model),
        written(voice, asset.serial),
        named(voice, asset.site, voice.site(asset.site)),
        *((written(voice, asset.location),) if _located(voice) else ()),
        person(voice, asset.keeper),
    )


def _located(voice: Voice) -> bool:
    """Whether it is told where in a building something stands."""
    return voice.audience == "internal"


def _id(row: LedgerRow) -> PaperCell:
    return verbatim(row.asset.id)


def _cover(voice: Voice, rows: Iterable[LedgerRow]) -> Table:
    return Table(
        "cover",
        own(voice, N_("Cover and standing")),
        (
            column(voice, "asset", N_("Number"), 3),
            column(voice, "services", N_("Services"), 3),
            column(voice, "criticality", N_("Criticality")),
            column(voice, "partners", N_("Redundant with"), 3),
            column(voice, "in_service", N_("In service since"), 2),
            column(voice, "from", N_("Covered from"), 2),
            column(voice, "to", N_("Covered until"), 2),
            column(voice, "cover", N_("Cover")),
            column(voice, "state", N_("State now")),
            column(voice, "software", N_("Software"), 3),
            column(voice, "software_since", N_("Listed so since"), 2),
            column(voice, "end_of_support", N_("End of support"), 2),
        ),
        tuple(_standing(voice, row) for row in rows),
        own(voice, N_("No equipment is listed.")),
    )


def _standing(voice: Voice, row: LedgerRow) -> tuple[PaperCell, ...]:
    asset = row.asset
    return (
        _id(row),
        several(voice, {service: voice.service(service) for service in asset.services}),
        term(voice, "criticality", asset.criticality),
        listed(voice, row.partners),
        day(asset.in_service),
        day(asset.covered_from),
        day(asset.covered_to),
        stated(voice, _COVER[row.cover], row.cover, "" if row.cover == "covered" else "warn"),
        term(voice, "condition", row.condition.value, _CONDITIONS.get(row.condition.value, "")),
        written(voice, asset.software),
        _software_since(voice, row),
        _supported(row),
    )


_COVER = {
    "covered": N_("covered"),
    "not_yet": N_("not covered yet"),
    "over": N_("no longer covered"),
}

_CONDITIONS: dict[str, Mood] = {
    "outage": "bad",
    "partial": "warn",
    "degraded": "warn",
    "unknown": "warn",
}


def _software_since(voice: Voice, row: LedgerRow) -> PaperCell:
    if row.software_since is None and row.asset.software:
        return stated(voice, N_("from the first"), "first")
    return moment(voice, row.software_since)


def _supported(row: LedgerRow) -> PaperCell:
    cell = day(row.asset.end_of_support)
    return PaperCell(cell.said, cell.value, "bad") if row.unsupported else cell


def _operation(voice: Voice, rows: Iterable[LedgerRow]) -> Table:
    return Table(
        "operation",
        own(voice, N_("How it has done in the last twelve months")),
        (
            column(voice, "asset", N_("Number"), 3),
            column(voice, "round", N_("Last inspected"), 3),
            column(voice, "result", N_("Result"), 2),
            column(voice, "faults", N_("Faults")),
            column(voice, "between", N_("Time between outages (MTBF)"), 3),
            column(voice, "availability", N_("Availability as experienced"), 2),
            column(voice, "availability_contract", N_("Availability by contract"), 2),
            column(voice, "changed_at", N_("Last part replaced"), 3),
            column(voice, "changed", N_("Which part"), 3),
            column(voice, "parts", N_("Spares that fit, usable in stock"), 4),
        ),
        tuple(_done(voice, row) for row in rows),
        own(voice, N_("No equipment is listed.")),
    )


def _done(voice: Voice, row: LedgerRow) -> tuple[PaperCell, ...]:
    available, changed = row.availability, row.changed
    return (
        _id(row),
        _inspected(voice, row.round),
        _result(voice, row.round),
        number(voice, row.faults),
        _between(voice, row),
        percent(voice, available.share if available else None),
        percent(voice, available.share_by_contract if available else None),
        moment(voice, changed.step.effective, changed.step.precision) if changed else NONE,
        named(voice, changed.step.entry.data["part"], voice.part(changed.step.entry.data["part"]))
        if changed
        else NONE,
        _parts(voice, row),
    )


def _inspected(voice: Voice, done: LastRound | None) -> PaperCell:
    if done is None:
        return stated(voice, N_("never"), None, "warn")
    cell = moment(voice, done.at, done.precision)
    return PaperCell(cell.said, cell.value, way=record(voice, done.inspection).way)


def _result(voice: Voice, done: LastRound | None) -> PaperCell:
    if done is None:
        return NONE
    return term(voice, "check_status", done.worst, _STATUSES.get(done.worst, ""))


_STATUSES: dict[str, Mood] = {"failed": "bad", "warning": "warn", "ok": "good"}


def _between(voice: Voice, row: LedgerRow) -> PaperCell:
    if row.between is None:
        return NONE
    if row.seconds_between is None:
        up = row.between.seconds
        told = own(voice, N_("at least {length}: no outage"), length=Told(voice.length(up)))
        return PaperCell(told, f">={up}", number=True)
    return length(voice, row.seconds_between)


def _parts(voice: Voice, row: LedgerRow) -> PaperCell:
    told = [
        voice.language.text(
            N_("{part}: {number}"),
            part=voice.part(fitting.part),
            number=voice.language.number(fitting.usable),
        )
        for fitting in row.parts
    ]
    if not told:
        return stated(voice, N_("none in the catalogue"), None, "muted")
    value = " ".join(f"{fitting.part}={fitting.usable}" for fitting in row.parts)
    mood: Mood = "" if row.helped else "warn"
    return PaperCell(said(voice.shown(voice.language.listing(told))), value, mood)


def _changes(voice: Voice, told: AssetLedger) -> Iterator[Block]:
    start, end = (voice.moment(at) for at in (told.period.start, voice.book.as_of))
    yield Prose(own(voice, N_("From {start} to {end}."), start=Told(start), end=Told(end)), "note")
    caption, empty = (
        N_("Changes of the ledger in the last month"),
        N_("The ledger was not changed."),
    )
    yield changes_table(voice, told.changes, caption, empty)


KIND = PaperKind(
    name=NAME,
    title=N_("Equipment ledger"),
    explained=N_(
        "Every piece of equipment: what it is, its cover, how it has done in twelve months and what there is to repair it with; and how the list changed in the last month."
    ),
    subject="",
    place=62,
    write=_write,
)
