"""Random small histories of one ticket, honest and not: branches, merges, late and set-back clocks, edits.

The contract changes in the middle of them, on branches too, before and after the first record.

A history is a list of commits, each with its parents, its time and the whole file; one stream for
git's fast import makes it a real repository.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from building.contract import a_ticket, small_contract, ticket_path
from building.repository import Repository
from building.sightings import keep_files
from sla.table import NEEDED
from weibao.history.first_sight.log import SeenLog, Sighting, seen_files
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


EDITS: dict[str, tuple[str, str]] = {
    "respond looser": ("respond: {within: 1h,", "respond: {within: 3h,"),
    "respond tighter": ("respond: {within: [123]h,", "respond: {within: 20m,"),
    "restore looser": ("restore: {within: [48]h,", "restore: {within: 16h,"),
    "restore in days": ("restore: {within: 3wd,", "restore: {within: 1wd,"),
    "no restore": ("          restore: {within: 8h, clock: always}\n", ""),
    "restore by office hours": (
        "restore: {within: 8h, clock: always",
        "restore: {within: 8h, clock: workdays",
    ),
    "later terms": ("effective_from: 2025-01-01", "effective_from: 2026-11-21"),
    "calendar cut": ("to: 2026-12-31}\n    over", "to: 2026-11-20}\n    over"),
    "calendar longer": ("to: 2026-..-..}\n    over", "to: 2027-02-28}\n    over"),
    "shorter week": (', fri: \\["09:00-18:00"\\]', ""),
    "a day off": (
        r"    overrides:\n(?!.*11-23)",
        "    overrides:\n      - {days: [2026-11-23], hours: [], why: 停工}\n",
    ),
    "a holiday missing": (r"      - \{days: \[2026-09-25.*\n", ""),
    "tolerance looser": ("tolerance: .*", "tolerance: 2h"),
    "tolerance tighter": ("tolerance: .*", "tolerance: 2m"),
    "landing looser": ("landing_within: .*", "landing_within: 30h"),
    "landing tighter": ("landing_within: .*", "landing_within: 30m"),
    "skew looser": ("clock_skew: .*", "clock_skew: 1h"),
    "skew tighter": ("clock_skew: .*", "clock_skew: 1m"),
    "since later": ("since: .*", "since: 2026-11-20T10:12:00+08:00"),
    "since gone": ("  since: .*\n", ""),
    "recheck longer": ("(  recheck: .*\\n)?  late_entry", "  recheck: 90h\n  late_entry"),
    "recheck shorter": ("(  recheck: .*\\n)?  late_entry", "  recheck: 10m\n  late_entry"),
}
"""What may be changed in the contract: a pattern, and what takes its place."""


@dataclass(frozen=True, slots=True)
class Made:
    """A commit to be made: its parents' places in the list, its time, and the log it holds.

    Its ``contract`` is the small one with these edits in turn; a number distrusts the commit of that place.
    Without any ``lines`` there is no ticket yet, and where they are None it is deleted.
    """

    parents: tuple[int, ...]
    time: int
    lines: tuple[str, ...] | None
    contract: tuple[str | int, ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """A history: the official branch ends in the last of ``commits``."""

    severity: int
    commits: tuple[Made, ...]
    seen: tuple[tuple[int, int], ...] = ()
    """When the forge first saw a commit, by its place, seconds after what the commit says."""
    log_began: int = REPORTED - 4_320
    """When the forge's log was begun."""


@st.composite
def stories(draw: st.DrawFn) -> Story:
    """A ticket's history of up to a dozen commits on up to three branches."""
    at = REPORTED + draw(LATENESS)
    opened = _line(REPORTED, {"event": "opened", "by": "wang-lei"})
    bare, sides = draw(st.booleans()), draw(st.sampled_from([0, 0, 2]))
    made = [Made((), at, () if bare or sides else (opened,), _edited(draw, (), 0))]
    for _ in range(sides):  # each with its own first record, under its own contract
        made.append(Made((0,), at, (opened,), _edited(draw, made[0].contract, 1)))
    tips = [*range(1, len(made))] or [0]
    for _ in range(draw(st.integers(3, 16))):
        at = max(at + draw(PASSING), REPORTED - 3600)
        tip = draw(st.integers(0, len(tips) - 1))
        deed = draw(st.sampled_from("aaaaaaaaaaabbmmmffxedcccc"))
        if deed == "b" and len(tips) < 3:
            tips.append(tips[tip])
            continue
        other = draw(st.integers(0, len(tips) - 1))
        parents = (tips[tip],)
        if deed in "mf" and tips[other] != tips[tip]:
            parents = (tips[tip], tips[other]) if deed == "m" else (tips[other], tips[tip])
        lines = _joined(*(_kept(made, one) for one in parents))
        if deed in "ax" or (deed == "m" and draw(st.booleans())):
            lines += (_said(draw, at, lines) if lines else opened,)
        if deed in "ex" and len(lines) > 1:
            lines = _falsified(draw, at, lines)
        contract = made[draw(st.sampled_from(parents))].contract
        if deed == "c":
            contract = _edited(draw, contract, len(made))
        made.append(Made(parents, at, None if deed == "d" and lines else lines, contract))
        tips[tip] = len(made) - 1
    parents = tuple(dict.fromkeys(tips)) if draw(st.booleans()) else (tips[0],)
    lines = _joined(*(_kept(made, one) for one in parents)) or (opened,)
    contract = _edited(draw, made[parents[0]].contract, len(made))
    made.append(Made(parents, at + draw(PASSING), lines, contract))
    return Story(
        severity=draw(st.sampled_from([1, 2, 3])),
        commits=tuple(made),
        seen=tuple(
            (place, draw(LATENESS))
            for place in draw(st.lists(st.integers(0, len(made) - 1), max_size=4, unique=True))
        ),
        log_began=REPORTED + draw(st.sampled_from([-4_320, -4_320, 1_800, 20_000])),
    )


