"""Findings as this package's own JSON, a stable interface (``schemas/output/check.schema.json``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.render.ci.format import Format

if TYPE_CHECKING:
    from collections.abc import Iterable

    from weibao.language import Language
    from weibao.render.words.findings import FindingText


def _written(told: Iterable[FindingText], _words: Language) -> str:
    # What other results need loads more than a check of one file may take.
    from weibao.render.json.book import check
    from weibao.render.json.printed import printed

    return printed(check(told))


FORMAT = Format(name="json", place=10, write=_written)
