"""A shift of a rota: how who had the duty hands it over, and who takes it over."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from weibao.model.instant import parse_instant

if TYPE_CHECKING:
    from collections.abc import Mapping

    from weibao.model.entry import Amendment, Entry
    from weibao.model.instant import Instant
    from weibao.model.yaml.document import Document


@dataclass(frozen=True, slots=True)
class Shift:
    """The header and log of the shift that is handed over, with what a ``Ticket`` has of its corrections.

    It is one of ``rota``, from ``start`` (included) to ``end`` (excluded); whoever takes it over has the
    duty from ``end`` on.
    """

    id: str
    path: str
    rota: str
    start: Instant
    end: Instant
    log: tuple[Entry, ...]
    imported: None = None
    amendments: tuple[Amendment, ...] = ()
    unfit: tuple[Amendment, ...] = ()
    written: Document | None = field(default=None, compare=False, repr=False)

    def step(self, event: str) -> Entry | None:
        """The first entry of an event; None where there is none."""
        return next((entry for entry in self.log if entry.event == event), None)


def read_shift(path: str, data: Mapping[str, Any], log: tuple[Entry, ...]) -> Shift:
    """The shift out of a document that its schema has accepted."""
    return Shift(
        id=data["id"],
        path=path,
        rota=data["rota"],
        start=parse_instant(data["from"]),
        end=parse_instant(data["to"]),
        log=log,
    )
