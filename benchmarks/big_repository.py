"""A big repository: any number of tickets, one entry a commit, made by git fast-import.

The configuration is that of the example contract. Deterministic from its seed: the same tickets,
times and commit ids on every machine. Some are still open at its end.
"""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Any

from weibao.model.ids import make_id, record_path
from weibao.model.instant import format_instant, local_day
from weibao.model.load import load_records
from weibao.model.printing import entry_line, header_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from weibao.model.records import Records

STEPS = 9
"""Entries, and so commits, of a closed ticket, in the mean: every second has a pause, every fourth a review."""

OPEN = 20
"""How many tickets are open at the end, whatever the size: as many as people can work on."""

_BEGUN = 3
"""How many steps an open ticket has."""

_GRAVE = 2
"""The level down to which a fault is reviewed."""

YEAR = 365 * 86400
_LEDGERS = frozenset(f"records/{kind}.yaml" for kind in ("actions", "agreements", "reviews"))
"""What is nothing without its log, which names tickets that are not here."""
_SYMPTOMS = ("端口频繁闪断", "主控板告警", "无法远程登录", "链路丢包严重", "风扇故障", "电源告警")
_CAUSES = ("光模块老化", "软件缺陷", "配置错误", "供电不稳", "线缆损坏")


_Planned = tuple[str, int, str, str, "Mapping[str, object]"]
"""A step that will be: its event, the minutes that it may take, who does it, the address, its data."""


@dataclass(frozen=True, slots=True)
class _Step:
    """A line that a commit adds to a ticket; ``header`` stands before the first."""

    recorded: int
    path: str
    header: str
    line: str
    email: str
    subject: str


def make_big_repository(
    folder: Path, configuration: Mapping[str, bytes], until: int, tickets: int
) -> None:
    """Make the repository in ``folder``, with a working tree; its year of history ends at ``until``.

    It has ``tickets`` tickets. ``configuration`` maps ``records/contract.yaml`` and so on, as far as there
    are any, to their bytes. What their logs say stays behind, for it names tickets that are not here.
    """
    folder.mkdir(parents=True)
    files = {path: _without_log(raw) for path, raw in configuration.items() if path not in _LEDGERS}
    _git(folder, "init", "--quiet", "--initial-branch=main")
    importing = subprocess.Popen(
        ["git", "fast-import", "--quiet"], cwd=folder, stdin=subprocess.PIPE
    )
    stream = importing.stdin
    if stream is None:  # never, with a pipe
        raise SystemExit("git fast-import has no input")
    with stream:
        for chunk in _stream(files, until, tickets):
            stream.write(chunk)
    if importing.wait():
        raise SystemExit("git fast-import failed")
    _git(folder, "repack", "-adq")
    _git(folder, "read-tree", "-mu", "HEAD")


def _git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=folder, check=True)


def _without_log(raw: bytes) -> bytes:
    return raw.partition(b"\nlog:")[0].rstrip() + b"\n"


def _stream(files: Mapping[str, bytes], until: int, tickets: int) -> Iterator[bytes]:
    records, _ = load_records(files)
    if records is None:
        raise SystemExit("the example's configuration cannot be read")
    desk = next(person.git[0] for person in records.staff.people.values() if person.git)
    start = until - YEAR
    yield _commit(desk, start, "配置", files)
    text: dict[str, str] = {}
    steps = _steps(records, start, tickets, Random(1))  # noqa: S311 - no secret
    for step in sorted(steps, key=lambda step: step.recorded):
        if step.recorded > until:
            break
        text[step.path] = f"{text.get(step.path, step.header)}{step.line}\n"
        yield _commit(
            step.email, step.recorded, step.subject, {step.path: text[step.path].encode()}
        )


