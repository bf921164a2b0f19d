"""One record judged alone is judged as the check of the whole repository judges it."""

from __future__ import annotations

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
from weibao.model.load import load_records, read_record
from weibao.rules.check import check_files
from weibao.rules.locate import located
from weibao.rules.one_record import judge_record

NOW = parse_instant("2026-11-23T12:00:00+08:00")
TICKET = "T20260101-0THER2"
ROUND = "I20261120-4F2MXA"
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
