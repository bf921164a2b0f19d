"""Checkpoints as the audit holds them against a history: those kept in it, and those of an auditor.

Bytes in, checks out:

    held = (*together(kept_checkpoints(git, commit)), Given("mine.json", raw), …)
    contents = contents_at(git, commits_named(held, history))
    examined = examine_checkpoints(held, history, contents, trust)
    checks = checkpoint_checks(examined, lone_stamps(kept))
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.history.checkpoints.checkpoint import (
    Checkpoint,
    read_checkpoint,
    verify_checkpoint,
)
from weibao.history.integrity import IntegrityCheck
from weibao.history.signatures.stamp import StampedAt, verify_stamp
from weibao.model.finding import Finding, Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from weibao.history.checkpoints.checkpoint import Contents
    from weibao.history.history import History
    from weibao.history.signatures.stamp import Trust
    from weibao.model.instant import Instant


@dataclass(frozen=True, slots=True)
class Given:
    """A checkpoint as it was found, unread: the file's name and bytes, and what lies beside it.

    ``stamp`` is None where it has no time stamp; ``chain`` are the stamp's certificates in PEM.
    """

    name: str
    raw: bytes
    stamp: bytes | None = None
    chain: bytes = b""


@dataclass(frozen=True, slots=True)
class Examined:
    """A checkpoint with what is found of it.

    Attributes:
        name: the file.
        checkpoint: what it says; None where it cannot be read.
        findings: why it does not hold; none where the history still contains it.
        stamp: what its time stamp proves, or why it proves nothing; None where it has none.
    """

    name: str
    checkpoint: Checkpoint | None
    findings: tuple[Finding, ...]
    stamp: StampedAt | Finding | None

    @property
    def wrong(self) -> tuple[Finding, ...]:
        """What is wrong with the checkpoint and its stamp."""
        return (*self.findings, *((self.stamp,) if isinstance(self.stamp, Finding) else ()))


def together(files: Mapping[str, bytes]) -> tuple[Given, ...]:
    """The checkpoints of a folder (name → bytes), by name: ``x.json`` with ``x.tsr`` and ``x.pem``."""
    return tuple(
        Given(name, raw, files.get(f"{_stem(name)}.tsr"), files.get(f"{_stem(name)}.pem", b""))
        for name, raw in sorted(files.items())
        if name.endswith(".json")
    )


def lone_stamps(files: Mapping[str, bytes]) -> tuple[Finding, ...]:
    """An L112 for each time stamp of a folder without its checkpoint.

    What it vouched for has been taken away.
    """
    return tuple(
        Finding("L112", Place(name), facts={"fault": "no checkpoint beside it"})
        for name in sorted(files)
        if name.endswith(".tsr") and f"{_stem(name)}.json" not in files
    )


def stamped_commits(files: Mapping[str, bytes], trust: Trust) -> dict[str, Instant]:
    """By the commit of each kept checkpoint that bears a stamp which holds, the instant of the stamp."""
    found: dict[str, Instant] = {}
    for given in together(files):
        checkpoint = read_checkpoint(given.name, given.raw)
        if given.stamp is None or not isinstance(checkpoint, Checkpoint):
            continue
        beside = f"{_stem(given.name)}.tsr"
        stamp = verify_stamp(beside, given.raw, given.stamp, given.chain, trust)
        if isinstance(stamp, StampedAt):
            found[checkpoint.commit] = min(stamp.at, found.get(checkpoint.commit, stamp.at))
    return found


def commits_named(held: Iterable[Given], history: History) -> tuple[str, ...]:
    """The commits of the history that the checkpoints name, each once.

    What their records are (:func:`weibao.history.checkpoints.kept.contents_at`) is what
    :func:`examine_checkpoints` wants to be given.
    """
    read = (read_checkpoint(given.name, given.raw) for given in held)
    return tuple(
        dict.fromkeys(
            checkpoint.commit
            for checkpoint in read
            if isinstance(checkpoint, Checkpoint) and checkpoint.commit in history.commits
        )
    )


def examine_checkpoints(
    held: Iterable[Given], history: History, contents: Mapping[str, Contents], trust: Trust
) -> tuple[Examined, ...]:
    """Every checkpoint held against the history, in the order given.

    Args:
        held: what is kept in the repository and what the auditor has.
        history: today's.
        contents: what the records are of each commit that :func:`commits_named` returns.
        trust: the roots that stamps may rest on.
    """
    return tuple(_examined(given, history, contents, trust) for given in held)


def checkpoint_checks(
    examined: Iterable[Examined], alone: tuple[Finding, ...] = ()
) -> tuple[IntegrityCheck, ...]:
    """The checks ``checkpoints`` and ``stamps``; ``alone`` are the stamps without a checkpoint."""
    known = tuple(examined)
    stamps = [examined.stamp for examined in known if examined.stamp is not None]
    found = tuple(finding for examined in known for finding in examined.findings)
    broken = tuple(stamp for stamp in stamps if isinstance(stamp, Finding))
    return (
        IntegrityCheck("checkpoints", len(known), found),
        IntegrityCheck("stamps", len(stamps) + len(alone), (*broken, *alone)),
    )


def _examined(
    given: Given,
    history: History,
    contents: Mapping[str, Contents],
    trust: Trust,
) -> Examined:
    stamp = None
    if given.stamp is not None:
        beside = f"{_stem(given.name)}.tsr"
        stamp = verify_stamp(beside, given.raw, given.stamp, given.chain, trust)
    checkpoint = read_checkpoint(given.name, given.raw)
    if isinstance(checkpoint, Finding):
        return Examined(given.name, None, (checkpoint,), stamp)
    found = tuple(verify_checkpoint(given.name, checkpoint, history, contents))
    return Examined(given.name, checkpoint, found, stamp)


def _stem(name: str) -> str:
    """The name of a file without its ending, where it has one."""
    folder, slash, file = name.rpartition("/")
    return f"{folder}{slash}{file.rpartition('.')[0] or file}"
