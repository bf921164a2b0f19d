"""What the configuration says a second time, where it can be so once only (R229–R231)."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING, Any

from weibao.language import N_
from weibao.model.finding import Finding, Place
from weibao.model.instant import format_instant, parse_instant
from weibao.model.yaml.document import dotted
from weibao.rules.rule import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from weibao.model.yaml.document import Keys
    from weibao.rules.facts import FileFacts

CONTRACT = "records/contract.yaml"
STAFF = "records/staff.yaml"
DUTY = "records/duty.yaml"
PLAN = "records/plan.yaml"
SPARES = "records/spares.yaml"

ROWS = (
    Rule(
        code="R229",
        severity=Severity.ERROR,
        title=N_("Said twice where one can count"),
        message=N_("“{other}” and “{key}” are both for {value}, and only one of them can count."),
        help=N_("Take out the one that does not hold, or correct what it is for."),
        why=N_(
            "What is promised must follow from the file alone. Of two editions that begin on one day, two levels of one number or two items of one name, one would be taken in silence, and two readers might take another one each."
        ),
        bad="sla:\n  - effective_from: 2026-01-01\n  - effective_from: 2026-01-01\n",
        good="sla:\n  - effective_from: 2026-01-01\n  - effective_from: 2026-07-01\n",
        facts=("key", "other", "value"),
    ),
    Rule(
        code="R230",
        severity=Severity.WARNING,
        title=N_("One mark on two"),
        message=N_("“{other}” and “{key}” both have {value}, which can belong to one only."),
        help=N_("Correct the one that is wrong, or take it out where it no longer holds."),
        why=N_(
            "By an id an entry is laid to a person, by a git address a commit, by its number a certificate to whoever passed, by the maker's number a part to its stock. Where two have the same, nobody can say whose it is."
        ),
        bad="li-qiang: {git: [li.qiang@provider.example]}\nzhao-min: {git: [li.qiang@provider.example]}\n",
        good="li-qiang: {git: [li.qiang@provider.example]}\nzhao-min: {git: [zhao.min@provider.example]}\n",
        facts=("key", "other", "value"),
    ),
    Rule(
        code="R231",
        severity=Severity.WARNING,
        title=N_("Two spans of one thing at once"),
        message=N_("“{other}” and “{key}” overlap, from {from} to {to}."),
        help=N_("Make one of the two, or let the first end where the second begins."),
        why=N_(
            "One leave, one term of a role, one stand-in, one stretch of working hours is entered once. Where two of them overlap, one was mostly meant to replace the other, or a time is mistyped."
        ),
        bad="roles: [{role: desk, from: 2026-01-01}, {role: desk, from: 2026-07-01}]\n",
        good="roles: [{role: desk, from: 2026-01-01, to: 2026-03-31}, {role: desk, from: 2026-07-01}]\n",
        facts=("key", "other", "from", "to"),
    ),
)


def check_said_twice(facts: FileFacts) -> Iterator[Finding]:
    """What can be said once only, of a day, a level, a name; and marks that two have."""
    for code, path, listed in (
        ("R229", CONTRACT, _once_in_contract),
        ("R229", PLAN, _once_in_plan),
        ("R229", STAFF, _once_in_staff),
        ("R230", STAFF, _own_certificates),
        ("R230", SPARES, _own_numbers),
    ):
        if data := facts.data(path):
            yield from _twice(code, path, listed(data))
    if facts.data(CONTRACT) or facts.data(STAFF):
        yield from _identities(facts)


def check_overlaps(facts: FileFacts) -> Iterator[Finding]:
    """Leave, stand-ins and roles of one person, and hours of one day, that are entered twice over."""
    zone = facts.records.contract.zone
    if data := facts.data(DUTY):
        for section, what in (("leave", ("who",)), ("overrides", ("rota", "by"))):
            spans = [
                (
                    tuple(row[key] for key in what),
                    parse_instant(row["from"]),
                    parse_instant(row["to"]),
                )
                for row in data.get(section, ())
            ]
            for first, second, begins, ends in _overlapping(spans):
                shown = (format_instant(begins, zone), format_instant(ends, zone))
                yield _overlap(DUTY, (section, first), (section, second), *shown)
    if data := facts.data(STAFF):
        for person, fields in data["people"].items():
            terms = [
                (row["role"], row["from"], row.get("to", date.max.isoformat()) + "T24")
                for row in fields["roles"]
            ]
            here = ("people", person, "roles")
            for first, second, begins, ends in _overlapping(terms):
                until = ends.removesuffix("T24")
                yield _overlap(STAFF, (*here, first), (*here, second), begins, until)
    if data := facts.data(CONTRACT):
        found: dict[str | int, Finding] = {}
        for keys, hours in _working_hours(data):
            for first, second, *span in _overlapping([("", row[:5], row[6:]) for row in hours]):
                overlap = _overlap(CONTRACT, (*keys, first), (*keys, second), *span)
                found.setdefault(keys[1], overlap)  # a week mostly has the same hours each day
        yield from found.values()


def _twice(
    code: str, path: str, listed: Iterable[tuple[tuple[object, ...], Keys]]
) -> Iterator[Finding]:
    """What is there a second time: of each the value (its last part is shown) and the way to it."""
    first: dict[tuple[object, ...], Keys] = {}
    for value, keys in listed:
        if (other := first.setdefault(value, keys)) != keys:
            shown = {"key": dotted(keys), "other": dotted(other), "value": str(value[-1])}
            yield Finding(code, Place(path, keys=keys), "", shown)


def _once_in_contract(data: Mapping[str, Any]) -> Iterator[tuple[tuple[object, ...], Keys]]:
    for section in ("sla", "availability"):
        for number, terms in enumerate(data.get(section, ())):
            yield (section, terms["effective_from"]), (section, number, "effective_from")
            for row, severity in enumerate(terms.get("severities", ())):
                keys = (section, number, "severities", row, "level")
                yield (section, number, severity["level"]), keys
            for row, impact in enumerate(terms.get("impact", ())):
                case = f"{impact['kind']} {impact.get('severity', '')}".rstrip()
                yield (section, number, case), (section, number, "impact", row)
    for row, need in enumerate(data.get("headcount", ())):
        yield ("headcount", f"{need['site']} {need['vendor']}"), ("headcount", row)
    for row, register in enumerate(data.get("evidence", {}).get("imports", ())):
        yield ("imports", register["id"]), ("evidence", "imports", row, "id")


def _once_in_plan(data: Mapping[str, Any]) -> Iterator[tuple[tuple[object, ...], Keys]]:
    for name, items in data.get("checklists", {}).items():
        for row, item in enumerate(items):
            yield (name, item["item"]), ("checklists", name, row, "item")


def _once_in_staff(data: Mapping[str, Any]) -> Iterator[tuple[tuple[object, ...], Keys]]:
    for person, fields in data["people"].items():
        for row, known in enumerate(fields.get("experience", ())):
            yield (person, known["kind"]), ("people", person, "experience", row, "kind")


def _own_certificates(data: Mapping[str, Any]) -> Iterator[tuple[tuple[object, ...], Keys]]:
    """Each number once of each person, who keeps it when the certificate is renewed."""
    for person, fields in data["people"].items():
        numbers = {
            (held["vendor"], held["number"]): ("people", person, "certificates", row, "number")
            for row, held in enumerate(fields.get("certificates", ()))
        }
        yield from numbers.items()


def _own_numbers(data: Mapping[str, Any]) -> Iterator[tuple[tuple[object, ...], Keys]]:
    for part, fields in data["parts"].items():
        yield (fields["oem"], fields["number"].casefold()), ("parts", part, "number")


def _identities(facts: FileFacts) -> Iterator[Finding]:
    """Ids and git addresses of two: an address of contacts, and of people who have a role still, since one may be handed on."""
    records = facts.records
    today = facts.today
    first: dict[str, str] = {}
    for contact in records.contract.contacts.values():
        keys: Keys = ("contacts", contact.id, "git")
        yield from _shared(first, contact.git, CONTRACT, keys)
    for person in records.staff.people.values():
        if today is None or any(role.end is None or role.end >= today for role in person.roles):
            yield from _shared(first, person.git, STAFF, ("people", person.id, "git"))
    for both in sorted(records.staff.people.keys() & records.contract.contacts.keys()):
        of_staff: Keys = ("people", both)
        shown = {"key": dotted(of_staff), "other": dotted(("contacts", both)), "value": both}
        yield Finding("R230", Place(STAFF, keys=of_staff), "", shown)


def _shared(first: dict[str, str], git: Iterable[str], path: str, keys: Keys) -> Iterator[Finding]:
    for row, address in enumerate(git):
        other = first.setdefault(address.casefold(), dotted(keys))
        if other != dotted(keys):
            shown = {"key": dotted(keys), "other": other, "value": address}
            yield Finding("R230", Place(path, keys=(*keys, row)), "", shown)


def _overlapping(spans: Iterable[tuple[Any, Any, Any]]) -> Iterator[tuple[int, int, Any, Any]]:
    """Pairs of spans [from, to) of one thing that have a time in common, by their numbers."""
    for (first, (what, *span)), (second, (which, *other)) in combinations(enumerate(spans), 2):
        begins, ends = max(span[0], other[0]), min(span[1], other[1])
        if what == which and begins < ends:
            yield first, second, begins, ends


def _overlap(path: str, first: Keys, second: Keys, begins: str, ends: str) -> Finding:
    shown = {"key": dotted(second), "other": dotted(first), "from": begins, "to": ends}
    return Finding("R231", Place(path, keys=second), "", shown)


def _working_hours(data: Mapping[str, Any]) -> Iterator[tuple[Keys, list[str]]]:
    """Every list of hours that one day of a calendar has; those over midnight are left as they are."""
    for name, calendar in data["calendars"].items():
        for day, hours in calendar["hours"].items():
            yield ("calendars", name, "hours", day), hours
        for row, override in enumerate(calendar.get("overrides", ())):
            yield ("calendars", name, "overrides", row, "hours"), override["hours"]
