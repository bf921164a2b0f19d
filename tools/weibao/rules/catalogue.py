"""The catalogue: every rule with its severity, its sentences, its reason and its examples.

Codes are stable and never reused. ``weibao rule CODE`` and the rule pages of the site are made from
this, in both languages; each family's modules hold its own rows.
"""

from __future__ import annotations

from weibao.rules.book import (
    agreements,
    evidence,
    identities,
    intake,
    ladder,
    levels,
    people,
    policy,
    signatures,
    stock,
    work,
)
from weibao.rules.files import checkpoints, filing, ledger
from weibao.rules.record import bytes_and_characters, references, rounds, schema, steps, yaml
from weibao.rules.rule import Rule, Severity

__all__ = ["RULES", "Rule", "Severity"]

FAMILIES = "RXLESO"
"""The families' letters, in the order in which they are told."""

RULES: dict[str, Rule] = {
    rule.code: rule
    for rule in sorted(
        (
            *bytes_and_characters.ROWS,
            *yaml.ROWS,
            *schema.ROWS,
            *filing.ROWS,
            *references.ROWS,
            *steps.ROWS,
            *rounds.ROWS,
            *ledger.ROWS,
            *checkpoints.ROWS,
            *evidence.ROWS,
            *identities.ROWS,
            *signatures.ROWS,
            *policy.ROWS,
            *levels.ROWS,
            *stock.ROWS,
            *people.ROWS,
            *agreements.ROWS,
            *intake.ROWS,
            *work.ROWS,
            *ladder.ROWS,
        ),
        key=lambda rule: (FAMILIES.index(rule.family), rule.code),
    )
}
"""Every rule by its code, family by family, each in the order of the codes."""
