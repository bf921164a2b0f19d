"""The contract as the official line had it, edition by edition, and what to say of a change in it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from weibao.history.agreed import first_records, standing_at
from weibao.history.growth.proposal import proposed_range
from weibao.history.official import editions
from weibao.model.finding import Finding, Place
from weibao.model.instant import format_instant, local_day
from weibao.model.load import read_record

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from weibao.history.growth.versions import FileHistory
    from weibao.history.history import History
    from weibao.model.contract import Contract
    from weibao.model.instant import Instant

CONTRACT = "records/contract.yaml"
CHANGE = ("commit", "author", "time", "show")
"""What a finding on a change tells, whatever was changed."""


@dataclass(frozen=True, slots=True)
class ContractEdition:
    """The contract from a commit of the official branch on, which ``landed`` at that *time*.

    ``show`` is the command that shows what it changed, also while the commit is a merge yet to be made.
    """

    commit: str
    author: str
    show: str
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
        contract = contract_in(edition.raw)
        if contract is not None:
            commit = history.commits[edition.commit]
            between = proposed_range(commit) or f"{commit.id}~1 {commit.id}"
            found.append(
                ContractEdition(
                    commit=commit.id,
                    author=commit.author.email,
                    show=f"git diff {between} -- {CONTRACT}",
                    landed=edition.landed,
                    contract=contract,
                )
            )
    return tuple(found)


def since_agreed(history: History, agreed: Sequence[Contract]) -> tuple[ContractEdition, ...]:
    """The editions from that on under which the first record was made; none before there is one."""
    editions = contract_editions(history)
    places = [place for place, edition in enumerate(editions) if edition.contract in agreed]
    return editions[places[0] :] if places else ()


def standing_before(editions: Sequence[ContractEdition], at: Instant, now: Contract) -> Contract:
    """The contract as it stood before an instant: of these editions, else the first; ``now`` where there is none."""
    before = [edition.contract for edition in editions if edition.landed < at]
    return before[-1] if before else editions[0].contract if editions else now


def agreed_contracts(history: History, files: Mapping[str, FileHistory]) -> tuple[Contract, ...]:
    """The contract as it stood when the first record was made: mostly one, none where nothing is recorded.

    Of several that first under which a record was there for all to see.
    """
    begun = first_records(history, files)
    if len(begun) > 1:
        begun = tuple(sorted(begun, key=history.shown))
    first = standing_at(history, CONTRACT, begun)
    return tuple(contract for raw in first if (contract := contract_in(raw)) is not None)


@cache
def contract_in(raw: bytes) -> Contract | None:
    """The contract that a version of its file holds; None where it is no valid record."""
    contract: Contract | None = read_record(CONTRACT, raw).value
    return contract


def changed(
    code: str, keys: tuple[str | int, ...], edition: ContractEdition, facts: Mapping[str, object]
) -> Finding:
    """A finding on what an edition changed under ``keys``, with the command that shows it."""
    shown = {
        "commit": edition.commit,
        "author": edition.author,
        "time": format_instant(edition.landed, edition.contract.zone),
        "show": edition.show,
    }
    return Finding(code, Place(CONTRACT, keys=keys), "", shown | dict(facts))
