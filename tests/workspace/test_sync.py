"""Sync: what comes, what goes, and everything that stops it leaves the clone as it was."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from building.commands import OPENED, PATH, Weibao
from building.contract import a_ticket, entry, ticket_path
from building.together import losses_of, shared_repository

if TYPE_CHECKING:
    from pathlib import Path

    from building.commands import Ran
    from building.repository import Repository

OTHER = "T20261120-2D8VXN"
ACK = ("ticket", "ack", "7K3Q9M")


class Together:
    """A bare repository, my clone and a colleague's, and the command in them."""

    def __init__(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
    ) -> None:
        log = (*OPENED, entry("09:16", "acknowledged"))
        self.remote, (self.mine, self.theirs) = shared_repository(folder, log)
        self.weibao = Weibao(self.mine, monkeypatch, capsys)

    def note(self, clone: Repository, at: str, note: str) -> None:
        """A step on the ticket, committed and not sent."""
        ran = self.weibao(
            *("ticket", "update", "7K3Q9M", "--at", at, "--note", note), folder=clone.path
        )
        assert ran.code == 0

    def sync(self, clone: Repository | None = None, *options: str, lang: str = "en") -> Ran:
        return self.weibao("sync", *options, folder=(clone or self.mine).path, lang=lang)

    def refused(self, *options: str, code: int = 3) -> str:
        """What is said where sync is refused, having changed nothing here or at the remote."""

        def state() -> tuple[object, ...]:
            listed = ("status", "--porcelain", "-uall"), ("ls-files", "--stage")
            said = tuple(self.mine.git(*one) for one in (*listed, ("rev-parse", "HEAD")))
            found = self.mine.path.joinpath("records").rglob("*.yaml")
            files = {path: path.read_bytes() for path in found}
            return said, files, self.remote.head

        before = state()
        ran = self.sync(None, *options)
        assert ran.code == code, ran.err
        assert state() == before
        return ran.err


@pytest.fixture
def together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> Together:
    """Two clones with one ticket under way."""
    return Together(tmp_path, monkeypatch, capsys)


def mend_of(said: str) -> list[str]:
    """The words of the command that makes unsent commits anew, after ``git``."""
    (found,) = re.findall(r"git (reset --soft [0-9a-f]+)", said)
    return [str(word) for word in found.split()]


def last_notes(clone: Repository, number: int) -> list[str]:
    lines = clone.read(PATH).splitlines()[-number:]
    return [line.partition("note: ")[2].rstrip("}") for line in lines]


def test_two_peoples_steps_on_one_ticket_join_with_no_hands(together: Together) -> None:
    together.note(together.theirs, "09:20", "theirs")
    together.note(together.mine, "09:19", "mine")
    assert "Sent: 1 step in 1 record" in together.sync(together.theirs).out
    ran = together.sync()
    assert ran.code == 0
    assert "Received: 1 step in 1 record" in ran.out
    assert "Sent: 1 step in 1 record" in ran.out
    assert "Merged, in commit" in ran.out
    assert together.remote.head == together.mine.head
    # What had landed stays first, and its commit is the first parent: nobody's entry lands anew.
    assert last_notes(together.mine, 2) == ["theirs", "mine"]
    assert together.mine.git("rev-parse", "HEAD^1") == together.theirs.head
    assert together.weibao("check", "--base", "HEAD^1").code == 0
    assert "Received: 1 step" in together.sync(together.theirs).out
    assert together.theirs.head == together.mine.head


def test_nothing_to_do_is_said_in_the_readers_language(together: Together) -> None:
    assert "没有要接收的，也没有要发送的" in together.sync(lang="zh").out
    together.note(together.mine, "09:20", "x")
    assert "已发送：1 份记录中的 1 个步骤" in together.sync(lang="zh").out


