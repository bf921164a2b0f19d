"""The page of a day on which anything was: trouble, reports, windows, rounds."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from weibao.render.edition import addresses
from weibao.render.site.page import OneOfMany, RecordPage
from weibao.report.day_file import days_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.render.edition.voice import Voice
    from weibao.report.audit.audit import Audit


def _each(voice: Voice, _audit: Audit) -> Iterator[OneOfMany]:
    days = (None, *days_of(voice.book), None)
    beside = zip(pairwise(days), pairwise(days[1:]), strict=False)
    for (before, found), (_, after) in beside:
        if found is not None:
            yield OneOfMany(
                addresses.day_page(found.day),
                voice.day(found.day),
                {
                    "found": found,
                    "before": before.day if before else None,
                    "after": after.day if after else None,
                },
            )


PAGES = RecordPage(template="day.html", each=_each, place=43, section=addresses.EQUIPMENT)
