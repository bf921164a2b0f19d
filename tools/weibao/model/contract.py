"""The contract: parties, term, promises, calendars, escalation ladder and evidence policy."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from weibao.model.credential import Credential
from weibao.model.duration import Duration, parse_duration
from weibao.model.impact import DEFAULT_AVAILABILITY, AvailabilityTerms, read_availability
from weibao.model.instant import Instant, local_day, parse_instant
from weibao.model.promises import read_credits, read_deliverables, read_kpis

if TYPE_CHECKING:
    from collections.abc import Mapping

    from weibao.model.imported import Imported
    from weibao.model.instant import Instant
    from weibao.model.promises import CreditTerms, Deliverable, Kpi

Names = dict[str, str]
"""A name by language code: ``{zh: …, en: …}``."""

DEFAULT_RECHECK = 24 * 3600
"""Seconds for which a repair must hold where the contract says nothing of it."""

ALWAYS = "always"
"""The calendar that every contract has: round the clock."""


RIGHTS = ("declare", "approve", "consent", "confirm", "countersign")
"""What a contact may be allowed to do."""


@dataclass(frozen=True, slots=True)
class Contact:
    """One of the customer's people, what they ``may`` do, and their git identities (emails)."""

    id: str
    names: Names
    may: frozenset[str]
    git: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Override:
    """Dated days whose working hours differ from the weekly ones; no hours means a holiday."""

    days: tuple[date, ...]
    hours: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class CalendarTerms:
    """A working calendar as the contract writes it.

    ``hours`` are ``"09:00-18:00"`` by ``mon`` … ``sun``, in ``zone``. Days outside
    ``covers_from``–``covers_to`` (both included) are not covered: nothing may be said of them.
    """

    id: str
    zone: ZoneInfo
    hours: Mapping[str, tuple[str, ...]]
    covers_from: date
    covers_to: date
    overrides: tuple[Override, ...]


@dataclass(frozen=True, slots=True)
class TargetTerms:
    """A promise: the ``target`` is reached ``within`` a time on the calendar named ``clock``."""

    target: str
    within: Duration
    clock: str


@dataclass(frozen=True, slots=True)
class SeverityTerms:
    """A severity level, 1 being the gravest, and its promises by target."""

    level: int
    names: Names
    definition: Names
    targets: Mapping[str, TargetTerms]


UNSETTLED = "default-not-contract"
"""The source of service levels that no contract has settled."""


@dataclass(frozen=True, slots=True)
class ServiceTerms:
    """Service-level terms in effect from 00:00 of ``effective_from``, contract-local.

    ``source`` says where they were agreed on; :data:`UNSETTLED` that they were not, and are what this product begins with.
    """

    effective_from: date
    source: str
    severities: Mapping[int, SeverityTerms]

    @property
    def id(self) -> str:
        """What verdicts name the terms by: the day from which they are in effect."""
        return self.effective_from.isoformat()


@dataclass(frozen=True, slots=True)
class Rung:
    """A rung of the escalation ladder: at this share of a target, these roles are told."""

    at_percent: int
    level: int
    to: tuple[str, ...]

    @property
    def share(self) -> Fraction:
        """How much of the target has passed at this rung."""
        return Fraction(self.at_percent, 100)


@dataclass(frozen=True, slots=True)
class TimestampPolicy:
    """Who stamps checkpoints, and which roots its stamps may rest on.

    ``authority`` is the address that is asked, ``chain`` the path of its certificates in the
    repository ("" for none), ``roots`` are SHA-256 fingerprints in lower-case hexadecimal.
    """

    authority: str
    chain: str
    roots: frozenset[str]


FIRST_HAND = ("signed", "forge", "named")
"""What the customer's word must be to lift lateness, the strictest first."""


@dataclass(frozen=True, slots=True)
class ForgeKey:
    """The key by which a forge signs what is written in its web editor, and the address it commits with."""

    address: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class SeenPolicy:
    """The log of what the forge saw first, as the contract names it: its ``ref`` and its ``first`` commit."""

    ref: str
    first: str


@dataclass(frozen=True, slots=True)
class Import:
    """An old register that the provider brings along: what of it is believed as it is claimed.

    Attributes:
        source_sha256: of the register's file, which whoever has it can compare.
        mapping_sha256: of the file that says what of it becomes what here.
        until: by when its records must have landed.
    """

    source_sha256: str
    mapping_sha256: str
    until: Instant


