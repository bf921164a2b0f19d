"""Promises in figures that cannot be worked out: credits, agreed figures (R25x, X32x)."""

from __future__ import annotations

from collections import Counter
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from weibao.language import N_
from weibao.model.finding import Finding, Place
from weibao.model.promises import COMPOSED, FIGURE_UNITS, bound_of, unit_agreed
from weibao.rules.rule import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from weibao.rules.facts import FileFacts

CONTRACT = "records/contract.yaml"

ROWS = (
    Rule(
        code="R250",
        severity=Severity.ERROR,
        title=N_("Two editions of credits from one day"),
        message=N_(
            "Two editions of the credits take effect on {day}: nobody can say which counts."
        ),
        help=N_("Leave one of the two in `credits` of records/contract.yaml, or correct its day."),
        why=N_(
            "What a missed promise costs is by the terms that were in effect. Where two are, provider and customer reckon two sums from one contract."
        ),
        bad="credits: [{effective_from: 2026-01-01, …}, {effective_from: 2026-01-01, …}]\n",
        good="credits: [{effective_from: 2026-01-01, …}, {effective_from: 2026-07-01, …}]\n",
        facts=("day",),
    ),
    Rule(
        code="R251",
        severity=Severity.ERROR,
        title=N_("Points without a share of the fee"),
        message=N_(
            "The bands of the credits from {day} do not say what is paid for every score from 0 to 100."
        ),
        help=N_(
            "Give each band another `from`, the lowest 0, and have `bands` wherever a rule counts points, and there alone."
        ),
        why=N_(
            "A month that is marked with points is paid by its band. A score that no band has would cost nothing, and the worst month is the likeliest to have it."
        ),
        bad='bands: [{from: 90, pay: "100%"}, {from: 80, pay: "95%"}]   # and 79?\n',
        good='bands: [{from: 90, pay: "100%"}, {from: 80, pay: "95%"}, {from: 0, pay: "80%"}]\n',
        facts=("day",),
    ),
    Rule(
        code="R252",
        severity=Severity.ERROR,
        title=N_("Credit rule that costs nothing"),
        message=N_(
            "Rule {number} of the credits from {day} can never cost anything as it is written: {rule}."
        ),
        help=N_(
            "per_breach has `target`, `severity` and `amount`; per_percent has `figure`, `below` and `amount`; points has `points`, with `target` and `severity` or with `figure` and `below`. The figure is a share or a share of time."
        ),
        why=N_(
            "A rule that lacks what it is about reads in the contract as if it were agreed, and takes nothing off any fee."
        ),
        bad='rules: [{kind: per_percent, figure: availability_contract, amount: "500.00"}]\n',
        good='rules: [{kind: per_percent, figure: availability_contract, below: "99.9%", amount: "500.00"}]\n',
        facts=("number", "day", "rule"),
    ),
    Rule(
        code="X320",
        severity=Severity.ERROR,
        title=N_("Unknown key figure"),
        message=N_("“{found}” in “{key}” is no key figure that can stand there."),
        help=N_("`weibao kpi` lists the figures with their names."),
        why=N_(
            "A target for a figure that nobody works out is never missed. Figures that are themselves made of what the contract says of others are no ground of a credit."
        ),
        bad='kpis: [{figure: complience, at_least: "95%"}]\n',
        good='kpis: [{figure: compliance, at_least: "95%"}]\n',
        facts=("key", "found", "nearest"),
    ),
    Rule(
        code="X321",
        severity=Severity.ERROR,
        title=N_("Target that the figure cannot have"),
        message=N_(
            "The target of “{figure}” is not said once, in what the figure counts in: {unit}."
        ),
        help=N_(
            'Give either `at_least` or `at_most`: a share as "95%", lengths as "4h", points as "4.5", money as "2000.00".'
        ),
        why=N_(
            "A target in another unit than its figure can be held against nothing, and so is neither reached nor missed."
        ),
        bad='kpis: [{figure: restore_time, at_most: "95%"}]\n',
        good='kpis: [{figure: restore_time, at_most: "8h"}]\n',
        facts=("figure", "unit"),
    ),
    Rule(
        code="X322",
        severity=Severity.ERROR,
        title=N_("Figure with two targets"),
        message=N_("“{figure}” has two targets among the agreed figures."),
        help=N_("Leave one of them in `kpis` of records/contract.yaml."),
        why=N_(
            "Of two targets for one figure the weaker is quoted by one side, and the other by the other."
        ),
        bad='kpis: [{figure: compliance, at_least: "95%"}, {figure: compliance, at_least: "90%"}]\n',
        good='kpis: [{figure: compliance, at_least: "95%"}]\n',
        facts=("figure",),
    ),
)


