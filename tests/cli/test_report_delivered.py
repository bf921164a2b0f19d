"""``weibao report``: what becomes of a report after the close, and whether it came in time.

The scene: a fault of November, the month closed on 2 December, and a contract that promises the monthly
report within three days of the month: by 3 December 23:59:59.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from building.audited import worked_fault
from building.commands import Weibao
from building.contract import entry
from building.keyboard import ENTER, keys
from weibao.cli.framework import terminal
from weibao.history.git.reader import Git
from weibao.history.snapshot import read_snapshot
from weibao.language import language
from weibao.model.instant import parse_instant
from weibao.render.words.deliveries import state_told
from weibao.report.figure import whole_month
from weibao.report.opening import book_of

if TYPE_CHECKING:
    from pathlib import Path

    from weibao.report.book import Book

CONTRACT, CLOSE = "records/contract.yaml", "records/reports/2026/2026-11.yaml"
PROMISED = "deliverables: [{kind: monthly, due_within: 3d, from: 2026-11-01}]\n"
ISSUED = ("report", "issue", "2026-11", "--report", "monthly", "--by", "chen-jie")
LAST = "2026-12-03T23:59:59+08:00"
AS_OF = "2026-12-31T09:00:00+08:00"


@pytest.fixture
def closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Weibao:
    repository = worked_fault(tmp_path / "clone")
    repository.write(CONTRACT, repository.read(CONTRACT) + PROMISED)
    repository.commit("合同", at="2026-11-30T09:00:00+08:00")
    weibao = Weibao(repository, monkeypatch, capsys)
    weibao.set_clock("2026-12-02T09:00:00+08:00")
    assert weibao("report", "close", "2026-11").code == 0
    return weibao


def book(weibao: Weibao, as_of: str = AS_OF) -> Book:
    return book_of(read_snapshot(Git(weibao.repository.path)), parse_instant(as_of))


def said(book: Book) -> set[str]:
    codes = {finding.code for finding in book.findings}
    codes |= {lapse.finding.code for lapse in book.lapses}
    return codes & {"O303", "O304", "O305", "E150", "X101", "X102", "X207"}


def at(weibao: Weibao, moment: str, *command: str) -> None:
    weibao.set_clock(moment)
    ran = weibao(*command)
    assert ran.code == 0, ran.err


@pytest.mark.parametrize(
    ("moment", "in_time"), [(LAST, True), ("2026-12-04T00:00:00+08:00", False)]
)
def test_a_report_is_in_time_to_the_second(closed: Weibao, moment: str, *, in_time: bool) -> None:
    at(closed, moment, *ISSUED)
    found = book(closed)
    (delivery,) = found.deliveries
    assert (delivery.in_time, delivery.grade) == (in_time, "A")
    assert said(found) == (set() if in_time else {"O303"})
    december = found.figure("report_timeliness", whole_month("2026-12", found.zone)).tally
    assert (december.count, december.of) == (in_time, 1)


def test_a_report_that_was_not_issued_is_overdue_from_the_next_second_on(closed: Weibao) -> None:
    assert said(book(closed, LAST)) == set()
    overdue = book(closed, "2026-12-04T00:00:00+08:00")
    assert said(overdue) == {"O303"}
    closed.set_clock(AS_OF)
    assert "overdue" in closed("report", "list").out


def told_as_due(weibao: Weibao, moment: str) -> list[tuple[str, str, str]]:
    """What the status says is due of reports: kind, harm, and the last word of its command."""
    weibao.set_clock(moment)
    items = json.loads(weibao("status", "--all", "--format", "json").out)["due"]
    return [
        (item["kind"], item["harm"], " ".join(item["command"]))
        for item in items
        if item["kind"] in {"report", "answer"}
    ]


def test_the_status_tells_which_report_is_to_be_issued_and_which_was_not_answered(
    closed: Weibao,
) -> None:
    issue = "weibao report issue 2026-11 --report monthly"
    assert told_as_due(closed, LAST) == [("report", "coming", issue)]
    assert told_as_due(closed, "2026-12-04T00:00:00+08:00") == [("report", "owed", issue)]
    at(closed, "2026-12-03T10:00:00+08:00", *ISSUED)
    at(closed, "2026-12-03T11:00:00+08:00", *SUBMIT, "--via", "email", "--by", "chen-jie")
    assert told_as_due(closed, "2026-12-17T18:00:00+08:00") == []
    answer = ("answer", "owed", "weibao report accept 2026-11 --report monthly")
    assert answer in told_as_due(closed, AS_OF)


def test_a_claim_that_was_recorded_late_does_not_make_a_report_timely(closed: Weibao) -> None:
    at(closed, "2026-12-09T10:00:00+08:00", *ISSUED, "--at", "2026-12-03 10:00")
    found = book(closed)
    assert said(found) == {"O303"}
    december = found.figure("report_timeliness", whole_month("2026-12", found.zone))
    assert (december.tally.count, december.on_claim.count) == (0, 1)


SUBMIT = ("report", "submit", "2026-11", "--report", "monthly", "--to", "zhang-gong")
ANSWERS = {
    "": (True, "submitted, not accepted yet"),
    "accept": (False, "accepted by the customer, on the provider's word"),
    "dispute": (False, "disputed by the customer"),
}


@pytest.mark.parametrize("answer", ANSWERS)
def test_a_report_that_the_customer_has_not_answered_is_told_as_a_note(
    closed: Weibao, answer: str
) -> None:
    """Ten working days after 3 December end on the 17th."""
    at(closed, "2026-12-03T10:00:00+08:00", *ISSUED)
    at(closed, "2026-12-03T11:00:00+08:00", *SUBMIT, "--via", "email", "--by", "chen-jie")
    options = {"accept": ("--via", "email"), "dispute": ("--text", "可用率算少了")}
    if answer:
        given = ("--report", "monthly", "--contact", "zhang-gong", "--by", "chen-jie")
        at(
            closed,
            "2026-12-10T10:00:00+08:00",
            *("report", answer, "2026-11", *given, *options[answer]),
        )
    silent, told = ANSWERS[answer]
    assert said(book(closed, "2026-12-17T18:00:00+08:00")) == set()
    assert said(book(closed, "2026-12-17T18:00:01+08:00")) == ({"O304"} if silent else set())
    closed.set_clock(AS_OF)
    assert told in closed("report", "list").out
    (report,) = json.loads(closed("report", "list", "--format", "json").out)["reports"]
    assert (report["kind"], report["in_time"], report["accepted"] is None) == (
        "monthly",
        True,
        answer != "accept",
    )


PROVIDER, CUSTOMER = "chen.jie@provider.example", "zhang.gong@customer.example"
ISSUE = f"issued {PROVIDER}"
ACCEPT, DISPUTE = f"accepted {PROVIDER}", f"disputed {PROVIDER}"
REVISE = f"revised {PROVIDER}"
LOGS = {
    "accepted before it was issued": ((ACCEPT, ISSUE), "issued in time"),
    "issued anew since": ((ISSUE, ACCEPT, ISSUE), "issued in time"),
    "disputed since": ((ISSUE, ACCEPT, DISPUTE), "issued in time; disputed by the customer"),
    "accepted in the end": (
        (ISSUE, ACCEPT, DISPUTE, ACCEPT),
        "issued in time; accepted by the customer, on the provider's word",
    ),
    "revised since": (
        (ISSUE, ACCEPT, REVISE, ACCEPT),
        "issued in time; being revised",
    ),
    "revised and issued anew": (
        (ISSUE, ACCEPT, REVISE, ISSUE),
        "issued in time",
    ),
    "revised and accepted anew": (
        (ISSUE, DISPUTE, REVISE, ISSUE, ACCEPT),
        "issued in time; accepted by the customer, on the provider's word",
    ),
    "by the customer's own hand": (
        (ISSUE, f"accepted {CUSTOMER}"),
        "issued in time; accepted by the customer",
    ),
}


@pytest.mark.parametrize("log", LOGS)
def test_a_report_is_accepted_by_what_the_customer_said_last_of_the_last_issue(
    closed: Weibao, log: str
) -> None:
    """What only the provider says of it is told as that, and noted (E105)."""
    steps, told = LOGS[log]
    answered = {"contact": "zhang-gong", "via": "email"}
    more = {
        "accepted": answered,
        "disputed": {"contact": "zhang-gong", "text": "可用率算少了"},
        "revised": {"reason": "漏计一次中断"},
    }
    for hour, step in enumerate(steps, 10):
        event, author = step.split()
        moment = f"2026-12-03T{hour}:00:00+08:00"
        by = "chen-jie" if author == PROVIDER else "zhang-gong"
        line = entry(moment, event, by=by, report="monthly", **more.get(event, {}))
        text = closed.repository.read(CLOSE)
        head = text if "\nlog:" in text else f"{text}log:\n"
        closed.repository.write(CLOSE, f"{head}{line}\n")
        closed.repository.commit(event, at=moment, by=author)
    found = book(closed)
    (delivery,) = found.deliveries
    assert state_told(delivery, found.as_of, language("en")) == told
    noted = [f for f in found.findings if (f.code, f.place.path) == ("E105", CLOSE)]
    assert len(noted) == sum(step in {ACCEPT, DISPUTE} for step in steps)


REVISED = ("report", "revise", "2026-11", "--report", "monthly", "--reason", "漏计一次中断")


def test_a_report_under_revision_is_due_anew(closed: Weibao) -> None:
    """Three days after 10 December end on the 13th at the second of the revision."""
    at(closed, "2026-12-03T10:00:00+08:00", *ISSUED)
    at(closed, "2026-12-03T11:00:00+08:00", *SUBMIT, "--via", "email", "--by", "chen-jie")
    at(closed, "2026-12-10T10:00:00+08:00", *REVISED, "--by", "chen-jie")
    assert said(book(closed, "2026-12-13T10:00:00+08:00")) == set()
    assert said(book(closed, AS_OF)) == {"O305"}, "and nobody is asked for an answer"
    anew = ("report", "owed", "weibao report issue 2026-11 --report monthly")
    assert told_as_due(closed, "2026-12-31T09:00:00+08:00") == [anew]
    at(closed, "2026-12-31T10:00:00+08:00", *ISSUED)
    assert said(book(closed, "2026-12-31T11:00:00+08:00")) == set()
    assert "version: 2}" in closed.repository.read(CLOSE)


def test_a_report_is_not_issued_twice_for_nothing(closed: Weibao) -> None:
    at(closed, "2026-12-03T10:00:00+08:00", *ISSUED)
    closed.set_clock("2026-12-03T11:00:00+08:00")
    assert (closed(*ISSUED).code, closed("report", "remark", "2026-11").code) == (2, 2)
    undone = closed("report", "undo", lang="zh")
    assert "发布报告" in undone.out
    at(closed, "2026-12-03T11:00:00+08:00", *ISSUED)
    assert closed.repository.read(CLOSE).count("event: issued") == 1


def test_a_step_of_a_report_that_was_not_issued_is_refused(closed: Weibao) -> None:
    closed.set_clock("2026-12-03T10:00:00+08:00")
    for command in ((*SUBMIT, "--via", "email"), REVISED):
        ran = closed(*command, "--by", "chen-jie")
        assert (ran.code, "X316" in ran.err) == (1, True)
        assert "weibao report issue 2026-11 --report monthly`" in ran.err, "what can be typed"
    section = ("--section", "nowhere", "--text", "x")
    assert closed("report", "remark", "2026-11", *section, "--by", "chen-jie").code == 2
    assert closed.repository.git("status", "--porcelain") == ""


def test_a_version_that_was_skipped_is_told(closed: Weibao) -> None:
    at(closed, "2026-12-03T10:00:00+08:00", *ISSUED)
    line = entry("2026-12-04T10:00:00+08:00", "issued", by="chen-jie", report="monthly", version=3)
    closed.repository.write(CLOSE, f"{closed.repository.read(CLOSE)}{line}\n")
    ran = closed("check")
    assert (ran.code, "X317" in ran.out, "would be version 2" in ran.out) == (1, True, True)


def test_the_signed_scan_is_kept_and_missed_once_it_is_gone(closed: Weibao) -> None:
    scan = closed.repository.path.parent / "scan.pdf"
    scan.write_bytes(b"%PDF-1.7 signed")
    attach = ("report", "attach", "2026-11", str(scan), "--report", "monthly", "--by", "chen-jie")
    closed.set_clock("2026-12-03T10:00:00+08:00")
    assert closed(*attach).code == 1, "there is no version that it could be the scan of"
    assert closed.repository.git("status", "--porcelain") == ""
    at(closed, "2026-12-03T10:00:00+08:00", *ISSUED)
    at(closed, "2026-12-04T10:00:00+08:00", *attach, "--caption", "双方签章")
    (kept,) = (closed.repository.path / "records" / "attachments").rglob("*.pdf")
    assert kept.read_bytes() == scan.read_bytes()
    assert closed("check").code == 0
    kept.unlink()
    ran = closed("check")
    assert (ran.code, "X208" in ran.out) == (1, True)


def test_what_is_missing_of_a_report_is_asked_for(
    closed: Weibao, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(terminal, "can_ask", lambda: True)
    closed.set_clock("2026-12-03T10:00:00+08:00")
    scan = closed.repository.path / "scan.pdf"
    scan.write_bytes(b"%PDF-1.7 signed")
    # the month, which report, the section, what is said, a note, consent
    asked = f"{ENTER * 2}风险{ENTER}备一份进场名单{ENTER * 3}"
    steps = {"remark": asked, "issue": ENTER * 4, "attach": f"{ENTER}scan.pdf{ENTER * 4}"}
    for verb, keystrokes in steps.items():
        with keys(keystrokes):
            ran = closed("report", verb, "--by", "chen-jie", lang="zh")
        assert (ran.code, ran.err) == (0, ""), verb
    events = [line.split("event: ")[1] for line in closed.repository.read(CLOSE).splitlines()[-3:]]
    assert "section: risks, text: 备一份进场名单}" in events[0]
    assert events[1] == "issued, by: chen-jie, report: monthly, version: 1}"
    assert events[2].endswith("report: monthly}")


def test_the_close_stays_as_it_was_and_the_last_step_can_be_taken_back(closed: Weibao) -> None:
    before = closed.repository.read(CLOSE)
    at(closed, "2026-12-03T10:00:00+08:00", *ISSUED)
    assert closed.repository.read(CLOSE).startswith(before)
    assert closed("check").code == 0
    ran = closed("audit", "--format", "json")
    (check,) = (one for one in json.loads(ran.out)["checks"] if one["name"] == "months_closed")
    assert check["passed"]
    assert closed("report", "undo").code == 0
    assert closed.repository.read(CLOSE) == before


@pytest.mark.parametrize(
    ("month", "why"),
    [("2026-10", "not closed yet"), ("../../x", "no month"), ("november", "no month")],
)
def test_a_step_of_a_month_that_is_not_closed_is_refused(
    closed: Weibao, month: str, why: str
) -> None:
    ran = closed("report", "issue", month, "--report", "monthly", "--by", "chen-jie")
    assert (ran.code, why in ran.err) == (2, True)


def test_only_a_contact_who_may_confirm_accepts_a_report(closed: Weibao) -> None:
    closed.set_clock("2026-12-03T10:00:00+08:00")
    given = ("--report", "monthly", "--via", "email", "--by", "chen-jie")
    ran = closed("report", "accept", "2026-11", *given, "--contact", "nobody-here")
    assert ran.code != 0
