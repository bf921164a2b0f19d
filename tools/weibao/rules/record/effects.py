"""Settings that nothing comes of, and what leaves the beginning of the term out (R232, R233)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.finding import Finding, Place
from weibao.model.instant import local_day, midnight
from weibao.model.yaml.document import dotted
from weibao.rules.rule import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from weibao.model.yaml.document import Keys
    from weibao.rules.facts import FileFacts

CONTRACT = "records/contract.yaml"
STAFF = "records/staff.yaml"
DUTY = "records/duty.yaml"
ASSETS = "records/assets.yaml"
PLAN = "records/plan.yaml"
SPARES = "records/spares.yaml"

ROWS = (
    Rule(
        code="R232",
        severity=Severity.WARNING,
        title=N_("Setting without effect"),
        message=N_("“{key}” has no effect ({value}): {fault}."),
        help=N_("Correct the date, name or choice that is wrong, or take the setting out."),
        why=N_(
            "A line that nothing comes of looks as if something had been settled: equipment covered from next year, a round that no day of the term has. Mostly a year is mistyped, or what it chooses is called otherwise by now."
        ),
        bad="term: {start: 2026-01-01, end: 2026-12-31}\nsla:\n  - effective_from: 2027-03-01\n",
        good="term: {start: 2026-01-01, end: 2026-12-31}\nsla:\n  - effective_from: 2026-03-01\n",
        facts=("key", "value", "fault"),
    ),
    Rule(
        code="R233",
        severity=Severity.WARNING,
        title=N_("Not begun yet"),
        message=N_(
            "“{key}” begins on {to} only, and the contract holds: from {from} until then there is none."
        ),
        help=N_("Let it begin with the contract's term, or correct `term`."),
        why=N_(
            "A contract holds from its first day. Before its first terms, its calendar or its rota begins, no promise can be judged, and nobody is on duty."
        ),
        bad="term: {start: 2026-01-01, end: 2026-12-31}\nsla:\n  - effective_from: 2026-03-01\n",
        good="term: {start: 2026-01-01, end: 2026-12-31}\nsla:\n  - effective_from: 2026-01-01\n",
        facts=("key", "from", "to"),
    ),
)


def check_effects(facts: FileFacts) -> Iterator[Finding]:
    """Settings of which nothing comes, and what leaves the beginning of the term out."""
    if facts.records.contract.end < facts.records.contract.start:
        return
    for path, effects in (
        (CONTRACT, _idle_in_contract),
        (STAFF, _idle_in_staff),
        (ASSETS, _idle_in_assets),
        (PLAN, _idle_in_plan),
        (SPARES, _idle_in_spares),
    ):
        if facts.data(path):
            for keys, value, fault in effects(facts):
                shown = {"key": dotted(keys), "value": value, "fault": fault}
                yield Finding("R232", Place(path, keys=keys), "", shown)
    yield from _late_beginnings(facts)


def _idle_in_contract(facts: FileFacts) -> Iterator[tuple[Keys, object, str]]:
    data = facts.data(CONTRACT)
    end = data["term"]["end"]
    days: list[tuple[Keys, str]] = [
        ((section, number, "effective_from"), terms["effective_from"])
        for section in ("sla", "availability")
        for number, terms in enumerate(data.get(section, ()))
    ]
    evidence = data.get("evidence", {})
    days += [(("evidence", "since"), evidence["since"])] if "since" in evidence else []
    days += (
        [(("evidence", "signed", "from"), evidence["signed"]["from"])]
        if "signed" in evidence
        else []
    )
    days += [
        (("calendars", name, "covers", "from"), calendar["covers"]["from"])
        for name, calendar in data["calendars"].items()
    ]
    for keys, value in days:
        if value[: len(end)] > end:
            yield keys, value, "after the term"
    for name, calendar in facts.records.contract.calendars.items():
        if not any(calendar.hours.values()) and not any(row.hours for row in calendar.overrides):
            yield ("calendars", name, "hours"), name, "no working hours"


def _idle_in_staff(facts: FileFacts) -> Iterator[tuple[Keys, object, str]]:
    today = facts.today
    for person, fields in facts.data(STAFF)["people"].items():
        for row, known in enumerate(fields.get("experience", ())):
            if today and known["since"] > today.isoformat():
                yield (
                    ("people", person, "experience", row, "since"),
                    known["since"],
                    "in the future",
                )


def _idle_in_assets(facts: FileFacts) -> Iterator[tuple[Keys, object, str]]:
    end = facts.records.contract.end.isoformat()
    for asset, fields in facts.data(ASSETS)["assets"].items():
        covered = fields["covered"]
        if covered["from"] > end:
            yield ("assets", asset, "covered", "from"), covered["from"], "after the term"
        elif fields.get("in_service", "") > covered["to"] >= covered["from"]:
            yield ("assets", asset, "in_service"), fields["in_service"], "after it is covered"


def _idle_in_plan(facts: FileFacts) -> Iterator[tuple[Keys, object, str]]:
    # Not even loaded for a ticket: who saves one waits for its check.
    from weibao.operations.planned import first_rounds

    assets, end = facts.records.assets.values(), facts.records.contract.end
    for work in facts.records.plan.work.values():
        keys: Keys = ("plan", work.id)
        chosen = (*work.asset_ids, *work.asset_kinds, *work.asset_sites)
        if chosen and not any({asset.id, asset.kind, asset.site} & {*chosen} for asset in assets):
            yield (*keys, "assets"), chosen, "no equipment"
        if work.start > end:
            yield (*keys, "start"), work.start.isoformat(), "after the term"
        elif not first_rounds(work, end):
            yield (*keys, "rule"), work.rule, "no round"


def _idle_in_spares(facts: FileFacts) -> Iterator[tuple[Keys, object, str]]:
    models = {_plain(asset.model) for asset in facts.records.assets.values()}
    for part in facts.records.spares.parts.values():
        fits = {_plain(model) for model in part.fits}
        if fits and any(part.minimum.values()) and not fits & models:
            yield ("parts", part.id, "fits"), part.fits, "no equipment"


def _plain(name: str) -> str:
    return "".join(name.split()).casefold()


def _late_beginnings(facts: FileFacts) -> Iterator[Finding]:
    """The terms, their calendars and the rotas that have not begun, though the contract has or is about to.

    Of what is over by now the audit tells what could not be judged, and when nobody was on duty.
    """
    contract, today = facts.records.contract, facts.today
    if today is None:
        return
    found: list[tuple[str, Keys, date]] = [
        (CONTRACT, ("sla",), contract.terms[0].effective_from),
        *(
            (DUTY, ("rotas", rota.id, "start"), local_day(rota.start, contract.zone))
            for rota in (facts.records.duty.rotas.values() if facts.asked(DUTY) else ())
        ),
    ]
    terms = contract.terms_at(midnight(today, contract.zone))
    promised = terms.severities.values() if terms else ()
    clocks = {target.clock for severity in promised for target in severity.targets.values()}
    found += [
        (CONTRACT, ("calendars", calendar.id, "covers"), calendar.covers_from)
        for calendar in contract.calendars.values()
        if calendar.id in clocks and calendar.covers_from <= calendar.covers_to
    ]
    for path, keys, begins in found:
        late = path == CONTRACT and begins > contract.end  # which is told as without effect
        if begins > today and not late and facts.asked(path):
            shown = {"key": dotted(keys), "from": today.isoformat(), "to": begins.isoformat()}
            yield Finding("R233", Place(path, keys=keys), "", shown)
