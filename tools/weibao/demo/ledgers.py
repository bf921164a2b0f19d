"""The two ledgers of the example: stock movements, and corrective actions."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from weibao.demo.data_files import filled_template, read_data
from weibao.demo.hours import MINUTE, ZONE, at_time
from weibao.demo.parts import (
    CATALOGUE,
    DEPOTS,
    PART,
    WAREHOUSE,
    Movement,
    StockedPiece,
    Store,
    spares_data,
)
from weibao.demo.people import DIRECTOR, KEEPER, MANAGER
from weibao.demo.remarks import STOCK_REMARKS
from weibao.demo.staged_record import EntryWriter, StagedRecord
from weibao.model.instant import local_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from weibao.demo.ticket_script import TicketScript
    from weibao.demo.year import Year
    from weibao.model.instant import Instant


@dataclass(frozen=True, slots=True)
class Lesson:
    """A corrective action, raised after a breach or on a day of its own.

    Attributes:
        id, text, owner: as the ledger has them.
        after: the name of the complication that it answers, "" where there is none.
        about: what it answers otherwise.
        days: how many working days after the year's beginning, or before its end if negative.
        hour: at what hour then.
        open: whether it is still to be done.
    """

    id: str
    text: str
    owner: str
    after: str = ""
    about: dict[str, str] = field(default_factory=dict)
    days: int = 0
    hour: int = 0
    open: bool = False


_LESSONS = read_data(tuple[Lesson, ...], "data/actions.yaml")


def stock_ledger(store: Store, *, doubled: Sequence[Movement]) -> StagedRecord:
    """spares.yaml with a year of movements.

    ``doubled`` are issues with which one piece too many went along: it comes back, and the last
    of them turns out to be faulty and goes back to the maker.
    """
    year = store.year
    writer = EntryWriter(year, year.chance("stock"))
    for number, issue in enumerate(doubled):
        _one_too_many(store, issue, faulty=number == len(doubled) - 1)
    _move(store)
    _scrap(store)
    _unverified(store, writer)
    _receive(store, writer)
    for movement in store.movements:
        data = {"part": movement.part, "serials": list(movement.serials), **movement.data}
        writer.write(movement.at, movement.event, KEEPER.id, **data)
    _count(store, writer)
    return StagedRecord(
        "spares",
        "spares",
        "records/spares.yaml",
        spares_data(year.start),
        writer.finished(),
        writer.files,
    )


def _one_too_many(store: Store, issue: Movement, *, faulty: bool) -> None:
    depot, year = issue.data["depot"], store.year
    piece = store.add(issue.part, depot, store.opening)
    piece.until = out = issue.at + MINUTE
    back = year.days.later(out, 540)
    data = {"depot": depot, "ticket": issue.data["ticket"]}
    store.movements.append(Movement(out, "issued", piece.part, (piece.serial,), data))
    note = {"note": STOCK_REMARKS.spare_unused}
    if faulty:
        note = {"condition": "faulty", "note": STOCK_REMARKS.spare_failed}
    store.movements.append(Movement(back, "returned", piece.part, (piece.serial,), data | note))
    sent = year.days.later(back, 540 * 2) if faulty else None
    store.pieces.append(StockedPiece(piece.part, piece.serial, depot, back, sent))
    if sent:
        _repaired_by_the_maker(store, piece, depot, sent)


def _repaired_by_the_maker(store: Store, piece: StockedPiece, depot: str, sent: Instant) -> None:
    """A faulty piece goes back to the maker, and comes back repaired, under warranty for a while."""
    day, returned = local_day(sent, ZONE), store.year.days.later(sent, 540 * 15)
    number = STOCK_REMARKS.rma.format(day=f"{day:%Y%m%d}", part=PART[piece.part].prefix)
    data = {"depot": depot, "supplier": STOCK_REMARKS.maker, "rma": number}
    store.movements.append(Movement(sent, "rma_sent", piece.part, (piece.serial,), data))
    warranty = local_day(returned, ZONE) + timedelta(days=90)
    data = {"depot": depot, "warranty_to": warranty.isoformat(), "note": STOCK_REMARKS.repaired}
    store.movements.append(Movement(returned, "rma_returned", piece.part, (piece.serial,), data))
    store.pieces.append(StockedPiece(piece.part, piece.serial, depot, returned))


def _move(store: Store) -> None:
    here, there = DEPOTS
    for part, share in (("hw-sfp-10g-lr", 30), ("h3c-s5560-psu", 65)):
        day = store.year.start + timedelta(
            days=(store.year.until - store.year.start).days * share // 100
        )
        at = at_time(store.year.days.shifted(day, 0), 10, 20)
        piece = store.add(part, here, store.opening)
        piece.until = at
        store.pieces.append(StockedPiece(part, piece.serial, there, at))
        data = {"from": here, "to": there, "note": STOCK_REMARKS.moved}
        store.movements.append(Movement(at, "moved", part, (piece.serial,), data))


def _scrap(store: Store) -> None:
    part, depot = "vt-ups-battery", "lancheng-depot"
    piece = store.add(part, depot, store.opening)
    day = store.year.start + timedelta(days=(store.year.until - store.year.start).days * 7 // 10)
    piece.until = at = at_time(store.year.days.shifted(day, 0), 15, 5)
    data = {"depot": depot, "reason": STOCK_REMARKS.scrapped_old}
    store.movements.append(Movement(at, "scrapped", part, (piece.serial,), data))


def _unverified(store: Store, writer: EntryWriter) -> None:
    """A part from a doubtful source is taken in, and stays on the shelf."""
    day = store.year.start + timedelta(days=(store.year.until - store.year.start).days * 45 // 100)
    at = at_time(store.year.days.shifted(day, 0), 16, 10)
    if at < store.year.finish:
        writer.write(
            at,
            "received",
            KEEPER.id,
            part="hw-sfp-10g-lr",
            serials=[f"SFPX{store.year.start.year % 100}0917"],
            depot="lancheng-depot",
            supplier=STOCK_REMARKS.market_supplier,
            note=STOCK_REMARKS.market_note,
        )


def _receive(store: Store, writer: EntryWriter) -> None:
    """What the store ordered comes in: one entry a part and depot, one delivery note a day."""
    deliveries: dict[tuple[Instant, str], dict[str, list[str]]] = {}
    seen: set[str] = set()
    for piece in sorted(store.pieces, key=lambda piece: (piece.since, piece.depot, piece.serial)):
        if piece.serial not in seen:
            seen.add(piece.serial)
            parts = deliveries.setdefault((piece.since, piece.depot), {})
            parts.setdefault(piece.part, []).append(piece.serial)
    for (since, depot), parts in deliveries.items():
        day = local_day(since, ZONE)
        for part in (row.id for row in CATALOGUE if row.id in parts):
            name = STOCK_REMARKS.delivery.format(
                day=f"{day:%Y%m%d}", depot=DEPOTS[depot].name.en[:2].upper(), part=PART[part].prefix
            )
            note = _delivery_note(name, part, depot, parts[part])
            digest = sha256(note).hexdigest()
            writer.files[f"records/attachments/{digest[:2]}/{digest}.txt"] = note
            writer.write(
                since,
                "received",
                KEEPER.id,
                part=part,
                serials=parts[part],
                depot=depot,
                supplier=WAREHOUSE.suppliers[PART[part].oem].name.zh,
                source_document=name,
                document_sha256=digest,
                oem_verified_by=KEEPER.id,
            )


def _delivery_note(name: str, part: str, depot: str, serials: Iterable[str]) -> bytes:
    row = PART[part]
    return filled_template(
        "data/delivery-note.template",
        name=name,
        supplier=WAREHOUSE.suppliers[row.oem].name.zh,
        depot=DEPOTS[depot].name.zh,
        address=DEPOTS[depot].address.zh,
        part=row.name,
        number=row.number,
        serials="\n".join(STOCK_REMARKS.delivered.format(serial=serial) for serial in serials),
        keeper=KEEPER.name,
    ).encode()


def _count(store: Store, writer: EntryWriter) -> None:
    """Each depot is counted every quarter, some parts at a time; once one piece is not found."""
    year = store.year
    stray = {
        data["serials"][0]
        for data in (step.data for step in writer.steps)
        if data.get("supplier") == STOCK_REMARKS.market_supplier
    }
    for quarter in range(1, 5):
        day = year.days.shifted(year.start + timedelta(days=82 * quarter), 0)
        for place, depot in enumerate(DEPOTS):
            held = [row for row in CATALOGUE if row.minimum[place]]
            for turn in range(2):
                row = held[(2 * quarter + turn) % len(held)]
                at = at_time(day, 14, 10 + 20 * place + 5 * turn)
                found = _on_shelf(store, row.id, depot, at)
                if row.id == "hw-sfp-10g-lr" and place == 0:
                    found = sorted({*found, *(stray if _came(writer, stray, at) else ())})
                _counted(writer, at, depot, row.id, found)
    _variance(store, writer, stray)


def _variance(store: Store, writer: EntryWriter, stray: set[str]) -> None:
    """A surprise count at the customer's request misses one piece; it turns up two days later."""
    year = store.year
    day = year.days.shifted(
        year.start + timedelta(days=(year.until - year.start).days * 58 // 100), 0
    )
    at = at_time(day, 10, 40)
    again = at_time(year.days.shifted(day, 2), 9, 50)
    for instant, missing, note in (
        (at, 1, STOCK_REMARKS.missing),
        (again, 0, STOCK_REMARKS.found_again),
    ):
        found = _on_shelf(store, "hw-sfp-10g-lr", "lancheng-depot", instant)
        found = sorted({*found, *(stray if _came(writer, stray, instant) else ())})
        _counted(writer, instant, "lancheng-depot", "hw-sfp-10g-lr", found[missing:], note=note)


def _came(writer: EntryWriter, serials: set[str], instant: Instant) -> bool:
    return any(
        step.at <= instant and serials & set(step.data.get("serials", ()))
        for step in writer.steps
        if step.event == "received"
    )


def _on_shelf(store: Store, part: str, depot: str, at: Instant) -> list[str]:
    return sorted(
        piece.serial
        for piece in store.pieces
        if piece.part == part and piece.depot == depot and piece.lies_at(at)
    )


def _counted(
    writer: EntryWriter, at: Instant, depot: str, part: str, serials: list[str], **more: Any
) -> None:
    if at < writer.year.finish:
        writer.write(
            at,
            "counted",
            KEEPER.id,
            depot=depot,
            part=part,
            serials=serials,
            witness=DEPOTS[depot].witness,
            **more,
        )


def action_ledger(year: Year, scripts: Sequence[TicketScript]) -> StagedRecord:
    """actions.yaml: what was learnt from breaches, from the stock and from an audit."""
    writer = EntryWriter(year, year.chance("actions"))
    first = {script.turn: script for script in reversed(scripts)}
    raised: list[tuple[Lesson, Instant, Mapping[str, str]]] = []
    for lesson in _LESSONS:
        about: Mapping[str, str] = lesson.about
        if not lesson.after:
            day = year.days.shifted(year.until if lesson.days < 0 else year.start, lesson.days)
            at = at_time(day, lesson.hour)
        elif script := first.get(lesson.after):
            at = year.days.later(script.reported, 540 * 3 + writer.random.randint(20, 500))
            about = {"ticket": script.id}
        else:
            continue
        raised.append((lesson, at, about))
    for lesson, at, about in raised:
        due = local_day(at, ZONE) + timedelta(days=30)
        writer.write(
            at,
            "raised",
            MANAGER.id,
            action=lesson.id,
            about=about,
            text=lesson.text,
            owner=lesson.owner,
            due=due.isoformat(),
        )
        done = year.days.later(at, 540 * 11 + writer.random.randint(20, 500))
        if not lesson.open:
            writer.write(done, "done", lesson.owner, action=lesson.id)
            writer.write(
                year.days.later(done, 540 * 3 + writer.random.randint(20, 500)),
                "verified",
                DIRECTOR.id if lesson.owner == MANAGER.id else MANAGER.id,
                action=lesson.id,
            )
    return StagedRecord(
        "actions", "actions", "records/actions.yaml", {}, writer.finished(), writer.files
    )
