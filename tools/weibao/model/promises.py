"""What the contract promises in figures: credits, targets of key figures, and what is to be delivered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal

from weibao.model.duration import DURATION, parse_duration

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FIGURE_UNITS: Mapping[str, str] = {
    "compliance": "share",
    "vouched": "share",
    "respond_time": "length",
    "arrive_time": "length",
    "restore_time": "length",
    "restore_time_contract": "length",
    "availability": "time",
    "availability_contract": "time",
    "time_between_outages": "per_event",
    "first_time_fix": "share",
    "remote": "share",
    "repeat": "share",
    "reopened": "share",
    "backlog": "length",
    "rounds": "share",
    "rounds_in_full": "share",
    "equipment_inspected": "share",
    "items_inspected": "share",
    "updates": "share",
    "rota": "time",
    "escalation": "share",
    "escalation_late": "share",
    "escalation_never": "share",
    "fill_rate": "share",
    "part_delivery": "share",
    "stock_accuracy": "share",
    "serial_accuracy": "share",
    "stock_counted": "share",
    "provenance": "share",
    "confirmed": "share",
    "first_hand": "share",
    "satisfaction": "mean",
    "satisfied": "share",
    "discontented": "share",
    "scored": "share",
    "survey": "mean",
    "survey_response": "share",
    "credits": "amount",
    "report_timeliness": "share",
    "agreed_figures": "share",
    "evidence": "share",
    "entry_lateness": "length",
    "flips": "share",
}
"""The key figures that a contract may name, each with what it counts in: all but those that only count."""

AGREED = "agreed_figures"
"""The figure that is made of those that were agreed, and is none of them."""

COMPOSED = frozenset({"credits", AGREED})
"""Figures that are made of what the contract says of others, and so are no ground of a credit."""

FULL_SCORE = 100
"""The points that a month begins with."""

CENT = Decimal("0.01")

RuleKind = Literal["per_breach", "per_percent", "points"]


def money(amount: Decimal) -> Decimal:
    """An amount in hundredths, half of one counted as one."""
    return amount.quantize(CENT, ROUND_HALF_UP)


def percentage(text: str) -> Fraction:
    """``99.95%`` as a share, exactly."""
    return Fraction(text.removesuffix("%")) / 100


@dataclass(frozen=True, slots=True)
class CreditRule:
    """What takes something off the fee: a promise missed, or a figure of a month under its bound.

    Attributes:
        kind: an amount for each breach, an amount for each percent below, or points of the month's hundred.
        target, severity: of the promise; "" and 0 where a figure is meant.
        figure, below: the figure, and the share under which it costs something; "" and None for a promise.
        cost: the amount, or the points.
    """

    kind: RuleKind
    target: str
    severity: int
    figure: str
    below: Fraction | None
    cost: Decimal


@dataclass(frozen=True, slots=True)
class PayBand:
    """From how many points on which share of the fee is paid."""

    start: Decimal
    pay: Fraction


@dataclass(frozen=True, slots=True)
class CreditTerms:
    """What a month may lose of its fee, in effect from 00:00 of ``effective_from``, contract-local.

    Attributes:
        limit: what all of a month may cost together.
        highest: of what one ticket or figure costs only the dearest counts.
        bands: by points, the highest first.
    """

    effective_from: date
    currency: str
    fee: Decimal
    limit: Decimal
    highest: bool
    rules: tuple[CreditRule, ...]
    bands: tuple[PayBand, ...]

    def of_promise(self, target: str, severity: int | None) -> tuple[CreditRule, ...]:
        """The rules on a promise."""
        meant = (target, severity)
        return tuple(rule for rule in self.rules if (rule.target, rule.severity) == meant)

    @property
    def of_figures(self) -> tuple[CreditRule, ...]:
        """The rules on figures that may be a ground of a credit."""
        known = FIGURE_UNITS.keys() - COMPOSED
        return tuple(rule for rule in self.rules if rule.figure in known)

    @property
    def counts_points(self) -> bool:
        """Whether the month is marked with points."""
        return any(rule.kind == "points" for rule in self.rules)

    def paid(self, points: Decimal) -> Fraction | None:
        """The share of the fee that is paid for so many points; None where no band has them."""
        return next((band.pay for band in self.bands if points >= band.start), None)


@dataclass(frozen=True, slots=True)
class Bound:
    """What a figure is to reach: ``at_least``, or at most, so much in its unit.

    ``value`` is a share, points, an amount, or seconds.
    """

    value: Fraction
    at_least: bool
    said: str
    """As the contract writes it."""

    def met_by(self, value: Fraction) -> bool:
        """Whether a value keeps it; exactly, nothing is rounded."""
        return value >= self.value if self.at_least else value <= self.value


@dataclass(frozen=True, slots=True)
class Kpi:
    """A figure that both sides agreed to hold the service to, and its part in the whole."""

    figure: str
    bound: Bound
    weight: int


@dataclass(frozen=True, slots=True)
class JudgedFigure:
    """A figure of a month that is over, held against what the contract asked of it.

    Attributes:
        group: which part of it, as a service; "" for all of it.
        value: what it was, exactly; None where there was nothing to count.
        kept: whether it was reached; None where there was nothing to count, which reaches nothing and misses nothing.
        weight: its part in the whole; 0 for the availability of a service, which stands by itself.
    """

    month: str
    over: int
    figure: str
    group: str
    bound: Bound
    value: Fraction | None
    kept: bool | None
    weight: int


DeliverableKind = Literal["monthly", "credit", "quarterly", "annual", "acceptance", "inspection"]

MONTHS_OF: Mapping[str, int] = {"monthly": 1, "credit": 1, "quarterly": 3, "annual": 12}
"""Months that a deliverable covers; the acceptance covers the term, an inspection its round."""


@dataclass(frozen=True, slots=True)
class Deliverable:
    """A paper that the customer is to get ``due_within`` the end of what it covers, beginning with ``first``."""

    kind: str
    due_within: str
    first: date


def read_credits(data: object) -> tuple[CreditTerms, ...]:
    """The editions of the credits, the first first, out of what the schema has accepted.

    A contract may say them without a day, as a mapping: then they are in effect from ever.
    """
    if isinstance(data, dict):
        data = [data]
    found = map(_credits, data if isinstance(data, list) else ())
    return tuple(sorted(found, key=lambda terms: terms.effective_from))


def _credits(data: Mapping[str, Any]) -> CreditTerms:
    fee = Decimal(data["monthly_fee"])
    bands = (PayBand(Decimal(row["from"]), percentage(row["pay"])) for row in data.get("bands", ()))
    return CreditTerms(
        date.fromisoformat(data.get("effective_from", date.min.isoformat())),
        data["currency"],
        fee,
        money(fee * Decimal(data["cap"].removesuffix("%")) / 100),
        data.get("stacking", "sum") == "highest",
        tuple(map(_rule, data["rules"])),
        tuple(sorted(bands, key=lambda band: band.start, reverse=True)),
    )


def _rule(data: Mapping[str, Any]) -> CreditRule:
    said = data.get("amount") or data.get("per_breach") or data.get("points") or "0"
    return CreditRule(
        data.get("kind", "per_breach"),
        data.get("target", ""),
        data.get("severity", 0),
        data.get("figure", ""),
        percentage(data["below"]) if "below" in data else None,
        Decimal(said),
    )


def read_kpis(rows: Iterable[Mapping[str, Any]]) -> tuple[Kpi, ...]:
    """The agreed figures that can be read; what is wrong with another is told by a rule."""
    found = []
    for row in rows:
        bound = bound_of(row, unit_agreed(row["figure"]))
        if bound is not None:
            found.append(Kpi(row["figure"], bound, row.get("weight", 1)))
    return tuple(found)


def unit_agreed(figure: str) -> str:
    """What a figure counts in that may be agreed; "" of what is none, and of that which is made of those agreed."""
    return "" if figure == AGREED else FIGURE_UNITS.get(figure, "")


def bound_of(row: Mapping[str, Any], unit: str) -> Bound | None:
    """What a figure of a unit is to reach; None where that is not said once, or in another unit."""
    said = [(key, row[key]) for key in ("at_least", "at_most") if key in row]
    if len(said) != 1:
        return None
    ((key, text),) = said
    value = _measure(text, unit)
    return None if value is None else Bound(value, key == "at_least", text)


def _measure(text: str, unit: str) -> Fraction | None:
    """What a text says in a unit; None where it is said in another."""
    match unit:
        case "share" | "time" if text.endswith("%"):
            return percentage(text)
        case "mean" | "amount" if text[-1].isdecimal():
            return Fraction(text)
        case "length" | "per_event" if DURATION.fullmatch(text):
            duration = parse_duration(text)
            return None if duration.in_working_days else Fraction(duration.seconds)
    return None


def read_deliverables(rows: Iterable[Mapping[str, Any]], start: date) -> tuple[Deliverable, ...]:
    """What is to be delivered, from the beginning of the term where nothing else is said."""
    return tuple(
        Deliverable(
            row["kind"],
            row["due_within"],
            date.fromisoformat(row["from"]) if "from" in row else start,
        )
        for row in rows
    )
