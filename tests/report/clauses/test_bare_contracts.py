"""A contract with no severities, no plan, no staff, no assets: no evidence, never a crash, never a row that holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from building.book import pages_of_audit
from building.service_plan import bare_contract, committed_book
from weibao.language import language
from weibao.model.finding import Unsound
from weibao.render.json.audit import shown_clauses
from weibao.render.json.encode import json_value
from weibao.render.terminal.audit import audit_text
from weibao.report.audit.audit import audit_of
from weibao.report.clauses.clause import RowState
from weibao.report.clauses.table import clauses_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

NOTHING = {
    "records/duty.yaml": "rotas: {}\n",
    "records/assets.yaml": "assets: {}\n",
    "records/plan.yaml": "plan: {}\n",
    "records/spares.yaml": "depots: {}\nparts: {}\n",
    "records/contract.yaml": "escalation: []\nservices: {}\ncredentials: []\n",
}
WITHOUT: tuple[Mapping[str, str], ...] = (
    NOTHING,
    *({path: text} for path, text in NOTHING.items()),
)
REFUSED: tuple[Mapping[str, str], ...] = (
    {"records/staff.yaml": "people: {}\n"},
    {"records/contract.yaml": "sla: []\n"},
)
"""What the schemas do not let be: it is refused, and nothing is judged."""


def emptied(changes: Mapping[str, str]) -> dict[str, str]:
    """The least contract with these files; of the contract these blocks take the place of its own."""
    files = bare_contract()
    for path, text in changes.items():
        if path != "records/contract.yaml":
            files[path] = text
            continue
        for line in text.splitlines(keepends=True):
            block, kept, inside = line.partition(":")[0], [], False
            for known in files[path].splitlines(keepends=True):
                if not known.startswith((" ", "-", "#")):
                    inside = known.startswith(f"{block}:")
                if not inside:
                    kept.append(known)
            files[path] = "".join(kept) + line
    return files


@pytest.mark.parametrize("changes", REFUSED, ids=" ".join)
def test_what_cannot_be_a_contract_is_refused(tmp_path: Path, changes: Mapping[str, str]) -> None:
    with pytest.raises(Unsound):
        committed_book(tmp_path, emptied(changes))


@pytest.mark.parametrize("changes", WITHOUT, ids=" ".join)
def test_nothing_is_no_evidence_and_never_holds(tmp_path: Path, changes: Mapping[str, str]) -> None:
    book = committed_book(tmp_path, emptied(changes))
    states = clauses_of(book)
    assert {state.clause.row for state in states if state.state is RowState.HOLDS} <= {3}
    assert [json_value(row, book.zone) for row in shown_clauses(states, language("zh"))]
    audit = audit_of(book)
    for code in ("zh", "en"):
        assert audit_text(audit, language(code)) is not None
        made = pages_of_audit(audit, code)
        assert made["audit-clauses"].html
        assert made["people"].html
        assert made["requests"].html
