"""The certificate of conformity of a piece: what the records show of its origin and its use, and nothing beyond."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.refusal import UsageRefusal
from weibao.render.edition.withheld import Told
from weibao.render.papers.approval import sign_box
from weibao.render.papers.cells import (
    NONE,
    asset,
    column,
    day,
    fact,
    listed,
    moment,
    own,
    person,
    record,
    several,
    stated,
    term,
    verbatim,
    written,
)
from weibao.render.papers.commission import PaperKind
from weibao.render.papers.paper import Facts, PaperCell, Prose, SignOff, Table, said
from weibao.render.papers.record_paper import made_from, record_paper, section
from weibao.render.papers.spare_cells import depot, lacking, spare_part
from weibao.report.papers.piece_certificate import Shown, near_serials, piece_certificate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.render.edition.voice import Voice
    from weibao.render.papers.commission import Commission
    from weibao.render.papers.paper import Block, Fact, Paper, PaperText, Section
    from weibao.report.papers.piece_certificate import Fitting, PieceCertificate
    from weibao.report.papers.spares_moved import SpareMove

NAME = "spares-certificate"

NOTHING_CERTIFIED = N_("Nothing is certified: the records do not show what that takes")

MEANING = N_(
    "Whoever signs vouches for what stands above, as the records show it, and for nothing beyond it."
)


def _write(commission: Commission) -> Paper:
    voice, serial = commission.voice, commission.subject
    told = piece_certificate(voice.book, commission.audit.whole, serial)
    if told is None:
        near = near_serials(commission.audit.whole, serial)
        raise UsageRefusal(
            N_("The ledger of spares has no piece with the serial number “{serial}”."),
            mend=N_("The nearest are: {near}.")
            if near
            else N_("`weibao spares stock` shows those that there are."),
            serial=serial[:80],
            near=near,
        )
    # Whoever asks for the paper of a serial number knows it: it stands in either edition, with those of the pieces it replaced.
    return record_paper(
        commission,
        NAME,
        own(voice, N_("Certificate of conformity: {serial}"), serial=Told(serial)),
        _sections(commission, told),
        () if told.shown is Shown.GENUINE else (own(voice, NOTHING_CERTIFIED),),
    )


def _sections(commission: Commission, told: PieceCertificate) -> Iterator[Section]:
    voice = commission.voice
    yield section(
        commission, "statement", N_("What the records show"), tuple(_statement(voice, told))
    )
    yield section(
        commission, "piece", N_("The piece"), (Facts("piece", tuple(_piece(voice, told))),)
    )
    yield section(
        commission,
        "origin",
        N_("Where it comes from"),
        (Facts("origin", tuple(_origin(voice, told))),),
    )
    yield section(commission, "use", N_("Where it went"), tuple(_use(voice, told)))
    boxes = (
        sign_box(voice, N_("Keeper of the depot")),
        sign_box(voice, N_("Quality"), sealed=True),
    )
    yield section(commission, "sign_off", N_("Sign-off"), (SignOff(own(voice, MEANING), boxes),))
    yield made_from(commission, NAME)


_TOLD = {
    Shown.GENUINE: N_(
        "On these records it is certified: this piece is its maker's own and legally sourced. It was delivered by {supplier}, whom {maker} had authorised for that day under number {number}; {person} verified it with the maker; the document of its origin is named with its SHA-256."
    ),
    Shown.UNAUTHORISED: N_(
        "Nothing is certified of its origin. The records name its document and who verified it with the maker; they do not show that {supplier}, who delivered it, was authorised by {maker} for that day."
    ),
    Shown.UNVERIFIED: N_(
        "Nothing is certified: the piece is not proven its maker's own. The records lack: {lacking}. Until they have it, it is not issued."
    ),
    Shown.CONTRADICTED: N_(
        "Nothing is certified: the records say of this serial number that it is in several places at once. That is to be mended first."
    ),
}

_WORDS = {
    Shown.GENUINE: N_("certified: the maker's own, legally sourced"),
    Shown.UNAUTHORISED: N_("not certified: supplier not shown to be authorised"),
    Shown.UNVERIFIED: N_("not certified: not proven the maker's own"),
    Shown.CONTRADICTED: N_("not certified: the records contradict themselves"),
}


def _statement(voice: Voice, told: PieceCertificate) -> Iterator[Block]:
    good = told.shown is Shown.GENUINE
    yield Prose(_said(voice, told), "lead")
    if good and not told.filed:
        yield Prose(
            own(
                voice,
                N_("The document itself is not in the records: it is known by its SHA-256 alone."),
            )
        )
    if told.faulty:
        yield Prose(
            own(
                voice,
                N_("It is recorded as faulty: whatever is said of its origin, it does not work."),
            )
        )
    cell = stated(voice, _WORDS[told.shown], told.shown.value, "good" if good else "bad")
    yield Facts("result", (fact(voice, "shown", N_("Result"), cell),))


def _said(voice: Voice, told: PieceCertificate) -> PaperText:
    paper = told.standing.paper if told.standing else None
    return own(
        voice,
        _TOLD[told.shown],
        supplier=told.said.get("supplier", "—"),
        maker=told.part.oem if told.part else "—",
        number=paper.number if paper else "—",
        person=Told(voice.person(told.said.get("oem_verified_by", ""))),
        lacking=lacking(voice, told.lacking).said.texts[0],
    )


def _piece(voice: Voice, told: PieceCertificate) -> Iterator[Fact]:
    piece, part = told.piece, told.part
    yield fact(voice, "serial", N_("Serial number"), verbatim(piece.serial))
    yield fact(voice, "part", N_("Part"), spare_part(voice, piece.part))
    yield fact(voice, "number", N_("Part number"), verbatim(part.number) if part else NONE)
    yield fact(voice, "oem", N_("Maker"), written(voice, part.oem) if part else NONE)
    yield fact(voice, "fits", N_("Fits the models"), listed(voice, part.fits) if part else NONE)
    yield fact(
        voice,
        "condition",
        N_("Condition of the piece"),
        term(voice, "piece_condition", piece.condition, "bad" if told.faulty else ""),
    )
    yield fact(voice, "warranty_to", N_("Under warranty until"), day(piece.warranty_to))
    yield fact(voice, "state", N_("Where it is"), _where(voice, told))


def _where(voice: Voice, told: PieceCertificate) -> PaperCell:
    piece = told.piece
    if piece.state == "issued" and told.inside:
        names = {name: f"{voice.asset(name)} {name}" for name in told.inside}
        inside = several(voice, names)
        return stated(
            voice,
            N_("in equipment: {equipment}"),
            f"installed {inside.value}",
            equipment=inside.said.texts[0],
        )
    word = term(voice, "piece_state", piece.state)
    if not piece.held:
        return word
    held = voice.depot(piece.held) if piece.state == "in_stock" else piece.held
    return stated(
        voice,
        N_("{state}: {held}"),
        f"{piece.state} {piece.held}",
        state=word.said.texts[0],
        held=held,
    )


def _origin(voice: Voice, told: PieceCertificate) -> Iterator[Fact]:
    brought, verified, standing = told.brought, told.verified, told.standing
    came = brought.entry.data if brought else {}
    paper = standing.paper if standing else None
    yield fact(
        voice,
        "received_at",
        N_("Booked in at"),
        moment(voice, brought.effective if brought else None),
    )
    yield fact(
        voice, "received_by", N_("Booked in by"), person(voice, brought.entry.by if brought else "")
    )
    yield fact(voice, "depot", N_("Depot"), depot(voice, came.get("depot", "")))
    yield fact(voice, "supplier", N_("Supplier"), written(voice, told.said.get("supplier", "")))
    yield fact(voice, "registered", N_("On the register of suppliers"), _registered(voice, told))
    yield fact(
        voice,
        "authorisation",
        N_("Authorisation by the maker, number"),
        written(voice, paper.number) if paper else _no_paper(voice, told),
    )
    yield fact(voice, "authorised_from", N_("Authorised from"), day(paper.start if paper else None))
    yield fact(voice, "authorised_to", N_("Authorised until"), day(paper.end if paper else None))
    yield fact(
        voice,
        "delivered_on",
        N_("Held against the day of delivery"),
        day(standing.day if standing else None),
    )
    yield fact(
        voice,
        "source_document",
        N_("Source document"),
        written(voice, told.said.get("source_document", "")),
    )
    digest = told.said.get("document_sha256", "")
    yield fact(voice, "document_sha256", N_("SHA-256 of the document"), verbatim(digest))
    yield fact(voice, "filed", N_("Document on file"), _filed(voice, told) if digest else NONE)
    yield fact(
        voice,
        "verified_by",
        N_("Verified with the maker by"),
        person(voice, told.said.get("oem_verified_by", "")),
    )
    yield fact(
        voice,
        "verified_at",
        N_("Verification recorded for"),
        moment(voice, verified.effective if verified else None),
    )
    if told.lacking:
        yield fact(voice, "lacking", N_("What is lacking"), lacking(voice, told.lacking))


def _registered(voice: Voice, told: PieceCertificate) -> PaperCell:
    if told.standing is None:
        return NONE
    listed = told.standing.listed
    if listed is None:
        return stated(voice, N_("no such supplier"), None, "bad")
    return PaperCell(said(voice.shown(voice.language.pick(listed.names))), listed.id, "good")


def _no_paper(voice: Voice, told: PieceCertificate) -> PaperCell:
    return stated(voice, N_("none for that day"), None, "bad") if told.standing else NONE


def _filed(voice: Voice, told: PieceCertificate) -> PaperCell:
    if told.filed:
        return stated(voice, N_("in the records, and the one named"), "filed", "good")
    return stated(voice, N_("not in the records"), "missing", "warn")


def _use(voice: Voice, told: PieceCertificate) -> Iterator[Block]:
    yield Table(
        "moves",
        own(voice, N_("Movements")),
        (
            column(voice, "at", N_("Time"), 3),
            column(voice, "event", N_("Step"), 2),
            column(voice, "from", N_("From depot"), 2),
            column(voice, "to", N_("To depot"), 2),
            column(voice, "ticket", N_("Ticket"), 3),
            column(voice, "by", N_("By"), 2),
        ),
        tuple(_moved(voice, move) for move in told.moves),
        own(voice, N_("No spare moved.")),
    )
    yield Table(
        "fittings",
        own(voice, N_("Put into equipment")),
        (
            column(voice, "at", N_("Time"), 3),
            column(voice, "ticket", N_("Ticket"), 3),
            column(voice, "asset", N_("Equipment"), 4),
            column(voice, "removed", N_("Serial number of the piece taken out"), 3),
            column(voice, "by", N_("By"), 2),
        ),
        tuple(_fitted(voice, fitting) for fitting in told.fittings),
        own(voice, N_("It was never put into equipment.")),
    )


def _moved(voice: Voice, move: SpareMove) -> tuple[PaperCell, ...]:
    entry = move.step.entry
    ticket = entry.data.get("ticket", "")
    return (
        moment(voice, move.step.effective),
        PaperCell(said(Told(voice.event("spares", entry.event))), entry.event),
        depot(voice, move.origin),
        depot(voice, move.to),
        record(voice, ticket) if ticket else NONE,
        person(voice, entry.by),
    )


def _fitted(voice: Voice, fitting: Fitting) -> tuple[PaperCell, ...]:
    entry = fitting.step.entry
    return (
        moment(voice, fitting.step.effective, fitting.step.precision),
        record(voice, fitting.ticket),
        asset(voice, entry.data["asset"]),
        verbatim(entry.data["removed_serial"]),
        person(voice, entry.by),
    )


KIND = PaperKind(
    name=NAME,
    title=N_("Certificate of conformity of a spare part"),
    explained=N_(
        "On one piece by its serial number: where it came from, who verified it with its maker, and where it went; it certifies what the records show alone."
    ),
    subject="serial",
    place=61,
    write=_write,
)
