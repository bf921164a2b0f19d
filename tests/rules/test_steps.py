"""Steps: a good and a bad case of each rule, with the place of what is wrong (X2xx, X303)."""

from __future__ import annotations

from hashlib import sha256

import pytest

from building.contract import a_ticket, entry, ticket_path
from building.marked import (
    INSPECTION,
    PATH,
    TICKET,
    a_log,
    an_inspection,
    assert_found,
    findings_of,
)
from weibao.model.events import OF_A_DRILL, has_step

OPENED = entry("09:15", "opened", by="wang-lei")
ACKED = entry("09:20", "acknowledged")
RESOLVED = entry("09:30", "resolved", mode="remote", cause="误报", action="清除告警")
CONFIRMED = entry("10:00", "confirmed", by="wang-lei", contact="zhang-gong", via="phone")
SELF_CONFIRMED = CONFIRMED.replace("by: wang-lei", "by: li-qiang")
CLOSED = entry("10:05", "closed", by="wang-lei")
AT = "2026-11-20T09:20:00+08:00"
PICTURE = "\x89PNG\n"
DIGEST = sha256(PICTURE.encode()).hexdigest()
STORED = f"records/attachments/{DIGEST[:2]}/{DIGEST}.png"


def mark(line: str, key: str) -> str:
    """The line with its key's value marked."""
    assert f"{key}: " in line
    return line.replace(f"{key}: ", f"{key}: «", 1)


def attached(digest: str) -> str:
    return entry("09:40", "attached", file=STORED.replace(DIGEST, digest), sha256=digest)


BAD = [
    ("X201", (OPENED, mark(CLOSED, "event")), {"state": "opened"}),
    ("X201", (mark(ACKED, "event"),), {"state": "new", "possible": ("opened",)}),
    ("X201", (OPENED, mark(OPENED, "event").replace("09:15", "09:16")), {"state": "opened"}),
    ("X201", (OPENED, mark(entry("09:20", "resumed"), "event")), {}),
    (
        "X201",
        (
            OPENED,
            entry("09:20", "paused", reason="site_access"),
            mark(entry("09:21", "paused", reason="site_access"), "event"),
        ),
        {},
    ),
    ("X201", (OPENED, mark(entry("09:20", "part_arrived", part="hw-s12700-mpu"), "event")), {}),
    ("X201", (OPENED, ACKED, mark(entry("09:25", "left"), "event")), {"state": "in_progress"}),
    ("X201", (OPENED, RESOLVED, mark(CLOSED, "event")), {"state": "resolved"}),
    ("X202", (mark(entry("09:11", "opened", by="wang-lei"), "at"),), {}),
    (
        "X203",
        (OPENED, mark(entry("18:06", "acknowledged"), "at")),
        {"now": "2026-11-20T18:00:00+08:00"},
    ),
    (
        "X204",
        (OPENED, entry("09:20", "updated"), mark(entry("09:20", "updated", by="wang-lei"), "at")),
        {"event": "updated"},
    ),
    (
        "X205",
        (OPENED, RESOLVED, SELF_CONFIRMED, mark(CLOSED, "event")),
        {"person": "li-qiang"},
    ),
    (
        "X205",
        (
            OPENED,
            RESOLVED,
            CONFIRMED,
            SELF_CONFIRMED.replace("10:00", "10:02"),
            mark(CLOSED, "event"),
        ),
        {"person": "li-qiang"},
    ),
    (
        "X206",
        (OPENED, mark(entry("09:20", "severity_agreed", severity="2"), "severity")),
        {"found": 1, "agreed": 2},
    ),
    (
        "X209",
        (
            OPENED,
            mark(
                entry(
                    "09:30",
                    "amended",
                    entry="{at: 2026-11-20T09:21:00+08:00, event: opened}",
                    field="note",
                    value="x",
                    reason="y",
                ),
                "entry",
            ),
        ),
        {"event": "opened"},
    ),
    (
        "X209",
        (
            OPENED,
            ACKED,
            mark(
                entry(
                    "09:30",
                    "countersigned",
                    entries=f"[{{at: {AT}, event: arrived}}]",
                    contact="zhang-gong",
                ),
                "entries",
            ),
        ),
        {"at": AT, "event": "arrived"},
    ),
    (
        "X214",
        (
            OPENED,
            mark(entry("09:30", "cancelled", reason="重复", duplicate_of=TICKET), "duplicate_of"),
        ),
        {"ticket": TICKET},
    ),
    ("X208", (OPENED, mark(attached("0" * 64), "file")), {"sha256": "0" * 64}),
]

GOOD = [
    (OPENED, ACKED, RESOLVED, CONFIRMED, CLOSED),
    (OPENED, CLOSED, CONFIRMED, RESOLVED),
    (OPENED, RESOLVED, SELF_CONFIRMED, CONFIRMED.replace("10:00", "10:02"), CLOSED),
    (OPENED, entry("09:20", "paused", reason="site_access"), entry("09:21", "resumed")),
    (entry("09:12", "opened", by="wang-lei"),),
    (OPENED, entry("18:05", "acknowledged")),
    (OPENED, entry("09:20", "updated"), entry("09:20", "acknowledged")),
    (OPENED, entry("09:20", "severity_agreed", severity="2", consent_by="zhang-gong")),
    (
        OPENED,
        ACKED,
        entry(
            "09:30",
            "countersigned",
            entries="[{at: 2026-11-20T01:20:00Z, event: acknowledged}]",
            contact="zhang-gong",
        ),
    ),
    (OPENED, entry("09:30", "amended", field="severity", value="2", reason="笔误")),
]


