"""Attachments: a file that an entry names is there, and is what its SHA-256 says (X208)."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from weibao.model.finding import Finding, Place
from weibao.model.paths import attachment_sha256

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from weibao.model.records import Records


def check_attachments(
    records: Records, files: Mapping[str, bytes], names: Iterable[str] = ()
) -> Iterator[Finding]:
    """Every file under ``records/attachments`` and every reference to one (requirement 22).

    ``names`` are of files that are there and were not read.
    """
    stored = {
        digest: path for path in (*files, *names) if (digest := attachment_sha256(path)) is not None
    }
    for digest, path in stored.items():
        if path in files and sha256(files[path]).hexdigest() != digest:
            yield Finding("X208", Place(path), "", {"file": path, "sha256": digest})
    for ticket in records.tickets.values():
        for entry in ticket.log:
            if entry.event == "attached" and entry.data["sha256"] not in stored:
                place = Place(ticket.path, entry.line, keys=("log", entry.index, "file"))
                facts = {"file": entry.data["file"], "sha256": entry.data["sha256"]}
                yield Finding("X208", place, ticket.id, facts)
    for entry in records.spares.log:
        wanted = entry.data.get("document_sha256")
        if wanted and wanted not in stored:
            place = Place(
                "records/spares.yaml", entry.line, keys=("log", entry.index, "document_sha256")
            )
            facts = {"file": entry.data.get("source_document", ""), "sha256": wanted}
            yield Finding("X208", place, "", facts)
