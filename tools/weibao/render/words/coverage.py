"""How much of a round was looked at, in words: n of m, and what was not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.render.words.cut import cut
from weibao.render.words.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from weibao.language import Language
    from weibao.operations.coverage import Coverage

_NAMED = 8
"""How many assets are named."""


def round_told(coverage: Coverage, words: Language) -> str:
    """How much of a round was looked at."""
    return words.text(
        N_("Looked at: {checks} of {all_checks} items, {assets} of {all_assets} assets in full"),
        checks=coverage.checks.count,
        all_checks=coverage.checks.of,
        assets=coverage.assets.count,
        all_assets=coverage.assets.of,
    )


def gaps_told(coverage: Coverage, words: Language) -> Iterator[str]:
    """What nobody looked at, whole or in part, and what was skipped; nothing where all is done."""
    if unaccounted := coverage.unaccounted:
        told = (_left(asset, coverage, words) for asset in unaccounted)
        yield words.text(N_("Still to look at: {assets}"), assets=some_of(told, words))
    if coverage.skipped:
        named = some_of(map(plain, coverage.skipped), words)
        yield words.text(N_("Skipped, and not looked at: {assets}"), assets=named)


def some_of(assets: Iterable[str], words: Language) -> str:
    """The first of them, and how many there are."""
    named, rest = cut(list(assets), _NAMED)
    more = [words.text(N_("{number} more"), number=rest)] if rest else []
    return words.listing([*named, *more])


def _left(asset: str, coverage: Coverage, words: Language) -> str:
    """The asset, and which of its items are left where some were looked at."""
    items = coverage.left[asset]
    if items == coverage.promised[asset]:
        return plain(asset)
    return f"{plain(asset)} ({words.listing(map(plain, items))})"
