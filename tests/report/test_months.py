from __future__ import annotations

from building.book import AS_OF, a_book
from weibao.report.months import last_months
from weibao.sla.figures import MonthOfCompliance, compliance_by_month


def test_the_last_months_end_with_that_of_the_instant_and_cross_the_year() -> None:
    assert [one.month for one in last_months(a_book(), 3)] == ["2026-09", "2026-10", "2026-11"]
    early = a_book(as_of="2027-01-31T23:59:59+08:00")
    assert [one.month for one in last_months(early)][::11] == ["2026-02", "2027-01"]


def test_a_month_is_the_contracts_own() -> None:
    (month,) = last_months(a_book(as_of="2026-11-30T17:00:00Z"), 1)
    assert month.month == "2026-12"


def test_months_have_what_fell_due_in_them_and_the_others_nothing() -> None:
    book = a_book(as_of=AS_OF)
    *empty, november = last_months(book)
    assert (november,) == compliance_by_month(book.compliance)
    assert november.met > 0
    assert empty == [MonthOfCompliance(month=one.month) for one in empty]
