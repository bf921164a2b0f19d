"""No edit of the contract moves a promise that was made before it, and none makes evidence weaker.

The scene: severity 1, reported 09:12, arrival due 11:12; the engineer arrived at 12:30.
"""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, reset_tzpath

import pytest

from building.audited import audit_at, book_at, change_file
from building.commands import PATH, TICKET, record_repository
from building.contract import CONTRACT, a_ticket, entry, small_contract, ticket_path, with_register
from building.repository import Repository
from building.sightings import keep_log
from hostile.threats import Ending, caught
from weibao.language import language
from weibao.model.finding import Unsound
from weibao.model.load import read_record
from weibao.render.words.answer import beside
from weibao.render.words.explain import story
from weibao.report.figure import EVER, measured
from weibao.report.figures import service_credits
from weibao.rules.catalogue import RULES
from weibao.rules.rule import Severity
from weibao.sla.tally import Tally
from weibao.sla.verdict import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from weibao.model.finding import Finding
    from weibao.report.audit.audit import Audit
    from weibao.report.book import Book
    from weibao.sla.verdict import Verdict

FILE = "records/contract.yaml"
OTHER = "T20261120-2D8VXN"
STRICT, LOOSE = "arrive: {within: 2h", "arrive: {within: 8h"
EVENING, NEXT_DAY = "2026-11-20T18:00:00+08:00", "2026-11-23T09:00:00+08:00"
AS_OF = "2026-12-10T09:00:00+08:00"


@pytest.fixture
def late(tmp_path: Path) -> Repository:
    """Arrived at 12:30 and recorded at once, where it was due at 11:12."""
    repository = record_repository(tmp_path / "clone")
    for line, at in (
        (entry("09:20", "acknowledged"), "09:21"),
        (entry("12:30", "arrived"), "12:31"),
        (entry("12:50", "restored", mode="on_site"), "12:51"),
    ):
        repository.append(PATH, line)
        repository.commit("一步", at=f"2026-11-20T{at}:00+08:00")
    return repository


def book(repository: Repository) -> Book:
    return book_at(repository, as_of=AS_OF)


def arrival(repository: Repository) -> Verdict:
    (found,) = (one for one in book(repository).verdicts if one.target == "arrive")
    return found


def errors(repository: Repository) -> list[str]:
    return [
        one.code for one in book(repository).findings if RULES[one.code].severity is Severity.ERROR
    ]


def codes(repository: Repository) -> set[str]:
    return {one.code for one in book(repository).findings}


def test_terms_loosened_after_the_breach_turn_nothing_and_are_told(late: Repository) -> None:
    change_file(late, FILE, STRICT, LOOSE, at=EVENING)
    assert arrival(late).outcome is Outcome.BREACHED
    (told,) = (one for one in book(late).findings if one.code == "E106")
    assert told.facts["turned"] == 1


@pytest.mark.parametrize("effective", ["2025-01-01", "2026-12-01"])
def test_the_story_tells_the_promise_by_which_it_was_judged(
    late: Repository, effective: str
) -> None:
    """Whether the terms were loosened where they stood, or by an honest item for a day to come."""
    terms = CONTRACT[CONTRACT.index("  - effective_from") : CONTRACT.index("escalation:")]
    fresh = terms.replace("2025-01-01", effective).replace(STRICT, LOOSE)
    kept = terms if effective > EVENING else ""
    change_file(late, FILE, terms, kept + fresh, at=EVENING)
    judged = book(late)
    _, arrived, *_ = story(judged, judged.records.tickets[TICKET], language("en"))
    assert arrived.sentences[0].startswith("Severity 1: within 2 h")


