"""``weibao init``: a folder becomes a contract's repository, or stays as it was."""

from __future__ import annotations

import hashlib
from importlib.metadata import PackageNotFoundError
from typing import TYPE_CHECKING

import pytest

from building.repository import Repository
from building.wheel import LOCK, small_wheel
from weibao import __version__ as weibao_version
from weibao.cli.commands.init import _read_place
from weibao.cli.framework import terminal
from weibao.cli.prompts import asking
from weibao.model.load import read_record
from weibao.refusal import Refusal
from weibao.workspace.setup import vendored_wheel

if TYPE_CHECKING:
    from pathlib import Path

    from building.commands import Ran, Weibao

NAMES = ("--contract", "网络维保", "--customer", "客户", "--provider", "服务商")
ALL = (*NAMES, "--by", "李强 <li.qiang@provider.example>")


def make(weibao: Weibao, folder: Path, *options: str, lang: str = "en") -> Ran:
    wheel = ("--wheel", str(small_wheel(folder.parents[1] / "wheels")))
    return weibao("init", str(folder), *options, *wheel, folder=folder.parent, lang=lang)


def test_options_alone_make_a_repository_that_check_finds_nothing_in(
    weibao: Weibao, tmp_path: Path
) -> None:
    folder = tmp_path / "new" / "合同 one"
    folder.parent.mkdir()
    ran = make(weibao, folder, *ALL)

    assert (ran.code, ran.err) == (0, "")
    made = Repository(folder, init=False)
    assert made.git("log", "--format=%an <%ae> %s") == (
        "李强 <li.qiang@provider.example> Begin the records of 网络维保"
    )
    assert made.git("symbolic-ref", "HEAD") == "refs/heads/main"
    assert made.git("status", "--porcelain", "--ignored") == ""
    assert made.git("rev-parse", "--short=12", "HEAD") in ran.out
    assert weibao("check", folder=folder).code == 0
    assert weibao("status", folder=folder).code == 0


def test_the_wheel_that_was_given_is_vendored_by_its_hash_with_its_lock(
    weibao: Weibao, tmp_path: Path
) -> None:
    assert make(weibao, tmp_path / "new", *ALL).code == 0
    made, wheel = Repository(tmp_path / "new", init=False), small_wheel(tmp_path)
    sha256 = hashlib.sha256(wheel.read_bytes()).hexdigest()

    assert (made.path / "vendor" / wheel.name).read_bytes() == wheel.read_bytes()
    assert made.read("requirements.txt").splitlines()[-1] == (
        f"./vendor/{wheel.name} --hash=sha256:{sha256}"
    )
    assert made.read("requirements.lock").encode() == LOCK
    assert made.git("check-attr", "text", "--", f"vendor/{wheel.name}").endswith("text: unset")
    assert set(made.git("ls-files", "vendor", "requirements*").split()) == {
        f"vendor/{wheel.name}",
        "vendor/board.lock",
        "vendor/desk.lock",
        "vendor/import.lock",
        "vendor/report.lock",
        "vendor/site.lock",
        "requirements.lock",
        "requirements.txt",
    }


