"""The forge: the one place that talks to GitHub's interface, to keep one comment and to ask for approvals.

What an event or an answer says of a pull request was written by whoever opened it: it is compared,
quoted into addresses, and never run.
"""

from __future__ import annotations

import json
import urllib.request
from dataclasses import dataclass
from http.client import HTTPException
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import quote, urlsplit

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
class ProposedHead:
    """What a pull request asks to merge, as GitHub's event tells it: ``number`` of ``repository`` at ``commit``."""

    repository: str
    number: int
    commit: str


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


def proposed_head(event: Mapping[str, Any]) -> ProposedHead:
    """What the event of a ``pull_request_target`` workflow is about.

    Raises:
        Refusal: it is another event. That of a finished run is one: whoever opens a request may name a
            workflow of theirs like ours, and its run proves nothing.
    """
    number, commit = at(event, "number"), at(event, "pull_request", "head", "sha")
    repository = at(event, "repository", "full_name")
    whole = isinstance(number, int) and isinstance(commit, str) and isinstance(repository, str)
    if not whole or "workflow_run" in event:
        raise UsageRefusal(
            N_("The event is not that of a pull request's own check."),
            mend=N_(
                "Run this in a workflow on pull_request_target, after weibao diff in the same run."
            ),
        )
    return ProposedHead(repository, number, commit)


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

    ACCEPT: ClassVar[str] = "application/vnd.github+json"
    REWRITING: ClassVar[str] = "PATCH"

    def page_of(self, repository: str, number: int) -> str:
        """An issue's text as HTML, in which the forge has put addresses that need no token, for some minutes."""
        path = f"/repos/{quote(repository)}/issues/{number}"
        said = at(self._call("GET", path, accept="application/vnd.github.full+json"), "body_html")
        return said if isinstance(said, str) else ""

    def is_at(self, proposed: ProposedHead) -> bool:
        """Whether the pull request is open and has that head; raises ``Refusal`` where nobody can tell."""
        found = self._call("GET", f"/repos/{quote(proposed.repository)}/pulls/{proposed.number}")
        return (at(found, "state"), at(found, "head", "sha")) == ("open", proposed.commit)

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

    def keep_comment(self, repository: str, number: int, marker: str, body: str) -> str:
        """Make the one comment on a pull request or an issue say ``body``; with "", there is none.

        Returns ``written``, ``rewritten``, ``removed`` or ``unchanged``.
        """
        comments = self._comments(repository, number)
        ours = next(self._ours(comments, marker), None)
        if ours is None:
            if not body:
                return "unchanged"
            self._call("POST", comments, {"body": body})
            return "written"
        address = self._comment(repository, number, ours["id"])
        if not body:
            self._call("DELETE", address)
            return "removed"
        if ours["body"].strip() == body.strip():
            return "unchanged"
        self._call(self.REWRITING, address, {"body": body})
        return "rewritten"

    def _comments(self, repository: str, number: int) -> str:
        return f"/repos/{quote(repository)}/issues/{number}/comments"

    def _comment(self, repository: str, number: int, comment: int) -> str:  # noqa: ARG002 - others need it
        return f"/repos/{quote(repository)}/issues/comments/{comment}"

    def _is_ours(self, comment: Mapping[str, Any]) -> bool:
        """Whether a bot wrote a comment: anyone may copy a marker."""
        return bool(at(comment, "user", "type") == "Bot")

    def _ours(self, address: str, marker: str) -> Iterator[dict[str, Any]]:
        """The comments that begin with the marker and are of the token's own account.

        The author of a comment is null where the account is gone, and its body where it has none.
        """
        for comment in self._pages(address):
            body = at(comment, "body")
            written = isinstance(body, str) and body.startswith(marker)
            if written and self._is_ours(comment) and isinstance(at(comment, "id"), int):
                yield comment

    def _pages(self, address: str) -> Iterator[dict[str, Any]]:
        """What a list holds, page by page, as far as :data:`PAGES` goes."""
        joint = "&" if "?" in address else "?"
        for page in range(1, PAGES + 1):
            found = self._list(f"{address}{joint}per_page={PAGE}&page={page}")
            yield from found
            if len(found) < PAGE:
                return

    def _list(self, address: str) -> list[Any]:
        """What is asked for by ``GET``, which must be a list; raises ``Refusal`` where it is not."""
        found = self._call("GET", address)
        if isinstance(found, list):
            return found
        # GitHub says what is wrong as {"message": …}.
        said = at(found, "message")
        asked = f"GET {address.partition('?')[0]}"
        raise _failed(f"{asked}: {plain(said)[:_QUOTED]}" if isinstance(said, str) else asked)

    def _call(
        self, method: str, path: str, body: Mapping[str, Any] | None = None, accept: str = ""
    ) -> Any:
        if urlsplit(self.url).scheme not in {"http", "https"}:
            raise _failed(self.url)
        request = urllib.request.Request(  # noqa: S310 - the scheme is checked above
            self.url.rstrip("/") + path,
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={
                "Accept": accept or self.ACCEPT,
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


def at(value: Any, *keys: str) -> Any:
    """What lies under the keys, one in another; None where a value on the way has no such key."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _failed(problem: str) -> Refusal:
    return Refusal(
        N_("The forge did not do what it was asked: {problem}"),
        mend=N_(
            "Run the job again; its token needs the permission for pull requests (write for the "
            "comment, read for a merge) or for issues (write for an answer)."
        ),
        problem=problem,
    )
