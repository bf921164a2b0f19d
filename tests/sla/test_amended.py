"""No correction betters what is judged, unless the customer signed it: each a real repository."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from building.audited import CUSTOMER, book_at
from building.commands import record_repository
from building.contract import entry
from building.proving import PATH, TICKET, step
from building.signing import SigningKey, ssh_key
from hostile.threats import Ending, caught
from weibao.model.instant import parse_instant
from weibao.sla.verdict import Outcome

if TYPE_CHECKING:
    from pathlib import Path

    from building.repository import Repository
    from weibao.report.book import Book

DESK = "wang.lei@provider.example"
LATER = '"2026-11-20T09:15:00+08:00"'
"""Three minutes after the report: what the engineer was late by."""

SIGNED = entry(
    "13:00",
    "countersigned",
    by="zhang-gong",
    entries="[{at: 2026-11-20T12:30:00+08:00, event: amended}]",
    contact="zhang-gong",
)


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> SigningKey:
    return ssh_key(tmp_path_factory.mktemp("keys"), "zhang")


def late_fault(path: Path, signers: str = "") -> Repository:
    """A fault of severity 1 at which the engineer arrived three minutes late."""
    repository = record_repository(path, allowed_signers=signers)
    step(repository, entry("09:20", "acknowledged"), "09:21")
    step(repository, entry("11:15", "arrived"), "11:16")
    step(repository, entry("11:40", "restored", mode="on_site"), "11:41")
    repaired = {"mode": "on_site", "cause": "内存故障", "action": "更换主控板"}
    step(repository, entry("12:00", "resolved", **repaired), "12:01")
    return repository


def amend(repository: Repository, field: str, value: str, at: str = "12:30", **more: str) -> None:
    said = {"field": field, "value": value, "reason": "登记时写错"} | more
    step(repository, entry(at, "amended", by="wang-lei", **said), f"{at[:-1]}1", by=DESK)


def arrival(book: Book) -> Outcome:
    return next(one.outcome for one in book.verdicts_of(TICKET) if one.target == "arrive")


def uncounted(book: Book) -> list[object]:
    return [one.facts["key"] for one in book.findings if one.code == "E123"]


def test_a_later_report_is_shown_and_the_promise_stays_missed(tmp_path: Path) -> None:
    repository = late_fault(tmp_path / "clone")
    amend(repository, "reported_at", LATER)
    book = book_at(repository)
    assert book.records.tickets[TICKET].reported_at == parse_instant(LATER.strip('"'))
    assert arrival(book) is Outcome.BREACHED
    assert uncounted(book) == ["reported_at"]
    caught("corrected until kept", Ending.MISSED, ["E123"])


def test_an_earlier_report_counts_at_once(tmp_path: Path) -> None:
    repository = late_fault(tmp_path / "clone")
    before = next(one.due for one in book_at(repository).verdicts_of(TICKET))
    amend(repository, "reported_at", '"2026-11-20T09:02:00+08:00"')
    book = book_at(repository)
    assert next(one.due for one in book.verdicts_of(TICKET)) == before - 600
    assert uncounted(book) == []


@pytest.mark.needs("ssh-keygen")
@pytest.mark.parametrize(
    ("how", "outcome"),
    [
        ("signed", Outcome.MET),
        ("named", Outcome.BREACHED),
        ("with a key listed later", Outcome.BREACHED),
    ],
)
def test_only_what_the_customer_signed_betters_a_verdict(
    tmp_path: Path, key: SigningKey, how: str, outcome: Outcome
) -> None:
    signers = f"{CUSTOMER} {key.public}\n"
    later = how == "with a key listed later"
    repository = late_fault(tmp_path / "clone", "" if later else signers)
    repository.write("records/allowed_signers", signers)
    repository.commit(at="2026-11-20T12:10:00+08:00")
    amend(repository, "reported_at", LATER)
    repository.append(PATH, SIGNED)
    signing = {} if how == "named" else {"key": key}
    repository.commit(at="2026-11-20T13:01:00+08:00", by=CUSTOMER, **signing)
    book = book_at(repository)
    assert arrival(book) is outcome
    assert uncounted(book) == ([] if how == "signed" else ["reported_at"])


@pytest.mark.needs("ssh-keygen")
def test_a_signature_counts_for_the_correction_that_it_names_alone(
    tmp_path: Path, key: SigningKey
) -> None:
    repository = late_fault(tmp_path / "clone", f"{CUSTOMER} {key.public}\n")
    amend(repository, "title", "主控板告警")
    repository.append(PATH, SIGNED)
    repository.commit(at="2026-11-20T13:01:00+08:00", by=CUSTOMER, key=key)
    amend(repository, "reported_at", LATER, at="13:30")
    book = book_at(repository)
    assert (arrival(book), uncounted(book)) == (Outcome.BREACHED, ["reported_at"])


@pytest.mark.parametrize(
    ("field", "value", "of"),
    [
        ("severity", "4", ""),
        ("mode", "remote", "{at: 2026-11-20T11:40:00+08:00, event: restored}"),
    ],
)
def test_no_other_field_mends_a_missed_promise(
    tmp_path: Path, field: str, value: str, of: str
) -> None:
    repository = late_fault(tmp_path / "clone")
    amend(repository, field, value, **({"entry": of} if of else {}))
    assert arrival(book_at(repository)) is Outcome.BREACHED


def test_two_corrections_do_not_better_together_what_neither_does_alone(tmp_path: Path) -> None:
    repository = late_fault(tmp_path / "clone")
    amend(repository, "reported_at", '"2026-11-20T09:13:00+08:00"')
    amend(repository, "reported_at", LATER, at="12:40")
    assert arrival(book_at(repository)) is Outcome.BREACHED


def test_a_correction_of_the_equipment_does_not_hide_an_outage(tmp_path: Path) -> None:
    repository = late_fault(tmp_path / "clone")
    down = book_at(repository).availability.services["mes"].down_seconds
    amend(repository, "assets", "[acc-sw-02]")
    book = book_at(repository)
    assert book.availability.services["mes"].down_seconds == down > 0
    assert uncounted(book) == ["assets"]


def test_an_honest_correction_of_words_counts_and_is_no_finding(tmp_path: Path) -> None:
    repository = late_fault(tmp_path / "clone")
    before = book_at(repository)
    amend(repository, "title", "主控板告警")
    book = book_at(repository)
    assert book.records.tickets[TICKET].title == "主控板告警"
    assert [one.outcome for one in book.verdicts] == [one.outcome for one in before.verdicts]
    assert uncounted(book) == []


def test_a_correction_counts_from_when_it_was_recorded(tmp_path: Path) -> None:
    repository = late_fault(tmp_path / "clone")
    amend(repository, "reported_at", '"2026-11-20T09:02:00+08:00"')
    then = book_at(repository, as_of="2026-11-20T12:15:00+08:00")
    now = book_at(repository)
    assert arrival(then) is arrival(now) is Outcome.BREACHED
    assert next(one.start for one in then.verdicts) != next(one.start for one in now.verdicts)
    assert uncounted(then) == []
