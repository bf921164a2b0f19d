"""The page of a month: every promise that fell due in it, by severity and target, each with its proof."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from weibao.model.events import TARGETS
from weibao.render.edition import addresses
from weibao.render.site.page import OneOfMany, RecordPage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.render.edition.voice import Voice
    from weibao.report.audit.audit import Audit
    from weibao.sla.verdict import Verdict


def _each(voice: Voice, _audit: Audit) -> Iterator[OneOfMany]:
    by_month: dict[str, dict[tuple[int, str], list[Verdict]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for verdict in voice.book.verdicts:
        by_month[verdict.month or ""][verdict.severity, verdict.target].append(verdict)
    for month, cells in by_month.items():
        ordered = sorted(cells, key=lambda cell: (cell[0], TARGETS.index(cell[1])))
        yield OneOfMany(
            addresses.month_page(month),
            voice.month(month),
            {"month": month, "cells": {cell: cells[cell] for cell in ordered}},
        )


PAGES = RecordPage(template="month.html", each=_each, place=18, section="levels")
