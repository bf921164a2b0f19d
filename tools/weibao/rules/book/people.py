"""Rules on people: managers, certificates, experience, reserves and the rota (O20x)."""

from __future__ import annotations

from weibao.language import N_
from weibao.rules.rule import Rule, Severity

ROWS = (
    Rule(
        code="O201",
        severity=Severity.WARNING,
        title=N_("No project manager"),
        message=N_("From {from} to {to} nobody is project manager."),
        help=N_("Give the role `pm` to one person for these days in records/staff.yaml."),
        why=N_(
            "One project manager is the centre of decisions between the two sides (requirement 26). On a day without one, nobody issues planned work and nobody is told of a grave fault."
        ),
        bad="roles: [{role: pm, from: 2026-01-01, to: 2026-06-30}]   # and nobody after that\n",
        good="roles: [{role: pm, from: 2026-01-01, to: 2026-12-31}]\n",
        facts=("from", "to"),
    ),
    Rule(
        code="O202",
        severity=Severity.WARNING,
        title=N_("Two project managers at once"),
        message=N_("From {from} to {to} there is more than one project manager: {people}."),
        help=N_(
            "End the role of the one on the day before the other begins, in records/staff.yaml; a deputy can be `supervisor`."
        ),
        why=N_(
            "The service plan asks for one project manager (requirement 26): with two, each can believe that the other decides."
        ),
        bad=(
            "chen-jie: {roles: [{role: pm, from: 2026-01-01}]}\n"
            "he-chuan: {roles: [{role: pm, from: 2026-07-01}]}\n"
        ),
        good=(
            "chen-jie: {roles: [{role: pm, from: 2026-01-01, to: 2026-06-30}]}\n"
            "he-chuan: {roles: [{role: pm, from: 2026-07-01}]}\n"
        ),
        facts=("from", "to", "people"),
    ),
    Rule(
        code="O203",
        severity=Severity.WARNING,
        title=N_("Fault handled without a certificate"),
        message=N_(
            "None of those who handled it ({people}) held a valid certificate of “{vendor}” that day."
        ),
        help=N_(
            "If one of them holds it, list it with its dates in records/staff.yaml; else let a certified engineer look at the work, and record that."
        ),
        why=N_(
            "Engineers are certified by the maker of the equipment (requirement 13). Work by others may void its warranty and hide the cause."
        ),
        bad="certificates: [{vendor: h3c, name: H3CSE-RS, number: '0002', from: 2025-01-01, to: 2027-12-31}]   # the fault was on a huawei switch\n",
        good="certificates: [{vendor: huawei, name: HCIE-Datacom, number: '0001', from: 2024-05-01, to: 2027-04-30}]\n",
        facts=("vendor", "people"),
    ),
    Rule(
        code="O204",
        severity=Severity.WARNING,
        title=N_("Not enough experience"),
        message=N_(
            "No engineer has the experience on this kind of equipment that the contract asks: {asset_kind}, {years} years."
        ),
        help=N_(
            "List the experience of the engineers in records/staff.yaml, or bring in somebody who has it."
        ),
        why=N_(
            "The contract asks for years of experience on the customer's kinds of equipment (requirement 14), since certificates alone do not repair anything."
        ),
        bad="experience: [{kind: ups, since: 2025-09-01}]   # the contract asks for 3 years\n",
        good="experience: [{kind: ups, since: 2019-07-01}]\n",
        facts=("asset_kind", "years"),
    ),
    Rule(
        code="O205",
        severity=Severity.WARNING,
        title=N_("Too few certified people at a site"),
        message=N_(
            "The contract asks for {asked} certified by “{vendor}” at “{site}”; there are {number}."
        ),
        help=N_(
            "Give an engineer the site or the certificate in records/staff.yaml, where it is so; else see to it, and raise a corrective action."
        ),
        why=N_(
            "There must be enough people for the kinds, numbers and places of the equipment (requirement 15): the nearest certified engineer decides how soon a fault is mended."
        ),
        bad="headcount: [{site: dalian, vendor: h3c, certified: 2}]   # one engineer at dalian holds H3CSE\n",
        good="headcount: [{site: dalian, vendor: h3c, certified: 2}]   # two engineers at dalian hold H3CSE\n",
        facts=("site", "vendor", "asked", "number"),
    ),
    Rule(
        code="O206",
        severity=Severity.WARNING,
        title=N_("No certified reserve"),
        message=N_("No reserve with a valid certificate of “{vendor}” can be called."),
        help=N_(
            "Give the role `reserve` to somebody who holds the certificate, in records/staff.yaml."
        ),
        why=N_(
            "Certified reserves can be called at any time (requirement 16), so that illness or two faults at once do not leave a maker's equipment without anybody."
        ),
        bad="roles: [{role: engineer, from: 2026-01-01}]   # nobody is reserve\n",
        good="roles: [{role: engineer, from: 2026-01-01}, {role: reserve, from: 2026-01-01}]\n",
        facts=("vendor",),
    ),
    Rule(
        code="O207",
        severity=Severity.WARNING,
        title=N_("On duty while on leave"),
        message=N_("{person} has the duty of “{rota}” while on leave, from {from} to {to}."),
        help=N_("Say in records/duty.yaml under `overrides` who stands in."),
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
