"""The equipment at the start of the term against that at its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.render.papers.cells import asset, column, day, fact, moment, number, own, written
from weibao.render.papers.commission import PaperKind
from weibao.render.papers.configuration_cells import changes_table
from weibao.render.papers.paper import Facts, Table
from weibao.render.papers.record_paper import OF_A_LIST, endorsed, record_paper, section
from weibao.report.papers.asset_comparison import asset_comparison

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from weibao.model.assets import Asset
    from weibao.render.edition.voice import Voice
    from weibao.render.papers.commission import Commission
    from weibao.render.papers.paper import Paper, Section
    from weibao.report.papers.asset_comparison import AssetComparison

NAME = "asset-comparison"


def _write(commission: Commission) -> Paper:
    told = asset_comparison(commission.voice.book, commission.audit)
    title = own(commission.voice, N_("Equipment at the start and at the end of the term"))
    return record_paper(commission, NAME, title, _sections(commission, told))


def _sections(commission: Commission, told: AssetComparison) -> Iterator[Section]:
    voice = commission.voice
    blocks = (
        _numbers(voice, told),
        _listed(voice, "added", N_("Came in the term"), told.added),
        _listed(voice, "removed", N_("Went in the term"), told.removed),
    )
    yield section(commission, "comparison", N_("What came and what went"), blocks)
    caption, empty = N_("Changes of the ledger in the term"), N_("The ledger was not changed.")
    changes = (changes_table(voice, told.changes, caption, empty),)
    yield section(commission, "changes", caption, changes)
    yield from endorsed(commission, NAME, OF_A_LIST)


def _numbers(voice: Voice, told: AssetComparison) -> Facts:
    return Facts(
        "numbers",
        (
            fact(voice, "since", N_("Start"), moment(voice, told.since)),
            fact(voice, "before", N_("Pieces listed then"), number(voice, told.before)),
            fact(voice, "until", N_("End"), moment(voice, voice.book.as_of)),
            fact(voice, "after", N_("Pieces listed now"), number(voice, told.after)),
        ),
    )


def _listed(voice: Voice, key: str, caption: str, assets: Iterable[Asset]) -> Table:
    return Table(
        key,
        own(voice, caption),
        (
            column(voice, "asset", N_("Equipment"), 4),
            column(voice, "vendor", N_("Maker"), 2),
            column(voice, "model", N_("Model"), 3),
            column(voice, "from", N_("Covered from"), 2),
            column(voice, "to", N_("Covered to"), 2),
        ),
        tuple(
            (
                asset(voice, piece.id),
                written(voice, piece.vendor),
                written(voice, piece.model),
                day(piece.covered_from),
                day(piece.covered_to),
            )
            for piece in assets
        ),
        own(voice, N_("None.")),
    )


KIND = PaperKind(
    name=NAME,
    title=N_("Equipment at the start and at the end of the term"),
    explained=N_("What equipment came and went in the term, and every change of the ledger."),
    subject="",
    place=72,
    write=_write,
)
