"""A mapping of a list of equipment, spares, people or duties, proposed from its header and its words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from weibao.importing.proposing.dates import month_said
from weibao.importing.proposing.proposal import Proposal, rows_told
from weibao.importing.proposing.question import OpenQuestion
from weibao.importing.proposing.synonyms import (
    IN_USE,
    LIST_COLUMNS,
    NONE,
    NOT_COVERED,
    NOTES,
    OFF_DUTY,
    ON_LEAVE,
    OUT_OF_USE,
)
from weibao.importing.proposing.table import ProposedTable, table_in
from weibao.language import N_, in_both
from weibao.model.naming import folded
from weibao.workspace.moving_in.duty_month import LEAVE, OFF
from weibao.workspace.setup.workbook.sheet_forms import ASSETS, SPARES, STAFF
from weibao.workspace.setup.workbook.vocabularies import ASSET_KIND, ROLE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from weibao.importing.sheet import Sheet, TableCell
    from weibao.model.records import Records

_DAYS = tuple(map(str, range(1, 32)))
_FEWEST_DAYS = 28
_HOURS = re.compile(r"(\S)[ ：:]*(\d{1,2}:\d\d) ?[-—–~～至到] ?(?:次日|翌日)?(\d{1,2}:\d\d)")
_CLAUSES = re.compile(r"[；;。\n]")
_NUMBER = re.compile(r"\d{5}(?:\.0)?")
_SEVERAL = re.compile(r"[、，,;；\n]")

SITE = N_(
    "No column says at which site. Equipment that is new here needs it: write site in fields, as one for all (site: {known}) or as a column with a map."
)
SINCE = N_(
    "No column says since when each has the role. People who are new here need it: write from in fields, or take this line out."
)
WORD = N_("“{word}” in “{column}” means nothing here: which is it? Write it in the map.")
DAYS_COUNTED = N_(
    "{texts} in “{column}” are days that a spreadsheet counts, from 1900 or (old files of a Mac) from 1904. Write dates: serials."
)
LETTER = N_(
    '“{letter}”: from when to when is it? Write it under shifts ("08:00-20:00", off or leave).'
)
MONTH = N_("Of which month is the rota? Write month: 2026-11.")
LEGEND = N_(
    "Below the table stands “{text}”. Is it in the table? Mend the table in the source if it is not."
)


def list_table(sheet: Sheet, kind: str) -> ProposedTable | None:
    """The table of a sheet as one of a kind; None where it has not the columns of one."""
    words = {folded(word) for key in LIST_COLUMNS[kind] for word in _called(kind, key)}
    if kind != "rota":
        return table_in(sheet, words)
    table = table_in(sheet, words | set(_DAYS))
    days = len({folded(name) for name in table.names} & set(_DAYS)) if table else 0
    return table if days >= _FEWEST_DAYS else None


def columns_of_list(table: ProposedTable, kind: str) -> dict[str, str]:
    """The columns of a list by what they say; each says one thing alone."""
    found: dict[str, str] = {}
    for key in LIST_COLUMNS[kind]:
        if column := table.column(_called(kind, key), but=tuple(found.values())):
            found[key] = column
    return found


def _called(kind: str, key: str) -> tuple[str, ...]:
    """What a column is called: in lists of all kinds, and in the workbook."""
    forms = {"assets": ASSETS, "spares": SPARES, "staff": STAFF}
    titles = [
        title
        for column in (forms[kind].columns if kind in forms else ())
        if column.key == key
        for title in in_both(column.title).values()
    ]
    return (*LIST_COLUMNS[kind][key], *titles)


def proposed_list(table: ProposedTable, kind: str, records: Records, file: str) -> Proposal:
    """What a list would be read by."""
    columns = columns_of_list(table, kind)
    asked, more = _ASKED[kind](table, columns, records, file)
    none = [text for name in columns.values() for text in table.texts(name) if text in NONE]
    notes = _notes(table, columns) if kind == "rota" else ()
    rows = rows_told(table)
    if notes:
        skip = [{"column": columns["name"], "is": note} for note in notes]
        rows["skip"] = [*rows.get("skip", ()), *skip]
    return Proposal(
        {
            "import": 1,
            "kind": kind,
            **({"sheet": table.name} if table.name else {}),
            "header": list(table.header) if len(table.header) > 1 else table.header[0],
            "rows": rows,
            "none": ["", *dict.fromkeys(none)],
            **more,
            "fields": {key: {"column": column} for key, column in columns.items()},
        },
        tuple(asked),
        "",
        len(table.rows) - len(notes),
    )


Asked = tuple["Iterable[OpenQuestion]", dict[str, Any]]


def _of_assets(
    table: ProposedTable, columns: Mapping[str, str], records: Records, _file: str
) -> Asked:
    sites = records.contract.sites
    names = {folded(name): site for site in sites for name in (site, *sites[site].values())}
    asked: list[OpenQuestion] = []
    if "site" not in columns:
        asked.append(OpenQuestion("fields.site", SITE, {"known": next(iter(sites), "id")}))
    else:
        asked += _words(table, columns, "site", names.get, tuple(sites))
    asked += _words(table, columns, "kind", ASSET_KIND.meant, ASSET_KIND.words)
    states = {folded(word): word for word in (*IN_USE, *OUT_OF_USE, *NOT_COVERED)}
    asked += _words(table, columns, "state", states.get, (IN_USE[0], OUT_OF_USE[0]))
    days = [name for key, name in columns.items() if key in {"in_service", "covered_from"}]
    for column in days:
        numbers = [text for text in table.texts(column) if _NUMBER.fullmatch(text)]
        if numbers:
            asked.append(
                OpenQuestion(
                    "dates.serials",
                    DAYS_COUNTED,
                    {"texts": tuple(numbers[:3]), "column": column},
                    ("dates", "serials"),
                    (1900, 1904),
                )
            )
    return asked, {}


def _of_spares(
    table: ProposedTable, columns: Mapping[str, str], records: Records, _file: str
) -> Asked:
    depots = records.spares.depots
    names = {
        folded(name): depot for depot in depots for name in (depot, *depots[depot].names.values())
    }
    shown = tuple(next(iter(depot.names.values())) for depot in depots.values())
    return _words(table, columns, "depot", names.get, shown), {}


def _of_staff(
    table: ProposedTable, columns: Mapping[str, str], _records: Records, _file: str
) -> Asked:
    asked = [*_words(table, columns, "roles", ROLE.meant, ROLE.words)]
    if "from" not in columns:
        asked.append(OpenQuestion("fields.from", SINCE))
    return asked, {}


def _of_rota(
    table: ProposedTable, columns: Mapping[str, str], records: Records, file: str
) -> Asked:
    rotas = records.duty.rotas

    def called(text: str) -> str | None:
        rota = ROLE.meant(text) or text
        return rota if rota in rotas else None

    asked = [*_words(table, columns, "rota", called, tuple(rotas))]
    notes = _notes(table, columns)
    month = next(filter(None, map(month_said, (table.title, table.name, file))), "")
    if not month:
        asked.append(OpenQuestion("month", MONTH))
    hours: dict[str, str] = {}
    for clause in (clause for note in notes for clause in _CLAUSES.split(note)):
        found = _HOURS.findall(clause)
        hours |= {letter: f"{_two(begin)}-{_two(end)}" for letter, begin, end in found}
        if not found and clause.strip():
            asked.append(OpenQuestion("rows", LEGEND, {"text": clause.strip()}))
    hours |= dict.fromkeys(OFF_DUTY, OFF) | dict.fromkeys(ON_LEAVE, LEAVE)
    known = {folded(letter): said for letter, said in hours.items()}
    named = {columns.get("name", ""), columns.get("rota", "")}
    body = [row for row in table.rows if _first(row) not in notes]
    letters = dict.fromkeys(
        cell.text
        for row in body
        for name, cell in zip(table.columns, row, strict=False)
        if name in _DAYS and name not in named and cell.text
    )
    shifts = {letter: known[folded(letter)] for letter in letters if folded(letter) in known}
    asked += [
        OpenQuestion("shifts", LETTER, {"letter": letter})
        for letter in letters
        if letter not in shifts
    ]
    return asked, {"month": month or "2026-01", "shifts": shifts}


def _two(clock: str) -> str:
    hour, _, minute = clock.partition(":")
    return f"{int(hour):02}:{minute}"


def _first(row: tuple[TableCell, ...]) -> str:
    return next((cell.text for cell in row if cell.text), "")


def _notes(table: ProposedTable, columns: Mapping[str, str]) -> tuple[str, ...]:
    """What stands below the table in the column of names, and begins as a note does."""
    begins = tuple(f"{word}{mark}" for word in NOTES for mark in ("：", ":", " "))
    return tuple(text for text in table.texts(columns.get("name", "")) if text.startswith(begins))


def _words(
    table: ProposedTable,
    columns: Mapping[str, str],
    key: str,
    meant: Callable[[str], object],
    choices: Iterable[str],
) -> Iterator[OpenQuestion]:
    """A question for each word of a column that means nothing here."""
    column = columns.get(key, "")
    words = dict.fromkeys(
        word.strip()
        for text in (table.texts(column) if column else ())
        for word in _SEVERAL.split(text)
        if word.strip() and word.strip() not in NONE
    )
    for word in words:
        if meant(word) is None and meant(folded(word)) is None and not word.startswith(NOTES):
            yield OpenQuestion(
                f"fields.{key}",
                WORD,
                {"word": word, "column": column},
                ("fields", key, "map", word),
                tuple(choices),
            )


_ASKED: Mapping[str, Callable[[ProposedTable, Mapping[str, str], Records, str], Asked]] = {
    "assets": _of_assets,
    "spares": _of_spares,
    "staff": _of_staff,
    "rota": _of_rota,
}
