"""What a difference says to people: the gravest first, nothing twice, and everything by its name."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from building.contract import entry, ticket_path
from building.pull_requests import DESK, OPEN, diff, on, on_a_branch, replace
from weibao.language import language
from weibao.render.ci import markdown
from weibao.render.json.difference_form import read_difference

if TYPE_CHECKING:
    from pathlib import Path

    from building.commands import Weibao

TODAY = ticket_path(OPEN)
EN = language("en")


@pytest.fixture
def weibao(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Weibao:
    return on_a_branch(tmp_path, monkeypatch, capsys)


def test_many_findings_of_one_rule_are_told_once_with_the_first_few_places(
    weibao: Weibao,
) -> None:
    steps = [entry(f"11:{minute}", "updated", by="nobody") for minute in range(10, 16)]
    weibao.repository.append(TODAY, *steps)
    weibao.repository.commit(at=on("2026-11-20", "11:21"))
    _, told = diff(weibao)
    code = told["new"][0]["code"]
    assert [one["code"] for one in told["new"]].count(code) == 6

    text = weibao("diff", "main", "change").out
    assert f"  error {code} × 6\n    {TODAY}:" in text
    assert "    … and 3 more\n    → " in text
    assert text.count(f"{TODAY}:") == 3
    assert (
        f"- error {code} × 6  \n  " in weibao("diff", "main", "change", "--format", "markdown").out
    )


def test_what_a_changed_contract_would_turn_is_told_once_and_turns_nothing(
    weibao: Weibao,
) -> None:
    replace(
        weibao.repository, "records/contract.yaml", "restore: {within: 4h", "restore: {within: 2h"
    )
    weibao.repository.commit(at=on("2026-11-20", "11:10"))
    text = weibao("diff", "main", "change").out

    assert text.count(f"{OPEN} restoration: running → breached") == 1
    assert "Had it always stood so, these verdicts would be others:" in text
    assert "Verdicts that turn" not in text


def test_an_entry_is_told_with_all_that_it_says_and_people_by_name(weibao: Weibao) -> None:
    weibao.repository.append(
        TODAY,
        entry(
            "11:05",
            "severity_agreed",
            by="wang-lei",
            severity=2,
            consent_by="zhang-gong",
            note="业务改走备线",
        ),
        entry("11:06", "part_requested", part="hw-s12700-mpu", quantity=1),
    )
    weibao.repository.commit(at=on("2026-11-20", "11:07"), by=DESK)
    _, told = diff(weibao)
    agreed, requested = told["added"][0]["entries"]
    assert (agreed["by"], agreed["name"], agreed["note"]) == ("wang-lei", "王蕾", "业务改走备线")
    assert [one["key"] for one in agreed["facts"]] == ["severity", "consent_by"]
    assert [one["key"] for one in requested["facts"]] == ["part", "quantity"]

    text = weibao("diff", "main", "change", lang="zh").out
    assert "（王蕾，证据 O 级）；级别：" in text
    assert "；同意人：张工；备注：业务改走备线\n" in text
    assert "；备件：S12700 主控板；数量：1\n" in text


def test_a_movement_of_spares_has_a_heading_and_a_depot_in_words(weibao: Weibao) -> None:
    issued = {"part": "hw-s12700-mpu", "serials": '["HDMPU1"]', "depot": "suzhou-depot"}
    weibao.repository.append(
        "records/spares.yaml", entry("11:00", "issued", by="sun-yu", ticket=OPEN, **issued)
    )
    weibao.repository.commit(at=on("2026-11-20", "11:01"))
    text = weibao("diff", "main", "change").out

    assert "\n  Spare parts\n" in text
    assert "suzhou-depot" not in text
    assert "hw-s12700-mpu" not in text
    assert "HDMPU1" in text


def test_what_an_entry_says_does_nothing_in_a_comment_but_be_read(weibao: Weibao) -> None:
    note = "@team <img src=x> ](https://evil.example) #1 GH-5"
    weibao.repository.append(TODAY, entry("11:05", "updated", note=f'"{note}"'))
    weibao.repository.commit(at=on("2026-11-20", "11:06"))
    page = weibao("diff", "main", "change", "--format", "markdown").out

    assert "evil" in page
    for active in ("@team", "<img", "](", "https://", "#1", "GH-5"):
        assert active not in page


def test_a_long_list_has_the_room_that_short_ones_leave(weibao: Weibao) -> None:
    weibao.repository.append(TODAY, entry("11:20", "restored", mode="on_site"))
    weibao.repository.commit(at=on("2026-11-20", "11:21"))
    _, told = diff(weibao)
    told["removed"] = [f"records/tickets/{number:06}.yaml" for number in range(5000)]
    page = markdown.difference(read_difference(json.dumps(told).encode()), EN)

    assert len(page) <= markdown.LONGEST
    assert page.count("records/tickets/0") > 0.9 * markdown.LONGEST / len(told["removed"][0]) - 400
    assert "running → met" in page
    assert "more\n" in page
