"""What is recorded twice is told, until somebody has said which of the two holds (X212, X213)."""

from __future__ import annotations

from building.contract import ASSETS, a_ticket, another_asset, entry, small_contract, ticket_path
from building.marked import an_inspection, findings_of
from weibao.model.instant import parse_instant
from weibao.rules.check import check_files

FIRST, SECOND, THIRD = "T20261120-7K3Q9M", "T20261120-2D8VXN", "T20261120-0000AB"
NOW = parse_instant("2026-11-20T18:00:00+08:00")
DONE = (
    entry("10:00", "acknowledged"),
    entry("11:00", "resolved", mode="remote", cause="x", action="y"),
    entry("11:10", "confirmed", by="wang-lei", contact="zhang-gong", via="phone"),
    entry("11:20", "closed", by="wang-lei"),
)


def repeats(**at: tuple[str, tuple[str, ...]]) -> list[tuple[str, object]]:
    """What is found of tickets by id: when each was reported, and its log after the opening."""
    files = {path: text.encode() for path, text in small_contract().items()}
    for ticket, (minute, log) in at.items():
        name = ticket.replace("_", "-")
        moment = f"2026-11-20T09:{minute}:00+08:00"
        lines = (entry(moment, "opened", by="wang-lei"), *log)
        files[ticket_path(name)] = a_ticket(name, reported_at=moment, log=lines).encode()
    found = check_files(files, {}, NOW)
    assert {one.code for one in found} <= {"X212"}
    return [(one.record, one.facts["other"]) for one in found]


def test_the_same_equipment_reported_twice_within_half_an_hour_is_told_once() -> None:
    found = repeats(T20261120_7K3Q9M=("12", ()), T20261120_2D8VXN=("42", ()))
    assert found == [(SECOND, FIRST)]


def test_reports_further_apart_are_two_faults() -> None:
    assert repeats(T20261120_7K3Q9M=("12", ()), T20261120_2D8VXN=("43", ())) == []


def test_three_reports_are_told_of_the_two_later_ones() -> None:
    found = repeats(
        T20261120_7K3Q9M=("12", ()), T20261120_2D8VXN=("13", ()), T20261120_0000AB=("14", ())
    )
    assert sorted(found) == [(THIRD, FIRST), (SECOND, FIRST)]


def test_one_cancelled_as_the_others_duplicate_is_told_no_more() -> None:
    cancelled = (entry("09:50", "cancelled", reason="重复", duplicate_of=FIRST),)
    assert repeats(T20261120_7K3Q9M=("12", ()), T20261120_2D8VXN=("14", cancelled)) == []


def test_two_that_were_both_worked_on_and_closed_were_two() -> None:
    assert repeats(T20261120_7K3Q9M=("12", DONE), T20261120_2D8VXN=("14", DONE)) == []
    assert repeats(T20261120_7K3Q9M=("12", DONE), T20261120_2D8VXN=("14", ())) == [(SECOND, FIRST)]


OTHER_SWITCH = ASSETS + another_asset("acc-sw-02")
ROUND, AGAIN = "I20261120-4F2MXA", "I20261120-9QZ7TB"


def rounds(second: str, *log: str, period: str = "2026-Q4") -> list[tuple[str, object]]:
    """What is found of a round of both switches and a second inspection, of ``second``."""
    files = {"records/assets.yaml": OTHER_SWITCH}
    lines = (entry("10:00", "started"), *log)
    for record, of, assets, entries in (
        (ROUND, "2026-Q4", "core-sw-01, acc-sw-02", lines[:1]),
        (AGAIN, period, second, lines),
    ):
        files[ticket_path(record)] = (
            f"id: {record}\nplan: quarterly-inspection\nperiod: {of}\nassets: [{assets}]\nlog:\n"
            + "".join(f"{line}\n" for line in entries)
        )
    found = findings_of(files)
    assert {one.code for one in found} <= {"X213"}
    return [(one.record, one.facts["assets"]) for one in found]


def test_a_round_of_which_two_inspections_have_the_same_equipment_is_told() -> None:
    assert rounds("acc-sw-02") == [(AGAIN, ("acc-sw-02",))]
    assert rounds("acc-sw-02", period="2027-Q1") == []


def test_an_inspection_that_is_said_to_be_of_another_round_is_told_no_more() -> None:
    other = entry("10:10", "amended", field="period", value="2027-Q1", reason="周期写错")
    assert rounds("acc-sw-02", other) == []
    of = "entry: {at: 2026-11-20T10:00:00+08:00, event: started}, field: note"
    assert rounds("acc-sw-02", other.replace("field: period", of)) == [(AGAIN, ("acc-sw-02",))]


def test_equipment_that_a_completed_round_did_not_look_at_may_have_an_inspection_of_its_own() -> (
    None
):
    checks = (
        entry(at, "checked", asset="core-sw-01", item=item, status="ok")
        for at, item in (("10:05", "appearance"), ("10:06", "temperature"))
    )
    first = (entry("10:00", "started"), *checks, entry("10:10", "completed"))
    head = f"id: {ROUND}\nplan: quarterly-inspection\nperiod: 2026-Q4\nassets: [core-sw-01, acc-sw-02]\nlog:\n"
    second = an_inspection(entry("10:20", "started")).replace("[core-sw-01]", "[acc-sw-02]")
    files = {
        "records/assets.yaml": OTHER_SWITCH,
        ticket_path(ROUND): an_inspection(*first, head=head),
        ticket_path(AGAIN): second.replace(ROUND, AGAIN),
    }
    assert findings_of(files) == ()
    files[ticket_path(AGAIN)] = files[ticket_path(AGAIN)].replace("[acc-sw-02]", "[core-sw-01]")
    assert [one.code for one in findings_of(files)] == ["X213"]
