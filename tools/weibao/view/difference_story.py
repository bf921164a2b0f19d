"""A difference in words: a heading, and paragraphs from what matters most to what matters least.

Made from the values of :mod:`weibao.view.difference`. Texts of records in it are raw: whoever writes
it escapes it for where it is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from weibao.language import N_
from weibao.view.alterations import alteration_line, more_line
from weibao.view.findings import event_title

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from weibao.language import Language

    Values = Mapping[str, Any]

SETTINGS = {
    "terms": N_("Service terms are changed"),
    "calendars": N_("Working calendars are changed"),
    "evidence": N_("The evidence policy is changed"),
    "contacts": N_("The customer's contacts are changed"),
    "publish": N_("What is published is changed"),
    "other": N_("Other parts of the contract are changed"),
}

JUDGING = frozenset({"terms", "calendars", "evidence", "contacts"})
"""Parts of the contract by which verdicts are reached."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing told; ``under`` is said below it, or ""."""

    text: str
    under: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Things of one kind, under a heading."""

    heading: str
    lines: tuple[Line, ...]


def headline(told: Values, words: Language) -> str:
    """What a reviewer must know, in one line."""
    errors = sum(one["severity"] == "error" for one in told["new"])
    broken = sum(_outcome(one["after"]) == "breached" for one in told["verdicts"])
    altered = sum(len(one["altered"]) for one in told["settings"])
    parts = []
    if errors:
        parts.append(
            words.plural(
                N_("{number} new error fails the check"),
                "{number} new errors fail the check",
                errors,
            )
        )
    if broken:
        parts.append(
            words.plural(N_("{number} promise is broken"), "{number} promises are broken", broken)
        )
    if told["settings"]:
        parts.append(
            words.plural(
                N_("{number} part of the contract is changed"),
                "{number} parts of the contract are changed",
                len(told["settings"]),
            )
        )
    if altered:
        parts.append(
            words.plural(
                N_("{number} verdict is altered by other rules"),
                "{number} verdicts are altered by other rules",
                altered,
            )
        )
    mark = "✗" if errors else "!" if parts else "✓"
    nothing = words.text(N_("No new error, and no promise is broken."))
    return f"{mark} {_clauses(parts, words) if parts else nothing}"


def _clauses(clauses: Sequence[str], words: Language) -> str:
    """Clauses as one sentence: each says something whole, so that no list of nouns is made of them."""
    first, *others = clauses
    if not others:
        return first
    return words.text(N_("{clause}; {rest}"), clause=first, rest=_clauses(others, words))


def premise(told: Values, words: Language) -> str:
    """What is compared, as of when, and as what the later commit is judged."""
    facts = {"base": told["base"][:12], "head": told["head"][:12]}
    facts["time"] = _time(told["as_of"], words)
    if told["proposed"]:
        return words.text(
            N_(
                "{head} as if it were merged into {base} at {time}: an entry that waited longer than the contract allows is dated by that landing."
            ),
            **facts,
        )
    return words.text(N_("{head} against {base} as of {time}, as it landed."), **facts)


def paragraphs(told: Values, words: Language) -> tuple[Paragraph, ...]:
    """Everything the change does; kinds of which there is nothing are left out."""
    found = (
        (N_("New findings"), (_finding(one, words) for one in _worst_first(told["new"]))),
        (N_("Verdicts that turn"), (turned_line(one, words) for one in told["verdicts"])),
        (N_("Compliance of the month"), (_month(one, words) for one in told["months"])),
        *((SETTINGS[one["setting"]], _setting(one, words)) for one in told["settings"]),
        (N_("Records that are gone"), (Line(one) for one in told["removed"])),
        (N_("Records that can no longer be read"), (Line(one) for one in told["unreadable"])),
        (N_("Entries added"), (_added(one, words) for one in told["added"])),
        (N_("Stock moved"), (_moved(one, words) for one in told["stock"])),
        (N_("Findings gone"), (_finding(one, words) for one in told["gone"])),
        (N_("Other files changed"), (Line(one) for one in told["configuration"])),
    )
    told_ones = (Paragraph(words.text(heading), tuple(lines)) for heading, lines in found)
    return tuple(one for one in told_ones if one.lines)


def _worst_first(findings: Iterable[Values]) -> list[Values]:
    return sorted(findings, key=lambda one: ("error", "warning", "note").index(one["severity"]))


def _finding(one: Values, words: Language) -> Line:
    place = f"{one['path']}:{one['line']}" if one["line"] else one["path"]
    severity = words.term("severity_of_finding", one["severity"])
    return Line(f"{severity} {one['code']}  {place}  {one['message']}", f"→ {one['help']}")


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
    return Line(said, _margin(one["after"] or one["before"], words))


def _outcome(standing: Values | None) -> str:
    return standing["verdict"] if standing else ""


def _standing(standing: Values | None, words: Language) -> str:
    return words.term("outcome", standing["verdict"]) if standing else words.text(N_("none"))


def _margin(standing: Values, words: Language) -> str:
    """When it is due, and how much time of its own clock that leaves: after a breach, none."""
    margin, due = standing["margin_seconds"], standing["due"]
    if due is None or margin is None:
        return ""
    facts = {
        "due": _time(due, words),
        "time": words.duration(margin),
        "clock": words.term("clock", standing["clock"]),
    }
    if margin < 0:
        return words.text(N_("due {due}, {time} over on the clock “{clock}”"), **facts)
    if standing["verdict"] == "breached":
        return words.text(N_("due {due}; the clock “{clock}” has not run since"), **facts)
    return words.text(N_("due {due}, {time} to spare on the clock “{clock}”"), **facts)


def _month(one: Values, words: Language) -> Line:
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
    return Line(said, missing)


def _share(month: Values | None, words: Language) -> str:
    if not month or not month["judged"]:
        return words.text(N_("none judged"))
    share = words.percent(month["met"] / month["judged"])
    facts = {"met": month["met"], "judged": month["judged"]}
    return words.text(N_("{share} ({met} of {judged})"), share=share, **facts)


def _setting(one: Values, words: Language) -> Iterator[Line]:
    for value in one["values"]:
        yield Line(alteration_line(value, words))
    if one["more"]:
        yield Line(more_line(one["more"], words))
    turning = [
        pair for pair in one["altered"] if _outcome(pair["before"]) != _outcome(pair["after"])
    ]
    for pair in turning:
        yield turned_line(pair, words)
    if not one["altered"] and one["setting"] in JUDGING:
        yield Line(words.text(N_("No verdict is altered by it.")))
    if others := len(one["altered"]) - len(turning):
        yield Line(
            words.plural(
                N_("{number} verdict keeps its outcome with another due time or margin."),
                "{number} verdicts keep their outcome with another due time or margin.",
                others,
            )
        )


def _added(one: Values, words: Language) -> Line:
    parts = [one["record"], one["title"], words.text(N_("(new)")) if one["new"] else ""]
    steps = words.listing(_entry(entry, words) for entry in one["entries"])
    return Line("  ".join(part for part in parts if part), steps)


def _entry(entry: Values, words: Language) -> str:
    facts = {"step": event_title(entry["event"], words), "by": entry["by"]}
    facts |= {"time": _time(entry["at"], words), "grade": entry["grade"]}
    if entry["effective"] != entry["at"]:
        facts["effective"] = _time(entry["effective"], words)
        return words.text(
            N_("{step} {time} by {by} (grade {grade}, judged at {effective})"), **facts
        )
    return words.text(N_("{step} {time} by {by} (grade {grade})"), **facts)


def _moved(one: Values, words: Language) -> Line:
    facts = {side: _place(one[side], words) for side in ("before", "after")}
    return Line(
        words.text(
            N_("{part} {serial}: {before} → {after}"),
            part=one["part"],
            serial=one["serial"],
            **facts,
        )
    )


def _place(piece: Values | None, words: Language) -> str:
    if piece is None:
        return words.text(N_("none"))
    where = piece["depot"] or piece["ticket"] or ""
    return f"{words.term('piece_state', piece['state'])} {where}".rstrip()


def _time(text: str, words: Language) -> str:
    moment = datetime.fromisoformat(text)
    assert moment.tzinfo is not None  # noqa: S101 - the schema has it so
    return words.moment(int(moment.timestamp()), moment.tzinfo)
