"""The contract as the official branch had it, edition by edition, and what to say of a change in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.evidence.official import editions
from weibao.record.finding import Finding, Place
from weibao.record.instant import format_instant, local_day
from weibao.record.load import read_record

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from weibao.evidence.history import History
    from weibao.record.contract import Contract
    from weibao.record.instant import Instant

CONTRACT = "records/contract.yaml"


@dataclass(frozen=True, slots=True)
class ContractEdition:
    """The contract from a commit of the official branch on, which ``landed`` at that *time*."""

    commit: str
    author: str
    landed: Instant
    contract: Contract

    @property
    def day(self) -> date:
        """The contract-local day on which it landed."""
        return local_day(self.landed, self.contract.zone)


def contract_editions(history: History) -> tuple[ContractEdition, ...]:
    """Every edition that could be read, the oldest first; one that is no valid record is left out."""
    found = []
    for edition in editions(history, CONTRACT):
        contract = read_record(CONTRACT, edition.raw).value
        if contract is not None:
            author = history.commits[edition.commit].author.email
            found.append(ContractEdition(edition.commit, author, edition.landed, contract))
    return tuple(found)


def changed(
    code: str, keys: tuple[str, ...], edition: ContractEdition, facts: Mapping[str, object]
) -> Finding:
    """A finding on what an edition changed under ``keys``, with the command that shows it."""
    commit = edition.commit
    shown = {
        "commit": commit,
        "author": edition.author,
        "time": format_instant(edition.landed, edition.contract.zone),
        "show": f"git diff {commit}~1 {commit} -- {CONTRACT}",
    }
    return Finding(code, Place(CONTRACT, keys=keys), "", shown | dict(facts))
