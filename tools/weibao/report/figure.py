"""What a key figure is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from weibao.language import Language
    from weibao.report.audit.audit import Audit
    from weibao.sla.tally import Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFigure:
    """A share that is told at a glance, on a tile of its own.

    Attributes:
        title: what it is called, a message id.
        definition: what is counted, out of what, and what is left out; a message id.
        tally: the figure of an audit and its Book.
        beside: what is said of its numbers beside the share.
        page: the address of the page that its tile is on.
        place: where it comes on that page.
        see: the page and the heading that tell more, where there are such.
    """

    title: str
    definition: str
    tally: Callable[[Audit], Tally]
    beside: Callable[[Tally, Language], str]
    page: str
    place: int
    see: tuple[str, str] | None = None
