"""Every case of the table, on the pure functions."""

from __future__ import annotations

from functools import cache

import pytest

from sla.proving import proof_of, ticket_of
from sla.table import STAFF, Case, cases, contracts, differences
from weibao.sla.clock import Clocks, clocks_of
from weibao.sla.judge import judge


@cache
def clocks(contract: str) -> Clocks:
    return clocks_of(contracts()[contract])


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.title)
def test_the_verdicts_are_those_of_the_table(case: Case) -> None:
    verdicts = judge(ticket_of(case), proof_of(case), clocks(case.contract), STAFF, case.as_of)

    assert differences(case, verdicts) == []
