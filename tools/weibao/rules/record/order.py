"""Pairs of settings that are the wrong way round (R234)."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from weibao.language import N_
from weibao.model.duration import parse_duration
from weibao.model.finding import Finding, Place
from weibao.model.yaml.document import dotted
from weibao.rules.rule import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from weibao.model.yaml.document import Keys
    from weibao.rules.facts import FileFacts

CONTRACT = "records/contract.yaml"
PLAN = "records/plan.yaml"

ROWS = (
    Rule(
        code="R234",
        severity=Severity.WARNING,
        title=N_("Out of order"),
        message=N_("“{key}” is {value}, “{other}” is {limit}: that is the wrong way round."),
        help=N_(
            "Correct one of the two. A response is due no later than what follows it, a restoration no later than the resolution, a grave fault no later than a light one; rungs rise; a warning comes before a failure, and a round is done before the next one."
        ),
        why=N_(
            "Of two values that belong together, one then never matters: whoever has resolved a fault has restored the service, and what has failed needs no warning any more. Mostly a unit is mistyped, h for m or d for h."
        ),
        bad="restore: {within: 8h, clock: always}\nresolve: {within: 4h, clock: always}\n",
        good="restore: {within: 4h, clock: always}\nresolve: {within: 8h, clock: always}\n",
        facts=("key", "value", "other", "limit"),
    ),
)


TARGETS = (
    ("respond", "arrive"),
    ("respond", "restore"),
    ("respond", "resolve"),
    ("arrive", "resolve"),
    ("restore", "resolve"),
)
"""Targets of which the second cannot be reached before the first; restored it may be from afar."""

THRESHOLDS = ("failed_below", "warning_below", "warning_above", "failed_above")
"""The bounds of a checklist's item, the lowest first."""


def check_order(facts: FileFacts) -> Iterator[Finding]:
    """Pairs of values that are the wrong way round."""
    for path, pairs in ((CONTRACT, _pairs_in_contract), (PLAN, _pairs_in_plan)):
        if data := facts.data(path):
            told: set[Keys] = set()
            for first, second in pairs(data, facts):
                if not told.isdisjoint({first, second}):
                    continue  # one value that is mistyped is at odds with several
                told |= {first, second}
                shown = {
                    "key": dotted(first),
                    "value": _shown(data, first),
                    "other": dotted(second),
                    "limit": _shown(data, second),
                }
                yield Finding("R234", Place(path, keys=first), "", shown)


def _shown(data: Mapping[str, Any], keys: Keys) -> str:
    found: Any = data
    for key in keys:
        found = found[key]
    return str(found)


def _pairs_in_contract(data: Mapping[str, Any], _facts: FileFacts) -> Iterator[tuple[Keys, Keys]]:
    for number, terms in enumerate(data["sla"]):
        listed = enumerate(terms["severities"])
        promised = [
            (("sla", number, "severities", row, "targets"), severity["targets"])
            for row, severity in sorted(listed, key=lambda severity: severity[1]["level"])
        ]
        for keys, targets in promised:
            for first, second in TARGETS:
                if _is_longer(targets.get(first), targets.get(second)):
                    yield (*keys, first, "within"), (*keys, second, "within")
        for (grave, targets), (light, lighter) in pairwise(promised):
            for target, promise in targets.items():
                if _is_longer(promise, lighter.get(target)):
                    yield (*grave, target, "within"), (*light, target, "within")
    for (below, rung), (on, above) in pairwise(enumerate(data.get("escalation", ()))):
        for key in ("at", "level"):
            reached = [int(str(step[key]).removesuffix("%")) for step in (rung, above)]
            if reached[0] >= reached[1]:
                yield ("escalation", below, key), ("escalation", on, key)


def _is_longer(first: Mapping[str, str] | None, second: Mapping[str, str] | None) -> bool:
    """Whether the first of two promises allows more; of two clocks, or of hours and days, nothing is said."""
    if first is None or second is None or first["clock"] != second["clock"]:
        return False
    one, other = parse_duration(first["within"]), parse_duration(second["within"])
    if one.in_working_days != other.in_working_days:
        return False
    return (one.working_days, one.seconds) > (other.working_days, other.seconds)


def _pairs_in_plan(data: Mapping[str, Any], facts: FileFacts) -> Iterator[tuple[Keys, Keys]]:
    from weibao.operations.planned import first_rounds  # a ticket is checked without it

    for name, items in data.get("checklists", {}).items():
        for row, item in enumerate(items):
            for lower, upper in pairwise([bound for bound in THRESHOLDS if bound in item]):
                if item[lower] > item[upper]:
                    yield ("checklists", name, row, lower), ("checklists", name, row, upper)
    for work in facts.records.plan.work.values():
        days = first_rounds(work, facts.records.contract.end)
        longest = max((later - day for day, later in pairwise(days)), default=None)
        if longest and timedelta(seconds=work.due_within) > longest:
            yield ("plan", work.id, "due_within"), ("plan", work.id, "rule")
