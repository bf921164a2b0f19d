"""Lists: what is asked of each row holds of it, and nothing that it holds of is left out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from building.commands import TICKET, Weibao, record_repository
from building.contract import ASSETS, a_ticket, another_asset, entry, ticket_path
from weibao.cli.commands.ticket import OUTCOMES
from weibao.sla.verdict import Outcome

if TYPE_CHECKING:
    from pathlib import Path

LATE = "T20261020-0PEN22"
LATE_LOG = (
    entry("2026-10-20T09:15:00+08:00", "opened", by="wang-lei"),
    entry("2026-10-20T09:16:00+08:00", "assigned", by="wang-lei", to="zhao-min"),
    entry("2026-10-20T11:00:00+08:00", "acknowledged", by="zhao-min"),
    entry(
        "2026-10-20T12:00:00+08:00", "resolved", by="zhao-min", mode="remote", cause="x", action="y"
    ),
)
EXPLAINED = entry(
    "2026-10-21T09:00:00+08:00",
    "justified",
    by="chen-jie",
    target="respond",
    cause="手机静音",
    improvement="双人呼叫",
)


def clone(folder: Path, log: tuple[str, ...]) -> Any:
    """A clone with a ticket of October that was answered late, one of today, and a second switch."""
    repository = record_repository(folder / "clone", assets=ASSETS + another_asset("core-sw-02"))
    text = a_ticket(LATE, severity=2, reported_at="2026-10-20T09:12:00+08:00", log=log)
    repository.write(ticket_path(LATE), text.replace("[core-sw-01]", "[core-sw-02]"))
    repository.commit("补录", at="2026-11-20T09:20:00+08:00", by="wang.lei@provider.example")
    return repository


@pytest.fixture
def weibao(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Weibao:
    return Weibao(clone(tmp_path, (*LATE_LOG, EXPLAINED)), monkeypatch, capsys)


def shown(weibao: Weibao, *arguments: str) -> Any:
    ran = weibao(*arguments, "--format", "json")
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


CHOSEN: tuple[tuple[tuple[str, ...], set[str]], ...] = (
    ((), {LATE, TICKET}),
    (("--month", "2026-10"), {LATE}),
    (("--severity", "1"), {TICKET}),
    (("--asset", "core-sw-02"), {LATE}),
    (("--site", "suzhou-plant"), {LATE, TICKET}),
    (("--owner", "赵敏"), {LATE}),
    (("--owner", "wang-lei"), set()),
    (("--verdict", "breached"), {LATE}),
    (("--verdict", "running"), {TICKET}),
    (("--verdict", "breached", "--severity", "1"), set()),
    (("--open", "--month", "2026-11"), {TICKET}),
)


def test_tickets_are_chosen_by_all_that_is_asked(weibao: Weibao) -> None:
    for asked, found in CHOSEN:
        listed = shown(weibao, "ticket", "list", *asked)["tickets"]
        assert {row["ticket"] for row in listed} == found, asked
    assert weibao("ticket", "list", "--owner", "wang-lei").out == "There is no such ticket.\n"
    several = weibao("ticket", "list", "--asset", "核心交换机 1")  # both switches have this name
    assert "may be core-sw-01" in several.err


MISTAKEN: tuple[tuple[tuple[str, ...], str], ...] = (
    (("--asset", "none"), "No equipment is called “none”"),
    (("--site", "moon"), "No site is called “moon”"),
    (("--owner", "zhang-gong"), "Nobody is called “zhang-gong”"),
    (("--verdict", "late"), "must be one of met"),
    (("--month", "2026-13"), "“--month” must be written as YYYY-MM"),
)


def test_every_outcome_can_be_asked_for() -> None:
    assert tuple(Outcome) == OUTCOMES


def test_what_nothing_can_be_is_refused(weibao: Weibao) -> None:
    for asked, why in MISTAKEN:
        ran = weibao("ticket", "list", *asked)
        assert (ran.code, why in ran.err) == (2, True), ran.err


def test_equipment_is_listed_with_its_cover_and_what_is_open_on_it(weibao: Weibao) -> None:
    rows = shown(weibao, "asset", "list")["assets"]
    assert [(row["id"], row["covered"], row["open"]) for row in rows] == [
        ("core-sw-01", True, [TICKET]),
        ("core-sw-02", True, [LATE]),
    ]
    past = shown(weibao, "asset", "list", "--as-of", "2027-02-01T00:00:00+08:00")["assets"]
    assert [row["covered"] for row in past] == [False, False]
    assert TICKET in weibao("asset", "list", "--vendor", "HUAWEI", "--site", "苏州").out
    assert weibao("asset", "list", "--kind", "ups").out == "There is no such equipment.\n"


def test_breaches_stand_with_their_causes(weibao: Weibao) -> None:
    told = shown(weibao, "sla", "--breaches")
    assert {row["verdict"] for row in told["verdicts"]} == {"breached"}
    promises = [(row["ticket"], row["target"]) for row in told["verdicts"]]
    assert [(row["ticket"], row["target"]) for row in told["causes"]] == promises
    causes = {row["target"]: (row["cause"], row["by"]) for row in told["causes"]}
    assert causes["respond"] == ("手机静音", "chen-jie")
    assert causes["resolve"] == (None, None)
    text = weibao("sla", "--breaches").out
    assert "手机静音 → 双人呼叫 (陈洁)" in text
    assert f"weibao ticket justify {LATE} --target resolve" in text
    assert "judged" not in text  # of those that were missed, none was kept: that is no share
    assert "judged" in weibao("sla").out
    assert "causes" not in shown(weibao, "sla")
    assert "causes" not in shown(weibao, "sla", "--breaches", "--severity", "1")


def test_findings_are_those_of_the_book_by_family(weibao: Weibao) -> None:
    every = shown_findings(weibao)
    assert {code[0] for code in every} >= {"E", "S"}
    for family in "ES":
        chosen = shown_findings(weibao, "--family", family.lower())
        assert chosen == [code for code in every if code[0] == family]
    assert shown_findings(weibao, "--family", "e", "--family", "S") == [
        code for code in every if code[0] in "ES"
    ]


def test_findings_since_a_commit_are_those_that_came(weibao: Weibao) -> None:
    came = shown_findings(weibao, "--since", "HEAD~1")
    assert came
    assert "S102" in came  # of the ticket that the last commit brought
    then = "2026-11-20T09:20:00+08:00"  # the last commit's own time: nothing is new then
    assert shown_findings(weibao, "--since", "HEAD", "--as-of", then) == []
    assert weibao("findings", "--since", "nowhere").code != 0


def shown_findings(weibao: Weibao, *asked: str) -> list[str]:
    """The codes, in their order; the exit code says whether one is an error."""
    ran = weibao("findings", *asked, "--format", "json")
    rows = json.loads(ran.out)["findings"]
    assert ran.code == int(any(row["severity"] == "error" for row in rows))
    return [row["code"] for row in rows]


def test_a_severity_is_named_as_the_contract_does(weibao: Weibao) -> None:
    level = next(iter(shown(weibao, "ticket", "list")["tickets"]))["severity"]
    numbered = weibao("ticket", "list", "--severity", str(level)).out
    for said in (f"{level}级", f"p{level}"):
        assert weibao("ticket", "list", "--severity", said).out == numbered
    assert "is called “巨大”" in weibao("sla", "--severity", "巨大").err


BROKEN = "log:\n  - {at: broken\n"
INSPECTION = "I20261119-2345AB"
ROUND = f"""\
id: {INSPECTION}
plan: quarterly-inspection
period: 2026-11
assets: [core-sw-01]
log:
  - {{at: 2026-11-19T10:00:00+08:00, event: started, by: li-qiang}}
