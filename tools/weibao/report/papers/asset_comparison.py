"""The equipment at the start of the term against that at its end: what came, what went, and every change between."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.model.instant import midnight
from weibao.report.papers.asset_ledger import FILE

if TYPE_CHECKING:
    from weibao.model.assets import Asset
    from weibao.model.instant import Instant
    from weibao.report.audit.audit import Audit
    from weibao.report.audit.configuration import ConfigurationChange
    from weibao.report.book import Book


@dataclass(frozen=True, slots=True)
class AssetComparison:
    """The equipment at two instants.

    Attributes:
        since: the first: that from which on the term is recorded here, and no later than the Book's.
        before, after: how many pieces are listed at either.
        added, removed: what one list has and the other has not, by id.
        changes: of the list, in the order of landing.
    """

    since: Instant
    before: int
    after: int
    added: tuple[Asset, ...]
    removed: tuple[Asset, ...]
    changes: tuple[ConfigurationChange, ...]


def asset_comparison(book: Book, audit: Audit) -> AssetComparison:
    """The list as it first stood, or as it stood when the term began, against that of the Book.

    The list that stands first on the official branch is that of the start, where it was made later than that.
    """
    since = min(midnight(book.records.contract.start, book.zone), book.as_of)
    first = audit.whole.official_assets.before(since)
    now = book.records.assets
    return AssetComparison(
        since,
        len(first),
        len(now),
        tuple(asset for key, asset in sorted(now.items()) if key not in first),
        tuple(asset for key, asset in sorted(first.items()) if key not in now),
        tuple(
            change
            for change in audit.configuration
            if change.path == FILE and change.landed > since
        ),
    )
