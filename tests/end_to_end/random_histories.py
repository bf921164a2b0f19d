"""Random small histories of one ticket, honest and not: branches, merges, late and set-back clocks, edits.

A history is a list of commits, each with its parents, its time and the whole file; one stream for
git's fast import makes it a real repository.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from building.contract import a_ticket, small_contract, ticket_path
from building.repository import Repository
from building.sightings import keep_log
from sla.table import NEEDED
from weibao.model.instant import format_instant, parse_instant
from weibao.model.printing import entry_line

if TYPE_CHECKING:
    from pathlib import Path

ID = "T20261120-7K3Q9M"
PATH = ticket_path(ID)
REPORTED = parse_instant("2026-11-20T09:12:00+08:00")
ZONE = ZoneInfo("Asia/Shanghai")
MINUTE = 60

WORDS: list[dict[str, object]] = [
    {"event": "acknowledged"},
    {"event": "arrived"},
    {"event": "updated"},
    {"event": "paused", "reason": "customer_information"},
    {"event": "resumed"},
    {"event": "severity_agreed", "severity": 1},
    {"event": "severity_agreed", "severity": 3, "consent_by": "zhang-gong"},
    {"event": "severity_agreed", "severity": 4, "consent_by": "zhang-gong"},
    {"event": "severity_agreed", "severity": 4},
    {"event": "restored", "mode": "remote"},
    {"event": "resolved", "mode": "on_site"},
    {"event": "reopened"},
    {"event": "part_requested", "part": "hw-s12700-mpu"},
    {"event": "countersigned"},
    {"event": "cancelled"},
]
"""What may be recorded; a countersigned entry names the one before it."""

LATENESS = st.sampled_from([1, 0, 2, 14, 15, 16, 90, 400, -2, -9]).map(MINUTE.__mul__)
PASSING = st.sampled_from([3, 1, 20, 50, 0, 300, 1500, -1, -6, -30]).map(MINUTE.__mul__)
"""From one commit to the next, by clocks that are not all right."""


@dataclass(frozen=True, slots=True)
class Made:
    """A commit to be made: its parents' places in the list, its time, and the log it holds."""

    parents: tuple[int, ...]
    time: int
    lines: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Story:
    """A history: the official branch ends in the last of ``commits``."""

    severity: int
    since: int
    commits: tuple[Made, ...]
    distrusted: frozenset[int]
    seen: tuple[tuple[int, int], ...] = ()
    """When the forge first saw a commit, by its place, seconds after what the commit says."""


@st.composite
def stories(draw: st.DrawFn) -> Story:
    """A ticket's history of up to a dozen commits on up to three branches."""
    at = REPORTED + draw(LATENESS)
    first = _line(REPORTED, {"event": "opened", "by": "wang-lei"})
    made = [Made((), at, (first,))]
    tips = [0]
    for _ in range(draw(st.integers(3, 16))):
        at = max(at + draw(PASSING), REPORTED - 3600)
        tip = draw(st.integers(0, len(tips) - 1))
        deed = draw(st.sampled_from("aaaaaaaaaaabbmmmxedd"))
        if deed == "b" and len(tips) < 3:
            tips.append(tips[tip])
            continue
        other = draw(st.integers(0, len(tips) - 1))
        parents = (tips[tip],)
        if deed == "m" and tips[other] != tips[tip]:
            parents += (tips[other],)
        lines = _joined(*(_kept(made, one) for one in parents))
        if deed in "ax" or (deed == "m" and draw(st.booleans())):
            lines += (_said(draw, at, lines),)
        if deed in "ex" and len(lines) > 1:
            lines = _falsified(draw, at, lines)
        made.append(Made(parents, at, None if deed == "d" else lines))
        tips[tip] = len(made) - 1
    parents = tuple(dict.fromkeys(tips)) if draw(st.booleans()) else (tips[0],)
    lines = _joined(*(_kept(made, one) for one in parents))
    made.append(Made(parents, at + draw(PASSING), lines))
    return Story(
        severity=draw(st.sampled_from([1, 2, 3])),
        since=draw(st.sampled_from([0, 0, REPORTED + 3600])),
        commits=tuple(made),
        distrusted=frozenset(draw(st.lists(st.integers(0, len(made) - 1), max_size=2))),
        seen=tuple(
            (place, draw(LATENESS))
            for place in draw(st.lists(st.integers(0, len(made) - 1), max_size=4, unique=True))
        ),
    )


def _joined(*logs: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line for log in logs for line in log))


def _kept(made: list[Made], place: int) -> tuple[str, ...]:
    """The log at a commit; where the file is deleted there, as it was before."""
    lines = made[place].lines
    return _kept(made, made[place].parents[0]) if lines is None else lines


