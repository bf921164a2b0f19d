"""A name says what it names: one class one name, a variable what it holds, a module its own matter."""

from __future__ import annotations

import ast
from collections import defaultdict
from typing import TYPE_CHECKING

import pytest

from project.source import modules

if TYPE_CHECKING:
    from collections.abc import Iterator

SAYS_NOTHING = frozenset({"one", "each", "it", "elem", "thing", "x", "i", "obj"})
"""Names that a loop would let every value have. An item is one of a checklist, an element one of a list."""

OFTEN = 3
"""In how many rooms a module may have one name: a matter has its model, its command and its views."""


@pytest.fixture(scope="module")
def package() -> dict[str, str]:
    return modules()


def classes_told_twice(package: dict[str, str]) -> dict[str, list[str]]:
    """Names that several classes have, with the modules of the classes."""
    found = defaultdict(list)
    for module, source in package.items():
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.ClassDef):
                found[node.name.lstrip("_")].append(module)
    return {name: where for name, where in found.items() if len(where) > 1}


def loops_that_say_nothing(package: dict[str, str]) -> list[str]:
    """The module, line and variable of each loop or comprehension over a name that says nothing."""
    return [
        f"{module}:{name.lineno} {name.id}"
        for module, source in package.items()
        for target in _targets(ast.parse(source))
        for name in ast.walk(target)
        if isinstance(name, ast.Name) and name.id in SAYS_NOTHING
    ]


def modules_told_often(package: dict[str, str]) -> dict[str, list[str]]:
    """Last parts of names that modules of more rooms have, with the modules; folders do not count."""
    found = defaultdict(list)
    folders = {module.rpartition(".")[0] for module in package}
    for module in package.keys() - folders:
        found[module.rpartition(".")[2]].append(module)
    return {
        name: sorted(where)
        for name, where in found.items()
        if len({module.split(".")[1] for module in where}) > OFTEN
    }


def _targets(tree: ast.AST) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        if isinstance(node, ast.For | ast.AsyncFor | ast.comprehension):
            yield node.target


def test_no_two_classes_have_one_name(package) -> None:
    assert classes_told_twice(package) == {}


def test_a_loop_says_what_it_goes_through(package) -> None:
    assert loops_that_say_nothing(package) == []


def test_a_modules_own_name_is_given_in_three_rooms_at_most(package) -> None:
    assert modules_told_often(package) == {}


def test_a_second_class_of_a_name_is_seen_though_it_be_private_or_within_another() -> None:
    package = {"a": "class Step: ...", "b": "class Other:\n    class _Step: ..."}

    assert classes_told_twice(package) == {"Step": ["a", "b"]}
    assert classes_told_twice({"a": "class Step: ...", "b": "class Steps: ..."}) == {}


@pytest.mark.parametrize(
    "loop",
    [
        "for one in tickets: ...",
        "for place, (each, _) in tickets: ...",
        "found = [thing.id for thing in tickets]",
        "found = {one: 1 for ticket in tickets for one in ticket}",
        "async def read(tickets):\n    async for one in tickets: ...",
    ],
)
def test_a_loop_that_says_nothing_is_seen(loop: str) -> None:
    assert len(loops_that_say_nothing({"a": loop})) == 1
    assert loops_that_say_nothing({"a": "for ticket in tickets:\n    one = ticket"}) == []


def test_a_module_of_a_name_in_a_fourth_room_is_seen() -> None:
    thrice = {f"weibao.{room}.audit": "" for room in ("a", "b", "c")}
    further = {"weibao.a.more.audit": "", "weibao.audit": "", "weibao.audit.book": ""}

    assert modules_told_often(thrice | further) == {}
    assert [*modules_told_often(thrice | {"weibao.d.audit": ""})] == ["audit"]
