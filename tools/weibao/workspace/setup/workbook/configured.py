"""A filled-in workbook as the values of records/*.yaml, by file and key; and what of it says nothing certain.

An id that nobody gives is made of what is there: an asset's number, the part before the @ of an address, else a word
and a number. What names another thing (a site, a person) may do so by its name or by its id.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import chain, count
from math import inf, isfinite
from typing import TYPE_CHECKING, Any

from weibao.language import N_, language
from weibao.model.ids import NAME
from weibao.model.instant import format_instant
from weibao.model.naming import folded
from weibao.model.times.when import Tense, TimeAndPlace, parse_when
from weibao.refusal import Refusal
from weibao.sla.holidays import NOTICES
from weibao.workspace.setup.workbook.filled_workbook import MISSING, CellFault, FilledRow
from weibao.workspace.setup.workbook.sheet_forms import (
    ASSETS,
    CONTACTS,
    LEVELS,
    PLACES,
    PLAN,
    ROTA,
    SHEETS,
    SPARES,
    STAFF,
)
from weibao.workspace.setup.workbook.vocabularies import ONCE, maker_meant

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from weibao.model.entry import Entry
    from weibao.model.yaml.document import Keys
    from weibao.workspace.setup.workbook.filled_workbook import FilledWorkbook
    from weibao.workspace.setup.workbook.sheet_forms import SheetForm

Values = dict[str, Any]

FILES = ("contract", "staff", "duty", "assets", "spares", "plan")
"""The files of the configuration that a workbook speaks of, by name."""
AT_ONCE = 20
"""How many serial numbers stand in one entry."""
_TARGETS = ("respond", "arrive", "restore", "resolve", "update", "part")
_EACH_ITEM = re.compile(r"[;；\n]+")
_OF_ITEM = re.compile(r"[:：]")
_ITEMS = {
    "name": ("name",),
    "customer": ("customer",),
    "provider": ("provider",),
    "id": ("id",),
    "start": ("term",),
    "phone": ("single_contact",),
    "main": ("evidence", "main"),
    "zone": ("zone",),
}
"""Where the items of the contract's sheet stand in its file."""
_PARTS_OF_ITEM = 4
_NO_NOTICE = N_(
    "No holiday notice of “{found}” is known here, only those of {known}: leave it out, and write that year's days into the calendar by hand."
)
_NO_ID = N_("“{found}” is no id: write lower-case letters, digits, dot, underscore and hyphen.")
_TWICE = N_("The id “{found}” is given twice, here and in {other}.")
_SAID_TWICE = N_("“{found}” stands twice, here and in {other}.")
_SEVERAL = N_("Several of “{sheet}” are called “{found}”: write the id of the one meant.")
_OTHER_PART = N_("“{found}” differs from the row before of the same part, “{other}”.")
_TOO_MANY = N_("“{found}” has more than item: unit: warning: failed.")
_ENDS_BEFORE = N_("The last day, {found}, is before the first, {start}.")
_NO_MAKER = N_("Write the maker “{found}” in lower-case Latin letters, such as huawei.")
_UNKNOWN = N_("“{found}” is none of “{sheet}”: {known}.")
_NOT_OF_SERVICES = N_("A service has no address: “{found}” can be the address of a site.")
_NO_NUMBER = N_("“{found}” is no number in “{item}”: write item: unit: warning: failed.")
_SINCE = N_("In the depot since {day}, as the workbook says.")
_OTHER_PERSON = N_("“{found}” differs from the row before of the same person, “{other}”.")


@dataclass(frozen=True, slots=True)
class Configured:
    """What the workbook comes to.

    Attributes:
        files: by the name of a file of the configuration (``staff``), its values by key.
        received: what lies in the depots, as the first entries of the spares' log without ``at`` and ``by``.
        made_ids: the ids for which there was nothing but a number: for each the name of the thing.
        places: where the row of each thing stands, by its file and keys there.
        faults: what is wrong with cells; where there is any, nothing else counts.
    """

    files: Mapping[str, Values]
    received: tuple[Values, ...]
    made_ids: Mapping[str, str]
    places: Mapping[tuple[str, Keys], str]
    faults: tuple[CellFault, ...]


