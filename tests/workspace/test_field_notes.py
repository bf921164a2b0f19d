"""Notes from a phone: what they must say, and that they are recorded as a command records."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from weibao.model.field_note import FieldNote, steps_noted
from weibao.model.instant import parse_instant
from weibao.refusal import Refusal, SeveralRefused
from weibao.workspace.phone.noting import is_recorded, record_note
from weibao.workspace.recording.clone import open_desk

if TYPE_CHECKING:
    from building.commands import Weibao
    from weibao.workspace.recording.clone import Desk

NOW = "2026-11-20T09:40:00+08:00"
ARRIVED = {
    "ticket": "T20261120-7K3Q9M",
    "event": "arrived",
    "at": "2026-11-20T09:35:20+08:00",
    "by": "wang-lei",
    "note": "到机房",
    "visit": "１",
}
OPENED = {
    "event": "opened",
    "at": "2026-11-20T09:35:20+08:00",
    "by": "wang-lei",
    "title": "接入交换机告警",
    "kind": "fault",
    "severity": "3",
    "reported_by": "zhang-gong",
    "assets": "core-sw-01",
}


def desk_of(weibao: Weibao) -> Desk:
    root = weibao.repository.path
    return open_desk(root, root / ".git", parse_instant(NOW))


def test_a_step_is_recorded_by_whoever_is_at_the_desk_and_done_by_whom_the_note_names(
    weibao: Weibao,
) -> None:
    desk, note = desk_of(weibao), FieldNote.parsed(ARRIVED)
    assert not is_recorded(desk, note)
    recorded = record_note(desk, note)
    line = weibao.repository.read(recorded.path).splitlines()[-1]
    assert line == (
        "  - {at: 2026-11-20T09:35:20+08:00, event: arrived, by: wang-lei, visit: 1, note: 到机房}"
    )
    head = weibao.repository.git("log", "-1", "--format=%ae %s")
    assert head == "li.qiang@provider.example T20261120-7K3Q9M arrived: 到机房"
    assert is_recorded(desk, note)


def test_a_ticket_is_opened_once_by_the_same_note(weibao: Weibao) -> None:
    note = FieldNote.parsed(OPENED)
    recorded = record_note(desk_of(weibao), note)
    assert recorded.record == note.ticket_id(desk_of(weibao).records.contract.zone)
    text = weibao.repository.read(recorded.path)
    assert "assets: [core-sw-01]" in text
    assert "  channel: engineer\n  received_by: wang-lei\n" in text
    assert is_recorded(desk_of(weibao), note)
    other = FieldNote.parsed({**OPENED, "note": "又一张"})
    assert not is_recorded(desk_of(weibao), other)


def test_all_that_is_missing_or_wrong_is_said_at_once() -> None:
    said = {"ticket": "7K3Q9M", "event": "restored", "at": "09:12", "mode": "sideways", "colour": 1}
    with pytest.raises(SeveralRefused) as caught:
        FieldNote.parsed(said)
    told = [str(refusal) for refusal in caught.value.refused]
    assert len(told) == 5
    for part, of in zip(
        ("“7K3Q9M” is no ticket's", "at (", "by (", "mode (", "has no “colour”"), told, strict=True
    ):
        assert part in of


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"event": "teleported"}, "There is no step “teleported”."),
        ({"event": "amended"}, "is recorded at the desk"),
        ({"ticket": ""}, "does not say of which ticket"),
        ({"event": "opened"}, "has no id yet"),
        ({"visit": "soon"}, "cannot be read"),
        ({"by": "Robert'); DROP TABLE"}, "cannot be read"),
        ({"note": "x" * 4001}, "cannot be read"),
    ],
)
def test_a_note_that_cannot_be_meant_so_is_refused(change: dict[str, str], said: str) -> None:
    with pytest.raises(SeveralRefused) as caught:
        FieldNote.parsed(ARRIVED | change)
    assert any(said in str(refusal) for refusal in caught.value.refused)


@pytest.mark.parametrize(
    "change",
    [
        {"by": "nobody-here"},
        {"ticket": "T20261120-ZZZZZZ"},
        {"at": "2026-11-19T09:35:20+08:00"},
        {"event": "updated", "visit": "", "note": ""},
    ],
)
def test_what_a_command_refuses_is_refused_of_a_note(
    weibao: Weibao, change: dict[str, str]
) -> None:
    head = weibao.repository.git("rev-parse", "HEAD")
    with pytest.raises(Refusal):
        record_note(desk_of(weibao), FieldNote.parsed(ARRIVED | change))
    assert weibao.repository.git("rev-parse", "HEAD") == head
    assert not weibao.repository.git("status", "--porcelain")


def test_steps_that_refer_to_entries_are_of_the_desk() -> None:
    noted = steps_noted("ticket")
    assert {"opened", "arrived", "resolved", "part_replaced"} <= set(noted)
    assert not {"amended", "countersigned"} & set(noted)
