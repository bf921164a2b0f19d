"""How an import reads on a terminal: row by row, then in numbers that add up to the lines of the sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.importing.records import RejectedRow
from weibao.language import N_
from weibao.render.words.importing import flag_told, rejection_told
from weibao.render.words.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from weibao.importing.recomputed import RecomputedRegister
    from weibao.importing.records import AcceptedRow, ImportCounts
    from weibao.language import Language
    from weibao.render.terminal.finding_pieces import Piece


def preview_pieces(
    accepted: Iterable[AcceptedRow],
    there: Iterable[AcceptedRow],
    rejected: Iterable[RejectedRow],
    words: Language,
) -> Iterator[Piece]:
    """Every row: that it comes in, that it did, or why it does not."""
    known = frozenset(row.rows for row in there)
    rows: list[AcceptedRow | RejectedRow] = [*accepted, *there, *rejected]
    for row in sorted(rows, key=lambda row: row.rows):
        about = f"{'–'.join(map(str, row.rows))}  {plain(row.number)}"
        if isinstance(row, RejectedRow):
            why, mend = rejection_told(row, words)
            yield "✗ ", "bold red"
            yield f"{about}  {why}\n", ""
            yield f"    → {mend}\n", ""
            continue
        yield ("= ", "dim") if row.rows in known else ("✓ ", "green")
        yield f"{about}  {row.record}  {plain(row.title)}\n", ""
        for flag in row.flags:
            yield f"    {flag_told(flag, words)}\n", "yellow" if flag.word != "unknown" else "dim"


def counts_text(counts: ImportCounts, words: Language) -> str:
    """The lines of the sheet, by what becomes of them."""
    return words.text(
        N_(
            "{lines} lines: {accepted} come in, {there} came in before, {rejected} are rejected, "
            "{skipped} are totals, {empty} are empty."
        ),
        lines=words.number(counts.lines),
        accepted=words.number(counts.accepted),
        there=words.number(counts.there),
        rejected=words.number(counts.rejected),
        skipped=words.number(counts.skipped),
        empty=words.number(counts.empty),
    )


def verified_pieces(registers: Sequence[RecomputedRegister], words: Language) -> Iterator[Piece]:
    """Every register: how many records are what their rows give, and what is wrong with it."""
    for register in registers:
        wrong = register.unlike or register.exchanged or register.by_another_mapping
        yield (
            ("✗ ", "bold red")
            if wrong
            else ("! ", "yellow")
            if register.untold or register.omitted
            else (
                "✓ ",
                "green",
            )
        )
        alike = words.plural(
            N_("{number} record is what its row gives"),
            N_("{number} records are what their rows give"),
            len(register.alike),
        )
        yield f"{plain(register.name)}  {alike}\n", ""
        for record in register.unlike:
            told = words.text(N_("{record} is not what its row gives."), record=record.record)
            yield f"    {told}\n", ""
        if register.untold:
            told = words.text(
                N_("{number} records cannot be worked out again: the repository lacks {lacking}."),
                number=words.number(register.untold),
                lacking=words.listing(register.lacking),
            )
            yield f"    {told}\n", ""
        for path in register.exchanged:
            told = words.text(N_("{path} was exchanged after the import."), path=path)
            yield f"    {told}\n", ""
        if register.omitted:
            told = words.plural(
                N_("{number} row gives a record, and none came in: {numbers}"),
                N_("{number} rows give a record, and none came in: {numbers}"),
                len(register.omitted),
                numbers=words.listing(map(plain, register.omitted)),
            )
            yield f"    {told}\n", ""
        if register.by_another_mapping:
            told = words.text(N_("The contract names another mapping than the one of the import."))
            yield f"    {told}\n", ""
    if not registers:
        yield words.text(N_("No record names an old register.")), ""
