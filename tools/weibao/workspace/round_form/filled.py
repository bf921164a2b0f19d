"""A form that was filled in, read back: what was looked at, and every cell that cannot be meant so."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.language import CODES, N_, language
from weibao.operations.checklist import has_thresholds, items_of
from weibao.refusal import UsageRefusal
from weibao.render.words.csv_text import cell
from weibao.workspace.recording.many_checks import SKIPPED, Fault, GivenCheck
from weibao.workspace.round_form.form import (
    NOTE,
    READING,
    RESULT,
    TICKET,
    TITLES,
    statuses_by_word,
)
from weibao.workspace.round_form.sheets import FORM_MARK, NONE, SheetCell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from weibao.model.plan import ChecklistItem, Plan
    from weibao.workspace.round_form.form import FormRow, RoundForm

_NUMBER = re.compile(r"[-−]?\d+(?:\.\d+)?", re.ASCII)
_TITLES_AT = 4
_ASSET, _ITEM, _UNIT = 1, 4, 7


@dataclass(frozen=True, slots=True)
class FilledForm:
    """What a form says: the checks that are filled in, and what is wrong with it."""

    checks: tuple[GivenCheck, ...]
    faults: tuple[Fault, ...]


def named_inspection(cells: Sequence[Sequence[SheetCell]], contract: str) -> str:
    """The id of the inspection that a form says it is of.

    Raises:
        Refusal: it is no form of a round, or one of another contract.
    """
    if len(cells) <= _TITLES_AT or _at(cells[0], 0).text != FORM_MARK:
        raise UsageRefusal(
            N_("This is no form of a round: its first cell does not say “{mark}”."),
            mend=N_("Write one: weibao inspection form INSPECTION FILE"),
            mark=FORM_MARK,
        )
    if (found := _at(cells[2], 1).text) != contract:
        raise UsageRefusal(
            N_("The form is of the contract “{found}”, and this is “{contract}”."),
            found=found,
            contract=contract,
        )
    return _at(cells[1], 1).text


def require_form_of(form: RoundForm, cells: Sequence[Sequence[SheetCell]]) -> None:
    """Refuse a form of another edition of the plan, or with other columns."""
    if _at(cells[3], 1).text != form.edition:
        raise UsageRefusal(
            N_(
                "What {inspection} is to look at, or by which thresholds, was changed since the form was written."
            ),
            mend=N_("Write a new one, and fill that in: weibao inspection form {inspection} FILE"),
            inspection=form.inspection,
        )
    known = [tuple(language(code).text(title) for title in TITLES) for code in CODES]
    found = tuple(_at(cells[_TITLES_AT], column).text for column in range(len(TITLES)))
    if found not in known:
        nearest = max(known, key=lambda titles: sum(map(str.__eq__, titles, found)))
        column = next(number for number, title in enumerate(nearest) if title != found[number])
        raise UsageRefusal(
            N_("{cell}: this column is “{title}” in the form, and “{found}” here."),
            mend=N_(
                "Columns stay as they are. Write a new form: weibao inspection form {inspection} FILE"
            ),
            cell=f"{'ABCDEFGHIJKL'[column]}{_TITLES_AT + 1}",
            title=nearest[column],
            found=found[column],
            inspection=form.inspection,
        )


def filled_form(
    form: RoundForm, plan: Plan, work: str, cells: Sequence[Sequence[SheetCell]]
) -> FilledForm:
    """The checks of a form, whose head was found to be of this round, and every fault in it.

    Rows may stand in any order, and some may be gone: each is known by its number.
    """
    items = items_of(plan, work)
    rows = {str(row.number): row for row in form.rows}
    checks: list[GivenCheck] = []
    faults: list[Fault] = []
    first: dict[str, int] = {}
    for line, read in enumerate(cells[_TITLES_AT + 1 :], _TITLES_AT + 2):
        filled = any(_at(read, column).text for column in (RESULT, READING, TICKET, NOTE))
        number = _at(read, 0).text
        if not (filled or any(found.text for found in read)):
            continue
        try:
            row = _row(rows, number, read, line)
            _require_once(first, number, line)
            _require_untouched(row, items[row.item], read)
            if filled:
                checks.append(_check(row, items[row.item], read, line))
        except UsageRefusal as refusal:
            faults.append(Fault("", refusal))
    return FilledForm(tuple(checks), tuple(faults))


def _row(rows: dict[str, FormRow], number: str, read: Sequence[SheetCell], line: int) -> FormRow:
    if number not in rows:
        raise UsageRefusal(
            N_("{cell}: the form has no row “{number}”."),
            mend=N_("What is not in the form is recorded by itself: weibao inspection check"),
            cell=_at(read, 0).address or f"A{line}",
            number=number,
        )
    return rows[number]


def _require_once(first: dict[str, int], number: str, line: int) -> None:
    if number in first:
        raise UsageRefusal(
            N_("A{line}: row {number} stands twice, the first time in line {first}."),
            mend=N_("Take one of the two out."),
            line=line,
            number=number,
            first=first[number],
        )
    first[number] = line


def _require_untouched(row: FormRow, item: ChecklistItem, read: Sequence[SheetCell]) -> None:
    """Refuse a row whose equipment, item or unit is another than in the form."""
    for column, meant in ((_ASSET, row.asset), (_ITEM, row.item), (_UNIT, item.unit)):
        found = _at(read, column)
        if found.text not in {meant, cell(meant), *row.told[column : column + 1]}:
            raise UsageRefusal(
                N_("{cell}: row {number} is of “{meant}”, and says “{found}”."),
                mend=N_("Put it back: only result, reading, ticket and note are filled in."),
                cell=found.address,
                number=row.number,
                meant=meant,
                found=found.text,
            )


def _check(row: FormRow, item: ChecklistItem, read: Sequence[SheetCell], line: int) -> GivenCheck:
    for given in (_at(read, column) for column in (RESULT, READING, TICKET, NOTE)):
        if given.odd:
            raise UsageRefusal(
                given.odd,
                mend=N_("Write the value itself, as a number or as text."),
                cell=given.address,
                found=given.text,
            )
    status, note = _status(_at(read, RESULT)), _at(read, NOTE)
    if status == SKIPPED:
        if not note.text:
            raise UsageRefusal(
                N_("{cell}: {asset} was skipped, and nothing says why."),
                mend=N_("Write the reason as the note."),
                cell=note.address or f"L{line}",
                asset=row.asset,
            )
        return GivenCheck(row.asset, "", None, SKIPPED, "", note.text, str(line))
    return GivenCheck(
        row.asset,
        row.item,
        _reading(_at(read, READING), item),
        status,
        _at(read, TICKET).text,
        note.text,
        str(line),
    )


def _status(given: SheetCell) -> str:
    known = statuses_by_word()
    if given.text and given.text.lower() not in known:
        raise UsageRefusal(
            N_("{cell}: “{found}” is no result."),
            mend=N_("There are: {known}."),
            cell=given.address,
            found=given.text,
            known=tuple(known),
        )
    return known.get(given.text.lower(), "")


def _reading(given: SheetCell, item: ChecklistItem) -> float | str | None:
    """The reading: a number where the item is measured, with its unit or without; else what was seen."""
    if not isinstance(given.value, str):
        return given.value
    text = given.text
    if not text:
        return None
    bare = text.removesuffix(item.unit).rstrip() if item.unit else text
    if _NUMBER.fullmatch(bare):
        number = float(bare.replace("−", "-"))
        return int(number) if number.is_integer() and "." not in bare else number
    if not (item.unit or has_thresholds(item)):
        return text
    wide = _NUMBER.fullmatch(unicodedata.normalize("NFKC", bare))
    raise UsageRefusal(
        N_("{cell}: “{found}” has digits or signs of full width.")
        if wide
        else N_("{cell}: “{found}” is no number in {unit}."),
        mend=N_("Write the number alone, in plain digits: 38.5"),
        cell=given.address,
        found=text,
        unit=item.unit or "–",
    )


def _at(row: Sequence[SheetCell], column: int) -> SheetCell:
    return next(iter(row[column : column + 1]), NONE)
