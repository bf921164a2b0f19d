"""The run of a forge that a command is part of: its address, its token and its event."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from weibao.language import N_
from weibao.refusal import UsageRefusal
from weibao.render.words.plain import plain
from weibao.workspace.forge.access import access_by_token

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

KEPT = {
    "written": N_("The comment is written."),
    "rewritten": N_("The comment is brought up to date."),
    "removed": N_("There is nothing to say any more: the comment is removed."),
    "unchanged": N_("There is nothing new to say."),
}
"""What was done with the one comment."""


@dataclass(frozen=True, slots=True)
class ForgeRun:
    """A run.

    Attributes:
        address: where the run can be read; "" where there is none.
        repository: ``owner/name``; "" likewise.
        access: what git's environment needs to be let in at the forge; empty where no token was given.
        kind: ``github``, ``gitea`` (and Forgejo) or ``gitlab``; "" of none.
        server: the forge's address, and ``interface`` that of its interface.
        token: that by which git is let in.
    """

    address: str = ""
    repository: str = ""
    access: Mapping[str, str] = field(default_factory=dict, repr=False)
    kind: str = ""
    server: str = ""
    interface: str = ""
    token: str = field(default="", repr=False)


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
    kind = "gitea" if environment.get("GITEA_ACTIONS") == "true" else "github"
    key = "GITHUB_RUN_NUMBER" if kind == "gitea" else "GITHUB_RUN_ID"
    run = environment.get(key, "")
    address = f"{server}/{repository}/actions/runs/{run}" if repository and run else ""
    token = environment.get("GITHUB_TOKEN", "")
    access = access_by_token(server, "x-access-token", token) if token else {}
    interface = environment.get("GITHUB_API_URL", "https://api.github.com")
    return ForgeRun(address, repository, access, kind, server, interface, token)


def _gitlab(environment: Mapping[str, str]) -> ForgeRun:
    server = environment.get("CI_SERVER_URL", "https://gitlab.com").rstrip("/")
    token, user = environment.get("WEIBAO_TOKEN", ""), "weibao"
    if not token:
        token, user = environment.get("CI_JOB_TOKEN", ""), "gitlab-ci-token"
    return ForgeRun(
        environment.get("CI_JOB_URL", ""),
        environment.get("CI_PROJECT_PATH", ""),
        access_by_token(server, user, token) if token else {},
        "gitlab",
        server,
        environment.get("CI_API_V4_URL", f"{server}/api/v4"),
        token,
    )


def read_event(path: Path) -> dict[str, Any]:
    """The event of a workflow; refused where the file holds none."""
    try:
        found = json.loads(path.read_bytes())
    except (ValueError, RecursionError):
        found = None
    if isinstance(found, dict):
        return found
    raise UsageRefusal(
        N_("{path} is not the event of a workflow."),
        mend=N_("Name the file that GITHUB_EVENT_PATH names."),
        path=plain(str(path)),
    )