def test_a_branch_that_is_only_ahead_is_sent_as_it_is(together: Together) -> None:
    together.note(together.mine, "09:20", "one")
    together.note(together.mine, "09:21", "two")
    head = together.mine.head
    assert "Sent: 2 steps in 1 record" in together.sync().out
    assert together.remote.head == together.mine.head == head


def test_a_step_that_is_taken_back_is_sent_only_once_the_commits_are_made_anew(
    together: Together,
) -> None:
    together.note(together.mine, "09:20", "wrong")
    text = together.mine.read(PATH)
    together.mine.write(PATH, text[: text.rindex("  - ")])
    together.mine.commit("收回", at="2026-11-20T09:30:00+08:00")
    together.note(together.mine, "09:21", "right")
    said = together.refused(code=1)
    assert "L101" in said
    together.mine.git(*mend_of(said))
    together.mine.commit("进展", at="2026-11-20T09:31:00+08:00")
    assert together.sync().code == 0
    assert losses_of(together.mine) == ()


def test_without_a_network_nothing_is_lost_and_the_next_try_sends_it(
    together: Together,
) -> None:
    together.note(together.mine, "09:20", "x")
    away = together.remote.path.with_name("away.git")
    together.remote.path.rename(away)
    ran = together.sync()
    assert ran.code == 3
    assert "origin could not be reached" in ran.err
    assert "safe" in ran.err
    away.rename(together.remote.path)
    assert "Sent: 1 step" in together.sync().out
    assert together.remote.head == together.mine.head


def test_a_network_that_goes_during_the_push_leaves_the_clone_as_it_was(
    together: Together,
) -> None:
    together.note(together.theirs, "09:19", "theirs")
    together.sync(together.theirs)
    together.note(together.mine, "09:20", "mine")
    hook = together.remote.path / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\nkill -9 $PPID\n", encoding="utf-8")
    hook.chmod(0o755)
    head = together.mine.head
    ran = together.sync()
    assert ran.code == 3
    assert "did not take them" in ran.err
    assert together.mine.head == head
    assert together.mine.git("status", "--porcelain") == ""
    hook.unlink()
    assert together.sync().code == 0
    assert last_notes(together.mine, 2) == ["theirs", "mine"]


def test_a_remote_that_refuses_is_quoted(together: Together) -> None:
    together.note(together.mine, "09:20", "x")
    gate = together.remote.path / "hooks" / "pre-receive"
    gate.write_text("#!/bin/sh\necho 分支受保护 >&2; exit 1\n", encoding="utf-8")
    gate.chmod(0o755)
    said = together.refused()
    assert "分支受保护" in said
    assert "weibao sync --propose" in said


def test_whoever_is_overtaken_between_fetch_and_push_tries_again(together: Together) -> None:
    together.note(together.mine, "09:20", "mine")
    together.note(together.theirs, "09:21", "theirs")
    # The hook runs once, after the fetch and before the push: a colleague is faster.
    hook = together.mine.path / ".git" / "hooks" / "pre-push"
    push = f"unset GIT_DIR; git -C '{together.theirs.path}' push -q"
    hook.write_text(f'#!/bin/sh\nrm -- "$0"\n{push}\n', encoding="utf-8")
    hook.chmod(0o755)
    assert "Merged" in together.sync().out
    assert last_notes(together.mine, 2) == ["theirs", "mine"]
    assert together.remote.head == together.mine.head


def test_steps_recorded_during_a_push_go_with_the_next_round(together: Together) -> None:
    together.note(together.mine, "09:20", "first")
    path = together.mine.path
    line = entry("09:25", "updated", note="during")
    hook = path / ".git" / "hooks" / "pre-push"
    hook.write_text(
        f'#!/bin/sh\nrm -- "$0"\nunset GIT_DIR\ncd "{path}"\n'
        f"echo '{line}' >> {PATH}\ngit commit -q -m during {PATH}\n",
        encoding="utf-8",
    )
    hook.chmod(0o755)
    ran = together.sync()
    assert ran.code == 0
    assert "Sent: 2 steps in 1 record" in ran.out
    assert "Received" not in ran.out
    assert together.remote.head == together.mine.head
    assert last_notes(together.mine, 2) == ["first", "during"]


