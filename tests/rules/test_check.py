"""``check_files``: a set of files, narrowed to some of them, or held against an older set."""

from __future__ import annotations

from building.contract import SPARES, a_ticket, entry
from building.marked import PATH, a_log, findings_of, unmarked
from weibao.model.instant import parse_instant
from weibao.rules.check import check_files

OPENED = entry("09:15", "opened", by="wang-lei")
NOW = parse_instant("2026-11-20T18:00:00+08:00")


def files(*log: str) -> dict[str, bytes]:
    return unmarked({PATH: a_log(*log)})[0]


def test_a_contract_without_tickets_is_no_finding() -> None:
    assert findings_of({}) == ()


def test_a_check_of_one_file_says_nothing_of_the_others() -> None:
    wrong = files(OPENED, entry("09:20", "closed", by="nobody")) | {"records/notes.txt": b"x"}
    everything = {one.code for one in check_files(wrong, {}, NOW)}
    assert everything == {"R302", "X101", "X201"}
    only = check_files(wrong, {}, NOW, only={PATH})
    assert {one.code for one in only} == {"X101", "X201"}
    assert check_files(wrong, {}, NOW, only={"records/staff.yaml"}) == ()


def test_one_file_alone_is_judged_by_what_it_refers_to() -> None:
    other = "T20261119-000000"
    path = f"records/tickets/2026/11/19/{other}.yaml"
    both = files(OPENED, entry("09:30", "cancelled", reason="重复", duplicate_of=other))
    both[path] = a_ticket(other, reported_at="2026-11-19T09:00:00+08:00").encode()
    assert check_files(both, {}, NOW, only={PATH}) == ()


def test_an_entry_that_was_lost_since_the_base_is_found() -> None:
    base, now = files(OPENED, entry("09:20", "acknowledged")), files(OPENED)
    found = check_files(now, {}, NOW, base=("HEAD", base))
    assert [(one.code, one.place.path) for one in found] == [("L101", PATH)]
    assert check_files(base, {}, NOW, base=("HEAD", now)) == ()


def test_findings_come_in_the_order_of_their_places() -> None:
    wrong = files(OPENED, entry("09:20", "closed", by="nobody")) | {"records/aaa.txt": b"x"}
    found = check_files(wrong, {}, NOW)
    assert [one.order for one in found] == sorted(one.order for one in found)


def test_a_movement_that_cannot_be_is_found_in_the_stock_ledger() -> None:
    twice = SPARES + entry(
        "2026-01-05T10:00:00+08:00",
        "moved",
        by="sun-yu",
        part="hw-s12700-mpu",
        serials='["HDMPU9"]',
        from_="suzhou-depot",
        to="suzhou-depot",
    )
    (found,) = check_files(unmarked({"records/spares.yaml": f"{twice}\n"})[0], {}, NOW)
    assert found.code == "X301"
    assert found.place.line == twice.count("\n") + 1
    assert found.facts["serial"] == "HDMPU9"


def test_a_part_of_unproven_origin_may_be_received_and_not_issued() -> None:
    received = entry(
        "2026-01-05T10:00:00+08:00",
        "received",
        by="sun-yu",
        part="hw-s12700-mpu",
        serials='["HDMPU3"]',
        depot="suzhou-depot",
        supplier="市场",
    )
    issued = entry(
        "2026-11-20T10:00:00+08:00",
        "issued",
        by="sun-yu",
        part="hw-s12700-mpu",
        serials='["HDMPU3"]',
        depot="suzhou-depot",
        ticket="T20261120-7K3Q9M",
    )
    text = f"{SPARES}{received}\n"
    assert findings_of({"records/spares.yaml": text, PATH: a_ticket()}) == ()
    (found,) = findings_of({"records/spares.yaml": f"{text}{issued}\n", PATH: a_ticket()})
    assert (found.code, found.facts) == ("X302", {"part": "hw-s12700-mpu", "serial": "HDMPU3"})
