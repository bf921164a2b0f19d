"""An issue as each forge tells it: GitHub's and Gitea's event of a workflow, and what GitLab's interface lists."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from weibao.language import N_
from weibao.model.instant import Instant, parse_instant
from weibao.refusal import UsageRefusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from weibao.refusal import Refusal


class ForgeKind(Enum):
    """A kind of forge; Forgejo speaks as Gitea does."""

    GITHUB = "github"
    GITEA = "gitea"
    GITLAB = "gitlab"


@dataclass(frozen=True, slots=True)
class Account:
    """An account of a forge, known by its number, since a name can be given up and taken by another."""

    number: int
    name: str


@dataclass(frozen=True, slots=True)
class WrittenIssue:
    """An issue.

    Attributes:
        kind: of the forge; ``server`` is its address, ``https://forge.example``.
        repository: ``owner/name``.
        number: of the issue in its repository.
        author: who opened it.
        body: what it says now; "" where all that was changed is its title.
        created: when the forge took it in.
        writer: who wrote what it says now; None where the forge does not tell.
        files: the addresses of files that the forge keeps beside the text.
        is_open: whether it is not closed.
    """

    kind: ForgeKind
    server: str
    repository: str
    number: int
    author: Account
    body: str
    created: Instant
    writer: Account | None = None
    files: tuple[str, ...] = ()
    is_open: bool = True

    @property
    def host(self) -> str:
        """The forge's host, with its port where it has one of its own."""
        return urlsplit(self.server).netloc.lower()

    @property
    def address(self) -> str:
        """The address under which the forge commits for the author, which nobody else can have."""
        return account_address(self.kind, self.server, self.author)

    def is_author(self, addresses: Iterable[str]) -> bool:
        """Whether one of the addresses is the author's at this forge: by the number, where it has one."""
        account, _, domain = self.address.casefold().rpartition("@")
        shape = re.escape(account)
        if self.kind is not ForgeKind.GITEA:
            shape = rf"{self.author.number}[+-][^@]+"
        own = re.compile(rf"{shape}@{re.escape(domain)}")
        return any(own.fullmatch(address.casefold()) for address in addresses)


def account_address(kind: ForgeKind, server: str, account: Account) -> str:
    """The address that the forge itself gives an account to commit under."""
    host = urlsplit(server).hostname or ""
    match kind:
        case ForgeKind.GITHUB:
            return f"{account.number}+{account.name}@users.noreply.{host}"
        case ForgeKind.GITLAB:
            return f"{account.number}-{account.name}@users.noreply.{host}"
        case ForgeKind.GITEA:
            return f"{account.name.lower()}@noreply.{host}"


def issue_of_event(kind: ForgeKind, server: str, event: Mapping[str, Any]) -> WrittenIssue:
    """The issue that GitHub's or Gitea's event is about.

    Raises:
        Refusal: it is no event of an issue that was opened or edited.
    """
    issue: Any = event.get("issue")
    if event.get("action") not in {"opened", "edited"} or not issue or "comment" in event:
        raise _no_issue()
    try:
        return WrittenIssue(
            kind,
            server,
            _of(event["repository"]["full_name"], str),
            _of(issue["number"], int),
            _account(issue["user"], "login"),
            _of((issue.get("body") if _says(event) else "") or "", str),
            parse_instant(issue["created_at"]),
            _account(event["sender"], "login"),
            tuple(
                _of(asset["browser_download_url"], str)
                for asset in issue.get("assets") or ()
                if kind is ForgeKind.GITEA
            ),
            issue.get("state") == "open",
        )
    except (KeyError, TypeError, AttributeError, ValueError):
        raise _no_issue() from None


def _says(event: Mapping[str, Any]) -> bool:
    """Whether the sender wrote the text: they did not where they changed nothing but the title."""
    return event["action"] == "opened" or "body" in event.get("changes", ("body",))


def _no_issue() -> Refusal:
    return UsageRefusal(
        N_("The event is not that of an issue that was opened or edited."),
        mend=N_("Run this in a workflow on issues, types opened and edited."),
    )


def issue_of_gitlab(server: str, repository: str, told: Mapping[str, Any]) -> WrittenIssue:
    """An issue as GitLab's interface lists it, which does not say who changed its text.

    Raises:
        Refusal: it is none.
    """
    try:
        return WrittenIssue(
            ForgeKind.GITLAB,
            server,
            repository,
            _of(told["iid"], int),
            _account(told["author"], "username"),
            _of(told.get("description") or "", str),
            parse_instant(re.sub(r"\.\d+", "", told["created_at"])),
            is_open=told.get("state") == "opened",
        )
    except (KeyError, TypeError, AttributeError, ValueError):
        raise UsageRefusal(
            N_("The forge lists an issue in a form that nobody knows."),
            mend=N_("Its documentation says otherwise: tell us which version of GitLab it is."),
        ) from None


def _account(told: Any, name: str) -> Account:
    return Account(_of(told["id"], int), _of(told[name], str))


def _of(value: Any, kind: type) -> Any:
    if not isinstance(value, kind):
        raise TypeError
    return value
