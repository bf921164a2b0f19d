"""The JSON of the commands is what its schemas say, to the byte, in either language."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from building.book import WHOLE_LOG
from building.commands import PATH, Weibao, record_repository
from building.contract import entry, ticket_path
from building.sightings import keep_log
from weibao.render.json.printed import dump

if TYPE_CHECKING:
    from collections.abc import Iterator

SCHEMAS = Path(__file__).parents[2] / "schemas" / "output"
INSPECTION = "I20261120-4F2MXA"
ROUND = f"""\
id: {INSPECTION}
plan: quarterly-inspection
period: 2026-Q4
assets: [core-sw-01]
log:
{entry("09:30", "started")}
{entry("09:40", "checked", asset="core-sw-01", item="temperature", value="46.5", status="warning")}
"""
COMMANDS = {
    "sla": ("sla",),
    "explain": ("explain", "7K3Q9M"),
    "status": ("status",),
    "ticket-list": ("ticket", "list"),
    "ticket-show": ("ticket", "show", "7K3Q9M"),
    "check": ("check",),
    "spares-stock": ("spares", "stock"),
    "spares-trace": ("spares", "trace", "HDMPU1"),
    "inspection-show": ("inspection", "show", "4F2MXA"),
    "inspection-list": ("inspection", "list"),
    "inspection-due": ("inspection", "due"),
    "action-list": ("action", "list"),
    "duty-now": ("duty", "now"),
    "duty-show": ("duty", "show"),
    "asset-list": ("asset", "list"),
    "asset-show": ("asset", "show", "core-sw-01"),
    "audit": ("audit", "--sample", "3", "--seed", "2026", "--since", "HEAD~1"),
    "diff": ("diff", "HEAD~1", "HEAD"),
    "checkpoint": ("checkpoint", "show"),
    "checkpoint-verify": ("checkpoint", "verify"),
}
NAMES = tuple(COMMANDS)
OF_A_BOOK = tuple(one for one in NAMES if one not in {"check", "checkpoint", "checkpoint-verify"})


def schema(name: str) -> Any:
    return json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))


def validator(name: str) -> Draft202012Validator:
    resources = [
        (f"{one}.schema.json", Resource.from_contents(schema(one))) for one in (*NAMES, "parts")
    ]
    return Draft202012Validator(schema(name), registry=Registry().with_resources(resources))


def forget_words(node: Any) -> None:
    """Take away all that a language may change: sentences of findings, names, and what entries say."""
    for inner in (
        node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    ):
        forget_words(inner)
    if isinstance(node, dict) and {"code", "message", "help"} <= node.keys():
        del node["message"], node["help"]
    if isinstance(node, dict) and {"by", "grade", "facts"} <= node.keys():
        del node["name"]
        for fact in node["facts"]:
            del fact["value"]
    if isinstance(node, dict) and {"part", "serial", "name"} <= node.keys():
        del node["name"]
    if isinstance(node, dict):
        node.pop("depot_name", None)


@pytest.fixture(params=["open", "closed", "wrong"])
def told(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Weibao:
    """An open ticket past its arrival; a closed one; and one with a step that may not be."""
    open_log = (*WHOLE_LOG[:3], entry("09:40", "paused", reason="site_access"))
    log = {"open": open_log, "closed": WHOLE_LOG, "wrong": WHOLE_LOG[:5] + WHOLE_LOG[-1:]}
    repository = record_repository(tmp_path / "clone", log=log[request.param])
    repository.write(ticket_path(INSPECTION), ROUND)
    repository.commit("巡检", at="2026-11-20T09:41:00+08:00")
    weibao = Weibao(repository, monkeypatch, capsys)
    weibao.set_clock("2026-11-20T14:30:00+08:00")
    return weibao


@pytest.mark.parametrize("name", NAMES)
def test_an_output_is_what_its_schema_says_and_the_same_twice_in_either_language(
    told: Weibao, name: str
) -> None:
    first, again, chinese = (
        told(*COMMANDS[name], "--format", "json", lang=lang) for lang in ("en", "en", "zh")
    )
    value = json.loads(first.out)
    assert list(validator(name).iter_errors(value)) == []
    assert first.out == again.out
    other = json.loads(chinese.out)
    if name not in {"check", "audit", "diff"}:
        assert first.out == chinese.out
    for one in (value, other):
        forget_words(one)
    assert value == other


@pytest.mark.parametrize("name", OF_A_BOOK)
def test_an_output_names_the_log_of_what_was_seen_first_where_there_is_one(
    told: Weibao, name: str
) -> None:
    assert "seen_log" not in json.loads(told(*COMMANDS[name], "--format", "json").out)
    commit = told.repository.head
    tip = keep_log(told.repository, {commit: "2026-11-20T14:20:00+08:00"})
    value = json.loads(told(*COMMANDS[name], "--format", "json").out)
    assert value["seen_log"] == tip
    assert list(validator(name).iter_errors(value)) == []
    assert "seen_log" not in json.loads(
        told("--seen", "none", *COMMANDS[name], "--format", "json").out
    )


def test_an_output_is_the_same_again_by_the_log_that_it_names(told: Weibao) -> None:
    sla = ("sla", "--as-of", "2026-11-20T14:30:00+08:00", "--format", "json")
    commit = told.repository.head
    tip = keep_log(told.repository, {commit: "2026-11-20T14:20:00+08:00"})
    before = told(*sla).out
    keep_log(told.repository, {commit: "2026-11-20T14:25:00+08:00"})

    assert told(*sla).out != before
    for name in (tip, tip[:12]):
        assert told("--seen", name, *sla).out == before


def test_a_log_that_is_not_there_is_refused_with_the_way_to_bring_it(told: Weibao) -> None:
    refused = told("--seen", "0123456789ab", "sla")
    assert refused.code == 2
    assert "There is no log “0123456789ab” here." in refused.err
    assert "weibao seen fetch" in refused.err


def test_the_schemas_refuse_a_key_that_is_new(told: Weibao) -> None:
    value = json.loads(told("sla", "--format", "json").out)
    value["verdicts"][0]["guess"] = 1
    assert list(validator("sla").iter_errors(value))


@pytest.mark.parametrize("name", [*NAMES, "parts"])
def test_every_property_is_described_in_both_languages_and_required(name: str) -> None:
    Draft202012Validator.check_schema(schema(name))

    def objects(node: Any) -> Iterator[dict[str, Any]]:
        if isinstance(node, dict):
            if node.get("type") == "object":
                yield node
            for inner in node.values():
                yield from objects(inner)

    for one in objects(schema(name)):
        assert one["additionalProperties"] is False
        # Without a log of what the forge saw first, or a month that was closed, there is nothing to say of it.
        optional = {"seen_log", *(("closed", "restated", "causes") if name == "sla" else ())}
        assert one["required"] == [key for key in one["properties"] if key not in optional]
        for described in (one, *one["properties"].values()):
            for key in ("title", "description"):
                chinese, _, english = described[key].partition(" · ")
                assert english.isascii(), described[key]
                assert not chinese.isascii(), described[key]


def test_verdicts_are_ordered_by_ticket_target_and_occurrence(told: Weibao) -> None:
    verdicts = json.loads(told("sla", "--format", "json").out)["verdicts"]
    order = [(one["ticket"], one["target"], one["occurrence"]) for one in verdicts]
    assert order == sorted(order)
    assert len(order) >= 4


def test_the_book_of_an_older_commit_and_instant_is_told_again_to_the_byte(told: Weibao) -> None:
    when = ("--at", told.repository.head, "--as-of", "2026-11-20T14:30:00+08:00")
    before = told("sla", "--format", "json", *when).out
    told.repository.append(PATH, entry("14:20", "updated"))
    told.repository.commit(at="2026-11-20T14:31:00+08:00")
    told.set_clock("2026-11-21T14:30:00+08:00")
    assert told("sla", "--format", "json", *when).out == before
    assert told("sla", "--format", "json").out != before


SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner) | st.tuples(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(VALUES)
def test_what_is_written_is_to_the_byte_what_python_s_own_writer_would_write(value: Any) -> None:
    assert dump(value) == json.dumps(value, ensure_ascii=False, indent=2) + "\n"
