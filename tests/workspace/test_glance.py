"""A glance at a clone: a title, and whether a ticket has surely ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml

from building.contract import a_ticket, entry, small_contract
from weibao.workspace.suggestions.glance import clone_around, glimpse, names_in

if TYPE_CHECKING:
    from pathlib import Path

OPENED = entry("09:15", "opened")
CLOSED = entry("14:00", "closed")


def file(root: Path, name: str, text: str = "") -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


@pytest.mark.parametrize(
    ("log", "ended"),
    [
        ((OPENED,), False),
        ((OPENED, CLOSED), True),
        ((OPENED, entry("14:00", "cancelled", reason="误报")), True),
        ((OPENED, CLOSED, entry("15:00", "reopened", reason="复发")), False),
        ((OPENED, entry("15:00", "reopened", reason="复发"), CLOSED), False),
        ((OPENED, entry("09:20", "updated", note='"{at: x, event: closed}"')), False),
        ((OPENED, "  - {event: closed, at: 2026-11-20T14:00:00+08:00, by: li-qiang}"), False),
    ],
)
def test_a_ticket_has_ended_only_where_its_lines_leave_no_doubt(
    tmp_path: Path, log: tuple[str, ...], *, ended: bool
) -> None:
    file(tmp_path, "x/T20261120-7K3Q9M.yaml", a_ticket(log=log))
    seen = glimpse(str(tmp_path), "x/T20261120-7K3Q9M.yaml")
    assert seen is not None
    assert (seen.id, seen.title, seen.ended) == (
        "T20261120-7K3Q9M",
        "核心交换机 core-sw-01 主控板告警",
        ended,
    )


def test_what_cannot_be_read_is_not_seen(tmp_path: Path) -> None:
    assert glimpse(str(tmp_path), "nowhere.yaml") is None
    assert names_in(str(tmp_path), "staff", "people", "zh") == {}
    file(tmp_path, "records/staff.yaml", "people: [")
    assert names_in(str(tmp_path), "staff", "people", "zh") == {}


@pytest.mark.parametrize(
    "text",
    [
        "parts:\n  a: {oem: x, name: {zh: 板卡, en: Board}}\n  b-1:\n    name: 风扇\n",
        'parts:   # the catalogue\n\n  # one\n  a:\n    name: {en: Board, zh: "板卡"}\n  b-1:\n    name: "风扇"\n',
        "parts:\n    a:\n        name:\n            en: Board\n            zh: 板卡\n    b-1:\n        name: 风扇 # old\n",
        "parts: {a: {name: {zh: 板卡, en: Board}}, b-1: {name: 风扇}}\nother: 1\n",
        "{parts: {a: {name: {zh: 板卡}}, b-1: {name: 风扇}}}",
    ],
)
def test_names_are_seen_however_the_file_is_written_and_whatever_its_log_holds(
    tmp_path: Path, text: str
) -> None:
    file(tmp_path, "records/spares.yaml", f"{text}\nlog:\n  - {{broken")
    assert names_in(str(tmp_path), "spares", "parts", "zh") == {"a": "板卡", "b-1": "风扇"}


def test_every_configuration_of_a_contract_is_seen_as_it_is_read(tmp_path: Path) -> None:
    for name, text in small_contract().items():
        file(tmp_path, name, text)
    for name, key in (
        ("staff", "people"),
        ("contract", "contacts"),
        ("assets", "assets"),
        ("spares", "depots"),
        ("plan", "plan"),
    ):
        text = small_contract()[f"records/{name}.yaml"].partition("\nlog:")[0]
        for code in ("zh", "en"):
            parsed = {
                one: value["name"] if isinstance(value["name"], str) else value["name"][code]
                for one, value in yaml.safe_load(text)[key].items()
            }
            assert names_in(str(tmp_path), name, key, code) == parsed


def test_the_clone_is_found_from_any_folder_in_it(tmp_path: Path) -> None:
    file(tmp_path, "records/contract.yaml")
    file(tmp_path, "docs/pages/x.md")
    assert clone_around(str(tmp_path / "docs/pages")) == str(tmp_path)
    assert clone_around(str(tmp_path.parent)) is None
