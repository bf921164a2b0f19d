"""The catalogue: every rule with its severity, its sentences, its reason and its examples.

Codes are stable and never reused. ``weibao rule CODE`` and the rule pages of the site are made from
this, in both languages; each family's modules hold its own rows.
"""

from __future__ import annotations

from weibao.rules import (
    rows_agreement,
    rows_checkpoint,
    rows_evidence,
    rows_filing,
    rows_identity,
    rows_intake,
    rows_ladder,
    rows_ledger,
    rows_level,
    rows_operations,
    rows_people,
    rows_record,
    rows_reference,
    rows_schema,
    rows_step,
    rows_stock,
    rows_terms,
    rows_work,
    rows_yaml,
)
from weibao.rules.rule import Rule, Severity

__all__ = ["RULES", "Rule", "Severity"]

FAMILIES = "RXLESO"
"""The families' letters, in the order in which they are told."""

RULES: dict[str, Rule] = {
    rule.code: rule
    for rule in sorted(
        (
            *rows_record.ROWS,
            *rows_yaml.ROWS,
            *rows_schema.ROWS,
            *rows_filing.ROWS,
            *rows_reference.ROWS,
            *rows_step.ROWS,
            *rows_stock.ROWS,
            *rows_ledger.ROWS,
            *rows_checkpoint.ROWS,
            *rows_evidence.ROWS,
            *rows_identity.ROWS,
            *rows_terms.ROWS,
            *rows_level.ROWS,
            *rows_operations.ROWS,
            *rows_people.ROWS,
            *rows_agreement.ROWS,
            *rows_intake.ROWS,
            *rows_work.ROWS,
            *rows_ladder.ROWS,
        ),
        key=lambda rule: (FAMILIES.index(rule.family), rule.code),
    )
}
"""Every rule by its code, family by family, each in the order of the codes."""