@pytest.mark.parametrize(("code", "log", "facts"), BAD)
def test_a_step_that_may_not_be_is_found_where_it_stands(
    code: str, log: tuple[str, ...], facts: dict[str, object]
) -> None:
    files = {PATH: a_log(*log)}
    assert_found(files, findings_of(files), code, facts)


@pytest.mark.parametrize("log", GOOD)
def test_steps_that_may_be_are_no_findings(log: tuple[str, ...]) -> None:
    assert findings_of({PATH: a_log(*log)}) == ()


def test_the_steps_of_a_drill_are_possible_in_a_drill_alone() -> None:
    found = {
        kind: findings_of({PATH: a_log(OPENED, CLOSED).replace("kind: fault", f"kind: {kind}")})
        for kind in ("fault", "complaint")
    }
    for findings in found.values():
        (wrong,) = [finding for finding in findings if finding.code == "X201"]
        assert not OF_A_DRILL & set(wrong.facts["possible"])  # type: ignore[call-overload]
    assert has_step("drill", "injected")


def test_an_attachment_that_is_there_is_no_finding() -> None:
    assert findings_of({PATH: a_log(OPENED, attached(DIGEST)), STORED: PICTURE}) == ()


def test_an_attachment_that_was_altered_is_found_in_its_own_place() -> None:
    (found,) = findings_of({PATH: a_log(OPENED, attached(DIGEST)), STORED: f"{PICTURE}x"})
    assert (found.code, found.place.path, found.place.line) == ("X208", STORED, 0)


def test_an_id_of_another_day_than_the_reports_is_found() -> None:
    other = "T20261121-7K3Q9M"
    files = {ticket_path(other): a_ticket(other).replace("id: ", "id: «")}
    assert_found(files, findings_of(files), "X211", {"found": "20261121", "expected": "20261120"})


def test_the_day_of_an_id_is_the_contracts_and_not_utcs() -> None:
    early = "2026-11-19T16:30:00Z"
    assert findings_of({PATH: a_ticket(reported_at=early)}) == ()


def test_one_id_filed_twice_is_found_at_the_second() -> None:
    other = PATH.replace("/20/", "/21/")
    found = findings_of({PATH: a_ticket(), other: a_ticket()})
    assert [(one.code, one.place.path) for one in found] == [("R301", other), ("X210", other)]
    assert found[1].facts == {"other": PATH}


CHECKED = {"asset": "core-sw-01", "item": "temperature"}


@pytest.mark.parametrize(
    ("code", "line", "facts"),
    [
        (
            "X303",
            entry("10:10", "checked", **CHECKED, value="71", status="«failed"),
            {"item": "temperature"},
        ),
        (
            "X108",
            entry("10:10", "checked", asset="core-sw-01", item="«noise", status="ok"),
            {"kind": "item"},
        ),
        (
            "X103",
            entry("10:10", "checked", asset="«core-sw-09", item="temperature", status="ok"),
            {},
        ),
        ("X201", entry("09:59", "«completed").replace("event: «", "event: «"), {"state": "new"}),
    ],
)
def test_a_round_that_cannot_be_is_found_where_it_stands(
    code: str, line: str, facts: dict[str, object]
) -> None:
    lines = [entry("10:00", "started"), line]
    files = {ticket_path(INSPECTION): an_inspection(*(lines if code != "X201" else lines[::-1]))}
    found = [one for one in findings_of(files) if one.code == code]
    assert_found(files, found[:1], code, facts)


def test_a_failed_check_that_names_its_ticket_is_no_finding() -> None:
    line = entry("10:10", "checked", **CHECKED, value="71", status="failed", ticket=TICKET)
    files = {
        ticket_path(INSPECTION): an_inspection(entry("10:00", "started"), line),
        PATH: a_ticket(),
    }
    assert findings_of(files) == ()


def test_an_inspection_has_the_day_of_its_first_entry() -> None:
    line = entry("2026-11-21T10:00:00+08:00", "started")
    text = an_inspection(line).replace("id: ", "id: «")
    files = {ticket_path(INSPECTION): text}
    found = findings_of(files, now="2026-11-22T00:00:00+08:00")
    assert_found(files, found, "X211", {"expected": "20261121"})


@pytest.mark.parametrize(
    ("reported", "claimed", "codes"),
    [
        ("09:12:40", "09:12:00", []),
        ("09:12:40", "09:12:39", ["X202"]),
        ("09:12:40", "09:11:00", ["X202"]),
        ("09:12:00", "09:12:00", []),
    ],
    ids=["the same minute", "a second before it", "the minute before", "at once"],
)
def test_a_time_in_whole_minutes_is_no_earlier_than_a_report_in_that_minute(
    reported: str, claimed: str, codes: list[str]
) -> None:
    acked = entry(f"2026-11-20T{claimed}+08:00", "acknowledged")
    text = a_ticket(reported_at=f"2026-11-20T{reported}+08:00", log=[OPENED, acked])
    assert [one.code for one in findings_of({ticket_path("T20261120-7K3Q9M"): text})] == codes


def test_who_is_dispatched_first_and_recorded_later_has_done_nothing_unlawful() -> None:
    steps = (entry("09:13", "acknowledged"), entry("09:14", "arrived"), OPENED)
    text = a_ticket(log=[*steps, RESOLVED])
    assert findings_of({ticket_path("T20261120-7K3Q9M"): text}) == ()
    twice = a_ticket(log=[*steps, entry("09:16", "opened", by="wang-lei")])
    (found,) = findings_of({ticket_path("T20261120-7K3Q9M"): twice})
    assert (found.code, found.facts["at"]) == ("X201", "2026-11-20T09:16:00+08:00")
