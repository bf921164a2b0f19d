"""``weibao ticket paste``: what a phone made a block of is recorded once, or not at all."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

import pytest

from building.commands import PATH, TICKET
from building.refusing import refused
from weibao.model.note_block import block_of

if TYPE_CHECKING:
    from building.commands import Ran, Weibao

ACKNOWLEDGED = {
    "ticket": TICKET,
    "event": "acknowledged",
    "at": "2026-11-20T09:20:00+08:00",
    "by": "li-qiang",
}
ARRIVED = {**ACKNOWLEDGED, "event": "到场", "at": "2026-11-20T09:25:10+08:00", "by": "赵敏"}
OPENED = {
    "event": "opened",
    "at": "2026-11-20T09:28:00+08:00",
    "by": "zhao-min",
    "title": "风扇告警",
    "kind": "故障",
    "severity": "4",
    "reported_by": "张工",
    "assets": "core-sw-01",
}


def pasted(weibao: Weibao, text: str, *options: str) -> Ran:
    weibao.repository.write("chat.txt", text)
    weibao.repository.write(".gitignore", "chat.txt\n.gitignore\n")
    return weibao("ticket", "paste", "chat.txt", *options)


def test_the_blocks_of_a_message_are_recorded_by_the_desk_in_the_order_of_their_times(
    weibao: Weibao,
) -> None:
    repository = weibao.repository
    before, parent = repository.read(PATH), repository.head
    ran = pasted(weibao, f"到了\n{block_of(ARRIVED)}\n{block_of(ACKNOWLEDGED)}\n收到请回复")
    assert ran.code == 0, ran.err
    added = repository.read(PATH).removeprefix(before).splitlines()
    assert added == [
        "  - {at: 2026-11-20T09:20:00+08:00, event: acknowledged, by: li-qiang}",
        "  - {at: 2026-11-20T09:25:10+08:00, event: arrived, by: zhao-min}",
    ]
    assert (
        repository.git("log", "--format=%ae", f"{parent}..").split()
        == ["li.qiang@provider.example"] * 2
    )
    assert "Done by: zhao-min 赵敏" in ran.out
    assert "its checksum proves no author" in ran.out
    assert weibao("check").code == 0


def test_the_same_block_twice_is_recorded_once_and_told(weibao: Weibao) -> None:
    text = block_of(ARRIVED)
    assert pasted(weibao, f"{text}\n{text}").out.count("✓") == 1
    head = weibao.repository.head
    ran = pasted(weibao, text)
    assert ran.code == 0
    assert f"Recorded already: block 1 ({TICKET}, Arrived on site)" in ran.out
    assert weibao.repository.head == head


def test_a_ticket_is_opened_out_of_a_block_once(
    weibao: Weibao, monkeypatch: pytest.MonkeyPatch
) -> None:
    for times in (1, 0):
        raw = io.BytesIO(block_of(OPENED).encode())
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(raw, encoding="utf-8"))
        ran = weibao("ticket", "open", "--paste")
        assert ran.code == 0, ran.err
        assert ran.out.count("✓") == times
    assert "风扇告警" in weibao("ticket", "list", "--open").out
    assert weibao("check").code == 0


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        (block_of(ARRIVED).replace("09:25", "09:26"), 2, "was changed at “at:2026-11-20T09:26:10"),
        (block_of(ARRIVED) + block_of({**ACKNOWLEDGED, "by": "小马"}), 2, "小马"),
        (block_of({**ARRIVED, "ticket": "T20261120-ZZZZZZ"}), 2, "There is no record"),
        (block_of(ACKNOWLEDGED)[:-30], 2, "has no end: it was cut off"),
        ("收到", 2, "There is no block"),
        ("WB1[" * 300_000, 2, "longer than 1048576 bytes"),
        (block_of({**ARRIVED, "note": "\x1b]8;;http://evil.example\x07"}), 2, "x1b"),
    ],
)
def test_what_cannot_be_recorded_writes_nothing(
    weibao: Weibao, text: str, code: int, said: str
) -> None:
    weibao.repository.write("chat.txt", text)
    ran = refused(weibao, "ticket", "paste", "chat.txt")
    assert ran.code == code
    assert said in ran.err.replace("\n", " ")


def test_a_dry_run_writes_nothing(weibao: Weibao) -> None:
    head = weibao.repository.head
    assert "1 step would be recorded" in pasted(weibao, block_of(ARRIVED), "--dry-run").out
    assert weibao.repository.head == head


def test_a_chat_that_windows_saved_is_read(weibao: Weibao) -> None:
    weibao.repository.write("chat.txt", f"已到场\r\n{block_of(ARRIVED)}".encode("gb18030"))
    ran = weibao("ticket", "paste", "chat.txt")
    assert ran.code == 0, ran.err


@pytest.mark.parametrize(
    "change", [{"event": "closed"}, {"at": "2026-11-21T09:25:10+08:00"}, {"event": "opened"}]
)
def test_a_step_that_may_not_follow_stops_the_whole_message(
    weibao: Weibao, change: dict[str, str]
) -> None:
    head = weibao.repository.head
    wrong = block_of({**OPENED, "reported_by": "factory-noc", **ARRIVED, **change})
    ran = pasted(weibao, f"{block_of(ACKNOWLEDGED)} {wrong}")
    assert ran.code in {1, 2}
    assert weibao.repository.head == head
    assert not weibao.repository.git("status", "--porcelain", "records")


def test_words_that_look_like_records_stay_words(weibao: Weibao) -> None:
    note = "}\n  - {at: 2026-11-20T09:26:00+08:00, event: closed, by: li-qiang}"
    before = weibao.repository.read(PATH)
    assert pasted(weibao, block_of({**ACKNOWLEDGED, "note": note})).code == 0
    (added,) = weibao.repository.read(PATH).removeprefix(before).splitlines()
    assert added.startswith("  - {at: 2026-11-20T09:20:00+08:00, event: acknowledged")
    assert weibao("check").code == 0
