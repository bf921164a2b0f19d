"""Which editions of the configuration may have stood at an instant, and whose rights follow from them.

An edition counts for what comes after it. What the provider can choose, a date or a side of a merge,
must not choose the edition: where several may have stood, all of them are asked.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Generic, TypeVar

from weibao.history.agreed import beside_the_line, first_records, standing_at
from weibao.history.official import editions
from weibao.model.load import read_record

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from weibao.history.history import History
    from weibao.history.ledger import Ledger
    from weibao.model.contract import Contract
    from weibao.model.instant import Instant
    from weibao.model.staff import Staff

T = TypeVar("T")

STAFF = "records/staff.yaml"


@dataclass(frozen=True, slots=True)
class DatedEdition(Generic[T]):
    """An edition of a file of the configuration.

    Attributes:
        value: what it says.
        time: the *time* of its commit.
        witnessed: by when somebody outside had it; None where nobody has.
        until: of one beside the official line, when it landed; None of one on the line.
    """

    value: T
    time: Instant
    witnessed: Instant | None = None
    until: Instant | None = None


@dataclass(frozen=True, slots=True)
class Candidates(Generic[T]):
    """All editions of a file of the configuration, ready to be asked which may have stood when.

    Attributes:
        now: the file as it stands.
        line: the editions of the official line, the oldest first.
        beside: those that commits beside the line brought, until they landed.
        agreed: what was agreed when the first record was made.
        log_began: when the log of first sights was begun, None where there is none: before that,
            landing stands for a witness.
    """

    now: T
    line: tuple[DatedEdition[T], ...] = ()
    beside: tuple[DatedEdition[T], ...] = ()
    agreed: tuple[T, ...] = ()
    log_began: Instant | None = None
    landing_counts: bool = True

    @property
    def at_worst(self) -> Candidates[T]:
        """The same, where only what somebody outside has witnessed counts as known."""
        return replace(self, landing_counts=False)

    def at(self, instant: Instant | None) -> tuple[T, ...]:
        """The last edition known by then, those made since, and what stood beside the line; one or more.

        None is of what has not landed yet: for that the file counts as it stands.
        """
        if instant is None or not self.line:
            return (self.now,)
        by_landing = self.landing_counts and (self.log_began is None or instant < self.log_began)
        made = bisect_left(self.line, instant, key=lambda edition: edition.time)
        known = made if by_landing else 0
        if not by_landing:
            known = max(
                (
                    place
                    for place, edition in enumerate(self.line[:made], 1)
                    if edition.witnessed is not None and edition.witnessed < instant
                ),
                default=0,
            )
        first = (self.line[known - 1].value,) if known else self.agreed
        later = (edition.value for edition in self.line[known:made])
        beside = (
            edition.value
            for edition in self.beside
            if edition.time < instant and (edition.until is None or instant <= edition.until)
        )
        return (*first, *later, *beside) or (self.line[0].value,)


def candidates_of(
    ledger: Ledger, path: str, read: Callable[[bytes], T | None], now: T
) -> Candidates[T]:
    """The editions of a file, each as ``read`` finds it; one that cannot be read is left out."""
    history, witnesses = ledger.history, ledger.witnesses
    line = (
        DatedEdition(value, edition.landed, witnesses.get(edition.commit))
        for edition in editions(history, path)
        if (value := read(edition.raw)) is not None
    )
    beside = (
        DatedEdition(value, standing.time, until=standing.landed)
        for standing in beside_the_line(history, path)
        if (value := read(standing.raw)) is not None
    )
    first = standing_at(history, path, first_records(history, ledger.files))
    agreed = (value for raw in first if (value := read(raw)) is not None)
    return Candidates(now, tuple(line), tuple(beside), tuple(agreed), history.sights.since)


def every_edition(history: History, path: str, read: Callable[[bytes], T | None]) -> tuple[T, ...]:
    """What any commit had in a file of the configuration, on the line or beside it, each once."""
    blobs = dict.fromkeys(
        change.after
        for change in (*history.changes, *history.resolutions)
        if change.path == path and change.after is not None
    )
    return tuple(value for blob in blobs if (value := read(history.blobs[blob])) is not None)


@cache
def staff_in(raw: bytes) -> Staff | None:
    """The staff that a version of its file holds; None where it is no valid record."""
    staff: Staff | None = read_record(STAFF, raw).value
    return staff


@dataclass(frozen=True, slots=True)
class Rights:
    """What the customer's contacts may do and which addresses are theirs, as it stood at an act's landing.

    Attributes:
        contracts: the editions that give them.
        owners: whose each address is, in lower case, in any edition: one that was ever the staff's is theirs.
    """

    contracts: Candidates[Contract]
    owners: Mapping[str, str]

    def may(self, contact: str, right: str, at: Instant | None) -> bool:
        """Whether a contact had a right, with "" whether they were one, by all that may have stood at ``at``."""
        return all(
            contact in contract.contacts and (not right or right in contract.contacts[contact].may)
            for contract in self.contracts.at(at)
        )

    def wrote(self, contact: str, address: str, at: Instant | None) -> bool:
        """Whether an address was a contact's by all that may have stood at ``at``, and never the staff's."""
        own = address.casefold()
        return self.owners.get(own, contact) == contact and all(
            contact in contract.contacts
            and own in {email.casefold() for email in contract.contacts[contact].git}
            for contract in self.contracts.at(at)
        )
