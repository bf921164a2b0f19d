"""Since when a customer has heard nothing, and until when that may last."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from building.contract import small_contract
from building.entries import claim, log_of, moment, proof_of
from weibao.record.contract import read_contract
from weibao.record.strict_yaml import read_yaml
from weibao.record.ticket import Ticket
from weibao.service.clock import Clocks, clocks_of
from weibao.service.judge import judge
from weibao.service.silence import Silence, silence
from weibao.service.verdict import Outcome

if TYPE_CHECKING:
    from weibao.record.entry import Entry

STAFF = frozenset({"wang-lei", "li-qiang"})
REPORTED = moment("2026-11-20 09:00")
ACKNOWLEDGED = claim("2026-11-20 09:10", "acknowledged")


@cache
def clocks() -> Clocks:
    document, _ = read_yaml("contract.yaml", small_contract()["records/contract.yaml"].encode())
    assert document is not None
    return clocks_of(read_contract(document.data))


def ticket(*claims: Entry, severity: int | None = 1) -> Ticket:
    return Ticket(
        id="T20261120-7K3Q9M",
        path="records/tickets/2026/11/20/T20261120-7K3Q9M.yaml",
        kind="fault" if severity else "upgrade",
        title="",
        severity=severity,
        reported_at=REPORTED,
        reported_at_line=4,
        reported_by="zhang-gong",
        channel="phone",
        received_by="wang-lei",
        emergency=False,
        assets=(),
        description="",
        window=None,
        approved_by="",
        rollback="",
        log=log_of(claim("2026-11-20 09:00", "opened", by="wang-lei"), *claims),
    )


def heard(*claims: Entry, as_of: str, severity: int | None = 1) -> Silence | None:
    one = ticket(*claims, severity=severity)
    return silence(one, proof_of(REPORTED, one.log), clocks(), STAFF, moment(as_of))


def test_updates_are_promised_from_the_response_to_the_resolution() -> None:
    assert heard(as_of="2026-11-20 09:05") is None
    assert heard(ACKNOWLEDGED, as_of="2026-11-20 09:30") == Silence(
        moment("2026-11-20 09:10"), moment("2026-11-20 10:10")
    )
    resolved = claim("2026-11-20 09:40", "resolved", mode="remote", cause="", action="")
    assert heard(ACKNOWLEDGED, resolved, as_of="2026-11-20 09:50") is None


def test_exactly_on_the_due_time_is_not_too_long() -> None:
    found = heard(ACKNOWLEDGED, as_of="2026-11-20 09:30")
    assert found is not None
    assert not found.too_long(moment("2026-11-20 10:10"))
    assert found.too_long(moment("2026-11-20 10:10") + 1)


def test_the_silence_that_runs_is_told_though_the_verdict_is_on_an_earlier_one() -> None:
    claims = (ACKNOWLEDGED, claim("2026-11-20 12:00", "updated"))
    one = ticket(*claims)
    now = moment("2026-11-20 12:30")
    verdicts = judge(one, proof_of(REPORTED, one.log), clocks(), STAFF, now)
    (update,) = (verdict for verdict in verdicts if verdict.target == "update")
    assert update.outcome is Outcome.BREACHED
    assert update.stop == moment("2026-11-20 12:00")
    assert heard(*claims, as_of="2026-11-20 12:30") == Silence(
        moment("2026-11-20 12:00"), moment("2026-11-20 13:00")
    )


def test_a_pause_leaves_no_due_time() -> None:
    paused = claim("2026-11-20 09:20", "paused", reason="site_access")
    found = heard(ACKNOWLEDGED, paused, as_of="2026-11-20 09:30")
    assert found == Silence(moment("2026-11-20 09:20"), None)
    assert not found.too_long(moment("2026-11-27 09:00"))


def test_planned_work_and_a_ticket_to_come_have_none() -> None:
    assert heard(ACKNOWLEDGED, as_of="2026-11-20 09:30", severity=None) is None
    assert heard(as_of="2026-11-20 08:00") is None
