"""``weibao check --watch``: what is saved is judged at once, and all that is known stays told."""

from __future__ import annotations

import json
import re
import signal
import sys
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from building.commands import PATH, process
from building.contract import entry, ticket_path
from weibao.cli.checking.saving import BEGINS, ENDS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from subprocess import Popen

    from building.commands import Weibao
    from building.repository import Repository

ROOT = Path(__file__).parents[2]
OTHER = ticket_path("T20261119-AB3Q9X")
BROKEN = "id: x\n"
LONG = 60.0
"""Seconds after which a round that has not come will not come: far more than one takes."""


class Watching:
    """A watch that goes on; ``rounds`` are what it tells, as they come."""

    def __init__(self, watch: Popen[bytes]) -> None:
        self.watch = watch
        self._rounds: SimpleQueue[list[str]] = SimpleQueue()
        Thread(target=self._read, daemon=True).start()

    def round(self) -> list[str]:
        """The next round, from its first line to its last."""
        return self._rounds.get(timeout=LONG)

    def _read(self) -> None:
        assert self.watch.stdout is not None
        lines: list[str] = []
        for line in self.watch.stdout:
            lines.append(line.decode().rstrip())
            if lines[-1].startswith(ENDS):
                self._rounds.put(lines)
                lines = []


@contextmanager
def watching(repository: Repository, *more: str) -> Iterator[Watching]:
    watch = process(repository, "--color", "never", "check", "--watch", *more)
    with watch:
        try:
            yield Watching(watch)
        finally:
            watch.kill()


def places(told: list[str]) -> list[str]:
    """File and code of each finding of a round."""
    heads = (re.fullmatch(r"(records/\S+?)(?::\d+:\d+)?  \S+ (\w\d{3})", line) for line in told)
    return [f"{head[1]} {head[2]}" for head in heads if head]


def test_a_file_is_judged_as_it_is_saved_and_again_when_it_is_mended(weibao: Weibao) -> None:
    sound = weibao.repository.read(PATH)
    with watching(weibao.repository) as watch:
        assert places(watch.round()) == []
        weibao.repository.append(PATH, entry("09:20", "assigned", by="wang-lei", to="nobody"))
        told = watch.round()
        assert told[0].startswith(BEGINS)
        assert told[0].endswith(PATH)
        assert places(told) == [f"{PATH} X101"]
        weibao.repository.write(PATH, sound)
        assert places(watch.round()) == []


def test_what_is_known_of_other_files_stays_told(weibao: Weibao) -> None:
    weibao.repository.write(OTHER, BROKEN)
    with watching(weibao.repository) as watch:
        known = set(places(watch.round()))
        assert known
        weibao.repository.append(PATH, entry("09:20", "assigned", by="wang-lei", to="nobody"))
        assert set(places(watch.round())) == known | {f"{PATH} X101"}


def test_a_record_that_is_deleted_is_told(weibao: Weibao) -> None:
    with watching(weibao.repository) as watch:
        watch.round()
        weibao.repository.remove(PATH)
        assert places(watch.round()) == [f"{PATH} L104"]


def test_after_a_file_that_others_refer_to_everything_is_judged(weibao: Weibao) -> None:
    staff = weibao.repository.read("records/staff.yaml")
    with watching(weibao.repository) as watch:
        watch.round()
        weibao.repository.write("records/staff.yaml", staff.replace("wang-lei", "wang-lie"))
        assert watch.round()[0].endswith("records/staff.yaml")
        # The ticket has landed with the name that it had then; the rota stands as it is now.
        assert places(watch.round()) == ["records/duty.yaml X101"]


def test_only_what_was_named_is_told(weibao: Weibao) -> None:
    weibao.repository.write(OTHER, BROKEN)
    with watching(weibao.repository, PATH) as watch:
        assert places(watch.round()) == []
        weibao.repository.write(OTHER, BROKEN * 2)
        weibao.repository.append(PATH, entry("09:20", "assigned", by="wang-lei", to="nobody"))
        assert places(watch.round()) == [f"{PATH} X101"]


def test_what_stands_in_the_way_is_told_and_the_next_save_waited_for(weibao: Weibao) -> None:
    grafts = weibao.repository.path / ".git/info/grafts"
    with watching(weibao.repository) as watch:
        watch.round()
        grafts.parent.mkdir(exist_ok=True)
        grafts.write_text(weibao.repository.head + "\n")
        weibao.repository.append(PATH, entry("09:20", "assigned", by="wang-lei", to="nobody"))
        assert watch.watch.stderr is not None
        assert b"grafts" in watch.watch.stderr.readline()
        grafts.unlink()
        weibao.repository.append(PATH, entry("09:21", "assigned", by="wang-lei", to="no-one"))
        assert places(watch.round()) == [f"{PATH} X101"] * 2


@pytest.mark.parametrize("more", [("--format", "json"), ("--also", "sarif", "out.sarif")])
def test_a_watch_is_for_people(weibao: Weibao, more: tuple[str, ...]) -> None:
    ran = weibao("check", "--watch", *more)
    assert (ran.code, ran.out) == (2, "")
    assert "--watch" in ran.err


def test_what_is_no_repository_is_not_watched(weibao: Weibao, tmp_path: Path) -> None:
    weibao.repository.git("clone", "--quiet", "--bare", ".", str(tmp_path / "bare"))
    ran = weibao("check", "--watch", folder=tmp_path / "bare")
    assert ran.code != 0
    assert "bare" in ran.err


@pytest.mark.skipif(sys.platform == "win32", reason="no process can be sent Ctrl-C there")
def test_ctrl_c_ends_a_watch_without_a_word(weibao: Weibao) -> None:
    with watching(weibao.repository) as watch:
        watch.round()
        watch.watch.send_signal(signal.SIGINT)
        assert watch.watch.wait(LONG) == 130
        assert watch.watch.stderr is not None
        assert watch.watch.stderr.read() == b""


def test_the_editors_task_sees_where_a_round_begins_and_ends(weibao: Weibao) -> None:
    tasks = json.loads((ROOT / ".vscode/tasks.json").read_text(encoding="utf-8"))["tasks"]
    assert tasks[0]["args"] == ["--color", "never", "check", "--watch"]
    with watching(weibao.repository) as watch:
        told = watch.round()
    for matcher in tasks[0]["problemMatcher"]:
        assert re.search(matcher["background"]["beginsPattern"], told[0])
        assert re.search(matcher["background"]["endsPattern"], told[-1])
