"""Lists of equipment, spares and people as the configuration: row by row, by the workbook's own reading of cells.

A row is about what the configuration has already where its tag, its serial number, its address or its name says so;
what the row does not say stays as it stands there. Nothing is taken out, and a cell that says nothing certain is
left out and told, or its row is, where nothing can be without it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from weibao.importing.proposing.synonyms import IN_USE, NOT_COVERED, OUT_OF_USE
from weibao.importing.records import AcceptedRow, RejectedRow, RowFlag, WorkedOut
from weibao.importing.rows import HIDDEN
from weibao.importing.sheet import TableCell
from weibao.importing.words import divided
from weibao.language import N_, in_both
from weibao.model.naming import folded
from weibao.refusal import Refusal, UsageRefusal
from weibao.workspace.setup.workbook.configuration_rows import configuration_rows
from weibao.workspace.setup.workbook.configured import configured
from weibao.workspace.setup.workbook.differences import differences
from weibao.workspace.setup.workbook.filled_workbook import (
    CellFault,
    FilledRow,
    FilledWorkbook,
    read_cell,
)
from weibao.workspace.setup.workbook.sheet_forms import (
    ASSETS,
    CONTRACT,
    SHEETS,
    SPARES,
    STAFF,
    CellForm,
)
from weibao.workspace.setup.workbook.vocabularies import ASSET_KIND, ROLE, maker_meant

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from weibao.importing.mapping import ImportMapping
    from weibao.importing.rows import ImportRow
    from weibao.model.times.when import TimeAndPlace
    from weibao.model.yaml.document import Keys
    from weibao.workspace.setup.workbook.sheet_forms import ColumnForm, SheetForm

_DATE = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?")
_SEVERAL = "[、，,;；\n]"
_FORMS: Mapping[str, SheetForm] = {"assets": ASSETS, "spares": SPARES, "staff": STAFF}
_HOLDING: Mapping[str, tuple[str, ...]] = {
    "assets": ("assets",),
    "spares": ("depots", "parts"),
    "staff": ("people",),
}
"""Of each file the keys under which a list puts anything."""
_IDENTITY: Mapping[str, tuple[str, ...]] = {
    "assets": ("tag", "serial", "name"),
    "spares": ("number",),
    "staff": ("email", "name"),
}
_CERTIFICATE = ("vendor", "certificate", "number", "certified_from", "certified_to")
LEFT_OUT, DIFFERS = "left-out", "differs"
_ADDRESS = re.compile(r"row (\d+)")


@dataclass(frozen=True, slots=True)
class ListedRows:
    """What a list comes to.

    Attributes:
        rows: what becomes of each row.
        same: the rows that say nothing that does not stand already.
        puts: what is to be put into records/*.yaml, by path.
        told: what else is to be known: message ids with what fills them.
    """

    rows: WorkedOut
    same: tuple[AcceptedRow, ...]
    puts: Mapping[str, tuple[tuple[Keys, Any], ...]]
    told: tuple[tuple[str, Mapping[str, object]], ...]


def listed(
    mapping: ImportMapping,
    rows: Sequence[ImportRow],
    standing: Mapping[str, Mapping[str, Any]],
    here: TimeAndPlace,
    code: str,
) -> ListedRows:
    """What the rows of a list say otherwise than the configuration that is ``standing``; names in ``code``."""
    return _List(mapping, standing, here, code).read(rows)


@dataclass(slots=True)
class _Row:
    """A row that is being read: what it says, of what it is, and what of it is left out."""

    source: ImportRow
    said: dict[str, str]
    values: dict[str, Any] = field(default_factory=dict)
    known: str = ""
    serials: tuple[str, ...] = ()
    left_out: list[str] = field(default_factory=list)
    differs: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"row {self.source.number}"

    @property
    def flags(self) -> tuple[RowFlag, ...]:
        found = [
            RowFlag(word, tuple(dict.fromkeys(about)))
            for word, about in ((LEFT_OUT, self.left_out), (DIFFERS, self.differs))
            if about
        ]
        return (*found, RowFlag(HIDDEN)) if HIDDEN in self.source.marks else tuple(found)


class _List:
    def __init__(
        self,
        mapping: ImportMapping,
        standing: Mapping[str, Mapping[str, Any]],
        here: TimeAndPlace,
        code: str,
    ) -> None:
        self.mapping, self.standing, self.here, self.code = mapping, standing, here, code
        self.form = _FORMS[mapping.kind]
        self.base = configuration_rows(standing, code, "")
        self.told: list[tuple[str, Mapping[str, object]]] = []

    def read(self, rows: Sequence[ImportRow]) -> ListedRows:
        totals = {
            row.number
            for row in rows
            for skip in self.mapping.skipped
            if folded(row.cells[skip.column]) == folded(skip.value)
        }
        read = [_Row(row, self._said(row)) for row in rows if row.number not in totals]
        often = {
            key: Counter(folded(row.said[key]) for row in read if row.said.get(key))
            for key in ("tag", "serial", "email")
            if self.form is not SPARES
        }
        taken: list[_Row] = []
        rejected = []
        for row in read:
            try:
                self._require_single(row, often)
                self._understand(row)
            except Refusal as why:
                rejected.append(self._rejected(row, why))
            else:
                taken.append(row)
        made, faults = self._configured(taken)
        if faults:
            rejected += [
                self._rejected(row, faults[row.address]) for row in taken if row.address in faults
            ]
            taken = [row for row in taken if row.address not in faults]
            made, _ = self._configured(taken)
        puts = self._puts(made.files)
        changed = {keys[1] for keys, _ in puts}
        ids = {
            address: str(keys[-1])
            for (file, keys), address in made.places.items()
            if file == self.mapping.kind and keys[:-1] in {("assets",), ("people",)}
        }
        if self.form is SPARES:
            ids = self._part_ids(taken, made.files["spares"]["parts"])
            self._tell_pieces(taken, ids)
        accepted = [self._accepted(row, ids) for row in taken]
        same = [row for row in accepted if row.record not in changed]
        self._tell_missing(ids)
        return ListedRows(
            WorkedOut(
                tuple(row for row in accepted if row.record in changed),
                tuple(sorted(rejected, key=lambda row: row.rows)),
                tuple(sorted(totals)),
            ),
            tuple(same),
            {f"records/{self.mapping.kind}.yaml": puts} if puts else {},
            tuple(self.told),
        )

    def _said(self, row: ImportRow) -> dict[str, str]:
        """What the row says of each column of the form, in the words of the mapping."""
        none = {folded(word) for word in ("", *self.mapping.none)}
        said = {}
        for key, told in self.mapping.fields.items():
            text = row.cells[told.column] if told.column else str(told.constant)
            words = {folded(word): str(value) for word, value in (told.words or {}).items()}
            text = words.get(folded(text), text)
            if folded(text) in none:
                text = str(told.blank or "")
            if text:
                said[key] = text
        return said

    def _require_single(self, row: _Row, often: Mapping[str, Counter[str]]) -> None:
        if "name" not in row.said:
            raise UsageRefusal(
                N_("The row has no name."), mend=N_("Write it in the source, or delete the row.")
            )
        for key, counted in often.items():
            if counted[folded(row.said.get(key, ""))] > 1:
                raise UsageRefusal(
                    N_("“{text}” in “{column}” is that of several rows."),
                    mend=N_("Give each its own in the source, and delete what is there twice."),
                    text=row.said[key],
                    column=self.mapping.fields[key].column,
                )

    def _understand(self, row: _Row) -> None:
        """Find what the row is about, and read what it says; raises ``Refusal`` where it cannot come in."""
        self._require_in_use(row)
        if self.form is ASSETS:
            self._read_cover(row)
            self._read_site(row)
        base = self._known(row)
        row.known = str(base.get("id", ""))
        if self.form is SPARES:
            self._require_pieces(row)
        if self.form is STAFF:
            self._read_roles(row, base)
        if self.form is ASSETS and "kind" not in row.said and not base:
            self._kind_by_name(row)
        row.values = self._read_columns(row, base)
        for column in self.form.columns:
            if column.required and row.values.get(column.key) in {None, "", ()}:
                told = self.mapping.fields.get(column.key)
                raise UsageRefusal(
                    N_("The row does not say its “{column}”, and nothing here says it either."),
                    mend=N_("Write it in the source, or in the mapping (fields)."),
                    column=(told and told.column) or in_both(column.title),
                )

    def _read_columns(self, row: _Row, base: Mapping[str, Any]) -> dict[str, Any]:
        """What stands already, with what the row says otherwise."""
        given = dict(base)
        for column in self.form.columns:
            text = row.said.get(column.key, "")
            if not text or (self.form is SPARES and base and column.key == "name"):
                continue  # of a part the maker's number says which, and one name of it stands
            value = read_cell(TableCell(row.address, self._dated(text, column)), column)
            if isinstance(value, CellFault):
                if column.required and not given.get(column.key):
                    raise self._refusal(value, column.key)
                row.left_out.append(self._column(column.key))
            elif not _alike(column.key, value, given.get(column.key)):
                if row.known and given.get(column.key):
                    row.differs.append(self._column(column.key))
                given[column.key] = value
        return given

    def _column(self, key: str) -> str:
        told = self.mapping.fields.get(key)
        return told.column if told is not None and told.column else key

    def _require_in_use(self, row: _Row) -> None:
        state, cover = row.said.get("state", ""), row.said.get("covered", "")
        if folded(state) in map(folded, OUT_OF_USE) or folded(cover) in map(folded, NOT_COVERED):
            raise UsageRefusal(
                N_("It is “{text}”: what is out of use or not covered stays out."),
                mend=N_("Leave it in the source. If it is covered, mend the row there."),
                text=state if folded(state) in map(folded, OUT_OF_USE) else cover,
            )
        if state and folded(state) not in map(folded, IN_USE):
            raise UsageRefusal(
                N_("Whether “{text}” is in use is not known here."),
                mend=N_("Write in the mapping what it means: state: {{map: {{{text}: 在用}}}}"),
                text=state,
            )

    def _read_cover(self, row: _Row) -> None:
        text = row.said.pop("covered", "")
        if not text:
            return
        days = ["-".join(part.zfill(2) for part in found) for found in _DATE.findall(text)]
        if len(days) == len(("from", "to")):
            row.said["covered_from"], row.said["covered_to"] = days
        else:
            row.left_out.append(self.mapping.fields["covered"].column)

    def _read_site(self, row: _Row) -> None:
        """A site by its name in any language."""
        for site, fields in self.standing["contract"]["sites"].items():
            if folded(row.said.get("site", "")) in map(folded, fields["name"].values()):
                row.said["site"] = site

    def _known(self, row: _Row) -> dict[str, Any]:
        """What the configuration has of the thing that a row is about; raises ``Refusal`` if that may be several."""
        for key in _IDENTITY[self.mapping.kind]:
            text = folded(row.said.get(key, ""))
            found = [
                known
                for known in self.base[self.form.key]
                if text and folded(str(known.get(key, ""))) == text
            ]
            ids = {str(known.get("id", known.get("number"))) for known in found}
            if len(ids) > 1:
                raise UsageRefusal(
                    N_("“{text}” may be {candidates}."),
                    mend=N_("Write the id of the one that is meant."),
                    text=row.said[key],
                    candidates=tuple(sorted(ids)),
                )
            if found:
                return dict(found[0])
        return {}

    def _kind_by_name(self, row: _Row) -> None:
        """The kind of equipment that the name says, if it says one."""
        found = [
            word
            for word in ASSET_KIND.words
            if any(
                folded(shown) in folded(row.said["name"])
                for shown in ASSET_KIND.in_both(word).values()
            )
        ]
        if len(found) == 1:
            row.said["kind"] = found[0]

    def _read_roles(self, row: _Row, base: Mapping[str, Any]) -> None:
        """Roles have dates and certificates makers: of those who are known already they are compared and told."""
        certificates = [key for key in _CERTIFICATE if key in row.said]
        numbers = {
            folded(str(known.get("number", "")))
            for known in self.base[STAFF.key]
            if base and known["id"] == base["id"]
        }
        said = divided(row.said.get("number", ""), "[、，,/\n]")
        if certificates and not {folded(number) for number in said if number} <= numbers - {""}:
            row.left_out += [self._column(key) for key in certificates]
        for key in certificates:
            del row.said[key]
        if not base:
            return
        held = {
            role
            for known in self.base[STAFF.key]
            if known["id"] == base["id"]
            for role in known["roles"]
        }
        wanted = [text for text in divided(row.said.pop("roles", ""), _SEVERAL) if text]
        if strange := tuple(text for text in wanted if ROLE.meant(text) not in held):
            self.told.append(
                (
                    N_(
                        "{name} is {roles} in the list, and not here. A role has dates: enter it in records/staff.yaml."
                    ),
                    {"name": row.said["name"], "roles": strange},
                )
            )
        row.said.pop("from", None)

    def _require_pieces(self, row: _Row) -> None:
        """Refuse pieces without serial numbers: what the book does not know one by one cannot be in stock."""
        serials = [word for word in divided(row.said.pop("serial", ""), _SEVERAL) if word]
        quantity = row.said.get("quantity", "")
        if quantity and quantity != str(len(serials)):
            raise UsageRefusal(
                N_("The row has {quantity} pieces and {number} serial numbers."),
                mend=N_(
                    "Write the serial number of each piece in “{column}”, with 、 between: a piece without one cannot be received."
                ),
                quantity=quantity,
                number=len(serials),
                column=self._column("serial"),
            )
        row.serials = tuple(serials)

    def _dated(self, text: str, column: ColumnForm) -> str:
        """A day as the workbook reads it: also one that a spreadsheet counted, where the mapping says from when."""
        serials = self.mapping.dates.serials
        if column.form is CellForm.DAY and serials and re.fullmatch(r"\d{5}", text):
            from datetime import date, timedelta

            since = date(1899, 12, 30) if serials == _WINDOWS else date(1904, 1, 1)
            return (since + timedelta(days=int(text))).isoformat()
        return text

    def _refusal(self, fault: CellFault, key: str) -> UsageRefusal:
        facts = fault.named_facts() | {"column": self._column(key)}
        return UsageRefusal(
            fault.message,
            mend=N_("Mend it in the source, or say in the mapping what it means (map)."),
            **facts,
        )

    def _rejected(self, row: _Row, why: Refusal) -> RejectedRow:
        return RejectedRow((row.source.number,), row.said.get("name", ""), why)

    def _accepted(self, row: _Row, ids: Mapping[str, str]) -> AcceptedRow:
        record = row.known or ids.get(row.address, "")
        return AcceptedRow(
            (row.source.number,),
            row.said.get("tag", ""),
            record,
            row.said["name"],
            b"",
            (),
            row.flags,
        )

    def _configured(self, taken: Sequence[_Row]) -> tuple[Any, dict[str, UsageRefusal]]:
        """The configuration with the rows in it, and what is wrong with single ones."""
        own = {row.known: row for row in taken if row.known}
        sheets: dict[str, tuple[FilledRow, ...]] = {
            form.key: tuple(
                FilledRow(
                    {key: value for key, value in known.items() if value not in {"", (), None}},
                    {column.key: f"{form.key}!{number}" for column in form.columns},
                )
                for number, known in enumerate(self.base[form.key])
            )
            for form in SHEETS
        }
        sheets[self.form.key] = tuple(
            _of(own[str(known.get("id", ""))], known, self.form)
            if known.get("id") in own
            else filled
            for known, filled in zip(self.base[self.form.key], sheets[self.form.key], strict=True)
        ) + tuple(_of(row, {}, self.form) for row in taken if not row.known)
        if CONTRACT.key not in sheets or not sheets[CONTRACT.key]:
            sheets[CONTRACT.key] = (FilledRow({}, {}),)
        made = configured(FilledWorkbook(sheets, ()), self.here, self.code, self.standing)
        faults: dict[str, UsageRefusal] = {}
        for fault in made.faults:
            if _ADDRESS.fullmatch(fault.address):
                faults.setdefault(fault.address, self._refusal(fault, "name"))
        return made, faults

    def _puts(self, wanted: Mapping[str, Mapping[str, Any]]) -> tuple[tuple[Keys, Any], ...]:
        """What is put in of the one file that the list is about."""
        found = differences(wanted, self.standing, self.standing, self.code).puts.get(
            self.mapping.kind, ()
        )
        return tuple(
            (keys, value) for keys, value in found if keys[0] in _HOLDING[self.mapping.kind]
        )

    def _part_ids(self, taken: Sequence[_Row], parts: Mapping[str, Any]) -> dict[str, str]:
        by_number = {folded(fields["number"]): part for part, fields in parts.items()}
        return {row.address: by_number[folded(row.values["number"])] for row in taken}

    def _tell_pieces(self, taken: Sequence[_Row], ids: Mapping[str, str]) -> None:
        """Tell how the pieces that the book does not know are received: by whoever has them in hand."""
        book = {
            folded(serial)
            for entry in self.standing["spares"].get("log") or ()
            for serial in entry.get("serials", ())
        }
        for row in taken:
            new = tuple(serial for serial in row.serials if folded(serial) not in book)
            if new:
                self.told.append(
                    (
                        N_("{serials} are not in the book. With the pieces in hand: {command}"),
                        {
                            "serials": new,
                            "command": f"weibao spares receive --part {ids[row.address]} "
                            f"--depot {row.values['depot']} "
                            + " ".join(f"--serial {serial}" for serial in new),
                        },
                    )
                )

    def _tell_missing(self, ids: Mapping[str, str]) -> None:
        """Tell what the configuration has and the list has not."""
        if self.form is SPARES:
            return
        named = {found for address, found in ids.items() if _ADDRESS.fullmatch(address)}
        missing = tuple(
            dict.fromkeys(
                known["id"] for known in self.base[self.form.key] if known["id"] not in named
            )
        )
        if missing:
            self.told.append(
                (
                    N_("{path} has {ids}, and the list does not: nothing is taken out."),
                    {"path": f"records/{self.mapping.kind}.yaml", "ids": missing},
                )
            )


_WINDOWS = 1900
_OF_A_PERSON = frozenset({"name", "email", "phone"})
"""What each of a person's rows in the workbook says; the rest is of one role or one certificate."""
_OF_A_RECEIPT = frozenset({"received_on", "supplier"})
"""What is said of pieces when they are received, and of no part."""


def _of(row: _Row, known: Mapping[str, Any], form: SheetForm) -> FilledRow:
    """A row of the workbook out of one of a list, with what stands already."""
    own = {
        key: value
        for key, value in row.values.items()
        if (form is not STAFF or not known or key in _OF_A_PERSON) and key not in _OF_A_RECEIPT
    }
    values = {**known, **own}
    return FilledRow(
        {key: value for key, value in values.items() if value not in {"", (), None}},
        {column.key: row.address for column in form.columns},
    )


def _alike(key: str, said: Any, stands: Any) -> bool:
    """Whether two values differ by nothing but width, case and spaces, or by the language of a maker's name."""
    if isinstance(said, str) and isinstance(stands, str):
        if key in {"vendor", "oem"} and (maker := maker_meant(said)) is not None:
            return maker == stands
        return folded(said) == folded(stands)
    return bool(said == stands)
