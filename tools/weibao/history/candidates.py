"""Which editions of a file of the configuration may have stood at an instant.

An edition counts for what comes after it. What the provider can choose, a date or a side of a merge,
must not choose the edition: where several may have stood, all of them are asked.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Generic, TypeVar

from weibao.history.agreed import beside_the_line
from weibao.history.official import editions

if TYPE_CHECKING:
    from collections.abc import Callable

    from weibao.history.ledger import Ledger
    from weibao.model.instant import Instant

T = TypeVar("T")


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
        approved: the places on the line of editions to which the customer agreed, in the order of their
            approval, and from when on that counts (None: for the past as well).
    """

    now: T
    line: tuple[DatedEdition[T], ...] = ()
    beside: tuple[DatedEdition[T], ...] = ()
    agreed: tuple[T, ...] = ()
    log_began: Instant | None = None
    approved: tuple[tuple[int, Instant | None], ...] = ()
    landing_counts: bool = True

    @property
    def at_worst(self) -> Candidates[T]:
        """The same, where only what somebody outside has witnessed counts as known."""
        signed = tuple((place, since) for place, since in self.approved if since is None)
        return replace(self, landing_counts=False, approved=signed)

    def at(self, instant: Instant | None) -> tuple[T, ...]:
        """The last edition known by then, those made since, and what stood beside the line; one or more.

        Of what the customer approved the last edition takes the place of all before it. None is of what
        has not landed yet: for that the file counts as it stands.
        """
        if instant is None or not self.line:
            return (self.now,)
        made = bisect_left(self.line, instant, key=lambda edition: edition.time)
        for place, since in reversed(self.approved):
            if since is None or since <= instant:
                approved = self.line[place]
                return tuple(edition.value for edition in (approved, *self.line[place + 1 : made]))
        by_landing = self.landing_counts and (self.log_began is None or instant < self.log_began)
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
    ledger: Ledger,
    path: str,
    read: Callable[[bytes], T | None],
    now: T,
    agreed: tuple[T, ...],
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
    return Candidates(now, tuple(line), tuple(beside), agreed, history.sights.since)