def test_where_no_wheel_was_installed_it_says_how_to_build_one_and_nothing_is_made(
    weibao: Weibao, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def absent(name: str) -> None:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(vendored_wheel, "distribution", absent)
    ran = weibao("init", "new", *ALL, folder=tmp_path)
    told = " ".join(ran.err.split())

    assert ran.code == 3
    assert "was not installed from a wheel" in told
    assert "pip wheel --no-deps" in told
    assert f"--wheel dist/weibao-{weibao_version}-py3-none-any.whl" in told
    assert "不是由轮子文件安装" in weibao("init", "new", *ALL, folder=tmp_path, lang="zh").err
    assert not (tmp_path / "new").exists()


def test_a_file_that_is_no_wheel_of_this_version_is_misuse(weibao: Weibao, tmp_path: Path) -> None:
    (tmp_path / "notes.whl").write_text("x", encoding="utf-8")
    old = small_wheel(tmp_path / "old", "0.0.9")
    for path in (tmp_path / "notes.whl", old, tmp_path / "nowhere.whl", tmp_path):
        ran = weibao("init", "new", *ALL, "--wheel", str(path), folder=tmp_path)
        assert ran.code == 2
        assert f"is no wheel of weibao {weibao_version}" in " ".join(ran.err.split())
    assert not (tmp_path / "new").exists()


def test_a_ticket_can_be_opened_at_once(weibao: Weibao, tmp_path: Path) -> None:
    make(weibao, tmp_path / "new", *ALL)
    opening = (
        *("ticket", "open", "--title", "x", "--severity", "2"),
        *("--reported-by", "customer-contact", "--reported-at", "-5m"),
    )
    assets = tmp_path / "new/records/assets.yaml"
    text = assets.read_text(encoding="utf-8").replace("assets: {}\n", "").replace("#| ", "")
    assets.write_text(text, encoding="utf-8", newline="\n")
    opening = (*opening, "--asset", "core-sw-1", "--with-edits")
    assert weibao(*opening, folder=tmp_path / "new").code == 0
    ran = weibao("sla", folder=tmp_path / "new")
    assert ran.code == 0
    assert "running" in ran.out


@pytest.mark.parametrize(
    ("lang", "options", "first"),
    [("zh", (), "zh"), ("en", (), "en"), ("zh", ("--language", "en"), "en")],
)
def test_the_language_is_the_commands_own_unless_told(
    weibao: Weibao, tmp_path: Path, lang: str, options: tuple[str, ...], first: str
) -> None:
    make(weibao, tmp_path / "new", *ALL, *options, lang=lang)
    raw = (tmp_path / "new/records/contract.yaml").read_bytes()
    subject = Repository(tmp_path / "new", init=False).git("log", "--format=%s")

    assert read_record("records/contract.yaml", raw).value.languages[0] == first
    assert subject.startswith("建立记录仓库" if first == "zh" else "Begin")


def test_the_term_begins_today_by_the_contracts_clock(weibao: Weibao, tmp_path: Path) -> None:
    weibao.set_clock("2026-11-20T23:30:00+08:00")
    make(weibao, tmp_path / "new", *ALL, "--zone", "Pacific/Auckland")
    raw = (tmp_path / "new/records/contract.yaml").read_bytes()
    contract = read_record("records/contract.yaml", raw).value

    assert contract.data["term"] == {"start": "2026-11-21", "end": "2027-11-20"}
    assert contract.data["evidence"]["since"] == "2026-11-21T00:00:00+13:00"


def test_who_makes_it_is_whom_git_knows(
    weibao: Weibao, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = tmp_path / "gitconfig"
    known.write_text("[user]\nname = 王蕾\nemail = wang@provider.example\n", encoding="utf-8")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(known))
    assert make(weibao, tmp_path / "new", *NAMES).code == 0
    made = Repository(tmp_path / "new", init=False)

    assert made.git("log", "--format=%an <%ae>") == "王蕾 <wang@provider.example>"
    assert made.git("config", "--local", "--get", "user.email", check=False) == ""


def test_without_a_terminal_it_never_asks_and_names_what_is_missing(
    weibao: Weibao, tmp_path: Path
) -> None:
    ran = make(weibao, tmp_path / "new")
    assert ran.code == 2
    assert "--contract, --customer, --provider and --by must be given" in ran.err
    assert (
        "必须给出 --contract、--customer、--provider 和 --by。"
        in make(weibao, tmp_path / "new", lang="zh").err
    )
    ran = make(weibao, tmp_path / "new", "--contract", "x", "--by", "L <l@x>")
    assert "Without a terminal to ask on, --customer and --provider must be given." in ran.err
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--contract", "", "is no name"),
        ("--contract", "a\nb", "is no name"),
        ("--customer", "x" * 300, "is no name"),
        ("--provider", "\u202ex", "U+202E"),
        ("--by", "Li", "is not a name and an address"),
        ("--by", "Li <li>", "is not a name and an address"),
        ("--zone", "Beijing", "no time zone “Beijing”"),
        ("--zone", "../../etc/passwd", "no time zone"),
        ("--language", "fr", "must be one of zh and en"),
    ],
)
def test_an_answer_that_cannot_be_used_is_misuse_and_nothing_is_made(
    weibao: Weibao, tmp_path: Path, option: str, value: str, said: str
) -> None:
    ran = make(weibao, tmp_path / "new", *ALL, option, value)
    assert ran.code == 2
    assert said in ran.err
    assert not (tmp_path / "new").exists()


def test_a_folder_with_something_in_it_is_refused(weibao: Weibao, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "notes.txt").write_text("x", encoding="utf-8")
    ran = make(weibao, tmp_path / "full", *ALL)
    assert ran.code == 2
    assert "is not empty: notes.txt" in ran.err
    assert sorted(path.name for path in (tmp_path / "full").iterdir()) == ["notes.txt"]


def test_of_a_folder_with_much_in_it_some_is_named_and_the_rest_is_counted(
    weibao: Weibao, tmp_path: Path
) -> None:
    for name in ("a", "b", "c", "d", "e", "f", "g"):
        (tmp_path / "full" / name).mkdir(parents=True)
    ran = make(weibao, tmp_path / "full", *ALL)
    assert "is not empty: a, b, c, d and e, and more (2)" in ran.err


def test_inside_another_repository_it_says_so_unless_that_is_meant(
    weibao: Weibao, tmp_path: Path
) -> None:
    outer = Repository(tmp_path / "outer")
    outer.write(".gitignore", "ignored/\n")
    ran = make(weibao, outer.path / "inner", *ALL)
    assert ran.code == 0
    assert f"inside the git repository {outer.path.as_posix()}" in ran.err

    assert make(weibao, outer.path / "ignored", *ALL).err == ""
    Repository(outer.path / "begun")
    assert make(weibao, outer.path / "begun", *ALL).err == ""


