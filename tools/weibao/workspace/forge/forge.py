"""The forge: the one place that talks to GitHub's interface, to keep one comment and to ask for approvals.

What an event or an answer says of a pull request was written by whoever opened it: it is compared,
quoted into addresses, and never run.
"""

from __future__ import annotations

import json
import urllib.request
from dataclasses import dataclass
from http.client import HTTPException
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode, urlsplit

from weibao.language import N_
from weibao.refusal import Refusal, UsageRefusal
from weibao.render.words.plain import plain
from weibao.workspace.forge.one_host import one_host_opener

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PAGE = 100
PAGES = 20
"""How many pages of a hundred comments are looked through."""

_LARGEST = 16 << 20
_SECONDS = 30
_QUOTED = 200
"""Characters of what the forge says is wrong."""


@dataclass(frozen=True, slots=True)
class WorkflowRun:
    """A finished run of the check, as GitHub's ``workflow_run`` event tells it."""

    repository: str
    head_repository: str
    head_owner: str
    head_branch: str
    head_sha: str


@dataclass(frozen=True, slots=True)
class Request:
    """A pull request, as the forge has it now.

    Attributes:
        state: ``OPEN``, ``CLOSED`` or ``MERGED``.
        decision: ``APPROVED``, where the branch asks for reviews and has those that it asks for; else
            something else, or "".
        head: the commit that its branch is at.
        base: the branch that it is for.
        approved: the commits that those who may write here have approved, and not taken back.
    """

    state: str
    decision: str
    head: str
    base: str
    approved: frozenset[str]


def run_of(event: Mapping[str, Any]) -> WorkflowRun:
    """The run that the event is about.

    Raises:
        Refusal: it is no ``workflow_run`` of a pull request.
    """
    try:
        run = event["workflow_run"]
        if run["event"] != "pull_request":
            raise _no_pull_request()
        head = run["head_repository"] or {"full_name": "", "owner": {"login": ""}}
        facts = (
            event["repository"]["full_name"],
            head["full_name"],
            head["owner"]["login"],
            run["head_branch"],
            run["head_sha"],
        )
    except (KeyError, TypeError):
        raise _no_pull_request() from None
    if not all(isinstance(fact, str) for fact in facts):
        raise _no_pull_request()
    return WorkflowRun(*facts)


def _no_pull_request() -> Refusal:
    return UsageRefusal(
        N_("The event is not that of a finished check of a pull request."),
        mend=N_("Run this in a workflow on workflow_run, after one on pull_request."),
    )


_REQUEST = """
query($owner: String!, $name: String!, $number: Int!) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      state
      reviewDecision
      headRefOid
      baseRefName
      latestOpinionatedReviews(first: 100, writersOnly: true) {
        nodes { state commit { oid } }
      }
    }
  }
}
"""


