"""What the files of the configuration can say against themselves and each other: each is told, or may be so.

The table says of each what the check finds; where that is nothing, why it can be so.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from building.contract import ASSETS, CONTRACT, DUTY, PLAN, SPARES, STAFF, another_asset
from building.marked import findings_of

TEXTS = {
    "contract": CONTRACT,
    "staff": STAFF,
    "duty": DUTY,
    "assets": ASSETS + another_asset("acc-sw-02"),
    "plan": PLAN,
    "spares": SPARES,
}
COVERED = "covered: {from: 2025-12-01, to: 2026-12-31}"
TERM = "term: {start: 2026-01-01, end: 2026-12-31}"
COVERS = "covers: {from: 2026-01-01, to: 2026-12-31}"
ALL_WEEK = CONTRACT[CONTRACT.index("    hours: {mon") : CONTRACT.index("    covers:")]
OVERRIDES = CONTRACT[CONTRACT.index("    overrides:") : CONTRACT.index("sla:")]
FIRST_TERMS = "  - effective_from: 2025-01-01\n"
OTHER_TERMS = (
    FIRST_TERMS
    + "    severities:\n      - {level: 1, name: {en: Critical}, targets: {respond: {within: 30m, clock: always}}}\n"
)
RIGHTS = CONTRACT[CONTRACT.index("    may: [declare, approve") : CONTRACT.index("sites:")]
DESK = "    order: [wang-lei, sun-yu]\n"
NOV = "2026-11-{:02}T08:00:00+08:00"


@dataclass(frozen=True)
class Said:
    """What is edited, and what is found then: a code, or "" and why it can be so."""

    what: str
    file: str
    old: str
    new: str
    code: str
    why: str = ""


def stand_in(by: str, start: int = 23, end: int = 24, rota: str = "desk", more: str = "") -> str:
    return (
        f"  - {{rota: {rota}, from: {NOV.format(start)}, to: {NOV.format(end)}, by: {by}{more}}}\n"
    )


def leave(who: str, start: int = 21, end: int = 25) -> str:
    return f"  - {{who: {who}, from: {NOV.format(start)}, to: {NOV.format(end)}}}\n"


def duty(what: str, code: str, *stand_ins: str, away: str = "", why: str = "") -> Said:
    """Stand-ins, and leave, after the rotas. On 23 November sun-yu has the desk and zhao-min is the engineer."""
    more = ("overrides:\n" + "".join(stand_ins) if stand_ins else "") + (
        "leave:\n" + away if away else ""
    )
    return Said(what, "duty", DUTY, DUTY + more, code, why)


SAID = [
    # --- the rota
    duty("leave reversed", "R221", away=leave("wang-lei", 25, 21)),
    duty("leave twice", "R231", away=leave("wang-lei") + leave("wang-lei", 24, 28)),
    duty("leave of no length", "R221", away=leave("wang-lei", 21, 21)),
    duty("leave one after another", "", away=leave("wang-lei") + leave("wang-lei", 25, 28), why="two leaves in a row"),
    duty("stand-in reversed", "R221", stand_in("wang-lei", 23, 22)),
    duty("two stand-ins at once", "R225", stand_in("wang-lei", 22, 24), stand_in("chen-jie", 23, 25)),
    duty("one stand-in entered twice", "R231", stand_in("wang-lei"), stand_in("wang-lei")),
    duty("stand-in on leave", "R235", stand_in("wang-lei"), away=leave("wang-lei")),
    duty("stand-in for whom has no turn", "R235", stand_in("chen-jie", more=", instead_of: wang-lei")),
    duty("stand-in for whom has the turn", "", stand_in("chen-jie", more=", instead_of: sun-yu"), why="the honest twin"),
    duty("stand-in by whom has the turn", "R235", stand_in("sun-yu")),
    duty("stand-in over one's own turn too", "", stand_in("sun-yu", 22, 24), why="two days, one of them not their own"),
    duty("on two rotas at once", "R235", stand_in("zhao-min")),
    duty("stand-in on two rotas at once", "R235", stand_in("chen-jie"), stand_in("chen-jie", rota="engineer")),
    duty("stand-in in the past, on leave", "", stand_in("wang-lei", 2, 3), away=leave("wang-lei", 1, 4), why="over: the audit judges it by the rota of then (O207)"),
    Said("order empty", "duty", DESK, "    order: []\n", "R206"),
    Said("one person twice in the order", "duty", DESK, "    order: [wang-lei, wang-lei, sun-yu]\n", "", "two turns of three are hers"),
    Said("nobody of that name", "duty", DESK, "    order: [wang-lei, sun-yi]\n", "X101"),
    Said("on the rota and has left", "staff", "[{role: engineer, from: 2025-12-01}]", "[{role: engineer, from: 2025-12-01, to: 2026-10-31}]", "R235"),
    Said("on the rota and leaves within the month", "staff", "[{role: engineer, from: 2025-12-01}]", "[{role: engineer, from: 2025-12-01, to: 2026-12-01}]", "R235"),
    Said("on the rota and leaves with the year", "staff", "[{role: desk, from: 2025-12-01}]", "[{role: desk, from: 2025-12-01, to: 2026-12-31}]", "", "the rota is over by then"),
    Said("a supervisor on the desk's rota", "duty", DESK, "    order: [wang-lei, chen-jie]\n", "", "whoever has a role may answer; which rota needs which is nowhere agreed"),
    Said("rota that has not begun", "duty", "  desk:\n    start: 2025-12-01", "  desk:\n    start: 2026-12-15", "R233"),
    Said("rota that began after the term did", "duty", "  desk:\n    start: 2025-12-01", "  desk:\n    start: 2026-03-01", "", "over: the audit tells how long nobody was on duty (O106)"),
    Said("rota begins after the term is over", "duty", "  desk:\n    start: 2025-12-01", "  desk:\n    start: 2027-03-01", "R233"),
    Said("rota of no time", "duty", "shift: 24h", "shift: 0h", "R205"),
    # --- calendars
    Said("hours over midnight", "contract", 'mon: ["09:00-18:00"]', 'mon: ["18:00-09:00"]', "", "a night shift, which ends the next day"),
    Said("hours that overlap", "contract", 'mon: ["09:00-18:00"]', 'mon: ["09:00-12:30", "12:00-18:00"]', "R231"),
    Said("hours with a break", "contract", 'mon: ["09:00-18:00"]', 'mon: ["09:00-12:00", "12:00-18:00"]', "", "two stretches that touch"),
    Said("one day in two entries that differ", "contract", "hours: [], why: 春节}", 'hours: [], why: 春节}\n      - {days: [2026-02-16], hours: ["09:00-18:00"], why: 调休}', "R223"),
    Said("one day in two entries alike", "contract", "hours: [], why: 春节}", "hours: [], why: 春节}\n      - {days: [2026-02-16], hours: [], why: 春节}", "", "both say the same"),
    Said("one day twice in an entry", "contract", "days: [2026-04-06]", "days: [2026-04-06, 2026-04-06]", "R207"),
    Said("no hours on any day", "contract", ALL_WEEK + "    " + COVERS + "\n" + OVERRIDES, "    hours: {mon: [], tue: []}\n    " + COVERS + "\n", "R232"),
    Said("covers reversed", "contract", COVERS, "covers: {from: 2026-12-31, to: 2026-01-01}", "R221"),
    Said("covers begin after the term", "contract", COVERS + "\n" + OVERRIDES, "covers: {from: 2027-01-01, to: 2027-12-31}\n", "R232"),
    Said("covers that have not begun", "contract", COVERS + "\n" + OVERRIDES, "covers: {from: 2026-12-01, to: 2026-12-31}\n", "R233"),
    Said("covers end within the term", "contract", COVERS + "\n" + OVERRIDES, "covers: {from: 2026-01-01, to: 2026-11-30}\n", "", "the holidays of next year are published in autumn; S111 reminds"),
    # --- the contract
    Said("term reversed", "contract", TERM, "term: {start: 2026-12-31, end: 2026-01-01}", "R221"),
    Said("two terms of one day", "contract", "sla:\n", "sla:\n" + OTHER_TERMS, "R229"),
    Said("terms after the term", "contract", "sla:\n", "sla:\n" + OTHER_TERMS.replace("2025-01-01", "2027-01-01"), "R232"),
    Said("terms that have not begun", "contract", FIRST_TERMS, FIRST_TERMS.replace("2025-01-01", "2026-12-01"), "R233"),
    Said("terms from before the term", "contract", FIRST_TERMS, FIRST_TERMS.replace("2025", "2020"), "", "those of the contract before hold on"),
    Said("a severity twice", "contract", "      - level: 2\n", "      - level: 1\n", "R229"),
    Said("restored later than resolved", "contract", "restore: {within: 4h", "restore: {within: 36h", "R234"),
    Said("response after the restoration", "contract", "respond: {within: 30m", "respond: {within: 5h", "R234"),
    Said("on site after it is restored", "contract", "arrive: {within: 2h, clock: always}\n          restore: {within: 4h", "arrive: {within: 4h, clock: always}\n          restore: {within: 3h", "", "restored from afar, then somebody comes"),
    Said("a grave fault slower than a light one", "contract", "respond: {within: 30m", "respond: {within: 90m", "R234"),
    Said("working days and hours", "contract", "resolve: {within: 5wd", "resolve: {within: 20h", "", "working days and hours cannot be compared"),
    Said("ladder that goes down", "contract", "at: 75%, level: 2", "at: 40%, level: 2", "R234"),
    Said("two rungs of one level", "contract", "at: 75%, level: 2", "at: 75%, level: 1", "R234"),
    Said("one role at two rungs", "contract", "to: [pm, supervisor]", "to: [supervisor]", "", "they are told again"),
    Said("one role twice at a rung", "contract", "to: [pm, supervisor]", "to: [pm, pm]", "R207"),
    Said("a rung to nobody", "staff", "role: director", "role: desk", "R236"),
    Said("two contacts of one address", "contract", "    may: [declare, confirm]\n", "    may: [declare, confirm]\n    git: [Zhang.Gong@customer.example]\n", "R230"),
    Said("a contact with an engineer's id", "contract", "contacts:\n", "contacts:\n  li-qiang: {name: 李强, may: [declare]}\n", "R230"),
    Said("a contact with an engineer's address", "contract", "    may: [declare, confirm]\n", "    may: [declare, confirm]\n    git: [li.qiang@provider.example]\n", "R230"),
    Said("nobody may confirm", "contract", RIGHTS, RIGHTS.replace("confirm, ", "").replace(", confirm]", "]"), "R236"),
    Said("nobody may countersign", "contract", ", countersign]", "]", "", "nobody need sign beside another"),
    Said("headcount twice", "contract", "headcount:\n", "headcount:\n  - {site: suzhou-plant, vendor: huawei, certified: 2}\n", "R229"),
    Said("headcount of an unknown site", "contract", "{site: suzhou-plant, vendor", "{site: suzhou, vendor", "X108"),
    Said("evidence from after the term", "contract", "since: 2026-01-01", "since: 2062-01-01", "R232"),
    Said("credential reversed", "contract", "from: 2025-03-01, to: 2027-02-28", "from: 2027-03-01, to: 2027-02-28", "R221"),
    Said("a group that needs more than it has", "contract", "publish:", "availability:\n  - {effective_from: 2026-01-01, groups: {core: {assets: [core-sw-01, acc-sw-02], need: 3}}}\npublish:", "R228"),
    Said("a group that needs all it has", "contract", "publish:", "availability:\n  - {effective_from: 2026-01-01, groups: {core: {assets: [core-sw-01, acc-sw-02], need: 2}}}\npublish:", "", "each of them is needed"),
    Said("one asset in two groups", "contract", "publish:", "availability:\n  - {effective_from: 2026-01-01, groups: {core: {assets: [core-sw-01, acc-sw-02], need: 1}, all: {assets: [core-sw-01, acc-sw-02], need: 1}}}\npublish:", "", "the gravest of its groups counts"),
    Said("availability of one day twice", "contract", "publish:", "availability:\n  - {effective_from: 2026-01-01}\n  - {effective_from: 2026-01-01}\npublish:", "R229"),
    Said("two rows for one impact", "contract", "publish:", "availability:\n  - effective_from: 2026-01-01\n    impact: [{kind: fault, severity: 3, asset: degraded, service: none}, {kind: fault, severity: 3, asset: outage, service: none}]\npublish:", "R229"),
    # --- the staff
    Said("role reversed", "staff", "[{role: director, from: 2025-12-01}]", "[{role: director, from: 2025-12-01, to: 2025-11-30}, {role: director, from: 2025-12-02}]", "R221"),
    Said("one role twice over", "staff", "[{role: pm, from: 2025-12-01}]", "[{role: pm, from: 2025-12-01}, {role: pm, from: 2026-06-01}]", "R231"),
    Said("one role twice, a break between", "staff", "[{role: pm, from: 2025-12-01}]", "[{role: pm, from: 2025-12-01, to: 2026-02-28}, {role: pm, from: 2026-06-01}]", "", "she was away in between"),
    Said("two roles at once", "staff", "[{role: pm, from: 2025-12-01}]", "[{role: pm, from: 2025-12-01}, {role: desk, from: 2025-12-01}]", "", "a small provider's people do several things"),
    Said("certificate reversed", "staff", "from: 2025-01-01, to: 2027-12-31", "from: 2025-01-01, to: 2024-12-31", "R221"),
    Said("one certificate of two people", "staff", 'number: "1002"', 'number: "1001"', "R230"),
    Said("experience from the future on", "staff", "since: 2019-09-01", "since: 2029-09-01", "R232"),
    Said("experience of one kind twice", "staff", "[{kind: switch, since: 2019-09-01}]", "[{kind: switch, since: 2019-09-01}, {kind: switch, since: 2021-09-01}]", "R229"),
    Said("no role at all", "staff", "[{role: pm, from: 2025-12-01}]", "[]", "R206"),
    Said("two people of one address", "staff", "zhao.min@provider", "Li.Qiang@provider", "R230"),
    Said("an address handed on", "staff", "zhao.min@provider.example]", "zhao.min@provider.example]\n  old-hand:\n    name: 老王\n    roles: [{role: engineer, from: 2025-12-01, to: 2026-03-31}]\n    git: [zhao.min@provider.example]", "", "who had it before has left"),
    # --- the equipment
    Said("cover reversed", "assets", COVERED, "covered: {from: 2026-12-31, to: 2025-12-01}", "R221"),
    Said("covered after the term only", "assets", COVERED, "covered: {from: 2027-01-01, to: 2027-12-31}", "R232"),
    Said("covered before the term only", "assets", COVERED, "covered: {from: 2024-01-01, to: 2025-12-31}", "", "retired: old tickets name it still"),
    Said("in service after it is covered", "assets", "in_service: 2021-05-01", "in_service: 2027-05-01", "R232"),
    Said("in service later in the term", "assets", "in_service: 2021-05-01", "in_service: 2026-12-01", "", "new equipment is listed beforehand"),
    Said("one serial twice", "assets", "2102HD0002", "2102hd0001", "R226"),
    Said("one serial of two makers", "assets", 'vendor: huawei\n    model: S12708\n    serial: "2102HD0002"', 'vendor: h3c\n    model: S12708\n    serial: "2102HD0001"', "", "makers number as they like"),
    Said("one service twice", "assets", "services: [mes]", "services: [mes, mes]", "R207"),
    Said("a site that nothing defines", "assets", "site: suzhou-plant", "site: suzhou", "X108"),
    Said("a kind that no round looks at", "assets", "kind: switch", "kind: line", "", "a carrier's line is not inspected; the plan is as it was agreed"),
    # --- the plan
    Said("a round on no day", "plan", "rule: FREQ=MONTHLY;INTERVAL=3", "rule: FREQ=MONTHLY;INTERVAL=3;UNTIL=20261101", "R232"),
    Said("a round on no day there is", "plan", "rule: FREQ=MONTHLY;INTERVAL=3", "rule: FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "R232"),
    Said("a round after the term", "plan", "start: 2026-11-25", "start: 2027-11-25", "R232"),
    Said("a round of the contract before", "plan", "start: 2026-11-25\n    rule: FREQ=MONTHLY;INTERVAL=3", "start: 2025-11-25", "", "done then, and kept"),
    Said("rounds of no equipment", "plan", "kinds: [switch]", "kinds: [ups]", "R232"),
    Said("rounds of a kind that is not there yet", "plan", "kinds: [switch]", "kinds: [switch, ups]", "", "it looks at all there are"),
    Said("warning above the failure", "plan", "warning_above: 45", "warning_above: 75", "R234"),
    Said("too cold above too hot", "plan", "warning_above: 45", "warning_below: 50, warning_above: 45", "R234"),
    Said("one item twice in a list", "plan", "item: temperature", "item: appearance", "R229"),
    Said("due after the next round", "plan", "rule: FREQ=MONTHLY;INTERVAL=3\n    due_within: 10d", "rule: FREQ=WEEKLY\n    due_within: 10d", "R234"),
    Said("due with the next round", "plan", "rule: FREQ=MONTHLY;INTERVAL=3\n    due_within: 10d", "rule: FREQ=WEEKLY\n    due_within: 7d", "", "by the next one it is done"),
    Said("issued by no manager", "plan", "issued_by: chen-jie", "issued_by: li-qiang", "R235"),
    Said("a checklist that nothing defines", "plan", "checklists: [all-devices]", "checklists: [all]", "X108"),
    # --- the spares
    Said("a keeper without the role", "spares", "keeper: sun-yu", "keeper: li-qiang", "R235"),
    Said("a keeper who has left", "staff", "{role: supervisor, from: 2025-12-01}, {role: depot, from: 2025-12-01}", "{role: supervisor, from: 2025-12-01}, {role: depot, from: 2025-12-01, to: 2026-06-30}", "R235"),
    Said("a minimum in an unknown depot", "spares", "minimum: {suzhou-depot: 1}", "minimum: {suzhou: 1}", "X105"),
    Said("a minimum of a part that fits nothing", "spares", "fits: [S12708]", "fits: [S9700]", "R232"),
    Said("a part that fits nothing, in stock", "spares", "fits: [S12708]\n    minimum: {suzhou-depot: 1}", "fits: [S9700]", "", "left from equipment that is gone"),
    Said("one part under two names", "spares", "parts:\n", "parts:\n  mpu: {oem: huawei, number: 03031hd1, name: {zh: 主控板, en: MPU}}\n", "R230"),
]  # fmt: skip


def codes_of(said: Said) -> set[str]:
    text = TEXTS[said.file]
    assert said.old in text
    files = TEXTS | {said.file: text.replace(said.old, said.new, 1)}
    return {
        finding.code
        for finding in findings_of({f"records/{name}.yaml": text for name, text in files.items()})
    }


@pytest.mark.parametrize("said", SAID, ids=[said.what for said in SAID])
def test_a_contradiction_is_told_and_nothing_else(said: Said) -> None:
    assert bool(said.code) is not bool(said.why)
    assert codes_of(said) == ({said.code} if said.code else set())


@pytest.mark.parametrize("typed", ["restore: {within: 4d", "restore: {within: 4m"])
def test_one_value_that_is_mistyped_is_told_once(typed: str) -> None:
    contract = CONTRACT.replace("restore: {within: 4h", typed, 1)
    assert [found.code for found in findings_of({"records/contract.yaml": contract})] == ["R234"]


def test_the_contract_that_is_edited_says_nothing_against_itself() -> None:
    assert findings_of({f"records/{name}.yaml": text for name, text in TEXTS.items()}) == ()
