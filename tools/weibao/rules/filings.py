"""Filings: the editions of a file of the configuration since it was agreed, and what they say that counts.

What the files ask or vouch for counts as it was filed first: taken out or stretched afterwards it does as
before, until the customer agrees to the edition.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Generic, TypeVar

from weibao.history.contract_editions import CONTRACT, since_agreed
from weibao.history.official import editions as filed_editions
from weibao.model.finding import Finding, Place
from weibao.model.instant import format_instant, local_day
from weibao.model.versions import header_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from weibao.history.contract_editions import ContractEdition
    from weibao.history.official import Official
    from weibao.model.contract import Contract
    from weibao.model.credential import Credential, CredentialKey
    from weibao.model.duty import Duty
    from weibao.model.instant import Instant
    from weibao.model.spares import Spares
    from weibao.rules.facts import BookFacts

SPARES, DUTY = "records/spares.yaml", "records/duty.yaml"

T = TypeVar("T")

Held = tuple[Finding, "Instant", "Instant | None"]
"""What is to be said, from when on it is so, and until when: None while it is."""


@dataclass(frozen=True, slots=True)
class Filing(Generic[T]):
    """An edition of a file.

    Attributes:
        landed: when it came to the official line; ``day`` is that day, contract-local.
        value: what it says.
        agreed: whether the customer agreed to it.
        path: of the file.
        change: what there is to tell of who brought it.
    """

    landed: Instant
    day: date
    value: T
    agreed: bool
    path: str
    change: Mapping[str, object]

    def finding(
        self, code: str, keys: tuple[str | int, ...], facts: Mapping[str, object]
    ) -> Finding:
        """A finding on what it changed."""
        return Finding(code, Place(self.path, keys=keys), "", {**self.change, **facts})


def contract_filings(
    facts: BookFacts, editions: Sequence[ContractEdition] | None = None
) -> tuple[Filing[Contract], ...]:
    """The editions of the contract; as it stands, where nothing is recorded under it yet."""
    history = facts.ledger.history
    editions = since_agreed(history, facts.agreed) if editions is None else editions
    digests = {approval.sha256 for approval in facts.approved if approval.path == CONTRACT}
    agreed = {
        filed.commit
        for filed in (filed_editions(history, CONTRACT) if digests else ())
        if sha256(filed.raw).hexdigest() in digests
    }
    found = tuple(
        Filing(
            edition.landed,
            edition.day,
            edition.contract,
            edition.commit in agreed,
            CONTRACT,
            {
                "commit": edition.commit,
                "author": edition.author,
                "time": format_instant(edition.landed, edition.contract.zone),
                "show": edition.show,
            },
        )
        for edition in editions
    )
    return found or (_standing(facts, facts.records.contract, CONTRACT),)


def spares_filings(facts: BookFacts) -> tuple[Filing[Spares], ...]:
    """The editions of depots, suppliers and catalogue; as they stand, where they were never edited."""
    return _filings(facts, SPARES, facts.official_spares) or (
        _standing(facts, facts.records.spares, SPARES),
    )


def duty_filings(facts: BookFacts) -> tuple[Filing[Duty], ...]:
    """The editions of the rotas."""
    return _filings(facts, DUTY, facts.official_duty)


def _filings(facts: BookFacts, path: str, dated: Official[T]) -> tuple[Filing[T], ...]:
    history, zone = facts.ledger.history, facts.records.contract.zone
    digests = {approval.sha256 for approval in facts.approved if approval.path == path}
    blobs = (history.blobs.get(change.after or "", b"") for change in history.changes_to(path))
    agreed = {header_of(raw) for raw in blobs if digests and sha256(raw).hexdigest() in digests}
    return tuple(
        Filing(
            edition.landed,
            local_day(edition.landed, zone),
            value,
            edition.raw in agreed,
            path,
            {
                "commit": edition.commit,
                "author": history.commits[edition.commit].author.email,
                "time": format_instant(edition.landed, zone),
                "show": f"git show {edition.commit} -- {path}",
            },
        )
        for edition in dated.dated
        if (value := dated.read(edition.raw)) is not None
    )


def _standing(facts: BookFacts, value: T, path: str) -> Filing[T]:
    day = local_day(facts.as_of, facts.records.contract.zone)
    return Filing(facts.as_of, day, value, agreed=False, path=path, change={})


def papers_on_file(
    filings: Sequence[Filing[T]], papers: Callable[[T], Iterable[Credential]], at: Instant
) -> tuple[Credential, ...]:
    """The papers that count at an instant: each as it was filed first, or shorter, also if it was taken out.

    The first edition counts for all that came before it.
    """
    known: dict[CredentialKey, Credential] = {}
    for place, filing in enumerate(filings):
        if place and filing.landed > at:
            break
        known = _counting(known, filing, papers)
    return tuple(known.values())


def _counting(
    known: Mapping[CredentialKey, Credential],
    filing: Filing[T],
    papers: Callable[[T], Iterable[Credential]],
) -> dict[CredentialKey, Credential]:
    listed = {paper.key: paper for paper in papers(filing.value)}
    if filing.agreed:
        return {**listed}
    shorter = {
        key: replace(paper, end=min(paper.end, known[key].end)) if key in known else paper
        for key, paper in listed.items()
    }
    return {**known, **shorter}


def altered(
    filings: Sequence[Filing[T]], papers: Callable[[T], Iterable[Credential]]
) -> Iterator[tuple[Filing[T], Credential, Credential | None, Instant | None]]:
    """The papers that an edition took out before they ended, or made longer, and until when that stood.

    None of the paper that now stands there: it was taken out; of the instant: it still is so.
    """
    known: Mapping[CredentialKey, Credential] = {}
    lists = [{paper.key: paper for paper in papers(filing.value)} for filing in filings]
    for place, filing in enumerate(filings):
        for key, paper in known.items():
            now = lists[place].get(key)
            ended = paper.end < filing.day
            if now == lists[place - 1].get(key) or (now.end <= paper.end if now else ended):
                continue
            later = list(zip(filings[place:], lists[place:], strict=True))
            stands = [
                (there := listed.get(key)) is not None and there.end <= paper.end
                for _, listed in later
            ]
            until = stands.index(True) if True in stands else len(later)
            if not any(
                edition.agreed and listed.get(key) == now for edition, listed in later[:until]
            ):
                yield filing, paper, now, later[until][0].landed if until < len(later) else None
        known = _counting(known, filing, papers)
