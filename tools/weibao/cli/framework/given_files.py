"""Files that the user names, standard input among them: lists, messages, checkpoints, certificates."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from rich.text import Text

from weibao.history.checkpoints.comparison import Given
from weibao.history.contact_keys import read_given_keys
from weibao.history.signatures.stamp import LARGEST, auditor_trust, contract_trust
from weibao.language import N_
from weibao.refusal import UsageRefusal

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from zoneinfo import ZoneInfo

    from weibao.cli.framework.session import Session
    from weibao.history.signatures.openpgp import OpenPgpKey
    from weibao.history.signatures.stamp import Trust
    from weibao.model.contract import Contract
    from weibao.model.signers import AllowedSigner


def bytes_given(session: Session, file: str, said: str) -> bytes:
    """What a file holds, or standard input for ``-``; ``said`` tells whoever types how to ``{end}`` it."""
    if file == "-":
        if sys.stdin.isatty():
            end = "Ctrl-Z, Enter" if os.name == "nt" else "Ctrl-D"
            session.errors.print(Text(session.language.text(said, end=end)), soft_wrap=True)
        return sys.stdin.buffer.read()
    try:
        return (session.directory / file).read_bytes()
    except OSError as error:
        raise UsageRefusal(N_("{path} cannot be read: {reason}"), path=file, reason=error) from None


def trusted(contract: Contract, roots: Path | None) -> Trust:
    """The roots in the file that the user gives; without one, those that the contract names.

    Raises:
        Refusal: the file holds none.
    """
    return contract_trust(contract.evidence) if roots is None else trust_in(roots)


def given_checkpoint(file: Path) -> Given:
    """A checkpoint that the user has, with the stamp and the certificates beside it."""
    stamp, chain = (file.with_name(f"{file.stem}{ending}") for ending in (".tsr", ".pem"))
    return Given(
        str(file),
        _bounded(file),
        _bounded(stamp) if stamp.is_file() else None,
        _bounded(chain) if chain.is_file() else b"",
    )


def trust_in(file: Path) -> Trust:
    """The roots in a file that the user gives."""
    trust = auditor_trust(_bounded(file))
    if trust is None:
        raise UsageRefusal(
            N_("{path} holds no root certificate that can be read."),
            mend=N_(
                "Give the authority's root, as it publishes it, in PEM (-----BEGIN CERTIFICATE-----)."
            ),
            path=file,
        )
    return trust


def given_keys(zone: ZoneInfo, files: Iterable[Path]) -> tuple[AllowedSigner | OpenPgpKey, ...]:
    """The customer's public keys in files that the user gives; refused where one holds none."""
    found: list[AllowedSigner | OpenPgpKey] = []
    for file in files:
        keys = read_given_keys(_bounded(file), zone)
        if keys is None:
            raise UsageRefusal(
                N_("{path} holds no public key that can be read."),
                mend=N_(
                    "Give the customer's .pub file, lines of allowed_signers, or an OpenPGP key in armour."
                ),
                path=file,
            )
        found += keys
    return tuple(found)


def _bounded(file: Path) -> bytes:
    """The bytes of a file, but no more than tell that it is too large."""
    try:
        with file.open("rb") as stream:
            return stream.read(LARGEST + 1)
    except OSError as error:
        raise UsageRefusal(N_("{path} cannot be read: {reason}"), path=file, reason=error) from None
