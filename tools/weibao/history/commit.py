"""A commit as a value: who made it, when by its own word, and what files it changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from weibao.model.instant import Instant


@dataclass(frozen=True, slots=True)
class Identity:
    """A name and an email, as a commit carries them."""

    name: str
    """姓名 · Name | 提交中的姓名 · As the commit has it"""
    email: str
    """邮箱 · Email | 提交中的邮箱 · As the commit has it"""


@dataclass(frozen=True, slots=True)
class Seal:
    """A commit's signature in its armour, and the bytes that it claims to be made over."""

    signature: bytes
    signed: bytes


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit object. Times are Unix seconds, as the raw object has them.

    ``tree`` is the id of the tree of its files; ``seal`` is None where the commit is not signed.
    """

    id: str
    parents: tuple[str, ...]
    author: Identity
    author_time: Instant
    committer: Identity
    commit_time: Instant
    subject: str
    seal: Seal | None = None
    tree: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A file that a commit holds otherwise than *every* one of its parents.

    ``before`` has the blob in each parent, None where the parent has no such file (and is empty
    for a root commit); ``after`` is None where the commit deletes the file. Blobs are object ids.
    """

    commit: str
    path: str
    before: tuple[str | None, ...]
    after: str | None
