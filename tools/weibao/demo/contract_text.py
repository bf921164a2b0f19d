"""contract.yaml of the example, as it stood at each point of the year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.demo.data_files import filled_template
from weibao.demo.network import NETWORK
from weibao.demo.people import CLIENTS
from weibao.demo.remarks import REMARKS
from weibao.sla.holidays import calendar_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from weibao.demo.data_files import NameInBoth
    from weibao.demo.people import Client


def contract_text(
    start: date,
    end: date,
    known_on: date,
    *,
    amended_from: date | None = None,
    approved_on: date | None = None,
    first_report: date | None = None,
) -> str:
    """contract.yaml as it stood on ``known_on``.

    ``amended_from`` is the day from which severity 2 is answered in 45 minutes instead of an hour;
    with it both sides agreed on targets, and on monthly reports from ``first_report`` on. ``approved_on`` is the
    day on which the customer agreed to the resource plan.
    """
    approval = (
        f", approved_by: gu-min, approved_on: {approved_on.isoformat()}" if approved_on else ""
    )
    terms = [_terms(start, "default-not-contract", "1h")]
    if amended_from is not None:
        terms.append(_terms(amended_from, REMARKS.supplement, "45m"))
    return filled_template(
        "data/contract.template",
        year=end.year,
        start=start,
        end=end,
        before=start.year - 1,
        after=start.year + 2,
        approval=approval,
        contacts="\n".join(map(_contact, CLIENTS)),
        sites=_named(NETWORK.sites),
        services=_named(NETWORK.services),
        calendars=calendar_text(start.year, known_on).rstrip("\n"),
        terms="".join(terms).rstrip("\n"),
        targets=filled_template("data/targets.template") if first_report else "",
        promised=(
            filled_template("data/promised.template", first_report=first_report)
            if first_report
            else ""
        ),
    )


def _terms(effective_from: date, source: str, second_response: str) -> str:
    return filled_template(
        "data/terms.template",
        effective_from=effective_from,
        source=source,
        second_response=second_response,
    )


def _contact(client: Client) -> str:
    lines = [
        f"  {client.id}:",
        f"    name: {{zh: {client.name}, en: {client.english}}}",
        f'    title: {{zh: {client.title}, en: "{client.english_title}"}}',
        f"    may: [{', '.join(client.may)}]",
    ]
    if client.commits:
        lines.append(f"    git: [{client.identity.email}]")
    return "\n".join(lines)


def _named(names: Mapping[str, NameInBoth]) -> str:
    return "\n".join(
        f"  {key}: {{name: {{zh: {name.zh}, en: {name.en}}}}}" for key, name in names.items()
    )
