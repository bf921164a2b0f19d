"""How a promised report reads: which it is, and how far it has come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_

if TYPE_CHECKING:
    from weibao.language import Language
    from weibao.model.instant import Instant
    from weibao.operations.deliverables import Delivery


def state_told(delivery: Delivery, as_of: Instant, words: Language) -> str:
    """How far a report has come, and whether it was in time."""
    if delivery.issued is None:
        late = delivery.due is not None and delivery.due < as_of
        return words.text(N_("overdue")) if late else words.text(N_("not issued yet"))
    issued = words.text(N_("issued in time") if delivery.in_time else N_("issued late"))
    if delivery.revised is not None:
        said = N_("{issued}; being revised")
    elif delivery.accepted is not None and not delivery.first_hand:
        said = N_("{issued}; accepted by the customer, on the provider's word")
    elif delivery.disputed is not None:
        said = N_("{issued}; disputed by the customer")
    elif delivery.accepted is not None:
        said = N_("{issued}; accepted by the customer")
    elif delivery.submitted is not None:
        said = N_("{issued}; submitted, not accepted yet")
    else:
        return issued
    return words.text(said, issued=issued)
