"""The single things of a difference in words: a verdict, a month, a record that gains entries, a part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.paths import kind_of
from weibao.render.words.entry_facts import field_title
from weibao.render.words.findings import event_title
from weibao.render.words.lengths import counted
from weibao.render.words.names import promise_called
from weibao.sla.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from weibao.language import Language
    from weibao.render.json.difference import (
        ShownAdded,
        ShownAddedEntry,
        ShownMonth,
        ShownMoved,
        ShownPiece,
        ShownRestatedMonth,
        ShownShare,
        ShownStanding,
        ShownTurned,
    )
    from weibao.sla.verdict import Outcome

LEDGERS = {"spares": N_("Spare parts"), "actions": N_("Corrective actions")}
"""What the files are called that keep one log for all."""


@dataclass(frozen=True, slots=True)
class DifferenceLine:
    """One thing told; ``under`` are said below it, a line each."""

    text: str
    under: tuple[str, ...] = ()


def turned_line(pair: ShownTurned, words: Language) -> DifferenceLine:
    """A promise with its verdict before and after."""
    said = words.text(
        N_("{ticket} {target}: {before} → {after}"),
        ticket=pair.ticket,
        target=promise_called(pair.target, pair.occurrence, words),
        before=_standing(pair.before, words),
        after=_standing(pair.after, words),
    )
    standing = pair.after or pair.before
    return DifferenceLine(said, tuple(_margin(standing, words)) if standing else ())


def outcome(standing: ShownStanding | None) -> Outcome | None:
    """The outcome of a verdict; None where there is none."""
    return standing.verdict if standing else None


def _standing(standing: ShownStanding | None, words: Language) -> str:
    return words.term("outcome", standing.verdict) if standing else words.text(N_("none"))


def _margin(standing: ShownStanding, words: Language) -> Iterator[str]:
    """When it is due, and how much time of its own clock that leaves: after a breach, none."""
    margin, due = standing.margin_seconds, standing.due
    if due is None or margin is None:
        return
    facts = {
        "due": moment(due, words),
        "time": counted(abs(margin), standing.clock, words),
        "clock": words.term("clock", standing.clock),
    }
    if margin < 0:
        yield words.text(N_("due {due}, {time} over on the clock “{clock}”"), **facts)
    elif standing.verdict == "breached":
        yield words.text(N_("due {due}; the clock “{clock}” has not run since"), **facts)
    else:
        yield words.text(N_("due {due}, {time} to spare on the clock “{clock}”"), **facts)


def month_line(changed: ShownMonth, words: Language) -> DifferenceLine:
    """A month's compliance before and after, and what is missing in it."""
    said = words.text(
        N_("{month}: {before} → {after}"),
        month=words.month(changed.month),
        before=_share(changed.before, words),
        after=_share(changed.after, words),
    )
    if not changed.lost:
        return DifferenceLine(said)
    missing = words.plural(
        N_("{number} verdict is missing: its record is gone or can no longer be read"),
        "{number} verdicts are missing: their records are gone or can no longer be read",
        changed.lost,
    )
    return DifferenceLine(said, (missing,))


def restated_line(changed: ShownRestatedMonth, words: Language) -> DifferenceLine:
    """A closed month of which promises come out otherwise."""
    promises = words.plural(
        N_("{number} promise comes out otherwise"),
        "{number} promises come out otherwise",
        changed.promises,
    )
    said = words.text(
        N_("{month}: {promises}; its closed figures stand"),
        month=words.month(changed.month),
        promises=promises,
    )
    return DifferenceLine(said)


def _share(month: ShownShare | None, words: Language) -> str:
    share = Tally(month.met, month.judged).share if month else None
    if month is None or share is None:
        return words.text(N_("none judged"))
    kept = words.percent(share)
    return words.text(
        N_("{share} ({met} of {judged})"), share=kept, met=month.met, judged=month.judged
    )


def added_line(added: ShownAdded, words: Language) -> DifferenceLine:
    """A record and the entries that it gains, each with all that it says."""
    kind = kind_of(added.path) or ""
    record = words.text(LEDGERS[kind]) if kind in LEDGERS else added.record
    parts = (record, added.title, words.text(N_("(new)")) if added.new else "")
    steps = tuple(_entry(kind, entry, words) for entry in added.entries)
    return DifferenceLine("  ".join(part for part in parts if part), steps)


def _entry(kind: str, entry: ShownAddedEntry, words: Language) -> str:
    facts = {"step": event_title(kind, entry.event, words), "by": entry.name}
    facts |= {"time": moment(entry.at, words), "grade": entry.grade.value}
    if entry.effective == entry.at:
        step = words.text(N_("{step} {time} by {by} (grade {grade})"), **facts)
    else:
        facts["effective"] = moment(entry.effective, words)
        step = words.text(
            N_("{step} {time} by {by} (grade {grade}, judged at {effective})"), **facts
        )
    said = [
        words.text(
            N_("{name}: {value}"),
            name=field_title(kind, entry.event, fact.key, words),
            value=fact.value,
        )
        for fact in entry.facts
    ]
    if entry.note:
        said.append(
            words.text(N_("{name}: {value}"), name=words.text(N_("Note")), value=entry.note)
        )
    return clauses([step, *said], words)


def moved_line(moved: ShownMoved, words: Language) -> DifferenceLine:
    """A part, and where it lies before and after."""
    return DifferenceLine(
        words.text(
            N_("{part} {serial}: {before} → {after}"),
            part=moved.name,
            serial=moved.serial,
            before=_place(moved.before, words),
            after=_place(moved.after, words),
        )
    )


def _place(piece: ShownPiece | None, words: Language) -> str:
    if piece is None:
        return words.text(N_("none"))
    where = piece.depot_name or piece.ticket or ""
    return f"{words.term('piece_state', piece.state)} {where}".rstrip()


def moment(time: datetime, words: Language) -> str:
    """A time as people write it, by the clock that it bears."""
    assert time.tzinfo is not None  # noqa: S101 - the contract's zone, or the offset of the JSON
    return words.moment(int(time.timestamp()), time.tzinfo)


def clauses(said: Sequence[str], words: Language) -> str:
    """Clauses as one sentence: each says something whole, so that no list of nouns is made of them."""
    *others, rest = said
    for clause in reversed(others):
        rest = words.text(N_("{clause}; {rest}"), clause=clause, rest=rest)
    return rest
