"""Checkpoints as the audit holds them against a history: those kept in it, and those of an auditor.

Bytes in, checks out. The files are given by name: ``x.json`` is a checkpoint, ``x.tsr`` beside it its time
stamp and ``x.pem`` the certificates of the stamp; whatever else there is does not matter.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.evidence.checkpoint import Checkpoint, official, read_checkpoint, verify_checkpoint
from weibao.evidence.integrity import IntegrityCheck
from weibao.evidence.stamp import StampedAt, verify_stamp
from weibao.record.finding import Finding, Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from weibao.evidence.checkpoint import Contents
    from weibao.evidence.history import History
    from weibao.evidence.stamp import Trust
    from weibao.record.instant import Instant


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


def commits_named(files: Mapping[str, bytes], history: History) -> tuple[str, ...]:
    """The commits of the official line that checkpoints among the files name, each once.

    What their records are (:func:`weibao.evidence.kept.contents_at`) is what
    :func:`examine_checkpoints` wants to be given.
    """
    line = official(history)
    read = (read_checkpoint(name, files[name]) for name in _checkpoint_names(files))
    return tuple(
        dict.fromkeys(
            one.commit for one in read if isinstance(one, Checkpoint) and one.commit in line
        )
    )


def examine_checkpoints(
    files: Mapping[str, bytes], history: History, contents: Mapping[str, Contents], trust: Trust
) -> tuple[Examined, ...]:
    """Every checkpoint among the files, by name, held against the history.

    Args:
        files: name → bytes: what is kept under ``checkpoints/`` and what the auditor has.
        history: today's.
        contents: what the records are of each commit that :func:`commits_named` returns.
        trust: the roots that stamps may rest on.
    """
    line = official(history)
    return tuple(
        _examined(name, files, history, line, contents, trust) for name in _checkpoint_names(files)
    )


def checkpoint_checks(
    files: Mapping[str, bytes], examined: Iterable[Examined]
) -> tuple[IntegrityCheck, ...]:
    """The checks ``checkpoints`` and ``stamps`` over all that was examined.

    Checkpoints that are kept and those that an auditor has may be called alike: examine each lot by
    itself, and give both here. ``files`` are those that are kept: a stamp among them without its
    checkpoint is a finding, since what it vouched for has been taken away.
    """
    known = tuple(examined)
    stamps = [one for one in known if one.stamp is not None]
    alone = tuple(
        Finding("L112", Place(name), facts={"fault": "no checkpoint beside it"})
        for name in sorted(files)
        if name.endswith(".tsr") and f"{_stem(name)}.json" not in files
    )
    found = tuple(finding for one in known for finding in one.findings)
    broken = tuple(one.stamp for one in stamps if isinstance(one.stamp, Finding))
    return (
        IntegrityCheck("checkpoints", len(known), found),
        IntegrityCheck("stamps", len(stamps) + len(alone), (*broken, *alone)),
    )


def stamped(examined: Iterable[Examined], history: History) -> Mapping[str, Instant]:
    """By commit, the instant by which it existed, for the commits whose stamps hold.

    A commit's id stands for all that is in it and behind it, so this binds whatever else the
    checkpoint says.
    """
    found: dict[str, Instant] = {}
    for one in examined:
        if one.checkpoint and isinstance(one.stamp, StampedAt):
            commit = one.checkpoint.commit
            if commit in history.commits:
                found[commit] = min(one.stamp.at, found.get(commit, one.stamp.at))
    return found


def _examined(
    name: str,
    files: Mapping[str, bytes],
    history: History,
    line: frozenset[str],
    contents: Mapping[str, Contents],
    trust: Trust,
) -> Examined:
    stamp = None
    if f"{_stem(name)}.tsr" in files:
        token, chain = files[f"{_stem(name)}.tsr"], files.get(f"{_stem(name)}.pem", b"")
        stamp = verify_stamp(f"{_stem(name)}.tsr", files[name], token, chain, trust)
    checkpoint = read_checkpoint(name, files[name])
    if isinstance(checkpoint, Finding):
        return Examined(name, None, (checkpoint,), stamp)
    found = tuple(verify_checkpoint(name, checkpoint, history, line, contents))
    return Examined(name, checkpoint, found, stamp)


def _checkpoint_names(files: Mapping[str, bytes]) -> list[str]:
    return sorted(name for name in files if name.endswith(".json"))


def _stem(name: str) -> str:
    return name.rpartition(".")[0]
