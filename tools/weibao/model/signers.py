"""Whose signatures count: ``records/allowed_signers`` in OpenSSH's form, and OpenPGP keys by person.

One line of allowed_signers is ``principals [options] type key [comment]`` (ssh-keygen(1), "ALLOWED
SIGNERS"); here a principal is the address that a commit bears. An OpenPGP key is a file of its own,
``records/keys/<id>.asc``, named by a person of the staff or a contact of the customer.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from weibao.model.finding import Finding, Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from zoneinfo import ZoneInfo

    from weibao.model.instant import Instant

ALLOWED_SIGNERS = "records/allowed_signers"
KEY_FILE = re.compile(r"records/keys/([a-z0-9][a-z0-9._-]{0,62})\.asc")
GIT_NAMESPACE = "git"
"""What git signs commits for; a signature made for anything else is not a commit's."""

OPENPGP_KEY = b"-----BEGIN PGP PUBLIC KEY BLOCK-----"
_PRIVATE = b"-----BEGIN PGP PRIVATE KEY BLOCK-----"
_OPTION = re.compile(
    r'(?i)(cert-authority|namespaces="([^"]*)"|valid-(after|before)="([^"]*)")(?:,(?=\S)|(?=\s))'
)
_TYPE = re.compile(r"(?:sk-)?(?:ssh|ecdsa)-[a-z0-9-]+(?:@openssh\.com)?")
_TIME = re.compile(r"(\d{8})(\d{4}(?:\d{2})?)?(Z?)")


@dataclass(frozen=True, slots=True)
class AllowedSigner:
    """A key, and for whom and when it counts.

    Attributes:
        line: its line in the file, from 1.
        principals: patterns of addresses; one that begins with ``!`` takes others away.
        namespaces: patterns of what it may sign; empty means anything.
        valid_after, valid_before: instants, the first included, the second not; None: without end.
        key: the key as OpenSSH writes it in binary.
    """

    line: int
    principals: tuple[str, ...]
    namespaces: tuple[str, ...]
    valid_after: Instant | None
    valid_before: Instant | None
    key: bytes

    @property
    def fingerprint(self) -> str:
        """The key as ``ssh-keygen -l`` names it."""
        return ssh_fingerprint(self.key)

    def is_of(self, address: str) -> bool:
        """Whether the key is one of the holder of ``address``."""
        return _matches(address.casefold(), self.principals)

    def may_sign_commits(self) -> bool:
        """Whether it may sign for git."""
        return not self.namespaces or _matches(GIT_NAMESPACE, self.namespaces)

    def counts_at(self, instant: Instant) -> bool:
        """Whether it is valid at an instant."""
        begun = self.valid_after is None or self.valid_after <= instant
        return begun and (self.valid_before is None or instant < self.valid_before)


def ssh_fingerprint(key: bytes) -> str:
    """A key, in OpenSSH's binary, as ``ssh-keygen -l`` names it."""
    import hashlib  # see weibao.model.ids: loaded where something is hashed

    digest = base64.b64encode(hashlib.sha256(key).digest()).rstrip(b"=")
    return f"SHA256:{digest.decode()}"


def is_key_file(path: str) -> bool:
    """Whether the file tells whose signatures count."""
    return path == ALLOWED_SIGNERS or KEY_FILE.fullmatch(path) is not None


def allowed_signers(raw: bytes, zone: ZoneInfo) -> tuple[AllowedSigner, ...]:
    """The signers that a version of the file allows; lines that say nothing valid allow nobody.

    A validity without ``Z`` is a local time; here that of ``zone``, for a verdict depends on no machine.
    """
    return tuple(
        allowed_signer for _, _, allowed_signer in _read(raw, zone) if allowed_signer is not None
    )


def check_key_files(files: Mapping[str, bytes], zone: ZoneInfo) -> Iterator[Finding]:
    """Lines of allowed_signers that allow nobody (R310), files that hold no public key (R311)."""
    for line, text, found in _read(files.get(ALLOWED_SIGNERS, b""), zone):
        if found is None:
            yield Finding("R310", Place(ALLOWED_SIGNERS, line, 1), facts={"found": text})
    for path in sorted(path for path in files if KEY_FILE.fullmatch(path)):
        if OPENPGP_KEY not in files[path] or _PRIVATE in files[path]:
            yield Finding("R311", Place(path, 1, 1))


def _read(raw: bytes, zone: ZoneInfo) -> Iterator[tuple[int, str, AllowedSigner | None]]:
    """Each line that says something: its number, its text, and the signer that it allows."""
    for number, text in enumerate(raw.decode(errors="replace").split("\n"), start=1):
        line = text.strip()
        if line and not line.startswith("#"):
            yield number, line, _signer(number, line, zone)


def _signer(number: int, line: str, zone: ZoneInfo) -> AllowedSigner | None:
    quoted = re.fullmatch(r'"([^"]+)"\s+(.*)|([^\s"]+)\s+(.*)', line)
    if quoted is None:
        return None
    principals, rest = quoted[1] or quoted[3], quoted[2] or quoted[4] or ""
    namespaces: tuple[str, ...] = ()
    times: dict[str, Instant | None] = {"after": None, "before": None}
    while option := _OPTION.match(rest):
        if option[1].lower() == "cert-authority":
            return None  # keys under an authority are not read
        if option[3]:
            when = _instant(option[4], zone)
            if when is None:
                return None
            times[option[3].lower()] = when
        else:
            namespaces = tuple(option[2].split(","))
        rest = rest[option.end() :].lstrip()
    kind, _, written = rest.partition(" ")
    key = _key(kind, written.split()[0] if written.split() else "")
    if key is None:
        return None
    patterns = tuple(pattern.casefold() for pattern in principals.split(",") if pattern)
    return AllowedSigner(number, patterns, namespaces, times["after"], times["before"], key)


def _key(kind: str, written: str) -> bytes | None:
    """The key in binary; None where it is none, or of another type than the line says."""
    try:
        key = base64.b64decode(written, validate=True)
    except (binascii.Error, ValueError):
        return None
    named = len(kind).to_bytes(4, "big") + kind.encode()
    return key if _TYPE.fullmatch(kind) and key.startswith(named) else None


def _instant(text: str, zone: ZoneInfo) -> Instant | None:
    match = _TIME.fullmatch(text)
    if match is None:
        return None
    time = f"{match[1]}{(match[2] or '').ljust(6, '0')}"
    try:
        local = datetime.strptime(time, "%Y%m%d%H%M%S")  # noqa: DTZ007 - the zone comes next
    except ValueError:
        return None
    return int(local.replace(tzinfo=UTC if match[3] else zone).timestamp())


def _matches(word: str, patterns: tuple[str, ...]) -> bool:
    """OpenSSH's pattern lists: ``*`` and ``?``, and ``!`` in front takes what matches away."""
    found = False
    for pattern in patterns:
        plain = pattern.removeprefix("!")
        written = re.escape(plain).replace(r"\*", ".*").replace(r"\?", ".")
        if re.fullmatch(written, word):
            if plain != pattern:
                return False
            found = True
    return found