def test_terms_put_back_after_they_had_been_withdrawn_turn_nothing(tmp_path: Path) -> None:
    """Landed for five minutes before their day, withdrawn, and put back after the breach."""
    repository = record_repository(tmp_path / "clone")
    change_file(repository, FILE, STRICT, LOOSE, at="2026-11-20T09:17:00+08:00")
    change_file(repository, FILE, LOOSE, STRICT, at="2026-11-20T09:22:00+08:00")
    repository.append(PATH, entry("12:30", "arrived"))
    repository.commit("一步", at="2026-11-20T12:31:00+08:00")
    change_file(repository, FILE, STRICT, LOOSE, at=EVENING)
    assert arrival(repository).outcome is Outcome.BREACHED
    caught("terms put back", Ending.MISSED, codes(repository) & {"E106"})


def test_terms_on_a_branch_made_before_the_merge_that_landed_them_count_as_standing(
    late: Repository,
) -> None:
    """Of what stood on any side of a merge, the strictest rules."""
    late.branch("pocket", "HEAD~3")
    change_file(late, FILE, STRICT, LOOSE, at="2026-11-20T09:00:30+08:00")
    late.switch("main")
    late.merge("pocket", at=EVENING)
    assert arrival(late).outcome is Outcome.BREACHED


def test_new_terms_that_take_effect_later_leave_what_was_before(late: Repository) -> None:
    """The honest twin: an item of its own for a day to come."""
    terms = CONTRACT[CONTRACT.index("  - effective_from") : CONTRACT.index("escalation:")]
    fresh = terms.replace("2025-01-01", "2026-12-01").replace(STRICT, LOOSE)
    assert fresh != terms
    change_file(late, FILE, "escalation:", f"{fresh}escalation:", at=EVENING)
    assert arrival(late).outcome is Outcome.BREACHED
    assert codes(late).isdisjoint({"E106", "E111", "E112"})


WORKDAYS = a_ticket(log=[entry("09:12", "opened", by="wang-lei")], severity=3)
COVER = "covers: {from: 2026-01-01, to: 2026-12-31}"


@pytest.fixture
def workdays(tmp_path: Path) -> Repository:
    """A severity 3 fault of Friday 20 November, answered on Monday: late by the working clock."""
    repository = record_repository(tmp_path / "clone")
    repository.write(PATH, WORKDAYS)
    repository.commit("受理", at="2026-11-20T09:17:00+08:00", by="wang.lei@provider.example")
    return repository


def respond(repository: Repository) -> Verdict:
    (found,) = (one for one in book(repository).verdicts if one.target == "respond")
    return found


def test_the_days_of_a_breach_cut_out_of_the_cover_are_still_covered(tmp_path: Path) -> None:
    repository = record_repository(
        tmp_path / "clone", log=WORKDAYS.partition("log:\n")[2].splitlines()
    )
    before = {(one.target, one.due) for one in book(repository).verdicts}
    change_file(repository, FILE, COVER, COVER.replace("12-31", "11-15"), at=EVENING)
    assert {(one.target, one.due) for one in book(repository).verdicts} == before
    caught("cover cut", Ending.MISSED, codes(repository) & {"E111"})
    assert "S104" not in codes(repository)