def configured(
    workbook: FilledWorkbook,
    here: TimeAndPlace,
    code: str,
    standing: Mapping[str, Mapping[str, Any]] | None = None,
) -> Configured:
    """What a workbook says, its names in the language ``code``; times of day are by the clock of ``here``.

    Of a contract that is ``standing``, what a row gives no id is known by its name, and parts by their numbers.
    """
    return _Reader(workbook, here, code, standing or {}).read()


def not_yet_received(received: Iterable[Values], log: Iterable[Entry]) -> tuple[Values, ...]:
    """What of the entries a log has not received, by part and serial number."""
    known = {
        (entry.data["part"], serial)
        for entry in log
        if entry.event == "received"
        for serial in entry.data["serials"]
    }
    left = (
        {
            **entry,
            "serials": [
                serial for serial in entry["serials"] if (entry["part"], serial) not in known
            ],
        }
        for entry in received
    )
    return tuple(entry for entry in left if entry["serials"])


class _Ids:
    """The ids of one kind of thing, as rows are read: by what people call them."""

    def __init__(self, sheet: str, word: str, standing: Mapping[str, Any] | None = None) -> None:
        self.sheet, self.word = sheet, word
        self.standing = standing or {}
        self.stood = {
            folded(name): identifier
            for identifier, fields in self.standing.items()
            for name in _called(fields["name"])
        }
        self.by_name: dict[str, str] = {}
        self.several: set[str] = set()
        self.places: dict[str, str] = {}
        self.names: dict[str, str] = {}

    def add(self, identifier: str, name: str, place: str) -> None:
        if self.by_name.setdefault(folded(name), identifier) != identifier:
            self.several.add(folded(name))
        self.by_name.setdefault(folded(identifier), identifier)
        self.places[identifier], self.names[identifier] = place, name


