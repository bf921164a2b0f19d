"""A certificate counts from its first second to its last, both included (RFC 5280, 4.1.2.5)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.x509.oid import NameOID

from weibao.history.signatures.certificates import valid_at

FIRST = datetime(2026, 1, 1, tzinfo=UTC)
LAST = datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("time", "counts"),
    [(FIRST - SECOND, False), (FIRST, True), (LAST, True), (LAST + SECOND, False)],
)
def test_a_certificate_counts_in_its_first_and_its_last_second(
    time: datetime, *, counts: bool
) -> None:
    key = Ed25519PrivateKey.generate()
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "tsa.example")])
    certificate = x509.CertificateBuilder(name, name, key.public_key(), 1, FIRST, LAST).sign(
        key, None
    )

    assert valid_at(certificate, time) is counts