def _commit(email: str, at: int, subject: str, files: Mapping[str, bytes]) -> bytes:
    message = subject.encode()
    who = f"{email.partition('@')[0]} <{email}> {at} +0800".encode()
    parts = [b"commit refs/heads/main\nauthor ", who, b"\ncommitter ", who]
    parts.append(b"\ndata %d\n%s\n" % (len(message), message))
    for path, raw in files.items():
        parts.append(b"M 100644 inline %s\ndata %d\n%s\n" % (path.encode(), len(raw), raw))
    return b"".join(parts)


def _steps(records: Records, start: int, tickets: int, chance: Random) -> Iterator[_Step]:
    """The steps of all tickets: reported at any time of the year, and closed within days."""
    people = [person for person in records.staff.people.values() if person.git]
    contacts = [
        one for one in records.contract.contacts.values() if one.git and "confirm" in one.may
    ]
    zone = records.contract.zone
    for number in range(tickets):
        is_open = number < OPEN
        reported = start + (YEAR if is_open else 86400 + chance.randrange(YEAR - 86400))
        reported -= chance.randrange(3600, 86400) if is_open else 0
        ticket_id = make_id("T", local_day(reported, zone), number)
        desk, engineer = chance.sample(people, 2)
        contact, asset = chance.choice(contacts), chance.choice([*records.assets])
        header: dict[str, Any] = {
            "id": ticket_id,
            "kind": "fault",
            "title": f"{asset} {chance.choice(_SYMPTOMS)}",
            "severity": chance.choices((1, 2, 3, 4), (5, 20, 50, 25))[0],
            "reported_at": format_instant(reported, zone),
            "reported_by": contact.id,
            "intake": {"channel": "phone", "received_by": desk.id},
            "assets": [asset],
            "description": f"客户来电：{asset} {chance.choice(_SYMPTOMS)}，请尽快处理。\n",
        }
        path, head = record_path(ticket_id), f"{header_text('ticket', header, ())}log:\n"
        at = recorded = reported
        steps: Sequence[_Planned] = (
            ("opened", 10, desk.id, desk.git[0], {}),
            ("assigned", 5, desk.id, desk.git[0], {"to": engineer.id}),
            ("acknowledged", 10, engineer.id, engineer.git[0], {"note": "已与客户通话"}),
            *_work(engineer.id, engineer.git[0], paused=number % 2 == 1),
            ("restored", 60, engineer.id, engineer.git[0], {"mode": "remote"}),
            ("resolved", 90, engineer.id, engineer.git[0], _resolution(chance)),
            ("confirmed", 120, desk.id, contact.git[0], {"contact": contact.id, "via": "portal"}),
            ("closed", 60, desk.id, desk.git[0], {}),
            *_reviews(header["severity"], engineer.id, engineer.git[0]),
        )
        for event, minutes, by, email, data in steps[: _BEGUN if is_open else None]:
            at += chance.randrange(60, minutes * 60 // (3 if header["severity"] == 1 else 1))
            entry = {"at": format_instant(at, zone), "event": event, "by": by, **data}
            recorded = max(recorded, at) + chance.randrange(20, 600)
            line, subject = entry_line(entry), f"{event} {ticket_id}"
            yield _Step(recorded, path, head, line, email, subject)


def _work(by: str, email: str, *, paused: bool) -> Iterator[_Planned]:
    """What goes on until the service is back: a word to the customer, or a pause for one from there."""
    if paused:
        yield "paused", 30, by, email, {"reason": "customer_information"}
        yield "resumed", 120, by, email, {}
    else:
        yield "updated", 60, by, email, {"note": "已定位，正在更换备件"}


def _reviews(severity: int, by: str, email: str) -> Iterator[_Planned]:
    """The two editions of its review, where a fault was grave."""
    if severity <= _GRAVE:
        first = {"edition": "preliminary", "trigger": "主控板告警"}
        yield "analysed", 60, by, email, first
        last = {"root_cause": "内存颗粒老化", "business_effect": "业务中断"}
        yield "analysed", 120, by, email, first | {"edition": "final"} | last


def _resolution(chance: Random) -> dict[str, str]:
    return {"mode": "remote", "cause": chance.choice(_CAUSES), "action": "更换部件并观察运行"}
