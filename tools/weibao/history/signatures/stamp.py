"""Time stamps on checkpoints (RFC 3161), verified offline: no clock is read and nobody is asked.

A stamp is what an outside authority signed: that these bytes existed by then. The certificates kept beside
it show that it is whole. That the authority is one to believe must come from elsewhere: its root is named
by its fingerprint in contract.yaml, or given by the auditor.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from weibao.history.git.objects import LAST_INSTANT
from weibao.history.signatures.certificates import (
    fingerprint,
    in_silence,
    is_root,
    line_of,
    may_stamp,
    read_certificate,
    read_certificates,
    roots_among,
    valid_at,
)
from weibao.model.finding import Finding, Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cryptography.x509 import Certificate
    from rfc3161_client import TimeStampResponse, TimeStampTokenInfo

    from weibao.model.contract import EvidencePolicy
    from weibao.model.instant import Instant

LARGEST = 256 << 10
"""Neither a stamp nor a chain has more bytes than this."""

_HASHES = {
    "2.16.840.1.101.3.4.2.1": "sha256",
    "2.16.840.1.101.3.4.2.2": "sha384",
    "2.16.840.1.101.3.4.2.3": "sha512",
}
_GRANTED = 0

Namer = Literal["contract", "auditor"]
"""Who says that a root is to be trusted."""


@dataclass(frozen=True, slots=True)
class Trust:
    """The roots that stamps may rest on.

    Attributes:
        roots: SHA-256 fingerprints of root certificates, in lower-case hexadecimal.
        named_by: who names them.
        certificates: certificates that were given with them (PEM); none need be.
    """

    roots: frozenset[str]
    named_by: Namer
    certificates: bytes = b""


@dataclass(frozen=True, slots=True)
class StampedAt:
    """A stamp that holds.

    Attributes:
        at: the bytes existed by this instant: the authority's time and its stated inaccuracy,
            rounded up to the second.
        authority: the subject of the authority's certificate (RFC 4514).
        root: the fingerprint of the root that it rests on.
        named_by: who says that this root is to be trusted.
    """

    at: Instant
    authority: str
    root: str
    named_by: Namer


def contract_trust(policy: EvidencePolicy) -> Trust:
    """The roots that the contract names."""
    return Trust(policy.timestamp.roots if policy.timestamp else frozenset(), "contract")


def auditor_trust(given: bytes) -> Trust | None:
    """The roots among certificates that an auditor gives, in PEM: from then on they alone count.

    None where it cannot be read, or holds no certificate that is its own issuer.
    """
    roots = roots_among(read_certificates(given) or ())
    return Trust(roots, "auditor", given) if roots else None


@in_silence()
def verify_stamp(
    name: str, stamped: bytes, stamp: bytes, chain: bytes, trust: Trust, nonce: int | None = None
) -> StampedAt | Finding:
    """When the bytes ``stamped`` existed by, or an L113 that says why the stamp proves nothing.

    Certificates count as of the time of the stamp, so that a stamp outlives them.

    Args:
        name: where the stamp is kept.
        stamped: the bytes of the checkpoint.
        stamp: the authority's answer in DER (``TimeStampResp``).
        chain: certificates in PEM, b"" for none.
        trust: the roots that are believed.
        nonce: what the answer must repeat, where it was just asked for.
    """
    answer = (
        _answer(stamp) if max(len(stamp), len(chain)) <= LARGEST else "too large for a time stamp"
    )
    if isinstance(answer, str):
        return _worthless(name, answer)
    beside, sent = read_certificates(chain), _sent(answer)
    if beside is None or sent is None:
        return _worthless(name, "certificates unreadable")
    given = (*beside, *(read_certificates(trust.certificates) or ()), *sent)
    certificates = {fingerprint(certificate): certificate for certificate in given}
    roots = [key for key, certificate in certificates.items() if is_root(certificate)]
    between = [certificate for certificate in certificates.values() if not is_root(certificate)]
    signer = _signer(answer, certificates.values())
    own = None if sent else signer
    ends = [
        root for root in roots if _holds(answer, stamped, certificates[root], between, own, nonce)
    ]
    for root in ends:
        if signer and root in trust.roots:
            authority = signer.subject.rfc4514_string()
            return StampedAt(_latest(answer.tst_info), authority, root, trust.named_by)
    if ends:
        return _worthless(name, "root that nobody names", root=", ".join(sorted(ends)))
    doubts = _doubts(answer, stamped, certificates.values(), signer, nonce)
    nothing = "broken signature or chain" if roots else "root that nobody names"
    return _worthless(name, next(doubts, nothing))


def _worthless(name: str, fault: str, root: str = "—") -> Finding:
    return Finding("L113", Place(name), facts={"fault": fault, "root": root})


def _answer(stamp: bytes) -> TimeStampResponse | str:
    """The answer, granted and with parts that can be read; else what is wrong with it."""
    from rfc3161_client import decode_timestamp_response

    try:
        answer = decode_timestamp_response(stamp)
        if answer.status != _GRANTED:
            return "not granted"
        _touch(answer)
    except Exception:  # noqa: BLE001 - maimed bytes make the parsers raise whatever they like
        return "not a time stamp"
    return answer


def _touch(answer: TimeStampResponse) -> None:
    """Look once at all that is asked for later: parts are parsed only when they are asked for."""
    info = answer.tst_info
    _ = info.gen_time, info.nonce, info.accuracy, info.message_imprint.message
    _ = info.message_imprint.hash_algorithm
    _ = [(info.issuer, info.serial_number) for info in answer.signed_data.signer_infos]


def _sent(answer: TimeStampResponse) -> tuple[Certificate, ...] | None:
    """The certificates that the authority sent with its answer; None where one is unreadable."""
    try:
        sent = sorted(answer.signed_data.certificates)
    except ValueError:
        return None
    read = [read_certificate(certificate) for certificate in sent]
    return None if None in read else tuple(certificate for certificate in read if certificate)


def _signer(answer: TimeStampResponse, certificates: Iterable[Certificate]) -> Certificate | None:
    """The certificate that the answer says it was signed by."""
    named = {(info.issuer, info.serial_number) for info in answer.signed_data.signer_infos}
    return next(
        (
            certificate
            for certificate in certificates
            if (certificate.issuer, certificate.serial_number) in named
        ),
        None,
    )


def _holds(
    answer: TimeStampResponse,
    stamped: bytes,
    root: Certificate,
    between: list[Certificate],
    signer: Certificate | None,
    nonce: int | None,
) -> bool:
    """Whether the answer stamps these bytes, under this one root.

    No other root may be among ``between``: whatever is its own issuer would be believed.
    """
    from rfc3161_client import VerifierBuilder

    verifier = VerifierBuilder(
        tsa_certificate=signer, intermediates=between, roots=[root], nonce=nonce
    ).build()
    try:
        return verifier.verify_message(answer, stamped)
    except Exception:  # noqa: BLE001 - as above: what cannot be verified proves nothing
        return False


def _latest(info: TimeStampTokenInfo) -> Instant:
    """The authority's time and its stated inaccuracy, rounded up to the second."""
    accuracy = info.accuracy
    seconds = (accuracy.seconds or 0) if accuracy else 0
    rest = ((accuracy.millis or 0) * 1000 + (accuracy.micros or 0)) if accuracy else 0
    whole = int(info.gen_time.replace(microsecond=0).timestamp())
    return min(whole + seconds - (-(info.gen_time.microsecond + rest) // 1_000_000), LAST_INSTANT)


def _doubts(
    answer: TimeStampResponse,
    stamped: bytes,
    certificates: Iterable[Certificate],
    signer: Certificate | None,
    nonce: int | None,
) -> Iterator[str]:
    """Why an answer does not hold, in words of the kind ``fault``, what is plainest first."""
    info = answer.tst_info
    hashing = _HASHES.get(info.message_imprint.hash_algorithm.dotted_string)
    if hashing is None:
        yield "unknown hash"
    elif hashlib.new(hashing, stamped).digest() != info.message_imprint.message:
        yield "of other bytes"
    if nonce is not None and info.nonce != nonce:
        yield "answer to another request"
    if signer is None:
        yield "no certificate of the authority"
    elif not may_stamp(signer):
        yield "not an authority's certificate"
    elif not all(
        valid_at(certificate, info.gen_time) for certificate in line_of(signer, certificates)
    ):
        yield "certificate out of date"