# What stops it


def test_a_file_that_others_have_changed_and_that_is_not_committed_here_is_not_touched(
    together: Together,
) -> None:
    together.note(together.theirs, "09:20", "theirs")
    together.sync(together.theirs)
    together.mine.append(PATH, entry("09:21", "updated", note="not committed"))
    assert PATH in together.refused()


def test_an_untracked_file_in_the_way_is_not_touched(together: Together) -> None:
    together.theirs.write(ticket_path(OTHER), a_ticket(OTHER))
    together.theirs.commit(at="2026-11-20T09:17:00+08:00")
    together.sync(together.theirs)
    together.mine.write(ticket_path(OTHER), "x\n")
    assert OTHER in together.refused()


def test_changes_elsewhere_stay_and_are_said_not_to_be_sent(together: Together) -> None:
    together.note(together.theirs, "09:20", "theirs")
    together.sync(together.theirs)
    staff = together.mine.read("records/staff.yaml") + "# 待定\n"
    together.mine.write("records/staff.yaml", staff)
    ran = together.sync()
    assert ran.code == 0
    assert "Not committed, and so not sent: records/staff.yaml" in ran.out
    assert together.mine.read("records/staff.yaml") == staff
    assert last_notes(together.mine, 1) == ["theirs"]


def test_a_merge_half_done_must_be_finished_first(together: Together) -> None:
    together.mine.branch("other")
    together.mine.write("notes.txt", "a\n")
    together.mine.commit()
    together.mine.switch("main")
    together.mine.git("merge", "--no-ff", "--no-commit", "other")
    assert "git merge --abort" in together.refused()


def test_a_merge_half_done_is_told_before_the_conflicts_it_has_left_in_a_file(
    together: Together,
) -> None:
    for clone, name in ((together.mine, "甲"), (together.theirs, "乙")):
        text = clone.read("records/contract.yaml")
        clone.write("records/contract.yaml", text.replace("phone: ", f"phone: {name}"))
        clone.commit("电话", at="2026-11-20T09:18:00+08:00")
    together.theirs.git("push", "-q")
    together.mine.git("fetch", "-q")
    together.mine.git("merge", "-q", "@{upstream}", check=False)
    assert "git merge --abort" in together.refused()


def test_a_rebase_half_done_must_be_finished_first(together: Together) -> None:
    for clone in (together.mine, together.theirs):
        clone.write("notes.txt", f"{clone.path.name}\n")
        clone.commit()
    together.theirs.git("push", "-q")
    together.mine.git("fetch", "-q")
    together.mine.git("rebase", "origin/main", check=False)
    assert "git rebase --abort" in together.refused()


def test_a_detached_head_belongs_nowhere(together: Together) -> None:
    together.mine.switch(together.mine.head)
    assert "git switch main" in together.refused()


def test_a_branch_without_an_upstream_says_how_it_gets_one(together: Together) -> None:
    together.mine.branch("night")
    assert "git push -u origin night" in together.refused()
    together.mine.git("remote", "remove", "origin")
    assert "git remote add origin URL && git push -u origin night" in together.refused()


def test_a_first_push_to_an_empty_remote_sends_all(together: Together, tmp_path: Path) -> None:
    together.remote.path.rename(tmp_path / "gone.git")
    together.remote.path.mkdir()
    together.remote.git("init", "-q", "--bare", "-b", "main")
    together.mine.git("update-ref", "-d", "refs/remotes/origin/main")
    ran = together.sync()
    assert ran.code == 0
    assert "Sent: 4 steps in 3 records and 6 other files" in ran.out
    assert together.remote.head == together.mine.head


