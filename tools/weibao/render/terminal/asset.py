"""How a piece of equipment reads: what it is, what happened to it, and how available it was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rich.console import Group
from rich.text import Text

from weibao.language import CODES, N_
from weibao.model.instant import format_instant, local_day
from weibao.render.json.book import head, ticket_object
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
    from weibao.report.book import Book

SHOWN = 20
"""So many past tickets, and so many inspections, are listed on a terminal; JSON has them all."""


@dataclass(frozen=True, slots=True)
class AssetFile:
    """Everything that the records have on one asset, the latest first.

    Attributes:
        asset: the asset.
        open, past: the tickets that name it.
        inspections: the rounds that took it in, each with what was found on it that was not well.
        replaced: the parts that were replaced in it, each with its ticket.
    """

    asset: Asset
    open: tuple[Ticket, ...]
    past: tuple[Ticket, ...]
    inspections: tuple[tuple[Inspection, tuple[Entry, ...]], ...]
    replaced: tuple[tuple[Ticket, Entry], ...]


def asset_file(book: Book, asset: Asset) -> AssetFile:
    """What a Book has on an asset."""
    records = book.records
    named = [one for one in records.tickets.values() if asset.id in one.assets]
    named.sort(key=lambda one: (-one.reported_at, one.id))
    running = {one.id for one in book.open_tickets}
    rounds = [one for one in records.inspections.values() if asset.id in one.assets]
    replaced = [
        (ticket, entry)
        for ticket in records.tickets.values()
        for entry in ticket.log
        if entry.event == "part_replaced" and entry.data["asset"] == asset.id
    ]
    return AssetFile(
        asset=asset,
        open=tuple(one for one in named if one.id in running),
        past=tuple(one for one in named if book.states[one.id].ended),
        inspections=tuple(
            (one, _not_well(one, asset)) for one in sorted(rounds, key=lambda each: each.id)[::-1]
        ),
        replaced=tuple(sorted(replaced, key=lambda one: (-one[1].at, one[0].id))),
    )


def asset_text(book: Book, found: AssetFile, words: Language) -> RenderableType:
    """The asset on a terminal."""
    asset = found.asset
    return Group(
        Text(f"{plain(asset.id)}  {plain(words.pick(asset.names))}", style="bold"),
        Text(stamp(book), style="dim"),
        *(Text(line) for line in _facts(book, asset, words)),
        _covered(book, asset, words),
        _available(book, asset, words),
        *_tickets(book, words.text(N_("Open tickets")), found.open, words),
        *_tickets(book, words.text(N_("Past tickets")), found.past, words),
        *_inspections(book, found, words),
        *_replaced(book, found, words),
    )


def asset_json(book: Book, found: AssetFile) -> dict[str, Any]:
    """``weibao asset show``: the latest first in every list."""
    asset = found.asset
    share = book.availability.assets.get(asset.id)
    return head(book) | {
        "asset": {
            "id": asset.id,
            "name": {code: asset.names.get(code) for code in CODES},
            "kind": asset.kind,
            "vendor": asset.vendor or None,
            "model": asset.model or None,
            "serial": asset.serial or None,
            "site": asset.site,
            "location": asset.location or None,
            "services": list(asset.services),
            "covered_from": asset.covered_from.isoformat(),
            "covered_to": asset.covered_to.isoformat(),
        },
        "covered": _is_covered(book, asset),
        "availability": {
            "share": share.share,
            "seconds": share.seconds,
            "down_seconds": share.down_seconds,
        }
        if share is not None
        else None,
        "open": [ticket_object(book, one) for one in found.open],
        "past": [ticket_object(book, one) for one in found.past],
        "inspections": [
            {
                "inspection": one.id,
                "plan": one.plan,
                "period": one.period,
                "state": book.states[one.id].state.value,
                "found": [
                    {
                        "item": check.data["item"],
                        "status": check.data["status"],
                        "ticket": check.data.get("ticket"),
                    }
                    for check in checks
                ],
            }
            for one, checks in found.inspections
        ],
        "parts_replaced": [
            {
                "at": format_instant(entry.at, book.zone),
                "ticket": ticket.id,
                "by": entry.by,
                "part": entry.data["part"],
                "removed_serial": entry.data["removed_serial"],
                "installed_serial": entry.data["installed_serial"],
            }
            for ticket, entry in found.replaced
        ],
    }


def _not_well(one: Inspection, asset: Asset) -> tuple[Entry, ...]:
    """The checks of a round that failed or gave a warning on the asset."""
    return tuple(
        entry
        for entry in one.log
        if entry.event == "checked"
        and entry.data["asset"] == asset.id
        and entry.data["status"] in {"failed", "warning"}
    )


def _is_covered(book: Book, asset: Asset) -> bool:
    return asset.covered_from <= local_day(book.as_of, book.zone) <= asset.covered_to


def _facts(book: Book, asset: Asset, words: Language) -> Iterator[str]:
    contract = book.records.contract
    made = (asset.vendor, asset.model, asset.serial)
    yield " · ".join([words.term("asset_kind", asset.kind), *(plain(one) for one in made if one)])
    site = contract.sites.get(asset.site)
    place = (words.pick(site) if site else asset.site, asset.location)
    yield words.text(N_("Where: {place}"), place=" · ".join(plain(one) for one in place if one))
    if asset.services:
        names = [
            plain(words.pick(contract.services[one]) if one in contract.services else one)
            for one in asset.services
        ]
        yield words.text(N_("Services that rest on it: {services}"), services=words.listing(names))


def _covered(book: Book, asset: Asset, words: Language) -> Text:
    days = {"start": words.day(asset.covered_from), "end": words.day(asset.covered_to)}
    if _is_covered(book, asset):
        return Text("✓ " + words.text(N_("Covered from {start} to {end}"), **days), style="green")
    told = words.text(N_("Not covered now: cover is from {start} to {end}"), **days)
    return Text(f"✗ {told}", style="bold red")


def _available(book: Book, asset: Asset, words: Language) -> Text:
    found = book.availability.assets.get(asset.id)
    if found is None or found.share is None:
        return Text(words.text(N_("Availability: no covered day yet")), style="dim")
    told = words.text(
        N_("Availability over twelve months: {share}, down for {time}"),
        share=words.percent(found.share, 3),
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
    for one in shown:
        state = book.states[one.id]
        table.add_row(
            Text(one.id),
            Text(words.term("ticket_kind", one.kind)),
            Text(str(state.severity or "–")),
            Text(words.term("state", state.state)),
            Text(plain(book.title(one))),
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
    for one, checks in shown:
        told = [_check(book, one, check, words) for check in checks]
        table.add_row(
            Text(one.id),
            Text(plain(one.period)),
            Text(words.term("state", book.states[one.id].state)),
            Text("\n").join(told) if told else Text("–", style="dim"),
        )
    yield table
    yield from _more(more, words)


def _check(book: Book, one: Inspection, check: Entry, words: Language) -> Text:
    plan = book.records.plan
    work = plan.work.get(one.plan)
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
    return Text(" ".join(one for one in (mark, item, status, ticket) if one), style=style)


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
            Text(" → ".join(plain(one) for one in serials)),
            Text(plain(person_name(book, entry.by, words))),
        )
    yield table
    yield from _more(more, words)


def _more(number: int, words: Language) -> Iterator[Text]:
    if number:
        told = words.plural(N_("and {number} more"), "and {number} more", number)
        yield Text(f"… {told}", style="dim")
