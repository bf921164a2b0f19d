"""What each kind of pull request is said to do, on real branches."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from building.contract import a_ticket, entry, ticket_path
from building.pull_requests import DESK, OLD, OPEN, diff, on, on_a_branch, replace
from hostile.threats import Ending, caught
from weibao.render.json.difference import silent
from weibao.render.json.difference_form import read_difference

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from building.commands import Weibao
    from building.repository import Repository

TODAY = ticket_path(OPEN)
RESOLVED = {"mode": "on_site", "cause": "内存故障", "action": "更换主控板"}


@pytest.fixture
def weibao(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Weibao:
    return on_a_branch(tmp_path, monkeypatch, capsys)


def turns(told: dict[str, Any]) -> dict[tuple[str, str], tuple[str | None, str | None]]:
    return {
        (one["ticket"], one["target"]): tuple(
            side and side["verdict"] for side in (one["before"], one["after"])
        )
        for one in told["verdicts"]
    }


def levels(findings: list[dict[str, Any]]) -> list[str]:
    """The codes of those on service levels."""
    return [one for one in codes(findings) if one[0] == "S"]


def codes(findings: list[dict[str, Any]]) -> list[str]:
    return [one["code"] for one in findings]


def test_a_lawful_step_turns_the_promise_that_it_keeps(weibao: Weibao) -> None:
    weibao.repository.append(TODAY, entry("11:20", "restored", mode="on_site"))
    weibao.repository.commit(at=on("2026-11-20", "11:21"))
    code, told = diff(weibao)

    assert (code, told["proposed"], told["new"], told["settings"]) == (0, True, [], [])
    assert turns(told) == {(OPEN, "restore"): ("running", "met")}
    (added,) = told["added"]
    assert (added["record"], added["new"]) == (OPEN, False)
    assert [(one["event"], one["grade"]) for one in added["entries"]] == [("restored", "A")]
    (month,) = told["months"]
    assert month == {
        "month": "2026-11",
        "before": {"met": 2, "judged": 3},
        "after": {"met": 3, "judged": 4},
        "lost": 0,
    }


def test_the_text_says_by_how_much_and_in_the_reader_s_language(weibao: Weibao) -> None:
    weibao.repository.append(TODAY, entry("11:20", "restored", mode="on_site"))
    weibao.repository.commit(at=on("2026-11-20", "11:21"))

    english = weibao("diff", "main", "change").out
    assert english.startswith("✓ No new error, and no promise is broken.\n")
    assert f"{OPEN} restoration: running → met\n    due 2026-11-20 13:12, 1 hr 52 mins" in english
    chinese = weibao("diff", "main", "change", lang="zh").out
    assert "计时中 → 达标" in chinese
    assert "余1小时52分钟" in chinese


def test_an_entry_that_waited_on_its_branch_is_dated_by_the_merge_that_would_bring_it(
    weibao: Weibao,
) -> None:
    weibao.repository.append(TODAY, entry("11:20", "restored", mode="on_site"))
    weibao.repository.commit(at=on("2026-11-20", "11:21"))
    weibao.set_clock(on("2026-11-21", "08:00"))
    _, told = diff(weibao)

    assert told["proposed"] is True
    (restored,) = told["added"][0]["entries"]
    assert restored["grade"] == "C"
    assert restored["effective"] == on("2026-11-21", "08:00")
    assert (OPEN, "restore") not in turns(told)  # overdue on main, and still broken

    weibao.repository.switch("main")
    before = weibao.repository.head
    weibao.repository.git("merge", "-q", "--ff-only", "change")
    _, landed = diff(weibao, base=before, head="main")
    assert landed["proposed"] is False
    assert landed["added"][0]["entries"][0]["grade"] == "A"
    assert turns(landed)[OPEN, "restore"] == ("breached", "met")


def test_the_merge_that_a_forge_made_to_test_it_is_dated_now_and_not_when_it_was_made(
    weibao: Weibao,
) -> None:
    weibao.repository.append(TODAY, entry("11:20", "restored", mode="on_site"))
    weibao.repository.commit(at=on("2026-11-20", "11:21"))
    weibao.repository.git("switch", "-q", "--detach", "main")
    made = weibao.repository.merge("change", at=on("2026-11-20", "11:22"))
    weibao.set_clock(on("2026-11-21", "08:00"))
    _, told = diff(weibao, head=made)

    assert told["added"][0]["entries"][0]["grade"] == "C"


def test_an_old_entry_that_is_edited_fails_with_the_commit_that_did_it(weibao: Weibao) -> None:
    replace(weibao.repository, TODAY, "T10:30:00", "T10:05:00")
    weibao.repository.commit(at=on("2026-11-20", "11:10"))
    code, told = diff(weibao)

    assert code == 1
    assert "L101" in codes(told["new"])
    assert any(one["code"] == "L101" and "git show" in one["help"] for one in told["new"])
    assert [one["entries"][0]["grade"] for one in told["added"]] == ["F"]


def test_a_ticket_that_is_deleted_fails_and_its_promises_are_gone(weibao: Weibao) -> None:
    weibao.repository.remove(ticket_path(OLD))
    weibao.repository.commit(at=on("2026-11-20", "11:10"))
    code, told = diff(weibao)

    assert code == 1
    assert told["removed"] == [ticket_path(OLD)]
    caught("the comment's word", Ending.FAILS, codes(told["new"]))
    assert turns(told)[OLD, "restore"] == ("met", None)
    assert [(one["month"], one["after"]) for one in told["months"]] == [("2026-10", None)]


@pytest.mark.parametrize(
    ("more", "code", "new"),
    [
        ((), 0, ["S101"]),
        ((entry("11:16", "resolved", **RESOLVED),), 1, ["S101", "S102"]),
        (
            (
                entry("11:16", "resolved", **RESOLVED),
                entry(
                    *("11:18", "justified"),
                    by="chen-jie",
                    target="respond",
                    cause="话务高峰",
                    improvement="增加一线坐席",
                ),
            ),
            0,
            ["S101"],
        ),
    ],
    ids=["broken", "resolved without a word", "justified"],
)
def test_a_broken_promise_fails_only_when_it_is_resolved_without_a_word(
    weibao: Weibao, more: tuple[str, ...], code: int, new: list[str]
) -> None:
    late = "T20261120-9NDJ1N"
    repository = weibao.repository
    path = ticket_path(late)
    opened = entry("10:32", "opened", by="wang-lei")
    repository.write(path, a_ticket(late, reported_at=on("2026-11-20", "10:31"), log=(opened,)))
    repository.commit(at=on("2026-11-20", "10:33"), by=DESK)
    steps = (
        entry("11:05", "assigned", by="wang-lei", to="li-qiang"),
        entry("11:06", "acknowledged"),
        entry("11:10", "arrived"),
        entry("11:15", "restored", mode="on_site"),
        *more,
    )
    repository.append(path, *steps)
    repository.commit(at=on("2026-11-20", "11:19"), by=DESK)
    ended, told = diff(weibao)

    assert turns(told)[late, "respond"] == (None, "breached")
    assert (ended, levels(told["new"])) == (code, new)


def test_a_justification_mends_what_failed_on_main(weibao: Weibao) -> None:
    repository = weibao.repository
    repository.switch("main")
    repository.append(TODAY, entry("14:00", "restored", mode="on_site"))
    repository.append(TODAY, entry("14:05", "resolved", **RESOLVED))
    repository.commit(at=on("2026-11-20", "14:06"))
    repository.branch("justify")
    reasons = {"cause": "备件在途", "improvement": "增设备件"}
    repository.append(
        TODAY, entry("14:20", "justified", by="chen-jie", target="restore", **reasons)
    )
    repository.append(TODAY, entry("14:21", "justified", by="chen-jie", target="update", **reasons))
    repository.commit(at=on("2026-11-20", "14:22"), by="chen.jie@provider.example")
    weibao.set_clock(on("2026-11-20", "14:30"))
    code, told = diff(weibao, head="justify")

    assert (code, told["new"]) == (0, [])
    assert set(levels(told["gone"])) == {"S102"}


def test_terms_changed_after_the_fact_show_every_verdict_that_they_alter(weibao: Weibao) -> None:
    replace(
        weibao.repository, "records/contract.yaml", "restore: {within: 4h", "restore: {within: 2h"
    )
    weibao.repository.commit(at=on("2026-11-20", "11:10"))
    _, told = diff(weibao)

    (setting,) = told["settings"]
    assert setting["setting"] == "terms"
    altered = {
        (one["ticket"], one["target"]): (one["before"]["verdict"], one["after"]["verdict"])
        for one in setting["altered"]
    }
    assert altered == {
        (OLD, "restore"): ("met", "breached"),
        (OPEN, "restore"): ("running", "breached"),
    }
    assert turns(told) == {}
    assert told["months"] == []
    assert "records/contract.yaml" in told["configuration"]
    text = weibao("diff", "main", "change").out
    assert "Service terms are changed" in text


def test_a_changed_calendar_shows_the_verdicts_whose_due_times_move(weibao: Weibao) -> None:
    repository = weibao.repository
    repository.switch("main")
    third = "T20261118-9NDJ1N"
    opened = entry(on("2026-11-18", "09:01"), "opened", by="wang-lei")
    text = a_ticket(third, severity=3, reported_at=on("2026-11-18", "09:00"), log=(opened,))
    repository.write(ticket_path(third), text)
    repository.commit(at=on("2026-11-20", "10:40"))
    repository.branch("holiday")
    replace(
        repository,
        "records/contract.yaml",
        "{days: [2026-09-25], hours: [], why: 中秋节}",
        "{days: [2026-09-25, 2026-11-19], hours: [], why: 中秋节}",
    )
    repository.commit(at=on("2026-11-20", "11:10"))
    _, told = diff(weibao, head="holiday")

    (setting,) = told["settings"]
    assert setting["setting"] == "calendars"
    moved = {
        one["target"]: (one["before"]["due"][:10], one["after"]["due"][:10])
        for one in setting["altered"]
        if one["ticket"] == third and one["before"]["due"] != one["after"]["due"]
    }
    assert moved["resolve"] == ("2026-11-25", "2026-11-26")
    assert {one["ticket"] for one in setting["altered"]} == {third}


def test_a_changed_evidence_policy_shows_the_verdicts_that_it_believes(weibao: Weibao) -> None:
    repository = weibao.repository
    repository.switch("main")
    repository.append(TODAY, entry("10:40", "restored", mode="on_site"))
    repository.commit(at=on("2026-11-20", "13:40"))
    repository.branch("lenient")
    replace(repository, "records/contract.yaml", "tolerance: 15m", "tolerance: 4h")
    repository.commit(at=on("2026-11-20", "13:50"))
    weibao.set_clock(on("2026-11-20", "14:00"))
    _, told = diff(weibao, head="lenient")

    (setting,) = told["settings"]
    assert setting["setting"] == "evidence"
    assert ("restore", "breached", "met") in {
        (one["target"], one["before"]["verdict"], one["after"]["verdict"])
        for one in setting["altered"]
    }


def test_what_is_published_alters_no_verdict_and_is_said_key_by_key(weibao: Weibao) -> None:
    replace(weibao.repository, "records/contract.yaml", "phones: false", "phones: true")
    weibao.repository.commit(at=on("2026-11-20", "11:10"))
    code, told = diff(weibao)

    assert code == 0
    value = {"key": "publish.phones", "before": "false", "after": "true", "against": None}
    assert told["settings"] == [{"setting": "publish", "altered": [], "values": [value], "more": 0}]


def test_a_part_that_is_issued_is_moved(weibao: Weibao) -> None:
    issued = {"part": "hw-s12700-mpu", "serials": '["HDMPU1"]', "depot": "suzhou-depot"}
    weibao.repository.append(
        "records/spares.yaml", entry("11:00", "issued", by="sun-yu", ticket=OPEN, **issued)
    )
    weibao.repository.commit(at=on("2026-11-20", "11:01"))
    _, told = diff(weibao)

    assert told["stock"] == [
        {
            "part": "hw-s12700-mpu",
            "name": "S12700 main processing unit",
            "serial": "HDMPU1",
            "before": {
                "state": "in_stock",
                "depot": "suzhou-depot",
                "depot_name": "Suzhou depot",
                "ticket": None,
            },
            "after": {"state": "issued", "depot": None, "depot_name": None, "ticket": OPEN},
        }
    ]


def test_a_change_outside_the_records_is_met_with_silence(weibao: Weibao) -> None:
    weibao.repository.write("README.md", "维保\n")
    weibao.repository.commit(at=on("2026-11-20", "11:10"))
    ran = weibao("diff", "main", "change", "--format", "json")

    assert ran.code == 0
    assert silent(read_difference(ran.out.encode()))


def test_a_branch_that_main_has_left_behind_is_merged_line_by_line_before_it_is_judged(
    weibao: Weibao,
) -> None:
    repository = weibao.repository
    repository.append(TODAY, entry("11:20", "restored", mode="on_site"))
    repository.commit(at=on("2026-11-20", "11:21"))
    repository.switch("main")
    repository.append(TODAY, entry("11:05", "updated", note="板卡已上电"))
    repository.commit(at=on("2026-11-20", "11:06"))
    code, told = diff(weibao)

    assert (code, told["new"], told["gone"]) == (0, [], [])
    assert [one["event"] for added in told["added"] for one in added["entries"]] == ["restored"]
    assert turns(told) == {(OPEN, "restore"): ("running", "met")}


def test_what_only_a_person_can_merge_is_refused_by_name(weibao: Weibao) -> None:
    repository = weibao.repository
    replace(repository, "records/contract.yaml", "tolerance: 15m", "tolerance: 10m")
    repository.commit(at=on("2026-11-20", "11:10"))
    repository.switch("main")
    replace(repository, "records/contract.yaml", "tolerance: 15m", "tolerance: 20m")
    repository.commit(at=on("2026-11-20", "11:11"))
    ran = weibao("diff", "main", "change")

    assert (ran.code, ran.out) == (1, "")
    assert "records/contract.yaml" in ran.err


def test_a_commit_made_in_the_future_fails_at_once(weibao: Weibao) -> None:
    weibao.repository.append(TODAY, entry("11:20", "restored", mode="on_site"))
    weibao.repository.commit(at=on("2026-11-23", "11:21"))
    code, told = diff(weibao)

    assert code == 1
    assert "E107" in codes(told["new"])


def test_both_commits_are_judged_at_the_instant_that_is_asked_for(weibao: Weibao) -> None:
    weibao.repository.append(TODAY, entry("11:20", "restored", mode="on_site"))
    weibao.repository.commit(at=on("2026-11-20", "11:21"))
    _, told = diff(weibao, "--as-of", on("2026-11-20", "11:25"))

    assert told["as_of"] == on("2026-11-20", "11:25")
    assert diff(weibao, "--as-of", on("2026-11-20", "11:25")) == (0, told)


def test_annotations_leave_to_check_what_check_tells_and_fail_all_the_same(weibao: Weibao) -> None:
    weibao.repository.remove(ticket_path(OLD))
    weibao.repository.commit(at=on("2026-11-20", "11:10"))
    ran = weibao("diff", "main", "change", "--format", "github")

    assert (ran.code, ran.out) == (1, "")
    assert "L104" in weibao("check", "--base", "main", "--format", "github").out


def test_a_breach_after_hours_has_nothing_to_spare_and_both_measures_name_their_clock(
    weibao: Weibao,
) -> None:
    third = "T20261120-9NDJ1N"
    opened = entry("16:02", "opened", by="wang-lei")
    weibao.repository.write(
        ticket_path(third),
        a_ticket(third, severity=3, reported_at=on("2026-11-20", "16:00"), log=(opened,)),
    )
    weibao.repository.commit(at=on("2026-11-20", "16:03"), by=DESK)
    weibao.set_clock(on("2026-11-20", "22:27"))

    english = weibao("diff", "main", "change").out
    assert "due 2026-11-20 18:00; the clock “working days” has not run since" in english
    assert "was due at 2026-11-20 18:00 and is 4 hrs 27 mins of wall time over" in english
    assert "0 secs" not in english
    chinese = weibao("diff", "main", "change", lang="zh").out
    assert "时限 2026-11-20 18:00 已过，其后按“工作日”尚未再计时" in chinese
    assert "按自然时间已超出4小时27分钟" in chinese
    assert "余0" not in chinese
    assert "0 secs" not in weibao("explain", third).out


def test_the_headline_says_what_happened_in_clauses_of_their_own(weibao: Weibao) -> None:
    repository = weibao.repository
    replace(repository, "records/contract.yaml", "restore: {within: 4h", "restore: {within: 2h")
    repository.append(TODAY, entry("11:20", "acknowledged", by="nobody"))
    repository.commit(at=on("2026-11-20", "11:21"))

    first = weibao("diff", "main", "change").out.splitlines()[0]
    assert first.startswith("✗ ")
    assert "fail the check; " in first or "fails the check; " in first
    assert " and " not in first
    chinese = weibao("diff", "main", "change", lang="zh").out.splitlines()[0]
    assert "处错误，检查不通过；" in chinese
    assert "项判定不同" in chinese


def test_a_ticket_that_was_damaged_has_mended_nothing_and_is_missed_in_its_month(
    weibao: Weibao,
) -> None:
    weibao.set_clock(on("2026-11-20", "14:00"))  # overdue on main
    repository = weibao.repository
    repository.write(TODAY, repository.read(TODAY).replace("severity: 1", "severity: ["))
    repository.commit(at=on("2026-11-20", "13:50"))
    code, told = diff(weibao)

    assert code == 1
    assert told["unreadable"] == [TODAY]
    assert told["gone"] == []
    (month,) = told["months"]
    assert (month["month"], month["lost"]) == ("2026-11", 4)
    text = weibao("diff", "main", "change").out
    assert "Records that can no longer be read\n" in text
    assert "4 verdicts are missing" in text


def test_a_ticket_that_was_deleted_has_mended_nothing(weibao: Weibao) -> None:
    weibao.set_clock(on("2026-11-20", "14:00"))
    weibao.repository.remove(TODAY)
    weibao.repository.commit(at=on("2026-11-20", "13:50"))
    _, told = diff(weibao)

    assert told["gone"] == []
    assert "4 verdicts are missing" in weibao("diff", "main", "change").out


def test_a_promise_that_stays_broken_is_the_same_finding_with_another_due_time(
    weibao: Weibao,
) -> None:
    weibao.set_clock(on("2026-11-20", "14:00"))
    replace(
        weibao.repository, "records/contract.yaml", "restore: {within: 4h", "restore: {within: 3h"
    )
    weibao.repository.commit(at=on("2026-11-20", "13:50"))
    _, told = diff(weibao)

    assert levels(told["gone"]) == levels(told["new"]) == []


def test_a_line_that_was_dropped_is_said_to_be_gone(weibao: Weibao) -> None:
    text = weibao.repository.read(TODAY).splitlines(keepends=True)
    weibao.repository.write(TODAY, "".join(text[:-1]))
    weibao.repository.commit(at=on("2026-11-20", "11:10"))
    _, told = diff(weibao)

    (message,) = [one["message"] for one in told["new"] if one["code"] == "L101"]
    assert message.startswith("An entry was dropped: “")
    assert message.endswith("” is gone.")


def test_branches_without_a_common_history_are_said_to_be_so(weibao: Weibao) -> None:
    repository = weibao.repository
    repository.git("switch", "-q", "--orphan", "other")
    repository.git("checkout", "-q", "main", "--", ".")
    replace(repository, "records/assets.yaml", "\n", "\n# another\n")
    repository.commit(at=on("2026-11-20", "11:10"))
    ran = weibao("diff", "main", "other")

    assert (ran.code, ran.out) == (2, "")
    assert "have no history in common" in ran.err


def withdrawn(repository: Repository) -> None:
    """A step that the branch has had, and has no more."""
    before = repository.read(TODAY)
    repository.append(TODAY, entry("11:05", "updated"))
    repository.commit(at=on("2026-11-20", "11:06"))
    repository.write(TODAY, before)
    repository.commit(at=on("2026-11-20", "11:07"))


def swallowed(repository: Repository) -> None:
    """A merge of what has landed into an older commit, which holds what the older one holds."""
    repository.git("reset", "-q", "--hard", "main~3")
    repository.merge("main", at=on("2026-11-20", "11:07"), options=["-s", "ours"])


def swapped(repository: Repository) -> None:
    """A step exchanged for one of another time, in a merge."""
    repository.branch("side")
    repository.write("README.md", "说明\n")
    repository.commit(at=on("2026-11-20", "11:06"))
    repository.switch("change")
    repository.merge(
        "side",
        at=on("2026-11-20", "11:07"),
        edit=lambda: replace(repository, TODAY, "T10:30:00", "T10:05:00"),
    )


@pytest.mark.parametrize("lose", [withdrawn, swallowed, swapped])
def test_what_a_branch_has_lost_fails_here_as_it_fails_the_check(
    weibao: Weibao, lose: Callable[[Repository], None]
) -> None:
    lose(weibao.repository)
    code, told = diff(weibao)
    ran = weibao("check", "--base", "main", "--format", "json")
    checked = {
        (one["code"], one["path"])
        for one in json.loads(ran.out)["findings"]
        if one["severity"] == "error"
    }

    assert checked
    assert (ran.code, code) == (1, 1)
    assert checked <= {(one["code"], one["path"]) for one in told["new"]}
    assert "No new error" not in weibao("diff", "main", "change", "--format", "markdown").out


def test_a_step_that_the_branch_has_put_back_fails_nothing_and_is_told(weibao: Weibao) -> None:
    withdrawn(weibao.repository)
    weibao.repository.append(TODAY, entry("11:05", "updated"))
    weibao.repository.commit(at=on("2026-11-20", "11:08"))
    code, told = diff(weibao)

    assert (code, codes(told["new"])) == (0, ["L106"])
    assert weibao("check", "--base", "main").code == 0
