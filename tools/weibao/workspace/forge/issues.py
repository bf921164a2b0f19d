"""What the workflow on issues asks of a forge: one answer kept under an issue, and on GitLab the open issues."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import quote

from weibao.workspace.forge.forge import Forge, at

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_CHANGED = "changed the description"
"""How GitLab notes that the text of an issue was changed; in English whatever its users read."""


@dataclass(frozen=True, slots=True)
class Gitea(Forge):
    """Gitea's and Forgejo's interface, which has GitHub's addresses under ``/api/v1``."""

    ACCEPT: ClassVar[str] = "application/json"
    RUNS: ClassVar[frozenset[str]] = frozenset({"gitea-actions", "forgejo-actions"})
    """As whom the token of a run writes."""

    def _is_ours(self, comment: Mapping[str, Any]) -> bool:
        return at(comment, "user", "login") in self.RUNS


@dataclass(frozen=True)
class GitLab(Forge):
    """GitLab's interface: notes in the place of comments, and a project in the place of a repository."""

    ACCEPT: ClassVar[str] = "application/json"
    REWRITING: ClassVar[str] = "PUT"

    def open_issues(self, project: str) -> Iterator[dict[str, Any]]:
        """The issues of a project that are open, the oldest first."""
        asked = f"{self._issues(project)}?state=opened&scope=all&order_by=created_at&sort=asc"
        return self._pages(asked)

    def writer(self, project: str, number: int) -> tuple[int, str] | None:
        """The number and name of who changed an issue's text last; None where nobody has."""
        for note in self._pages(f"{self._comments(project, number)}?sort=desc&order_by=created_at"):
            said = at(note, "body")
            if at(note, "system") is True and isinstance(said, str) and said.startswith(_CHANGED):
                return at(note, "author", "id"), at(note, "author", "username")
        return None

    def upload(self, project: str, address: str) -> str:
        """Where the interface has a file that a page shows at ``…/uploads/SECRET/NAME``."""
        *_, secret, name = address.split("/")
        return f"{self.url}/projects/{quote(project, safe='')}/uploads/{secret}/{quote(name)}"

    @cached_property
    def _self(self) -> int:
        found = at(self._call("GET", "/user"), "id")
        return found if isinstance(found, int) else 0

    def _is_ours(self, comment: Mapping[str, Any]) -> bool:
        return at(comment, "system") is False and at(comment, "author", "id") == self._self

    def _issues(self, project: str) -> str:
        return f"/projects/{quote(project, safe='')}/issues"

    def _comment(self, project: str, number: int, comment: int) -> str:
        return f"{self._comments(project, number)}/{comment}"

    def _comments(self, project: str, number: int) -> str:
        return f"{self._issues(project)}/{number}/notes"