class _Reader:
    def __init__(
        self,
        workbook: FilledWorkbook,
        here: TimeAndPlace,
        code: str,
        standing: Mapping[str, Mapping[str, Any]],
    ) -> None:
        self.book, self.here, self.code = workbook, here, code
        self.given = {
            form.title: {row.said("id").lower() for row in workbook.rows[form.key]}
            for form in SHEETS
        }
        self.placed: dict[tuple[str, Keys], str] = {}

        def stood(name: str, key: str) -> Mapping[str, Any]:
            return standing.get(name, {}).get(key) or {}

        self.faults: list[CellFault] = list(workbook.faults)
        self.made: dict[str, str] = {}
        self.sites = _Ids(PLACES.title, "site", stood("contract", "sites"))
        self.services = _Ids(PLACES.title, "service", stood("contract", "services"))
        self.staff = _Ids(STAFF.title, "person", stood("staff", "people"))
        self.contacts = _Ids(CONTACTS.title, "contact", stood("contract", "contacts"))
        self.assets = _Ids(ASSETS.title, "", stood("assets", "assets"))
        self.depots = _Ids(SPARES.title, "depot", stood("spares", "depots"))
        self.parts = _Ids(SPARES.title, "part", stood("spares", "parts"))
        self.work = _Ids(PLAN.title, "plan", stood("plan", "plan"))
        self.depots.by_name |= self.depots.stood
        for identifier, fields in self.parts.standing.items():
            self.parts.by_name.setdefault(folded(fields["number"]), identifier)

    def read(self) -> Configured:
        contract = self.book.contract
        if contract.said("end") < contract.said("start"):
            facts = {"found": contract.said("end"), "start": contract.said("start")}
            self.faults.append(contract.fault("end", _ENDS_BEFORE, **facts))
        years = {str(notice.year) for notice in NOTICES}
        for year in sorted(set(contract.names("notices")) - years):
            told = contract.fault("notices", _NO_NOTICE, found=year, known=tuple(sorted(years)))
            self.faults.append(told)
        sites, services = self._places()
        files: dict[str, Values] = {
            "contract": {
                **({"id": self._own_id(contract)} if "id" in contract.values else {}),
                "name": self._named(contract.said("name")),
                "provider": {"name": self._named(contract.said("provider"))},
                "customer": {"name": self._named(contract.said("customer"))},
                "term": {"start": contract.said("start"), "end": contract.said("end")},
                "single_contact": _given(contract, phone="phone", email="email"),
                "contacts": self._people(),
                "sites": sites,
                "services": services,
                **self._levels(contract.said("start")),
            },
            "staff": {"people": self._staff()},
            "duty": {"rotas": self._rotas()},
            "assets": {"assets": self._assets(contract)},
        }
        spares, received = self._spares()
        files["spares"] = spares
        files["plan"] = self._plan()
        return Configured(
            files, tuple(received), self.made, dict(self._stood()), tuple(self.faults)
        )

    def _stood(self) -> Iterator[tuple[tuple[str, Keys], str]]:
        yield from self.placed.items()
        for column, keys in _ITEMS.items():
            yield ("contract", keys), self.book.contract.places[column]
        for name, key, ids in (
            ("contract", "contacts", self.contacts),
            ("contract", "sites", self.sites),
            ("contract", "services", self.services),
            ("staff", "people", self.staff),
            ("assets", "assets", self.assets),
            ("spares", "depots", self.depots),
            ("spares", "parts", self.parts),
            ("plan", "plan", self.work),
        ):
            for identifier, place in ids.places.items():
                yield (name, (key, identifier)), place

    def _named(self, name: str) -> Values:
        return {self.code: name}

    def _own_id(self, row: FilledRow) -> str:
        found = row.said("id").lower()
        if not NAME.fullmatch(found):
            self.faults.append(row.fault("id", _NO_ID, found=found))
        return found

    def _id(self, ids: _Ids, row: FilledRow, name: str, *else_: str, word: str = "") -> str:
        """The id of a row's thing: given, or of the first of ``else_`` that can be one, or made."""
        if "id" in row.values:
            found = self._own_id(row)
        else:
            known = filter(NAME.fullmatch, (text.lower() for text in else_))
            stood = ids.stood.get(folded(name))
            numbered = (f"{word or ids.word}-{number}" for number in count(1))
            taken = ids.standing.keys() | self.given[ids.sheet]
            free = (text for text in numbered if text not in taken)
            likely = chain([stood] if stood else (), known, free)
            found = next(text for text in likely if text not in ids.places)
            if found not in {stood, *(text.lower() for text in else_)}:
                self.made[found] = name
        if found in ids.places:
            key = "id" if "id" in row.values else "name"
            self.faults.append(row.fault(key, _TWICE, found=found, other=ids.places[found]))
        ids.add(found, name, row.places["name"])
        return found

    def _known(self, ids: _Ids, row: FilledRow, key: str, text: str) -> str:
        """The id that a cell names; a fault where it names none, or several."""
        if text in ids.places:
            return text
        found = ids.by_name.get(folded(text))
        if folded(text) in ids.several:
            self.faults.append(row.fault(key, _SEVERAL, found=text, sheet=ids.sheet))
        elif found is None:
            known = tuple(ids.names.values()) or ("–",)
            self.faults.append(row.fault(key, _UNKNOWN, found=text, sheet=ids.sheet, known=known))
        return found or text

    def _maker(self, row: FilledRow, key: str) -> str:
        found = maker_meant(row.said(key))
        if found is None:
            self.faults.append(row.fault(key, _NO_MAKER, found=row.said(key)))
        return found or row.said(key)

    def _places(self) -> tuple[Values, Values]:
        sites: Values = {}
        services: Values = {}
        for row in self.book.rows[PLACES.key]:
            name, address = row.said("name"), row.said("address")
            if row.said("kind") == "services":
                services[self._id(self.services, row, name)] = {"name": self._named(name)}
                if address:
                    self.faults.append(row.fault("address", _NOT_OF_SERVICES, found=address))
            else:
                fields = {"name": self._named(name)}
                sites[self._id(self.sites, row, name)] = fields | (
                    {"address": self._named(address)} if address else {}
                )
        return sites, services

    def _people(self) -> Values:
        people: Values = {}
        for row in self.book.rows[CONTACTS.key]:
            name, email = row.said("name"), row.said("email")
            title = " ".join(filter(None, (row.said("unit"), row.said("title"))))
            fields: Values = {"name": name, "may": list(row.names("may"))}
            if title:
                fields["title"] = self._named(title)
            if email:
                fields["git"] = [email]
            fields |= _given(row, phone="phone")
            people[self._id(self.contacts, row, name, email.partition("@")[0])] = fields
        return people

    def _levels(self, start: str) -> Values:
        severities = [
            {
                "level": row.values.get("level", 0),
                "name": self._named(row.said("name")),
                **(
                    {"definition": self._named(row.said("definition"))}
                    if row.said("definition")
                    else {}
                ),
                "targets": {
                    target: {"within": row.said(target), "clock": row.said("clock")}
                    for target in _TARGETS
                    if row.said(target)
                },
            }
            for row in self.book.rows[LEVELS.key]
        ]
        first: dict[object, str] = {}
        for place, row in enumerate(self.book.rows[LEVELS.key]):
            self._once(row, "level", first)
            self.placed["contract", ("sla", 0, "severities", place)] = row.places["level"]
        if not severities:
            return {}
        return {"sla": [{"effective_from": start, "source": "contract", "severities": severities}]}

    def _once(self, row: FilledRow, key: str, first: dict[object, str]) -> None:
        """Tell of a value that another row has had; ``first`` are those so far, with their places."""
        value = row.values.get(key)
        other = first.setdefault(value, row.places[key])
        if value is not None and other != row.places[key]:
            self.faults.append(row.fault(key, _SAID_TWICE, found=value, other=other))

    def _staff(self) -> Values:
        """A person may have several rows: one for each role, certificate or experience."""
        people: Values = {}
        for row in self.book.rows[STAFF.key]:
            name, email = row.said("name"), row.said("email")
            if not row.said("id") and folded(name) in self.staff.several:
                facts = {"found": name, "sheet": STAFF.title}
                self.faults.append(row.fault("name", _SEVERAL, **facts))
            known = self.staff.by_name.get(folded(row.said("id") or name))
            if known is None:
                known = self._id(self.staff, row, name, email.partition("@")[0])
                people[known] = {"name": name, "roles": []}
            fields = people[known]
            for key, value in (
                ("name", name),
                ("git", [email] if email else None),
                ("phone", row.said("phone") or None),
                (
                    "sites",
                    [self._known(self.sites, row, "sites", site) for site in row.names("sites")]
                    or None,
                ),
            ):
                if value is not None and _differ(fields.setdefault(key, value), value):
                    column = "email" if key == "git" else key
                    self.faults.append(
                        row.fault(column, _OTHER_PERSON, found=value, other=fields[key])
                    )
            fields["roles"] += [self._held(row, role) for role in row.names("roles")]
            if row.said("experience"):
                self._required(STAFF, row, "since")
                fields.setdefault("experience", []).append(
                    {"kind": row.said("experience"), "since": row.said("since")}
                )
            if row.said("certificate"):
                for key in ("vendor", "number", "certified_from"):
                    self._required(STAFF, row, key)
                fields.setdefault("certificates", []).append(
                    {
                        "vendor": self._maker(row, "vendor"),
                        "name": row.said("certificate"),
                        "number": row.said("number"),
                        "from": row.said("certified_from"),
                        **({"to": row.said("certified_to")} if row.said("certified_to") else {}),
                    }
                )
        for row in self.book.rows[STAFF.key]:
            known = self.staff.by_name[folded(row.said("id") or row.said("name"))]
            if not people[known]["roles"]:
                self._required(STAFF, row, "roles")
        return people

    def _held(self, row: FilledRow, role: str) -> Values:
        self._required(STAFF, row, "from")
        term = {"role": role, "from": row.said("from")}
        return term | ({"to": row.said("to")} if row.said("to") else {})

    def _required(self, form: SheetForm, row: FilledRow, key: str) -> None:
        """Tell that a column which only some rows need is empty in one of them."""
        if key not in row.values:
            title = next(column.title for column in form.columns if column.key == key)
            self.faults.append(row.fault(key, MISSING, column=title))

    def _rotas(self) -> Values:
        rotas: Values = {}
        first: dict[object, str] = {}
        for row in self.book.rows[ROTA.key]:
            self._once(row, "rota", first)
            self.placed["duty", ("rotas", row.said("rota"))] = row.places["rota"]
            try:
                begins = parse_when(row.said("start"), self.here, Tense.ANY)
                start = format_instant(begins, self.here.zone)
            except Refusal as error:
                self.faults.append(CellFault(row.places["start"], error.message, error.facts))
                start = ""
            rotas[row.said("rota")] = {
                "start": start,
                "shift": row.said("shift"),
                "order": [
                    self._known(self.staff, row, "order", name) for name in row.names("order")
                ],
            }
        return rotas

    def _assets(self, contract: FilledRow) -> Values:
        assets: Values = {}
        for row in self.book.rows[ASSETS.key]:
            name, tag = row.said("name"), row.said("tag")
            fields: Values = {
                "name": self._named(name),
                "kind": row.said("kind"),
                **({"vendor": self._maker(row, "vendor")} if row.said("vendor") else {}),
                **_given(row, model="model", serial="serial"),
                "site": self._known(self.sites, row, "site", row.said("site")),
                **_given(row, location="location"),
                "services": [
                    self._known(self.services, row, "services", service)
                    for service in row.names("services")
                ],
                **_given(row, tag="tag", in_service="in_service"),
                "covered": {
                    "from": row.said("covered_from") or contract.said("start"),
                    "to": row.said("covered_to") or contract.said("end"),
                },
            }
            found = self._id(self.assets, row, name, tag, word=row.said("kind"))
            assets[found] = {key: value for key, value in fields.items() if value != []}
        return assets

    def _spares(self) -> tuple[Values, list[Values]]:
        depots: Values = {}
        parts: Values = {}
        serials: dict[tuple[str, ...], list[str]] = defaultdict(list)
        keeper = self._keeper()
        first: dict[object, str] = {}
        for row in self.book.rows[SPARES.key]:
            self._once(row, "serial", first)
            if row.said("received_on"):
                self._required(SPARES, row, "serial")
            depot = self._thing(self.depots, row, row.said("depot"), "")
            made = {"keeper": keeper} if depot in self.depots.places else {}
            depots.setdefault(depot, {"name": self._named(row.said("depot")), **made})
            part = self._thing(self.parts, row, row.said("number"), row.said("number"))
            fields = parts.setdefault(
                part,
                {
                    "oem": self._maker(row, "oem"),
                    "number": row.said("number"),
                    "name": self._named(row.said("name")),
                },
            )
            for key, value, other in (
                ("name", row.said("name"), fields["name"][self.code]),
                ("oem", maker_meant(row.said("oem")), fields["oem"]),
            ):
                if value is not None and folded(value) != folded(other):
                    facts = {"found": row.said(key), "other": other}
                    self.faults.append(row.fault(key, _OTHER_PART, **facts))
            if row.names("fits"):
                fields["fits"] = list(row.names("fits"))
            if row.values.get("minimum"):
                fields.setdefault("minimum", {})[depot] = row.values["minimum"]
            if row.said("serial"):
                self._required(SPARES, row, "supplier")
                verifier = row.said("oem_verified_by")
                if verifier:
                    verifier = self._known(self.staff, row, "oem_verified_by", verifier)
                said = (row.said("supplier"), row.said("source_document"), verifier)
                serials[(part, depot, *said, row.said("received_on"))].append(row.said("serial"))
        return {"depots": depots, "parts": parts}, [
            self._received(alike, found[place : place + AT_ONCE])
            for alike, found in serials.items()
            for place in range(0, len(found), AT_ONCE)
        ]

    def _received(self, alike: tuple[str, ...], serials: list[str]) -> Values:
        part, depot, supplier, document, verifier, day = alike
        entry: Values = {
            "event": "received",
            "part": part,
            "serials": serials,
            "depot": depot,
            "supplier": supplier,
            "source_document": document,
            "oem_verified_by": verifier,
            "note": language(self.code).text(_SINCE, day=day) if day else "",
        }
        return {key: value for key, value in entry.items() if value}

    def _thing(self, ids: _Ids, row: FilledRow, name: str, number: str) -> str:
        """The id of a depot or a part, which several rows may be about."""
        known = ids.by_name.get(folded(name))
        return known or self._id(ids, row, name, number.replace(" ", "-"))

    def _keeper(self) -> str:
        """Who keeps the depots: whoever has that role first, else the first of the staff."""
        rows = self.book.rows[STAFF.key]
        keeping = [row for row in rows if "depot" in row.names("roles")] or list(rows)
        return self.staff.by_name.get(folded(keeping[0].said("name")), "") if keeping else ""

    def _plan(self) -> Values:
        work: Values = {}
        checklists: Values = {}
        for row in self.book.rows[PLAN.key]:
            name = row.said("name")
            found = self._id(self.work, row, name)
            work[found] = {
                "kind": row.said("kind"),
                "name": self._named(name),
                "issued_by": self._known(self.staff, row, "issued_by", row.said("issued_by")),
                "start": row.said("start"),
                **({} if row.said("rule") == ONCE else _given(row, rule="rule")),
                "due_within": row.said("due_within"),
            }
            if row.said("checklist"):
                work[found]["checklists"] = [found]
                checklists[found] = self._checklist(row)
        return {"plan": work, **({"checklists": checklists} if checklists else {})}

    def _checklist(self, row: FilledRow) -> list[Values]:
        items: list[Values] = []
        for number, said in enumerate(
            filter(None, map(str.strip, _EACH_ITEM.split(row.said("checklist")))), 1
        ):
            parts = [*map(str.strip, _OF_ITEM.split(said))]
            if len(parts) > _PARTS_OF_ITEM:
                self.faults.append(row.fault("checklist", _TOO_MANY, found=said))
            name, unit, warning, failed, *_ = (*parts, "", "", "")
            item: Values = {"item": f"item-{number}", "name": self._named(name)}
            if unit:
                item["unit"] = unit
            for key, limit in (("warning", warning), ("failed", failed)):
                if limit:
                    item |= self._limit(row, key, limit, name)
            items.append(item)
        return items

    def _limit(self, row: FilledRow, key: str, limit: str, item: str) -> Values:
        """A limit: ``45`` or ``>45`` is one from above, ``<18`` one from below."""
        side = "below" if limit[0] in "<＜" else "above"
        try:
            found = float(limit.lstrip("<>＜＞ "))
        except ValueError:
            found = inf
        if not isfinite(found):
            self.faults.append(row.fault("checklist", _NO_NUMBER, found=limit, item=item))
            return {}
        return {f"{key}_{side}": int(found) if found.is_integer() else found}


def _called(names: Any) -> tuple[str, ...]:
    return tuple(names.values()) if isinstance(names, dict) else (str(names),)


def _differ(value: Any, other: Any) -> bool:
    if isinstance(value, str):
        return folded(value) != folded(other)
    return bool(value != other)


def _given(row: FilledRow, **columns: str) -> Values:
    """The texts that are there, by the keys of the record."""
    return {key: row.said(column) for key, column in columns.items() if row.said(column)}
