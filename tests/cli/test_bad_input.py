"""Bad input: a message that says what to do, the right exit code, and nothing written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
import pytest

from building.commands import PATH, TICKET, record_repository
from building.contract import CONTRACT, a_ticket, entry, ticket_path
from building.keyboard import keys
from building.repository import Repository
from weibao.cli.framework.options import ExistingFile
from weibao.cli.main import weibao as root

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from building.commands import Ran, Weibao

ACK = ("ticket", "ack", "7K3Q9M")


def state_of(repository: Repository) -> tuple[str, str, str]:
    """What a refused command may not change."""
    return (
        repository.git("status", "--porcelain", "--untracked-files=all"),
        repository.git("ls-files", "--stage"),
        repository.git("for-each-ref")
        + repository.git("rev-parse", "--verify", "-q", "HEAD", check=False),
    )


def refused(weibao: Weibao, *arguments: str) -> Ran:
    """The command, having changed nothing."""
    before = state_of(weibao.repository)
    texts = {path: path.read_bytes() for path in weibao.repository.path.glob("records/**/*.*")}
    ran = weibao(*arguments)
    assert ran.code != 0
    assert ran.err.startswith("Refused: ")
    assert state_of(weibao.repository) == before
    assert texts == {
        path: path.read_bytes() for path in weibao.repository.path.glob("records/**/*.*")
    }
    return ran


# Repositories


@pytest.mark.parametrize("command", [("status",), ("sla",), ("check",), ACK, ("explain", "x")])
def test_a_folder_outside_git_is_told_as_such(
    weibao: Weibao, tmp_path: Path, command: tuple[str, ...]
) -> None:
    (tmp_path / "elsewhere").mkdir()
    ran = weibao(*command, folder=tmp_path / "elsewhere")
    assert ran.code == 3
    assert "is not inside a git repository" in ran.err
    assert "weibao -C" in ran.err


def test_a_folder_that_does_not_exist_is_misuse(weibao: Weibao, tmp_path: Path) -> None:
    ran = weibao("status", folder=tmp_path / "nowhere")
    assert ran.code == 2
    assert "There is no folder" in ran.err


@pytest.mark.parametrize(("lang", "words"), [("en", "There is no file"), ("zh", "没有可读的文件")])
@pytest.mark.parametrize("name", ["nowhere.json", "."])
def test_a_file_that_cannot_be_read_is_misuse_told_in_the_readers_language(
    weibao: Weibao, lang: str, words: str, name: str
) -> None:
    ran = weibao("audit", "--checkpoint", name, lang=lang)
    assert ran.code == 2
    assert words in ran.err
    assert name in ran.err


@pytest.mark.parametrize("command", [("status",), ("sla",), ("check",), ACK])
def test_a_repository_without_records_is_told_as_such(
    weibao: Weibao, tmp_path: Path, command: tuple[str, ...]
) -> None:
    other = Repository(tmp_path / "other")
    other.write("README.md", "x\n")
    other.commit()
    ran = weibao(*command, folder=other.path)
    assert ran.code == 3
    assert "is no Weibao repository" in ran.err


@pytest.mark.parametrize("command", [("status",), ("sla",), ("ticket", "list")])
def test_a_repository_without_commits_is_told_to_commit_first(
    weibao: Weibao, tmp_path: Path, command: tuple[str, ...]
) -> None:
    ran = weibao(*command, folder=Repository(tmp_path / "empty").path)
    assert ran.code == 3
    assert "no commits yet" in ran.err


def test_a_bare_repository_can_be_read_and_not_written(weibao: Weibao, tmp_path: Path) -> None:
    bare = weibao.repository.clone(tmp_path / "bare.git", "--bare").path
    assert weibao("status", folder=bare).code == 0
    for command in (("check",), ACK):
        ran = weibao(*command, folder=bare)
        assert ran.code == 3
        assert "is a bare repository" in ran.err


@pytest.mark.parametrize("command", [("status",), ("check", "--base", "HEAD"), ("explain", "Q9M")])
def test_a_shallow_clone_is_refused(
    weibao: Weibao, tmp_path: Path, command: tuple[str, ...]
) -> None:
    ran = weibao(*command, folder=weibao.repository.clone(tmp_path / "s", "--depth", "1").path)
    assert ran.code == 3
    assert "shallow" in ran.err
    assert "git fetch --unshallow" in ran.err


def test_a_grafted_clone_is_refused(weibao: Weibao) -> None:
    weibao.repository.write(".git/info/grafts", weibao.repository.head + "\n")
    ran = weibao("sla")
    assert ran.code == 3
    assert "grafts" in ran.err


def test_a_clone_that_replaces_objects_is_refused(weibao: Weibao) -> None:
    weibao.repository.git("replace", "HEAD", "HEAD~1")
    ran = weibao("explain", "7K3Q9M")
    assert ran.code == 3
    assert "git replace --delete" in ran.err


# The contract and the records


def test_a_missing_contract_is_named(weibao: Weibao) -> None:
    weibao.repository.remove("records/contract.yaml")
    ran = refused(weibao, *ACK)
    assert ran.code == 3
    assert "records/contract.yaml  error R308" in ran.err
    weibao.repository.commit(at="2026-11-20T09:18:00+08:00")
    ran = weibao("status")
    assert ran.code == 3
    assert "records/contract.yaml  error R308" in ran.err
    assert weibao("check").code == 1


def test_a_broken_contract_is_told_with_its_line_and_its_mend(weibao: Weibao) -> None:
    weibao.repository.write(
        "records/contract.yaml", CONTRACT.replace("zone: Asia/Shanghai", "zone: Beijing")
    )
    line = CONTRACT.splitlines().index("zone: Asia/Shanghai") + 1
    ran = refused(weibao, *ACK)
    assert ran.code == 3
    assert f"records/contract.yaml:{line}:7  error R2" in ran.err
    weibao.repository.commit(at="2026-11-20T09:18:00+08:00")
    ran = weibao("sla")
    assert ran.code == 3
    assert f"records/contract.yaml:{line}:7  error R2" in ran.err
    assert weibao("check").code == 1


def test_a_ticket_cut_in_the_middle_is_told_and_stays_as_it_is(weibao: Weibao) -> None:
    text = weibao.repository.read(PATH)
    weibao.repository.write(PATH, text[:-20])
    ran = refused(weibao, *ACK)
    assert ran.code == 1
    assert f"{PATH}:15:" in ran.err
    checked = weibao("check")
    assert checked.code == 1
    assert f"{PATH}:15:" in checked.out
    weibao.repository.commit(at="2026-11-20T09:18:00+08:00")
    for command in (("status",), ("sla",), ("ticket", "list"), ("status", "--format", "json")):
        ran = weibao(*command)
        assert ran.code == 1
        assert f"{PATH}:15:" in ran.err
    for command in (("explain", "7K3Q9M"), ("ticket", "show", "7K3Q9M")):
        ran = weibao(*command)
        assert ran.code == 1
        assert f"Ticket {TICKET} cannot be read" in ran.err
        assert f"{PATH}:15:" in ran.err


@pytest.mark.parametrize("verb", [("ticket", "ack"), ("explain",), ("ticket", "show")])
def test_an_id_that_nobody_knows_is_misuse(weibao: Weibao, verb: tuple[str, ...]) -> None:
    ran = refused(weibao, *verb, "ZZZZZZ")
    assert ran.code == 2
    assert "There is no record “ZZZZZZ”" in ran.err
    assert "weibao ticket list" in ran.err


def test_an_ambiguous_suffix_is_told_with_its_candidates(weibao: Weibao) -> None:
    other = "T20261119-AB3Q9M"
    lines = [entry("2026-11-19T10:00:00+08:00", "opened", by="wang-lei")]
    weibao.repository.write(
        ticket_path(other), a_ticket(other, reported_at="2026-11-19T09:00:00+08:00", log=lines)
    )
    weibao.repository.commit(at="2026-11-20T09:18:00+08:00")
    for command in (("ticket", "ack", "3Q9M"), ("explain", "3Q9M"), ("sla", "--ticket", "3Q9M")):
        ran = refused(weibao, *command)
        assert ran.code == 2
        assert f"fits {other} and {TICKET}." in ran.err
        assert "more letters" in ran.err


def test_a_file_that_is_misfiled_is_no_ticket_to_write_to(weibao: Weibao) -> None:
    weibao.repository.write(f"records/tickets/2026/11/21/{TICKET[:-1]}A.yaml", "id: x\n")
    ran = refused(weibao, "ticket", "ack", "7K3Q9A")
    assert ran.code == 2


# Steps


def test_an_illegal_step_says_which_are_possible(weibao: Weibao) -> None:
    ran = refused(weibao, "ticket", "close", "7K3Q9M")
    assert ran.code == 1
    assert f"{PATH}  error X201" in ran.err  # the line is not in the file, and has no number
    assert "Acknowledged" in ran.err
    assert "Cancelled" in ran.err


def test_a_time_in_the_future_is_refused(weibao: Weibao) -> None:
    ran = refused(weibao, *ACK, "--at", "2026-11-20T09:36:00+08:00")
    assert ran.code == 1
    assert "error X203" in ran.err
    assert weibao(*ACK, "--at", "2026-11-20T09:35:00+08:00").code == 0


def test_a_time_before_the_report_is_all_that_is_told_of_such_a_step(weibao: Weibao) -> None:
    ran = refused(weibao, *ACK, "--at", "2026-11-19T09:00:00+08:00")
    assert ran.code == 1
    assert "error X202" in ran.err
    assert "X201" not in ran.err


def test_a_time_before_the_report_is_refused(weibao: Weibao) -> None:
    ran = refused(weibao, *ACK, "--at", "09:11")
    assert ran.code == 1
    assert "error X202" in ran.err


@pytest.mark.parametrize(
    "time",
    [
        "soon",
        "25:00",
        "-1wd",
        "-999999d",
        "-",
    ],
)
def test_what_is_no_time_is_misuse(weibao: Weibao, time: str) -> None:
    ran = refused(weibao, *ACK, "--at", time)
    assert ran.code == 2
    assert f"“{time}” is not a time" in ran.err
    assert "09:12" in ran.err


def test_someone_unknown_is_refused_with_the_nearest_name(weibao: Weibao) -> None:
    ran = refused(weibao, "ticket", "assign", "7K3Q9M", "--to", "li-qang")
    assert ran.code == 2
    assert "Nobody is called “li-qang”.\nDid you mean li-qiang 李强?" in ran.err
    assert "Possible" not in ran.err


def test_a_lowered_severity_without_consent_is_refused(weibao: Weibao) -> None:
    ran = refused(weibao, "ticket", "severity", "7K3Q9M", "--severity", "3")
    assert ran.code == 1
    assert "error X206" in ran.err


def test_an_entry_that_is_not_there_cannot_be_amended(weibao: Weibao) -> None:
    ran = refused(
        weibao,
        *("ticket", "amend", "7K3Q9M", "--entry", "arrived", "--field", "note"),
        *("--value", "x", "--reason", "y"),
    )
    assert ran.code == 2
    assert "2026-11-20T09:15:00+08:00/opened" in ran.err


@pytest.mark.parametrize("note", ["越界\u202e文字", "响铃\x07", "零宽\u200b字符", "e\u0301"])
def test_a_character_that_no_record_may_have_is_refused(weibao: Weibao, note: str) -> None:
    ran = refused(weibao, *ACK, "--note", note)
    assert ran.code == 2
    assert note not in ran.err


def test_a_note_too_long_for_a_line_is_refused(weibao: Weibao) -> None:
    ran = refused(weibao, *ACK, "--note", "长" * 6000)
    assert ran.code == 2
    assert "attach the text as a file" in ran.err


def test_other_faults_of_the_ticket_do_not_stop_a_step(weibao: Weibao) -> None:
    weibao.repository.append(PATH, entry("09:18", "closed", by="wang-lei"))
    weibao.repository.commit(at="2026-11-20T09:18:00+08:00")
    assert weibao("check").code == 1
    assert (
        weibao(
            "ticket",
            "justify",
            "7K3Q9M",
            "--target",
            "respond",
            "--cause",
            "误关",
            "--improvement",
            "重新打开",
        ).code
        == 0
    )


# Attachments


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("missing.png", None, "cannot be read"),
        ("drawing.svg", b"<svg><script>alert(1)</script></svg>", "is no PNG, JPEG or WebP"),
        ("big.png", b"\x89PNG\r\n\x1a\n" + b"0" * 5 * 1024**2, "is larger than 5 MiB"),
        (".", None, "is not a file"),
    ],
)
def test_what_cannot_be_attached_is_refused(
    weibao: Weibao, name: str, content: bytes | None, said: str
) -> None:
    if content is not None:
        weibao.repository.write(name, content)
    ran = refused(weibao, "ticket", "attach", "7K3Q9M", name)
    assert ran.code == 2
    assert said in ran.err


# The command line


@pytest.mark.parametrize(
    ("arguments", "said", "hint"),
    [
        (("ticket", "ack"), "：缺少“TICKET”（工单编号，", "weibao ticket ack --help"),
        (
            ("ticket", "assign", "7K3Q9M"),
            "：缺少“--to”（负责人）。",
            "weibao ticket assign --help",
        ),
        (("completion", "ksh"), "“SHELL”只能取以下之一：bash、", "weibao completion --help"),
        (("sla", "--severity", "0"), "“--severity”必须是 1 到 9 之间的整数", "weibao sla --help"),
        (("sla", "--month", "2026/11"), "“--month”必须写成 YYYY-MM 的形式", "weibao sla --help"),
        (
            ("sla", "--format", "xml"),
            "“--format”只能取以下之一：text、json",
            "weibao sla --help",
        ),
        (("statsu",), "没有命令“statsu”。您是不是要写 status？", "weibao --help"),
        (("ticket", "akc"), "没有命令“akc”。您是不是要写 ack？", "weibao ticket --help"),
        (
            ("sla", "--severty", "1"),
            "没有选项“--severty”。您是不是要写 --severity？",
            "weibao sla --help",
        ),
        (("status", "extra"), "多余的参数：extra", "weibao status --help"),
        (("ticket", "ack", "7K3Q9M", "--internal=yes"), "“--internal”不带值", "--help"),
        (("sla", "--month"), "“--month”需要 1 个值", "--help"),
        (("rule", "X999"), "没有规则“X999”", "weibao rule"),
    ],
)
def test_misuse_is_told_in_the_readers_language_with_the_help_that_helps(
    weibao: Weibao, arguments: tuple[str, ...], said: str, hint: str
) -> None:
    ran = weibao(*arguments, lang="zh")
    assert ran.code == 2
    assert said in ran.err
    assert hint in ran.err
    assert ran.out == ""


def test_a_language_that_nobody_speaks_here_is_misuse(
    weibao: Weibao, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WEIBAO_LANG", "fr")
    ran = weibao("status", lang="")
    assert ran.code == 2
    assert "WEIBAO_LANG" in ran.err
    assert weibao("status", lang="en").code == 0
    assert weibao("--help", lang="").code == 0


def test_a_revision_that_is_not_there_is_misuse(weibao: Weibao) -> None:
    ran = weibao("status", "--at", "no-such-branch")
    assert ran.code == 2
    assert "no-such-branch" in ran.err


def test_the_language_of_the_contract_is_spoken_where_none_is_told(
    weibao: Weibao, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "de_DE.UTF-8")
    assert "状态截至" in weibao("status", lang="").out
    assert "缺少“--title”" in weibao("ticket", "open", lang="").err
    assert "没有发现问题" in weibao("check", lang="").out
    english = record_repository(
        tmp_path / "english",
        contract=CONTRACT.replace("languages: [zh, en]", "languages: [en, zh]"),
    )
    assert "Status as of" in weibao("status", folder=english.path, lang="").out


def test_a_severity_that_the_contract_has_not_is_refused_with_those_it_has(weibao: Weibao) -> None:
    ran = refused(weibao, "sla", "--severity", "9")
    assert ran.code == 2
    assert "no severity 9" in ran.err
    assert "1, 2, 3 and 4" in ran.err
    assert weibao("sla", "--severity", "4").code == 0


def commands(group: click.Group, *before: str) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command under the group, with the words that call it."""
    context = click.Context(group)
    for name in group.list_commands(context):
        one = group.get_command(context, name)
        if isinstance(one, click.Group):
            yield from commands(one, *before, name)
        elif one is not None:
            yield (*before, name), one


