"""A correction that no record could have is an error, told at its value."""

from __future__ import annotations

import pytest

from building.book import TICKET
from building.contract import CONTRACT, a_ticket, entry, ticket_path
from building.marked import assert_found, findings_of

OPENED = entry("09:15", "opened", by="wang-lei")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("reported_at", "昨天上午"),
        ("severity", "二级"),
        ("id", "T20261120-2D8VXN"),
        ("assets", "9"),
    ],
)
def test_a_correction_that_no_record_could_have_is_told(field: str, value: str) -> None:
    log = entry("11:00", "amended", by="wang-lei", field=field, value=f"«{value}", reason="写错")
    files = {ticket_path(TICKET): a_ticket(log=(OPENED, log))}
    assert_found(files, findings_of(files), "X215", {"key": field, "found": value})


@pytest.mark.parametrize(
    ("code", "field", "value"),
    [
        ("X101", "intake.received_by", "nobody"),
        ("X102", "reported_by", "nobody"),
        ("X103", "assets", "[core-sw-77]"),
        ("X107", "severity", "8"),
        ("X207", "reported_by", "yuan-gong"),
    ],
)
def test_what_a_correction_names_is_judged_as_if_it_had_been_written_first(
    code: str, field: str, value: str
) -> None:
    log = entry("11:00", "amended", by="wang-lei", field=field, value=f"«{value}", reason="写错")
    no_right = CONTRACT.replace(
        "sites:\n", "  yuan-gong:\n    name: 袁工\n    may: [confirm]\nsites:\n", 1
    )
    files = {ticket_path(TICKET): a_ticket(log=(OPENED, log)), "records/contract.yaml": no_right}
    assert_found(files, findings_of(files), code, {})


def test_a_correction_that_its_field_may_have_is_none() -> None:
    log = entry("11:00", "amended", by="wang-lei", field="severity", value="2", reason="写错")
    assert findings_of({ticket_path(TICKET): a_ticket(log=(OPENED, log))}) == ()
