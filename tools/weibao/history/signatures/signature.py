"""Signatures: whether a commit is signed, by whom, and whether the key counted when it landed.

What counts is what the official branch itself said when the commit landed, before the landing could
change it, and the time of the landing: the date in a commit is the signer's own word, and git's own
verification believes it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from weibao.model.signers import (
    ALLOWED_SIGNERS,
    GIT_NAMESPACE,
    KEY_FILE,
    allowed_signers,
    is_key_file,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from zoneinfo import ZoneInfo

    from weibao.history.commit import Commit, Seal
    from weibao.history.history import History
    from weibao.history.signatures.openpgp import OpenPgpKey
    from weibao.model.instant import Instant
    from weibao.model.signers import AllowedSigner


class SignatureState(StrEnum):
    """What a commit's signature is worth."""

    UNSIGNED = "unsigned"
    GOOD = "good"
    UNKNOWN_KEY = "unknown_key"
    EXPIRED = "expired"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Signature:
    """A commit's signature.

    Attributes:
        state: ``bad`` where the content is not what was signed; ``unknown_key`` where the branch
            did not hold the key for the commit's committer or author when the commit landed;
            ``expired`` where it did, for another time than that of the landing.
        signer: who signed, a person's id where the address is one's; "" where nobody is known.
        key: the key's fingerprint; "" where there is none.
        vouches: whether it is good, and the commit's author made it: it proves who wrote.
    """

    state: SignatureState
    signer: str = ""
    key: str = ""
    vouches: bool = False


SSH = b"-----BEGIN SSH SIGNATURE-----"
OPENPGP = b"-----BEGIN PGP SIGNATURE-----"

LONGEST_SIGNATURE = 16 * 1024
"""Bytes. The longest that any key makes is far shorter; of what is longer nothing is read."""

UNSIGNED = Signature(SignatureState.UNSIGNED)


@dataclass(frozen=True, slots=True)
class KeyRing:
    """The keys that a commit of the official branch holds; OpenPGP keys by whose they are."""

    signers: tuple[AllowedSigner, ...]
    openpgp: tuple[tuple[str, OpenPgpKey], ...]

    def __bool__(self) -> bool:
        """Whether there is any key."""
        return bool(self.signers or self.openpgp)


def key_rings(history: History, zone: ZoneInfo) -> dict[str, KeyRing]:
    """For each commit of the official branch, the keys by which what lands with it is judged.

    Those of the commit before it; the first commit of all brings its own. ``zone`` is that of the
    contract, for validities without one.
    """
    line = history.line
    files: dict[str, bytes] = {}
    ring = _ring(files, zone)
    found: dict[str, KeyRing] = {}
    changed: dict[str, list[tuple[str, bytes | None]]] = {}
    for change in (*history.changes, *history.resolutions):
        if is_key_file(change.path) and change.before[:1] != (change.after,):
            content = None if change.after is None else history.blobs[change.after]
            changed.setdefault(change.commit, []).append((change.path, content))
    for commit in line:
        found[commit] = ring
        for path, content in changed.get(commit, ()):
            files = {file: raw for file, raw in files.items() if file != path}
            files |= {} if content is None else {path: content}
        if commit in changed:
            ring = _ring(files, zone)
        if commit == line[0]:
            found[commit] = ring
    return found


def signature_of(
    commit: Commit, ring: KeyRing, landed: Instant, people: Mapping[str, str]
) -> Signature:
    """The commit's signature, judged by the keys of ``ring`` at ``landed``.

    ``people`` tells whose an address is, in lower case.
    """
    if commit.seal is None:
        return UNSIGNED
    holders = _holders(commit, people)
    if len(commit.seal.signature) > LONGEST_SIGNATURE:
        return Signature(SignatureState.BAD)
    if SSH in commit.seal.signature:
        found = _ssh(commit.seal, ring.signers, landed, holders)
    elif OPENPGP in commit.seal.signature:
        found = _openpgp(commit.seal, ring.openpgp, landed, holders)
    else:
        found = Signature(SignatureState.UNKNOWN_KEY)
    author = holders.get(commit.author.email.casefold(), "")
    vouches = found.state is SignatureState.GOOD and found.signer == author
    return replace(found, vouches=vouches)


def _holders(commit: Commit, people: Mapping[str, str]) -> dict[str, str]:
    """The addresses that a signature can be of, and whose they are: the committer's goes first."""
    addresses = (identity.email.casefold() for identity in (commit.committer, commit.author))
    return {address: people.get(address, address) for address in addresses if address}


# What reads a signature is imported where there is one: it takes longer to load than most
# commands take to run.


def _ssh(
    seal: Seal,
    signers: tuple[AllowedSigner, ...],
    landed: Instant,
    holders: Mapping[str, str],
) -> Signature:
    from weibao.history.signatures.ssh import NotSigned, read_ssh_signature, verify_ssh_signature

    try:
        made = read_ssh_signature(seal.signature)
        verify_ssh_signature(made, seal.signed, GIT_NAMESPACE)
    except NotSigned:
        return Signature(SignatureState.BAD)
    known = [
        (signer, who)
        for address, who in holders.items()
        for signer in signers
        if signer.key == made.key and signer.may_sign_commits() and signer.is_of(address)
    ]
    if not known:
        return Signature(SignatureState.UNKNOWN_KEY, "", made.fingerprint)
    valid = next((who for allowed_signer, who in known if allowed_signer.counts_at(landed)), None)
    state = SignatureState.EXPIRED if valid is None else SignatureState.GOOD
    return Signature(state, valid or known[0][1], made.fingerprint)


def _openpgp(
    seal: Seal,
    keys: tuple[tuple[str, OpenPgpKey], ...],
    landed: Instant,
    holders: Mapping[str, str],
) -> Signature:
    from weibao.history.signatures.openpgp import read_openpgp_signature

    made = read_openpgp_signature(seal.signature)
    if made is None:
        return Signature(SignatureState.BAD)
    owned = [(who, key) for who, key in keys if who in holders.values()]
    fitting = [(who, key) for who, key in owned if made.fits(key, seal.signed)]
    for who, key in fitting or owned:
        late = key.expires is not None and key.expires <= (landed if fitting else made.created)
        if fitting:
            dead = late or key.revoked
            state = SignatureState.EXPIRED if dead else SignatureState.GOOD
            return Signature(state, who, key.fingerprint)
        if made.key and key.fingerprint.endswith(made.key):
            # Sequoia accepts nothing that says it was made after its key had expired.
            state = SignatureState.EXPIRED if late else SignatureState.BAD
            return Signature(state, who, key.fingerprint)
    return Signature(SignatureState.UNKNOWN_KEY, "", made.key)


def _ring(files: Mapping[str, bytes], zone: ZoneInfo) -> KeyRing:
    return KeyRing(
        allowed_signers(files.get(ALLOWED_SIGNERS, b""), zone), tuple(openpgp_keys(files))
    )


def openpgp_keys(files: Mapping[str, bytes]) -> Iterator[tuple[str, OpenPgpKey]]:
    """The OpenPGP keys among files of keys, each with whose it is by the file's name."""
    for path in sorted(files):
        if match := KEY_FILE.fullmatch(path):
            from weibao.history.signatures.openpgp import read_openpgp_key

            key = read_openpgp_key(files[path])
            if key is not None:
                yield match[1], key
