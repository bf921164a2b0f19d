"""Every rule, registered by being there: each module of a scope's folder is a family, with its checks.

A family has ``ROWS``, its rules, and checks, the functions whose names begin with ``check_``; where a check
judges an instant, a function whose name begins with ``lapses_`` finds what was so for a while. Where a rule
is checked elsewhere, since a file that breaks it never becomes a record, ``CHECKED_IN`` names the modules.
A scope is read when it is first needed: whoever checks one file does not wait for the rules on a Book.
Codes are stable and never reused. ``weibao rule CODE`` and the rule pages of the site are made from the rows, in both languages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any

from weibao.rules.rule import Rule, Severity

if TYPE_CHECKING:
    from types import ModuleType

    from weibao.rules.facts import BookCheck, BookLapses, FileCheck

__all__ = ["RULES", "Rule", "Severity"]

SCOPES = {"record": "RX", "files": "RXL", "book": "ESO"}
"""What is judged, each a folder of this package, and the letters that its rules may have."""


@cache
def families(scope: str) -> tuple[ModuleType, ...]:
    """The modules of a scope, by name."""
    package = import_module(f"weibao.rules.{scope}")
    found = sorted(module.name for module in iter_modules(package.__path__))
    return tuple(import_module(f"{package.__name__}.{name}") for name in found)


def record_checks() -> tuple[FileCheck, ...]:
    """The checks of what a record says by itself and beside the configuration."""
    return _checks("record")


def file_checks() -> tuple[FileCheck, ...]:
    """The checks of files against each other."""
    return _checks("files")


def book_checks() -> tuple[BookCheck, ...]:
    """The checks of a whole Book."""
    return _checks("book")


def book_checks_for_errors(letters: Iterable[str]) -> tuple[BookCheck, ...]:
    """Those of them whose families have an error of the ``letters``."""
    wanted = {(letter, Severity.ERROR) for letter in letters}
    return tuple(
        check
        for family in families("book")
        if any((rule.family, rule.severity) in wanted for rule in family.ROWS)
        for check in _in_family(family, "check_")
    )


def book_lapses() -> tuple[BookLapses, ...]:
    """What finds the lapses of a whole Book, over its term."""
    return _checks("book", "lapses_")


@cache
def _checks(scope: str, prefix: str = "check_") -> tuple[Any, ...]:
    return tuple(check for family in families(scope) for check in _in_family(family, prefix))


def _in_family(family: ModuleType, prefix: str) -> Iterator[Any]:
    for name, there in vars(family).items():
        if name.startswith(prefix) and there.__module__ == family.__name__:
            yield there


class _Rules(Mapping[str, Rule]):
    """Every rule by its code, letter by letter, each in the order of the codes."""

    def __getitem__(self, code: str) -> Rule:
        return _rules(code[:1])[code]

    def __iter__(self) -> Iterator[str]:
        return (
            code for letter in dict.fromkeys("".join(SCOPES.values())) for code in _rules(letter)
        )

    def __len__(self) -> int:
        return sum(1 for _ in self)


@cache
def _rules(letter: str) -> dict[str, Rule]:
    scopes = (scope for scope, letters in SCOPES.items() if letter in letters)
    rows = (rule for scope in scopes for family in families(scope) for rule in family.ROWS)
    own = (rule for rule in rows if rule.family == letter)
    return {rule.code: rule for rule in sorted(own, key=lambda rule: rule.code)}


RULES: Mapping[str, Rule] = _Rules()
"""Every rule by its code."""