"""
ONES: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (("review", "list"), "records/reviews.yaml", "Nothing was reviewed yet."),
    (("action", "list"), "records/actions.yaml", "No action to show."),
    (("spares", "stock"), "records/spares.yaml", "No part is in stock, and none is asked for."),
    (("inspection", "due"), "records/plan.yaml", "No round is due in the coming quarter."),
    (("ticket", "list", "--severity", "4"), ticket_path(LATE), "There is no such ticket."),
    (
        ("shift", "list"),
        "records/shifts/2026/11/19/S20261119-2345AB.yaml",
        "No shift was handed over.",
    ),
    (("inspection", "list"), f"records/inspections/2026/11/19/{INSPECTION}.yaml", "There is none."),
    (("report", "list"), "records/reports/2026/2026-10.yaml", "The contract promises no report"),
)
"""What lists, what of it is damaged, and what is said where there is none."""


def test_no_list_says_that_there_is_none_where_some_is_damaged(weibao: Weibao) -> None:
    whole = {asked: weibao(*asked).out for asked, _, _ in ONES}
    assert not [asked for asked, told in whole.items() if "there may be more" in told]
    for _, path, _ in ONES:
        weibao.repository.write(path, BROKEN)
    weibao.repository.commit("损坏", at="2026-11-20T10:00:00+08:00")
    for asked, path, none in ONES:
        told = weibao(*asked).out
        assert none not in told, asked
        assert f"{path} is damaged: there may be more." in " ".join(told.split()), asked


def test_a_list_tells_of_what_was_taken_away_and_not_of_what_it_shows(weibao: Weibao) -> None:
    weibao.repository.write(ticket_path(LATE), "id: other\n")
    weibao.repository.commit("损坏", at="2026-11-20T10:00:00+08:00")
    weibao.repository.remove(ticket_path(LATE))
    weibao.repository.commit("删除", at="2026-11-20T10:05:00+08:00")
    told = weibao("ticket", "list").out
    assert TICKET in told
    assert f"{ticket_path(LATE)} is damaged: there may be more." in " ".join(told.split())
