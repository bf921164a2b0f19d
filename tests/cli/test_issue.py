"""``weibao issue``: from a forge's form to one commit on a branch of its own, or to an answer under it."""

from __future__ import annotations

import json
from hashlib import sha256
from shutil import copytree
from typing import TYPE_CHECKING, Any

import pytest

from building.commands import PATH, TICKET, Weibao, record_repository
from building.contract import entry
from building.forge_server import TOKEN, a_forge
from building.issue_forms import (
    CONTRACT_OF_FORGES,
    FAULT,
    STAFF_OF_FORGES,
    STEP,
    event,
    payload,
    rendered,
)
from building.pictures import GPS, exif, jpeg
from building.repository import Repository
from building.together import losses_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from building.commands import Ran
    from building.forge_server import FakeForge

NOW = "2026-11-20T09:41:00+08:00"
BRANCH = "weibao/issue-12"
UUID = "6f1c3a52-8d0e-4b7b-9a3e-0c5d2f1e7a90"
STAFF = STAFF_OF_FORGES.replace("github.com", "localhost").replace("gitea.example", "localhost")
STAFF = STAFF.replace("gitlab.example", "localhost")
CONTRACT = CONTRACT_OF_FORGES.replace("noreply.github.com", "noreply.localhost")


class Scene:
    """A forge, the bare repository that it keeps, and the clone of a run."""

    weibao: Weibao

    def __init__(self, folder: Path, forge: FakeForge) -> None:
        self.bare = Repository(folder / "remote.git", init=False)
        self.run = Repository(folder / "run", init=False)
        self.run.git("remote", "set-url", "origin", self.bare.path.as_uri())
        self.forge, self.folder = forge, folder
        self.main = self.bare.head

    def issue(self, told: Any = None, *options: str) -> Ran:
        """Run the command on an event."""
        if told is None:
            return self.weibao("issue", *options, folder=self.run.path)
        file = self.folder / "event.json"
        file.write_text(json.dumps(told), encoding="utf-8")
        return self.weibao("issue", "--event", str(file), *options, folder=self.run.path)

    @property
    def branches(self) -> list[str]:
        """The branches of the remote besides its own."""
        return self.bare.git("for-each-ref", "--format=%(refname:short)").split("\n")[:-1] or []

    def added(self) -> list[str]:
        """The lines that the branch adds to the ticket; the branch is one commit on what had landed."""
        assert self.bare.git("rev-list", f"main..{BRANCH}").count("\n") == 0
        assert self.bare.git("rev-parse", f"{BRANCH}^", "main") == f"{self.main}\n{self.main}"
        shown = self.bare.git("diff", "--unified=0", "main", BRANCH, "--", PATH)
        return [line[1:] for line in shown.split("\n") if line.startswith("+ ")]

    def untouched(self) -> bool:
        """Whether neither the remote nor the clone has anything of it."""
        return (
            self.bare.git("for-each-ref", "--format=%(refname) %(objectname)")
            == f"refs/heads/main {self.main}"
            and self.run.git("status", "--porcelain", "--branch") == "## main...origin/main"
            and self.run.git("branch", "--list") == "* main"
        )


def environment(forge: FakeForge) -> dict[str, str]:
    if forge.kind == "gitlab":
        return {
            "GITLAB_CI": "true",
            "CI_SERVER_URL": forge.url,
            "CI_API_V4_URL": forge.interface,
            "CI_PROJECT_PATH": "provider/records",
            "WEIBAO_TOKEN": TOKEN,
        }
    return {
        "GITHUB_ACTIONS": "true",
        "GITEA_ACTIONS": "true" if forge.kind == "gitea" else "",
        "GITHUB_SERVER_URL": forge.url,
        "GITHUB_API_URL": forge.interface,
        "GITHUB_REPOSITORY": "provider/records",
        "GITHUB_TOKEN": TOKEN,
    }