def test_a_branch_that_the_remote_has_lost_is_missed(together: Together) -> None:
    together.remote.git("update-ref", "-d", "refs/heads/main")
    for prune in ("false", "true"):
        together.mine.git("config", "fetch.prune", prune)
        together.mine.git("update-ref", "refs/remotes/origin/main", "HEAD")
        ran = together.sync()
        assert ran.code == 3
        assert "origin has no branch main any more" in ran.err
        assert "git push origin HEAD:refs/heads/main" in ran.err


def test_a_conflict_in_the_configuration_is_left_to_a_person(together: Together) -> None:
    for clone, name in ((together.mine, "李强强"), (together.theirs, "李小强")):
        clone.write("records/staff.yaml", clone.read("records/staff.yaml").replace("李强", name))
        clone.commit("姓名", at="2026-11-20T09:18:00+08:00")
    together.sync(together.theirs)
    said = together.refused()
    assert "records/staff.yaml" in said
    assert "git merge @{upstream}" in said


def test_changes_in_different_places_of_the_configuration_join(together: Together) -> None:
    for clone, old in ((together.mine, "李强"), (together.theirs, "高原")):
        clone.write("records/staff.yaml", clone.read("records/staff.yaml").replace(old, "某人"))
        clone.commit("姓名", at="2026-11-20T09:18:00+08:00")
    together.sync(together.theirs)
    assert "1 other file" in together.sync().out
    assert together.mine.read("records/staff.yaml").count("某人") == 2


def test_a_header_touched_on_both_sides_is_refused(together: Together) -> None:
    for clone, title in ((together.mine, "甲"), (together.theirs, "乙")):
        text = clone.read(PATH).replace("title: ", f"title: {title}")
        clone.write(PATH, text)
        clone.commit(at="2026-11-20T09:18:00+08:00")
    together.theirs.git("push", "-q")
    said = together.refused()
    assert PATH in said
    assert "amendment" in said


def test_a_header_touched_here_is_refused_as_check_refuses_it(together: Together) -> None:
    together.mine.write(PATH, together.mine.read(PATH).replace("title: ", "title: 新"))
    together.mine.commit(at="2026-11-20T09:18:00+08:00")
    assert "L103" in together.refused(code=1)


def test_a_line_broken_by_hand_is_refused_with_its_place(together: Together) -> None:
    together.note(together.theirs, "09:20", "theirs")
    together.sync(together.theirs)
    together.mine.append(
        PATH, "  - {at: 2026-11-20T09:21:00+08:00, event: updated,", "  by: li-qiang}"
    )
    together.mine.commit(at="2026-11-20T09:22:00+08:00")
    said = together.refused(code=1)
    assert f"{PATH}:" in said
    assert "R305" in said


def test_two_different_steps_at_one_instant_must_be_told_apart_by_a_person(
    together: Together,
) -> None:
    together.note(together.theirs, "09:20", "theirs")
    together.note(together.theirs, "09:21", "theirs")
    together.note(together.mine, "09:20", "mine")
    together.sync(together.theirs)
    said = together.refused(code=1)
    assert "X204" in said
    own = len(together.mine.read(PATH).splitlines())
    assert f"{PATH}:{own}:" in said  # where it stands in the file here, not in the joined one
    # The one here has not been sent, so it may still be made anew.
    together.mine.git(*mend_of(said))
    text = together.mine.read(PATH).replace(
        "09:20:00+08:00, event: updated", "09:20:01+08:00, event: updated"
    )
    together.mine.write(PATH, text)
    together.mine.commit("改时刻", at="2026-11-20T09:30:00+08:00")
    assert together.sync().code == 0
    assert last_notes(together.mine, 3) == ["theirs", "theirs", "mine"]