@dataclass(frozen=True, slots=True)
class Forge:
    """GitHub's interface at ``url``, with a token that may write comments."""

    url: str
    token: str

    def pull_request(self, run: WorkflowRun) -> int | None:
        """The number of the one open pull request whose head the run has checked.

        None where it has moved on since, is closed, or several have that head. GitHub names none in the
        event of a fork's run, so it is looked up by the head that the event names.

        Raises:
            Refusal: the forge does not answer, or not with a list.
        """
        wanted = urlencode(
            {"state": "open", "head": f"{run.head_owner}:{run.head_branch}", "per_page": PAGE}
        )
        found = self._list(f"/repos/{quote(run.repository)}/pulls?{wanted}")
        numbers = [
            comment["number"]
            for comment in found
            if _at(comment, "head", "sha") == run.head_sha
            and _at(comment, "head", "repo", "full_name") == run.head_repository
            and isinstance(_at(comment, "number"), int)
        ]
        return numbers[0] if len(numbers) == 1 else None

    def request(self, repository: str, number: int) -> Request | None:
        """The pull request ``number`` of ``owner/name``; None where there is none."""
        owner, _, name = repository.partition("/")
        variables = {"owner": owner, "name": name, "number": number}
        said = self._call("POST", "/graphql", {"query": _REQUEST, "variables": variables})
        try:
            found = said["data"]["repository"]["pullRequest"]
            if found is None:
                return None
            reviews = found["latestOpinionatedReviews"]["nodes"]
            return Request(
                state=found["state"],
                decision=found["reviewDecision"] or "",
                head=found["headRefOid"],
                base=found["baseRefName"],
                approved=frozenset(
                    review["commit"]["oid"]
                    for review in reviews
                    if review["state"] == "APPROVED" and review["commit"]
                ),
            )
        except (KeyError, TypeError):
            raise _failed("POST /graphql") from None

    def keep_comment(self, run: WorkflowRun, number: int, marker: str, body: str) -> str:
        """Make the pull request's one comment say ``body``; with "", there is none.

        Returns ``written``, ``rewritten``, ``removed`` or ``unchanged``.
        """
        issues = f"/repos/{quote(run.repository)}/issues"
        ours = next(self._ours(f"{issues}/{number}/comments", marker), None)
        if ours is None:
            if not body:
                return "unchanged"
            self._call("POST", f"{issues}/{number}/comments", {"body": body})
            return "written"
        address = f"{issues}/comments/{ours['id']}"
        if not body:
            self._call("DELETE", address)
            return "removed"
        if ours["body"].strip() == body.strip():
            return "unchanged"
        self._call("PATCH", address, {"body": body})
        return "rewritten"

    def _ours(self, address: str, marker: str) -> Iterator[dict[str, Any]]:
        """The comments that begin with the marker and that a bot wrote: anyone may copy a marker.

        The author of a comment is null where the account is gone, and its body where it has none.
        """
        for page in range(1, PAGES + 1):
            found = self._list(f"{address}?per_page={PAGE}&page={page}")
            for comment in found:
                body = _at(comment, "body")
                written = isinstance(body, str) and body.startswith(marker)
                if (
                    written
                    and _at(comment, "user", "type") == "Bot"
                    and isinstance(_at(comment, "id"), int)
                ):
                    yield comment
            if len(found) < PAGE:
                return

    def _list(self, address: str) -> list[Any]:
        """What is asked for by ``GET``, which must be a list; raises ``Refusal`` where it is not."""
        found = self._call("GET", address)
        if isinstance(found, list):
            return found
        # GitHub says what is wrong as {"message": …}.
        said = _at(found, "message")
        asked = f"GET {address.partition('?')[0]}"
        raise _failed(f"{asked}: {plain(said)[:_QUOTED]}" if isinstance(said, str) else asked)

    def _call(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        if urlsplit(self.url).scheme not in {"http", "https"}:
            raise _failed(self.url)
        request = urllib.request.Request(  # noqa: S310 - the scheme is checked above
            self.url.rstrip("/") + path,
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={
                "Accept": "application/vnd.github+json",
                "Authorization": f"Bearer {self.token}",
                "Content-Type": "application/json",
                "User-Agent": "weibao",
                "X-GitHub-Api-Version": "2022-11-28",
            },
        )
        opener = one_host_opener()
        try:
            with opener.open(request, timeout=_SECONDS) as answer:
                said = answer.read(_LARGEST)
        except (OSError, HTTPException) as error:
            raise _failed(f"{method} {path.partition('?')[0]}: {error}") from None
        try:
            return json.loads(said) if said else None
        except (ValueError, RecursionError):
            raise _failed(f"{method} {path.partition('?')[0]}") from None


def _at(value: Any, *keys: str) -> Any:
    """What lies under the keys, one in another; None where a value on the way has no such key."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _failed(problem: str) -> Refusal:
    return Refusal(
        N_("The forge did not do what it was asked: {problem}"),
        mend=N_(
            "Run the job again; its token needs the permission for pull requests: write for the "
            "comment, read for a merge."
        ),
        problem=problem,
    )
