"""What several papers tell of service credits: a rule in words, and amounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.render.edition.withheld import Told
from weibao.render.papers.cells import NONE, own
from weibao.render.papers.paper import PaperCell, said
from weibao.report.key_figures import BY_NAME

if TYPE_CHECKING:
    from decimal import Decimal

    from weibao.model.promises import CreditRule
    from weibao.render.edition.voice import Voice


def money(voice: Voice, value: Decimal | None, currency: str) -> PaperCell:
    """An amount with its currency."""
    if value is None:
        return NONE
    told = f"{voice.language.decimal(value)} {currency}"
    return PaperCell(said(Told(told)), value, number=True)


def credit_rule(voice: Voice, rule: CreditRule | None) -> PaperCell:
    """What takes something off the fee; None is the points of the month."""
    words = voice.language
    if rule is None:
        return PaperCell(own(voice, N_("The points of the month")), "points")
    if rule.figure:
        what = words.text(
            N_("{figure} below {bound}"),
            figure=words.text(BY_NAME[rule.figure].title),
            bound=voice.share(rule.below, 2),
        )
    else:
        what = words.text(
            N_("{target}, {severity}"),
            target=words.term("target", rule.target),
            severity=voice.severity(rule.severity),
        )
    told = words.text(_KINDS[rule.kind], what=what)
    value = f"{rule.kind} {rule.figure or f'{rule.target} {rule.severity}'}"
    return PaperCell(said(voice.shown(told)), value)


_KINDS: dict[str, str] = {
    "per_breach": N_("{what}: for each miss"),
    "per_percent": N_("{what}: for each percent begun"),
    "points": N_("{what}: points"),
}
