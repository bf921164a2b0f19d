"""The message catalogues against the code: nothing untranslated, nothing left over."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import get_args

import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from jinja2.ext import babel_extract

import weibao
from weibao.history.contact_keys import KeyProof
from weibao.history.proven import Grade, Hand
from weibao.history.signatures.signature import SignatureState
from weibao.language import CODES, LOCALE, SYSTEM_REASONS
from weibao.model.assets import CRITICALITIES, KINDS
from weibao.model.events import State
from weibao.model.field_kinds import KINDS as FIELD_KINDS
from weibao.model.impact import IMPACTS
from weibao.model.imported import UNKNOWN
from weibao.model.paths import filing_findings
from weibao.model.promises import DeliverableKind
from weibao.model.references import RIGHTS
from weibao.model.staff import ROLES
from weibao.model.ticket import PLANNED, REACTIVE
from weibao.operations.depots import Shortfall
from weibao.operations.planned import RoundState
from weibao.operations.stock import PieceState, StockFault
from weibao.operations.whereabouts import Where
from weibao.render.words import findings
from weibao.render.words.findings import COMMENT
from weibao.report.clauses.clause import RowState
from weibao.report.figures import backlog, flips
from weibao.rules.catalogue import RULES, Severity
from weibao.rules.record.references import CODES as REFERENCE_CODES
from weibao.sla.condition import Condition
from weibao.sla.verdict import Outcome

PACKAGE = Path(weibao.__file__).parent
IN_CODE = {"N_": None, "text": (1,), "plural": (1, 2)}
IN_TEMPLATES = {"t": (1,), "tm": (1,), "n": (1, 2)}
TEMPLATE_OPTIONS = {"silent": "false", "trim_blocks": "true", "lstrip_blocks": "true"}
PLACE = re.compile(r"\{(\w+)")
TERM = re.compile(r"""\bterm\(\s*["'](\w+)["']""")


@dataclass(frozen=True)
class Entry:
    """A message of a catalogue: its ids and its translations, one each or singular and plural."""

    room: str
    context: str
    ids: tuple[str, ...]
    strings: tuple[str, ...]


@cache
def said() -> dict[str, str]:
    """Every sentence of the code, of the templates and beside the rules' examples, and the place that says it first."""
    found: dict[str, str] = {}
    for path in sorted(path for path in PACKAGE.rglob("*") if path.suffix in {".py", ".html"}):
        python = path.suffix == ".py"
        with path.open("rb") as stream:
            messages = extract(
                "python" if python else babel_extract,
                stream,
                keywords=IN_CODE if python else IN_TEMPLATES,
                options={} if python else TEMPLATE_OPTIONS,
            )
            for line, message, _, _ in messages:
                for sentence in message if isinstance(message, tuple) else (message,):
                    if sentence:
                        found.setdefault(sentence, f"{path.relative_to(PACKAGE)}:{line}")
    for rule in RULES.values():
        for remark in COMMENT.findall(f"{rule.bad}\n{rule.good}"):
            found.setdefault(remark, f"rules/{rule.code}")
    return found


@cache
def entries(code: str) -> tuple[Entry, ...]:
    """Every message of every catalogue of the language."""
    found = []
    for path in sorted((LOCALE / code / "LC_MESSAGES").glob("*.po")):
        with path.open("rb") as stream:
            catalogue = read_po(stream, locale=code, abort_invalid=True)
        for message in catalogue:
            if message.id:
                ids = message.id if isinstance(message.id, tuple) else (message.id,)
                string = "" if message.fuzzy else message.string
                strings = string if isinstance(string, tuple) else (string,)
                found.append(Entry(path.stem, message.context or "", ids, strings))
    return tuple(found)


def rooms() -> list[str]:
    """The folders of the package that hold code, and ``top`` for the modules beside them."""
    folders = {path.parent.relative_to(PACKAGE).parts[:1] for path in PACKAGE.rglob("*.py")}
    return sorted(parts[0] if parts else "top" for parts in folders)


def room_of(place: str) -> str:
    parts = Path(place).parts
    return parts[0] if len(parts) > 1 else "top"


TERMS: dict[str, tuple[str, ...]] = {
    **{
        kind.name: (*kind.choices, *((UNKNOWN,) if kind.unknowable else ()))
        for kind in FIELD_KINDS.values()
        if kind.choices
    },
    "system": SYSTEM_REASONS,
    "state": tuple(State),
    "outcome": tuple(Outcome),
    "grade": tuple(Grade),
    "impact": IMPACTS,
    "condition": tuple(Condition),
    "signature": tuple(SignatureState),
    "hand": tuple(Hand),
    "backlog": backlog.GROUPS,
    "deliverable": get_args(DeliverableKind),
    "paper_language": (*CODES, "both"),
    "reading": flips.READINGS,
    "key_proof": tuple(KeyProof),
    "ticket_kind": (*REACTIVE, *PLANNED, "inspection"),
    "planned_kind": (*PLANNED, "inspection"),
    "finding_severity": tuple(Severity),
    "severity_of_finding": tuple(Severity),
    "role": ROLES,
    "right": tuple(RIGHTS.values()),
    "asset_kind": KINDS,
    "piece_state": {*get_args(PieceState), *get_args(Where)},
    "stock_fault": get_args(StockFault),
    "round_state": get_args(RoundState),
    "check": (
        "commits_whole",
        "append_only",
        "headers_unchanged",
        "records_kept",
        "commit_times",
        "first_seen",
        "on_branch",
        "tips",
        "files_valid",
        "steps_hold",
        "evidence_supports",
        "descends",
        "checkpoints",
        "stamps",
        "months_closed",
    ),
    "fault": (
        "not in the history",
        "not on the official line",
        "too large for a checkpoint",
        "not whole JSON",
        "not a checkpoint",
        "no checkpoint beside it",
        "too large for a time stamp",
        "not a time stamp",
        "not granted",
        "certificates unreadable",
        "root that nobody names",
        "unknown hash",
        "of other bytes",
        "answer to another request",
        "no certificate of the authority",
        "not an authority's certificate",
        "certificate out of date",
        "broken signature or chain",
        "of other equipment",
        "reported later",
        "cancelled itself",
        "resolved already",
        "lighter",
        "after the term",
        "no working hours",
        "in the future",
        "after it is covered",
        "no equipment",
        "no round",
        "no role",
        "not the role",
        "on leave",
        "own turn",
        "another rota",
        "not on duty",
        *get_args(Shortfall),
    ),
    "criticality": CRITICALITIES,
    "unit": ("commits", "versions", "files", "records", "entries", "things"),
    "clause_state": tuple(RowState),
    "family": tuple(dict.fromkeys(rule.family for rule in RULES.values())),
    "name_kind": (
        *REFERENCE_CODES,
        "site",
        "service",
        "calendar",
        "plan",
        "checklist",
        "item",
        "action",
        "rota",
    ),
    "clock": ("always", "workdays"),
    "ending": ("cancelled", "deleted", "breached", "repaired"),
    "shared": ("equipment", "service", "words"),
    "rota": ("desk", "engineer"),
    "weekday": ("mon", "tue", "wed", "thu", "fri", "sat", "sun"),
    "type": ("string", "integer", "number", "boolean", "array", "object", "null"),
    "problem": (
        "over 200 bytes",
        "not UTF-8",
        "not NFC",
        "forbidden character",
        "not a plain path",
        "leading or trailing space, or trailing dot",
        "reserved on Windows",
        "forbidden on Windows",
        "differs only in case",
        "directive",
        "document end marker",
        "open brace",
        "open bracket",
        "colon in a text",
        "dash in a text",
        "key without a colon",
        "open quote",
        "sign that needs quotes",
        "unknown escape",
        "indentation",
        "missing value",
        "text block",
    ),
}
"""Every word of the record format that a page or a finding shows, by its kind."""


@pytest.mark.parametrize("room", rooms())
def test_every_sentence_of_a_room_is_said_in_chinese(room: str) -> None:
    translated = {
        sentence
        for one in entries("zh")
        if not one.context and all(one.strings)
        for sentence in one.ids
    }
    missing = [
        f"{place}: {sentence}"
        for sentence, place in said().items()
        if room_of(place) == room and sentence not in translated
    ]
    assert not missing, "\n".join(["without a Chinese translation:", *missing])


@pytest.mark.parametrize("code", CODES)
def test_every_translation_fills_the_places_of_its_sentence(code: str) -> None:
    wrong = [
        f"{one.room}.po: {one.ids[-1]}"
        for one in entries(code)
        for string in one.strings
        if string and set(PLACE.findall(string)) != set(PLACE.findall(one.ids[-1]))
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("code", CODES)
def test_no_catalogue_keeps_a_sentence_that_nobody_says(code: str) -> None:
    left = [
        f"{one.room}.po: {one.ids[0]}"
        for one in entries(code)
        if not one.context and one.ids[0] not in said()
    ]
    assert not left, "\n".join(left)


@pytest.mark.parametrize("code", CODES)
def test_no_sentence_is_translated_in_two_ways(code: str) -> None:
    known: dict[tuple[str, str], Entry] = {}
    differing = [
        f"{known[key].room}.po and {one.room}.po: {one.ids[0]}"
        for one in entries(code)
        for key in [(one.context, one.ids[0])]
        if known.setdefault(key, one).strings != one.strings
    ]
    assert not differing, "\n".join(differing)


@pytest.mark.parametrize("code", CODES)
def test_the_terms_are_exactly_the_words_of_the_record_format(code: str) -> None:
    said_so = {(one.context, one.ids[0]) for one in entries(code) if one.context and one.strings[0]}
    expected = {(kind, word) for kind, words in TERMS.items() for word in words}
    assert expected - said_so == set()
    assert said_so - expected == set()


def test_every_kind_of_word_that_is_looked_up_has_its_terms() -> None:
    asked = {
        kind
        for path in PACKAGE.rglob("*")
        if path.suffix in {".py", ".html"} and path.name != "language.py"
        for kind in TERM.findall(path.read_text(encoding="utf-8"))
    }
    asked |= set(findings._WORDS.values())
    asked |= {kind.name for kind in FIELD_KINDS.values() if kind.choices}
    assert asked - set(TERMS) == set()


def test_every_hazard_of_a_file_name_has_its_words() -> None:
    hazardous = [
        f"records/attachments/{'a' * 200}.jpg",
        "records/\udcff.yaml",
        "records/e\u0301.yaml",
        "records/\u202e.yaml",
        "records//staff.yaml",
        "records/staff.yaml ",
        "records/aux.yaml",
        "records/a:b.yaml",
        "records/Staff.yaml",
        "records/staff.yaml",
    ]
    found = {
        str(finding.facts["problem"])
        for finding in filing_findings(hazardous, {})
        if finding.code == "R304"
    }
    assert len(found) == 9
    assert found - set(TERMS["problem"]) == set()