@pytest.mark.parametrize("log", [True, False])
def test_a_cover_cut_just_before_the_report_is_passed_over_until_somebody_outside_has_seen_it(
    tmp_path: Path, *, log: bool
) -> None:
    """Without a log landing stands for a witness; then it cannot be judged, which is an error."""
    repository = record_repository(tmp_path / "clone")
    change_file(
        repository, FILE, COVER, COVER.replace("12-31", "11-15"), at="2026-11-20T09:16:30+08:00"
    )
    repository.write(PATH, WORKDAYS.replace("T09:12:00", "T09:18:00"))
    repository.commit("受理", at="2026-11-20T09:19:00+08:00", by="wang.lei@provider.example")
    if log:
        keep_log(repository, {repository.head: EVENING})
    outcome = Outcome.BREACHED if log else Outcome.UNDETERMINED
    assert (respond(repository).outcome, respond(repository).at_worst) == (
        outcome,
        Outcome.BREACHED,
    )
    assert ("S104" in codes(repository)) is not log


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("tolerance: 15m", "tolerance: 720h"),
        ("clock_skew: 5m", "clock_skew: 24h"),
        ("landing_within: 4h", "landing_within: 720h"),
        ("since: 2026-01-01T00", "since: 2027-01-01T00"),
    ],
)
def test_rules_of_evidence_loosened_afterwards_are_not_believed(
    tmp_path: Path, old: str, new: str
) -> None:
    repository = record_repository(tmp_path / "clone")
    repository.append(PATH, entry("10:30", "arrived"))
    repository.commit("一步", at="2026-11-20T18:00:00+08:00")
    assert arrival(repository).outcome is Outcome.BREACHED
    change_file(repository, FILE, old, new, at=NEXT_DAY)
    assert arrival(repository).outcome is Outcome.BREACHED
    caught("rules of evidence loosened", Ending.MISSED, codes(repository) & {"E112"})


SIGNING = "evidence:\n  signed: {from: 2026-01-01T00:00:00+08:00, events: [confirmed]}\n"
SIGNING_CONTRACT = CONTRACT.replace("evidence:\n", SIGNING)


def begun_twice(path: Path, beside: str, *, log: bool) -> Repository:
    """A second first record, on a branch from before the first one, under the contract ``beside``; merged as a foxtrot."""
    repository = Repository(path)
    for name, text in small_contract().items():
        if not name.startswith(("records/actions", "records/spares", "records/attachments")):
            repository.write(name, text)
    repository.write(FILE, SIGNING_CONTRACT)
    repository.commit("合同", at="2026-11-20T09:00:00+08:00")
    repository.write(PATH, a_ticket(log=[entry("09:15", "opened", by="wang-lei")]))
    repository.commit("受理", at="2026-11-20T09:16:00+08:00", by="wang.lei@provider.example")
    seen = {repository.head: "2026-11-20T09:17:00+08:00"}
    repository.branch("pocket", "HEAD~1")
    repository.write(FILE, beside)
    opened = entry("09:02", "opened", by="wang-lei")
    said = a_ticket(OTHER, reported_at="2026-11-20T09:01:00+08:00", log=[opened])
    repository.write(ticket_path(OTHER), said)
    repository.commit("受理", at="2026-11-20T09:03:00+08:00", by="wang.lei@provider.example")
    repository.merge("main", at=EVENING)
    repository.git("branch", "-f", "main", "pocket")
    repository.switch("main")
    if log:
        keep_log(repository, seen | {repository.head: "2026-11-20T18:01:00+08:00"})
    return repository


@pytest.mark.parametrize("log", [True, False])
def test_a_second_first_record_under_a_contract_that_asks_for_less_drops_nothing(
    tmp_path: Path, *, log: bool
) -> None:
    beside = CONTRACT.replace("tolerance: 15m", "tolerance: 720h").replace("main: main", "main: b")
    judged = book(begun_twice(tmp_path / "clone", beside, log=log))
    policy = judged.records.contract.evidence
    assert (policy.signed, policy.tolerance) == ({"confirmed"}, 900)
    loosened = {one.facts["setting"] for one in judged.findings if one.code == "E112"}
    assert loosened == {"evidence.signed", "evidence.tolerance", "evidence.main"}
    assert policy.main == ("main" if log else "b"), "of branches none is stricter: the first shown"
    caught("begun twice", Ending.STRICTEST, {"E112"})


def test_two_sides_that_began_under_one_contract_are_told_nothing(tmp_path: Path) -> None:
    """The honest twin: two first records on two laptops."""
    judged = book(begun_twice(tmp_path / "clone", SIGNING_CONTRACT, log=True))
    assert judged.records.contract.evidence.signed == {"confirmed"}
    assert "E112" not in {one.code for one in judged.findings}


