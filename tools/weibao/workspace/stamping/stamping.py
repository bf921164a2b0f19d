"""Stamping a checkpoint: asked of an authority, verified, and committed with all that proves it.

The answer is verified before anything is written, and as an auditor will verify it: out of the three
files alone that are kept, with the roots that somebody names.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from weibao.history.checkpoints.checkpoint import checkpoint_bytes
from weibao.history.checkpoints.kept import FOLDER
from weibao.history.signatures.certificates import authority_in, read_certificates, written
from weibao.history.signatures.stamp import LARGEST, verify_stamp
from weibao.language import N_
from weibao.model.finding import Finding, Unsound
from weibao.refusal import Refusal, UsageRefusal
from weibao.workspace.recording.commit import require_committable
from weibao.workspace.recording.git_runner import run_git
from weibao.workspace.recording.new_files import commit_new_files
from weibao.workspace.recording.store import one_writer, plain_path
from weibao.workspace.stamping.authority import ask

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from weibao.history.checkpoints.checkpoint import Checkpoint
    from weibao.history.signatures.stamp import StampedAt, Trust


@dataclass(frozen=True, slots=True)
class StoredStamp:
    """A stamp that was committed: the files, what it proves, and the commit that brought it."""

    paths: tuple[str, ...]
    stamp: StampedAt
    commit: str


def stem_of(checkpoint: Checkpoint, day: date) -> str:
    """The path without ending under which a checkpoint is kept; ``day`` is its commit's."""
    return f"{FOLDER}/{day:%Y%m%d}-{checkpoint.commit[:12]}"


def read_chain(root: Path, path: str) -> bytes:
    """The authority's certificates in the repository, "" standing for none."""
    return chain_of(plain_path(root, path)) if path else b""


def chain_of(file: Path) -> bytes:
    """The certificates in a file, in PEM and nothing else; raises ``Refusal`` where it has none."""
    try:
        with file.open("rb") as stream:
            raw = stream.read(LARGEST + 1)
    except OSError as error:
        raise UsageRefusal(N_("{path} cannot be read: {reason}"), path=file, reason=error) from None
    certificates = read_certificates(raw) if len(raw) <= LARGEST else None
    if not certificates:
        raise UsageRefusal(
            N_("{path} holds no certificates that can be read."),
            mend=N_(
                "Put the authority's certificates there up to its root, as it publishes them, in PEM "
                "(-----BEGIN CERTIFICATE-----)."
            ),
            path=file,
        )
    return written(certificates)


def stamp_checkpoint(
    root: Path,
    git_dir: Path,
    checkpoint: Checkpoint,
    day: date,
    *,
    authority: str,
    chain: bytes,
    trust: Trust,
) -> StoredStamp:
    """Have the checkpoint stamped, keep it with stamp and chain, and commit these three files.

    Raises:
        Unsound: the answer proves nothing (L113).
        Refusal: the checkpoint is stamped already, no answer came, or git or the disk did not
            allow it; nothing is written then.
    """
    stem, raw = stem_of(checkpoint, day), checkpoint_bytes(checkpoint)
    _require_new(root, stem)
    require_committable(root)
    answer, stamp = _asked(f"{stem}.tsr", raw, authority, chain, trust)
    contents = {f"{stem}.json": raw, f"{stem}.tsr": answer, f"{stem}.pem": chain}
    with one_writer(git_dir):
        _require_new(root, stem)
        require_committable(root)
        message = f"Checkpoint {checkpoint.commit[:12]} stamped"
        commit = commit_new_files(
            root, git_dir, contents, message, partial(_require_kept_as_it_is, root)
        )
    return StoredStamp(tuple(contents), stamp, commit)


def _require_new(root: Path, stem: str) -> None:
    """Refuse to put one stamp in another's place, be it on disk or only in the commit."""
    paths = (f"{stem}.json", f"{stem}.tsr")
    if any(
        plain_path(root, path).exists()
        or run_git(root, "cat-file", "-e", f"HEAD:{path}").returncode == 0
        for path in paths
    ):
        raise UsageRefusal(
            N_("This commit's checkpoint is kept already: {path}"),
            mend=N_("Stamp another commit with --at; weibao checkpoint verify says what stands."),
            path=f"{stem}.json",
        )


def _asked(
    name: str, raw: bytes, authority: str, chain: bytes, trust: Trust
) -> tuple[bytes, StampedAt]:
    """The authority's answer, and what it proves."""
    from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

    # Where its own certificate is in the chain, the authority need not send it.
    request = (
        TimestampRequestBuilder()
        .data(raw)
        .hash_algorithm(HashAlgorithm.SHA256)
        .cert_request(cert_request=authority_in(chain) is None)
        .build()
    )
    answer = ask(authority, request.as_bytes())
    found = verify_stamp(name, raw, answer, chain, trust, request.nonce)
    if isinstance(found, Finding):
        raise Unsound(
            N_("The answer of {authority} proves nothing, so nothing was written."),
            (found,),
            mend=N_(
                "Check the address, the chain and the root's fingerprint against what the authority "
                "publishes."
            ),
            authority=authority,
        )
    return answer, found


def _require_kept_as_it_is(root: Path, path: str) -> None:
    """Refuse where git would commit other bytes than the file has: filters, ends of lines."""
    given, plain = (
        run_git(root, "hash-object", *options, "--", path).stdout
        for options in ((f"--path={path}",), ("--no-filters",))
    )
    if given != plain:
        raise Refusal(
            N_("Git would change {path} as it commits it, and the stamp would no longer fit."),
            mend=N_("Put into .gitattributes: checkpoints/* -text -filter"),
            path=path,
        )
