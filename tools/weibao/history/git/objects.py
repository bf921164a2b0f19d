"""Raw commit objects, parsed: formatted logs would lie about times that overflow."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from weibao.history.commit import Commit, Identity, Seal
from weibao.language import N_
from weibao.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

LAST_INSTANT = 253_402_128_000
"""9999-12-30T00:00:00Z: whatever a later time means, no calendar can show it."""

NONE_KNOWN: Mapping[str, Commit] = MappingProxyType({})
"""No commits yet."""

_SIGNED = re.compile(rb"(?P<name>.*?) ?<(?P<email>[^<>]*)> (?P<time>\d{1,18}) [+-]\d+")


def read_commit(commit_id: str, raw: bytes, known: Mapping[str, Commit] = NONE_KNOWN) -> Commit:
    """The commit that the object's bytes say, its parents by the very ids of those that are ``known``.

    A broken author line is kept as a name without an email, which is nobody's identity.

    Raises:
        Refusal: there is no telling when it was committed.
    """
    head, _, body = raw.partition(b"\n\n")
    tree, parents, fields = "", [], dict[bytes, bytes]()
    for line in head.split(b"\n"):
        key, _, value = line.partition(b" ")
        if key == b"parent":
            parent = value.decode("ascii", "replace")
            parents.append(known[parent].id if parent in known else parent)
        elif key == b"tree":
            tree = value.decode("ascii", "replace")
        elif key:  # a line that goes on with a space belongs to a signature
            fields.setdefault(key, value)
    encoding = fields.get(b"encoding", b"utf-8").decode("ascii", "replace")
    by, written_by = fields.get(b"committer", b""), fields.get(b"author", b"")
    committer, commit_time = _signed(by, encoding)
    author, author_time = (
        (committer, commit_time) if written_by == by else _signed(written_by, encoding)
    )
    if commit_time is None:
        raise Refusal(
            N_("Commit {commit} does not say when it was made, so nothing can be dated by it."),
            mend=N_(
                "git cat-file commit {commit} shows it; it must be made again with a true date."
            ),
            commit=commit_id,
        )
    return Commit(
        id=commit_id,
        parents=tuple(parents),
        author=author,
        author_time=commit_time if author_time is None else author_time,
        committer=committer,
        commit_time=commit_time,
        subject=_decoded(body.strip().partition(b"\n")[0], encoding),
        seal=_seal(head, body, b"gpgsig" if len(commit_id) == 40 else b"gpgsig-sha256"),
        tree=tree,
    )


def blob_id(data: bytes, length: int) -> str:
    """The id of these bytes, in a repository whose ids are of this length."""
    name = "sha1" if length == 40 else "sha256"
    digest = hashlib.new(name, b"blob %d\0" % len(data), usedforsecurity=False)
    digest.update(data)
    return digest.hexdigest()


def _seal(head: bytes, body: bytes, key: bytes) -> Seal | None:
    """The signature, and the bytes that it was made over: the object without any signature."""
    if b"\ngpgsig" not in head:
        return None
    signature: list[bytes] = []
    kept: list[bytes] = []
    within = b""
    for line in head.split(b"\n"):
        if not line.startswith(b" "):
            within = line.partition(b" ")[0]
        if not within.startswith(b"gpgsig"):
            kept.append(line)
        elif within == key:
            signature.append(line.removeprefix(key).removeprefix(b" "))
    if not signature:
        return None
    return Seal(b"\n".join(signature), b"\n".join(kept) + b"\n\n" + body)


def _signed(line: bytes, encoding: str) -> tuple[Identity, int | None]:
    """Who and when; the zone is not needed. None where there is no time that can be shown."""
    match = _SIGNED.fullmatch(line)
    if match is None:
        return Identity(_decoded(line, encoding), ""), None
    time = int(match["time"])
    identity = _identity(match["name"], match["email"], encoding)
    return identity, time if time <= LAST_INSTANT else None


@lru_cache(maxsize=1024)
def _identity(name: bytes, email: bytes, encoding: str) -> Identity:
    """A few people make all the commits."""
    return Identity(_decoded(name, encoding), _decoded(email, encoding))


def _decoded(raw: bytes, encoding: str) -> str:
    """The text in the commit's own encoding, or as much of it as UTF-8 can read."""
    try:
        return raw.decode(encoding).strip()
    except (LookupError, ValueError):
        return raw.decode(errors="replace").strip()
