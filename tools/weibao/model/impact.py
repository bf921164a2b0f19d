"""Impact: what a fault takes from the things that it bears on, and what a contract says it does.

Three rules say what a ticket does to a thing, and the first that says anything counts: what the ticket
itself states; the redundancy group that the equipment stands in; the contract's table, by the kind of
ticket and its severity.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from weibao.model.promises import Bound, percentage

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Impact(IntEnum):
    """How much of a thing is lost, the least first."""

    NONE = 0
    DEGRADED = 1
    """It works, but worse than it should, or with nothing in reserve."""
    PARTIAL = 2
    """Some of its users are without it."""
    OUTAGE = 3

    @property
    def word(self) -> str:
        """As records and catalogues have it."""
        return self.name.lower()


IMPACTS = tuple(impact.word for impact in reversed(Impact))
"""As records have them, the gravest first."""


def impacts_in(stated: Iterable[Mapping[str, str]]) -> dict[str, Impact]:
    """What a ticket states, by the id of an asset or a service."""
    return {said["on"]: Impact[said["state"].upper()] for said in stated}


@dataclass(frozen=True, slots=True)
class Effect:
    """What a ticket of some kind and severity does to the assets that it names, and to what rests on them."""

    asset: Impact
    service: Impact


@dataclass(frozen=True, slots=True)
class RedundancyGroup:
    """Equipment of which ``need`` must work for what rests on it to work at all."""

    id: str
    assets: frozenset[str]
    need: int

    def impact(self, down: frozenset[str]) -> Impact:
        """What the loss of these does to what rests on the group."""
        lost = len(self.assets & down)
        if len(self.assets) - lost < self.need:
            return Impact.OUTAGE
        return Impact.DEGRADED if lost else Impact.NONE


@dataclass(frozen=True, slots=True)
class AvailabilityTerms:
    """How availability is worked out from 00:00 of ``effective_from``, contract-local.

    ``effects`` are by kind of ticket and severity (None for planned work); ``weights`` say how much
    of a second of each impact counts as lost.
    """

    effective_from: date
    effects: Mapping[tuple[str, int | None], Effect]
    weights: Mapping[Impact, Fraction]
    groups: tuple[RedundancyGroup, ...]
    targets: Mapping[str, Bound] = field(default_factory=dict)
    """By service, what its availability by contract is to reach in each month."""

    def effect(self, kind: str, severity: int | None) -> Effect:
        """What a ticket does that states nothing itself; one that the table lacks does nothing."""
        return self.effects.get((kind, severity), _NO_EFFECT)


_NO_EFFECT = Effect(Impact.NONE, Impact.NONE)
_ALL = Effect(Impact.OUTAGE, Impact.OUTAGE)

DEFAULT_EFFECTS: Mapping[tuple[str, int | None], Effect] = {
    ("fault", 1): _ALL,
    ("fault", 2): Effect(Impact.OUTAGE, Impact.PARTIAL),
    ("fault", 3): Effect(Impact.DEGRADED, Impact.NONE),
    ("upgrade", None): _ALL,
    ("downtime", None): _ALL,
}
"""Where the contract says nothing of it."""

DEFAULT_WEIGHTS = {
    Impact.OUTAGE: Fraction(1),
    Impact.PARTIAL: Fraction(3, 10),
    Impact.DEGRADED: Fraction(0),
    Impact.NONE: Fraction(0),
}

DEFAULT_AVAILABILITY = AvailabilityTerms(date.min, DEFAULT_EFFECTS, DEFAULT_WEIGHTS, ())
"""Of a contract that says nothing of availability."""


def read_availability(data: Mapping[str, Any]) -> AvailabilityTerms:
    """One edition of the terms, out of a document that its schema has accepted."""
    effects = {
        (row["kind"], row.get("severity")): Effect(
            Impact[row["asset"].upper()], Impact[row["service"].upper()]
        )
        for row in data.get("impact", ())
    }
    weights = {
        Impact[word.upper()]: Fraction(str(weight))
        for word, weight in data.get("weights", {}).items()
    }
    return AvailabilityTerms(
        date.fromisoformat(data["effective_from"]),
        {**DEFAULT_EFFECTS, **effects},
        {**DEFAULT_WEIGHTS, **weights},
        tuple(
            RedundancyGroup(key, frozenset(fields["assets"]), fields["need"])
            for key, fields in data.get("groups", {}).items()
        ),
        {
            service: Bound(percentage(said), at_least=True, said=said)
            for service, said in data.get("targets", {}).items()
        },
    )
