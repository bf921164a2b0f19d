"""Attachments: a file that an entry names is there, and is what its SHA-256 says (X208)."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.finding import Finding, Place, place_of
from weibao.model.paths import attachment_sha256
from weibao.rules.rule import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.rules.facts import FileFacts

ROWS = (
    Rule(
        code="X208",
        severity=Severity.ERROR,
        title=N_("Attachment missing or altered"),
        message=N_("The file “{file}” is missing, or is not what its SHA-256 says: {sha256}."),
        help=N_(
            "Put the original file under records/attachments/, named by its SHA-256 (`sha256sum FILE` prints it); `weibao ticket attach` and `weibao report attach` do so by themselves."
        ),
        why=N_(
            "A delivery note proves that a part comes from a legal source only if it is the note that was stored (requirement 22). The hash (FIPS 180-4) in the record shows any exchange of the file."
        ),
        bad="records/attachments/12/12499852c82c839427b08b15d8219c6143aac9cb19616853701c79a3def495bd.png   # sha256: e3b0c44298fc1c14…\n",
        good="records/attachments/12/12499852c82c839427b08b15d8219c6143aac9cb19616853701c79a3def495bd.png   # sha256: 12499852c82c8394…\n",
        facts=("file", "sha256"),
    ),
)

AGREEMENTS, SPARES = "records/agreements.yaml", "records/spares.yaml"


def check_attachments(facts: FileFacts) -> Iterator[Finding]:
    """Every file under ``records/attachments`` and every reference to one (requirement 22)."""
    files = facts.files
    stored = {
        digest: path for path in facts.names if (digest := attachment_sha256(path)) is not None
    }
    for digest, path in stored.items():
        if path in files and sha256(files[path]).hexdigest() != digest:
            yield Finding("X208", Place(path), "", {"file": path, "sha256": digest})
    records = facts.records
    logs = [(ticket.path, ticket.id, ticket.log) for ticket in records.tickets.values()]
    logs += [(close.path, "", close.log) for close in records.closes.values()]
    for path, record, log in logs:
        for entry in log:
            if entry.event == "attached" and entry.data["sha256"] not in stored:
                named = {"file": entry.data["file"], "sha256": entry.data["sha256"]}
                yield Finding("X208", place_of(path, entry, "file"), record, named)
    for entry in records.agreements if facts.asked(AGREEMENTS) else ():
        wanted = entry.data.get("document")
        if wanted and wanted not in stored:
            place = place_of(AGREEMENTS, entry, "document")
            yield Finding("X208", place, "", {"file": entry.data["path"], "sha256": wanted})
    for entry in records.spares.log if facts.asked(SPARES) else ():
        wanted = entry.data.get("document_sha256")
        if wanted and wanted not in stored:
            place = place_of(SPARES, entry, "document_sha256")
            named = {"file": entry.data.get("source_document", ""), "sha256": wanted}
            yield Finding("X208", place, "", named)
