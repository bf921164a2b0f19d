"""Signatures that a contract asks for, that do not fit, or whose key did not count (E117–E119)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from building.commands import OPENED, PATH, record_repository
from building.contract import CONTRACT, a_ticket, entry, of_register, ticket_path, with_register
from building.sightings import keep_log
from building.signing import SigningKey, ssh_key
from weibao.history.git.reader import Git
from weibao.history.proven import Grade
from weibao.history.snapshot import read_snapshot
from weibao.language import language
from weibao.model.instant import parse_instant
from weibao.render.words.findings import tell
from weibao.report.opening import book_of

if TYPE_CHECKING:
    from pathlib import Path

    from building.repository import Repository
    from weibao.report.book import Book

CUSTOMER = "zhang.gong@customer.example"
LI = "li.qiang@provider.example"
SIGNED = CONTRACT.replace(
    "  main: main\n",
    "  main: main\n  signed: {from: 2026-11-20T09:00:00+08:00, events: [confirmed, countersigned]}\n",
)
LATE = entry("09:20", "acknowledged")
COUNTERSIGNED = entry(
    "11:00",
    "countersigned",
    by="zhang-gong",
    entries="[{at: 2026-11-20T09:20:00+08:00, event: acknowledged}]",
    contact="zhang-gong",
)


pytestmark = pytest.mark.needs("ssh-keygen")


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> SigningKey:
    return ssh_key(tmp_path_factory.mktemp("keys"), "zhang")


def a_repository(path: Path, key: SigningKey, contract: str = SIGNED) -> Repository:
    """A clone with the customer's key; li-qiang's first contact was recorded late."""
    signers = f"{CUSTOMER} {key.public}\n"
    repository = record_repository(path, contract=contract, allowed_signers=signers)
    repository.append(PATH, LATE)
    repository.commit(at="2026-11-20T10:30:00+08:00")
    return repository


def book(repository: Repository) -> Book:
    return book_of(read_snapshot(Git(repository.path)), parse_instant("2026-11-20T12:00:00+08:00"))


def signatures(repository: Repository) -> list[str]:
    codes = ("E117", "E118", "E119")
    return [one.code for one in book(repository).findings if one.code in codes]


def grade(repository: Repository) -> Grade:
    proof = book(repository).proofs["T20261120-7K3Q9M"]
    return next(one.grade for one in proof.entries if one.entry.event == "acknowledged")


def test_a_countersignature_that_should_be_signed_and_is_not_supports_nothing(
    tmp_path: Path, key: SigningKey
) -> None:
    repository = a_repository(tmp_path / "clone", key)
    repository.append(PATH, COUNTERSIGNED)
    repository.commit(at="2026-11-20T11:01:00+08:00", by=CUSTOMER)
    found = book(repository)
    assert [one.code for one in found.findings if one.code == "E117"] == ["E117"]
    assert grade(repository) is Grade.LATE
    assert found.proofs["T20261120-7K3Q9M"].entries[-1].first_hand is False


def test_a_countersignature_signed_by_the_customer_supports_the_claim_and_is_first_hand(
    tmp_path: Path, key: SigningKey
) -> None:
    repository = a_repository(tmp_path / "clone", key)
    repository.append(PATH, COUNTERSIGNED)
    repository.commit(at="2026-11-20T11:01:00+08:00", by=CUSTOMER, key=key)
    assert signatures(repository) == []
    assert grade(repository) is Grade.COUNTERSIGNED
    assert book(repository).proofs["T20261120-7K3Q9M"].entries[-1].first_hand is True


def test_nobody_signs_with_a_key_of_their_own_in_the_customers_name(
    tmp_path: Path, key: SigningKey
) -> None:
    repository = a_repository(tmp_path / "clone", key)
    repository.append(PATH, COUNTERSIGNED)
    other = ssh_key(tmp_path, "li")
    repository.commit(at="2026-11-20T11:01:00+08:00", by=CUSTOMER, committer=LI, key=other)
    assert sorted(signatures(repository)) == ["E117", "E119"]
    assert grade(repository) is Grade.LATE


def test_what_is_older_than_the_demand_need_not_be_signed(tmp_path: Path, key: SigningKey) -> None:
    later = SIGNED.replace("from: 2026-11-20T09:00", "from: 2026-11-20T11:02")
    repository = a_repository(tmp_path / "clone", key, later)
    repository.append(PATH, COUNTERSIGNED)
    repository.commit(at="2026-11-20T11:01:00+08:00", by=CUSTOMER)
    assert signatures(repository) == []
    assert grade(repository) is Grade.LATE, "what is not asked for is not given either"


def test_a_key_that_nobody_lists_is_told_only_where_keys_are_listed(
    tmp_path: Path, key: SigningKey
) -> None:
    repository = record_repository(tmp_path / "clone")
    repository.append(PATH, LATE)
    repository.commit(at="2026-11-20T09:21:00+08:00", key=key)
    assert signatures(repository) == []
    repository.write("records/allowed_signers", f"{CUSTOMER} {key.public}\n")
    repository.commit(at="2026-11-20T09:22:00+08:00")
    repository.append(PATH, entry("09:23", "updated", note="在路上"))
    repository.commit(at="2026-11-20T09:24:00+08:00", key=key)
    assert signatures(repository) == ["E119"]


def test_a_signature_that_does_not_fit_its_commit_is_an_error_in_both_languages(
    tmp_path: Path, key: SigningKey
) -> None:
    repository = record_repository(tmp_path / "clone")
    repository.append(PATH, LATE)
    commit = repository.commit(at="2026-11-20T09:21:00+08:00", key=key)
    raw = repository.git("cat-file", "commit", commit).encode() + b"\n"
    forged = raw.replace("记录".encode(), "纪录".encode())
    made = repository.git("hash-object", "-t", "commit", "-w", "--stdin", given=forged)
    repository.git("update-ref", "HEAD", made)
    found = [one for one in book(repository).findings if one.code == "E118"]
    assert [one.place.path for one in found] == [PATH]
    assert made in tell(found[0], language("zh")).message
    assert made in tell(found[0], language("en")).message


@pytest.mark.parametrize(("seen", "codes"), [("10:25", []), ("10:24", ["E120"])])
def test_a_commit_dated_after_the_forge_had_seen_it_is_told(
    tmp_path: Path, key: SigningKey, seen: str, codes: list[str]
) -> None:
    repository = a_repository(tmp_path / "clone", key)
    keep_log(repository, {repository.head: f"2026-11-20T{seen}:00+08:00"})
    assert [one.code for one in book(repository).findings if one.code == "E120"] == codes


def test_a_merge_that_the_forge_signed_with_its_own_key_is_nobodys_fault(
    tmp_path: Path, key: SigningKey
) -> None:
    repository = a_repository(tmp_path / "clone", key)
    repository.branch("change")
    repository.append(PATH, entry("10:40", "updated", note="在路上"))
    repository.commit(at="2026-11-20T10:41:00+08:00")
    repository.switch("main")
    forge = ssh_key(tmp_path, "forge")
    repository.git("merge", "-q", "--no-ff", "--no-commit", "change")
    repository.commit(
        "Merge pull request #7",
        at="2026-11-20T10:50:00+08:00",
        committer="noreply@forge.example",
        key=forge,
    )
    assert signatures(repository) == []


def test_an_old_register_need_not_be_signed(tmp_path: Path, key: SigningKey) -> None:
    noon = "2026-11-20T11:30:00+08:00"
    repository = a_repository(tmp_path / "clone", key, with_register(SIGNED, noon, since=noon))
    path = ticket_path("T20261120-0ABCDE")
    repository.write(path, of_register(a_ticket(path[-21:-5], log=(*OPENED, LATE, COUNTERSIGNED))))
    repository.commit(at="2026-11-20T11:20:00+08:00", by="wang.lei@provider.example")
    assert signatures(repository) == []