def test_the_commit_of_an_honest_colleague_is_not_distrusted_at_will(tmp_path: Path) -> None:
    repository = record_repository(tmp_path / "clone")
    honest = repository.commit("同事", at="2026-11-20T12:20:00+08:00", by="sun.yu@provider.example")
    repository.append(PATH, entry("10:30", "arrived"))
    repository.commit("一步", at="2026-11-20T10:31:00+08:00")
    assert arrival(repository).grade.value == "F"
    distrust = f"evidence:\n  distrusted: [{{commit: {honest}, reason: 时钟}}]\n"
    change_file(repository, FILE, "evidence:\n", distrust, at=NEXT_DAY)
    assert arrival(repository).grade.value == "F"
    caught("distrust the witness", Ending.MISSED, codes(repository) & {"E112"})


def test_a_clock_that_ran_ahead_of_what_the_forge_saw_may_be_distrusted(tmp_path: Path) -> None:
    """The honest twin: its own witness shows that the clock was wrong."""
    repository = record_repository(tmp_path / "clone")
    ahead = repository.commit("快钟", at="2026-11-20T12:20:00+08:00", by="sun.yu@provider.example")
    repository.append(PATH, entry("10:30", "arrived"))
    repository.commit("一步", at="2026-11-20T10:31:00+08:00")
    keep_log(
        repository,
        {ahead: "2026-11-20T10:25:00+08:00", repository.head: "2026-11-20T10:32:00+08:00"},
    )
    distrust = f"evidence:\n  distrusted: [{{commit: {ahead}, reason: 时钟快了两小时}}]\n"
    change_file(repository, FILE, "evidence:\n", distrust, at=NEXT_DAY)
    assert (arrival(repository).outcome, arrival(repository).grade.value) == (Outcome.MET, "O")
    assert "E112" not in codes(repository)
    assert errors(repository) == []


LENGTHS = "  tolerance: 15m\n  landing_within: 4h\n  clock_skew: 5m\n"
STRICTER = "  tolerance: 5m\n  landing_within: 10m\n  clock_skew: 5m\n"


def agreed(path: Path, old: str, new: str) -> Audit:
    """The audit of an arrival at 12:30 that is claimed at 10:30, where the first contract had ``new``."""
    contract = CONTRACT.replace(LENGTHS, STRICTER).replace(old, new)
    assert contract != CONTRACT
    repository = record_repository(path, contract=contract)
    repository.append(PATH, entry("10:30", "arrived"))
    repository.commit("一步", at="2026-11-20T12:30:00+08:00")
    return audit_at(repository, as_of=AS_OF)


@pytest.mark.parametrize(
    ("old", "new", "code", "setting"),
    [
        (
            "tolerance: 5m",
            "tolerance: 720h",
            "E124",
            "evidence.tolerance + evidence.landing_within",
        ),
        (
            "landing_within: 10m",
            "landing_within: 11m",
            "E124",
            "evidence.tolerance + evidence.landing_within",
        ),
        ("clock_skew: 5m", "clock_skew: 24h", "E124", "evidence.clock_skew"),
        ("since: 2026-01-01T00", "since: 2027-01-01T00", "E125", "evidence.since"),
        (
            "evidence:\n",
            with_register("evidence:\n", "2027-01-01T00:00:00+08:00"),
            "E125",
            "evidence.imports.desk.until",
        ),
    ],
)
def test_rules_of_evidence_that_are_loose_from_the_start_are_told_beside_the_answer(
    tmp_path: Path, old: str, new: str, code: str, setting: str
) -> None:
    """They were agreed, so that they are believed; but the reader of the first lines knows it."""
    audit = agreed(tmp_path / "clone", old, new)
    (told,) = audit.loose
    assert (told.code, told.facts.get("setting")) == (code, setting)
    assert any(code in line for line in beside(audit, language("en")))
    assert any(code in line for line in beside(audit, language("zh")))