@dataclass(frozen=True, slots=True)
class EvidencePolicy:
    """How claims are held against evidence. Lengths are seconds of wall time."""

    since: Instant | None = None
    tolerance: int = 15 * 60
    landing_within: int = 4 * 3600
    clock_skew: int = 5 * 60
    late_entry: int = 24 * 3600
    recheck: int = DEFAULT_RECHECK
    """For how long a repair must hold: one undone within it was none."""
    closing_days: int = 3
    """Days after the last instant of a month's judging by which the month is closed."""
    main: str = "main"
    seen: SeenPolicy | None = None
    """The log without which nobody may judge; None where the contract names none."""
    distrusted: Mapping[str, str] = field(default_factory=dict)
    """Commit id → why its time is not believed."""
    signed: frozenset[str] = frozenset()
    """Events whose commit must bear a good signature of its author."""
    signed_from: Instant = 0
    """From when on they must: by the evidence, not by the claim."""
    roots: Mapping[str, str] = field(default_factory=dict)
    """Commit id → why the history begins there as well."""
    timestamp: TimestampPolicy | None = None
    firsthand: str = "signed"
    """The least that the customer's word must be to lift lateness: one of :data:`FIRST_HAND`."""
    forge_keys: tuple[ForgeKey, ...] = ()
    imports: Mapping[str, Import] = field(default_factory=dict)
    """The old registers, by the id that the header of each of their records names."""


_PUBLISHED = ("names", "roles", "none")
"""What may be told of people, the most first."""


@dataclass(frozen=True, slots=True)
class Contract:
    """contract.yaml. ``data`` keeps what only pages show, as it was read."""

    id: str
    names: Names
    provider: Names
    customer: Names
    start: date
    end: date
    zone: ZoneInfo
    languages: tuple[str, ...]
    contacts: Mapping[str, Contact]
    sites: Mapping[str, Names]
    services: Mapping[str, Names]
    causes: Mapping[str, Names]
    calendars: Mapping[str, CalendarTerms]
    terms: tuple[ServiceTerms, ...]
    availability: tuple[AvailabilityTerms, ...]
    credits: tuple[CreditTerms, ...]
    kpis: tuple[Kpi, ...]
    deliverables: tuple[Deliverable, ...]
    ladder: tuple[Rung, ...]
    evidence: EvidencePolicy
    publish_people: str
    publish_phones: bool
    forge_kind: str
    forge_url: str
    data: Mapping[str, Any]

    def publishing_as(self, other: Contract) -> Contract:
        """The contract, publishing no more of people than the ``other`` does too."""
        return replace(
            self,
            publish_people=max(self.publish_people, other.publish_people, key=_PUBLISHED.index),
            publish_phones=self.publish_phones and other.publish_phones,
        )

    @property
    def credentials(self) -> tuple[Credential, ...]:
        """The provider's credentials, in the order of the list."""
        return tuple(
            Credential(
                listed["issuer"],
                listed["name"],
                listed["number"],
                date.fromisoformat(listed["from"]),
                date.fromisoformat(listed["to"]),
            )
            for listed in self.data.get("credentials", ())
        )

    def old(self, imported: Imported | None, at: Instant) -> bool:
        """Whether what is claimed of a record that an old register is said to have brought is that register's own word.

        Where there is evidence, :meth:`weibao.history.proven.ProvenLog.old` says of what it is.
        """
        since = self.evidence.since
        return imported is not None and since is not None and at < since

    def terms_at(self, reported_at: Instant) -> ServiceTerms | None:
        """The last terms in effect on the contract-local day of ``reported_at``; None before any."""
        day = local_day(reported_at, self.zone)
        effective = [terms for terms in self.terms if terms.effective_from <= day]
        return effective[-1] if effective else None

    def availability_on(self, day: date) -> AvailabilityTerms:
        """The last terms of availability in effect on a contract-local day, else those of every contract."""
        effective = [terms for terms in self.availability if terms.effective_from <= day]
        return effective[-1] if effective else DEFAULT_AVAILABILITY

    def credits_on(self, day: date) -> CreditTerms | None:
        """The last terms of credits in effect on a contract-local day; None where nothing costs anything."""
        effective = [terms for terms in self.credits if terms.effective_from <= day]
        return effective[-1] if effective else None


