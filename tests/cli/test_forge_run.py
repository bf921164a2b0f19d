"""The run of a forge as its environment tells it: whose token it is, for which server, and when it counts."""

from __future__ import annotations

from base64 import b64decode

import pytest

from weibao.cli.framework.forge_run import ForgeRun, forge_run

GITHUB = {
    "GITHUB_ACTIONS": "true",
    "GITHUB_REPOSITORY": "provider/records",
    "GITHUB_SERVER_URL": "https://github.example",
    "GITHUB_TOKEN": "secret",
}
GITLAB = {
    "GITLAB_CI": "true",
    "CI_PROJECT_PATH": "provider/records",
    "CI_SERVER_URL": "https://gitlab.example",
    "CI_JOB_TOKEN": "job",
}


def sent(run: ForgeRun) -> tuple[str, str]:
    """The setting that holds the token, and what git would send by it."""
    header = run.access["GIT_CONFIG_VALUE_1"]
    return run.access["GIT_CONFIG_KEY_1"], b64decode(header.rpartition(" ")[2]).decode()


@pytest.mark.parametrize(
    ("environment", "server", "login"),
    [
        (GITHUB, "https://github.example", "x-access-token:secret"),
        (GITHUB | {"GITHUB_SERVER_URL": "https://git.example/"}, "https://git.example", ""),
        (GITLAB, "https://gitlab.example", "gitlab-ci-token:job"),
        (GITLAB | {"WEIBAO_TOKEN": "own"}, "https://gitlab.example", "weibao:own"),
    ],
)
def test_a_run_is_let_in_by_its_token_at_its_own_forge(
    environment: dict[str, str], server: str, login: str
) -> None:
    run = forge_run(environment)

    assert run.repository == "provider/records"
    assert sent(run) == (f"http.{server}/.extraHeader", login or "x-access-token:secret")


@pytest.mark.parametrize(
    "environment",
    [
        GITHUB | {"GITHUB_ACTIONS": ""},
        GITLAB | {"GITLAB_CI": ""},
        GITHUB | {"GITHUB_TOKEN": ""},
        GITLAB | {"CI_JOB_TOKEN": ""},
        {},
    ],
)
def test_a_token_outside_a_run_and_a_run_without_one_let_nobody_in(
    environment: dict[str, str],
) -> None:
    assert forge_run(environment).access == {}
