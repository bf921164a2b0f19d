"""The register: every ticket in one table, reactive and planned work apart (requirements 9, 30), and a page a month.

The page has the latest tickets; the rows of a month are a script beside the page of the month, which the
browser loads when something is asked of them. Without scripts the pages of the months have them all.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from weibao.language import N_
from weibao.model.ticket import CHANNELS, PLANNED, REACTIVE
from weibao.render.edition import addresses
from weibao.render.site.page import FixedPage, OneOfMany, RecordPage
from weibao.report.register import LATEST, STANDINGS, register

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from weibao.render.edition.voice import Voice
    from weibao.report.audit.audit import Audit
    from weibao.report.register import RegisterMonth, RegisterRow, TicketRegister

MONTH = N_("Tickets of {month}")
SCRIPT = "assets/weibao/register.js"


def _facts(voice: Voice, _audit: Audit) -> dict[str, Any]:
    """The latest tickets, what there is to choose by, and the months."""
    found = register(voice.book)
    here = addresses.TICKETS
    return {
        "register": found,
        "latest": {"reactive": found.reactive[:LATEST], "planned": found.planned[:LATEST]},
        "most": LATEST,
        "choices": _choices(found, voice),
        "chips": _chips(found),
        "rows_of": {
            month.month: voice.addresses.file(
                here, f"{voice.addresses.prefix}{addresses.tickets_of_month(month.month)}.js"
            )
            for month in found.months
        },
        "gone": sorted(
            {asset for row in found.rows for asset in row.ticket.assets}
            - voice.book.records.assets.keys()
        ),
        "script": voice.addresses.file(here, SCRIPT),
    }


def _choices(found: TicketRegister, voice: Voice) -> Mapping[str, list[tuple[str, str]]]:
    """By filter, the values that may be asked for, each with what it is called.

    Of people the address has their place on the page of people, which is the same in every language.
    """
    records, term = voice.book.records, voice.language.term
    rows = found.rows
    assets = dict.fromkeys(
        (*records.assets, *(asset for row in rows for asset in row.ticket.assets))
    )
    kinds = {row.ticket.kind for row in rows}
    ways = {row.ticket.channel for row in rows}
    states = {row.state for row in rows}
    owners = {(voice.person(row.owner), _owner(row, voice)) for row in rows if row.owner}
    levels = {row.severity for row in rows if row.severity is not None}
    return {
        "asset": [(asset, _asset_called(asset, voice)) for asset in assets],
        "service": [(service, voice.service(service)) for service in records.contract.services],
        "site": [(site, voice.site(site)) for site in records.contract.sites],
        "owner": [(place, called) for called, place in sorted(owners)],
        "kind": [
            (kind, term("ticket_kind", kind)) for kind in (*REACTIVE, *PLANNED) if kind in kinds
        ],
        "severity": [(str(level), voice.severity(level)) for level in sorted(levels)],
        "channel": [(channel, term("channel", channel)) for channel in CHANNELS if channel in ways],
        "state": [(state, term("state", state)) for state in sorted(states)],
        "outcome": [
            (word, voice.standing(word))
            for word in STANDINGS
            if any(row.standing == word for row in rows)
        ],
        "grade": [(grade, f"{grade} {term('grade', grade)}") for grade in _grades(found)],
    }


def _asset_called(asset: str, voice: Voice) -> str:
    name = voice.asset(asset)
    return f"{name} ({asset})" if name != asset else asset


def _grades(found: TicketRegister) -> list[str]:
    grades = {row.grade for row in found.rows if row.grade is not None}
    return [grade.value for grade in sorted(grades, key=lambda grade: grade.rank)]


def _chips(found: TicketRegister) -> Mapping[str, list[Any]]:
    """What the rows are marked with: each is drawn once, and copied into the rows that have it."""
    rows = found.rows
    return {
        "state": sorted({(row.state, row.paused) for row in rows}),
        "severity": sorted({row.severity for row in rows if row.severity is not None}),
        "outcome": sorted({row.standing for row in rows if row.standing}),
        "grade": _grades(found),
    }


def _each(voice: Voice, _audit: Audit) -> Iterator[OneOfMany]:
    """A page for each month, with the script of its rows."""
    months = register(voice.book).months
    later: tuple[RegisterMonth | None, ...] = (None, *months)
    for month, after, before in zip(months, later, (*months[1:], None), strict=False):
        title = voice.language.text(MONTH, month=month.month)
        facts = {"found": month, "after": after, "before": before, "title": title}
        yield OneOfMany(
            addresses.tickets_of_month(month.month), title, facts, script=_script(month, voice)
        )


def _script(month: RegisterMonth, voice: Voice) -> str:
    """The rows of a month as the browser reads them; nothing in them is withheld from the audience."""
    rows = [_as_told(row, voice) for row in (*month.reactive, *month.planned)]
    told = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    return f'(self.weibaoRegister ??= {{}})["{month.month}"] = {told};\n'


def _as_told(row: RegisterRow, voice: Voice) -> list[Any]:
    """A row in the order in which the script takes it apart."""
    ticket = row.ticket
    return [
        ticket.id,
        voice.shown(ticket.title),
        voice.when(row.at, ticket.reported_precision),
        int(ticket.planned),
        ticket.kind,
        "" if row.severity is None else str(row.severity),
        row.state,
        int(row.paused),
        row.standing,
        voice.missed(row.missed),
        row.grade.value if row.grade else "",
        [*map(voice.shown, ticket.assets)],
        row.services,
        row.sites,
        _owner(row, voice),
        voice.span(ticket.window) if ticket.window else "",
        voice.person(ticket.approved_by) if ticket.approved_by else "",
        ticket.channel,
        voice.day_of(row.until),
        voice.day_of(ticket.reported_at),
        voice.people.place(ticket.approved_by) if ticket.approved_by else "",
        voice.language_of(ticket.title),
    ]


def _owner(row: RegisterRow, voice: Voice) -> str:
    return (voice.people.place(row.owner) or voice.person(row.owner)) if row.owner else ""


PAGE = FixedPage(
    address=addresses.TICKETS, title=N_("Tickets"), template="tickets.html", facts=_facts, place=20
)

PAGES = RecordPage(template="tickets_month.html", each=_each, place=16, section=addresses.TICKETS)