def read_contract(data: Mapping[str, Any]) -> Contract:
    """The contract out of a document that its schema has accepted."""
    zone = ZoneInfo(data["zone"])
    publish = data.get("publish", {})
    return Contract(
        id=data["id"],
        names=data["name"],
        provider=data["provider"]["name"],
        customer=data["customer"]["name"],
        start=date.fromisoformat(data["term"]["start"]),
        end=date.fromisoformat(data["term"]["end"]),
        zone=zone,
        languages=tuple(data["languages"]),
        contacts={key: _contact(key, fields) for key, fields in data["contacts"].items()},
        sites={key: fields["name"] for key, fields in data["sites"].items()},
        services={key: fields["name"] for key, fields in data["services"].items()},
        causes={key: fields["name"] for key, fields in data.get("causes", {}).items()},
        calendars={key: _calendar(key, fields, zone) for key, fields in data["calendars"].items()},
        terms=tuple(
            sorted((_terms(fields) for fields in data["sla"]), key=lambda t: t.effective_from)
        ),
        availability=tuple(
            sorted(
                map(read_availability, data.get("availability", ())),
                key=lambda terms: terms.effective_from,
            )
        ),
        credits=read_credits(data.get("credits")),
        kpis=read_kpis(data.get("kpis", ())),
        deliverables=read_deliverables(
            data.get("deliverables", ()), date.fromisoformat(data["term"]["start"])
        ),
        ladder=tuple(
            Rung(int(fields["at"].removesuffix("%")), fields["level"], tuple(fields["to"]))
            for fields in data.get("escalation", [])
        ),
        evidence=_evidence(data.get("evidence", {})),
        publish_people=publish.get("people", "roles"),
        publish_phones=publish.get("phones", False),
        forge_kind=data.get("forge", {}).get("kind", ""),
        forge_url=data.get("forge", {}).get("url", ""),
        data=data,
    )


def _contact(key: str, data: Mapping[str, Any]) -> Contact:
    name = data["name"]
    names = {"zh": name, "en": name} if isinstance(name, str) else name
    return Contact(key, names, frozenset(data["may"]), tuple(data.get("git", ())))


def _calendar(key: str, data: Mapping[str, Any], zone: ZoneInfo) -> CalendarTerms:
    return CalendarTerms(
        id=key,
        zone=ZoneInfo(data["zone"]) if "zone" in data else zone,
        hours={day: tuple(hours) for day, hours in data["hours"].items()},
        covers_from=date.fromisoformat(data["covers"]["from"]),
        covers_to=date.fromisoformat(data["covers"]["to"]),
        overrides=tuple(
            Override(
                tuple(date.fromisoformat(day) for day in fields["days"]),
                tuple(fields["hours"]),
                fields["why"],
            )
            for fields in data.get("overrides", [])
        ),
    )


def _terms(data: Mapping[str, Any]) -> ServiceTerms:
    severities = {}
    for fields in data["severities"]:
        targets = {
            target: TargetTerms(target, parse_duration(terms["within"]), terms["clock"])
            for target, terms in fields["targets"].items()
        }
        severities[fields["level"]] = SeverityTerms(
            fields["level"], fields["name"], fields.get("definition", {}), targets
        )
    return ServiceTerms(
        date.fromisoformat(data["effective_from"]), data.get("source", ""), severities
    )


def _evidence(data: Mapping[str, Any]) -> EvidencePolicy:
    lengths = {
        key: parse_duration(data[key]).seconds
        for key in ("tolerance", "landing_within", "clock_skew", "late_entry", "recheck")
        if key in data
    }
    if "closing_days" in data:
        lengths["closing_days"] = data["closing_days"]
    return EvidencePolicy(
        since=parse_instant(data["since"]) if "since" in data else None,
        main=data.get("main", "main"),
        seen=SeenPolicy(**data["seen"]) if "seen" in data else None,
        distrusted={fields["commit"]: fields["reason"] for fields in data.get("distrusted", [])},
        signed=frozenset(data["signed"]["events"]) if "signed" in data else frozenset(),
        signed_from=parse_instant(data["signed"]["from"]) if "signed" in data else 0,
        roots={fields["commit"]: fields["reason"] for fields in data.get("roots", [])},
        timestamp=_timestamp(data["timestamp"]) if "timestamp" in data else None,
        firsthand=data.get("firsthand", "signed"),
        forge_keys=tuple(
            ForgeKey(fields["address"].casefold(), fields["fingerprint"].replace(" ", ""))
            for fields in data.get("forge_keys", [])
        ),
        imports={
            fields["id"]: Import(
                fields["source_sha256"], fields["mapping_sha256"], parse_instant(fields["until"])
            )
            for fields in data.get("imports", [])
        },
        **lengths,
    )


def _timestamp(data: Mapping[str, Any]) -> TimestampPolicy:
    return TimestampPolicy(data["authority"], data.get("chain", ""), frozenset(data["roots"]))
