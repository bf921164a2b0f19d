"""What tells a paper apart: its number, and who writes it for whom on what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.render.papers.cells import day, fact, moment, named, written
from weibao.render.papers.paper import Facts, PaperCell, said

if TYPE_CHECKING:
    from weibao.model.contract import Names
    from weibao.render.edition.voice import Voice
    from weibao.render.papers.commission import Commission


def paper_number(kind: str, commission: Commission) -> str:
    """The number of a paper: kind, contract, what it is on, version."""
    contract = commission.voice.book.records.contract.id
    on = f"-{commission.subject.replace('/', '-')}" if commission.subject else ""
    return f"WB-{kind}-{contract}{on}-v{commission.version}"


def cover(commission: Commission, *, long: bool = True) -> Facts:
    """Both parties and the contract; on a long paper, how long that runs, and what stands at the foot of each page."""
    voice = commission.voice
    contract = voice.book.records.contract
    facts = (
        fact(voice, "customer", N_("Customer"), _party(voice, contract.customer)),
        fact(voice, "provider", N_("Provider"), _party(voice, contract.provider)),
        fact(
            voice,
            "contract",
            N_("Contract"),
            named(voice, contract.id, voice.language.pick(contract.names)),
        ),
        fact(voice, "contract_id", N_("Contract number"), written(voice, contract.id)),
    )
    if not long:
        return Facts("cover", facts)
    version = PaperCell(said(f"v{commission.version}"), commission.version)
    return Facts(
        "cover",
        (
            *facts,
            fact(voice, "from", N_("In effect from"), day(contract.start)),
            fact(voice, "to", N_("In effect to"), day(contract.end)),
            fact(voice, "as_of", N_("As of"), moment(voice, voice.book.as_of)),
            fact(voice, "version", N_("Version"), version),
        ),
    )


def _party(voice: Voice, names: Names) -> PaperCell:
    """A party by its name; for machines by its first name, whatever the language."""
    return named(voice, next(iter(names.values())), voice.language.pick(names))
