"""The keys with which the example's contacts sign what they commit: Ed25519, the same for the same seed."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from weibao.demo.people import CLIENTS
from weibao.model.signers import GIT_NAMESPACE

if TYPE_CHECKING:
    from collections.abc import Mapping

_KIND = b"ssh-ed25519"
_HASH = b"sha512"


class ClientKey:
    """A contact's key. Anybody who knows the seed has it: it protects nothing but an example."""

    def __init__(self, seed: int, contact: str) -> None:
        secret = hashlib.sha256(f"weibao demo {seed} {contact}".encode()).digest()
        self._key = Ed25519PrivateKey.from_private_bytes(secret)

    @property
    def _public(self) -> bytes:
        raw = self._key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        return _strings(_KIND, raw)

    @property
    def line(self) -> str:
        """Type and key, as a line of allowed_signers ends."""
        return f"{_KIND.decode()} {base64.b64encode(self._public).decode()}"

    def armoured(self, text: bytes) -> bytes:
        """The signature over a commit (OpenSSH, PROTOCOL.sshsig), as git writes it."""
        namespace, digest = GIT_NAMESPACE.encode(), hashlib.sha512(text).digest()
        made = self._key.sign(b"SSHSIG" + _strings(namespace, b"", _HASH, digest))
        parts = (self._public, namespace, b"", _HASH, _strings(_KIND, made))
        blob = b"SSHSIG" + (1).to_bytes(4, "big") + _strings(*parts)
        body = base64.b64encode(blob)
        lines = (body[at : at + 70] for at in range(0, len(body), 70))
        inner = b"\n".join(lines)
        return b"-----BEGIN SSH SIGNATURE-----\n%s\n-----END SSH SIGNATURE-----" % inner


def client_keys(seed: int) -> Mapping[str, ClientKey]:
    """By address, the keys of the contacts who commit."""
    return {
        client.identity.email: ClientKey(seed, client.id) for client in CLIENTS if client.commits
    }


def client_signers(seed: int) -> str:
    """``records/allowed_signers``: those keys, as the first contract has them."""
    return "".join(f"{address} {key.line}\n" for address, key in client_keys(seed).items())


def _strings(*parts: bytes) -> bytes:
    """Strings of SSH's wire format (RFC 4251, 5)."""
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)