def given_nothing() -> Iterator[tuple[str, ...]]:
    """Each command, with "" for each word that it requires, and some word for every other."""
    for words, command in commands(root):
        required = [one for one in command.params if one.required and not one.none_is_said]
        for empty in required:
            if empty.nargs == 1:
                line = list(words)
                for one in required:
                    other = __file__ if isinstance(one.type, ExistingFile) else "x"
                    value = "" if one is empty else other
                    line += [value] if isinstance(one, click.Argument) else [one.opts[0], value]
                yield tuple(line)


@pytest.mark.parametrize("arguments", list(given_nothing()), ids="-".join)
def test_an_empty_word_is_misuse_and_is_never_asked_about_without_a_terminal(
    weibao: Weibao, arguments: tuple[str, ...]
) -> None:
    with keys(""):
        ran = refused(weibao, *arguments)
    assert ran.code == 2
    assert "” must" in ran.err or "cannot be used" in ran.err
    assert "--help" in ran.err


def test_more_ids_than_can_be_named_are_counted(weibao: Weibao) -> None:
    for number in range(10):
        other = f"T20261120-{number}00009"
        weibao.repository.write(ticket_path(other), a_ticket(other))
    ran = refused(weibao, "ticket", "ack", "00009")
    assert "fits 10 records, as T20261120-000009, " in ran.err


def test_a_step_that_its_time_forbids_is_refused_for_its_time(weibao: Weibao) -> None:
    assert weibao(*ACK, "--at", "09:20").code == 0
    resolved = ("ticket", "resolve", "7K3Q9M", "--by", "li-qiang", "--mode", "remote")
    assert weibao(*resolved, "--cause", "x", "--action", "y", "--at", "09:25").code == 0
    asked = ("ticket", "confirm", "7K3Q9M", "--by", "wang-lei", "--contact", "zhang-gong")
    ran = refused(weibao, *asked, "--via", "phone", "--at", "09:22")
    assert "At that time the step could not follow yet" in ran.err
    assert "2026-11-20 09:22" in ran.err
    assert "--at" in ran.err


def test_a_step_may_come_before_the_ticket_was_opened(weibao: Weibao) -> None:
    assert weibao(*ACK, "--at", "09:13").code == 0
