"""SSH signatures (OpenSSH, PROTOCOL.sshsig): read out of their armour, and held against a text.

Which key made one, and whether the text is what it signed; whose key that is, others decide.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import load_ssh_public_key

from weibao.model.signers import ssh_fingerprint

_ARMOUR = re.compile(
    rb"-----BEGIN SSH SIGNATURE-----\n([A-Za-z0-9+/=\n]+)-----END SSH SIGNATURE-----"
)
_MAGIC = b"SSHSIG"
_HASHES = {b"sha256", b"sha512"}
_RSA_HASHES = {b"rsa-sha2-256": hashes.SHA256(), b"rsa-sha2-512": hashes.SHA512()}
_CURVE_HASHES: dict[int, hashes.HashAlgorithm] = {
    256: hashes.SHA256(),
    384: hashes.SHA384(),
    521: hashes.SHA512(),
}
_TOKEN = b"sk-"
"""How the type of a key begins that a hardware token holds."""


class NotSigned(Exception):  # noqa: N818 - a verdict on bytes that a stranger wrote
    """The signature is not one, or not of this text."""


@dataclass(frozen=True, slots=True)
class SshSignature:
    """A signature: the ``key`` that made it, in OpenSSH's binary, and what it is for."""

    key: bytes
    namespace: bytes
    reserved: bytes
    hash_name: bytes
    made: bytes

    @property
    def fingerprint(self) -> str:
        """The key as ``ssh-keygen -l`` names it."""
        return ssh_fingerprint(self.key)


def read_ssh_signature(armoured: bytes) -> SshSignature:
    """The signature in the armour; raises :class:`NotSigned` where it is not well-formed."""
    body = _ARMOUR.fullmatch(armoured.strip())
    if body is None:
        raise NotSigned
    try:
        raw = base64.b64decode(b"".join(body[1].split()), validate=True)
    except binascii.Error:
        raise NotSigned from None
    version, rest = raw[6:10], raw[10:]
    if raw[:6] != _MAGIC or version != (1).to_bytes(4, "big"):
        raise NotSigned
    parts = _strings(rest, 5)
    return SshSignature(*parts)


def verify_ssh_signature(signature: SshSignature, text: bytes, namespace: str) -> None:
    """Raises :class:`NotSigned` unless the signature's key signed exactly this text for this use."""
    if signature.namespace != namespace.encode() or signature.hash_name not in _HASHES:
        raise NotSigned
    digest = hashlib.new(signature.hash_name.decode(), text).digest()
    fields = (signature.namespace, signature.reserved, signature.hash_name, digest)
    signed = _MAGIC + b"".join(len(field).to_bytes(4, "big") + field for field in fields)
    kind = _strings(signature.key, 1)[0]
    how, made, *_ = _strings(signature.made, 2)
    if kind.startswith(_TOKEN):
        signed = _by_token(signature, signed)
    try:
        key = load_ssh_public_key(kind + b" " + base64.b64encode(signature.key))
        if isinstance(key, Ed25519PublicKey) and how == kind:
            key.verify(made, signed)
        elif isinstance(key, rsa.RSAPublicKey) and how in _RSA_HASHES:
            key.verify(made, signed, padding.PKCS1v15(), _RSA_HASHES[how])
        elif isinstance(key, ec.EllipticCurvePublicKey) and how == kind:
            r, s = (int.from_bytes(string, "big") for string in _strings(made, 2))
            digest_with = ec.ECDSA(_CURVE_HASHES[key.curve.key_size])
            key.verify(encode_dss_signature(r, s), signed, digest_with)
        else:
            raise NotSigned
    except (InvalidSignature, UnsupportedAlgorithm, ValueError, KeyError):
        raise NotSigned from None


def _by_token(signature: SshSignature, signed: bytes) -> bytes:
    """What a token signs: the application, its flags and counter, and a digest of the rest.

    Bit 0 of the flags says that somebody touched the token (PROTOCOL.u2f).
    """
    application = _strings(signature.key, 4 if b"ecdsa" in signature.key[:24] else 3)[-1]
    flags_and_counter = _after(signature.made, 2)
    if len(flags_and_counter) != 5 or not flags_and_counter[0] & 1:
        raise NotSigned
    return (
        hashlib.sha256(application).digest() + flags_and_counter + hashlib.sha256(signed).digest()
    )


def _strings(raw: bytes, count: int) -> tuple[bytes, ...]:
    """The first strings of SSH's wire format (RFC 4251, 5): four bytes of length, and as many bytes."""
    found: list[bytes] = []
    at = 0
    for _ in range(count):
        size = int.from_bytes(raw[at : at + 4], "big")
        if len(raw) < at + 4 + size or len(raw) < at + 4:
            raise NotSigned
        found.append(raw[at + 4 : at + 4 + size])
        at += 4 + size
    return tuple(found)


def _after(raw: bytes, count: int) -> bytes:
    return raw[sum(4 + len(string) for string in _strings(raw, count)) :]
