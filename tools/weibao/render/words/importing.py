"""An import in words: what is to be known of a row, why one does not come in, and the rejected rows as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.events import BY_NAME
from weibao.model.finding import Unsound
from weibao.render.words.csv_text import csv_text
from weibao.render.words.findings import event_title, tell
from weibao.render.words.plain import plain, plain_facts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from weibao.importing.records import RejectedRow, RowFlag
    from weibao.language import Language

BYTE_ORDER_MARK = "\ufeff"
"""By this a spreadsheet knows that a CSV file is in UTF-8."""

_FLAGS = {
    "day-only": N_("known to the day: {about}"),
    "unknown": N_("not known: {about}"),
    "strange": N_("words that mean nothing here: {about}"),
    "telephone": N_("a telephone number is kept: {about}"),
    "continued": N_("of several rows"),
    "hidden": N_("the row is hidden"),
    "left-out": N_("left out, for it says nothing certain: {about}"),
    "differs": N_("otherwise than here: {about}"),
}
_FIELDS = {
    "reported_at": N_("reported at"),
    "reported_by": N_("reported by"),
    "severity": N_("severity"),
    "site": N_("site"),
    "intake.channel": N_("how it came in"),
    "intake.received_by": N_("who took it in"),
    "at": N_("when"),
    "by": N_("by whom"),
    "mode": N_("how"),
    "cause": N_("cause"),
    "action": N_("what was done"),
    "reason": N_("why"),
}


def flag_told(flag: RowFlag, words: Language) -> str:
    """What is to be known of a row."""
    about = [_field(name, words) for name in flag.about]
    return (
        words.text(_FLAGS[flag.word], about=words.listing(about))
        if about
        else words.text(_FLAGS[flag.word])
    )


def _field(name: str, words: Language) -> str:
    """A field of the header, a step, a field of a step, or a column of the register by its own name."""
    if name in _FIELDS:
        return words.text(_FIELDS[name])
    event, _, key = name.partition(".")
    if event not in BY_NAME["ticket"]:
        return plain(name)
    called = event_title("ticket", event, words)
    return f"{called} · {words.text(_FIELDS[key])}" if key in _FIELDS else called


def rejection_told(row: RejectedRow, words: Language) -> tuple[str, str]:
    """Why a row does not come in, and how that is mended."""
    why = row.why
    if isinstance(why, Unsound):
        told = tell(why.findings[0], words)
        return told.message, told.help
    facts = plain_facts(why.facts, words)
    return words.text(why.message, **facts), words.text(why.mend, **facts) if why.mend else ""


def rejects_csv(rejected: Iterable[RejectedRow], words: Language) -> str:
    """The rejected rows as CSV: each line with its number, why, and how that is mended; for a spreadsheet."""
    head = (
        N_("Line"),
        N_("Number in the register"),
        N_("Why it does not come in"),
        N_("How that is mended"),
    )
    lines = [
        (str(line), row.number, *rejection_told(row, words))
        for row in rejected
        for line in row.rows
    ]
    table = csv_text([[words.text(word) for word in head], *lines])
    return f"{BYTE_ORDER_MARK}{table}"
