"""The audit's page of the configuration: every change, who made it, and who else landed it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from weibao.language import N_
from weibao.render.edition import addresses
from weibao.render.site.page import FixedPage
from weibao.render.terminal.audit_changes import KINDS
from weibao.render.words.alterations import altered_lines
from weibao.render.words.cut import cut

if TYPE_CHECKING:
    from collections.abc import Sequence

    from weibao.render.edition.voice import Voice
    from weibao.report.audit.audit import Audit
    from weibao.report.audit.configuration import ConfigurationChange, Maker

FIRST = 6
"""Alterations of one change that are shown unfolded."""

CUSTOMER = N_("{name} (customer)")


@dataclass(frozen=True, slots=True)
class PublicChange:
    """A change as the customer may read it; ``landed_by`` is "" where nobody else landed it, and ``more`` how many lines are folded away."""

    change: ConfigurationChange
    path: str
    author: str
    landed_by: str
    lines: Sequence[str]
    more: int


def _facts(voice: Voice, audit: Audit) -> dict[str, Any]:
    """The changes, the latest first."""
    changes = [_told(voice, change) for change in reversed(audit.configuration)]
    return {
        "changes": changes,
        "files": sorted({change.path for change in changes}),
        "alone": audit.landed_alone,
        "first": FIRST,
    }


def _told(voice: Voice, change: ConfigurationChange) -> PublicChange:
    words = voice.language
    lines: tuple[str, ...]
    if change.kind in KINDS:
        lines = (words.text(KINDS[change.kind]),)
    else:
        lines = tuple(altered_lines(change.altered, words))
    _, more = cut(lines, FIRST)
    return PublicChange(
        change=change,
        path=change.path,
        author=_maker(voice, change.author),
        landed_by=_maker(voice, change.landed_by) if change.landed_by else "",
        lines=lines,
        more=more,
    )


def _maker(voice: Voice, maker: Maker) -> str:
    name = voice.people.recorder(maker.identity)
    return voice.language.text(CUSTOMER, name=name) if maker.side == "customer" else name


PAGE = FixedPage(
    address=addresses.CONFIGURATION,
    title=N_("Changes of the configuration"),
    template="audit_configuration.html",
    facts=_facts,
    place=100,
    section=addresses.AUDIT,
    part=2,
)
