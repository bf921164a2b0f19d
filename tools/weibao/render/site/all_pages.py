"""All generated pages of the site: a pure function of a voice and of the audit of its Book.

A page is there because its module is in ``pages/`` and declares it; nothing else lists it.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from weibao.model.declared import declared
from weibao.render.site.page import FixedPage, RecordPage, SitePage, typeset
from weibao.report.key_figures import tiles_on

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from weibao.render.edition.voice import Voice
    from weibao.report.audit.audit import Audit

_FOLDER = "weibao.render.site.pages"

FIXED = tuple(sorted(declared(_FOLDER, FixedPage), key=attrgetter("place")))
"""The pages that every site has once, in order."""

OF_RECORDS = tuple(sorted(declared(_FOLDER, RecordPage), key=attrgetter("place")))
"""The pages of which there is one a ticket, an inspection, a rule, in order."""

NAVIGATION = tuple(page.address for page in FIXED if not page.section)
"""The pages of the navigation, in order."""


def pages_of(voice: Voice, audit: Audit) -> Iterator[SitePage]:
    """Every page of one language: those of the navigation first, in its order.

    ``audit`` is the audit of the voice's Book, the same for every language.
    """
    return made(FIXED, OF_RECORDS, voice, audit)


def made(
    fixed: Iterable[FixedPage], of_records: Iterable[RecordPage], voice: Voice, audit: Audit
) -> Iterator[SitePage]:
    """Those of these pages that are for the voice's audience."""
    own = [page for page in fixed if _is_for(voice, page)]
    titles = {page.address: page.title for page in own}
    for page in own:
        section = page.section or page.address
        html = typeset(
            page.template,
            page.address,
            voice,
            titles=titles,
            parts=_parts(own, section),
            tiles=tiles_on(page.address, audit),
            **page.facts(voice, audit),
        )
        yield SitePage(page.address, section, voice.language.text(page.title), html)
    for kind in of_records:
        if _is_for(voice, kind):
            for one_of_many in kind.each(voice, audit):
                html = typeset(kind.template, one_of_many.address, voice, **one_of_many.facts)
                title = voice.shown(one_of_many.title)
                yield SitePage(
                    one_of_many.address,
                    kind.section,
                    title,
                    html,
                    one_of_many.script,
                    kind.searched,
                )


def _is_for(voice: Voice, page: FixedPage | RecordPage) -> bool:
    """Whether the voice's audience may read the page; what is for the customer is for everybody."""
    return page.audience in {"customer", voice.audience}


def _parts(pages: Iterable[FixedPage], section: str) -> Mapping[str, str]:
    """The pages of a section of the navigation by address, its own first, and what each is called."""
    own = (page for page in pages if section in {page.address, page.section})
    return {page.address: page.title for page in sorted(own, key=attrgetter("part"))}
