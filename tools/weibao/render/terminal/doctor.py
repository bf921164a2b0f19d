"""How a diagnosis reads: each check with what is lacking and the line that mends it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.render.words.diagnosis import lacking

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from weibao.language import Language
    from weibao.render.terminal.finding_pieces import Piece
    from weibao.report.diagnosis import Area, Checked

AREAS: Mapping[Area, str] = {
    "machine": N_("This machine"),
    "clone": N_("This clone"),
    "forge": N_("The forge's files"),
}


def doctor_pieces(checks: Sequence[Checked], words: Language) -> Iterator[Piece]:
    """Every check under its area, as pieces of text with their styles."""
    for area, heading in AREAS.items():
        here = [check for check in checks if check.area == area]
        if here:
            yield f"{words.text(heading)}\n", "bold"
        for checked in here:
            yield from _pieces(checked, words)
    if not any(check.lack for check in checks):
        yield "✓ " + words.text(N_("Nothing is lacking.")), "green"
        return
    needed = sum(check.lack is not None and check.lack.needed for check in checks)
    advice = sum(check.lack is not None and not check.lack.needed for check in checks)
    yield words.text(N_("Lacking: {needed}; advised: {advice}"), needed=needed, advice=advice), ""


def _pieces(checked: Checked, words: Language) -> Iterator[Piece]:
    title = words.text(checked.title)
    if checked.lack is None:
        yield "  ✓ ", "green"
        yield f"{title}\n", ""
        return
    yield ("  ✗ ", "bold red") if checked.lack.needed else ("  ! ", "yellow")
    message = lacking(checked.lack.message, checked.lack, words)
    yield words.text(N_("{title}: {message}"), title=title, message=message) + "\n", ""
    yield f"    → {lacking(checked.lack.mend, checked.lack, words)}\n", ""
