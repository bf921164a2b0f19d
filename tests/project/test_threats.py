"""SECURITY.md tells what the hostile tests hold: its tables are made of their own expectations.

``UPDATE_HANDBOOK=1`` writes them anew.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

import pytest

from hostile.test_dishonest_histories import DAMAGED, FILED, PEOPLE, ROOTS, RULES_BENT, UNTRUE
from hostile.test_nothing_lost import CHEATS as LOST
from hostile.test_nothing_lost import ROWS
from hostile.threats import BELIEVED, BY_OTHERS, BY_THE_PROVIDER, THREATS, Ending, caught
from project.pages import ROOT
from weibao.rules.catalogue import RULES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from hostile.threats import Threat

PAGE = ROOT / "SECURITY.md"
TESTS = ROOT / "tests"
BLOCK = re.compile(r"(<!-- (\w+): begin -->\n).*?(<!-- \2: end -->)", re.DOTALL)
NAMED = re.compile(r"\bcaught\(\s*\"([^\"]+)\"")
HISTORIES: Mapping[str, Mapping[str, Iterable[str]]] = {
    "damage": {name: cheat.found for name, cheat in DAMAGED.items()},
    "losses by the shape of history": {name: found for name, (_, found) in LOST.items()},
    "untrue times": {name: cheat.found for name, cheat in UNTRUE.items()},
    "filed again": {name: cheat.found for name, cheat in FILED.items()},
    "rules bent": {name: cheat.found for name, cheat in RULES_BENT.items()},
    "people": {name: cheat.found for name, cheat in PEOPLE.items()},
    "roots": {name: cheat.found for name, cheat in ROOTS.items()},
}


def holders() -> dict[str, list[str]]:
    """By row, the test files that hold it, from the top of the repository."""
    found: dict[str, list[str]] = {}
    for path in sorted(TESTS.rglob("test_*.py")):
        named = set(NAMED.findall(path.read_text(encoding="utf-8")))
        if path.name == "test_nothing_lost.py":
            named |= set(ROWS.values())
        for name in named if path.name != "test_threats.py" else ():
            found.setdefault(name, []).append(path.relative_to(ROOT).as_posix())
    return found


def table(rows: Mapping[str, Threat]) -> str:
    held = holders()
    lines = ["| attempt | how | what comes of it | told by | held by |", "|---|---|---|---|---|"]
    for name, row in rows.items():
        tests = ", ".join(f"[{path.rpartition('/')[2]}]({path})" for path in held.get(name, ()))
        lines.append(f"| {name} | {row.how} | {row.ending} | {listed(row.codes)} | {tests} |")
    return "\n".join(lines)


def listed(codes: Iterable[str]) -> str:
    return ", ".join(sorted(codes)) or "–"


def histories() -> str:
    return "\n".join(
        f"- **{family}**: " + "; ".join(f"{name} ({listed(found)})" for name, found in rows.items())
        for family, rows in HISTORIES.items()
    )


BLOCKS = {
    "provider": lambda: table(BY_THE_PROVIDER),
    "others": lambda: table(BY_OTHERS),
    "histories": histories,
    "believed": lambda: "\n".join(f"- {limit}" for limit in BELIEVED),
}


def test_the_page_says_what_the_tests_expect() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert [found[2] for found in BLOCK.finditer(text)] == list(BLOCKS)
    made = BLOCK.sub(lambda found: f"{found[1]}{BLOCKS[found[2]]()}\n{found[3]}", text)
    if os.environ.get("UPDATE_HANDBOOK"):
        PAGE.write_text(made, encoding="utf-8", newline="\n")
    assert made == text or os.environ.get("UPDATE_HANDBOOK")


def test_every_row_is_held_by_a_test_and_names_rules_that_there_are() -> None:
    assert holders().keys() == THREATS.keys()
    assert {code for row in THREATS.values() for code in row.codes} - RULES.keys() == set()


@pytest.mark.parametrize(
    ("name", "ending", "found"),
    [
        ("foxtrot", Ending.STAYS, ["L104"]),
        ("foxtrot", Ending.MISSED, ["L101"]),
        ("foxtrot", Ending.MISSED, []),
        ("two free hours", Ending.AT_WORST, ["E101"]),
    ],
)
def test_a_test_that_finds_otherwise_than_its_row_says_fails(
    name: str, ending: Ending, found: list[str]
) -> None:
    with pytest.raises(AssertionError):
        caught(name, ending, found)
