"""A paper on one record: who gets which, how it is headed, and what its last pages say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.refusal import UsageRefusal
from weibao.render.papers.approval import MEANING, sign_off
from weibao.render.papers.cells import own
from weibao.render.papers.identity import cover, paper_number
from weibao.render.papers.integrity import command_at, integrity
from weibao.render.papers.paper import Blank, Facts, Paper, Section

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from weibao.model.ticket import Ticket
    from weibao.render.papers.commission import Commission
    from weibao.render.papers.paper import Block, Fact, PaperText

NO_TICKET = N_("There is no ticket {ticket}.")
NOT_YET = N_("{record} was not there yet at {as_of}.")
OF_A_LIST = N_(
    "This list is made from the records, as of the instant that it names. Signing confirms that it was received and that what it lists is acknowledged."
)
"""What signing a list means."""
CANCELLED_TICKET = N_("{ticket} was cancelled: there is no such paper of it.")


def ticket_of(commission: Commission, ticket_id: str) -> Ticket:
    """The ticket that a paper is on, as its reader may have it.

    Raises:
        UsageRefusal: there is none of that id, or none yet, or it was cancelled.
    """
    book, whole = commission.voice.book, commission.audit.whole
    ticket = book.records.tickets.get(ticket_id)
    if ticket is None:
        raise UsageRefusal(
            NO_TICKET, mend=N_("`weibao ticket list` shows those that there are."), ticket=ticket_id
        )
    if ticket.reported_at > book.as_of:
        raise UsageRefusal(
            NOT_YET,
            mend=N_("Ask for it as of a later instant: `--as-of`."),
            record=ticket_id,
            as_of=commission.voice.rfc3339(book.as_of),
        )
    if whole.states[ticket_id].cancelled is not None:
        raise UsageRefusal(
            CANCELLED_TICKET,
            mend=N_("`weibao ticket show {ticket}` says why, and of which it is a duplicate."),
            ticket=ticket_id,
        )
    return ticket


def record_paper(
    commission: Commission,
    kind: str,
    title: PaperText,
    sections: Iterable[Section],
    marks: Iterable[PaperText] = (),
    *,
    long: bool = False,
) -> Paper:
    """The paper on a record; ``marks`` are what it is not."""
    voice = commission.voice
    book = voice.book
    return Paper(
        kind=kind,
        number=paper_number(kind, commission),
        title=title,
        languages=(voice.language.code,),
        marks=tuple(marks),
        cover=cover(commission, long=long),
        sections=tuple(section for section in sections if section.blocks),
        commit=book.commit,
        as_of=voice.rfc3339(book.as_of),
        long=long,
    )


def section(commission: Commission, key: str, title: str, blocks: Iterable[Block]) -> Section:
    """A part under a title of the catalogue."""
    return Section(key, own(commission.voice, title), tuple(blocks))


def endorsed(
    commission: Commission, kind: str, meaning: str = MEANING, *, long: bool = False
) -> Iterator[Section]:
    """The last sections of a paper that both sides sign: where they do, and what it was made from."""
    yield section(commission, "sign_off", N_("Sign-off"), sign_off(commission, meaning))
    yield made_from(commission, kind, long=long)


def made_from(commission: Commission, kind: str, *, long: bool = False) -> Section:
    """What the paper was made from, and the command that makes it again: on a closed period by its version."""
    edition = " --internal" if commission.voice.audience == "internal" else ""
    on = f" {commission.subject}" if commission.subject else ""
    command = f"paper {kind}{on}{edition}"
    report = commission.report
    return integrity(
        commission,
        command_at(commission, command)
        if report is None or report.provisional
        else f"weibao {command} --version {report.version}",
        long=long,
    )


def filled_in(
    key: str, rows: Iterable[Fact], *, blank: bool, wordy: Container[str] = ()
) -> Iterator[Block]:
    """A box of facts; on a paper that is filled in by hand, room to write what is not known yet: more for what is ``wordy``."""
    told = tuple(rows)
    if not blank:
        yield Facts(key, told)
        return
    known = tuple(row for row in told if row.cell.value is not None)
    if known:
        yield Facts(key, known)
    for row in told:
        if row.cell.value is None:
            yield Blank(row.label, 2 if row.key in wordy else 1)