def test_a_step_that_may_not_follow_what_others_have_recorded_is_refused(
    together: Together,
) -> None:
    assert (
        together.weibao(
            *("ticket", "cancel", "7K3Q9M", "--reason", "误报"), folder=together.theirs.path
        ).code
        == 0
    )
    together.sync(together.theirs)
    together.weibao.set_clock("2026-11-20T09:40:00+08:00")
    assert together.weibao("ticket", "arrive", "7K3Q9M").code == 0
    assert "X201" in together.refused(code=1)


def test_one_id_filed_twice_must_be_told_apart_by_a_person(together: Together) -> None:
    for clone, at in ((together.mine, "09:17"), (together.theirs, "09:18")):
        reported = f"2026-11-20T{at}:00+08:00"
        clone.write(ticket_path(OTHER), a_ticket(OTHER, reported_at=reported))
        clone.commit(at="2026-11-20T09:19:00+08:00")
    together.sync(together.theirs)
    said = together.refused()
    assert "filed as the same" in said
    assert OTHER in said
    renamed = OTHER[:-1] + "9"
    together.mine.git(*mend_of(said))
    together.mine.write(
        ticket_path(renamed), together.mine.read(ticket_path(OTHER)).replace(OTHER, renamed)
    )
    together.mine.remove(ticket_path(OTHER))
    together.mine.commit(at="2026-11-20T09:20:00+08:00")
    assert together.sync().code == 0
    assert losses_of(together.mine) == ()


def test_damage_that_has_already_landed_stands_in_nobodys_way(together: Together) -> None:
    together.theirs.write("records/notes.txt", "x\n")
    together.theirs.commit(at="2026-11-20T09:18:00+08:00")
    together.theirs.git("push", "-q")
    together.note(together.mine, "09:20", "mine")
    assert together.sync().code == 0


def test_damage_that_is_received_is_told(together: Together) -> None:
    together.theirs.append(
        PATH, "  - {at: 2026-11-20T09:21:00+08:00, event: updated,", "  by: li-qiang}"
    )
    together.theirs.commit(at="2026-11-20T09:22:00+08:00")
    together.theirs.git("push", "-q")
    ran = together.sync()
    assert ran.code == 0
    assert "wrong with what was received: 1 finding. See: weibao check" in ran.out
    assert together.weibao("check").code == 1


def test_a_ticket_that_is_received_and_says_again_what_another_says_is_told(
    together: Together,
) -> None:
    together.theirs.write(
        ticket_path(OTHER), a_ticket(OTHER, reported_at="2026-11-20T09:20:00+08:00")
    )
    together.theirs.commit(at="2026-11-20T09:22:00+08:00")
    together.theirs.git("push", "-q")
    assert "See: weibao check" in together.sync().out
    assert "X212" in together.weibao("check").out


# What git's own union would do


def test_the_same_line_on_both_sides_at_different_places_stays_once(together: Together) -> None:
    same = entry("09:20", "updated", note="same")
    together.theirs.append(PATH, same, entry("09:21", "updated", note="theirs"))
    together.theirs.commit(at="2026-11-20T09:22:00+08:00")
    together.mine.append(PATH, entry("09:19", "updated", note="mine"), same)
    together.mine.commit(at="2026-11-20T09:22:00+08:00")
    together.sync(together.theirs)
    assert together.sync().code == 0
    assert last_notes(together.mine, 3) == ["same", "theirs", "mine"]


def test_a_merge_made_by_hand_with_gits_union_is_sent_behind_the_upstream(
    together: Together,
) -> None:
    together.note(together.theirs, "09:20", "theirs")
    together.sync(together.theirs)
    together.mine.write(".git/info/attributes", "records/tickets/** merge=union\n")
    together.note(together.mine, "09:21", "mine")
    together.mine.git("pull", "-q", "--no-rebase", "--no-edit")
    assert last_notes(together.mine, 2) == ["mine", "theirs"]
    assert together.sync().code == 0
    assert together.mine.git("rev-parse", "HEAD^1") == together.theirs.head
    assert last_notes(together.mine, 2) == ["mine", "theirs"]
    assert losses_of(together.mine) == ()