@pytest.fixture(scope="module")
def seed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repositories as every test begins with them."""
    folder = tmp_path_factory.mktemp("seed")
    log = [entry("09:15", "opened", by="wang-lei"), entry("09:16", "acknowledged")]
    first = record_repository(folder / "first", log, staff=STAFF, contract=CONTRACT)
    first.clone(folder / "remote.git", "--bare").clone(folder / "run")
    return folder


@pytest.fixture
def scene(
    request: pytest.FixtureRequest,
    seed: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Iterator[Scene]:
    copytree(seed, tmp_path / "scene")
    with a_forge(getattr(request, "param", "github")) as forge:
        scene = Scene(tmp_path / "scene", forge)
        scene.weibao = Weibao(scene.run, monkeypatch, capsys)
        scene.weibao.set_clock(NOW)
        for name, value in environment(forge).items():
            monkeypatch.setenv(name, value)
        yield scene


def test_a_step_becomes_one_commit_on_a_branch_that_waits_and_never_main_s(scene: Scene) -> None:
    ran = scene.issue(event(rendered(STEP)))
    assert (ran.code, ran.err, ran.out) == (0, "", "#12: The comment is written.\n")
    assert scene.added() == [
        "  - {at: 2026-11-20T09:35:00+08:00, event: arrived, by: li-qiang, note: 到机房，见到值班员}"
    ]
    assert scene.bare.git("log", "-1", "--format=%an <%ae> %cn%n%B", BRANCH) == (
        "李强 <1024025+li-qiang@users.noreply.localhost> github-actions[bot]\n"
        f"{TICKET} arrived: 到机房，见到值班员\n\nWeibao-Form: closes #12"
    )
    assert scene.run.git("status", "--porcelain", "--branch") == "## main...origin/main"
    (answer,) = scene.forge.answers(12)
    assert f"✓ Recorded by 李强: {TICKET} arrived" in answer
    assert f"/provider/records/compare/main...{BRANCH}?expand=1)" in answer
    scene.run.git("switch", "-q", "--detach", scene.bare.git("rev-parse", BRANCH))
    assert scene.weibao("check", folder=scene.run.path).code == 0


def test_the_same_issue_is_recorded_once_however_often_it_is_read_and_told_when_it_has_landed(
    scene: Scene,
) -> None:
    scene.issue(event(rendered(STEP)))
    commit = scene.bare.git("rev-parse", BRANCH)
    (answer,) = scene.forge.answers(12)
    again = event(rendered(STEP | {"备注": "改了"})) | {"action": "edited"}
    assert scene.issue(again).out == "#12: There is nothing new to say.\n"
    assert scene.bare.git("rev-parse", BRANCH) == commit
    assert scene.forge.answers(12) == [answer]

    scene.bare.git("update-ref", "refs/heads/main", commit)
    scene.bare.git("update-ref", "-d", f"refs/heads/{BRANCH}")
    scene.run.git("pull", "-q", "--ff-only")
    assert scene.issue(again).out == "#12: The comment is brought up to date.\n"
    assert "It has landed" in scene.forge.answers(12)[0]
    assert scene.bare.git("rev-parse", "main") == commit
    assert scene.branches == []
    assert losses_of(scene.bare) == ()
    shown = scene.weibao("ticket", "show", "7K3Q9M", folder=scene.run.path).out
    assert "11-20 09:35  Arrived on site  李强  A " in shown
    found = scene.weibao("findings", folder=scene.run.path).out
    assert not {"E109", "E110"} & set(found.split())


@pytest.mark.parametrize(
    "author", [{}, {"login": "zhang-gong", "id": 77}], ids=["staff", "contact"]
)
def test_a_fault_opens_a_ticket(scene: Scene, author: dict[str, object]) -> None:
    assert scene.issue(event(rendered(FAULT), **author)).code == 0
    name = scene.bare.git("log", "-1", "--format=%an", BRANCH)
    assert name == ("张工" if author else "李强")
    (path,) = scene.bare.git("diff", "--name-only", "main", BRANCH).split("\n")
    text = scene.bare.git("show", f"{BRANCH}:{path}")
    assert "title: 核心交换机告警" in text
    assert "reported_by: zhang-gong" in text
    scene.run.git("switch", "-q", "--detach", scene.bare.git("rev-parse", BRANCH))
    assert scene.weibao("check", folder=scene.run.path).code == 0


def test_photographs_are_fetched_stripped_and_attached_by_their_hash(scene: Scene) -> None:
    file = f"/user-attachments/assets/{UUID}"
    scene.forge.files[file] = jpeg(exif())
    shown = f"![IMG_0001 at home]({scene.forge.url}{file})"
    assert scene.issue(event(rendered(STEP | {"照片": shown}))).code == 0
    digest = sha256(jpeg()).hexdigest()
    path = f"records/attachments/{digest[:2]}/{digest}.jpg"
    arrived, attached = scene.added()
    assert "event: arrived" in arrived
    assert f"event: attached, by: li-qiang, file: {path}, sha256: {digest}" in attached
    kept = scene.bare.git("ls-tree", "-r", "--name-only", BRANCH, "--", "records/attachments")
    assert path in kept
    size = scene.bare.git("cat-file", "-s", f"{BRANCH}:{path}")
    assert int(size) == len(jpeg()) < len(jpeg(exif()))
    assert GPS.decode() not in scene.bare.git("log", "-1", "--format=%B", BRANCH)
    scene.run.git("switch", "-q", "--detach", scene.bare.git("rev-parse", BRANCH))
    assert scene.weibao("check", folder=scene.run.path).code == 0


PICTURES = {
    "svg": (b"<svg onload='alert(1)'/>", "is no PNG, JPEG or WebP"),
    "page": (b"<!doctype html>", "is no PNG, JPEG or WebP"),
    "document": (b"%PDF-1.4\n", "is a document"),
    "cut short": (jpeg()[:-20], "is a damaged picture"),
    "40 MB": (jpeg() + bytes(40 << 20), "is larger than 5 MiB"),
    "gigapixels": (
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (10**5).to_bytes(4, "big") * 2,
        "claims to be a picture of 100000 × 100000",
    ),
    "elsewhere": ("https://evil.example/a.jpg", "lies at evil.example"),
    "this machine": ("file:///etc/passwd", "lies at"),
}


@pytest.mark.parametrize("name", PICTURES)
def test_what_is_no_photograph_is_answered_and_nothing_is_recorded(scene: Scene, name: str) -> None:
    content, said = PICTURES[name]
    file = f"/user-attachments/assets/{UUID}"
    scene.forge.files[file] = content
    ran = scene.issue(event(rendered(STEP | {"照片": scene.forge.url + file})))
    assert ran.code == 0
    (answer,) = scene.forge.answers(12)
    assert said in answer
    assert scene.untouched()


REFUSED = {
    "a step that cannot follow": ({"步骤": "恢复计时 (resumed)"}, "", "X201"),
    "other equipment": ({"设备": "core-sw-02"}, "", "called “core-sw-02”"),
    "before it was opened": ({"时间": "09:01"}, "", ""),
    "a body of 40 MB": ({"备注": "x" * (40 << 20)}, "", "longer than 65536"),
    "a stranger": ({}, "mallory", "is nobody of the provider"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_recorded_is_answered_and_leaves_nothing(scene: Scene, name: str) -> None:
    change, login, said = REFUSED[name]
    user: dict[str, object] = {"login": login, "id": 666} if login else {}
    assert scene.issue(event(rendered(STEP | change), **user)).code == 0
    (answer,) = scene.forge.answers(12)
    assert "**Nothing was recorded. What is missing or wrong&#58;**" in answer or "wrong:" in answer
    assert said in answer or said == "X201"
    assert len(answer) < 4000
    assert scene.untouched()


def test_a_ticket_that_is_closed_takes_no_more_steps(scene: Scene) -> None:
    steps = [
        entry("09:20", "resolved", mode="remote", cause="x", action="y"),
        entry("09:25", "confirmed", by="wang-lei", contact="zhang-gong", via="phone"),
        entry("09:26", "closed", by="wang-lei"),
    ]
    scene.run.append(PATH, *steps)
    scene.run.git("-c", "user.name=a", "-c", "user.email=a@b.example", "commit", "-qam", "close")
    scene.run.git("push", "-q", "origin", "main")
    scene.main = scene.bare.head
    assert scene.issue(event(rendered(STEP))).code == 0
    assert "Nothing was recorded" in scene.forge.answers(12)[0]
    assert scene.untouched()


def test_a_photograph_that_the_ticket_has_already_takes_the_step_back_with_it(scene: Scene) -> None:
    file = f"/user-attachments/assets/{UUID}"
    scene.forge.files[file] = jpeg()
    told = event(rendered(STEP | {"照片": scene.forge.url + file}))
    scene.issue(told)
    commit = scene.bare.git("rev-parse", BRANCH)
    scene.bare.git("update-ref", "refs/heads/main", commit)
    scene.bare.git("update-ref", "-d", f"refs/heads/{BRANCH}")
    scene.run.git("pull", "-q", "--ff-only")
    scene.main = commit
    told["issue"]["body"] = rendered(
        STEP | {"步骤": "进展 (updated)", "照片": scene.forge.url + file}
    )
    told["issue"]["number"] = 13
    scene.weibao.set_clock("2026-11-20T09:50:00+08:00")
    assert scene.issue(told).code == 0
    assert "has this file already" in scene.forge.answers(13)[0]
    assert scene.untouched()


def test_a_remote_that_does_not_take_the_branch_leaves_nothing_in_the_clone(scene: Scene) -> None:
    hook = scene.bare.path / "hooks" / "update"
    hook.write_text("#!/bin/sh\necho no >&2\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    scene.bare.git("config", "core.hooksPath", str(hook.parent))
    assert scene.issue(event(rendered(FAULT))).code == 3
    assert "the run failed" in scene.forge.answers(12)[0]
    assert scene.untouched()


def test_a_commit_that_git_refuses_leaves_no_ticket_behind(scene: Scene) -> None:
    hook = scene.run.path / ".git" / "hooks" / "pre-commit"
    hook.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    assert scene.issue(event(rendered(FAULT))).code == 3
    assert scene.untouched()


def test_an_answer_is_brought_up_to_date_where_the_form_is_mended(scene: Scene) -> None:
    scene.issue(event(rendered(STEP | {"工单": ""})))
    assert "has no answer" in scene.forge.answers(12)[0]
    assert scene.untouched()
    scene.issue(event(rendered(STEP)) | {"action": "edited"})
    (answer,) = scene.forge.answers(12)
    assert "✓" in answer
    assert len(scene.added()) == 1


def test_somebody_who_copies_an_answer_does_not_have_theirs_changed(scene: Scene) -> None:
    scene.issue(event(rendered(STEP | {"工单": ""})))
    (answer,) = scene.forge.answers(12)
    scene.forge.comments[12] = [
        {"id": 1, "user": {"login": "mallory", "type": "User"}, "body": answer}
    ]
    scene.issue(event(rendered(STEP)))
    assert scene.forge.answers(12)[0] == answer
    assert len(scene.forge.answers(12)) == 2


@pytest.mark.parametrize(
    "body", ["", "It is broken.", "### Steps to reproduce\n\nx\n\n### Expected\n\ny"]
)
def test_any_other_issue_is_let_be(scene: Scene, body: str) -> None:
    assert scene.issue(event(body)).out == ""
    assert scene.forge.asked == []
    assert scene.untouched()


def test_a_branch_of_that_name_that_is_another_s_is_not_taken_for_the_issue_s(scene: Scene) -> None:
    scene.bare.git("update-ref", f"refs/heads/{BRANCH}", "main")
    scene.issue(event(rendered(STEP)))
    assert "is there already, and is not this issue&#39;s" in scene.forge.answers(12)[0]
    assert scene.bare.git("rev-parse", BRANCH) == scene.main


def test_where_the_remote_cannot_be_reached_the_issue_is_told_and_the_run_fails(
    scene: Scene,
) -> None:
    ran = scene.issue(event(rendered(STEP)), "--remote", str(scene.folder / "nowhere.git"))
    assert ran.code == 3
    assert "the run failed, and its log says why" in scene.forge.answers(12)[0]
    assert scene.untouched()


def test_a_clone_with_changes_is_not_written_in(scene: Scene) -> None:
    scene.run.append(PATH, "# mine")
    ran = scene.issue(event(rendered(STEP)))
    assert ran.code == 3
    assert "has changes that are not committed" in ran.err
    assert scene.run.read(PATH).endswith("# mine\n")


@pytest.mark.parametrize("scene", ["gitea"], indirect=True)
def test_gitea_s_event_is_recorded_and_answered_alike(scene: Scene) -> None:
    file = f"/attachments/{UUID}"
    scene.forge.files[file] = jpeg()
    told = payload("gitea")
    told["issue"]["body"] = rendered(STEP | {"照片": f"![image.jpg]({file})"})
    assert scene.issue(told).code == 0
    assert len(scene.added()) == 2
    assert scene.issue(told | {"action": "edited"}).out == "#12: There is nothing new to say.\n"
    (answer,) = scene.forge.answers(12)
    assert f"/compare/main...{BRANCH})" in answer


@pytest.mark.parametrize("scene", ["gitlab"], indirect=True)
def test_gitlab_s_open_issues_are_each_recorded_answered_or_let_be(scene: Scene) -> None:
    (told,) = payload("gitlab")
    file = f"/uploads/{'a' * 32}/image.jpg"
    scene.forge.files[file] = jpeg()
    shown = told["description"].rstrip() + f"\n\n![image]({file}){{width=390 height=600}}"
    faulty = told | {"iid": 13, "description": told["description"].replace("7K3Q9M", "nope")}
    plain = told | {"iid": 14, "description": "It is broken."}
    edited = told | {"iid": 15}
    scene.forge.comments[15] = [
        {
            "id": 3,
            "system": True,
            "body": "changed the description",
            "author": {"id": 3, "username": "boss"},
        }
    ]
    scene.forge.issues = [told | {"description": shown}, faulty, plain, edited]
    ran = scene.issue()
    assert (ran.code, ran.err) == (0, "")
    assert len(scene.added()) == 2
    assert "number of no ticket" in scene.forge.answers(13)[0]
    assert scene.forge.answers(14) == []
    assert "boss changed the text" in scene.forge.answers(15)[1]
    assert "/-/merge_requests/new?merge_request%5Bsource_branch%5D=" in scene.forge.answers(12)[0]
    again = scene.issue()
    assert again.out.count("There is nothing new to say.") == 3


@pytest.mark.parametrize("scene", ["gitlab"], indirect=True)
def test_one_of_gitlab_s_issues_that_fails_does_not_keep_the_next_from_its_answer(
    scene: Scene,
) -> None:
    (told,) = payload("gitlab")
    scene.forge.issues = [told, told | {"iid": 13}]
    ran = scene.issue(None, "--remote", str(scene.folder / "nowhere.git"))
    assert ran.code == 3
    for number in (12, 13):
        assert "the run failed" in scene.forge.answers(number)[0]


def test_what_an_event_would_do_is_shown_without_a_token_or_a_call(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GITHUB_TOKEN")
    ran = scene.issue(event(rendered(STEP)), "--dry-run")
    assert (
        "This can be recorded: arrived at 2026-11-20T09:35:00+08:00, by li-qiang."
        in ran.out.replace("&#58;", ":")
    )
    assert (
        "number of no ticket" in scene.issue(event(rendered(STEP | {"工单": "x"})), "--dry-run").out
    )
    assert scene.issue(event(rendered(STEP))).code == 2
    assert scene.forge.asked == []
    assert scene.untouched()


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b'{"action": "opened"}', b"[" * 100_000])
def test_what_is_no_event_is_refused(scene: Scene, content: bytes) -> None:
    file = scene.folder / "event.json"
    file.write_bytes(content)
    assert scene.weibao("issue", "--event", str(file), folder=scene.run.path).code == 2
    assert scene.weibao("issue", folder=scene.run.path).code == 2
