"""Operations: a good and a bad case of each rule (O1xx)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from building.book import a_book
from building.contract import DUTY, PLAN, SPARES, a_ticket, entry, ticket_path
from building.marked import PATH, assert_found, unmarked
from weibao.rules.book.rota import check_duty
from weibao.rules.book.stock import check_counts, check_stock
from weibao.rules.book.work import check_owners, check_planned
from weibao.rules.locate import located

if TYPE_CHECKING:
    from weibao.model.finding import Finding

OPENED = entry("09:15", "opened", by="wang-lei")
PART = {"part": "hw-s12700-mpu", "depot": "suzhou-depot"}
SPARES_PATH = "records/spares.yaml"


def counted(at: str, serials: str, mark: str = "") -> str:
    return (
        entry(
            f"{at}T10:00:00+08:00",
            "counted",
            by="sun-yu",
            depot="suzhou-depot",
            part="hw-s12700-mpu",
            serials=mark + serials,
        )
        + "\n"
    )


COUNTED = counted("2026-11-01", '["HDMPU1", "HDMPU2"]')


def operations(files: dict[str, str], as_of: str = "2026-11-20T12:00:00+08:00") -> list[Finding]:
    raw = unmarked(files)[0]
    book = a_book(raw, as_of=as_of)
    checks = (check_stock, check_counts, check_planned, check_owners, check_duty)
    found = [finding for check in checks for finding in check(book)]
    return list(located(found, raw))


def spares(*lines: str, text: str = SPARES) -> dict[str, str]:
    return {SPARES_PATH: text + "".join(lines)}


def received(serials: str, *, verified: bool) -> str:
    proof = {"source_document": "送货单", "document_sha256": "0" * 64, "oem_verified_by": "sun-yu"}
    line = entry(
        "2026-11-02T10:00:00+08:00",
        "received",
        by="sun-yu",
        **PART,
        serials=serials,
        supplier="市场",
        **(proof if verified else {}),
    )
    return f"{line}\n"


@pytest.mark.parametrize(
    ("code", "files", "facts"),
    [
        (
            "O101",
            spares(COUNTED, text=SPARES.replace("suzhou-depot: 1}", "suzhou-depot: «3}")),
            {"quantity": 2, "minimum": 3},
        ),
        (
            "O102",
            spares(counted("2026-11-01", '["HDMPU1"]', "«")),
            {"missing": ("HDMPU2",), "surplus": ()},
        ),
        ("O104", spares(COUNTED) | {PATH: a_ticket(log=[OPENED])}, {"ticket": "T20261120-7K3Q9M"}),
        (
            "O105",
            spares(
                text=SPARES.replace(
                    "    hours: always\n", "    hours: always\n    count_every: «90d\n"
                )
            ),
            {"depot": "suzhou-depot"},
        ),
        (
            "O106",
            spares(COUNTED)
            | {
                "records/duty.yaml": DUTY.replace(
                    "start: 2025-12-01T08", "«start: 2027-12-01T08", 1
                ).replace("«start", "start")
            },
            {"rota": "desk"},
        ),
    ],
)
def test_what_is_amiss_is_found(code: str, files: dict[str, str], facts: dict[str, object]) -> None:
    found = [one for one in operations(files) if one.code == code]
    if any("«" in text for text in files.values()):
        assert_found(files, found, code, facts)
    else:
        (one,) = found
        assert {key: one.facts[key] for key in facts} == facts


def test_planned_work_is_overdue_after_its_grace() -> None:
    files = spares(counted("2026-12-01", '["HDMPU1", "HDMPU2"]'))
    plan = "records/plan.yaml"
    marked = files | {plan: PLAN.replace("    kind: inspection", "    «kind: inspection")}
    assert operations(files, "2026-12-05T23:00:00+08:00") == []
    assert_found(
        marked, operations(files, "2026-12-06T00:00:00+08:00"), "O103", {"due": "2026-12-05"}
    )


def test_a_part_without_proof_of_origin_is_found_where_it_was_received() -> None:
    files = spares(COUNTED, received('["HDMPU8"]', verified=False))
    (found,) = operations(files)
    assert (found.code, found.facts["serial"]) == ("O107", "HDMPU8")
    assert found.place.line == files[SPARES_PATH].count("\n")
    assert operations(spares(COUNTED, received('["HDMPU8"]', verified=True))) == []


def test_an_ordinary_day_has_no_findings() -> None:
    assigned = entry("09:16", "assigned", by="wang-lei", to="li-qiang")
    assert operations(spares(COUNTED) | {PATH: a_ticket(log=[OPENED, assigned])}) == []


def test_a_ticket_that_has_ended_needs_no_owner() -> None:
    log = [OPENED, entry("09:20", "cancelled", reason="误报")]
    assert operations(spares(COUNTED) | {PATH: a_ticket(log=log)}) == []


HEAD = "id: I20261125-4F2MXA\nplan: quarterly-inspection\nperiod: 2026-Q4\nassets: [core-sw-01]\nlog:\n"
CLOSING = (
    entry("2026-11-25T09:00:00+08:00", "started"),
    entry(
        "2026-11-25T09:10:00+08:00", "checked", asset="core-sw-01", item="appearance", status="ok"
    ),
    entry("2026-11-25T10:00:00+08:00", "«completed"),
)
LAST = entry(
    "2026-11-25T09:20:00+08:00", "checked", asset="core-sw-01", item="temperature", status="ok"
)
SKIPPED = entry("2026-11-25T09:30:00+08:00", "skipped", asset="«core-sw-01", reason="机柜上锁")


def closed(*log: str) -> dict[str, str]:
    return {ticket_path("I20261125-4F2MXA"): HEAD + "".join(f"{line}\n" for line in log)} | spares(
        counted("2026-12-01", '["HDMPU1", "HDMPU2"]')
    )


def test_a_round_that_is_closed_with_something_left_is_told_and_what_was_skipped_piece_by_piece() -> (
    None
):
    after, shown = "2026-12-06T00:00:00+08:00", {"checks": 1, "of": 2, "assets": ("core-sw-01",)}
    gaps = closed(*CLOSING)
    assert_found(gaps, operations(gaps, after), "O251", shown)
    plain = tuple(line.replace("«", "") for line in CLOSING)
    skipped = closed(*plain[:2], SKIPPED, plain[2])
    assert_found(skipped, operations(skipped, after), "O252", {"asset": "core-sw-01"})
    for whole in (
        closed(*plain[:2], LAST, plain[2]),
        closed(*plain[:2], SKIPPED.replace("«", ""), LAST, plain[2]),
    ):
        assert operations(whole, after) == []
