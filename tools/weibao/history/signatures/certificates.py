"""Certificates of time-stamping authorities: read out of PEM, told apart, followed to their root."""

from __future__ import annotations

import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from cryptography.x509 import Certificate


@contextmanager
def in_silence() -> Iterator[None]:
    """Within this, certificates that bend a rule are read without the library's warning."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        yield


@in_silence()
def read_certificates(pem: bytes) -> tuple[Certificate, ...] | None:
    """The certificates of a PEM file; none out of an empty one, None where it cannot be read."""
    from cryptography.x509 import InvalidVersion, load_pem_x509_certificates

    if not pem.strip():
        return ()
    try:
        found = tuple(load_pem_x509_certificates(pem))
    except (ValueError, InvalidVersion):
        return None
    return found if all(_legible(certificate) for certificate in found) else None


@in_silence()
def read_certificate(der: bytes) -> Certificate | None:
    """The certificate in DER; None where it cannot be read."""
    from cryptography.x509 import InvalidVersion, load_der_x509_certificate

    try:
        found = load_der_x509_certificate(der)
    except (ValueError, InvalidVersion):
        return None
    return found if _legible(found) else None


def _legible(certificate: Certificate) -> bool:
    """Whether the parts that are asked for later can be read: they are parsed only when asked for."""
    try:
        _ = certificate.subject.rfc4514_string(), certificate.issuer, certificate.serial_number
        _ = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    except (ValueError, KeyError):
        return False
    return True


def fingerprint(certificate: Certificate) -> str:
    """The SHA-256 of the certificate's DER, in lower-case hexadecimal."""
    from cryptography.hazmat.primitives.hashes import SHA256

    return certificate.fingerprint(SHA256()).hex()


def is_root(certificate: Certificate) -> bool:
    """Whether the certificate is its own issuer, by its names."""
    return certificate.subject == certificate.issuer


def roots_among(certificates: Iterable[Certificate]) -> frozenset[str]:
    """The fingerprints of those that are their own issuers."""
    return frozenset(
        fingerprint(certificate) for certificate in certificates if is_root(certificate)
    )


def may_stamp(certificate: Certificate) -> bool:
    """Whether it is a time-stamping authority's: it says so, and critically (RFC 3161, 2.3)."""
    from cryptography import x509
    from cryptography.x509.oid import ExtendedKeyUsageOID

    try:
        usage = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    except (x509.ExtensionNotFound, x509.DuplicateExtension, ValueError):
        return False
    return usage.critical and ExtendedKeyUsageOID.TIME_STAMPING in usage.value


def authority_in(pem: bytes) -> Certificate | None:
    """The first certificate of a PEM file that may sign time stamps; None where none may."""
    return next(
        (certificate for certificate in read_certificates(pem) or () if may_stamp(certificate)),
        None,
    )


def written(certificates: Iterable[Certificate]) -> bytes:
    """The certificates in PEM, each once, and nothing else."""
    from cryptography.hazmat.primitives.serialization import Encoding

    return b"".join(
        dict.fromkeys(certificate.public_bytes(Encoding.PEM) for certificate in certificates)
    )


def line_of(certificate: Certificate, certificates: Iterable[Certificate]) -> Iterator[Certificate]:
    """The certificate, its issuer, and so on up, as far as the names can be followed."""
    by_name = {certificate.subject: certificate for certificate in certificates}
    seen: set[object] = set()
    one: Certificate | None = certificate
    while one is not None and one.subject not in seen:
        yield one
        seen.add(one.subject)
        one = by_name.get(one.issuer)


def valid_at(certificate: Certificate, time: datetime) -> bool:
    """Whether the certificate counts at that time."""
    return certificate.not_valid_before_utc <= time <= certificate.not_valid_after_utc
