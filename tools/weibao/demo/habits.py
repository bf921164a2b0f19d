"""How things usually go: how tickets come in and when, how fast their steps are, what is left open."""

from __future__ import annotations

from dataclasses import dataclass

from weibao.demo.data_files import read_data

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Pace:
    """Minutes from one step to the next; of working time where the level's clock is."""

    respond: Range
    travel: Range
    fetch: Range
    repair: Range
    remote: Range
    finish: Range


@dataclass(frozen=True, slots=True)
class TicketLeftOpen:
    """A ticket that is still open at the end.

    Attributes:
        story, asset: what happens to what.
        severity, channel: as the customer declares it.
        hold: the event after which nothing has happened yet.
        days_ago: how many working days before the end it was reported; 0 for the last evening.
        hour, minutes: at what hour then, and between which minutes of it.
    """

    story: str
    asset: str
    severity: int
    channel: str
    hold: str
    days_ago: int = 0
    hour: int = 0
    minutes: Range = (0, 0)


@dataclass(frozen=True, slots=True)
class WindowHours:
    """The hour at which a window opens, and how many it lasts."""

    opens: int
    hours: int


@dataclass(frozen=True, slots=True)
class Habits:
    """What is usual.

    Attributes:
        channels: how often a ticket of a severity comes in by each channel.
        margin: the working days before the end of the example after which none of a severity
            begins, so that it is over.
        at_night, in_the_morning: the complications of tickets that are reported then.
        paces: how fast the steps are, by severity.
        open: the tickets that are still open at the end.
        windows: when planned work is done, by its kind.
        agreed_work: the kinds of work that are agreed besides the plan, by turns.
    """

    channels: dict[int, dict[str, int]]
    margin: dict[int, int]
    at_night: dict[str, Range]
    in_the_morning: tuple[str, ...]
    paces: dict[int, Pace]
    open: tuple[TicketLeftOpen, ...]
    windows: dict[str, WindowHours]
    agreed_work: tuple[str, ...]


HABITS = read_data(Habits, "data/tickets.yaml")
