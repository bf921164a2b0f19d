"""The audit's first page: whether the record is sound, what was checked, how to compute it again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from weibao.language import N_
from weibao.operations.actions import actions_of
from weibao.render.edition import addresses
from weibao.render.site.page import FixedPage
from weibao.render.words.answer import answer, beside
from weibao.render.words.cut import cut
from weibao.report.audit.limits import NEVER_SHOWN

if TYPE_CHECKING:
    from weibao.render.edition.voice import Voice
    from weibao.report.audit.audit import Audit

SHOWN = 50
"""Errors told on the first page; the page of findings has the others."""


def _facts(voice: Voice, audit: Audit) -> dict[str, Any]:
    shown, more = cut(audit.unsound, SHOWN)
    return {
        "audit": audit,
        "answer": answer(audit, voice.language),
        "beside": tuple(beside(audit, voice.language)),
        "told": list(map(voice.finding, shown)),
        "more": more,
        "never_shown": NEVER_SHOWN.values(),
        "actions": actions_of(voice.book.records.actions, voice.book.as_of, voice.book.zone),
    }


PAGE = FixedPage(
    address=addresses.AUDIT, title=N_("Audit"), template="audit.html", facts=_facts, place=60
)
