"""The kinds of field that an entry may have, as one table: a row says what every room needs to know.

By its ``form`` a value is read, asked for, written and shown; by the ``thing`` that it names it is
offered, completed, called and looked up. A room that treats one kind apart does so for its form or
its thing, so that a kind of a known form is this one row.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from weibao.model.ticket import CHANNELS, FORMS, PLANNED, REACTIVE


class Form(StrEnum):
    """How a value is written on a command line, and what it becomes in a record."""

    WORDS = "words"
    """It stands as it is typed."""
    CHOICE = "choice"
    """One of a closed set of words."""
    NUMBER = "number"
    """A whole number, from 1."""
    MEASURED = "measured"
    """A number where it reads as one, else what was seen."""
    SCALAR = "scalar"
    """Whatever YAML reads in it."""
    RECORD = "record"
    """The id of a record; the end of it is enough."""
    ENTRY = "entry"
    """An entry of the same log, by its event, or by its time and event."""
    SERIAL = "serial"
    """A serial number; several are given with commas between."""
    IMPACT = "impact"
    """What is lost of a thing: ``ID=STATE``."""
    ABOUT = "about"
    """What a corrective action comes from: a ticket, an inspection, a finding or an audit."""
    DAY = "day"
    TIME = "time"
    DIGEST = "digest"
    """A long hexadecimal number, of which people read the beginning."""
    PAPER = "paper"
    """A file of a paper: its format, its language and its SHA-256."""


class Thing(StrEnum):
    """What a value names, so that it can be offered, and called by more than its id."""

    PERSON = "person"
    CONTACT = "contact"
    ASSET = "asset"
    PART = "part"
    DEPOT = "depot"
    CAUSE = "cause"
    """Of the contract's list."""
    TICKET = "ticket"
    ACTION = "action"
    ITEM = "item"
    """An item of a checklist."""
    ENTRY = "entry"
    PIECE = "piece"
    """A single part, by its serial number."""
    SUPPLIER = "supplier"
    SEVERITY = "severity"
    IMPACT = "impact"
    """An asset or a service, and how much of it is lost."""
    RUNG = "rung"
    """Of the escalation ladder."""
    SATISFACTION = "satisfaction"


DEFINED = frozenset(
    {
        Thing.PERSON,
        Thing.CONTACT,
        Thing.ASSET,
        Thing.PART,
        Thing.DEPOT,
        Thing.CAUSE,
        Thing.TICKET,
        Thing.ACTION,
    }
)
"""The things that a record must define before another may name them (X101–X108)."""


@dataclass(frozen=True, slots=True)
class FieldKind:
    """A row.

    Attributes:
        name: of the kind; of a choice, the words' kind in the catalogues.
        form: how a value is written.
        thing: what it names; None where nothing is known of that.
        several: the value is a list, and the option may be given several times.
        choices: the words, of a choice.
        most: the largest number that it may be; the least is 1.
        definition: its ``$defs`` in ``schemas/common.schema.json``; "" where that has its name.
        listed: the file of the configuration and the key that define what may be named.
        others: what is offered is not all that may be said.
        unknowable: an old register may not say which, and a record out of it says ``unknown``.
        none_is_said: that there is nothing is an answer too.
        example: how an answer is written that nobody could guess.
        default: what is mostly answered.
    """

    name: str
    form: Form = Form.WORDS
    thing: Thing | None = None
    several: bool = False
    choices: tuple[str, ...] = ()
    most: int = 0
    definition: str = ""
    listed: tuple[str, str] | None = None
    others: bool = False
    none_is_said: bool = False
    unknowable: bool = False
    example: str = ""
    default: str = ""

    @property
    def defined_as(self) -> str:
        """Its ``$defs``, and in capitals what help calls a value of it."""
        return self.definition or self.name


_SERIALS = "A1001, A1002"

PERSON = FieldKind("person", thing=Thing.PERSON, listed=("staff", "people"))
PEOPLE = FieldKind("people", thing=Thing.PERSON, several=True, listed=("staff", "people"))
CONTACT = FieldKind("contact", thing=Thing.CONTACT, listed=("contract", "contacts"))
ASSET = FieldKind("asset", thing=Thing.ASSET, listed=("assets", "assets"))
ASSETS = FieldKind("assets", thing=Thing.ASSET, several=True)
PART = FieldKind("part", thing=Thing.PART, listed=("spares", "parts"))
DEPOT = FieldKind("depot", thing=Thing.DEPOT, listed=("spares", "depots"))
CAUSE = FieldKind("cause", thing=Thing.CAUSE, listed=("contract", "causes"))
PLAN = FieldKind("plan", definition="id", listed=("plan", "plan"))
EMERGENCY_PLAN = FieldKind("emergency_plan", definition="id", others=True)
TICKET = FieldKind("ticket", Form.RECORD, Thing.TICKET)
TICKETS = FieldKind("tickets", Form.RECORD, Thing.TICKET, several=True, none_is_said=True)
INSPECTION = FieldKind("inspection", Form.RECORD)
SHIFT = FieldKind("shift", Form.RECORD)
ACTION = FieldKind("action", thing=Thing.ACTION, definition="name")
ITEM = FieldKind("item", thing=Thing.ITEM, definition="name")
ENTRY = FieldKind("entry_reference", Form.ENTRY, Thing.ENTRY)
ENTRIES = FieldKind("entry_references", Form.ENTRY, Thing.ENTRY, several=True)

