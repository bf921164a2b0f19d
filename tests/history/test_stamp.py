"""Time stamps by a real authority, and everything that can be wrong with one."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from building.authority import MAIL, Authority
from weibao.history.signatures.stamp import (
    StampedAt,
    Trust,
    auditor_trust,
    contract_trust,
    verify_stamp,
)
from weibao.model.contract import EvidencePolicy, TimestampPolicy
from weibao.model.finding import Finding

if TYPE_CHECKING:
    from pathlib import Path

CONTENT = b'{"checkpoint": 1}\n'
NAME = "checkpoints/x.tsr"


pytestmark = pytest.mark.needs("openssl")


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority") / "tsa")


@pytest.fixture(scope="module")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("stranger") / "tsa")


def trust(authority: Authority) -> Trust:
    policy = TimestampPolicy("https://tsa.example", "", frozenset({authority.fingerprint}))
    return contract_trust(EvidencePolicy(timestamp=policy))


def fault(found: StampedAt | Finding) -> object:
    assert isinstance(found, Finding)
    assert (found.code, found.place.path) == ("L113", NAME)
    return found.facts["fault"]


def test_a_stamp_says_by_when_the_bytes_existed(authority: Authority) -> None:
    before = int(time.time())
    stamp = authority.stamp(CONTENT)
    after = time.time()
    found = verify_stamp(NAME, CONTENT, stamp, authority.chain, trust(authority))
    assert isinstance(found, StampedAt)
    # The authority states an inaccuracy of a second and a half, which rounds up.
    assert before + 2 <= found.at <= after + 2
    assert found.authority == "CN=Authority of the test"
    assert (found.root, found.named_by) == (authority.fingerprint, "contract")
    assert authority.believes(stamp, CONTENT)


@pytest.mark.parametrize("options", [("-sha512", "-cert"), ("-sha384", "-cert", "-no_nonce")])
def test_other_hashes_of_the_family_are_taken(
    authority: Authority, options: tuple[str, ...]
) -> None:
    stamp = authority.stamp(CONTENT, *options)
    found = verify_stamp(NAME, CONTENT, stamp, authority.chain, trust(authority))
    assert isinstance(found, StampedAt)


def test_an_answer_without_certificates_needs_the_authority_s_own_in_the_chain(
    authority: Authority,
) -> None:
    stamp = authority.stamp(CONTENT, "-sha256")
    bare = verify_stamp(NAME, CONTENT, stamp, authority.chain, trust(authority))
    assert fault(bare) == "no certificate of the authority"
    whole = authority.own + authority.chain
    assert isinstance(verify_stamp(NAME, CONTENT, stamp, whole, trust(authority)), StampedAt)


def test_the_stamp_of_other_bytes_proves_nothing(authority: Authority) -> None:
    stamp = authority.stamp(b"other")
    found = verify_stamp(NAME, CONTENT, stamp, authority.chain, trust(authority))
    assert fault(found) == "of other bytes"


def test_a_root_that_nobody_names_is_not_believed_and_its_fingerprint_is_told(
    authority: Authority, stranger: Authority
) -> None:
    stamp = stranger.stamp(CONTENT)
    for believed in (trust(authority), Trust(frozenset(), "contract")):
        found = verify_stamp(NAME, CONTENT, stamp, stranger.chain, believed)
        assert fault(found) == "root that nobody names"
        assert isinstance(found, Finding)
        assert found.facts["root"] == stranger.fingerprint


def test_a_trusted_root_laid_beside_another_s_stamp_does_not_lend_it_trust(
    authority: Authority, stranger: Authority
) -> None:
    stamp = stranger.stamp(CONTENT)
    chain = stranger.chain + authority.chain
    found = verify_stamp(NAME, CONTENT, stamp, chain, trust(authority))
    assert fault(found) == "root that nobody names"
    assert isinstance(found, Finding)
    assert found.facts["root"] == stranger.fingerprint


def test_the_fingerprint_of_a_certificate_below_the_root_is_not_enough(
    authority: Authority,
) -> None:
    from cryptography.x509 import load_pem_x509_certificate

    from weibao.history.signatures.certificates import fingerprint

    own = fingerprint(load_pem_x509_certificate(authority.intermediate))
    believed = Trust(frozenset({own}), "contract")
    found = verify_stamp(NAME, CONTENT, authority.stamp(CONTENT), authority.chain, believed)
    assert fault(found) == "root that nobody names"


def test_a_missing_link_breaks_the_chain(authority: Authority) -> None:
    stamp = authority.stamp(CONTENT)
    found = verify_stamp(NAME, CONTENT, stamp, authority.root, trust(authority))
    assert fault(found) == "broken signature or chain"


def test_an_auditor_s_own_roots_count_alone(authority: Authority, stranger: Authority) -> None:
    stamp = authority.stamp(CONTENT)
    own = auditor_trust(authority.root)
    assert own is not None
    found = verify_stamp(NAME, CONTENT, stamp, authority.intermediate, own)
    assert isinstance(found, StampedAt)
    assert found.named_by == "auditor"
    other = auditor_trust(stranger.root)
    assert other is not None
    assert fault(verify_stamp(NAME, CONTENT, stamp, authority.chain, other)) == (
        "root that nobody names"
    )


def test_what_holds_no_root_gives_an_auditor_no_trust(authority: Authority) -> None:
    assert [auditor_trust(one) for one in (b"", b"x", authority.intermediate)] == [None] * 3


def test_a_certificate_that_is_not_for_time_stamps_is_refused(
    authority: Authority, tmp_path: Path
) -> None:
    """openssl will not sign so; the same key with another certificate in its place does."""
    impostor = Authority(tmp_path / "mail", usage=MAIL)
    proper = Authority(tmp_path / "proper")
    for name in ("root.key", "root.pem", "int.key", "int.pem", "tsa.key"):
        (proper.path / name).write_bytes((impostor.path / name).read_bytes())
    proper.certify_authority()
    stamp = proper.stamp(CONTENT, "-sha256")
    number = proper.serial_of("tsa.pem")
    impostor.certify_authority(usage=MAIL, serial=number)
    chain = impostor.own + impostor.chain
    found = verify_stamp(NAME, CONTENT, stamp, chain, trust(impostor))
    assert fault(found) == "not an authority's certificate"


def test_a_certificate_out_of_date_when_it_signed_is_refused(tmp_path: Path) -> None:
    late = Authority(tmp_path / "late", expired=True)
    found = verify_stamp(NAME, CONTENT, late.stamp(CONTENT), late.chain, trust(late))
    assert fault(found) == "certificate out of date"


@pytest.mark.parametrize(
    ("stamp", "said"),
    [
        (b"", "not a time stamp"),
        (b"<html>Not found</html>", "not a time stamp"),
        (b"\x30\x80", "not a time stamp"),
        (b"\x30" * 300_000, "too large for a time stamp"),
    ],
)
def test_what_is_no_stamp_is_found(authority: Authority, stamp: bytes, said: str) -> None:
    assert fault(verify_stamp(NAME, CONTENT, stamp, authority.chain, trust(authority))) == said


def test_a_refusal_of_the_authority_is_no_stamp(authority: Authority) -> None:
    answer = authority.answer(b"what is this")
    found = verify_stamp(NAME, CONTENT, answer, authority.chain, trust(authority))
    assert fault(found) == "not granted"


@pytest.mark.parametrize(
    ("chain", "said"),
    [
        (
            b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
            "certificates unreadable",
        ),
        (b"no certificate at all", "certificates unreadable"),
        (b" \n", "root that nobody names"),
        (b"#" * 300_000, "too large for a time stamp"),
    ],
)
def test_a_chain_that_is_none_is_found(authority: Authority, chain: bytes, said: str) -> None:
    stamp = authority.stamp(CONTENT)
    assert fault(verify_stamp(NAME, CONTENT, stamp, chain, trust(authority))) == said


def test_the_answer_to_another_request_is_not_taken(authority: Authority) -> None:
    stamp = authority.stamp(CONTENT)
    found = verify_stamp(NAME, CONTENT, stamp, authority.chain, trust(authority), nonce=7)
    assert fault(found) == "answer to another request"


def test_no_changed_byte_moves_the_time_of_a_stamp(authority: Authority) -> None:
    stamp = authority.stamp(CONTENT)
    believed, chain = trust(authority), authority.chain
    whole = verify_stamp(NAME, CONTENT, stamp, chain, believed)
    assert isinstance(whole, StampedAt)
    refused = 0
    for place in range(len(stamp)):
        maimed = bytearray(stamp)
        maimed[place] ^= 1 << place % 8
        found = verify_stamp(NAME, CONTENT, bytes(maimed), chain, believed)
        refused += isinstance(found, Finding)
        assert found == whole or isinstance(found, Finding)
    assert refused > len(stamp) * 0.9


def test_a_truncated_stamp_is_none(authority: Authority) -> None:
    stamp, believed = authority.stamp(CONTENT), trust(authority)
    for end in range(0, len(stamp), 13):
        found = verify_stamp(NAME, CONTENT, stamp[:end], authority.chain, believed)
        assert fault(found) == "not a time stamp"


def test_a_contract_without_an_authority_trusts_none() -> None:
    assert contract_trust(EvidencePolicy()) == Trust(frozenset(), "contract")
