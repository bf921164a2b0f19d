"""Reviews of incidents: which the contract asks for, and until when each edition is due.

The preliminary edition is counted from the report: what the customer wants to know in the first day does
not wait for the repair. The final one is counted from the first restoration or resolution: before it nobody
can say the cause, and a reopening does not put it off. Lengths in working days end by the contract's first calendar.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.model.events import FINAL_ASKS
from weibao.operations.intake import GRAVE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from weibao.model.contract import Contract
    from weibao.model.entry import Entry

REVIEWS: Mapping[str, str] = {"preliminary": "24h", "final": "5wd"}
"""By edition, how soon it is there where the contract says nothing of it."""


def reviewed_severities(contract: Contract) -> frozenset[int]:
    """The severities whose incidents are reviewed."""
    return frozenset(contract.data.get("incident_report", {}).get("severities", GRAVE))


def review_length(contract: Contract, edition: str) -> str:
    """How soon an edition of a review is there, as a contract writes it."""
    length: str = contract.data.get("incident_report", {}).get(edition, REVIEWS[edition])
    return length


def is_review(entry: Entry, edition: str) -> bool:
    """Whether an entry is a review of that edition; a final one is the preliminary one too."""
    if entry.event != "analysed":
        return False
    final = entry.data["edition"] == "final" and all(entry.data.get(key) for key in FINAL_ASKS)
    return final if edition == "final" else True
