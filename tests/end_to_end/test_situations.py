"""Situations that were once judged wrongly, each a small repository (``situations/``), and an honest twin of each.

``git fast-import`` makes the repository out of the file.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from building.commands import Ran, Weibao
from building.repository import Repository

if TYPE_CHECKING:
    from collections.abc import Callable

SITUATIONS = Path(__file__).parent / "situations"
TICKET = "records/tickets/2026/11/20/T20261120-7K3Q9M.yaml"


@pytest.fixture
def arrive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> Callable[[str], Weibao]:
    """The command, in the repository of a situation."""

    def imported(name: str) -> Weibao:
        repository = Repository(tmp_path / name)
        given = (SITUATIONS / f"{name}.fi").read_bytes()
        repository.git("fast-import", "--quiet", given=given)
        repository.git("reset", "-q", "--hard", "main")
        repository.git("config", "user.name", "Eng One")
        repository.git("config", "user.email", "eng1@p.example")
        weibao = Weibao(repository, monkeypatch, capsys)
        weibao.set_clock("2026-11-29T18:00:00+08:00")
        return weibao

    return imported


def codes(weibao: Weibao) -> dict[str, int]:
    """How often the check finds each code."""
    found = json.loads(weibao("check", "--format", "json").out)["findings"]
    listed = [finding["code"] for finding in found]
    return {code: listed.count(code) for code in sorted(set(listed))}


def edit(weibao: Weibao, path: str, old: str, new: str) -> None:
    text = weibao.repository.read(path)
    assert old in text
    weibao.repository.write(path, text.replace(old, new))


MENDED = {
    "cover-reversed": (
        "R221",
        "contract",
        '"covers": {"from": "2026-12-31", "to": "2026-01-01"}',
        '"covers": {"from": "2026-01-01", "to": "2026-12-31"}',
    ),
    "override-outside-cover": ("R222", "contract", '"to": "2026-12-31"}', '"to": "2027-12-31"}'),
    "day-holiday-and-workday": ("R223", "contract", '"hours": [], ', '"hours": ["09:00-18:00"], '),
    "monthly-from-the-31st": ("R224", "plan", "FREQ=MONTHLY", "FREQ=MONTHLY;BYMONTHDAY=-1"),
    "rota-stand-in-reversed": ("R221", "duty", "T20:00:00+08:00", "T08:00:00+08:00"),
    "rota-overlap": ("R225", "duty", "from: 2026-11-01T21:00", "from: 2026-11-01T22:00"),
    "asset-twice": (
        "R226",
        "assets",
        "a2: {name: {en: Switch}, kind: switch, vendor: acme, model: M1",
        "a2: {name: {en: Switch}, kind: switch, vendor: acme, model: M2",
    ),
}
"""What the check must find, and what mends it: the file, the text there and the text instead."""

BESIDE = {"cover-reversed": {"R231": 1}}
"""What it finds besides, before and after: there the hours of a day overlap too."""


@pytest.mark.parametrize("name", MENDED)
def test_a_setting_that_contradicts_itself_is_found_until_it_is_mended(
    arrive: Callable[[str], Weibao], name: str
) -> None:
    code, file, old, new = MENDED[name]
    weibao = arrive(name)
    beside = BESIDE.get(name, {})
    assert codes(weibao) == {code: 1} | beside
    edit(weibao, f"records/{file}.yaml", old, new)
    assert codes(weibao) == beside


def test_a_serial_number_that_other_readers_take_for_a_number_asks_for_quotes(
    arrive: Callable[[str], Weibao],
) -> None:
    weibao = arrive("serials-unquoted")
    assert codes(weibao)["R227"] == 5
    quoted = '["0123", "12:30", "NO", "0x1F", "1_000"]'
    edit(weibao, "records/spares.yaml", "[0123, 12:30, NO, 0x1F, 1_000]", quoted)
    assert "R227" not in codes(weibao)


def test_of_two_rounds_in_a_month_the_one_that_is_not_done_is_started(
    arrive: Callable[[str], Weibao],
) -> None:
    weibao = arrive("two-rounds-in-a-month")
    weibao.repository.git("reset", "-q", "--hard", "HEAD~1")
    assert weibao("inspection", "start", "p1", "--by", "eng1").code == 0
    (started,) = weibao.repository.path.glob("records/inspections/2026/11/29/*.yaml")
    assert 'period: "2026-11"' in started.read_text(encoding="utf-8").replace(
        ": 2026-11", ': "2026-11"'
    )
    assert "X213" not in codes(weibao)
    again = weibao("inspection", "start", "p1", "--by", "eng1", "--period", "2026-11")
    assert again.code == 2


def rounds(weibao: Weibao) -> dict[str, str]:
    done = weibao("inspection", "due", "--as-of", "2026-11-29T09:00:00+08:00", "--format", "json")
    return {one["planned_for"]: one["state"] for one in json.loads(done.out)["rounds"]}


def test_a_round_that_was_left_out_stays_left_out_when_the_next_is_done(
    arrive: Callable[[str], Weibao],
) -> None:
    weibao = arrive("missed-round-taken-as-done")
    assert rounds(weibao) == {"2026-05-20": "overdue"}


def hand_over(weibao: Weibao, at: str) -> str:
    done = weibao("duty", "now", "--as-of", at, "--format", "json")
    return json.loads(done.out)["on_duty"][0]["from"]


def test_a_hand_over_stays_where_it_is_on_the_wall_in_summer(
    arrive: Callable[[str], Weibao],
) -> None:
    weibao = arrive("rota-over-dst")
    assert hand_over(weibao, "2026-06-15T08:30:00+01:00") == "2026-06-15T08:00:00+01:00"
    assert hand_over(weibao, "2026-01-15T08:30:00+00:00") == "2026-01-15T08:00:00+00:00"


def told_of_a_commit(weibao: Weibao) -> tuple[Ran, Ran]:
    return weibao("explain", "7K3Q9M"), weibao("audit")


def test_a_squash_is_named_as_what_made_its_steps_late(arrive: Callable[[str], Weibao]) -> None:
    weibao = arrive("squash-not-named")
    for ran in told_of_a_commit(weibao):
        assert "together in one commit" in ran.out
    found = json.loads(weibao("audit", "--format", "json").out)
    listed = (one for check in found["checks"] for one in check["findings"])
    (finding,) = [one for one in listed if one["code"] == "E131"]
    assert weibao.repository.head[:12] in finding["message"]
    assert "3 late steps" in finding["message"]


def test_steps_that_were_committed_one_by_one_are_not_taken_for_a_squash(
    arrive: Callable[[str], Weibao],
) -> None:
    weibao = arrive("squash-not-named")
    repository = weibao.repository
    squashed = repository.read(TICKET)
    lines = squashed.splitlines(keepends=True)
    repository.git("reset", "-q", "--hard", "HEAD~1")
    for left_out, at in ((2, "10:01"), (1, "10:06"), (0, "11:01")):
        repository.write(TICKET, "".join(lines[: len(lines) - left_out]))
        repository.commit(at=f"2026-11-20T{at}:00+08:00", by="eng1@p.example")
    for ran in told_of_a_commit(weibao):
        assert "together in one commit" not in ran.out


def test_the_line_ends_of_windows_become_those_of_a_record(arrive: Callable[[str], Weibao]) -> None:
    weibao = arrive("note-with-windows-line-ends")
    note = ("ticket", "update", "7K3Q9M", "--by", "eng1", "--note")
    assert weibao(*note, "已重启\r\n正常").code == 0
    assert 'note: "已重启\\n正常"' in weibao.repository.read(TICKET)
    before = weibao.repository.read(TICKET)
    refused = weibao(*note, "已重启\x1b正常")
    assert refused.code == 2
    assert "已重启\\x1b正常" in refused.err
    assert weibao.repository.read(TICKET) == before


def test_a_contact_who_leaves_takes_no_verdict_along(arrive: Callable[[str], Weibao]) -> None:
    weibao = arrive("contact-leaves-severity")
    as_of = ("--as-of", "2026-12-10T09:00:00+08:00", "--format", "json")
    there, emptied, gone = (
        json.loads(weibao("sla", "--at", at, *as_of).out)["verdicts"]
        for at in ("HEAD~2", "HEAD~1", "HEAD")
    )
    assert {(one["target"], one["verdict"], one["severity"]) for one in there} == {
        ("respond", "met", 2),
        ("resolve", "met", 3),
    }
    assert there == emptied == gone
    assert codes(weibao) == {}
