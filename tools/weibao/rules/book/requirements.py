"""Requirements: what the contract asks of the provider, loosened or changed without a word (O27x)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from itertools import pairwise
from typing import TYPE_CHECKING

from weibao.history.approved import approved_places
from weibao.history.contract_editions import (
    CHANGE,
    changed,
    contract_editions,
    since_agreed,
    standing_before,
)
from weibao.language import N_
from weibao.model.duration import parse_duration
from weibao.model.finding import Finding, Lapse, Place
from weibao.model.instant import format_instant
from weibao.model.versions import header_of
from weibao.operations.duties import DUTIES, due, first_calendar, handover_rotas, length_of
from weibao.operations.intake import GRAVE
from weibao.rules.lapses import lapse
from weibao.rules.rule import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from weibao.history.contract_editions import ContractEdition
    from weibao.model.contract import Contract
    from weibao.model.instant import Instant
    from weibao.rules.facts import BookFacts

    Asked = Mapping[str, tuple[int, str | tuple[str, ...]]]
    """By setting how much is asked, the more the stricter, and as it is shown."""

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
            "A requirement that is deleted holds by itself. What is asked of people, of the resource plan, of stock and of the lengths of duties (requirements 2, 3, 12, 14, 15, 18, 33 and 39) becomes less only where the customer agrees."
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

SPARES = "records/spares.yaml"

Held = tuple[Finding, "Instant", "Instant | None"]
"""What is to be said, from when on it is so, and until when: None while it is."""


def check_requirements(facts: BookFacts) -> Iterator[Finding]:
    """What was loosened or changed, and still is."""
    return (finding for finding, _, end in _held(facts) if end is None or end > facts.as_of)


def lapses_of_requirements(facts: BookFacts) -> Iterator[Lapse]:
    """What was loosened or changed for a while."""
    for finding, start, end in _held(facts):
        if end is not None and end <= facts.as_of:
            yield from lapse(facts, finding, start, end)


def _held(facts: BookFacts) -> Iterator[Held]:
    editions = since_agreed(facts.ledger.history, facts.agreed)
    if len(editions) > 1:
        yield from _unannounced(facts, editions)
        yield from _loosened(_of_contract(facts, editions))
        yield from _replanned(editions)
    yield from _loosened(_of_spares(facts))


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


def _asked(contract: Contract) -> Asked:
    """What a contract asks: by setting how much, the more the stricter, and as it is shown."""
    data = contract.data
    found: dict[str, tuple[int, str | tuple[str, ...]]] = {}
    for row in data.get("headcount", ()):
        number = row["certified"]
        found[f"headcount {row['site']} {row['vendor']}"] = (number, str(number))
    years = data.get("experience", {}).get("minimum", 0)
    found["experience.minimum"] = (years, str(years))
    if "resource_plan" in data:
        found["resource_plan"] = (1, data["resource_plan"]["version"])
        if within := data["resource_plan"].get("due_within"):
            found["resource_plan.due_within"] = (-_seconds(within), within)
    told_of = data.get("duties", {}).get("manager_told_of", GRAVE)
    found["duties.manager_told_of"] = (
        sum(1 << (9 - level) for level in told_of),
        tuple(map(str, sorted(told_of))),
    )
    found |= {f"duties.handover_rotas {rota}": (1, rota) for rota in handover_rotas(contract)}
    for duty in DUTIES:
        length = length_of(contract, duty)
        if not length:
            continue
        asked = _seconds(length)
        found[f"duties.{duty}"] = (asked if duty == "contact_notice" else -asked, length)
    return found


def _seconds(length: str) -> int:
    duration = parse_duration(length)
    return duration.seconds + duration.working_days * 86400


@dataclass(frozen=True, slots=True)
class _Asking:
    """An edition of a file: what it ``asked``, whether the customer ``agreed`` to it, and what to tell of it."""

    landed: Instant
    asked: Asked
    agreed: bool
    finding: Finding


def _of_contract(facts: BookFacts, editions: Sequence[ContractEdition]) -> list[_Asking]:
    history = facts.ledger.history
    every = contract_editions(history)
    agreed = {every[place].commit for place, _ in approved_places(history, facts.approved)}
    return [
        _Asking(
            edition.landed,
            _asked(edition.contract),
            edition.commit in agreed,
            changed("O272", (), edition, {}),
        )
        for edition in editions
    ]


def _of_spares(facts: BookFacts) -> list[_Asking]:
    """The editions of the catalogue; of each the minimums are asked (requirement 18)."""
    dated, history = facts.official_spares, facts.ledger.history
    digests = {approval.sha256 for approval in facts.approved if approval.path == SPARES}
    blobs = (history.blobs.get(change.after or "", b"") for change in history.changes_to(SPARES))
    agreed = {header_of(raw) for raw in blobs if digests and sha256(raw).hexdigest() in digests}
    found = []
    for edition in dated.dated:
        spares = dated.read(edition.raw)
        if spares is None:
            continue
        asked = {
            f"minimum {part.id} {depot}": (number, str(number))
            for part in spares.parts.values()
            for depot, number in part.minimum.items()
        }
        shown = {
            "commit": edition.commit,
            "author": history.commits[edition.commit].author.email,
            "time": format_instant(edition.landed, facts.records.contract.zone),
            "show": f"git show {edition.commit} -- {SPARES}",
        }
        finding = Finding("O272", Place(SPARES, keys=("parts",)), "", shown)
        found.append(_Asking(edition.landed, asked, edition.raw in agreed, finding))
    return found


def _loosened(versions: Sequence[_Asking]) -> Iterator[Held]:
    """What was asked and is no more, or not as much, to which the customer has not agreed."""
    for place, (before, after) in enumerate(pairwise(versions), 1):
        for setting, (much, old) in before.asked.items():
            now = after.asked.get(setting)
            if now is not None and now[0] >= much:
                continue
            as_much = [
                version.asked.get(setting, (much - 1, ""))[0] >= much
                for version in versions[place:]
            ]
            until = place + (as_much.index(True) if True in as_much else len(as_much))
            if not any(
                version.agreed and version.asked.get(setting) == now
                for version in versions[place:until]
            ):
                mended = versions[until].landed if until < len(versions) else None
                shown = {"setting": setting, "old": old, "new": now[1] if now else ""}
                told = replace(after.finding, facts={**after.finding.facts, **shown})
                yield told, after.landed, mended


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
