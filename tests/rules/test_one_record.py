"""One record judged alone is judged as the check of the whole repository judges it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from building.contract import (
    ACTIONS,
    DELIVERY_SHA256,
    SPARES,
    a_ticket,
    entry,
    small_contract,
    ticket_path,
)
from weibao.model.instant import parse_instant
from weibao.model.load import load_records, read_record, record_files, records_among
from weibao.model.on_demand import OnDemand
from weibao.rules.check import check_files
from weibao.rules.locate import located
from weibao.rules.one_record import judge_record

if TYPE_CHECKING:
    from weibao.model.records import RecordFile

NOW = parse_instant("2026-11-23T12:00:00+08:00")
TICKET = "T20260101-0THER2"
ROUND = "I20261120-4F2MXA"
PATH = ticket_path("T20261120-7K3Q9M")
WINDOW = "window: {start: 2026-11-28T22:00:00+08:00, end: 2026-11-29T02:00:00+08:00}\n"
LEDGER = SPARES.replace("DELIVERY", DELIVERY_SHA256)


def spares(*lines: str) -> tuple[str, str]:
    return "records/spares.yaml", LEDGER + "".join(f"{line}\n" for line in lines)


def actions(*lines: str) -> tuple[str, str]:
    return "records/actions.yaml", ACTIONS + "".join(f"{line}\n" for line in lines)


def inspection(*lines: str) -> tuple[str, str]:
    head = f"id: {ROUND}\nplan: quarterly-inspection\nperiod: 2026-Q4\nassets: [core-sw-01]\nlog:\n"
    return ticket_path(ROUND), head + "".join(f"{line}\n" for line in lines)


PART = {"part": "hw-s12700-mpu", "depot": "suzhou-depot"}
STARTED = entry("09:30", "started")
CASES = {
    "a serial that is not there": (
        spares(entry("09:00", "issued", "sun-yu", **PART, serials='["NONE"]', ticket=TICKET)),
        ["X301"],
    ),
    "a ticket that nobody filed": (
        spares(entry("09:00", "returned", "sun-yu", **PART, serials='["HDMPU1"]',
                     ticket="T20260101-N0NE22")),
        ["X106", "X301"],
    ),
    "a document that is not stored": (
        spares(entry("09:00", "received", "sun-yu", **PART, serials='["NEW1"]', supplier="x",
                     document_sha256="0" * 64)),
        ["X208"],
    ),
    "a movement of tomorrow": (
        spares(entry("2026-11-24T12:00:00+08:00", "scrapped", "sun-yu", part="hw-s12700-mpu",
                     serials='["HDMPU1"]')),
        ["X203"],
    ),
    "an action verified before it was done": (
        actions(entry("09:00", "verified", "chen-jie", action="label-patch-panels")),
        ["X201"],
    ),
    "an action done twice": (
        actions(entry("09:00", "done", action="label-patch-panels"),
                entry("09:10", "done", action="label-patch-panels")),
        ["X201"],
    ),
    "an action that was never raised": (
        actions(entry("09:00", "done", action="no-such-action")),
        ["X108"],
    ),
    "a failed check without a ticket": (
        inspection(STARTED, entry("09:40", "checked", asset="core-sw-01", item="temperature",
                                  value="63", status="failed")),
        ["X303"],
    ),
    "a round that goes on after its end": (
        inspection(STARTED, entry("10:00", "completed"), entry("10:10", "completed")),
        ["X201"],
    ),
    "nothing at all": (
        inspection(STARTED, entry("09:40", "checked", asset="core-sw-01", item="temperature",
                                  value="63", status="failed", ticket=TICKET)),
        [],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_one_record_alone_is_judged_as_it_is_among_all(case: str) -> None:
    (path, text), expected = CASES[case]
    texts = small_contract()
    texts[ticket_path(TICKET)] = a_ticket(
        TICKET,
        reported_at="2026-01-01T09:00:00+08:00",
        log=[entry("2026-01-01T09:05:00+08:00", "opened", by="wang-lei")],
    )
    before, _ = load_records({name: one.encode() for name, one in texts.items() if name[8] != "t"})
    files = {name: one.encode() for name, one in (texts | {path: text}).items()}
    assert before is not None
    one = read_record(path, files[path])
    stored = {name: b"" for name in files if "attachments" in name}
    alone = judge_record(before, one, frozenset({TICKET}), stored, NOW)
    assert located(alone, files) == check_files(files, {}, NOW, only={path})
    assert sorted(finding.code for finding in alone) == sorted(expected)


def ticket(*lines: str, header: str = "") -> tuple[str, str]:
    """A ticket of the day, with more lines in its header and its log."""
    text = a_ticket(log=[entry("09:15", "opened", by="wang-lei"), *lines])
    head, log = text.split("description:")
    return PATH, f"{head}{header}description:{log}"


def planned(plan: str) -> tuple[str, str]:
    """A planned upgrade that comes from a line of the plan."""
    path, text = ticket(header=f"{WINDOW}approved_by: zhang-gong\nrollback: x\nplan: {plan}\n")
    return path, text.replace("kind: fault", "kind: upgrade").replace("severity: 1\n", "")


NAMED = {
    "nothing that is not there": (ticket(), []),
    "a part": (ticket(entry("09:20", "part_requested", part="no-such", quantity="1")), ["X104"]),
    "equipment": (
        (PATH, ticket()[1].replace("assets: [core-sw-01]", "assets: [no-such]")),
        ["X103"],
    ),
    "a line of the plan": (planned("no-such"), ["X108"]),
    "a line of the plan that is there": (planned("quarterly-inspection"), []),
}


@pytest.mark.parametrize("case", NAMED)
def test_what_a_ticket_names_is_looked_up_wherever_it_is_defined(case: str) -> None:
    (path, text), expected = NAMED[case]
    assert read_record(path, text.encode()).value is not None
    files = {name: one.encode() for name, one in (small_contract() | {path: text}).items()}
    before, _ = load_records({name: raw for name, raw in files.items() if name != path})
    assert before is not None
    alone = judge_record(before, read_record(path, files[path]), frozenset(), {}, NOW)
    among_all = [one for one in check_files(files, {}, NOW) if one.place.path == path]
    assert [*located(alone, files)] == among_all
    assert {one.code for one in alone if one.code in {"X103", "X104", "X108", "X310"}} == {
        *expected
    }


def test_a_step_of_a_ticket_reads_no_file_that_it_does_not_rest_on() -> None:
    path, text = ticket(entry("09:20", "acknowledged"))
    files = {name: one.encode() for name, one in small_contract().items() if name != path}
    filed, taken = record_files(files, {}), set[str]()

    def noted(name: str) -> RecordFile:
        found = filed[name]
        taken.add(name)
        return found

    records = records_among(OnDemand(lambda: filed, noted), files, {})
    assert records is not None
    judge_record(records, read_record(path, text.encode()), frozenset(), {}, NOW)
    assert taken == {f"records/{name}.yaml" for name in ("contract", "staff", "assets")}
