"""The rota: nobody on duty, on duty while on leave, or on two rotas (O106, O207, O208)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.finding import Finding, Place
from weibao.model.instant import format_instant
from weibao.operations.on_duty import shifts
from weibao.rules.lapses import lapse
from weibao.rules.rule import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.model.duty import Duty
    from weibao.model.finding import Lapse
    from weibao.model.instant import Instant
    from weibao.operations.on_duty import OnDuty
    from weibao.rules.facts import BookFacts

ROWS = (
    Rule(
        code="O106",
        severity=Severity.ERROR,
        title=N_("Nobody on duty"),
        message=N_("Nobody is on duty in the rota “{rota}”."),
        help=N_(
            "Let the rota in records/duty.yaml start in time, or name a stand-in for the gap under `overrides`."
        ),
        why=N_(
            "The rota holds seven days a week, round the clock (requirement 6), and so does the promise to respond (requirement 23). An hour in which nobody is on duty is an hour in which a fault is not answered."
        ),
        bad="rotas:\n  desk:\n    start: 2026-12-01T08:00:00+08:00   # contract from 2026-01-01\n    shift: 24h\n    order: [sun-yu, wang-lei]\n",
        good="rotas:\n  desk:\n    start: 2026-01-01T00:00:00+08:00   # contract from 2026-01-01\n    shift: 24h\n    order: [sun-yu, wang-lei]\n",
        facts=("rota",),
    ),
    Rule(
        code="O207",
        severity=Severity.WARNING,
        title=N_("On duty while on leave"),
        message=N_("{person} has the duty of “{rota}” while on leave, from {from} to {to}."),
        help=N_(
            "Say in records/duty.yaml under `overrides` who stands in, before it begins: what is entered afterwards does not clear this."
        ),
        why=N_(
            "The rota is staffed around the clock (requirement 6). Whoever is away does not answer, and the rota would still say that somebody is there."
        ),
        bad="leave: [{who: wang-lei, from: 2026-11-22T00:00:00+08:00, to: 2026-11-23T08:00:00+08:00}]   # and nobody stands in\n",
        good="overrides: [{rota: desk, from: 2026-11-22T00:00:00+08:00, to: 2026-11-23T08:00:00+08:00, by: sun-yu, instead_of: wang-lei}]\n",
        facts=("person", "rota", "from", "to"),
    ),
    Rule(
        code="O208",
        severity=Severity.WARNING,
        title=N_("On two rotas at once"),
        message=N_("{person} has the duty of “{rota}” and of “{other}” at once, from {from}."),
        help=N_("Let somebody else take one of the two turns, in records/duty.yaml."),
        why=N_(
            "One person cannot answer the phone and be on the way to a site (requirement 6): two duties at once are one duty that nobody has."
        ),
        bad="overrides: [{rota: desk, from: 2026-11-22T08:00:00+08:00, to: 2026-11-23T08:00:00+08:00, by: li-qiang}]   # li-qiang has the engineers' duty then\n",
        good="overrides: [{rota: desk, from: 2026-11-22T08:00:00+08:00, to: 2026-11-23T08:00:00+08:00, by: sun-yu}]\n",
        facts=("person", "rota", "other", "from"),
    ),
)

DUTY = "records/duty.yaml"

MONTH = 31 * 24 * 3600
"""Seconds that the rota is looked at ahead; and behind, for people who are on it twice."""

SHORTEST = 15 * 60
"""Seconds: nobody hands over more often, and shorter shifts would take for ever to lay out."""


def check_duty(facts: BookFacts) -> Iterator[Finding]:
    """Rotas that nobody is on at the instant (requirement 6)."""
    covered = {span.rota for span in facts.on_duty}
    for rota in facts.records.duty.rotas:
        if rota not in covered:
            place = Place("records/duty.yaml", keys=("rotas", rota))
            yield Finding("O106", place, "", {"rota": rota})


def lapses_of_duty(facts: BookFacts) -> Iterator[Lapse]:
    """Rotas that nobody was on before they began, or that one person was on beside another."""
    start, end = facts.elapsed
    for tenure in facts.official_duty.tenures():
        since, until = tenure.since or start, tenure.until or end
        for key, rota in tenure.value.rotas.items():
            if rota.start <= end or tenure.until is not None:
                finding = Finding("O106", Place(DUTY, keys=("rotas", key)), "", {"rota": key})
                yield from lapse(facts, finding, since, min(rota.start, until))
    for clash, finding in _clashes(facts, start, end):
        if clash.end <= facts.as_of - MONTH:
            yield from lapse(facts, finding, clash.start, clash.end)


def check_rota(facts: BookFacts) -> Iterator[Finding]:
    """People on duty while they are on leave, or on two rotas at once (requirement 6)."""
    yield from _on_leave(facts)
    start, end = facts.as_of - MONTH, facts.as_of + MONTH
    told: set[tuple[object, ...]] = set()
    for _, finding in _clashes(facts, start, end):
        clash = tuple(finding.facts[key] for key in ("person", "rota", "other"))
        if clash not in told:
            told.add(clash)
            yield finding


def _on_leave(facts: BookFacts) -> Iterator[Finding]:
    """By the rota that stood when both began: who stands in is entered before that."""
    zone, now = facts.records.contract.zone, facts.records.duty.leave
    for tenure in facts.official_duty.tenures():
        duty = tenure.value
        for leave in duty.leave:
            until = min(leave.end, facts.as_of + MONTH)
            for rota in laid_out(duty):
                for span in shifts(duty, rota, leave.start, until):
                    begun = max(span.start, leave.start)
                    if span.person == leave.who and tenure.covers(begun):
                        shown = {
                            "person": leave.who,
                            "rota": rota,
                            "from": format_instant(begun, zone),
                            "to": format_instant(min(span.end, leave.end), zone),
                        }
                        keys = ("leave", now.index(leave)) if leave in now else ("leave",)
                        yield Finding("O207", Place(DUTY, keys=keys), "", shown, begun)


def _clashes(facts: BookFacts, start: Instant, end: Instant) -> Iterator[tuple[OnDuty, Finding]]:
    """The turns that touch [``start``, ``end``) of whoever is on another rota then, with what is wrong.

    By the rota that stood when both began: who is taken off one of them afterwards was on both.
    """
    for tenure in facts.official_duty.tenures():
        first, last = max(start, tenure.since or start), min(end, tenure.until or end)
        if first < last:
            for clash, finding in _clashes_of(tenure.value, facts, first, last):
                if tenure.covers(clash.start):
                    yield replace(clash, end=min(clash.end, tenure.until or clash.end)), finding


def _clashes_of(
    duty: Duty, facts: BookFacts, start: Instant, end: Instant
) -> Iterator[tuple[OnDuty, Finding]]:
    spans = sorted(
        (span for rota in _rotas_in_common(duty) for span in shifts(duty, rota, start, end)),
        key=lambda span: (span.start, span.rota),
    )
    latest: dict[tuple[str, str], OnDuty] = {}
    for span in spans:
        for (person, rota), other in latest.items():
            if person == span.person and rota != span.rota and other.end > span.start:
                rotas = sorted((rota, span.rota))
                shown = {
                    "person": person,
                    "rota": rotas[0],
                    "other": rotas[1],
                    "from": format_instant(span.start, facts.records.contract.zone),
                }
                both = replace(span, end=min(span.end, other.end))
                place = Place(DUTY, keys=("rotas", rotas[1]))
                yield both, Finding("O208", place, "", shown, span.start)
        latest[span.person, span.rota] = span


def _rotas_in_common(duty: Duty) -> tuple[str, ...]:
    """The rotas that share a person with another one, so that no others need be laid out."""
    people = {
        rota: set(duty.rotas[rota].order)
        | {span.by for span in duty.stand_ins if span.rota == rota}
        for rota in laid_out(duty)
    }
    return tuple(
        rota
        for rota, known in people.items()
        if any(known & others for other, others in people.items() if other != rota)
    )


def laid_out(duty: Duty) -> tuple[str, ...]:
    """The rotas that are looked at shift by shift."""
    return tuple(sorted(key for key, rota in duty.rotas.items() if rota.shift >= SHORTEST))