def _said(draw: st.DrawFn, at: int, lines: tuple[str, ...]) -> str:
    """An entry of its own: no two of a record have both ``at`` and ``event`` alike."""
    word = draw(st.sampled_from(WORDS))
    claimed = at - draw(LATENESS)
    while any(f"at: {_text(claimed)}, event: {word['event']}" in line for line in lines):
        claimed += 1
    if word["event"] == "countersigned":
        moment, _, event = lines[-1].partition("at: ")[2].partition(", event: ")
        named = {"at": moment, "event": event.partition(",")[0]}
        return _line(claimed, {**word, "entries": [named]})
    return _line(claimed, word)


def _falsified(draw: st.DrawFn, at: int, lines: tuple[str, ...]) -> tuple[str, ...]:
    """One line after the first put otherwise: another claim, another text, elsewhere, or gone."""
    place = draw(st.integers(1, len(lines) - 1))
    line, rest = lines[place], [*lines[:place], *lines[place + 1 :]]
    how = draw(st.sampled_from(["text", "claim", "elsewhere", "gone"]))
    if how == "gone":
        return tuple(rest)
    if how == "elsewhere":
        return (*rest[:1], line, *rest[1:])
    other = line[:-1] + ", note: 更正}" if how == "text" else _said(draw, at, lines)
    return _joined((*lines[:place], other, *lines[place + 1 :]))


def _text(instant: int) -> str:
    return format_instant(instant, ZONE)


def _line(claimed: int, word: dict[str, object]) -> str:
    needed = NEEDED.get(str(word["event"]), {})
    numbers = {"quantity": 1} if "quantity" in needed else {}
    return entry_line({"at": _text(claimed), "by": "li-qiang", **needed, **numbers, **word})


def written(story: Story, path: Path) -> Repository:
    """The story as a repository."""
    repository = Repository(path)
    marks = path / "marks"
    stream = [_commit(place, one, story) for place, one in enumerate(story.commits)]
    repository.git("fast-import", "--quiet", f"--export-marks={marks}", given=b"".join(stream))
    ids = dict(line.split() for line in marks.read_text(encoding="ascii").splitlines())
    contract = _files()["records/contract.yaml"]
    if story.since:
        contract = contract.replace("2026-01-01T00:00:00+08:00", _text(story.since))
    for place in sorted(story.distrusted):
        named = f"  distrusted: [{{commit: {ids[f':{place + 1}']}, reason: 时钟有误}}]\n"
        contract = contract.replace("  main: main\n", f"  main: main\n{named}")
        break
    last = Made((len(ids) - 1,), story.commits[-1].time, story.commits[-1].lines)
    head = f"from {ids[f':{len(ids)}']}\n"
    stream = [_header(len(ids), last, head), _file("records/contract.yaml", contract)]
    repository.git("fast-import", "--quiet", given=b"".join(stream))
    sights = {
        ids[f":{place + 1}"]: _text(story.commits[place].time + later)
        for place, later in story.seen
    }
    if sights:
        keep_log(repository, sights)
    return repository


def _commit(place: int, one: Made, story: Story) -> bytes:
    first, *others = one.parents or (None,)
    start = "" if first is None else f"from :{first + 1}\n"
    start += "".join(f"merge :{other + 1}\n" for other in others)
    branch = "main" if place == len(story.commits) - 1 else f"b{place}"
    text = _header(place, one, start, branch)
    if first is None:
        text += b"".join(_file(path, said) for path, said in _files().items())
    if one.lines is None:
        return text + f"D {PATH}\n".encode()
    reported = _text(REPORTED)
    said = a_ticket(ID, severity=story.severity, reported_at=reported, log=one.lines)
    return text + _file(PATH, said)


def _files() -> dict[str, str]:
    """The contract's files; what comes from the customer's address counts as theirs."""
    named = "  main: main\n  firsthand: named\n"
    return {path: text.replace("  main: main\n", named) for path, text in small_contract().items()}


def _header(place: int, one: Made, start: str, branch: str = "main") -> bytes:
    who, party = (("li.qiang", "provider"), ("wang.lei", "provider"), ("zhang.gong", "customer"))[
        place % 3
    ]
    head = f"commit refs/heads/{branch}\nmark :{place + 1}\n"
    signed = f"committer {who} <{who}@{party}.example> {one.time} +0800\n"
    return f"{head}{signed}data 1\n-\n{start}".encode()


def _file(path: str, text: str) -> bytes:
    raw = text.encode()
    return f"M 100644 inline {path}\ndata {len(raw)}\n".encode() + raw + b"\n"
