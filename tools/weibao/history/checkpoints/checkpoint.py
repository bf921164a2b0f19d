"""A checkpoint: one commit with a digest of all its records, small enough to keep anywhere.

Whoever keeps one can tell, years later, whether today's history still contains that commit with those
records. The digest says the same as the commit's id, by another and stronger hash and without git.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from weibao.model.finding import Finding, Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from weibao.history.history import History

FORMAT = 1
"""The version of the form of a checkpoint."""

LARGEST = 4096
"""A checkpoint has no more bytes than this."""

_RECORDS = "records/"
_KEYS = ("checkpoint", "commit", "tree", "records", "sha256")
_OBJECT_ID = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Contents:
    r"""All that lies under ``records/`` at one commit.

    Attributes:
        records: how many files there are, attachments among them.
        sha256: in hexadecimal, the SHA-256 over one line for each file, in the byte order of the
            paths: the SHA-256 of the file's bytes as git stores them, in lower-case hexadecimal; two
            spaces; its path from the top of the repository in UTF-8; a line feed. These are the lines
            that ``sha256sum`` prints. Submodules have no bytes and are left out; a symbolic link is
            what it names; a byte of a path that is not UTF-8 is written ``\xNN`` (no valid record
            is filed so, R304).
    """

    records: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A commit, its tree, and the :class:`Contents` of its records."""

    commit: str
    tree: str
    records: int
    sha256: str


def contents_of(files: Mapping[str, bytes]) -> Contents:
    """The contents of the records among a commit's files (path → bytes)."""
    return contents_by_digest(
        (path, sha256(raw).hexdigest()) for path, raw in files.items() if path.startswith(_RECORDS)
    )


def contents_by_digest(files: Iterable[tuple[str, str]]) -> Contents:
    """The contents of records that are given as path and SHA-256, in any order."""
    whole, count = sha256(), 0
    for path, digest in sorted((path.encode(), digest) for path, digest in files):
        whole.update(b"%b  %b\n" % (digest.encode(), path))
        count += 1
    return Contents(count, whole.hexdigest())


def checkpoint_of(history: History, commit: str, contents: Contents) -> Checkpoint:
    """The checkpoint of a commit of the history, whose records are these."""
    return Checkpoint(commit, history.commits[commit].tree, contents.records, contents.sha256)


def checkpoint_bytes(checkpoint: Checkpoint) -> bytes:
    """The checkpoint as it is published, kept and stamped: always the same bytes (JSON, LF)."""
    written = {
        "checkpoint": FORMAT,
        "commit": checkpoint.commit,
        "tree": checkpoint.tree,
        "records": checkpoint.records,
        "sha256": checkpoint.sha256,
    }
    return (json.dumps(written, indent=2) + "\n").encode()


def read_checkpoint(name: str, raw: bytes) -> Checkpoint | Finding:
    """The checkpoint in a file called ``name``; an L112 where it is none.

    Space and the order of keys do not matter; a key that is missing, unknown or there twice does.
    """
    if len(raw) > LARGEST:
        return _unreadable(name, "too large for a checkpoint")
    try:
        data = json.loads(raw.decode(), object_pairs_hook=_each_key_once)
    except (ValueError, RecursionError):
        return _unreadable(name, "not whole JSON")
    if not _has_form(data):
        return _unreadable(name, "not a checkpoint")
    return Checkpoint(data["commit"], data["tree"], data["records"], data["sha256"])


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) != len(pairs):
        raise ValueError
    return data


def _has_form(data: Any) -> bool:
    if not isinstance(data, dict) or data.keys() != set(_KEYS):
        return False
    count = data["records"]
    return (
        data["checkpoint"] == FORMAT
        and not isinstance(data["checkpoint"], (bool, float))
        and all(_matches(_OBJECT_ID, data[key]) for key in ("commit", "tree"))
        and _matches(_SHA256, data["sha256"])
        and isinstance(count, int)
        and not isinstance(count, bool)
        and count >= 0
    )


def _matches(form: re.Pattern[str], value: Any) -> bool:
    return isinstance(value, str) and form.fullmatch(value) is not None


def _unreadable(name: str, fault: str) -> Finding:
    return Finding("L112", Place(name), facts={"fault": fault})


def verify_checkpoint(
    name: str,
    checkpoint: Checkpoint,
    history: History,
    contents: Mapping[str, Contents],
) -> Iterator[Finding]:
    """Whether the history still contains the checkpoint, which is kept in a file called ``name``.

    L110 where its commit is not in the history; else an L111 for each of tree, records and digest
    that is another.

    Args:
        name: where the checkpoint is kept.
        checkpoint: what is to be there.
        history: today's.
        contents: what the records of the checkpoint's commit are, where the history has it.
    """
    facts = {"commit": checkpoint.commit, "head": history.head}
    if checkpoint.commit not in history.commits:
        yield Finding("L110", Place(name), facts=facts | {"fault": "not in the history"})
        return
    now = contents[checkpoint.commit]
    for key, claimed, found in (
        ("tree", checkpoint.tree, history.commits[checkpoint.commit].tree),
        ("records", checkpoint.records, now.records),
        ("sha256", checkpoint.sha256, now.sha256),
    ):
        if claimed != found:
            yield Finding(
                "L111", Place(name), facts=facts | {"key": key, "old": claimed, "new": found}
            )