IMPACT = FieldKind("impact", Form.IMPACT, Thing.IMPACT, several=True, example="core-sw-01=outage")
SERIAL = FieldKind("serial", Form.SERIAL)
SERIALS = FieldKind("serials", Form.SERIAL, Thing.PIECE, several=True, example=_SERIALS)
SERIALS_BACK = FieldKind(
    "serials_back",
    Form.SERIAL,
    Thing.PIECE,
    several=True,
    definition="serials",
    others=True,
    example=_SERIALS,
)
SERIALS_FOUND = FieldKind(
    "serials_found",
    Form.SERIAL,
    Thing.PIECE,
    several=True,
    others=True,
    none_is_said=True,
    example=_SERIALS,
)

SEVERITY = FieldKind("severity", Form.NUMBER, Thing.SEVERITY, most=9)
LEVEL = FieldKind("level", Form.NUMBER, Thing.RUNG, most=9)
SATISFACTION = FieldKind("satisfaction", Form.NUMBER, Thing.SATISFACTION, most=5)
REPORT_VERSION = FieldKind("report_version", Form.NUMBER, most=99)
VISIT = FieldKind("visit", Form.NUMBER, most=99)
QUANTITY = FieldKind("quantity", Form.NUMBER, most=1000, default="1")
SCORE = FieldKind("score", Form.NUMBER, most=100)
MEASURED_VALUE = FieldKind("measured_value", Form.MEASURED)
AMENDED_VALUE = FieldKind("amended_value", Form.SCALAR)

TEXT = FieldKind("text")
LINE = FieldKind("line")
SUPPLIER = FieldKind("supplier", thing=Thing.SUPPLIER, definition="text", others=True)
KEY = FieldKind("key")
UNIT = FieldKind("unit")
ATTACHMENT = FieldKind("attachment")
ABOUT = FieldKind("about", Form.ABOUT, example="7K3Q9M, O401, audit:2026-11")
DAY = FieldKind("day", Form.DAY, example="2026-12-31")
TIME = FieldKind("time", Form.TIME, example="2026-11-20 09:12")
CLOCK_DURATION = FieldKind("clock_duration", example="45m")
SHA256 = FieldKind("sha256", Form.DIGEST)

MODE = FieldKind("mode", Form.CHOICE, choices=("remote", "on_site"), unknowable=True)
VIA = FieldKind(
    "via",
    Form.CHOICE,
    choices=("phone", "email", "message", "portal", "in_person"),
    unknowable=True,
)
PAUSE_REASON = FieldKind(
    "pause_reason",
    Form.CHOICE,
    choices=(
        "customer_information",
        "site_access",
        "change_freeze",
        "third_party_carrier",
        "force_majeure",
    ),
)
TARGET = FieldKind(
    "target",
    Form.CHOICE,
    choices=("respond", "arrive", "restore", "resolve", "update", "part"),
)
CHECK_STATUS = FieldKind(
    "check_status", Form.CHOICE, choices=("ok", "warning", "failed", "not_applicable")
)
DELIVERABLE = FieldKind(
    "deliverable",
    Form.CHOICE,
    choices=("monthly", "credit", "quarterly", "annual", "acceptance"),
    default="monthly",
)
REPORT_SECTION = FieldKind(
    "report_section",
    Form.CHOICE,
    choices=(
        "summary",
        "period",
        "compliance",
        "breaches",
        "incidents",
        "availability",
        "planned",
        "inspections",
        "spares",
        "people",
        "escalations",
        "confirmations",
        "evidence",
        "actions",
        "credits",
        "risks",
        "sign_off",
    ),
    default="summary",
)
PAPER_FILES = FieldKind("paper_files", Form.PAPER, several=True)
ACCESS = FieldKind("access", Form.CHOICE, choices=("granted", "refused"))
CONDITION = FieldKind("piece_condition", Form.CHOICE, choices=("new", "good", "faulty", "repaired"))
RESPONSIBLE = FieldKind(
    "responsible",
    Form.CHOICE,
    choices=("provider", "customer", "carrier", "maker", "force_majeure"),
)
EDITION = FieldKind("review_edition", Form.CHOICE, choices=("preliminary", "final"))
DETECTED_BY = FieldKind("detected_by", Form.CHOICE, choices=("monitoring", "customer", "provider"))
DRILL_FORM = FieldKind("drill_form", Form.CHOICE, choices=FORMS)
OLD_PART = FieldKind("old_part", Form.CHOICE, choices=("returned", "rma", "kept", "destroyed"))
TICKET_KIND = FieldKind("ticket_kind", Form.CHOICE, choices=REACTIVE + PLANNED)
CHANNEL = FieldKind("channel", Form.CHOICE, choices=CHANNELS, unknowable=True)

KINDS = {kind.name: kind for kind in tuple(globals().values()) if isinstance(kind, FieldKind)}
"""Every kind, by its name."""