def test_a_machine_without_git_is_told_to_install_it_and_nothing_is_made(
    weibao: Weibao, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    ran = make(weibao, tmp_path / "new", *ALL)
    assert ran.code == 3
    assert "git is not installed. Install git 2.31 or later" in " ".join(ran.err.split())
    assert not (tmp_path / "new").exists()


def test_a_file_and_a_folder_under_a_file_are_refused(weibao: Weibao, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    assert make(weibao, tmp_path / "file", *ALL).code == 2
    ran = weibao("init", "file/new", *ALL, folder=tmp_path)
    assert ran.code == 2
    assert (tmp_path / "file").read_text(encoding="utf-8") == "x"


def test_a_repository_with_a_commit_is_refused_even_without_files(
    weibao: Weibao, tmp_path: Path
) -> None:
    begun = Repository(tmp_path / "begun")
    begun.commit("empty")
    ran = make(weibao, begun.path, *ALL)
    assert ran.code == 2
    assert "is not empty" in ran.err
    assert begun.git("rev-list", "--count", "--all") == "1"


def test_an_empty_clone_of_a_forge_is_filled_on_its_own_branch(
    weibao: Weibao, tmp_path: Path
) -> None:
    Repository(tmp_path / "forge.git", bare=True)
    clone = Repository(tmp_path / "forge.git", init=False).clone(tmp_path / "clone2")
    clone.git("symbolic-ref", "HEAD", "refs/heads/trunk")
    assert make(weibao, clone.path, *ALL).code == 0

    assert clone.git("symbolic-ref", "--short", "HEAD") == "trunk"
    assert clone.git("remote") == "origin"
    contract = read_record(
        "records/contract.yaml", (clone.path / "records/contract.yaml").read_bytes()
    ).value
    assert contract.evidence.main == "trunk"


@pytest.mark.parametrize("begun", ["", "begun"])
def test_where_a_hook_refuses_the_folder_is_as_it_was(
    weibao: Weibao, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, begun: str
) -> None:
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    (hooks / "pre-commit").write_text("#!/bin/sh\necho not today >&2\nexit 1\n", encoding="utf-8")
    (hooks / "pre-commit").chmod(0o755)
    (tmp_path / "gitconfig").write_text(
        f"[core]\nhooksPath = {hooks.as_posix()}\n", encoding="utf-8"
    )
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    folder = tmp_path / "a" / "b"
    if begun:
        Repository(folder).git("config", "user.name", "Someone else")
        before = (folder / ".git/config").read_text(encoding="utf-8")
    wheel = small_wheel(tmp_path / "wheels")
    ran = weibao("init", "a/b", *ALL, "--wheel", str(wheel), folder=tmp_path)

    assert ran.code == 3
    assert "not today" in ran.err
    if begun:
        assert [path.name for path in folder.iterdir()] == [".git"]
        settings = Repository(folder, init=False).git("config", "--local", "--list")
        assert (folder / ".git/config").read_text(encoding="utf-8").startswith(before[:-1])
        assert "user.email" not in settings
        assert Repository(folder, init=False).git("ls-files") == ""
    else:
        assert not (tmp_path / "a").exists()


@pytest.mark.parametrize(
    ("place", "expected"),
    [("zh Asia/Urumqi", ("Asia/Urumqi", "zh")), ("Europe/Berlin", ("Europe/Berlin", "en"))],
)
def test_on_a_terminal_it_asks_five_questions(
    weibao: Weibao,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    place: str,
    expected: tuple[str, str],
) -> None:
    told = iter(["网络维保", "客户", "服务商", "李强 <li@x.example>", place])
    asked = []

    def ask_text(question: str, read, words, *, default: str = "") -> str:
        asked.append((question, default))
        answer = next(told)
        read(answer)
        return answer

    monkeypatch.setattr(terminal, "can_ask", lambda: True)
    monkeypatch.setattr(asking, "ask_text", ask_text)
    assert make(weibao, tmp_path / "new").code == 0

    assert [question for question, _ in asked] == [
        "The contract's name:",
        "The customer:",
        "The provider:",
        "You, as “Name <address>”:",
        "Language and time zone:",
    ]
    assert asked[-1][1] == "en Asia/Shanghai"
    raw = (tmp_path / "new/records/contract.yaml").read_bytes()
    contract = read_record("records/contract.yaml", raw).value
    assert (str(contract.zone), contract.languages[0]) == expected


@pytest.mark.parametrize("text", ["", "zh", "fr Europe/Paris", "zh Berlin", "Berlin"])
def test_what_is_no_language_and_zone_is_refused(text: str) -> None:
    with pytest.raises(Refusal):
        _read_place(text, "zh")
