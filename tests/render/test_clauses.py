"""The clause table as JSON: its keys, its order, its schema."""

from __future__ import annotations

import json
from pathlib import Path

from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from building.book import a_book
from building.service_plan import AS_OF, FAULT, whole_contract
from weibao.language import language
from weibao.model.finding import Finding, Place
from weibao.render.json.audit import shown_clauses
from weibao.render.json.encode import json_value
from weibao.report.clauses.table import clauses_of

SCHEMAS = Path(__file__).parents[2] / "schemas/output"
LOST = Finding("O104", Place("records/tickets/x.yaml"), FAULT, {"ticket": FAULT})


def objects(code: str = "en") -> list[dict[str, object]]:
    raw = {path: text.encode() for path, text in whole_contract().items()}
    states = clauses_of(a_book(raw, as_of=AS_OF, findings=[LOST]))
    return [json_value(one, None) for one in shown_clauses(states, language(code))]


def test_every_row_is_as_the_schema_has_it() -> None:
    audit, parts = (
        Resource.from_contents(json.loads((SCHEMAS / name).read_text(encoding="utf-8")))
        for name in ("audit.schema.json", "parts.schema.json")
    )
    schema = {"type": "array", "items": {"$ref": "audit.schema.json#/$defs/clause"}}
    registry = Registry().with_resources(
        [("audit.schema.json", audit), ("parts.schema.json", parts)]
    )
    Draft202012Validator(schema, registry=registry).validate(objects())


def test_keys_stand_in_the_order_of_the_interface() -> None:
    (keys,) = {tuple(one) for one in objects()}
    assert keys == ("row", "clause", "state", "since", "until", "records", "findings", "lapses")


def test_a_row_names_all_its_evidence_and_what_speaks_against_it() -> None:
    fifth = objects()[4]
    assert (fifth["row"], fifth["clause"], fifth["state"]) == (5, "1.1.1", "fails")
    assert FAULT in fifth["records"]
    (found,) = fifth["findings"]
    assert found["code"] == "O104"
    assert found["message"] == f"{FAULT} is open, and nobody is responsible for it."


def test_states_and_records_are_the_same_in_both_languages() -> None:
    def without_words(code: str) -> list[tuple[object, ...]]:
        return [(one["row"], one["state"], one["records"]) for one in objects(code)]

    assert without_words("zh") == without_words("en")
