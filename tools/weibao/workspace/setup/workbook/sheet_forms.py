"""The sheets of the workbook and their columns, as one table: what each is called and what may stand in it.

A sheet and a column are found by their titles in either language, so that a workbook may be filled in by people
of both, and columns may be moved.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from weibao.language import N_
from weibao.workspace.setup.workbook.vocabularies import (
    ASSET_KIND,
    CLOCK,
    PLACE_KIND,
    PLAN_KIND,
    RECURRENCE,
    RIGHT,
    ROLE,
    SHIFT_LENGTH,
    Vocabulary,
)


class CellForm(Enum):
    """What stands in a cell, and as what it is read."""

    TEXT = "text"
    """A line of text, also where a spreadsheet made a number of it."""
    NAMES = "names"
    """Several names with a mark between, as a tuple."""
    CHOICE = "choice"
    """A word of a vocabulary."""
    CHOICES = "choices"
    """Several words of it, as a tuple."""
    DAY = "day"
    """A day, as RFC 3339 writes it."""
    LENGTH = "length"
    """A length of time, as contracts write it."""
    COUNT = "count"
    """A whole number, from 0."""


@dataclass(frozen=True, slots=True)
class ColumnForm:
    """A column.

    Attributes:
        title: a message id.
        choices: of a choice, the words.
        definition: of a text, as what of ``common.schema.json``; of a choice, as what another word may stand there; "" as none.
        also: another title that it is known by.
        unit: of a length, the unit of a number that stands alone; "" where it needs one.
    """

    key: str
    title: str
    form: CellForm = CellForm.TEXT
    choices: Vocabulary | None = None
    required: bool = False
    definition: str = ""
    unit: str = ""
    also: str = ""


@dataclass(frozen=True, slots=True)
class SheetForm:
    """A sheet: its key, its title (a message id), its columns, and whether it needs a row."""

    key: str
    title: str
    columns: tuple[ColumnForm, ...]
    required: bool = False


COMMIT = "commit"
"""What a workbook says that was written out of a contract, and one to be filled in does not."""
ID = ColumnForm("id", N_("Id (lower case)"))
NAME = ColumnForm("name", N_("Called"), required=True)
_PHONE = ColumnForm("phone", N_("Phone number"), definition="phone")
_EMAIL = ColumnForm("email", N_("E-mail address"), definition="email")

CONTRACT = SheetForm(
    "contract",
    N_("The contract"),
    (
        ColumnForm("name", N_("Contract name"), required=True),
        ColumnForm("customer", N_("Customer name"), required=True),
        ColumnForm("provider", N_("Provider name"), required=True, also="服务方名称"),
        ColumnForm("id", N_("Contract number")),
        ColumnForm("start", N_("First day of the term"), CellForm.DAY, required=True),
        ColumnForm("end", N_("Last day of the term"), CellForm.DAY, required=True),
        ColumnForm("phone", N_("Service phone"), required=True, definition="phone"),
        ColumnForm("email", N_("Service e-mail"), definition="email"),
        ColumnForm("main", N_("Official branch (git)")),
        ColumnForm("zone", N_("Time zone (IANA)"), definition="zone"),
        ColumnForm("notices", N_("Holiday notices of the years"), CellForm.NAMES),
        ColumnForm(
            COMMIT, N_("Written out of the commit (leave it as it is)"), definition="commit"
        ),
    ),
)
"""This one stands on its side: an item and its content in each row."""

CONTACTS = SheetForm(
    "contacts",
    N_("Customer contacts"),
    (
        ColumnForm("name", N_("Full name"), required=True),
        ColumnForm("unit", N_("Department")),
        ColumnForm("title", N_("Job title")),
        _PHONE,
        _EMAIL,
        ColumnForm("may", N_("May"), CellForm.CHOICES, RIGHT, required=True),
        ID,
    ),
    required=True,
)
PLACES = SheetForm(
    "places",
    N_("Sites and services"),
    (
        NAME,
        ColumnForm(
            "kind", N_("Type (site or service)"), CellForm.CHOICE, PLACE_KIND, required=True
        ),
        ColumnForm("address", N_("Postal address")),
        ID,
    ),
)
LEVELS = SheetForm(
    "levels",
    N_("Agreed levels"),
    (
        ColumnForm("level", N_("Severity level"), CellForm.COUNT, required=True),
        NAME,
        ColumnForm("definition", N_("Defined as")),
        ColumnForm("respond", N_("Respond within"), CellForm.LENGTH, required=True),
        ColumnForm("arrive", N_("Arrive within"), CellForm.LENGTH),
        ColumnForm("restore", N_("Restore within"), CellForm.LENGTH),
        ColumnForm("resolve", N_("Resolve within"), CellForm.LENGTH),
        ColumnForm("update", N_("Update every"), CellForm.LENGTH),
        ColumnForm("part", N_("Part within"), CellForm.LENGTH),
        ColumnForm("clock", N_("Counted by the clock"), CellForm.CHOICE, CLOCK, required=True),
    ),
)
STAFF = SheetForm(
    "staff",
    N_("Staff"),
    (
        ColumnForm("name", N_("Full name"), required=True),
        ColumnForm("roles", N_("Role held"), CellForm.CHOICES, ROLE),
        ColumnForm("from", N_("In the role from"), CellForm.DAY),
        ColumnForm("to", N_("In the role until"), CellForm.DAY),
        _EMAIL,
        _PHONE,
        ColumnForm("sites", N_("Stands by at"), CellForm.NAMES),
        ColumnForm("vendor", N_("Vendor")),
        ColumnForm("certificate", N_("Certificate name")),
        ColumnForm("number", N_("Certificate number")),
        ColumnForm("certified_from", N_("Certified from"), CellForm.DAY),
        ColumnForm("certified_to", N_("Certified until"), CellForm.DAY),
        ColumnForm("experience", N_("Experience: kind"), CellForm.CHOICE, ASSET_KIND),
        ColumnForm("since", N_("Experience: since"), CellForm.DAY),
        ID,
    ),
    required=True,
)
ROTA = SheetForm(
    "rota",
    N_("Rotas of duty"),
    (
        ColumnForm("rota", N_("Rota of"), CellForm.CHOICE, ROLE, required=True),
        ColumnForm("start", N_("First shift begins"), required=True),
        ColumnForm(
            "shift",
            N_("Shift length"),
            CellForm.CHOICE,
            SHIFT_LENGTH,
            required=True,
            definition="clock_duration",
        ),
        ColumnForm(
            "order", N_("Order (names, with a mark between)"), CellForm.NAMES, required=True
        ),
    ),
)
ASSETS = SheetForm(
    "assets",
    N_("Equipment list"),
    (
        NAME,
        ColumnForm("tag", N_("Asset tag")),
        ColumnForm("kind", N_("Category"), CellForm.CHOICE, ASSET_KIND, required=True),
        ColumnForm("vendor", N_("Vendor")),
        ColumnForm("model", N_("Model number")),
        ColumnForm("serial", N_("Serial no."), definition="serial"),
        ColumnForm("site", N_("At site"), required=True),
        ColumnForm("location", N_("Rack or room")),
        ColumnForm("services", N_("Carries services"), CellForm.NAMES),
        ColumnForm("in_service", N_("Put into service on"), CellForm.DAY),
        ColumnForm("covered_from", N_("Cover from"), CellForm.DAY),
        ColumnForm("covered_to", N_("Cover until"), CellForm.DAY),
        ID,
    ),
)
SPARES = SheetForm(
    "spares",
    N_("Spare parts"),
    (
        ColumnForm("depot", N_("In depot"), required=True),
        NAME,
        ColumnForm("oem", N_("Original maker"), required=True),
        ColumnForm("number", N_("Maker's part number"), required=True),
        ColumnForm("fits", N_("Fits models"), CellForm.NAMES),
        ColumnForm("minimum", N_("Minimum stock"), CellForm.COUNT),
        ColumnForm("serial", N_("Serial number (a row for each piece)"), definition="serial"),
        ColumnForm("received_on", N_("Taken in on"), CellForm.DAY),
        ColumnForm("supplier", N_("Supplied by")),
        ColumnForm("source_document", N_("Proof of source")),
        ColumnForm("oem_verified_by", N_("Verified with the maker by")),
    ),
)
PLAN = SheetForm(
    "plan",
    N_("Work plan"),
    (
        NAME,
        ColumnForm("kind", N_("Category"), CellForm.CHOICE, PLAN_KIND, required=True),
        ColumnForm(
            "rule", N_("Recurs"), CellForm.CHOICE, RECURRENCE, required=True, definition="line"
        ),
        ColumnForm("start", N_("First time on"), CellForm.DAY, required=True),
        ColumnForm("due_within", N_("Days to do it in"), CellForm.LENGTH, required=True, unit="d"),
        ColumnForm("issued_by", N_("Ordered by"), required=True),
        ColumnForm(
            "checklist", N_("Checklist (item: unit: warning: failed; …)"), definition="text"
        ),
        ID,
    ),
)
SHEETS = (CONTRACT, CONTACTS, PLACES, LEVELS, STAFF, ROTA, ASSETS, SPARES, PLAN)
LISTS = N_("Word lists")
"""The sheet of the words that cells choose from."""
ITEM, CONTENT = N_("Particular"), N_("Entered")
"""The columns of the sheet that stands on its side."""
