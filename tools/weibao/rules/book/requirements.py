"""Requirements: what the contract asks of the provider, loosened or changed without a word (O27x)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import partial
from itertools import chain, groupby, pairwise
from typing import TYPE_CHECKING, TypeVar

from weibao.history.contract_editions import CHANGE, changed, since_agreed, standing_before
from weibao.language import N_
from weibao.model.duration import parse_duration
from weibao.model.instant import format_instant
from weibao.model.promises import FULL_SCORE
from weibao.operations.depots import open_minutes
from weibao.operations.duties import (
    DUTIES,
    NOTICES,
    due,
    first_calendar,
    handover_rotas,
    length_of,
)
from weibao.operations.incident_reviews import REVIEWS, review_length, reviewed_severities
from weibao.operations.intake import GRAVE
from weibao.rules.filings import contract_filings, duty_filings, spares_filings
from weibao.rules.lapses import lapse
from weibao.rules.rule import Rule, Severity

T = TypeVar("T")

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from weibao.history.contract_editions import ContractEdition
    from weibao.model.contract import Contract
    from weibao.model.duty import Duty
    from weibao.model.finding import Finding, Lapse
    from weibao.model.promises import CreditRule
    from weibao.model.spares import Spares
    from weibao.rules.facts import BookFacts
    from weibao.rules.filings import Filing, Held

    Much = int | tuple[int, ...]
    """How much is asked, the more the stricter; of what is asked otherwise from day to day, on each."""

    Setting = tuple[str, tuple[Much, str | tuple[str, ...]]]
    """What it is called, how much is asked, and as it is shown."""

    Asked = Mapping[str, tuple[Much, str | tuple[str, ...]]]
    """The same by setting."""

ROWS = (
    Rule(
        code="O271",
        severity=Severity.WARNING,
        title=N_("Single contact changed without notice"),
        message=N_(
            "The single contact was changed from {old} to {new} by {author} at {time}; with the notice that was due, it could be from {until} on."
        ),
        help=N_(
            "Bring the old one back, and announce the new one under `single_contact.next` in records/contract.yaml; it takes its place when the notice has run out. To see the change: {show}"
        ),
        why=N_(
            "There is one interface between the two sides (requirement 3): a number that changed overnight rings where nobody answers. The contract may set another length: `duties.contact_notice`."
        ),
        bad='single_contact: {name: {zh: 服务台, en: Service desk}, phone: "0512-1111-1111"}   # yesterday: 0512-0000-0000\n',
        good='single_contact: {name: {zh: 服务台, en: Service desk}, phone: "0512-0000-0000", next: {name: {zh: 服务台, en: Service desk}, phone: "0512-1111-1111"}}\n',
        facts=(*CHANGE, "old", "new", "until"),
    ),
    Rule(
        code="O272",
        severity=Severity.WARNING,
        title=N_("Requirement loosened"),
        message=N_(
            "{author} changed {setting} at {time}: {old} became {new}, which asks for less."
        ),
        dropped=N_("{author} took {setting} out at {time}; it asked for {old}."),
        help=N_(
            "Bring it back as it was. If both sides agreed to ask for less, have the customer approve it: `weibao agreement approve FILE`. To see the change: {show}"
        ),
        why=N_(
            "A requirement that is deleted holds by itself. What is asked of people, rotas, the ladder, the resource plan, depots, stock, duties, figures, credits and the term becomes less only where the customer agrees."
        ),
        bad="headcount: []   # yesterday: {site: dalian, vendor: h3c, certified: 2}\n",
        good="headcount: [{site: dalian, vendor: h3c, certified: 2}]\n",
        facts=(*CHANGE, "setting", "old", "new"),
    ),
    Rule(
        code="O273",
        severity=Severity.WARNING,
        title=N_("Resource plan changed after its approval"),
        message=N_(
            "{author} changed the resource plan at {time}: {old} became {new}, and the approval is still that of {given}."
        ),
        help=N_(
            "Have the customer approve it anew, and say who did and when in records/contract.yaml under `resource_plan`; or bring back what was approved. To see the change: {show}"
        ),
        why=N_(
            "The resource plan is agreed with the customer (requirement 12). Another plan under an old approval is agreed with nobody."
        ),
        bad="resource_plan: {version: '2.0', file: docs/resource-plan.md, approved_by: zhang-gong, approved_on: 2026-01-12}   # version 1.2 was approved that day\n",
        good="resource_plan: {version: '2.0', file: docs/resource-plan.md, approved_by: zhang-gong, approved_on: 2026-06-15}\n",
        facts=(*CHANGE, "old", "new", "given"),
    ),
)


def check_requirements(facts: BookFacts) -> Iterator[Finding]:
    """What was loosened or changed, and still is."""
    return (
        replace(finding, since=start)
        for finding, start, end in _held(facts)
        if end is None or end > facts.as_of
    )


def lapses_of_requirements(facts: BookFacts) -> Iterator[Lapse]:
    """What was loosened or changed for a while."""
    for finding, start, end in _held(facts):
        if end is not None and end <= facts.as_of:
            yield from lapse(facts, finding, start, end)


def _held(facts: BookFacts) -> Iterator[Held]:
    editions = since_agreed(facts.ledger.history, facts.agreed)
    if len(editions) > 1:
        yield from _unannounced(facts, editions)
        filings = contract_filings(facts, editions)
        yield from _loosened(filings, partial(_asked, days=_days_of_terms(filings)), ())
        yield from _replanned(editions)
    yield from _loosened(spares_filings(facts), _minimums, ("parts",))
    yield from _loosened(duty_filings(facts), _rotas, ("rotas",))


def _contact(contract: Contract) -> Mapping[str, object]:
    single: Mapping[str, object] = contract.data["single_contact"]
    return {key: value for key, value in single.items() if key != "next"}


def _unannounced(facts: BookFacts, editions: Sequence[ContractEdition]) -> Iterator[Held]:
    """Single contacts that took their place before the notice of them had run out (requirement 3)."""
    for place, (before, after) in enumerate(pairwise(editions), 1):
        old, new = _contact(before.contract), _contact(after.contract)
        if old == new or any(_contact(edition.contract) == new for edition in editions[:place]):
            continue
        announced = [
            edition.landed
            for edition in editions[:place]
            if edition.contract.data["single_contact"].get("next") == new
        ]
        told = min([*announced, after.landed])
        agreed = standing_before(editions, told, before.contract)
        until = due(agreed, "contact_notice", told, partial(first_calendar, agreed))
        if until is not None and after.landed < until:
            later = editions[place + 1 :]
            back = (edition.landed for edition in later if _contact(edition.contract) != new)
            shown = {
                "old": old["phone"],
                "new": new["phone"],
                "until": format_instant(until, facts.records.contract.zone),
            }
            finding = changed("O271", ("single_contact",), after, shown)
            yield finding, after.landed, min([until, *back])


def _asked(contract: Contract, days: Sequence[date]) -> Asked:
    """What a contract asks, of dated terms on each of these days: by setting how much, and as it is shown."""
    return dict(
        chain(
            _asked_of_people(contract),
            _asked_of_duties(contract),
            _asked_of_reviews(contract),
            _asked_in_figures(contract),
            _asked_by_day(contract, days),
            _asked_of_depots(contract),
        )
    )


def _asked_of_people(contract: Contract) -> Iterator[Setting]:
    data = contract.data
    for row in data.get("headcount", ()):
        yield f"headcount {row['site']} {row['vendor']}", (row["certified"], str(row["certified"]))
    years = data.get("experience", {}).get("minimum", 0)
    yield "experience.minimum", (years, str(years))
    rungs: dict[str, tuple[int, str]] = {}
    for rung in contract.ladder:
        for role in rung.to:
            asked = (-rung.at_percent, f"{rung.at_percent}%")
            setting = f"escalation {rung.level} {role}"
            rungs[setting] = max(asked, rungs.get(setting, asked))
    yield from rungs.items()


def _asked_of_reviews(contract: Contract) -> Iterator[Setting]:
    reviewed = reviewed_severities(contract)
    shown = tuple(map(str, sorted(reviewed)))
    yield "incident_report.severities", (_of_levels(reviewed), shown)
    for edition in REVIEWS:
        length = review_length(contract, edition)
        yield f"incident_report.{edition}", (-_seconds(length), length)


def _asked_of_duties(contract: Contract) -> Iterator[Setting]:
    data = contract.data
    if "resource_plan" in data:
        yield "resource_plan", (1, data["resource_plan"]["version"])
        if within := data["resource_plan"].get("due_within"):
            yield "resource_plan.due_within", (-_seconds(within), within)
    told_of = data.get("duties", {}).get("manager_told_of", GRAVE)
    yield "duties.manager_told_of", (_of_levels(told_of), tuple(map(str, sorted(told_of))))
    yield from ((f"duties.handover_rotas {rota}", (1, rota)) for rota in handover_rotas(contract))
    for duty in DUTIES:
        if length := length_of(contract, duty):
            seconds = _seconds(length)
            yield f"duties.{duty}", (seconds if duty in NOTICES else -seconds, length)


def _asked_in_figures(contract: Contract) -> Iterator[Setting]:
    yield "term.start", (-contract.start.toordinal(), contract.start.isoformat())
    yield "term.end", (contract.end.toordinal(), contract.end.isoformat())
    for kpi in contract.kpis:
        exact = int(kpi.bound.value * _FINE)
        if kpi.bound.at_least:
            yield f"kpis {kpi.figure} at_least", (exact, kpi.bound.said)
        else:
            yield f"kpis {kpi.figure} at_most", (-exact, kpi.bound.said)
    for promised in contract.deliverables:
        within, first = promised.due_within, promised.first
        yield f"deliverables {promised.kind}", (-_seconds(within), within)
        left_out = max(0, (first - contract.start).days)
        yield f"deliverables {promised.kind} from", (-left_out, first.isoformat())


def _days_of_terms(filings: Iterable[Filing[Contract]]) -> Sequence[date]:
    """The days on which terms of any edition take effect: on each of them editions are held against each other."""
    contracts = [filing.value for filing in filings]
    days = {terms.effective_from for contract in contracts for terms in contract.availability}
    days |= {terms.effective_from for contract in contracts for terms in contract.credits}
    return sorted(days)


def _asked_by_day(contract: Contract, days: Sequence[date]) -> Iterator[Setting]:
    """What dated terms ask on each day, nothing where they say nothing of it: what one takes back another may not hide."""
    asked = [dict(_asked_on(contract, day)) for day in days]
    for setting in dict.fromkeys(chain.from_iterable(asked)):
        nothing = (0,) * max(len(on_day[setting][0]) for on_day in asked if setting in on_day)
        much = chain.from_iterable(on_day.get(setting, (nothing, ""))[0] for on_day in asked)
        said = (on_day[setting][1] for on_day in asked if setting in on_day)
        yield setting, (tuple(much), tuple(shown for shown, _ in groupby(said)))


def _asked_on(contract: Contract, day: date) -> Iterator[tuple[str, tuple[tuple[int, ...], str]]]:
    for service, bound in contract.availability_on(day).targets.items():
        yield f"availability {service}", ((int(bound.value * _FINE),), bound.said)
    terms = contract.credits_on(day)
    if terms is None:
        return
    yield f"credits currency {terms.currency}", ((1,), terms.currency)
    yield "credits cap", ((int(terms.limit * 100),), str(terms.limit))
    yield "credits stacking", ((int(not terms.highest),), "highest" if terms.highest else "sum")
    costs: dict[str, list[CreditRule]] = {}
    for rule in terms.rules:
        about = rule.figure or f"{rule.target} {rule.severity}"
        costs.setdefault(f"credits {rule.kind} {about}", []).append(rule)
    for setting, rules in costs.items():
        below = sum(rule.below or 0 for rule in rules)
        cost = sum(rule.cost for rule in rules)
        shown = f"{cost} < {float(below):.2%}" if below else str(cost)
        yield setting, ((int(cost * 100), int(below * _FINE)), shown)
    if terms.bands:
        unpaid = (
            Fraction(terms.fee) * (1 - (terms.paid(Decimal(points)) or 1))
            for points in range(FULL_SCORE + 1)
        )
        bands = " ".join(f"{band.start}→{band.pay}" for band in terms.bands)
        yield "credits bands", (tuple(int(cost * 100) for cost in unpaid), bands)


def _asked_of_depots(contract: Contract) -> Iterator[Setting]:
    depots = contract.data.get("depots", {})
    if within := depots.get("delivers_within"):
        yield "depots.delivers_within", (-_seconds(within), within)
    if "distance_km" in depots:
        yield "depots.distance_km", (-depots["distance_km"], f"{depots['distance_km']} km")
    if hours := depots.get("hours"):
        yield "depots.hours", (len(open_minutes(contract, hours)), hours)


def _minimums(spares: Spares) -> Asked:
    """What the catalogue asks of the stock (requirement 18)."""
    return {
        f"minimum {part.id} {depot}": (number, str(number))
        for part in spares.parts.values()
        for depot, number in part.minimum.items()
    }


_FINE = 10**6
"""How finely targets are compared: a ten-thousandth of a percent."""


def _of_levels(levels: Iterable[int]) -> int:
    """How much is asked where these severities are named: a graver one outweighs all below it."""
    return sum(1 << (9 - level) for level in levels)


def _seconds(length: str) -> int:
    duration = parse_duration(length)
    return duration.seconds + duration.working_days * 86400


def _rotas(duty: Duty) -> Asked:
    """Which rotas somebody is to be on (requirement 6)."""
    return {f"rota {rota}": (1, rota) for rota in duty.rotas}


def _loosened(
    filings: Sequence[Filing[T]], asked_by: Callable[[T], Asked], keys: tuple[str, ...]
) -> Iterator[Held]:
    """What was asked and is no more, or not as much, to which the customer has not agreed."""
    versions = [(filing, asked_by(filing.value)) for filing in filings]
    for place, ((_, before), (filing, after)) in enumerate(pairwise(versions), 1):
        for setting, (much, old) in before.items():
            now = after.get(setting)
            if _reaches(now, much):
                continue
            later = versions[place:]
            as_much = [_reaches(asked.get(setting), much) for _, asked in later]
            until = as_much.index(True) if True in as_much else len(as_much)
            if not any(
                edition.agreed and asked.get(setting) == now for edition, asked in later[:until]
            ):
                mended = later[until][0].landed if until < len(later) else None
                shown = {"setting": setting, "old": old, "new": now[1] if now else ""}
                yield filing.finding("O272", keys, shown), filing.landed, mended


def _reaches(now: tuple[Much, object] | None, much: Much) -> bool:
    """Whether at least so much is asked; of what is asked by days, on each."""
    return now is not None and all(
        new >= old for new, old in zip(_each(now[0]), _each(much), strict=True)
    )


def _each(much: Much) -> tuple[int, ...]:
    return (much,) if isinstance(much, int) else much


def _replanned(editions: Sequence[ContractEdition]) -> Iterator[Held]:
    """Resource plans of another version or file under the approval of the one before (requirement 12)."""
    plans = [edition.contract.data.get("resource_plan", {}) for edition in editions]
    for place, after in enumerate(editions[1:], 1):
        old, new = plans[place - 1], plans[place]
        given = old.get("approved_on")
        same = [(plan.get("version"), plan.get("file")) for plan in plans]
        if given and new and new.get("approved_on") == given and same[place] != same[place - 1]:
            later = zip(editions[place + 1 :], plans[place + 1 :], same[place + 1 :], strict=True)
            mended = (
                edition.landed
                for edition, plan, named in later
                if plan.get("approved_on") != given or named == same[place - 1]
            )
            shown = {"old": old["version"], "new": new["version"], "given": given}
            finding = changed("O273", ("resource_plan",), after, shown)
            yield finding, after.landed, next(mended, None)
