"""The project's own table of cases (``cases.yaml``), read into values.

A step is ``TIME EVENT, key value, key value``; an expected verdict ``OUTCOME, key value, …``. Times
are local to the contract's zone, with seconds only where they matter. What a step leaves out is
filled in below: it is recorded a minute after its claim and lands as it is recorded.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from building.contract import small_contract
from weibao.model.contract import Contract, read_contract
from weibao.model.imported import Precision
from weibao.model.instant import format_instant
from weibao.model.yaml.strict import read_yaml

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from weibao.sla.verdict import Verdict

OPEN = 2**40
"""The end of a pause that nothing resumed."""

TABLE = Path(__file__).with_name("cases.yaml")
STAFF = frozenset({"wang-lei", "li-qiang", "zhao-min", "sun-yu", "chen-jie", "gao-yuan"})

NEEDED = {
    "assigned": {"to": "li-qiang"},
    "dispatched": {"to": "li-qiang"},
    "notified": {"whom": "chen-jie", "via": "phone"},
    "part_requested": {"quantity": "1"},
    "resolved": {"cause": "主控板故障", "action": "更换主控板"},
    "reopened": {"reason": "故障再现"},
    "cancelled": {"reason": "误报"},
    "confirmed": {"contact": "zhang-gong", "via": "phone"},
    "countersigned": {"contact": "zhang-gong"},
    "escalated": {"level": "1", "to": "sun-yu"},
    "justified": {"target": "restore", "cause": "备件在途", "improvement": "就近备货"},
    "amended": {"field": "title", "value": "核心交换机故障", "reason": "笔误"},
}
"""The keys that a record must have and no verdict reads."""


@dataclass(frozen=True, slots=True)
class Row:
    """One step: what it claims, and when git came to know it (None: not yet)."""

    at: int
    event: str
    by: str
    internal: bool
    precision: Precision | None
    data: dict[str, object]
    recorded: int | None
    landed: int | None


@dataclass(frozen=True, slots=True)
class Expected:
    """One expected verdict. ``until`` is where its clock ended if neither at a stop nor as of."""

    outcome: str
    on_claim: str
    severity: int | None
    grade: str
    start: int
    due: int | None
    stop: int | None
    elapsed: int | None
    paused: int
    misses: int | None
    implied: bool
    until: int
    month: str | None


@dataclass(frozen=True, slots=True)
class Case:
    """A ticket and its verdicts. ``pauses`` are what the oracle leaves out."""

    title: str
    contract: str
    zone: ZoneInfo
    severity: int | None
    imported: str
    precision: Precision | None
    reported_at: int
    as_of: int
    steps: tuple[Row, ...]
    expected: dict[tuple[str, int], Expected]
    pauses: tuple[tuple[int, int], ...]

    @property
    def committed(self) -> bool:
        """Whether git knows all of it."""
        return all(step.recorded is not None for step in self.steps)


@cache
def contracts() -> dict[str, Contract]:
    """The contracts of the table by name; "" is the small contract itself."""
    return {name: read_contract(data) for name, data in contract_data().items()}


@cache
def contract_data() -> dict[str, dict[str, object]]:
    """The same as the documents that they are read from."""
    document, _ = read_yaml("contract.yaml", small_contract()["records/contract.yaml"].encode())
    assert document is not None
    table, _ = read_yaml("cases.yaml", TABLE.read_bytes())
    assert table is not None
    variants = table.data["contracts"]
    return {"": document.data} | {name: document.data | one for name, one in variants.items()}


@cache
def cases() -> tuple[Case, ...]:
    """Every case of the table."""
    table = yaml.load(TABLE.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506
    return tuple(_case(one) for one in table["cases"])


def _case(one: dict[str, object]) -> Case:
    contract = one.get("contract", "")
    zone = contracts()[contract].zone
    reported, as_of = _instant(one["reported"], zone), _instant(one["as_of"], zone)
    severity = None if one["severity"] == "unknown" else int(one["severity"])
    return Case(
        title=one["case"],
        contract=contract,
        zone=zone,
        severity=severity,
        imported=one.get("imported", ""),
        precision=Precision(one["precision"]) if "precision" in one else None,
        reported_at=reported,
        as_of=as_of,
        steps=tuple(_row(line, zone, one.get("recorded", "")) for line in one["steps"]),
        expected={
            (target.partition(" ")[0], int(target.partition(" ")[2] or 1)): _expected(
                target, line, severity, reported, as_of, zone
            )
            for target, line in one["verdicts"].items()
        },
        pauses=_spans(one.get("pauses", ()), zone),
    )


def _row(line: str, zone: ZoneInfo, together: str) -> Row:
    head, *rest = line.split(", ")
    moment, _, event = head.rpartition(" ")
    at = _instant(moment, zone)
    keys = dict(one.partition(" ")[::2] for one in rest)
    uncommitted = keys.pop("uncommitted", None) is not None
    said = keys.pop("recorded", together)
    recorded = _instant(said, zone) if said else at + 60
    landed = _instant(keys.pop("landed"), zone) if "landed" in keys else recorded
    internal = keys.pop("internal", None) is not None
    precision = Precision(keys.pop("precision")) if "precision" in keys else None
    by = keys.pop("by", "wang-lei" if event in {"opened", "confirmed"} else "li-qiang")
    data: dict[str, object] = NEEDED.get(event, {}) | keys
    for key in ("severity", "quantity", "level"):
        if key in data:
            data[key] = int(data[key])
    if event == "countersigned":
        data["entries"] = [_reference(one, zone) for one in data["entries"].split(" & ")]
    return Row(
        at=at,
        event=event,
        by=by,
        internal=internal,
        precision=precision,
        data=data,
        recorded=None if uncommitted else recorded,
        landed=None if uncommitted else landed,
    )


def _reference(text: str, zone: ZoneInfo) -> dict[str, str]:
    moment, _, event = text.rpartition(" ")
    return {"at": format_instant(_instant(moment, zone), zone), "event": event}


def _expected(
    target: str, line: str, severity: int | None, reported: int, as_of: int, zone: ZoneInfo
) -> Expected:
    outcome, *rest = line.split(", ")
    keys = dict(one.partition(" ")[::2] for one in rest)

    def moment(key: str, otherwise: int | None) -> int | None:
        return _instant(keys[key], zone) if key in keys else otherwise

    due, stop = moment("due", None), moment("stop", None)
    found = Expected(
        outcome=outcome,
        on_claim=keys.get("on_claim", outcome),
        severity=int(keys["severity"]) if "severity" in keys else severity,
        grade=keys.get("grade", "A"),
        start=moment("start", reported),
        due=due,
        stop=stop,
        elapsed=int(keys["elapsed"]) if "elapsed" in keys else None,
        paused=int(keys.get("paused", 0)),
        misses=int(keys.get("misses", 0)) if target.startswith("update") else None,
        implied="implied" in keys,
        until=moment("until", as_of if stop is None else stop),
        month=keys.get("month")
        if due is None
        else datetime.fromtimestamp(due, zone).strftime("%Y-%m"),
    )
    known = {"on_claim", "severity", "grade", "start", "due", "stop", "elapsed", "paused"}
    assert keys.keys() <= known | {"misses", "implied", "until", "month"}, line
    return found


def _spans(spans: list[str], zone: ZoneInfo) -> tuple[tuple[int, int], ...]:
    return tuple(
        (_instant(start, zone), OPEN if end == "open" else _instant(end, zone))
        for start, _, end in (one.partition(" to ") for one in spans)
    )


def _instant(text: str, zone: ZoneInfo) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=zone).timestamp())


def differences(case: Case, verdicts: tuple[Verdict, ...]) -> list[str]:
    """Where the verdicts are not those that the case expects, as sentences; empty if nowhere."""
    found = {(one.target, one.occurrence): _shown(one) for one in verdicts}
    wrong = [f"{key}: no verdict" for key in case.expected.keys() - found.keys()]
    wrong += [f"{key}: not expected" for key in found.keys() - case.expected.keys()]
    for key in case.expected.keys() & found.keys():
        for name, value in found[key].items():
            expected = getattr(case.expected[key], name)
            if value != expected:
                wrong.append(f"{key}: {name} is {_said(value, case)}, not {_said(expected, case)}")
    return sorted(wrong)


def _shown(verdict: Verdict) -> dict[str, object]:
    return {
        "outcome": verdict.outcome.value,
        "on_claim": verdict.on_claim.value,
        "severity": verdict.severity,
        "grade": verdict.grade.value,
        "start": verdict.start,
        "due": verdict.due,
        "stop": verdict.stop,
        "elapsed": verdict.elapsed_seconds,
        "paused": verdict.paused_seconds or 0,
        "misses": verdict.misses,
        "implied": verdict.implied,
        "month": verdict.month,
    }


def _said(value: object, case: Case) -> object:
    if isinstance(value, int) and value > 10**9:
        return datetime.fromtimestamp(value, case.zone).strftime("%Y-%m-%d %H:%M:%S")
    return value
