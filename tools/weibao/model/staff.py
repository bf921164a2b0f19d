"""The provider's people: roles with dates, git identities, certificates and experience."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

ROLES = (
    "duty_clerk",
    "desk",
    "engineer",
    "supervisor",
    "pm",
    "director",
    "depot",
    "reserve",
    "system_administrator",
)

_ALSO = {"duty_clerk": "desk"}
"""Whoever is on duty for the desk takes requests in, records and sends as those of the desk do."""


@dataclass(frozen=True, slots=True)
class Term:
    """Something that holds from ``start`` to ``end``, both days included; no end: until further notice."""

    what: str
    start: date
    end: date | None = None

    def covers(self, day: date) -> bool:
        """Whether it holds on ``day``."""
        return self.start <= day and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class Certificate:
    """A maker's certificate."""

    vendor: str
    name: str
    number: str
    term: Term


@dataclass(frozen=True, slots=True)
class Person:
    """One of the provider's people. ``git`` holds the emails they commit with.

    ``phone`` is "" where staff.yaml has none; whoever shows it asks the contract first.
    """

    id: str
    name: str
    roles: tuple[Term, ...]
    git: tuple[str, ...]
    sites: tuple[str, ...]
    experience: Mapping[str, date]
    certificates: tuple[Certificate, ...]
    phone: str = ""

    def roles_on(self, day: date) -> frozenset[str]:
        """The roles that the person has on ``day``, and those that go with them."""
        own = self._own(day)
        return frozenset(own | {_ALSO[role] for role in own & _ALSO.keys()})

    def role_for(self, rota: str, day: date) -> str:
        """The role of their own by which the person takes the turns of a rota on ``day``, "" where none."""
        held = [role for role in self._own(day) if rota in {role, _ALSO.get(role)}]
        return min(held, key=ROLES.index, default="")

    def _own(self, day: date) -> set[str]:
        return {role.what for role in self.roles if role.covers(day)}


@dataclass(frozen=True, slots=True)
class Staff:
    """staff.yaml."""

    people: Mapping[str, Person]


def read_staff(data: Mapping[str, Any]) -> Staff:
    """The staff out of a document that its schema has accepted."""
    return Staff({key: _person(key, fields) for key, fields in data["people"].items()})


def _person(key: str, data: Mapping[str, Any]) -> Person:
    return Person(
        id=key,
        name=data["name"],
        roles=tuple(_term(fields["role"], fields) for fields in data["roles"]),
        git=tuple(data.get("git", ())),
        sites=tuple(data.get("sites", ())),
        experience={
            fields["kind"]: date.fromisoformat(fields["since"])
            for fields in data.get("experience", [])
        },
        certificates=tuple(
            Certificate(
                fields["vendor"], fields["name"], fields["number"], _term(fields["name"], fields)
            )
            for fields in data.get("certificates", [])
        ),
        phone=data.get("phone", ""),
    )


def _term(what: str, data: Mapping[str, Any]) -> Term:
    end = date.fromisoformat(data["to"]) if "to" in data else None
    return Term(what, date.fromisoformat(data["from"]), end)
