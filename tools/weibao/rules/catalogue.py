"""The catalogue: every rule with its severity, its sentences, its reason and its examples.

Codes are stable and never reused. ``weibao rule CODE`` and the rule pages of the site are made from
this, in both languages; each family's modules hold its own rows.
"""

from __future__ import annotations

from weibao.rules import (
    rows_checkpoint,
    rows_evidence,
    rows_filing,
    rows_ledger,
    rows_level,
    rows_operations,
    rows_record,
    rows_reference,
    rows_schema,
    rows_step,
    rows_stock,
    rows_yaml,
)
from weibao.rules.rule import Rule, Severity

__all__ = ["RULES", "Rule", "Severity"]

RULES: dict[str, Rule] = {
    rule.code: rule
    for rows in (
        rows_record,
        rows_yaml,
        rows_schema,
        rows_filing,
        rows_reference,
        rows_step,
        rows_stock,
        rows_ledger,
        rows_checkpoint,
        rows_evidence,
        rows_level,
        rows_operations,
    )
    for rule in rows.ROWS
}
"""Every rule by its code, family by family, each in the order of the codes."""
