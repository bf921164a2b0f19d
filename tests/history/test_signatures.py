"""A signature counts by what the official branch held when its commit landed."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from building.repository import Repository
from building.signing import SigningKey, openpgp_key, ssh_key
from weibao.history.git.reader import Git
from weibao.history.ledger import Ledger, ledger_of
from weibao.history.signatures.signature import SignatureState
from weibao.history.signatures.ssh import NotSigned, read_ssh_signature, verify_ssh_signature
from weibao.history.snapshot import read_snapshot

if TYPE_CHECKING:
    from pathlib import Path

LI = "li.qiang@provider.example"
WANG = "wang.lei@provider.example"
PEOPLE = {LI: "li-qiang", "li@home.example": "li-qiang", WANG: "wang-lei"}
SIGNERS = "records/allowed_signers"
ZONE = ZoneInfo("Asia/Shanghai")
GOOD, EXPIRED = SignatureState.GOOD, SignatureState.EXPIRED
UNKNOWN, BAD = SignatureState.UNKNOWN_KEY, SignatureState.BAD


pytestmark = pytest.mark.needs("ssh-keygen")


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> SigningKey:
    return ssh_key(tmp_path_factory.mktemp("keys"), "li")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "clone")


def allow(repository: Repository, *lines: str, at: str = "2026-11-20T09:00:00+08:00") -> str:
    repository.write(SIGNERS, "".join(f"{line}\n" for line in lines))
    return repository.commit("签名人", at=at)


def signed(
    repository: Repository, key: SigningKey, at: str = "2026-11-20T10:00:00+08:00", **who: str
) -> str:
    repository.write("records/note", at)
    return repository.commit(at=at, key=key, **who)


def ledger(repository: Repository) -> Ledger:
    return ledger_of(read_snapshot(Git(repository.path)).history, PEOPLE, ZONE)


def state(repository: Repository, commit: str) -> SignatureState:
    return ledger(repository).signature(commit).state


@pytest.mark.parametrize("kind", ["ed25519", "rsa", "ecdsa"])
@pytest.mark.parametrize("object_format", ["sha1", "sha256"])
def test_a_commit_signed_with_a_listed_ssh_key_is_its_signers(
    tmp_path: Path, kind: str, object_format: str
) -> None:
    key = ssh_key(tmp_path, "key", kind)
    repository = Repository(tmp_path / "clone", object_format=object_format)
    allow(repository, f"{LI} {key.public}")
    found = ledger(repository).signature(commit) if (commit := signed(repository, key)) else None
    assert found is not None
    assert (found.state, found.signer, found.vouches) == (GOOD, "li-qiang", True)
    assert found.key.startswith("SHA256:")


def test_a_commit_without_a_signature_is_unsigned(repository: Repository) -> None:
    assert state(repository, repository.commit()) is SignatureState.UNSIGNED


@pytest.mark.parametrize(
    "line",
    [
        f"# {LI} {{key}}",
        f"{WANG} {{key}}",
        f'{LI} namespaces="file" {{key}}',
        f"*@provider.example,!{LI} {{key}}",
        f"{LI} cert-authority {{key}}",
    ],
)
def test_a_key_that_is_not_listed_for_the_address_is_unknown(
    repository: Repository, key: SigningKey, line: str
) -> None:
    allow(repository, line.format(key=key.public))
    assert state(repository, signed(repository, key)) is UNKNOWN


@pytest.mark.parametrize(
    "line",
    [
        f"{LI},{WANG} {{key}} 李强的笔记本",
        "*@provider.example {key}",
        f'"{LI}" {{key}}',
        f'{LI.upper()} namespaces="git,file" {{key}}',
        f'{LI} valid-after="20260101",valid-before="20270101" {{key}}',
    ],
)
def test_a_key_is_listed_in_all_the_ways_that_openssh_has(
    repository: Repository, key: SigningKey, line: str
) -> None:
    allow(repository, line.format(key=key.public))
    assert state(repository, signed(repository, key)) is GOOD


@pytest.mark.parametrize(
    ("validity", "expected"),
    [
        ('valid-before="20261120100100"', GOOD),
        ('valid-before="20261120100000"', EXPIRED),
        ('valid-before="202611200201Z"', GOOD),
        ('valid-before="202611200200Z"', EXPIRED),
        ('valid-after="20261120100000"', GOOD),
        ('valid-after="20261120100001"', EXPIRED),
    ],
)
def test_a_validity_without_a_zone_is_in_that_of_the_contract(
    repository: Repository, key: SigningKey, validity: str, expected: SignatureState
) -> None:
    allow(repository, f"{LI} {validity} {key.public}")
    assert state(repository, signed(repository, key)) is expected


def test_a_withdrawn_key_gains_nothing_by_a_commit_dated_back(
    repository: Repository, key: SigningKey
) -> None:
    allow(repository, f'{LI} valid-before="20261101" {key.public}', at="2026-10-01T09:00:00+08:00")
    repository.branch("kept-back")
    dated_back = signed(repository, key, at="2026-10-02T09:00:00+08:00")
    repository.switch("main")
    repository.merge("kept-back", at="2026-11-20T09:00:00+08:00")
    git = ("-c", f"gpg.ssh.allowedSignersFile={repository.path / SIGNERS}", "verify-commit")
    assert repository.git(*git, dated_back) == ""
    assert state(repository, dated_back) is EXPIRED


def test_nobody_brings_the_key_that_makes_the_same_landing_good(
    repository: Repository, key: SigningKey
) -> None:
    repository.commit("合同")
    repository.branch("change")
    allow(repository, f"{LI} {key.public}", at="2026-11-20T09:30:00+08:00")
    commit = signed(repository, key)
    repository.switch("main")
    repository.merge("change", at="2026-11-20T11:00:00+08:00")
    assert state(repository, commit) is UNKNOWN
    later = signed(repository, key, at="2026-11-20T12:00:00+08:00")
    assert state(repository, later) is GOOD


def test_a_key_that_is_taken_away_later_still_counts_for_what_had_landed(
    repository: Repository, key: SigningKey
) -> None:
    allow(repository, f"{LI} {key.public}")
    before = signed(repository, key)
    allow(repository, f"{WANG} {key.public}", at="2026-11-20T11:00:00+08:00")
    after = signed(repository, key, at="2026-11-20T12:00:00+08:00")
    assert (state(repository, before), state(repository, after)) == (GOOD, UNKNOWN)


def test_the_first_commit_of_all_may_bring_its_own_key(
    repository: Repository, key: SigningKey
) -> None:
    repository.write(SIGNERS, f"{LI} {key.public}\n")
    assert state(repository, repository.commit(key=key)) is GOOD


def test_a_good_signature_of_the_committer_does_not_vouch_for_another_author(
    repository: Repository, key: SigningKey
) -> None:
    allow(repository, f"{LI} {key.public}")
    commit = signed(repository, key, by=WANG, committer=LI)
    found = ledger(repository).signature(commit)
    assert (found.state, found.signer, found.vouches) == (GOOD, "li-qiang", False)


def test_one_persons_two_addresses_are_one_signer(repository: Repository, key: SigningKey) -> None:
    allow(repository, f"{LI} {key.public}")
    commit = signed(repository, key, by="li@home.example", committer=LI)
    assert ledger(repository).signature(commit).vouches


def forged(repository: Repository, commit: str, old: bytes, new: bytes) -> str:
    """The commit with other bytes in it, on top of the branch."""
    raw = repository.git("cat-file", "commit", commit).encode() + b"\n"
    assert old in raw
    made = repository.git(
        "hash-object", "-t", "commit", "-w", "--stdin", given=raw.replace(old, new)
    )
    repository.git("update-ref", "HEAD", made)
    return made


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (LI.encode(), WANG.encode()),
        ("记录".encode(), "纪录".encode()),
        (b"U1NIU0lH", b"U1NIU0lI"),
        (b"-----BEGIN SSH SIGNATURE-----\n ", b"-----BEGIN SSH SIGNATURE-----\n !"),
        (b" -----END SSH SIGNATURE-----\n", b" -----END SSH SIGNATURE-----\n QUFBQQ==\n"),
    ],
)
def test_a_commit_changed_after_it_was_signed_is_told(
    repository: Repository, key: SigningKey, old: bytes, new: bytes
) -> None:
    allow(repository, f"*@provider.example {key.public}")
    commit = forged(repository, signed(repository, key), old, new)
    assert state(repository, commit) is BAD


def test_a_signature_of_a_kind_that_nobody_reads_is_of_an_unknown_key(
    repository: Repository, key: SigningKey
) -> None:
    allow(repository, f"{LI} {key.public}")
    old, new = b"SSH SIGNATURE", b"SIGNED MESSAGE"
    assert state(repository, forged(repository, signed(repository, key), old, new)) is UNKNOWN


@pytest.mark.parametrize("line", [b"\xff\xfe", b"a", b"a b c", b'a valid-before="soon" ssh-rsa x'])
def test_a_list_that_cannot_be_read_allows_nobody(
    repository: Repository, key: SigningKey, line: bytes
) -> None:
    repository.write(SIGNERS, line + b"\n")
    repository.commit()
    assert state(repository, signed(repository, key)) is UNKNOWN


# OpenPGP

MADE = "2026-11-20T01:00:00Z"


def keep(repository: Repository, who: str, key: SigningKey) -> None:
    repository.write(f"records/keys/{who}.asc", key.public)
    repository.commit("公钥", at="2026-11-20T09:00:00+08:00")


@pytest.mark.needs("gpg")
def test_a_commit_signed_with_a_kept_openpgp_key_is_its_persons(
    repository: Repository, tmp_path: Path
) -> None:
    key = openpgp_key(tmp_path / "gpg", LI, MADE)
    keep(repository, "li-qiang", key)
    commit = signed(repository, key)
    found = ledger(repository).signature(commit)
    assert (found.state, found.signer, found.vouches) == (GOOD, "li-qiang", True)
    assert state(repository, forged(repository, commit, LI.encode(), b"li@home.example")) is BAD


@pytest.mark.needs("gpg")
def test_an_openpgp_key_counts_until_it_expires_by_the_time_of_the_landing(
    repository: Repository, tmp_path: Path
) -> None:
    key = openpgp_key(tmp_path / "gpg", LI, MADE, "1d")
    keep(repository, "li-qiang", key)
    good = signed(repository, key)
    repository.branch("kept-back")
    dated_back = signed(repository, key, at="2026-11-20T10:30:00+08:00")
    repository.switch("main")
    repository.merge("kept-back", at="2026-11-22T09:00:00+08:00")
    assert (state(repository, good), state(repository, dated_back)) == (GOOD, EXPIRED)


@pytest.mark.needs("gpg")
def test_an_openpgp_key_under_anybody_elses_name_is_unknown(
    repository: Repository, tmp_path: Path
) -> None:
    key = openpgp_key(tmp_path / "gpg", LI, MADE)
    keep(repository, "wang-lei", key)
    assert state(repository, signed(repository, key)) is UNKNOWN
    repository.write("records/keys/li-qiang.asc", "no key\n")
    repository.commit(at="2026-11-20T11:00:00+08:00")
    assert state(repository, signed(repository, key, at="2026-11-20T12:00:00+08:00")) is UNKNOWN


# Keys on hardware tokens, which a test must play: what they sign is in PROTOCOL.u2f


def string(value: bytes) -> bytes:
    return len(value).to_bytes(4, "big") + value


def by_token(flags: int) -> bytes:
    """An armoured signature over b"text" by a token whose user did (1) or did not (0) touch it."""
    private = Ed25519PrivateKey.generate()
    public = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    kind = b"sk-ssh-ed25519@openssh.com"
    key = string(kind) + string(public) + string(b"ssh:")
    fields = (b"git", b"", b"sha512", hashlib.sha512(b"text").digest())
    inner = b"SSHSIG" + b"".join(map(string, fields))
    after = bytes([flags]) + (7).to_bytes(4, "big")
    told = hashlib.sha256(b"ssh:").digest() + after + hashlib.sha256(inner).digest()
    made = string(kind) + string(private.sign(told)) + after
    parts = (key, b"git", b"", b"sha512", made)
    raw = b"SSHSIG" + (1).to_bytes(4, "big") + b"".join(map(string, parts))
    body = base64.encodebytes(raw)
    return b"-----BEGIN SSH SIGNATURE-----\n" + body + b"-----END SSH SIGNATURE-----"


def test_a_token_signs_when_somebody_has_touched_it() -> None:
    touched = read_ssh_signature(by_token(1))
    verify_ssh_signature(touched, b"text", "git")
    with pytest.raises(NotSigned):
        verify_ssh_signature(touched, b"other text", "git")
    with pytest.raises(NotSigned):
        verify_ssh_signature(touched, b"text", "file")
    with pytest.raises(NotSigned):
        verify_ssh_signature(read_ssh_signature(by_token(0)), b"text", "git")


def test_no_bytes_in_place_of_a_signature_are_more_than_not_signed() -> None:
    whole = by_token(1)
    for length in range(0, len(whole), 7):
        junk = whole[:length] + hashlib.sha256(whole[:length]).digest()[:5] + whole[length + 5 :]
        with pytest.raises(NotSigned):
            verify_ssh_signature(read_ssh_signature(junk), b"text", "git")
