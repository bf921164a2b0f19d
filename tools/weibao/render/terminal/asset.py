"""How a piece of equipment reads: what it is, what happened to it, and how available it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.text import Text

from weibao.language import N_
from weibao.render.terminal.layout import new_table
from weibao.render.words.cut import cut
from weibao.render.words.explain import person_name, stamp
from weibao.render.words.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from weibao.language import Language
    from weibao.model.assets import Asset
    from weibao.model.entry import Entry
    from weibao.model.inspection import Inspection
    from weibao.model.ticket import Ticket
    from weibao.report.asset_file import AssetFile, ListedAsset
    from weibao.report.book import Book

SHOWN = 20
"""So many past tickets, and so many inspections, are listed on a terminal; JSON has them all."""


def asset_text(book: Book, found: AssetFile, words: Language) -> RenderableType:
    """The asset on a terminal."""
    asset = found.asset
    return Group(
        Text(f"{plain(asset.id)}  {plain(words.pick(asset.names))}", style="bold"),
        Text(stamp(book), style="dim"),
        *(Text(line) for line in _facts(book, asset, words)),
        _covered(found, words),
        _available(book, asset, words),
        *_tickets(book, words.text(N_("Open tickets")), found.open, words),
        *_tickets(book, words.text(N_("Past tickets")), found.past, words),
        *_inspections(book, found, words),
        *_replaced(book, found, words),
    )


def assets_text(book: Book, listed: tuple[ListedAsset, ...], words: Language) -> RenderableType:
    """The equipment as a table, by site."""
    if not listed:
        return Text(words.text(N_("There is no such equipment.")))
    table = new_table("")
    for heading in (N_("Asset"), N_("Name"), N_("Kind"), N_("Model"), N_("Site"), N_("Cover")):
        table.add_column(words.text(heading), no_wrap=heading == "Asset")
    table.add_column(words.text(N_("Open tickets")))
    sites = book.records.contract.sites
    for row in listed:
        asset = row.asset
        until = words.day(asset.covered_to)
        site = sites.get(asset.site)
        table.add_row(
            Text(asset.id),
            Text(plain(words.pick(asset.names))),
            Text(words.term("asset_kind", asset.kind)),
            Text(plain(f"{asset.vendor} {asset.model}".strip())),
            Text(plain(words.pick(site) if site else asset.site)),
            Text(f"✓ {until}" if row.covered else f"✗ {until}", style="" if row.covered else "red"),
            Text("\n".join(row.open) or "–"),
        )
    return table


def _facts(book: Book, asset: Asset, words: Language) -> Iterator[str]:
    contract = book.records.contract
    made = (asset.vendor, asset.model, asset.serial)
    yield " · ".join(
        [words.term("asset_kind", asset.kind), *(plain(fact) for fact in made if fact)]
    )
    site = contract.sites.get(asset.site)
    place = (words.pick(site) if site else asset.site, asset.location)
    yield words.text(N_("Where: {place}"), place=" · ".join(plain(fact) for fact in place if fact))
    known = [
        (N_("Tag: {tag}"), {"tag": plain(asset.tag)}, asset.tag),
        (
            N_("Criticality: {level}"),
            {"level": words.term("criticality", asset.criticality)},
            asset.criticality,
        ),
        (N_("Software: {version}"), {"version": plain(asset.software)}, asset.software),
        (N_("Kept by {person}"), {"person": plain(_keeper(book, asset, words))}, asset.keeper),
        (
            N_("The maker supports it until {day}"),
            {"day": words.day(asset.end_of_support or asset.covered_to)},
            asset.end_of_support,
        ),
    ]
    if told := [words.text(said, **named) for said, named, there in known if there]:
        yield " · ".join(told)
    if asset.services:
        names = [
            plain(
                words.pick(contract.services[service]) if service in contract.services else service
            )
            for service in asset.services
        ]
        yield words.text(N_("Services that rest on it: {services}"), services=words.listing(names))


def _keeper(book: Book, asset: Asset, words: Language) -> str:
    contact = book.records.contract.contacts.get(asset.keeper)
    return words.pick(contact.names) if contact else asset.keeper


def _covered(found: AssetFile, words: Language) -> Text:
    asset = found.asset
    days = {"start": words.day(asset.covered_from), "end": words.day(asset.covered_to)}
    if found.covered:
        return Text("✓ " + words.text(N_("Covered from {start} to {end}"), **days), style="green")
    told = words.text(N_("Not covered now: cover is from {start} to {end}"), **days)
    return Text(f"✗ {told}", style="bold red")


def _available(book: Book, asset: Asset, words: Language) -> Text:
    found = book.availability.assets.get(asset.id)
    if found is None or found.share is None:
        return Text(words.text(N_("Availability: no covered day yet")), style="dim")
    told = words.text(
        N_("Availability over twelve months: {share}, by contract {agreed}, down for {time}"),
        share=words.percent(found.share, 3),
        agreed=words.text(N_("n/a"))
        if found.share_by_contract is None
        else words.percent(found.share_by_contract, 3),
        time=words.duration(found.down_seconds),
    )
    return Text(told)


def _tickets(
    book: Book, title: str, chosen: tuple[Ticket, ...], words: Language
) -> Iterator[RenderableType]:
    if not chosen:
        return
    yield Text()
    table = new_table(title)
    for heading in (N_("Ticket"), N_("Kind"), N_("Lvl"), N_("State"), N_("Title")):
        table.add_column(words.text(heading), no_wrap=heading == "Ticket")
    shown, more = cut(chosen, SHOWN)
    for fact in shown:
        state = book.states[fact.id]
        table.add_row(
            Text(fact.id),
            Text(words.term("ticket_kind", fact.kind)),
            Text(str(state.severity or "–")),
            Text(words.term("state", state.state)),
            Text(plain(fact.title)),
        )
    yield table
    yield from _more(more, words)


def _inspections(book: Book, found: AssetFile, words: Language) -> Iterator[RenderableType]:
    if not found.inspections:
        return
    yield Text()
    table = new_table(words.text(N_("Inspections")))
    for heading in (N_("Inspection"), N_("Period"), N_("State"), N_("Found")):
        table.add_column(words.text(heading), no_wrap=heading == "Inspection")
    shown, more = cut(found.inspections, SHOWN)
    for fact, checks in shown:
        told = [_check(book, fact, check, words) for check in checks]
        table.add_row(
            Text(fact.id),
            Text(plain(fact.period)),
            Text(words.term("state", book.states[fact.id].state)),
            Text("\n").join(told) if told else Text("–", style="dim"),
        )
    yield table
    yield from _more(more, words)


def _check(book: Book, inspection: Inspection, check: Entry, words: Language) -> Text:
    plan = book.records.plan
    work = plan.work.get(inspection.plan)
    items = {
        item.item: words.pick(item.names)
        for name in (work.checklists if work else ())
        for item in plan.checklists.get(name, ())
    }
    failed = check.data["status"] == "failed"
    mark, style = ("✗", "bold red") if failed else ("!", "yellow")
    status = words.term("check_status", check.data["status"])
    item = plain(items.get(check.data["item"], check.data["item"]))
    ticket = check.data.get("ticket", "")
    return Text(" ".join(fact for fact in (mark, item, status, ticket) if fact), style=style)


def _replaced(book: Book, found: AssetFile, words: Language) -> Iterator[RenderableType]:
    if not found.replaced:
        return
    yield Text()
    table = new_table(words.text(N_("Parts replaced")))
    for heading in (N_("Time"), N_("Ticket"), N_("Part"), N_("Serials"), N_("By")):
        table.add_column(words.text(heading), no_wrap=heading in {"Time", "Ticket"})
    parts = book.records.spares.parts
    shown, more = cut(found.replaced, SHOWN)
    for ticket, entry in shown:
        part = entry.data["part"]
        serials = (entry.data["removed_serial"], entry.data["installed_serial"])
        table.add_row(
            Text(words.moment(entry.at, book.zone)),
            Text(ticket.id),
            Text(plain(words.pick(parts[part].names) if part in parts else part)),
            Text(" → ".join(plain(serial) for serial in serials)),
            Text(plain(person_name(book, entry.by, words))),
        )
    yield table
    yield from _more(more, words)


def _more(number: int, words: Language) -> Iterator[Text]:
    if number:
        told = words.plural(N_("and {number} more"), "and {number} more", number)
        yield Text(f"… {told}", style="dim")
