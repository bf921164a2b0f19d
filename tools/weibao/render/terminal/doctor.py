"""How a diagnosis reads: each check with what is lacking and the line that mends it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from weibao.language import N_
from weibao.render.words.plain import plain_facts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from weibao.language import Language
    from weibao.render.terminal.finding_pieces import Piece

Area = Literal["machine", "clone", "forge"]
AREAS: Mapping[Area, str] = {
    "machine": N_("This machine"),
    "clone": N_("This clone"),
    "forge": N_("The forge's files"),
}


@dataclass(frozen=True, slots=True)
class Lack:
    """What is lacking, and the line that mends it: message ids, and the facts that fill them.

    A ``mend`` is a command alone, to be pasted into bash as it is, or else a sentence with a capital.
    ``needed`` tells what recording or judging cannot do without from what is good advice.
    """

    message: str
    mend: str
    facts: Mapping[str, object] = field(default_factory=dict)
    needed: bool = True


@dataclass(frozen=True, slots=True)
class Checked:
    """A check that was made: its stable name, what it is of, what it looks at, what is lacking."""

    name: str
    area: Area
    title: str
    lack: Lack | None


def unwell(checks: Sequence[Checked]) -> bool:
    """Whether anything is lacking that cannot be done without."""
    return any(one.lack is not None and one.lack.needed for one in checks)


def doctor_pieces(checks: Sequence[Checked], words: Language) -> Iterator[Piece]:
    """Every check under its area, as pieces of text with their styles."""
    for area, heading in AREAS.items():
        here = [one for one in checks if one.area == area]
        if here:
            yield f"{words.text(heading)}\n", "bold"
        for one in here:
            yield from _pieces(one, words)
    if not any(one.lack for one in checks):
        yield "✓ " + words.text(N_("Nothing is lacking.")), "green"
        return
    needed = sum(one.lack is not None and one.lack.needed for one in checks)
    advice = sum(one.lack is not None and not one.lack.needed for one in checks)
    yield words.text(N_("Lacking: {needed}; advised: {advice}"), needed=needed, advice=advice), ""


def _pieces(one: Checked, words: Language) -> Iterator[Piece]:
    title = words.text(one.title)
    if one.lack is None:
        yield "  ✓ ", "green"
        yield f"{title}\n", ""
        return
    yield ("  ✗ ", "bold red") if one.lack.needed else ("  ! ", "yellow")
    message = lacking(one.lack.message, one.lack, words)
    yield words.text(N_("{title}: {message}"), title=title, message=message) + "\n", ""
    yield f"    → {lacking(one.lack.mend, one.lack, words)}\n", ""


def lacking(message: str, lack: Lack, words: Language) -> str:
    """One of the sentences of what is lacking, its facts filled in."""
    return words.text(message, **plain_facts(lack.facts, words))
