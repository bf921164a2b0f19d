"""A record's values: what its JSON Schema asks of every key (R2xx)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.finding import Finding, Place
from weibao.rules.rule import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.rules.facts import FileFacts

ROWS = (
    Rule(
        code="R201",
        severity=Severity.ERROR,
        title=N_("Wrong type"),
        message=N_(
            "“{key}” holds “{found}”, which is not of the type that is expected: {expected}."
        ),
        help=N_(
            "Write a value of the type {expected}. A text that looks like a number or like true or false needs double quotes; a list needs brackets, even with one item."
        ),
        why=N_(
            "Plain words are read by the core schema of YAML 1.2: only `true` and `false` are booleans and only decimal numbers are numbers. A serial number without quotes becomes a number and may lose its leading zeros."
        ),
        bad="assets: core-sw-01\n",
        good="assets: [core-sw-01]\n",
        facts=("key", "found", "expected"),
    ),
    Rule(
        code="R202",
        severity=Severity.ERROR,
        title=N_("Missing key"),
        message=N_("The key “{key}” is missing."),
        help=N_(
            "Add “{key}”. An editor that knows the schema named in the file's first line offers the missing keys and explains them."
        ),
        why=N_(
            "Each key is asked for because a clause of the service plan, a verdict or a report rests on it. A record that leaves it out could be neither judged nor answered for (requirement 9)."
        ),
        bad="  - {at: 2026-11-20T11:20:00+08:00, event: restored, by: li-qiang}\n",
        good="  - {at: 2026-11-20T11:20:00+08:00, event: restored, by: li-qiang, mode: on_site}\n",
        facts=("key",),
    ),
    Rule(
        code="R203",
        severity=Severity.ERROR,
        title=N_("Unknown key"),
        message=N_("The key “{key}” is not known here."),
        help=N_("Correct its spelling or take it out; the keys known here are: {allowed}."),
        why=N_(
            "A misspelt key would be ignored in silence: `serverity: 1` would leave the ticket without a severity and every promise on it unjudged. So the schemas name every key and allow no other."
        ),
        bad="serverity: 1\n",
        good="severity: 1\n",
        facts=("key", "found", "allowed"),
    ),
    Rule(
        code="R204",
        severity=Severity.ERROR,
        title=N_("Not one of the words allowed"),
        message=N_("“{found}” is none of the words that “{key}” may have."),
        help=N_("Write one of: {expected}."),
        why=N_(
            "Kinds, channels, reasons and results are closed sets, so that figures count the same thing under one word. A pause for any reason but those listed would stop a clock that the contract lets run."
        ),
        bad="  - {at: 2026-11-20T10:00:00+08:00, event: paused, by: li-qiang, reason: waiting_for_part}\n",
        good="  - {at: 2026-11-20T10:00:00+08:00, event: paused, by: li-qiang, reason: site_access}\n",
        facts=("key", "found", "expected"),
    ),
    Rule(
        code="R205",
        severity=Severity.ERROR,
        title=N_("Wrong form"),
        message=N_("“{found}” does not have the form that “{key}” must have."),
        help=N_("Write it in this form: {expected}"),
        why=N_(
            "Ids, times, durations and hashes have one spelling each, so that two tools never read one value in two ways. A time must carry its offset, as RFC 3339 asks: 09:12 without one is another instant in every zone."
        ),
        bad="reported_at: 2026-11-20 09:12\n",
        good="reported_at: 2026-11-20T09:12:00+08:00\n",
        facts=("key", "found", "expected"),
    ),
    Rule(
        code="R206",
        severity=Severity.ERROR,
        title=N_("Out of bounds"),
        message=N_("“{found}” is outside the bounds of “{key}”."),
        help=N_("Stay within the bounds: {expected}."),
        why=N_(
            "Every number, text and list has bounds. They catch slips, such as a satisfaction of 50 on a scale of five, and keep a single value from flooding the pages and reports."
        ),
        bad="  - {at: 2026-11-20T14:00:00+08:00, event: confirmed, by: wang-lei, contact: zhang-gong, via: phone, satisfaction: 50}\n",
        good="  - {at: 2026-11-20T14:00:00+08:00, event: confirmed, by: wang-lei, contact: zhang-gong, via: phone, satisfaction: 5}\n",
        facts=("key", "found", "expected"),
    ),
    Rule(
        code="R207",
        severity=Severity.ERROR,
        title=N_("Not as the schema asks"),
        message=N_("“{key}” is not as its schema asks: “{found}”."),
        help=N_("What the schema asks: {expected}"),
        why=N_(
            "The schemas (JSON Schema 2020-12) say which keys belong together: planned work has a window, an approval and a rollback and no severity; a fault is the other way round. What no more special rule names is refused here."
        ),
        bad="kind: upgrade\ntitle: 核心交换机软件升级\nseverity: 2\n",
        good=(
            "kind: upgrade\n"
            "title: 核心交换机软件升级\n"
            "window: {start: 2026-11-28T00:00:00+08:00, end: 2026-11-28T04:00:00+08:00}\n"
            "approved_by: zhang-gong\n"
            "rollback: 回退到升级前的版本与配置\n"
        ),
        facts=("key", "found", "expected"),
    ),
    Rule(
        code="R208",
        severity=Severity.ERROR,
        title=N_("Time or day that does not exist"),
        message=N_("“{found}” in “{key}” is no time or day that exists."),
        help=N_(
            "Write a day that the calendar has and a time from 00:00:00 to 23:59:59 with its offset, such as 2026-11-23T09:12:00+08:00. Midnight is 00:00:00 of the next day."
        ),
        why=N_(
            "Verdicts are arithmetic on instants. 30 February is no day, and 24:00 is no time of RFC 3339. A leap second (23:59:60) is one, but Unix time, in which git keeps its evidence, cannot hold it."
        ),
        bad="reported_at: 2026-02-30T09:12:00+08:00\n",
        good="reported_at: 2026-02-28T09:12:00+08:00\n",
        facts=("key", "found"),
    ),
)

CHECKED_IN = ("weibao.model.schema.faults",)

PLAN = "records/plan.yaml"


def check_recurrence(facts: FileFacts) -> Iterator[Finding]:
    """Lines of the plan whose rule recurs on no day (RFC 5545, section 3.3.10)."""
    if not facts.asked(PLAN):
        return
    # Not even loaded for a ticket: who saves one waits for its check.
    from weibao.operations.planned import is_rule

    for work in facts.records.plan.work.values():
        if work.rule and not is_rule(work.rule):
            keys = ("plan", work.id, "rule")
            shown = {
                "key": ".".join(keys),
                "found": work.rule,
                "expected": "RFC 5545",
                "zh": "RFC 5545 的重复规则，以天或更长为单位，如 FREQ=MONTHLY;INTERVAL=3",
                "en": "A recurrence by days or longer as RFC 5545 has it: FREQ=MONTHLY;INTERVAL=3",
            }
            yield Finding("R205", Place(PLAN, keys=keys), "", shown)
