from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING

import pytest
import yaml

import weibao
from weibao.language import language
from weibao.model.events import EVENTS, TICKET_EVENTS
from weibao.rules.catalogue import (
    RULES,
    SCOPES,
    Rule,
    book_checks,
    families,
    file_checks,
    record_checks,
)

if TYPE_CHECKING:
    from types import FunctionType

PACKAGE = Path(weibao.__file__).parent
FAMILIES = {family.__name__: family for scope in SCOPES for family in families(scope)}
LETTERS = "RXLESO"
TEXTS = ("title", "message", "help", "why")
CODE = re.compile(rf'"([{LETTERS}]\d{{3}})"')
ROW = re.compile(r"^ +code=.*$", re.MULTILINE)
ENTRY = re.compile(r"^[ +-]?  - (\{.*\})(?: +#.*)?$", re.MULTILINE)
TICKET_COMMAND = re.compile(r"`weibao ticket (\w+)")
SHARED_KEYS = {"at", "event", "by", "note", "internal"}

every_rule = pytest.mark.parametrize("rule", RULES.values(), ids=RULES)


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def emitted(*modules: str) -> set[str]:
    """The codes that modules find, or all of the package: those that stand elsewhere than in a row."""
    named = (PACKAGE.parent / f"{module.replace('.', '/')}.py" for module in modules)
    texts = (
        path.read_text(encoding="utf-8") for path in (modules and named) or PACKAGE.rglob("*.py")
    )
    return {code for text in texts for code in CODE.findall(ROW.sub("", text))}


def test_every_module_of_a_scope_is_a_family_by_being_there() -> None:
    there = {
        f"weibao.rules.{scope}.{path.stem}"
        for scope in SCOPES
        for path in (PACKAGE / "rules" / scope).glob("[!_]*.py")
    }
    assert set(FAMILIES) == there
    assert [name for name, family in FAMILIES.items() if not family.ROWS] == []


def test_no_code_is_given_twice_and_none_is_left_out() -> None:
    codes = Counter(rule.code for family in FAMILIES.values() for rule in family.ROWS)
    assert [code for code, times in codes.items() if times > 1] == []
    assert set(codes) == set(RULES)


def test_a_code_is_a_letter_that_its_scope_may_have_and_three_digits() -> None:
    strangers = [
        (scope, rule.code)
        for scope, letters in SCOPES.items()
        for family in families(scope)
        for rule in family.ROWS
        if not re.fullmatch(rf"[{letters}]\d{{3}}", rule.code)
    ]
    assert strangers == []


@pytest.mark.parametrize("name", FAMILIES)
def test_the_check_of_a_rule_is_in_its_file_or_where_the_file_says(name: str) -> None:
    family = FAMILIES[name]
    elsewhere = getattr(family, "CHECKED_IN", ())
    assert {rule.code for rule in family.ROWS} - emitted(name, *elsewhere) == set()
    assert [module for module in elsewhere if not emitted(module)] == []


@pytest.mark.parametrize(
    ("checks", "facts"),
    [(record_checks(), "FileFacts"), (file_checks(), "FileFacts"), (book_checks(), "BookFacts")],
    ids=SCOPES,
)
def test_the_checks_of_a_scope_share_a_signature(
    checks: tuple[FunctionType, ...], facts: str
) -> None:
    assert len(checks) > 1
    shared = {"facts": facts, "return": "Iterator[Finding]"}
    assert [check.__name__ for check in checks if check.__annotations__ != shared] == []


def test_the_catalogue_lists_letter_by_letter_in_the_order_of_the_codes() -> None:
    assert list(RULES) == sorted(RULES, key=lambda code: (LETTERS.index(code[0]), code))


def test_every_code_that_the_package_finds_is_explained() -> None:
    assert emitted() - set(RULES) == set()


@pytest.mark.parametrize("code", ["", "X", "X999", "Z101", "nothing"])
def test_what_is_no_code_has_no_rule(code: str) -> None:
    assert RULES.get(code) is None


@every_rule
def test_a_rule_says_what_is_wrong_how_to_mend_it_and_why(rule: Rule) -> None:
    assert [kind for kind in TEXTS if not getattr(rule, kind).strip()] == []
    assert not rule.title.endswith(".")
    assert rule.message.endswith(".")
    assert rule.why.endswith(".")


@every_rule
def test_a_rule_shows_the_fault_and_the_same_mended(rule: Rule) -> None:
    assert rule.bad.endswith("\n")
    assert rule.good.endswith("\n")
    assert rule.bad != rule.good


@every_rule
@pytest.mark.parametrize("code", ["zh", "en"])
def test_texts_have_places_only_for_facts_that_the_finding_carries(rule: Rule, code: str) -> None:
    spoken = language(code)
    assert places(rule.title) | places(rule.why) == set()
    for text in (rule.message, rule.help, rule.dropped):
        assert places(spoken.text(text)) <= set(rule.facts)


@every_rule
def test_a_good_example_shows_entries_as_the_table_of_events_has_them(rule: Rule) -> None:
    for line in ENTRY.findall(rule.good):
        entry = yaml.safe_load(line)
        rows = [event for events in EVENTS.values() for event in events]
        fitting = [
            event.name
            for event in rows
            if event.name == entry["event"]
            and {field.key for field in event.fields if field.required} <= entry.keys()
            and entry.keys() <= SHARED_KEYS | {field.key for field in event.fields}
        ]
        assert fitting, line


@every_rule
def test_a_rule_names_only_ticket_commands_that_the_table_of_events_has(rule: Rule) -> None:
    verbs = {event.verb.split()[0] for event in TICKET_EVENTS} | {"show", "list"}
    named = {verb for text in (rule.help, rule.why) for verb in TICKET_COMMAND.findall(text)}
    assert named <= verbs
