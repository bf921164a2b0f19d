"""Where a request is opened: as the forge says, as its known address has it, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from building.repository import Repository
from weibao.workspace.together.request_link import Hosted, hosted_at, request_link

if TYPE_CHECKING:
    from pathlib import Path

BRANCH = "propose/0123456789"
MERGE_REQUEST = "/-/merge_requests/new?merge_request%5Bsource_branch%5D="


@pytest.mark.parametrize(
    ("address", "host", "path"),
    [
        ("https://github.com/o/r.git", "github.com", "o/r"),
        ("https://user:secret@GitHub.com:443/o/r", "github.com", "o/r"),
        ("git@gitlab.example:group/sub/r.git", "gitlab.example", "group/sub/r"),
        ("ssh://git@codeberg.org:22/o/r.git/", "codeberg.org", "o/r"),
    ],
)
def test_an_address_is_a_host_and_a_path_without_any_secret(
    tmp_path: Path, address: str, host: str, path: str
) -> None:
    repository = Repository(tmp_path / "clone")
    repository.git("remote", "add", "origin", address)
    assert hosted_at(repository.path, "origin") == Hosted(host, path)


@pytest.mark.parametrize("address", ["/srv/r.git", "../r.git", "file:///srv/r.git", r"C:\r.git"])
def test_a_folder_is_on_no_host(tmp_path: Path, address: str) -> None:
    repository = Repository(tmp_path / "clone")
    repository.git("remote", "add", "origin", address)
    assert hosted_at(repository.path, "origin") is None


@pytest.mark.parametrize(
    ("host", "link"),
    [
        ("github.com", f"https://github.com/o/r/compare/main...{BRANCH}?expand=1"),
        (
            "gitlab.com",
            f"https://gitlab.com/o/r{MERGE_REQUEST}{BRANCH}&merge_request%5Btarget_branch%5D=main",
        ),
        ("codeberg.org", f"https://codeberg.org/o/r/compare/main...{BRANCH}"),
        ("git.example", ""),
        ("gitlab.example", ""),
        ("github.com.example", ""),
    ],
)
def test_a_public_forge_is_known_by_its_address_and_nothing_else_is_guessed(
    host: str, link: str
) -> None:
    assert request_link(Hosted(host, "o/r"), "", BRANCH, "main") == link


@pytest.mark.parametrize(
    ("answer", "host"),
    [
        (
            f"remote: Create a pull request:\nremote:      https://github.com/o/r/pull/new/{BRANCH} \n",
            "github.com",
        ),
        (
            f"remote: To create one, visit:\nremote:   https://git.example/o/r{MERGE_REQUEST}propose%2F0123456789\n",
            "git.example",
        ),
        (
            f"remote: Create a new pull request:\nremote:   https://gitea.example:3000/o/r/compare/main...{BRANCH}\n",
            "gitea.example",
        ),
    ],
)
def test_what_the_forge_answers_comes_first(answer: str, host: str) -> None:
    link = request_link(Hosted(host, "o/r"), answer, BRANCH, "main")
    assert link
    assert link in answer.split()


@pytest.mark.parametrize(
    "answer",
    [
        f"remote: https://elsewhere.example/{BRANCH}\n",
        "remote: https://git.example/o/r/security\n",
        f"https://git.example/{BRANCH}\n",  # not of the remote
        f"remote: http://[::/{BRANCH}\n",
        f"remote: javascript:alert/{BRANCH}\n",
    ],
)
def test_another_host_or_another_page_is_no_link(answer: str) -> None:
    assert request_link(Hosted("git.example", "o/r"), answer, BRANCH, "main") == ""
