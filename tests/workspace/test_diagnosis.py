"""What a diagnosis says of given facts: each lack once, and nothing where nothing is lacking."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from datetime import date

import pytest

from weibao.language import CODES, language
from weibao.model.load import read_record
from weibao.refusal import Refusal
from weibao.render.json.doctor import diagnosis
from weibao.render.terminal.doctor import doctor_pieces
from weibao.report.diagnosis import Lack, unwell
from weibao.workspace.diagnosis.checks import diagnose_clone, diagnose_machine
from weibao.workspace.diagnosis.examination import (
    LOGS,
    CloneCondition,
    ForgeSettings,
    MachineCondition,
)
from weibao.workspace.diagnosis.forge_checks import diagnose_forge
from weibao.workspace.setup.new_repository import Answers, repository_files
from weibao.workspace.setup.vendored_wheel import LOCK, Pin

FILES = repository_files(
    Answers(
        *("a", "b", "c", "Li", "li@x.example", "Asia/Shanghai", "en", "main"),
        day=date(2026, 11, 23),
        publish=True,
    )
)
WORKFLOWS = {
    path: text.decode() for path, text in FILES.items() if path.startswith(".github/workflows/")
}
FORGE = ForgeSettings(
    workflows=WORKFLOWS,
    locks={LOCK: b"attrs==25.4.0\n", "vendor/site.lock": b"mkdocs==1.6.1\n"},
    pin=Pin("weibao-0.1.0-py3-none-any.whl", "0.1.0", frozenset({"a" * 64}), by_name=False),
    wheel_hash="a" * 64,
    wheel_locks={LOCK: b"attrs==25.4.0\n", "vendor/site.lock": b"mkdocs==1.6.1\n"},
    own_version="0.1.0",
    remote="origin",
    fetches_seen=True,
    main="main",
)
CHECK = ".github/workflows/check.yml"
MACHINE = MachineCondition(
    git=(2, 43, 0),
    python=(3, 11),
    command=True,
    name="Li",
    email="li@x.example",
    signs=True,
    key="key",
    key_absent=False,
    ssh_key=frozenset({"private", "public"}),
    extras={},
)
CLONE = CloneCondition(
    broken=None,
    contract=read_record("records/contract.yaml", FILES["records/contract.yaml"]).value,
    only_line_ends=False,
    emails=frozenset({"li@x.example"}),
    branch="main",
    branches=frozenset({"main"}),
    remotes=("origin",),
    upstream=True,
    merge=dict.fromkeys(LOGS, "union"),
    eol=dict.fromkeys(LOGS, "lf"),
    changed=(),
    stale=(),
    own_schemas="/usr/lib/weibao/schemas",
    ahead=-60,
    hook_wanted=True,
    hooked=True,
)


def lacking(checks) -> dict[str, bool]:
    """The names of what is lacking, and whether it is needed."""
    return {one.name: one.lack.needed for one in checks if one.lack is not None}


def test_where_nothing_is_lacking_every_check_passes_but_that_it_is_published() -> None:
    checks = (
        *diagnose_machine(MACHINE),
        *diagnose_clone(CLONE, MACHINE),
        *diagnose_forge(FORGE),
    )
    assert lacking(checks) == {"published": False}
    assert not unwell(checks)
    assert len({one.name for one in checks}) == len(checks) == 28
    well = [one for one in checks if one.lack is None]
    assert "Nothing is lacking" in "".join(text for text, _ in doctor_pieces(well, _english()))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"git": (2, 30, 9)}, {"git": True}),
        ({"git": ()}, {"git": True}),
        ({"python": (3, 10)}, {"python": True}),
        ({"command": False}, {"command": False}),
        ({"name": ""}, {"identity": True}),
        ({"email": ""}, {"identity": True}),
        ({"signs": False}, {"signing": False}),
        ({"key": ""}, {"signing": False}),
        ({"key_absent": True}, {"signing": True}),
    ],
)
def test_a_machine_that_lacks_something(change: dict, expected: dict[str, bool]) -> None:
    assert lacking(diagnose_machine(replace(MACHINE, **change))) == expected


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"broken": Refusal("shallow {x}", mend="deepen", x=1)}, {"history": True}),
        ({"contract": None}, {"contract": True}),
        ({"contract": None, "only_line_ends": True}, {"contract": True}),
        ({"emails": frozenset({"other@x.example"})}, {"listed": False}),
        ({"emails": frozenset({"li@x.example", "other@x.example"})}, {}),
        ({"emails": None}, {}),
        ({"branch": ""}, {"branch": True}),
        ({"branch": "work", "branches": frozenset({"work"})}, {"main": True}),
        ({"branches": frozenset()}, {}),
        ({"remotes": ()}, {"remote": False}),
        ({"upstream": False}, {"remote": False}),
        ({"merge": dict.fromkeys(LOGS, "unspecified")}, {"merge": True}),
        ({"merge": dict.fromkeys(LOGS, "union") | {LOGS[2]: "text"}}, {"merge": True}),
        ({"eol": dict.fromkeys(LOGS, "unspecified")}, {"line_ends": True}),
        ({"changed": ("records/staff.yaml",)}, {"committed": False}),
        ({"stale": ("ticket",)}, {"schemas": False}),
        ({"ahead": 300}, {}),
        ({"ahead": 301}, {"clock": True}),
        ({"hooked": False}, {"hook": False}),
        ({"hook_wanted": False, "hooked": False}, {}),
    ],
)
def test_a_clone_that_lacks_something(change: dict, expected: dict[str, bool]) -> None:
    assert lacking(diagnose_clone(replace(CLONE, **change), MACHINE)) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("weibao check", "true", {"checked": True}),
        ("weibao seen record", "true", {"seen": False}),
        ("@3d3c42e5aac5ba805825da76410c181273ba90b1", "@v7", {"pinned": True}),
        ("-r requirements.txt", "weibao", {"locked": True}),
        ("fetch-depth: 0", "fetch-depth: 1", {"depth": True}),
        ("fetch-depth: 0, ", "", {"depth": True}),
        ("", "", {}),
    ],
)
def test_workflows_that_lack_something(old: str, new: str, expected: dict[str, bool]) -> None:
    files = {path: text.replace(old, new) for path, text in WORKFLOWS.items()}
    found = lacking(diagnose_forge(replace(FORGE, workflows=files)))
    assert found == expected | {"published": False}


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("steps: [{uses: actions/deploy-pages@v1}]\n", CHECK),
        ("run: mkdocs gh-deploy --force\n", CHECK),
        ("pages:\n  script: [mkdocs build]\n", ".gitlab-ci.yml"),
    ],
)
def test_whoever_publishes_is_told_that_the_pages_may_be_public(text: str, path: str) -> None:
    def published(workflows: dict[str, str]) -> Lack | None:
        forge = replace(FORGE, workflows=workflows)
        return next(one.lack for one in diagnose_forge(forge) if one.name == "published")

    lack = published({path: text})
    assert lack is not None
    assert (lack.needed, lack.facts) == (False, {"paths": (path,)})
    assert published({path: "run: weibao check && mkdocs build --strict\n"}) is None


@pytest.mark.parametrize("name", ["check", "publish", "seen", "merge"])
def test_each_workflow_that_reads_history_must_fetch_it(name: str) -> None:
    path = f".github/workflows/{name}.yml"
    files = WORKFLOWS | {path: WORKFLOWS[path].replace("fetch-depth: 0, ", "")}
    (depth,) = (
        one.lack for one in diagnose_forge(replace(FORGE, workflows=files)) if one.name == "depth"
    )
    assert depth is not None
    assert depth.facts["paths"] == (path,)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"locks": {}}, {"locked": True}),
        ({"pin": Pin("", "", frozenset(), by_name=False)}, {"locked": True}),
        ({"pin": replace(FORGE.pin, by_name=True)}, {"locked": True}),
        ({"pin": replace(FORGE.pin, hashes=frozenset())}, {"locked": True}),
        ({"pin": replace(FORGE.pin, hashes=frozenset({"a" * 64, "b" * 64}))}, {}),
        ({"wheel_hash": ""}, {"locked": True}),
        ({"wheel_hash": "b" * 64}, {"locked": True}),
        ({"locks": {**FORGE.locks, LOCK: b"attrs==1.0\n"}}, {"locked": False}),
        ({"locks": {LOCK: FORGE.locks[LOCK]}}, {"locked": True}),
        ({"pin": replace(FORGE.pin, version="0.0.9")}, {"locked": False}),
        ({"own_version": "0.2.0"}, {"locked": False}),
        ({"fetches_seen": False}, {"seen": False}),
        ({"fetches_seen": False, "remote": ""}, {}),
    ],
)
def test_what_workflows_install_by_is_here_and_of_this_version(
    change: dict, expected: dict[str, bool]
) -> None:
    forge = replace(FORGE, **change)
    found = lacking(diagnose_forge(forge))
    assert found == expected | {"published": False}


def judged(text: str, path: str = CHECK) -> dict[str, bool]:
    """What one workflow lacks that is no matter of publishing or of the log."""
    found = lacking(diagnose_forge(replace(FORGE, workflows={path: text}, locks={})))
    return {name: needed for name, needed in found.items() if name not in {"published", "seen"}}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("steps:\n  - uses: ./local\n  - run: weibao -C x check\n", {}),
        ("steps:\n  - uses: docker://alpine:3\n  - run: weibao check\n", {"pinned": True}),
        ("run: pip install weibao && weibao check\n", {"locked": True}),
        ("run: pip install 'weibao==1.2' && weibao check\n", {"locked": True}),
        ("run: |\n  pip install -q weibao\n  weibao check\n", {"locked": True}),
        ("run: pip install 'weibao[report]>=1' && weibao check\n", {"locked": True}),
        ("run: pip install ./vendor/weibao-1.2-py3-none-any.whl && weibao check\n", {}),
        ("run: pip install -r requirements.lock && weibao check\n", {"locked": True}),
    ],
)
def test_odd_workflows(text: str, expected: dict[str, bool]) -> None:
    assert judged(text) == expected


def test_gitlab_must_not_clone_shallow_either() -> None:
    text = "check:\n  script: [weibao check, mkdocs build]\n"
    assert judged(text, ".gitlab-ci.yml") == {"depth": True}
    deep = f'variables: {{GIT_DEPTH: "0"}}\n{text}'
    assert judged(deep, ".gitlab-ci.yml") == {}


def test_no_workflow_at_all_lacks_both() -> None:
    assert lacking(diagnose_forge(replace(FORGE, workflows={}))) == {
        "checked": True,
        "seen": False,
    }


@pytest.mark.parametrize("code", CODES)
def test_every_lack_is_told_with_its_mend_and_no_place_left_open(code: str) -> None:
    poor = replace(MACHINE, git=(), python=(2, 7), command=False, name="", signs=False)
    ruined = replace(
        CLONE,
        broken=Refusal("{x} is gone", mend="find {x}", x="\x1b[31m"),
        branch="",
        remotes=(),
        branches=frozenset({"a"}),
        emails=frozenset(),
        merge={},
        eol=dict.fromkeys(LOGS, "crlf"),
        changed=("records/\u202ex.yaml",),
        stale=("ticket", "staff"),
        ahead=9999,
        hooked=False,
    )
    checks = (
        *diagnose_machine(poor),
        *diagnose_clone(ruined, MACHINE),
        *diagnose_forge(
            replace(FORGE, workflows={CHECK: "uses: a/b@v1\n-r requirements.lock\n"}, locks={})
        ),
    )
    told = [one for one in diagnosis(checks, language(code)).checks if not one.passed]
    text = "".join(piece for piece, _ in doctor_pieces(checks, language(code)))

    assert len(told) >= 15
    for one in told:
        assert one.message
        assert one.mend
        assert "{" not in one.message + one.mend
        assert one.message in text
        assert one.mend in text
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert unwell(checks)


def mends(checks) -> dict[str, tuple[str, str]]:
    """By name, the line that mends each lack, in both languages."""
    checks = tuple(checks)
    told = [diagnosis(checks, language(code)).checks for code in ("zh", "en")]
    return {
        chinese.name: (chinese.mend, english.mend)
        for chinese, english in zip(*told, strict=True)
        if english.mend
    }


EVERY_LACK = [
    *(
        tuple(diagnose_machine(replace(MACHINE, **change)))
        for change in (
            {"git": ()},
            {"git": (2, 31), "signs": False},
            {"python": (2, 7), "command": False, "name": ""},
            {"signs": False},
            {"key_absent": True, "ssh_key": frozenset({"private"})},
            {"key_absent": True, "ssh_key": frozenset()},
            {"extras": {"board": "python -m pip install textual"}},
        )
    ),
    *(
        tuple(diagnose_clone(replace(CLONE, **change), MACHINE))
        for change in (
            {"contract": None, "emails": frozenset()},
            {"contract": None, "only_line_ends": True},
            {"branch": "", "branches": frozenset({"a"}), "remotes": ()},
            {"branches": frozenset({"a"}), "upstream": False, "remotes": ("a b",)},
            {"merge": {}, "eol": dict.fromkeys(LOGS, "crlf"), "hooked": False},
            {"merge": dict.fromkeys(LOGS, "text"), "changed": ("records/x.yaml",)},
            {"stale": ("ticket",), "ahead": 9999},
        )
    ),
    *(
        tuple(diagnose_forge(replace(FORGE, **change)))
        for change in (
            {"workflows": {}, "main": "it's main"},
            {"locks": {}, "fetches_seen": False},
            {"pin": replace(FORGE.pin, by_name=True)},
            {"wheel_hash": "b" * 64},
            {"own_version": "0.2.0"},
            {"workflows": {CHECK: "uses: a/b@v1\nrun: pip install weibao==1.0 && weibao check\n"}},
        )
    ),
]


@pytest.mark.skipif(sys.platform == "win32", reason="bash may be that of another system there")
@pytest.mark.parametrize("checks", EVERY_LACK)
def test_a_mend_is_a_command_that_bash_takes_or_else_a_sentence(checks) -> None:
    for chinese, english in mends(checks).values():
        if english[0].isupper():
            assert chinese != english
            assert re.search("[\u4e00-\u9fff]", chinese)
        else:
            assert chinese == english
            parsed = subprocess.run(["bash", "-n", "-c", english], capture_output=True, check=False)
            assert (parsed.returncode, parsed.stderr) == (0, b"")
            # git opens no editor: each commit brings its message.
            assert english.count("git commit") == english.count("git commit -m ")


@pytest.mark.parametrize(
    ("there", "first"),
    [
        ({"private", "public"}, "git config gpg.format ssh"),
        ({"private"}, "ssh-keygen -y"),
        (set(), "ssh-keygen -t ed25519"),
    ],
)
def test_a_key_is_made_only_where_there_is_none(there: set[str], first: str) -> None:
    machine = replace(MACHINE, signs=False, ssh_key=frozenset(there))
    assert mends(diagnose_machine(machine))["signing"][1].startswith(first)


def test_a_git_that_cannot_sign_with_an_ssh_key_is_not_told_to() -> None:
    machine = replace(MACHINE, signs=False, git=(2, 33, 1))
    assert "Install git 2.34" in mends(diagnose_machine(machine))["signing"][1]


def _english():
    return language("en")