def _edited(draw: st.DrawFn, contract: tuple[str | int, ...], made: int) -> tuple[str | int, ...]:
    """The contract with up to two more edits; a commit can be distrusted once it is there."""
    edits: st.SearchStrategy[str | int] = st.sampled_from(sorted(EDITS))
    if made:
        edits = st.one_of(edits, edits, st.integers(0, made - 1))
    return contract + tuple(draw(st.lists(edits, max_size=2)))


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
    ids: list[str] = []
    stream: list[bytes] = []
    for place, one in enumerate(story.commits):
        if any(isinstance(edit, int) for edit in one.contract):
            ids, stream = _imported(repository, stream), []  # it names commits by their ids
        stream.append(_commit(place, one, story, ids))
    ids = _imported(repository, stream)
    if story.seen:
        seen = {
            ids[place]: max(story.commits[place].time + later, story.log_began)
            for place, later in story.seen
        }
        sights = {commit: Sighting(at, "refs/heads/main", "") for commit, at in seen.items()}
        keep_files(repository, seen_files(SeenLog(story.log_began, {}, sights)))
    return repository


def _imported(repository: Repository, stream: list[bytes]) -> list[str]:
    """The ids of all commits that were made so far, after those of the stream."""
    marks = repository.path / "marks"
    kept = (f"--import-marks-if-exists={marks}", f"--export-marks={marks}")
    repository.git("fast-import", "--quiet", "--force", *kept, given=b"".join(stream))
    rows = dict(line.split() for line in marks.read_text(encoding="ascii").splitlines())
    return [rows[f":{place}"] for place in range(1, len(rows) + 1)]


def _contract(edits: tuple[str | int, ...], ids: list[str]) -> str:
    text = _files()["records/contract.yaml"]
    for edit in edits:
        if isinstance(edit, str):
            text = re.sub(*EDITS[edit], text)
    distrusted = sorted({ids[edit] for edit in edits if isinstance(edit, int)})
    named = ", ".join(f"{{commit: {one}, reason: 时钟有误}}" for one in distrusted)
    return text.replace(
        "  main: main\n", f"  main: main\n  distrusted: [{named}]\n" if named else "  main: main\n"
    )


def _commit(place: int, one: Made, story: Story, ids: list[str]) -> bytes:
    first, *others = one.parents or (None,)
    start = "" if first is None else f"from :{first + 1}\n"
    start += "".join(f"merge :{other + 1}\n" for other in others)
    branch = "main" if place == len(story.commits) - 1 else f"b{place}"
    text = _header(place, one, start, branch)
    if first is None:
        rest = _files().items()  # where nothing is recorded yet, no log of spares either
        text += b"".join(_file(x, said) for x, said in rest if one.lines or "log:\n" not in said)
    text += _file("records/contract.yaml", _contract(one.contract, ids))
    if not one.lines:
        return text + (f"D {PATH}\n".encode() if one.lines is None else b"")
    reported = _text(REPORTED)
    said = a_ticket(ID, severity=story.severity, reported_at=reported, log=one.lines)
    return text + _file(PATH, said)


def _files() -> dict[str, str]:
    """The contract's files; what comes from the customer's address counts as theirs."""
    named = "  main: main\n  firsthand: named\n"
    return {path: text.replace("  main: main\n", named) for path, text in small_contract().items()}


def _header(place: int, one: Made, start: str, branch: str) -> bytes:
    who, party = (("li.qiang", "provider"), ("wang.lei", "provider"), ("zhang.gong", "customer"))[
        place % 3
    ]
    head = f"commit refs/heads/{branch}\nmark :{place + 1}\n"
    signed = f"committer {who} <{who}@{party}.example> {one.time} +0800\n"
    return f"{head}{signed}data 1\n-\n{start}".encode()


def _file(path: str, text: str) -> bytes:
    raw = text.encode()
    return f"M 100644 inline {path}\ndata {len(raw)}\n".encode() + raw + b"\n"


_OPENED = (_line(REPORTED, {"event": "opened", "by": "wang-lei"}),)
CALENDAR_EXTENDED = Story(
    3,
    (
        Made((), REPORTED - 3600, (), ("calendar cut",)),
        Made((0,), REPORTED + 60, _OPENED, ("calendar cut",)),
        Made((1,), REPORTED + 600, _OPENED, ("calendar cut", "calendar longer")),
    ),
)
"""Days that the calendar of the report did not cover, and a later edition does."""
TIGHTER_BESIDE_THE_LINE = Story(
    2,
    (
        Made((), REPORTED - 3600, ()),
        Made((0,), REPORTED - 1800, (), ("respond tighter",)),
        Made((0,), REPORTED + 60, _OPENED),
        Made((2, 1), REPORTED + 600, _OPENED),
    ),
)
"""Terms that stood on a branch at the report, and that the merge left."""
