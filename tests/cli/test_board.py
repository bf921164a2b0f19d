"""The live board, driven by Textual's own pilot on a real repository, at a time that the test sets."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from textual.widgets import DataTable, Input, OptionList, Select, Static
from textual.widgets._select import SelectOverlay
from textual.widgets._toast import Toast

from building.commands import OPENED, PATH, TICKET, Weibao
from building.contract import a_ticket, entry, ticket_path
from weibao.cli.board.board import Board
from weibao.cli.board.form import FormScreen, Several
from weibao.cli.board.screens import ReadingScreen, StepsScreen
from weibao.cli.board.watching import Watch
from weibao.cli.framework.session import Session
from weibao.model.events import TICKET_EVENTS
from weibao.model.field_kinds import ASSET, CONTACT, PERSON
from weibao.model.instant import parse_instant

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.pilot import Pilot

    from building.repository import Repository

MINOR = "T20261120-M1N0R2"
NOW = parse_instant("2026-11-20T09:30:00+08:00")


class Clock:
    """A clock that goes when the test says so."""

    def __init__(self, now: int) -> None:
        self.now = now

    def __call__(self) -> int:
        return self.now


@pytest.fixture
def clone(weibao: Weibao) -> Repository:
    """A clone with a fault of severity 1 that nobody has answered, and one of severity 3."""
    repository = weibao.repository
    repository.write(
        ticket_path(MINOR),
        a_ticket(MINOR, severity=3, reported_at="2026-11-20T09:10:00+08:00", log=OPENED),
    )
    repository.commit(at="2026-11-20T09:17:00+08:00", by="wang.lei@provider.example")
    return repository


def watch(
    repository: Repository,
    see: Callable[[Board, Pilot[None], Clock], Awaitable[None]],
    *,
    size: tuple[int, int] = (80, 24),
    lang: str = "en",
    now: int = NOW,
) -> None:
    """Open the board, let ``see`` look at it, and leave."""
    clock = Clock(now)
    session = Session(repository.path, lang, "auto")
    session.now = now
    book = session.book("HEAD", "")
    app = Board(Watch(session, book, clock), book)

    async def run() -> None:
        async with app.run_test(size=size, notifications=True) as pilot:
            await settled(pilot)
            await see(app, pilot, clock)

    asyncio.run(run())


async def settled(pilot: Pilot[None]) -> None:
    """Whatever was begun off the drawing thread is done, and what it brought is drawn."""
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def press(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settled(pilot)


def line(app: Board, name: str) -> str:
    return str(app.board.query_one(f"#{name}", Static).render())


def rows(app: Board) -> list[list[str]]:
    table = app.board.query_one(DataTable)
    return [[str(one) for one in table.get_row_at(at)] for at in range(table.row_count)]


def test_open_tickets_stand_by_time_left_and_the_countdown_follows_the_clock(
    clone: Repository,
) -> None:
    async def see(app: Board, pilot: Pilot[None], clock: Clock) -> None:
        first, second = rows(app)
        assert first[:5] == ["▸ 0:12:00", "response", "7K3Q9M", "1", "–"]
        assert second[:4] == ["▸ 1:40:00", "response", "M1N0R2", "3"]
        before = app.board.book
        clock.now += 61
        app.board.tick()
        assert rows(app)[0][0] == "▸ 0:10:59"
        assert line(app, "heading").startswith("11-20 09:31:01")
        assert app.board.book is before

    watch(clone, see)


def test_a_due_time_that_passes_has_the_records_judged_again(clone: Repository) -> None:
    async def see(app: Board, pilot: Pilot[None], clock: Clock) -> None:
        assert "1 promise is at risk" in line(app, "summary")
        clock.now = parse_instant("2026-11-20T09:42:01+08:00")
        app.board.tick()
        assert rows(app)[0][0] == "✗ −0:00:01"
        await settled(pilot)
        assert app.board.book.as_of == clock.now
        assert "✗ 1 promise is overdue" in line(app, "summary")

    watch(clone, see, now=parse_instant("2026-11-20T09:36:00+08:00"))


def test_a_new_commit_is_seen_and_the_chosen_ticket_stays_chosen(clone: Repository) -> None:
    async def see(app: Board, pilot: Pilot[None], clock: Clock) -> None:
        await press(pilot, "down")
        clone.append(PATH, entry("09:20", "acknowledged"))
        clone.commit(at="2026-11-20T09:21:00+08:00")
        app.board.tick()
        await settled(pilot)
        assert app.board.book.commit == clone.head
        assert [row[2] for row in rows(app)] == ["7K3Q9M", "M1N0R2"]
        assert app.board.chosen is not None
        assert app.board.chosen.ticket.id == MINOR
        assert rows(app)[0][1] == "updates"
        assert line(app, "next") == "▸ Next: updates 7K3Q9M, 0:50:00 left"

    watch(clone, see)


def test_silence_is_told_with_its_length(clone: Repository) -> None:
    clone.append(PATH, entry("09:20", "acknowledged"))
    clone.commit(at="2026-11-20T09:21:00+08:00")

    async def see(app: Board, pilot: Pilot[None], clock: Clock) -> None:
        assert "✗ updates 7K3Q9M 2:00:00" in line(app, "past")
        assert "next update (silent for 3 hrs)" in line(app, "details")

    watch(clone, see, now=parse_instant("2026-11-20T12:20:00+08:00"))


def test_all_that_is_due_is_a_key_away_with_its_commands(clone: Repository) -> None:
    async def see(app: Board, pilot: Pilot[None], clock: Clock) -> None:
        await press(pilot, "d")
        assert isinstance(app.screen, ReadingScreen)
        page = app.screen.query_one("#page > Static")
        told = " ".join(page.render_line(y).text.strip() for y in range(page.size.height))
        assert f"response {TICKET}" in told
        assert "weibao ticket ack 7K3Q9M" in told

    watch(clone, see)


def test_explain_opens_scrolls_and_closes(clone: Repository) -> None:
    async def see(app: Board, pilot: Pilot[None], clock: Clock) -> None:
        await press(pilot, "enter")
        assert isinstance(app.screen, ReadingScreen)
        page = app.screen.query_one("#page")
        await press(pilot, "j", "pagedown")
        assert page.scroll_target_y > 1
        await press(pilot, "escape")
        assert app.screen is app.board
        await press(pilot, "e", "q", "question_mark", "q")
        assert app.screen is app.board
        assert app.is_running

    watch(clone, see)


def test_the_next_step_is_offered_first_and_recorded_by_one_commit(clone: Repository) -> None:
    head = clone.head

    async def see(app: Board, pilot: Pilot[None], clock: Clock) -> None:
        await press(pilot, "n")
        assert isinstance(app.screen, StepsScreen)
        assert app.screen.query_one(OptionList).get_option_at_index(0).id == "acknowledged"
        await press(pilot, "enter")
        assert isinstance(app.screen, FormScreen)
        app.screen.query_one("#note", Input).value = "已联系张工"
        await press(pilot, "enter")
        assert app.screen is app.board
        assert app.board.book.commit == clone.head
        assert rows(app)[0][1] == "updates"

    watch(clone, see)
    assert clone.git("rev-parse", "HEAD~1") == head
    assert clone.git("diff", "--name-only", "HEAD~1") == PATH
    assert clone.read(PATH).splitlines()[-1] == (
        "  - {at: 2026-11-20T09:30:00+08:00, event: acknowledged, by: li-qiang, note: 已联系张工}"
    )


def test_a_form_asks_for_what_the_step_needs_and_records_the_choices(clone: Repository) -> None:
    async def see(app: Board, pilot: Pilot[None], clock: Clock) -> None:
        await choose(app, pilot, "severity_agreed")
        await press(pilot, "ctrl+s")
        assert "Still needed: Severity" in told(app)
        app.screen.query_one("#field-severity", Select).value = "2"
        app.screen.query_one("#field-consent_by", Select).value = "zhang-gong"
        app.screen.query_one("#when", Input).value = "09:25"
        await press(pilot, "ctrl+s")
        assert app.screen is app.board
        assert rows(app)[0][3] == "2"

    watch(clone, see)
    assert clone.read(PATH).splitlines()[-1] == (
        "  - {at: 2026-11-20T09:25:00+08:00, event: severity_agreed, by: li-qiang, severity: 2, consent_by: zhang-gong}"
    )


def test_a_choice_is_made_from_its_list_with_the_keys_alone(clone: Repository) -> None:
    async def see(app: Board, pilot: Pilot[None], clock: Clock) -> None:
        await choose(app, pilot, "assigned")
        await press(pilot, "enter")
        listed = app.screen.query_one(SelectOverlay)
        assert listed.size.height >= 3
        await press(pilot, "down", "enter", "ctrl+s")
        assert app.screen is app.board

    watch(clone, see)
    assert ", event: assigned, by: li-qiang, to: " in clone.read(PATH).splitlines()[-1]


def test_several_entries_are_chosen_with_a_mark_for_each(clone: Repository) -> None:
    clone.append(PATH, entry("09:20", "acknowledged"))
    clone.commit(at="2026-11-20T09:21:00+08:00")

    async def see(app: Board, pilot: Pilot[None], clock: Clock) -> None:
        await choose(app, pilot, "countersigned")
        listed = app.screen.query_one(Several)
        await press(pilot, "home", "enter", "down", "enter", "enter")
        marks = [str(listed.get_option_at_index(at).prompt)[:3] for at in (0, 1)]
        assert marks == ["[x]", "[ ]"]
        app.screen.query_one("#field-contact", Select).value = "zhang-gong"
        await press(pilot, "ctrl+s")
        assert app.screen is app.board

    watch(clone, see)
    assert (
        clone.read(PATH)
        .splitlines()[-1]
        .endswith(
            "entries: [{at: 2026-11-20T09:20:00+08:00, event: acknowledged}], contact: zhang-gong}"
        )
    )


def test_every_step_has_what_its_form_asks_for(clone: Repository) -> None:
    session = Session(clone.path, "en", "auto")
    session.now = NOW
    look = Watch(session, session.book("HEAD", ""), lambda: NOW)
    for event in TICKET_EVENTS:
        questions = look.questions(TICKET, event)
        assert {one.field for one in questions} == set(event.fields)
        required = [one.field.required for one in questions]
        assert required == sorted(required, reverse=True)
        named = [asked for asked in questions if asked.field.kind in (PERSON, CONTACT, ASSET)]
        assert all(asked.offers for asked in named)


def test_what_may_not_be_recorded_is_told_in_the_form_and_nothing_is_written(
    clone: Repository,
) -> None:
    head, before = clone.head, clone.read(PATH)

    async def see(app: Board, pilot: Pilot[None], clock: Clock) -> None:
        await choose(app, pilot, "acknowledged")
        app.screen.query_one("#by", Input).value = "nobody"
        await press(pilot, "ctrl+s")
        assert "Refused: Nobody is called “nobody”" in told(app)
        assert isinstance(app.screen, FormScreen)
        await press(pilot, "escape")
        assert app.screen is app.board

    watch(clone, see)
    assert (clone.head, clone.read(PATH)) == (head, before)


def test_a_board_without_open_tickets_says_so_and_its_keys_do_no_harm(
    weibao: Weibao,
) -> None:
    weibao.repository.append(PATH, entry("09:20", "cancelled", reason="误报"))
    weibao.repository.commit(at="2026-11-20T09:21:00+08:00")

    async def see(app: Board, pilot: Pilot[None], clock: Clock) -> None:
        assert app.board.query_one("#empty").display
        assert not app.board.query_one(DataTable).display
        await press(pilot, "e", "n", "enter", "j", "r")
        assert app.screen is app.board

    watch(weibao.repository, see)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_forty_columns_hold_the_time_left_the_ticket_and_its_title(
    clone: Repository, lang: str
) -> None:
    async def see(app: Board, pilot: Pilot[None], clock: Clock) -> None:
        assert [row[:2] for row in rows(app)] == [["▸ 0:12:00", "7K3Q9M"], ["▸ 1:40:00", "M1N0R2"]]
        table = app.board.query_one(DataTable)
        assert table.virtual_size.width <= 40
        await pilot.resize_terminal(120, 30)
        assert len(rows(app)[0]) == 8

    watch(clone, see, size=(40, 16), lang=lang)


def shown(app: Board, name: str) -> str:
    """What is drawn of a widget, with the space at the end of its lines left out."""
    widget = app.board.query_one(f"#{name}")
    return " ".join(widget.render_line(y).text.strip() for y in range(widget.size.height))


def test_a_small_terminal_cuts_neither_the_summary_nor_the_promises(clone: Repository) -> None:
    clone.append(PATH, entry("09:20", "acknowledged"))
    clone.commit(at="2026-11-20T09:21:00+08:00")

    async def see(app: Board, pilot: Pilot[None], clock: Clock) -> None:
        clone.append(PATH, entry("10:30", "updated", note="x"))
        clone.commit(at="2026-11-20T10:31:00+08:00")
        clock.now = parse_instant("2026-11-20T11:00:00+08:00")
        await press(pilot, "r", "home")
        assert shown(app, "summary").split() == line(app, "summary").split()
        assert "at risk" in shown(app, "summary")
        assert "arrival: due" in shown(app, "details")
        assert "next update (silent for 30 mins): due 11-20 11:30, 30 mins left" in shown(
            app, "details"
        )

    watch(clone, see, size=(40, 20))


def test_what_was_recorded_is_told_on_the_board_and_lies_over_no_form(clone: Repository) -> None:
    async def see(app: Board, pilot: Pilot[None], clock: Clock) -> None:
        await choose(app, pilot, "acknowledged")
        await press(pilot, "ctrl+s")
        assert app.screen is app.board
        assert app.screen.query(Toast)
        await press(pilot, "n")
        assert isinstance(app.screen, StepsScreen)
        assert not app.screen.query(Toast)

    watch(clone, see)


def test_records_that_cannot_be_read_leave_the_last_board_and_say_so(clone: Repository) -> None:
    async def see(app: Board, pilot: Pilot[None], clock: Clock) -> None:
        contract = clone.read("records/contract.yaml")
        clone.write("records/contract.yaml", "id: [\n")
        clone.commit(at="2026-11-20T09:22:00+08:00")
        await press(pilot, "r")
        assert "Shown as of 09:30:00." in line(app, "trouble")
        assert len(rows(app)) == 2
        clone.write("records/contract.yaml", contract)
        clone.commit(at="2026-11-20T09:23:00+08:00")
        await press(pilot, "r")
        assert not app.board.query_one("#trouble").display
        assert app.board.book.commit == clone.head

    watch(clone, see)


def test_a_commit_during_a_read_changes_nothing_of_what_is_read(
    clone: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    from weibao.history import snapshot as reading

    session = Session(clone.path, "en", "auto")
    session.now = NOW
    look = Watch(session, session.book("HEAD", ""), lambda: NOW)
    clone.append(PATH, entry("09:20", "acknowledged"))
    pinned = clone.commit(at="2026-11-20T09:21:00+08:00")
    read = reading.read_snapshot

    def moving(git: object, revision: str, seen: str | None) -> object:
        monkeypatch.setattr(reading, "read_snapshot", read)
        snapshot = read(session.git, revision, seen)
        clone.append(PATH, entry("09:22", "arrived"))
        clone.commit(at="2026-11-20T09:23:00+08:00")
        return snapshot

    monkeypatch.setattr(reading, "read_snapshot", moving)
    book = look.book()
    assert book.commit == pinned
    assert [one.event for one in book.records.tickets[TICKET].log] == ["opened", "acknowledged"]
    assert look.moved()
    assert look.book().commit == clone.head


def test_without_a_terminal_the_board_is_refused_and_another_way_named(weibao: Weibao) -> None:
    ran = weibao("status", "--watch")
    assert ran.code == 2
    assert "weibao status --format json" in ran.err
    assert ran.out == ""


@pytest.mark.parametrize("also", [("--as-of", "09:00"), ("--format", "json"), ("--at", "main")])
def test_the_board_shows_nothing_but_the_present(weibao: Weibao, also: tuple[str, str]) -> None:
    ran = weibao("status", "--watch", *also)
    assert ran.code == 2
    assert "HEAD as of now" in ran.err


async def choose(app: Board, pilot: Pilot[None], event: str) -> None:
    """Open the form of a step."""
    await press(pilot, "n")
    steps = app.screen.query_one(OptionList)
    steps.highlighted = steps.get_option_index(event)
    await press(pilot, "enter")


def told(app: Board) -> str:
    return str(app.screen.query_one("#refused", Static).render())
