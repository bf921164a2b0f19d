"""The run of a forge that a command is part of: its address and its token, out of the environment."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from weibao.workspace.forge.access import access_by_token

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class ForgeRun:
    """A run.

    Attributes:
        address: where the run can be read; "" where there is none.
        repository: ``owner/name``; "" likewise.
        access: what git's environment needs to be let in at the forge; empty where no token was given.
    """

    address: str = ""
    repository: str = ""
    access: Mapping[str, str] = field(default_factory=dict)


def forge_run(environment: Mapping[str, str]) -> ForgeRun:
    """The run that the environment tells of: GitHub's, Gitea's and Forgejo's, or GitLab's.

    A token counts only inside a run, so that one which lies about in somebody's shell is left alone.
    """
    if environment.get("GITHUB_ACTIONS") == "true":
        return _actions(environment)
    if environment.get("GITLAB_CI") == "true":
        return _gitlab(environment)
    return ForgeRun()


def _actions(environment: Mapping[str, str]) -> ForgeRun:
    server = environment.get("GITHUB_SERVER_URL", "https://github.com").rstrip("/")
    repository = environment.get("GITHUB_REPOSITORY", "")
    # Gitea and Forgejo, which speak GitHub's variables, count the runs of each repository.
    key = "GITHUB_RUN_NUMBER" if environment.get("GITEA_ACTIONS") == "true" else "GITHUB_RUN_ID"
    run = environment.get(key, "")
    address = f"{server}/{repository}/actions/runs/{run}" if repository and run else ""
    token = environment.get("GITHUB_TOKEN", "")
    access = access_by_token(server, "x-access-token", token) if token else {}
    return ForgeRun(address, repository, access)


def _gitlab(environment: Mapping[str, str]) -> ForgeRun:
    server = environment.get("CI_SERVER_URL", "https://gitlab.com").rstrip("/")
    token, user = environment.get("WEIBAO_TOKEN", ""), "weibao"
    if not token:
        token, user = environment.get("CI_JOB_TOKEN", ""), "gitlab-ci-token"
    return ForgeRun(
        environment.get("CI_JOB_URL", ""),
        environment.get("CI_PROJECT_PATH", ""),
        access_by_token(server, user, token) if token else {},
    )