def test_a_merge_made_by_hand_that_drops_a_step_is_refused(together: Together) -> None:
    together.note(together.theirs, "09:20", "theirs")
    together.sync(together.theirs)
    together.note(together.mine, "09:21", "mine")
    mine = together.mine.read(PATH)
    together.mine.git("fetch", "-q")
    together.mine.merge(
        "origin/main",
        at="2026-11-20T09:30:00+08:00",
        edit=lambda: together.mine.write(PATH, mine),
    )
    assert "L101" in together.refused(code=1)


# Branches


def test_a_branch_is_merged_behind_what_has_landed(together: Together) -> None:
    together.theirs.branch("night")
    together.note(together.theirs, "09:20", "night")
    together.theirs.git("push", "-q", "origin", "night")
    together.note(together.mine, "09:21", "main")
    together.sync()
    together.mine.git("fetch", "-q")
    ran = together.sync(None, "--merge", "origin/night")
    assert ran.code == 0
    assert "Merged, in commit" in ran.out
    assert last_notes(together.mine, 2) == ["main", "night"]
    assert together.remote.git("rev-parse", "main^2") == together.theirs.head
    assert together.mine.head == together.remote.head


def test_a_branch_is_merged_only_where_nothing_else_waits_to_be_sent(together: Together) -> None:
    together.mine.branch("night")
    together.mine.switch("main")
    together.note(together.mine, "09:21", "main")
    assert "weibao sync" in together.refused("--merge", "night")


def test_a_branch_that_would_bring_errors_is_not_merged(together: Together) -> None:
    together.mine.branch("night")
    together.mine.append(PATH, entry("09:20", "closed"))
    together.mine.commit(at="2026-11-20T09:21:00+08:00")
    together.mine.switch("main")
    said = together.refused("--merge", "night", code=1)
    assert "X201" in said
    assert "lines of night are to be mended there" in said


def test_the_change_that_a_branch_would_make_is_shown_by_the_command_told(
    together: Together,
) -> None:
    together.mine.branch("night")
    together.mine.write(PATH, together.mine.read(PATH).replace("event: opened", "event: noted"))
    together.mine.commit(at="2026-11-20T09:21:00+08:00")
    together.mine.switch("main")
    said = together.refused("--merge", "night", code=1)
    shown = ("show", together.mine.git("rev-parse", "night"), "--", PATH)
    assert f"git {' '.join(shown)}" in said
    assert "noted" in together.mine.git(*shown)


def test_a_branch_without_a_name_is_not_merged(together: Together) -> None:
    assert "no commit “”" in together.refused("--merge", "", code=2)


# With each step


def test_a_step_pushed_joins_what_others_have_sent(together: Together) -> None:
    together.note(together.theirs, "09:20", "theirs")
    together.sync(together.theirs)
    ran = together.weibao("ticket", "update", "7K3Q9M", "--note", "mine", "--push")
    assert ran.code == 0
    assert "Received: 1 step in 1 record" in ran.out
    assert last_notes(together.mine, 2) == ["theirs", "mine"]
    assert together.remote.head == together.mine.head


def test_a_clone_set_to_it_sends_each_step_and_records_without_a_network(
    together: Together,
) -> None:
    together.mine.git("config", "weibao.push", "true")
    together.note(together.mine, "09:20", "sent")
    assert together.remote.head == together.mine.head
    away = together.remote.path.with_name("away.git")
    together.remote.path.rename(away)
    ran = together.weibao("ticket", "update", "7K3Q9M", "--note", "kept")
    assert ran.code == 0
    assert "Not sent yet: origin could not be reached" in ran.err
    away.rename(together.remote.path)
    together.note(together.mine, "09:31", "both")
    assert together.remote.head == together.mine.head
    together.weibao("ticket", "update", "7K3Q9M", "--at", "09:32", "--note", "x", "--no-push")
    assert together.remote.head != together.mine.head
