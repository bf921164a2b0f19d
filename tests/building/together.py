"""Clones of one contract that push to one bare repository."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from building.commands import OPENED, record_repository
from weibao.history.git.reader import Git
from weibao.history.ledger import ledger_of
from weibao.history.snapshot import read_snapshot

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from building.repository import Repository
    from weibao.history.growth.losses import Loss


def shared_repository(
    folder: Path, log: Iterable[str] = OPENED, people: Iterable[str] = ("li.qiang", "zhao.min")
) -> tuple[Repository, list[Repository]]:
    """A bare repository of a small contract with one ticket, and a clone for each of ``people``."""
    first = record_repository(folder / "first", log)
    remote = first.clone(folder / "remote.git", "--bare")
    clones = []
    for number, who in enumerate(people):
        clone = remote.clone(folder / f"{number}-{who}")
        clone.git("config", "user.name", who)
        clone.git("config", "user.email", f"{who}@provider.example")
        clones.append(clone)
    return remote, clones


def losses_of(repository: Repository) -> tuple[Loss, ...]:
    """What the whole history behind HEAD has taken away, dropped or reordered."""
    return ledger_of(read_snapshot(Git(repository.path)).history, {}, ZoneInfo("UTC")).losses
