"""``weibao check --at``: a commit that nobody has checked out, as a run of the forge judges a request."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from building.commands import PATH, record_repository
from building.contract import entry
from weibao.history.git.reader import Git

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from building.commands import Weibao
    from building.repository import Repository

LATER = "2026-11-20T09:25:00+08:00"


def request(weibao: Weibao, path: Path, change: Callable[[Repository], object]) -> str:
    """The head of a request that was fetched into a bare clone: there is no working tree."""
    author = record_repository(path / "author")
    bare = author.clone(path / "run", "--bare")
    author.branch("request")
    change(author)
    head = author.commit("请求", at=LATER)
    bare.git("fetch", "-q", author.path.as_uri(), "request")
    weibao.repository = bare
    return head


def test_a_commit_is_judged_without_being_checked_out(
    weibao: Weibao, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = request(weibao, tmp_path, lambda made: made.append(PATH, entry("09:20", "acknowledged")))
    readers: list[Git] = []
    begin = Git.__init__

    def noted(self: Git, root: Path) -> None:
        begin(self, root)
        readers.append(self)

    monkeypatch.setattr(Git, "__init__", noted)
    ran = weibao("check", "--base", "main", "--at", head)

    assert (ran.code, ran.err) == (0, "")
    assert sum(git.processes for git in readers) <= 10


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda made: made.remove(PATH), "L104"),
        (lambda made: made.write(PATH, made.read(PATH).replace("09:15", "09:05")), "L101"),
        (lambda made: made.append(PATH, entry("09:20", "arived")), "R204"),
    ],
    ids=["deleted", "rewritten", "misspelt"],
)
def test_what_a_commit_loses_or_misspells_is_found(
    weibao: Weibao, tmp_path: Path, change: Callable[[Repository], object], code: str
) -> None:
    head = request(weibao, tmp_path, change)
    ran = weibao("check", "--base", "main", "--at", head, "--format", "github")

    assert ran.code == 1
    assert code in ran.out


def test_what_a_commit_of_the_request_lost_and_its_head_does_not_show_is_found(
    weibao: Weibao, tmp_path: Path
) -> None:
    def lucky(made: Repository) -> None:
        made.append(PATH, entry("09:22", "arrived"))
        made.commit("到场", at="2026-11-20T09:22:00+08:00")
        made.write(PATH, made.read(PATH).replace("09:22", "09:18"))

    head = request(weibao, tmp_path, lucky)
    assert "L101" in weibao("check", "--base", "main", "--at", head).out


def test_what_is_saved_is_of_a_working_tree_and_of_no_commit(
    weibao: Weibao, tmp_path: Path
) -> None:
    head = request(weibao, tmp_path, lambda made: made.append(PATH, entry("09:20", "acknowledged")))
    assert weibao("check", "--at", head, "--watch").code == 2
    assert weibao("check", "--at", "nowhere").code == 2
