"""The clause table as JSON values: what ``weibao audit --format json`` has under ``clauses``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from weibao.render.json.book import finding_object
from weibao.render.words.findings import tell

if TYPE_CHECKING:
    from collections.abc import Iterable

    from weibao.language import Language
    from weibao.report.clauses.clause import ClauseState


def clause_objects(states: Iterable[ClauseState], language: Language) -> list[dict[str, Any]]:
    """The rows in their order, with all their evidence; findings speak the reader's language."""
    return [
        {
            "row": one.clause.row,
            "clause": one.clause.number,
            "state": one.state.value,
            "records": list(one.records),
            "findings": [finding_object(tell(each, language)) for each in one.findings],
        }
        for one in states
    ]
