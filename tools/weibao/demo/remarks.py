"""What people say in their own words, whatever the ticket is about."""

from __future__ import annotations

from dataclasses import dataclass

from weibao.demo.data_files import Said, read_data


@dataclass(frozen=True, slots=True)
class Remarks:
    """What is noted on tickets and rounds, each named for what it is said of.

    ``internal``, ``reopened``, ``corrections`` and ``leave`` are variants; the rest are one text
    each, ``supplement`` the name of the agreement that amends the terms. ``cause_confirmed``,
    ``photographs`` (before and after), ``time_used`` and ``round_over`` have places of their own.
    """

    internal: tuple[str, ...]
    reopened: tuple[Said, ...]
    corrections: tuple[str, ...]
    leave: tuple[str, ...]
    again: Said
    again_mended: str
    cause_confirmed: str
    attached: str
    photographs: tuple[str, ...]
    tested: str
    discontent: str
    duplicate: str
    false_alarm: Said
    raised: Said
    lowered: Said
    phoned: Said
    countersigned: str
    agreed: str
    approved: Said
    missed: Said
    time_used: str
    round_over: str
    looks_well: str
    supplement: str
    business_effect: Said
    lessons: str
    review_inside: str
    targets: dict[str, str]


@dataclass(frozen=True, slots=True)
class StockRemarks:
    """What is noted on movements and counts of stock, and how deliveries are called."""

    spare_failed: str
    spare_unused: str
    maker: str
    rma: str
    repaired: str
    moved: str
    scrapped_old: str
    market_supplier: str
    market_note: str
    missing: str
    found_again: str
    delivery: str
    delivered: str


REMARKS = read_data(Remarks, "data/remarks.yaml")
STOCK_REMARKS = read_data(StockRemarks, "data/stock.yaml")
