"""Attachments: a file that an entry names is there, and is what its SHA-256 says (X208)."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from weibao.record.finding import Finding, Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from weibao.record.records import Records

ATTACHMENTS = "records/attachments/"


def check_attachments(records: Records, files: Mapping[str, bytes]) -> Iterator[Finding]:
    """Every file under ``records/attachments`` and every reference to one (requirement 22)."""
    stored = {
        path.rsplit("/", 1)[-1].split(".")[0]: path
        for path in files
        if path.startswith(ATTACHMENTS)
    }
    for digest, path in stored.items():
        if sha256(files[path]).hexdigest() != digest:
            yield Finding("X208", Place(path), "", {"file": path, "sha256": digest})
    for ticket in records.tickets.values():
        for entry in ticket.log:
            if entry.event == "attached" and stored.get(entry.data["sha256"]) != entry.data["file"]:
                place = Place(ticket.path, entry.line, keys=("log", entry.index, "file"))
                facts = {"file": entry.data["file"], "sha256": entry.data["sha256"]}
                yield Finding("X208", place, ticket.id, facts)
    for entry in records.spares.log:
        digest = entry.data.get("document_sha256")
        if digest and digest not in stored:
            place = Place(
                "records/spares.yaml", entry.line, keys=("log", entry.index, "document_sha256")
            )
            facts = {"file": entry.data.get("source_document", ""), "sha256": digest}
            yield Finding("X208", place, "", facts)
