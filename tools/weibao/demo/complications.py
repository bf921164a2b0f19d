"""What goes otherwise than usual on some tickets, and how it is explained afterwards."""

from __future__ import annotations

from dataclasses import dataclass

from weibao.demo.data_files import read_data


@dataclass(frozen=True, slots=True)
class Excuse:
    """How a broken promise is justified."""

    target: str
    cause: str
    improvement: str


@dataclass(frozen=True, slots=True)
class Complication:
    """A turn that a ticket takes.

    Attributes:
        name: what the course of the ticket goes by.
        level: the severity that it needs.
        on_site: whether it needs somebody on site; None where that does not matter.
        part: whether it needs a spare part; None where that does not matter.
        channel: how the ticket comes in, "" for any.
        excuses: what is justified afterwards; a breach without one stays unexplained.
    """

    name: str
    level: int
    on_site: bool | None = None
    part: bool | None = None
    channel: str = ""
    excuses: tuple[Excuse, ...] = ()


COMPLICATIONS = read_data(tuple[Complication, ...], "data/complications.yaml")
"""For a year of 180 tickets, in the order of the year; a shorter one takes as many as fit."""
