"""The people of the example: the provider's staff and the customer's contacts, all made up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from weibao.demo.data_files import read_data
from weibao.history.commit import Identity

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Colleague:
    """One of the provider's people; vendors are those whose certificate they hold."""

    id: str
    name: str
    role: str
    vendors: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()

    @property
    def identity(self) -> Identity:
        """How their commits are signed."""
        return Identity(self.name, f"{self.id.replace('-', '.')}@yuanting.example")


@dataclass(frozen=True, slots=True)
class Client:
    """One of the customer's people; ``call`` is how the desk speaks of them."""

    id: str
    name: str
    english: str
    title: str
    english_title: str
    call: str
    may: tuple[str, ...]
    site: str
    commits: bool = False

    @property
    def identity(self) -> Identity:
        """How their commits are signed."""
        return Identity(self.name, f"{self.id.replace('-', '.')}@lanjiang-water.example")


@dataclass(frozen=True, slots=True)
class CertificateSeries:
    """What a maker's certificates are called, and how their numbers begin."""

    name: str
    prefix: str


@dataclass(frozen=True, slots=True)
class StaffAndClients:
    """Everybody; ``reserve`` joins in the middle of the year, ``certificates`` are by maker."""

    desk: tuple[Colleague, ...]
    engineers: tuple[Colleague, ...]
    supervisor: Colleague
    manager: Colleague
    director: Colleague
    keeper: Colleague
    administrator: Colleague
    reserve: Colleague
    clients: tuple[Client, ...]
    certificates: dict[str, CertificateSeries]


_PEOPLE = read_data(StaffAndClients, "data/people.yaml")
DESK, ENGINEERS, CLIENTS = _PEOPLE.desk, _PEOPLE.engineers, _PEOPLE.clients
SUPERVISOR, MANAGER, DIRECTOR = _PEOPLE.supervisor, _PEOPLE.manager, _PEOPLE.director
KEEPER, RESERVE, ADMINISTRATOR = _PEOPLE.keeper, _PEOPLE.reserve, _PEOPLE.administrator
STAFF = (*DESK, *ENGINEERS, SUPERVISOR, MANAGER, DIRECTOR, KEEPER)
CLIENT = {client.id: client for client in CLIENTS}
HEAD, NETWORKS = CLIENT["gu-min"], CLIENT["fang-yi"]

IDENTITIES = {colleague.id: colleague.identity for colleague in (*STAFF, RESERVE, ADMINISTRATOR)}
IDENTITIES |= {client.id: client.identity for client in CLIENTS}


def staff_data(start: date, end: date, *, joined: date | None = None) -> dict[str, object]:
    """``staff.yaml`` for the contract's term; with the reserve since ``joined``.

    One certificate runs out forty days after the term, so that somebody has to see to it.
    """
    people: dict[str, dict[str, object]] = {}
    for number, colleague in enumerate((*STAFF, *((RESERVE,) if joined else ()))):
        since = joined if colleague is RESERVE and joined else start
        data: dict[str, object] = {
            "name": colleague.name,
            "roles": [{"role": colleague.role, "from": since.isoformat()}],
            "git": [colleague.identity.email],
        }
        if colleague.sites:
            data["sites"] = list(colleague.sites)
            data["experience"] = [
                {"kind": kind, "since": f"{start.year - 5 - (number + place) % 6}-07-01"}
                for place, kind in enumerate(colleague.kinds)
            ]
            data["certificates"] = _certificates(colleague, number, start, end)
        people[colleague.id] = data
    people[ADMINISTRATOR.id] = {
        "name": ADMINISTRATOR.name,
        "roles": [{"role": ADMINISTRATOR.role, "from": start.isoformat()}],
        "git": [ADMINISTRATOR.identity.email],
    }
    return {"people": people}


def _certificates(
    colleague: Colleague, number: int, start: date, end: date
) -> list[dict[str, object]]:
    listed: list[dict[str, object]] = []
    for place, vendor in enumerate(colleague.vendors):
        series = _PEOPLE.certificates[vendor]
        until = f"{start.year + 2}-05-31"
        if (colleague.id, vendor) == ("dong-ning", "h3c"):
            until = (end + timedelta(days=40)).isoformat()
        listed.append(
            {
                "vendor": vendor,
                "name": series.name,
                "number": f"{series.prefix}-{start.year - 1}-{4100 + 10 * number + place}",
                "from": f"{start.year - 1}-06-01",
                "to": until,
            }
        )
    return listed
