"""The clause table as JSON values: what ``weibao audit --format json`` has under ``clauses``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from weibao.view.findings import tell
from weibao.view.stable_json import finding_object

if TYPE_CHECKING:
    from collections.abc import Iterable

    from weibao.audit.clause import ClauseState
    from weibao.language import Language


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
