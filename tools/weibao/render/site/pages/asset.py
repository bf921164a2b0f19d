"""The page of a piece of equipment: how it is, what became of it, and what there is for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from weibao.render.edition import addresses
from weibao.render.edition.charts import day_strip, line
from weibao.render.edition.qr import qr_code
from weibao.render.site.noting import asset_noting
from weibao.render.site.page import OneOfMany, RecordPage
from weibao.render.site.pages.status import year_told
from weibao.report.asset_file import asset_file, asset_history, origin_of
from weibao.report.conditions import conditions_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markupsafe import Markup

    from weibao.model.assets import Asset
    from weibao.render.edition.voice import Voice
    from weibao.report.asset_file import MeasuredItem
    from weibao.report.audit.audit import Audit
    from weibao.report.conditions import ThingNow


FEWEST = 3
"""So many measurements make a chart."""


def _each(voice: Voice, _audit: Audit) -> Iterator[OneOfMany]:
    now = {now.id: now for now in conditions_of(voice.book, services=False)}
    for asset in voice.book.records.assets.values():
        yield OneOfMany(
            addresses.asset_page(asset.id),
            f"{voice.asset(asset.id)} {asset.id}",
            _facts(asset, now[asset.id], now, voice),
        )


def _facts(
    asset: Asset, now: ThingNow, others: dict[str, ThingNow], voice: Voice
) -> dict[str, Any]:
    book = voice.book
    history, file = asset_history(book, asset), asset_file(book, asset)
    going_on = [ticket for ticket in book.open_tickets if asset.id in ticket.assets]
    return {
        "asset": asset,
        "now": now,
        "conditions": others,
        "file": file,
        "noting": asset_noting(asset.id, going_on, voice),
        "qr": qr_code(voice.addresses.whole(addresses.asset_page(asset.id), addresses.NOTING)),
        "history": history,
        "origin_of": lambda replaced: origin_of(book.stock, replaced),
        "strip": day_strip(
            history.availability.days,
            book.records.contract.start.isoformat(),
            year_told(voice, voice.asset(asset.id), history.availability),
        )
        if history.availability
        else "",
        "readings": [(readings, _chart(voice, readings)) for readings in history.readings],
    }


def _chart(voice: Voice, readings: MeasuredItem) -> Markup | str:
    if len(readings.measured) < FEWEST:
        return ""
    name = " ".join(filter(None, (voice.check_item(readings.item), readings.unit)))
    return line(readings.measured, name, voice.day_of, _limits(voice, readings))


def _limits(voice: Voice, readings: MeasuredItem) -> list[tuple[float, str, str]]:
    """From where on the checklist calls a value a warning or a failure, with the word for it."""
    found = dict.fromkeys(
        (limit, status, listed.unit)
        for items in voice.book.records.plan.checklists.values()
        for listed in items
        if listed.item == readings.item
        for status, limit in (
            ("warning", listed.warning_above),
            ("warning", listed.warning_below),
            ("failed", listed.failed_above),
            ("failed", listed.failed_below),
        )
        if limit is not None
    )
    called = voice.language.term
    return [
        (limit, status, f"{called('check_status', status)} {limit:g} {unit}".rstrip())
        for limit, status, unit in found
    ]


PAGES = RecordPage(template="asset.html", each=_each, place=40, section=addresses.EQUIPMENT)