def check_credits(facts: FileFacts) -> Iterator[Finding]:
    """Editions of the credits that contradict each other, or themselves."""
    data = facts.data(CONTRACT).get("credits", ())
    editions = (
        [((), data)]
        if isinstance(data, dict)
        else [((number,), row) for number, row in enumerate(data)]
    )
    days = Counter(row.get("effective_from", "") for _, row in editions)
    for place, row in editions:
        keys = ("credits", *place)
        day = row.get("effective_from", "") or facts.records.contract.start.isoformat()
        if days[row.get("effective_from", "")] > 1:
            days[row["effective_from"]] = 1
            yield Finding("R250", Place(CONTRACT, keys=keys), "", {"day": day})
        rules = row["rules"]
        if not _complete(row.get("bands"), rules):
            yield Finding("R251", Place(CONTRACT, keys=keys), "", {"day": day})
        for number, rule in enumerate(rules):
            here = Place(CONTRACT, keys=(*keys, "rules", number))
            figure = rule.get("figure")
            if figure is not None and figure not in FIGURE_UNITS.keys() - COMPOSED:
                yield _unknown(here, "credits.rules.figure", figure)
            elif not _costs(rule):
                shown = {"number": number + 1, "day": day, "rule": rule.get("kind", "per_breach")}
                yield Finding("R252", here, "", shown)


def _complete(
    bands: Sequence[Mapping[str, Any]] | None, rules: Sequence[Mapping[str, Any]]
) -> bool:
    """Whether every score has one band; there are bands where there are points, and there alone."""
    starts = [band["from"] for band in bands or ()]
    if any(rule.get("kind") == "points" for rule in rules) != bool(starts):
        return False
    return not starts or (min(starts) == 0 and len(set(starts)) == len(starts))


def _costs(rule: Mapping[str, Any]) -> bool:
    """Whether a rule has what its kind needs, and nothing of another."""
    kind = rule.get("kind", "per_breach")
    has = rule.keys() - {"kind"}
    promise, figure = {"target", "severity"}, {"figure", "below"}
    if kind == "per_breach" and "kind" not in rule:
        return has in (promise | {"amount"}, promise | {"per_breach"})
    of_share = FIGURE_UNITS.get(rule.get("figure", ""), "share") in {"share", "time"}
    wanted = {
        "per_breach": [promise | {"amount"}],
        "per_percent": [figure | {"amount"}],
        "points": [promise | {"points"}, figure | {"points"}],
    }
    return has in wanted[kind] and of_share


def check_agreed_figures(facts: FileFacts) -> Iterator[Finding]:
    """Agreed figures that there are not, and targets that they cannot have."""
    rows = facts.data(CONTRACT).get("kpis", ())
    seen: set[str] = set()
    for number, row in enumerate(rows):
        figure, here = row["figure"], Place(CONTRACT, keys=("kpis", number))
        unit = unit_agreed(figure)
        if not unit:
            yield _unknown(here, "kpis.figure", figure)
        elif bound_of(row, unit) is None:
            yield Finding("X321", here, "", {"figure": figure, "unit": unit})
        elif figure in seen:
            yield Finding("X322", here, "", {"figure": figure})
        seen.add(figure)


def _unknown(place: Place, key: str, found: str) -> Finding:
    nearest = get_close_matches(found, sorted(FIGURE_UNITS.keys() - COMPOSED - {found}), 1)
    shown = {"key": key, "found": found, "nearest": nearest[0] if nearest else ""}
    return Finding("X320", place, "", shown)
