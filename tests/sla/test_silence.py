"""Since when a customer has heard nothing, and until when that may last."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from building.contract import small_contract
from building.entries import claim, log_of, moment, proof_of
from weibao.model.contract import read_contract
from weibao.model.ticket import Ticket
from weibao.model.yaml.strict import read_yaml
from weibao.sla.clock import Clocks, clocks_of
from weibao.sla.judge import judge
from weibao.sla.silence import silence
from weibao.sla.verdict import Outcome

if TYPE_CHECKING:
    from weibao.model.entry import Entry
    from weibao.sla.verdict import Verdict

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


def heard(*claims: Entry, as_of: str, severity: int | None = 1) -> Verdict | None:
    one = ticket(*claims, severity=severity)
    return silence(one, proof_of(REPORTED, one.log), clocks(), STAFF, moment(as_of))


def span(found: Verdict | None) -> tuple[int | None, int | None, Outcome]:
    assert found is not None
    return found.start, found.due, found.outcome


def test_updates_are_promised_from_the_response_to_the_resolution() -> None:
    assert heard(as_of="2026-11-20 09:05") is None
    since, due = moment("2026-11-20 09:10"), moment("2026-11-20 10:10")
    assert span(heard(ACKNOWLEDGED, as_of="2026-11-20 09:30")) == (since, due, Outcome.RUNNING)
    resolved = claim("2026-11-20 09:40", "resolved", mode="remote", cause="", action="")
    assert heard(ACKNOWLEDGED, resolved, as_of="2026-11-20 09:50") is None
    cancelled = claim("2026-11-20 09:40", "cancelled", reason="")
    assert heard(ACKNOWLEDGED, cancelled, as_of="2026-11-20 09:50") is None


@pytest.mark.parametrize(
    ("as_of", "outcome"),
    [
        ("2026-11-20 09:54", Outcome.RUNNING),
        ("2026-11-20 09:55", Outcome.AT_RISK),
        ("2026-11-20 10:10", Outcome.AT_RISK),
        ("2026-11-20 10:11", Outcome.BREACHED),
    ],
)
def test_a_silence_is_at_risk_at_three_quarters_and_broken_after_its_due_time(
    as_of: str, outcome: Outcome
) -> None:
    found = heard(ACKNOWLEDGED, as_of=as_of)
    assert found is not None
    assert found.outcome is outcome


def test_the_silence_that_runs_is_told_though_the_verdict_is_on_an_earlier_one() -> None:
    claims = (ACKNOWLEDGED, claim("2026-11-20 12:00", "updated"))
    one = ticket(*claims)
    now = moment("2026-11-20 12:30")
    verdicts = judge(one, proof_of(REPORTED, one.log), clocks(), STAFF, now)
    (update,) = (verdict for verdict in verdicts if verdict.target == "update")
    assert span(update) == (ACKNOWLEDGED.at, moment("2026-11-20 10:10"), Outcome.BREACHED)
    assert span(heard(*claims, as_of="2026-11-20 12:30")) == (
        moment("2026-11-20 12:00"),
        moment("2026-11-20 13:00"),
        Outcome.RUNNING,
    )


def test_a_pause_leaves_no_due_time() -> None:
    paused = claim("2026-11-20 09:20", "paused", reason="site_access")
    found = heard(ACKNOWLEDGED, paused, as_of="2026-11-27 09:00")
    assert span(found) == (moment("2026-11-20 09:20"), None, Outcome.RUNNING)


def test_planned_work_and_a_ticket_to_come_have_none() -> None:
    assert heard(ACKNOWLEDGED, as_of="2026-11-20 09:30", severity=None) is None
    assert heard(as_of="2026-11-20 08:00") is None
