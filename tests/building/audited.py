"""The Book and the Audit of a real repository, as of an instant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from building.commands import record_repository
from building.contract import entry
from building.proving import step
from weibao.history.git.reader import Git
from weibao.history.snapshot import read_snapshot
from weibao.model.instant import parse_instant
from weibao.report.audit.audit import audit_of
from weibao.report.opening import book_of

if TYPE_CHECKING:
    from pathlib import Path

    from building.repository import Repository
    from weibao.report.audit.audit import Audit
    from weibao.report.book import Book

DESK = "wang.lei@provider.example"
ENGINEER = "li.qiang@provider.example"
CUSTOMER = "zhang.gong@customer.example"
MANAGER = "chen.jie@provider.example"
AS_OF = "2026-11-23T12:00:00+08:00"

CONTRACT_FILE = "records/contract.yaml"


def book_at(repository: Repository, revision: str = "HEAD", as_of: str = AS_OF) -> Book:
    """The Book of a revision."""
    return book_of(read_snapshot(Git(repository.path), revision), parse_instant(as_of))


def audit_at(repository: Repository, as_of: str = AS_OF) -> Audit:
    """The Audit of HEAD."""
    return audit_of(book_at(repository, as_of=as_of))


def worked_fault(path: Path, **more: str) -> Repository:
    """A fault that two of the provider's people and the customer record, one step of it late.

    ``more`` replaces files by their name.
    """
    repository = record_repository(path, **more)
    step(repository, entry("09:20", "acknowledged"), "09:22")
    step(repository, entry("10:00", "arrived"), "11:30")  # an hour and a half late
    step(repository, entry("11:40", "restored", mode="on_site"), "11:41")
    repaired = {"mode": "on_site", "cause": "内存故障", "action": "更换主控板"}
    step(repository, entry("12:00", "resolved", **repaired), "12:01")
    said = entry("14:00", "confirmed", by="zhang-gong", contact="zhang-gong", via="portal")
    step(repository, said, "14:01", by=CUSTOMER)
    step(repository, entry("14:05", "closed", by="wang-lei"), "14:06", by=DESK)
    return repository


def change_file(
    repository: Repository, path: str, old: str, new: str, *, at: str, by: str = MANAGER
) -> str:
    """Commit a file with ``old`` replaced by ``new``, which it must have."""
    text = repository.read(path)
    assert old in text
    repository.write(path, text.replace(old, new, 1))
    return repository.commit("配置", at=at, by=by)
