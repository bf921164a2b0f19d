"""The audit's page of the configuration: every change, who made it, and who else landed it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.render.site import addresses
from weibao.render.site.page import SitePage, typeset
from weibao.render.site.pages.audit import PARTS
from weibao.render.site.public import public_altered
from weibao.render.terminal.audit_changes import KINDS
from weibao.render.words.alterations import altered_lines

if TYPE_CHECKING:
    from weibao.render.site.voice import Voice
    from weibao.report.audit.audit import Audit
    from weibao.report.audit.configuration import ConfigurationChange, Maker

FIRST = 6
"""Alterations of one change that are shown unfolded."""

CUSTOMER = N_("{name} (customer)")


@dataclass(frozen=True, slots=True)
class Told:
    """A change as the customer may read it; ``landed_by`` is "" where nobody else landed it."""

    change: ConfigurationChange
    path: str
    author: str
    landed_by: str
    lines: tuple[str, ...]


def audit_configuration_page(voice: Voice, audit: Audit) -> SitePage:
    """The page of the changes, the latest first."""
    changes = [_told(voice, one) for one in reversed(audit.configuration)]
    html = typeset(
        "audit_configuration.html",
        addresses.AUDIT_CONFIGURATION,
        voice,
        parts=PARTS,
        changes=changes,
        files=sorted({one.path for one in changes}),
        alone=sum(not one.landed_by for one in changes),
        first=FIRST,
    )
    title = voice.language.text(PARTS[addresses.AUDIT_CONFIGURATION])
    return SitePage(addresses.AUDIT_CONFIGURATION, addresses.AUDIT, title, html)


def _told(voice: Voice, one: ConfigurationChange) -> Told:
    words = voice.language
    lines: tuple[str, ...]
    if one.kind in KINDS:
        lines = (words.text(KINDS[one.kind]),)
    else:
        contract = voice.book.records.contract
        shown = public_altered(one.path, one.altered, voice.people, phones=contract.publish_phones)
        lines = tuple(altered_lines(shown, words))
    return Told(
        change=one,
        path=voice.prose(one.path),
        author=_maker(voice, one.author),
        landed_by=_maker(voice, one.landed_by) if one.landed_by else "",
        lines=lines,
    )


def _maker(voice: Voice, maker: Maker) -> str:
    name = voice.people.recorder(maker.identity)
    return voice.language.text(CUSTOMER, name=name) if maker.side == "customer" else name
