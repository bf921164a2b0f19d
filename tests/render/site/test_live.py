"""What is in the page for a later instant is what would be made then."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from building.book import a_book, files_of
from building.contract import a_ticket, entry
from building.html import text_of
from building.site import planned_ticket
from weibao.language import language
from weibao.model.instant import parse_instant
from weibao.refusal import UsageRefusal
from weibao.render.edition.addresses import Addresses
from weibao.render.edition.public import public_ahead
from weibao.render.edition.voice import voice_of
from weibao.render.site.live import PARTS, live_parts
from weibao.render.site.reading import interval_of
from weibao.report.coming import Ahead, ahead_of

if TYPE_CHECKING:
    from weibao.model.instant import Instant
    from weibao.render.edition.voice import Voice
    from weibao.render.site.live import LivePart
    from weibao.report.book import Book

HOUR = 3600


def fault(severity: int, key: str, at: str, *log: str) -> str:
    """A ticket of a severity, reported at a time of day and opened a minute later."""
    opened = entry(f"2026-11-28T{at[:-1]}1:00+08:00", "opened", by="wang-lei")
    reported = f"2026-11-28T{at}:00+08:00"
    return a_ticket(f"T20261128-{key}", severity=severity, reported_at=reported, log=[opened, *log])


def busy(as_of: str, hours: int) -> tuple[Book, Voice]:
    """A Book and how its page tells it: an evening with an outage, a fault that works on, and a window that opens at ten."""
    acknowledged = entry("2026-11-28T19:05:00+08:00", "acknowledged")
    files = files_of(
        fault(1, "0PEN22", "19:00", acknowledged), fault(3, "M1N0R2", "18:20"), planned_ticket()
    )
    book = a_book(files, as_of=as_of)
    return book, told(book, ahead_of(book, hours * HOUR // 2))


def told(book: Book, ahead: Ahead) -> Voice:
    """How the customer is told of a Book and of what it comes to."""
    (own,) = public_ahead(Ahead(book.as_of, (book,)), "customer").books
    addresses = Addresses("", directory_urls=False)
    return voice_of(own, language("zh"), addresses, "customer", public_ahead(ahead, "customer"))


def shown(part: LivePart, instant: Instant) -> str:
    """What a browser picks: the last edition that has come."""
    come = [edition.html for edition in part.later if edition.at <= instant]
    return text_of(come[-1] if come else part.now)


def fresh(book: Book, instant: Instant) -> dict[str, str]:
    """The parts of a page that is made at an instant."""
    made = live_parts(told(book.at(instant), Ahead(instant, ())))
    return {name: text_of(made[name].now) for name in PARTS}


def untrue(book: Book, voice: Voice, instants: set[Instant]) -> list[tuple[Instant, str]]:
    """Where what is embedded is not what would be made."""
    embedded = live_parts(voice)
    return [
        (instant - book.as_of, name)
        for instant in sorted(instants)
        for name, made in fresh(book, instant).items()
        if shown(embedded[name], instant) != made
    ]


@pytest.mark.parametrize(
    ("as_of", "hours"), [("2026-11-28T19:10:00+08:00", 4), ("2026-11-28T21:30:00+08:00", 14)]
)
def test_what_is_shown_at_any_instant_is_what_would_be_made_then(as_of: str, hours: int) -> None:
    book, voice = busy(as_of, hours)
    start, coming = book.as_of, {ahead.as_of for ahead in voice.ahead.books}
    around = {instant + away for instant in coming for away in (-1, 0, 1)}
    between = set(range(start, voice.ahead.until + 1, hours * 150))

    assert len(coming) > 8
    assert (
        untrue(book, voice, {one for one in around | between if start <= one <= voice.ahead.until})
        == []
    )


def test_an_internal_answer_keeps_its_promise_at_every_coming_instant() -> None:
    hidden = entry("2026-11-28T19:05:00+08:00", "acknowledged", internal="true")
    book = a_book(files_of(fault(1, "0PEN22", "19:00", hidden)), as_of="2026-11-28T19:10:00+08:00")
    due = live_parts(told(book, ahead_of(book, 2 * HOUR)))["due"]

    assert len(due.later) > 2
    assert not any("响应" in text_of(part) for part in (due.now, *(one.html for one in due.later)))


def test_an_edition_of_the_wrong_instant_is_noticed() -> None:
    book, voice = busy("2026-11-28T19:10:00+08:00", 4)
    first, second, *_ = (ahead.as_of for ahead in voice.ahead.books)

    assert untrue(book, voice, {first - 1, second - 1}) == []
    assert untrue(book, replace(voice, ahead=replace(voice.ahead, books=())), {first, second}) != []


def test_neighbours_that_say_the_same_are_stored_once() -> None:
    _, voice = busy("2026-11-28T19:10:00+08:00", 4)

    for part in live_parts(voice).values():
        editions = [part.now, *(edition.html for edition in part.later)]
        assert all(one != other for one, other in pairwise(editions))


def test_past_its_time_a_promise_is_said_to_have_been_seen_kept_by_nobody() -> None:
    _, voice = busy("2026-11-28T19:10:00+08:00", 4)
    due = live_parts(voice)["due"]

    assert "本页未见完成记录" not in shown(due, parse_instant("2026-11-28T20:05:00+08:00"))
    later = shown(due, parse_instant("2026-11-28T20:05:01+08:00"))
    assert "2026-11-28 20:05 时限已过，本页未见完成记录" in later


def test_on_a_stale_page_every_state_is_unknown() -> None:
    parts = live_parts(busy("2026-11-28T19:10:00+08:00", 4)[1])

    for part in parts.values():
        assert "wb-chip" not in part.stale
        assert "wb-state--" not in part.stale
    assert text_of(parts["headline"].stale).startswith("现在的状况未知 服务 当时：生产管理系统中断")
    assert "生产管理系统 未知 当时：中断" in text_of(parts["services"].stale)
    assert text_of(parts["duty"].stale) == "现在由谁值班未知。"


@pytest.mark.parametrize(("written", "seconds"), [("2h", 7200), ("30m", 1800), ("1d", 86400)])
def test_the_interval_of_publishing_is_a_length(written: str, seconds: int) -> None:
    assert interval_of(written) == seconds


@pytest.mark.parametrize("written", ["", "2", "daily", "1wd"])
def test_an_interval_that_is_no_length_is_refused(written: str) -> None:
    with pytest.raises(UsageRefusal):
        interval_of(written)
