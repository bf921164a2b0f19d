"""The single things of a difference in words: a verdict, a month, a record that gains entries, a part."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from weibao.language import N_
from weibao.model.paths import kind_of
from weibao.render.words.entry_facts import field_title
from weibao.render.words.findings import event_title
from weibao.render.words.lengths import counted
from weibao.sla.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from weibao.language import Language

    Values = Mapping[str, Any]

LEDGERS = {"spares": N_("Spare parts"), "actions": N_("Corrective actions")}
"""What the files are called that keep one log for all."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing told; ``under`` are said below it, a line each."""

    text: str
    under: tuple[str, ...] = ()


def turned_line(one: Values, words: Language) -> Line:
    """A promise with its verdict before and after."""
    target = words.term("target", one["target"])
    if one["target"] == "part":
        target = f"{target} {one['occurrence']}"
    facts = {
        "ticket": one["ticket"],
        "target": target,
        "before": _standing(one["before"], words),
        "after": _standing(one["after"], words),
    }
    said = words.text(N_("{ticket} {target}: {before} → {after}"), **facts)
    return Line(said, tuple(_margin(one["after"] or one["before"], words)))


def outcome(standing: Values | None) -> str:
    """The outcome of a verdict; "" where there is none."""
    return standing["verdict"] if standing else ""


def _standing(standing: Values | None, words: Language) -> str:
    return words.term("outcome", standing["verdict"]) if standing else words.text(N_("none"))


def _margin(standing: Values, words: Language) -> Iterator[str]:
    """When it is due, and how much time of its own clock that leaves: after a breach, none."""
    margin, due = standing["margin_seconds"], standing["due"]
    if due is None or margin is None:
        return
    facts = {
        "due": moment(due, words),
        "time": counted(abs(margin), standing["clock"], words),
        "clock": words.term("clock", standing["clock"]),
    }
    if margin < 0:
        yield words.text(N_("due {due}, {time} over on the clock “{clock}”"), **facts)
    elif standing["verdict"] == "breached":
        yield words.text(N_("due {due}; the clock “{clock}” has not run since"), **facts)
    else:
        yield words.text(N_("due {due}, {time} to spare on the clock “{clock}”"), **facts)


def month_line(one: Values, words: Language) -> Line:
    """A month's compliance before and after, and what is missing in it."""
    facts = {"month": words.month(one["month"])}
    facts |= {side: _share(one[side], words) for side in ("before", "after")}
    said = words.text(N_("{month}: {before} → {after}"), **facts)
    if not one["lost"]:
        return Line(said)
    missing = words.plural(
        N_("{number} verdict is missing: its record is gone or can no longer be read"),
        "{number} verdicts are missing: their records are gone or can no longer be read",
        one["lost"],
    )
    return Line(said, (missing,))


def _share(month: Values | None, words: Language) -> str:
    if not month or not month["judged"]:
        return words.text(N_("none judged"))
    share = words.percent(Tally(month["met"], month["judged"]).share or 0)
    facts = {"met": month["met"], "judged": month["judged"]}
    return words.text(N_("{share} ({met} of {judged})"), share=share, **facts)


def added_line(one: Values, words: Language) -> Line:
    """A record and the entries that it gains, each with all that it says."""
    kind = kind_of(one["path"]) or ""
    record = words.text(LEDGERS[kind]) if kind in LEDGERS else one["record"]
    parts = [record, one["title"], words.text(N_("(new)")) if one["new"] else ""]
    steps = tuple(_entry(kind, entry, words) for entry in one["entries"])
    return Line("  ".join(part for part in parts if part), steps)


def _entry(kind: str, entry: Values, words: Language) -> str:
    facts = {"step": event_title(entry["event"], words), "by": entry["name"]}
    facts |= {"time": moment(entry["at"], words), "grade": entry["grade"]}
    if entry["effective"] == entry["at"]:
        step = words.text(N_("{step} {time} by {by} (grade {grade})"), **facts)
    else:
        facts["effective"] = moment(entry["effective"], words)
        step = words.text(
            N_("{step} {time} by {by} (grade {grade}, judged at {effective})"), **facts
        )
    said = [
        words.text(
            N_("{name}: {value}"),
            name=field_title(kind, entry["event"], fact["key"], words),
            value=fact["value"],
        )
        for fact in entry["facts"]
    ]
    if entry["note"]:
        said.append(
            words.text(N_("{name}: {value}"), name=words.text(N_("Note")), value=entry["note"])
        )
    return clauses([step, *said], words)


def moved_line(one: Values, words: Language) -> Line:
    """A part, and where it lies before and after."""
    facts = {side: _place(one[side], words) for side in ("before", "after")}
    return Line(
        words.text(
            N_("{part} {serial}: {before} → {after}"),
            part=one["name"],
            serial=one["serial"],
            **facts,
        )
    )


def _place(piece: Values | None, words: Language) -> str:
    if piece is None:
        return words.text(N_("none"))
    where = piece["depot_name"] or piece["ticket"] or ""
    return f"{words.term('piece_state', piece['state'])} {where}".rstrip()


def moment(text: str, words: Language) -> str:
    """A time of the values as people write it."""
    time = datetime.fromisoformat(text)
    assert time.tzinfo is not None  # noqa: S101 - the schema has it so
    return words.moment(int(time.timestamp()), time.tzinfo)


def clauses(said: Sequence[str], words: Language) -> str:
    """Clauses as one sentence: each says something whole, so that no list of nouns is made of them."""
    *others, rest = said
    for clause in reversed(others):
        rest = words.text(N_("{clause}; {rest}"), clause=clause, rest=rest)
    return rest
