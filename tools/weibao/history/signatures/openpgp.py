"""OpenPGP signatures (RFC 9580), read and verified by Sequoia: whose key, and whether it fits a text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pysequoia import Cert, Sig, verify

if TYPE_CHECKING:
    from weibao.model.instant import Instant


@dataclass(frozen=True, slots=True)
class OpenPgpKey:
    """A public key; ``expires`` and ``revoked`` as this copy of it says."""

    fingerprint: str
    expires: Instant | None
    revoked: bool
    copy: Cert


@dataclass(frozen=True, slots=True)
class OpenPgpSignature:
    """A signature; ``key`` is the fingerprint or id that it names, ``created`` what it claims."""

    key: str
    created: Instant
    read: Sig

    def fits(self, key: OpenPgpKey, text: bytes) -> bool:
        """Whether the key made it over exactly this text."""
        try:
            found = verify(bytes=text, store=lambda _: [key.copy], signature=self.read)
        except (RuntimeError, ValueError, TypeError):  # what Sequoia says of a misfit
            return False
        return bool(found.valid_sigs)


def read_openpgp_key(armoured: bytes) -> OpenPgpKey | None:
    """The public key in the armour; None where there is none."""
    try:
        cert = Cert.from_bytes(armoured)
        expires = cert.expiration
        return OpenPgpKey(
            cert.fingerprint,
            None if expires is None else int(expires.timestamp()),
            cert.is_revoked,
            cert,
        )
    except (RuntimeError, ValueError, TypeError):
        return None


def read_openpgp_signature(armoured: bytes) -> OpenPgpSignature | None:
    """The signature in the armour; None where it is not well-formed."""
    try:
        read = Sig.from_bytes(armoured)
        created = read.created
        named = read.issuer_fingerprint or read.issuer_key_id or ""
    except (RuntimeError, ValueError, TypeError):
        return None
    return OpenPgpSignature(named, int(created.timestamp()) if created else 0, read)