def test_rules_of_evidence_within_half_of_the_shortest_promise_are_not_told(tmp_path: Path) -> None:
    """The honest twin: a quarter of an hour is believed where half an hour is promised."""
    audit = agreed(tmp_path / "clone", LENGTHS, STRICTER)
    assert audit.loose == ()
    assert not any("E12" in line for line in beside(audit, language("en")))


def test_a_promise_in_working_days_is_a_promise_of_days(tmp_path: Path) -> None:
    days = CONTRACT[CONTRACT.index("      - level: 1") : CONTRACT.index("escalation:")]
    only = """\
      - level: 3
        name: {zh: 三级, en: Minor}
        targets:
          resolve: {within: 1wd, clock: workdays}
"""
    contract = CONTRACT.replace(days, only)
    found = [
        [told.facts["within"] for told in loose(tmp_path / within, contract, within)]
        for within in ("11h", "12h")
    ]
    assert found == [[], ["1wd"]]


def loose(path: Path, contract: str, within: str) -> tuple[Finding, ...]:
    """What is told where a landing may take so long."""
    text = contract.replace("landing_within: 4h", f"landing_within: {within}")
    return audit_at(record_repository(path, contract=text), as_of=AS_OF).loose


@pytest.fixture
def own_zones(tmp_path: Path) -> Iterator[None]:
    """A machine that has zones of its own making."""
    made, names = tmp_path / "zones", ("localtime", "posixrules", "Factory", "Mars/Phobos")
    for name in names:
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        (made / name).write_bytes(files("tzdata").joinpath("zoneinfo/Asia/Tokyo").read_bytes())
    reset_tzpath([made])
    yield
    reset_tzpath()
    # Of the others the very objects are compared elsewhere.
    ZoneInfo.clear_cache(only_keys=names)


@pytest.mark.usefixtures("own_zones")
@pytest.mark.parametrize(
    ("zone", "found"),
    [
        ("localtime", {"R205"}),
        ("posixrules", {"R205"}),
        ("Factory", {"R205"}),
        ("Mars/Phobos", {"R205"}),
        ("Asia/Urumqi", set()),
    ],
)
def test_a_zone_that_each_machine_has_another_of_is_no_zone(
    tmp_path: Path, zone: str, found: set[str]
) -> None:
    """With the honest twin: a name of the tz database, whatever the machine's own has."""
    contract = CONTRACT.replace("zone: Asia/Shanghai", f"zone: {zone}", 1)
    repository = record_repository(tmp_path / "clone", contract=contract)
    raw = repository.read(FILE).encode()
    assert {one.code for one in read_record(FILE, raw).findings} == found
    if found:
        caught("a clock of one's own", Ending.REFUSED, found)
        with pytest.raises(Unsound):
            book(repository)


CREDITS = """credits:
  currency: CNY
  monthly_fee: "10000.00"
  cap: 10%
  rules:
    - {target: arrive, severity: 1, per_breach: "300.00"}
"""


@pytest.mark.parametrize(("lowered", "cost"), [(NEXT_DAY, 300), ("2026-11-20T11:00:00+08:00", 1)])
def test_a_credit_that_is_lowered_once_it_is_owed_is_owed_all_the_same(
    tmp_path: Path, lowered: str, cost: int
) -> None:
    """By the contract that stood before the promise was due; lowered before that, it is the lower one."""
    repository = record_repository(tmp_path / "clone", contract=CONTRACT + CREDITS)
    steps = [(lowered, ""), ("2026-11-20T12:31:00+08:00", entry("12:30", "arrived"))]
    for at, line in sorted(steps):
        if line:
            repository.append(PATH, line)
            repository.commit("一步", at=at)
        else:
            change_file(repository, FILE, '"300.00"', '"1.00"', at=at)
    found = measured(service_credits.FIGURE, book(repository), EVER)
    assert (found.tally, found.amount) == (Tally(1, 1), cost)
    caught("credits lowered", Ending.MISSED)
