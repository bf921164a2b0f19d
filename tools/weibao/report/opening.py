"""From the files of a commit to its Book: what can be read, and by which rules of evidence it is judged."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from weibao.history.agreed import ahead_of_witness, policy_in_force
from weibao.history.approved import approved_places
from weibao.history.contract_editions import agreed_contracts, contract_editions
from weibao.history.growth.versions import file_histories
from weibao.language import N_
from weibao.model.finding import Unsound
from weibao.model.load import read_record, reading_findings, record_files, records_among
from weibao.report.book import Book
from weibao.rules.locate import located

if TYPE_CHECKING:
    from weibao.history.history import Snapshot
    from weibao.history.signatures.openpgp import OpenPgpKey
    from weibao.model.contract import Contract
    from weibao.model.instant import Instant
    from weibao.model.records import Records
    from weibao.model.signers import AllowedSigner


def records_of(snapshot: Snapshot) -> Records:
    """The records of a commit.

    Raises:
        Unsound: the contract, the staff or the assets cannot be read.
    """
    files, modes = snapshot.files, snapshot.modes
    filed = record_files(files, modes)
    records = records_among(filed, files, modes)
    if records is None:
        raise Unsound(
            N_("The records of commit {commit} cannot be judged."),
            located(reading_findings(filed, files, modes), files),
            mend=N_("Mend the files, see what is left with weibao check, and commit."),
            commit=snapshot.commit[:12],
        )
    return records


def contract_of(snapshot: Snapshot) -> Contract:
    """The contract alone, for what must be known before the rest is read; raises ``Unsound``."""
    path = "records/contract.yaml"
    one = read_record(path, snapshot.files[path]) if path in snapshot.files else None
    if one is None or one.value is None:
        return records_of(snapshot).contract
    contract: Contract = one.value
    return contract


def book_of(
    snapshot: Snapshot,
    as_of: Instant,
    customer_keys: tuple[AllowedSigner | OpenPgpKey, ...] = (),
) -> Book:
    """The Book of a commit as of an instant; raises ``Unsound`` as :func:`records_of` does."""
    records, history = records_of(snapshot), snapshot.history
    grown = file_histories(history.changes, history.blobs)
    agreed = agreed_contracts(history, grown)
    contract, now = records.contract, records.contract.evidence
    provable = ahead_of_witness(history, now.distrusted, as_of)
    policy = policy_in_force([edition.evidence for edition in agreed], now, provable)
    believed = replace(records, contract=replace(contract, evidence=policy))
    book = Book(snapshot, as_of, believed, grown, agreed, customer_keys=customer_keys)
    signed = [
        place for place, since in approved_places(book.history, book.approved) if since is None
    ]
    if not signed:
        return book
    # What the customer has signed is what was agreed, for the rules of evidence as well.
    settled = contract_editions(book.history)[signed[-1]].contract
    policy = policy_in_force([settled.evidence], now, provable)
    believed = replace(records, contract=replace(contract, evidence=policy))
    return replace(book, records=believed, agreed=(settled,))
