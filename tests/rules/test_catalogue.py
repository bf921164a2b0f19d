from __future__ import annotations

import importlib
import pkgutil
import re
from collections import Counter
from pathlib import Path
from string import Formatter

import pytest
import yaml

import weibao
from weibao import rules
from weibao.language import language
from weibao.model.events import EVENTS, TICKET_EVENTS
from weibao.rules.catalogue import RULES, Rule

PACKAGE = Path(weibao.__file__).parent
ROWS = {
    one.name.removeprefix("weibao.rules."): module.ROWS
    for one in pkgutil.walk_packages(rules.__path__, "weibao.rules.")
    if hasattr(module := importlib.import_module(one.name), "ROWS")
}
BEGINNINGS = {
    "record.bytes_and_characters": "R10",
    "record.yaml": "R11",
    "record.schema": "R2",
    "files.filing": "R3",
    "record.references": "X1",
    "record.steps": "X2",
    "record.rounds": "X3",
    "files.ledger": "L1",
    "files.checkpoints": "L11",
    "book.evidence": "E1",
    "book.signatures": "E1",
    "book.identities": "E1",
    "book.policy": "E1",
    "book.levels": "S1",
    "book.stock": "O1",
    "book.people": "O20",
    "book.agreements": "O21",
    "book.intake": "O22",
    "book.work": "O23",
    "book.ladder": "O24",
}
FAMILIES = "RXLESO"
TEXTS = ("title", "message", "help", "why")
CODE = re.compile(rf'"([{FAMILIES}]\d{{3}})"')
ROW = re.compile(r"^ +code=.*$", re.MULTILINE)
ENTRY = re.compile(r"^[ +-]?  - (\{.*\})(?: +#.*)?$", re.MULTILINE)
TICKET_COMMAND = re.compile(r"`weibao ticket (\w+)")
SHARED_KEYS = {"at", "event", "by", "note", "internal"}

every_rule = pytest.mark.parametrize("rule", RULES.values(), ids=RULES)


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def emitted() -> set[str]:
    texts = (path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    return {code for text in texts for code in CODE.findall(ROW.sub("", text))}


def test_no_code_is_given_twice_and_none_is_left_out() -> None:
    codes = Counter(rule.code for rows in ROWS.values() for rule in rows)
    assert [code for code, times in codes.items() if times > 1] == []
    assert set(codes) == set(RULES)


def test_every_module_holds_the_codes_of_its_own_family() -> None:
    strangers = [
        (module, rule.code)
        for module, rows in ROWS.items()
        for rule in rows
        if not re.fullmatch(rf"{BEGINNINGS[module]}\d+", rule.code) or len(rule.code) != 4
    ]
    assert strangers == []


def test_the_catalogue_lists_family_by_family_in_the_order_of_the_codes() -> None:
    assert list(RULES) == sorted(RULES, key=lambda code: (FAMILIES.index(code[0]), code))


def test_every_code_that_the_package_finds_is_explained() -> None:
    assert emitted() - set(RULES) == set()


def test_every_rule_that_is_explained_is_held_somewhere() -> None:
    assert set(RULES) - emitted() == set()


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
