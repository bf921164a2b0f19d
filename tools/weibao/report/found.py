"""Findings counted."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING

from weibao.rules.catalogue import RULES, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from weibao.model.finding import Finding
    from weibao.report.book import Book


def by_code(findings: Iterable[Finding]) -> Mapping[str, int]:
    """How many findings there are of each rule; 0 of every other."""
    return Counter(finding.code for finding in findings)


def by_severity(findings: Iterable[Finding]) -> Mapping[Severity, int]:
    """How many findings there are of each severity, the worst first."""
    found = Counter(RULES[finding.code].severity for finding in findings)
    return {severity: found[severity] for severity in Severity}


def damages(finding: Finding) -> bool:
    """Whether it is an error in what a record says, refers to or has lost (R, X, L)."""
    return finding.code[0] in "RXL" and RULES[finding.code].severity is Severity.ERROR


def errors(findings: Iterable[Finding]) -> int:
    """How many of the findings are errors."""
    return by_severity(findings)[Severity.ERROR]


def untold(book: Book, where: str) -> tuple[str, ...]:
    """Of a folder the files that no record of the Book is of, as they are damaged or lost; a file itself where it is.

    A list of what is there cannot tell of these.
    """
    wrong = chain(book.reading, *book.damaged.values())
    paths = {finding.place.path for finding in wrong if damages(finding)}
    told = frozenset(book.paths.values()) - {where}
    found = paths.union(book.records.unreadable) - told
    return tuple(sorted(path for path in found if path.startswith(where)))
