"""Dishonest histories are found, and what they were made for does not come of them.

Every line of the table is a real repository in which that very thing was done.
"""

from __future__ import annotations

import shlex
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import pytest

from building.commands import TICKET
from building.sightings import keep_log
from hostile.dishonest import (
    ARRIVED,
    COLLEAGUE,
    CUSTOMER,
    DESK,
    EARLY,
    STEPS,
    amended,
    at,
    author_date_set_back,
    cherry_picked,
    closed_and_filed_again,
    confirmed_in_their_name,
    contract_changed,
    copied,
    countersigned,
    dated_back_on_a_branch,
    dated_years_back,
    deleted,
    edited,
    evil_merge,
    filed_again,
    incident,
    instead,
    kept_back,
    linked_away,
    lost_in_ours,
    lowered,
    nameless,
    not_on_the_staff,
    opened_late,
    paused_late,
    recreated,
    renamed,
    resumed_late,
    rewritten,
    second_root,
    set_back,
    set_forward,
    squashed,
    steps_lost_in_ours,
)
from weibao.history.descent import check_descent
from weibao.history.git.reader import Git
from weibao.history.proven import Grade
from weibao.history.snapshot import read_snapshot
from weibao.model.instant import parse_instant
from weibao.report.opening import book_of
from weibao.rules.catalogue import RULES, Severity
from weibao.sla.verdict import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from building.repository import Repository
    from weibao.model.finding import Finding
    from weibao.report.book import Book

AS_OF = parse_instant("2026-12-05T12:00:00+08:00")
HOLIDAY = "      - {days: [2026-11-20], hours: [], why: 临时放假}\n      - {days: [2026-01-04"
NOBODY = "root@laptop"


def late(**recorded: str) -> Callable[[Path], Repository]:
    """The incident with its arrival claimed at 10:30, and recorded otherwise."""
    return partial(incident, steps=instead(1, replace(EARLY, **recorded)))


def swap(text: str) -> str:
    first, second = STEPS[0].line, ARRIVED
    return text.replace(f"{first}\n{second}\n", f"{second}\n{first}\n")


def drop(text: str) -> str:
    return text.replace(f"{ARRIVED}\n", "")


def better(text: str) -> str:
    return text.replace(ARRIVED, EARLY.line)


def between(text: str) -> str:
    return text.replace(ARRIVED, f"{EARLY.line}\n{ARRIVED}")


class Cheat(NamedTuple):
    """What is done, and the codes of the families L, E and X that are found on top of E105.

    ``stands``: whether no arrival is judged to have been in time, or only with the grade F. Where
    it does not stand, what is found is all that there is between the reader and the cheat.
    """

    made: Callable[[Path], Repository]
    found: set[str]
    stands: bool = True


DAMAGED = {
    "an entry changed": Cheat(partial(edited, change=better), {"L101", "E102"}),
    "an entry dropped": Cheat(partial(edited, change=drop), {"L101"}),
    "entries reordered": Cheat(partial(edited, change=swap), {"L102"}),
    "an entry inserted": Cheat(partial(edited, change=between), {"L102", "E101"}),
    "the report moved on": Cheat(
        partial(
            edited,
            change=lambda text: text.replace(
                "reported_at: 2026-11-20T09:12", "reported_at: 2026-11-20T09:14"
            ),
        ),
        {"L103"},
    ),
    "the severity lowered in the header": Cheat(
        partial(edited, change=lambda text: text.replace("severity: 1", "severity: 2")), {"L103"}
    ),
    "an entry changed within a merge": Cheat(partial(evil_merge, change=better), {"L101", "E102"}),
    "an entry dropped within a merge": Cheat(partial(evil_merge, change=drop), {"L101"}),
    "the header changed within a merge": Cheat(
        partial(evil_merge, change=lambda text: text.replace("severity: 1", "severity: 3")),
        {"L103"},
    ),
    "a record deleted": Cheat(deleted, {"L104"}),
    "a record renamed": Cheat(renamed, {"L105"}),
    "a record deleted and created again": Cheat(recreated, {"L101", "L106", "E102"}),
    "a record copied into another day": Cheat(
        partial(copied, record=TICKET, day="/11/21/"), {"L114", "X210"}
    ),
    "a record copied under another id": Cheat(
        partial(copied, record="T20261120-7K3Q9N", day="/11/20/"), {"L114", "E101", "E131"}
    ),
    "a record lost in a merge that keeps its own side": Cheat(lost_in_ours, {"L104"}),
    "main swallowed by a branch that leaves a record out": Cheat(
        partial(lost_in_ours, swapped=True), {"L104"}
    ),
    "steps lost in a merge that keeps its own side": Cheat(
        steps_lost_in_ours, {"E101", "E132", "L101"}
    ),
    "a record replaced by a link": Cheat(linked_away, {"L103"}),
}


UNTRUE = {
    "the arrival claimed early and recorded late": Cheat(late(recorded="12:31"), {"E101"}),
    "the author's date set back": Cheat(author_date_set_back, {"E101"}),
    "the committer's clock set back": Cheat(set_back, {"E101", "E102", "E103"}),
    "a whole branch dated back": Cheat(dated_back_on_a_branch, {"E101", "E132"}),
    "a second parent dated years back": Cheat(dated_years_back, {"E102", "E103", "E132"}),
    "a branch kept back until the month's end": Cheat(kept_back, {"E101", "E104"}),
    "a commit set forward by decades": Cheat(
        partial(set_forward, when=at("00:00", "2099-01-01")), {"E102", "E103", "E104", "E107"}
    ),
    "a commit set forward to make honest work look late": Cheat(
        partial(set_forward, when=at("15:00")), {"E102", "E103"}
    ),
    "an arrival claimed before it happens": Cheat(
        late(claimed="11:00", recorded="10:30"), {"E102"}
    ),
    "a pause remembered when the time was up": Cheat(paused_late, {"E115"}),
    "a pause whose end was recorded late": Cheat(resumed_late, {"E115"}),
    "a fault taken down hours after the call": Cheat(opened_late, {"E101", "E131"}),
    "the time of a step corrected, which never is": Cheat(amended, {"X215"}),
    "the severity lowered without consent": Cheat(lowered, {"X206"}),
    "the severity lowered with the consent of one who may not": Cheat(
        partial(lowered, consent_by="factory-noc"), {"X207"}
    ),
}
FILED = {
    "a ticket cancelled and filed again": Cheat(
        partial(filed_again, how="cancelled"), {"E116", "E141"}
    ),
    "a ticket deleted and filed again": Cheat(
        partial(filed_again, how="deleted"), {"E116", "L104"}
    ),
    "a broken promise closed and filed again": Cheat(closed_and_filed_again, {"E116"}),
}
RULES_BENT = {
    "terms changed in place": Cheat(
        partial(
            contract_changed,
            old="arrive: {within: 2h, clock: always}",
            new="arrive: {within: 8h, clock: always}",
        ),
        {"E106"},
    ),
    "a holiday entered afterwards": Cheat(
        partial(contract_changed, old="      - {days: [2026-01-04", new=HOLIDAY), {"E111"}
    ),
    "weekly hours changed afterwards": Cheat(
        partial(contract_changed, old='fri: ["09:00-18:00"]', new='fri: ["16:00-18:00"]'),
        {"E111"},
    ),
    "the tolerance loosened": Cheat(
        partial(contract_changed, old="tolerance: 15m", new="tolerance: 4h"), {"E112"}
    ),
    "a rung of the ladder taken out": Cheat(
        partial(contract_changed, old="  - {at: 75%, level: 2, to: [supervisor]}\n", new=""),
        {"E112"},
    ),
    "the beginning of the evidence moved on": Cheat(
        partial(contract_changed, old="since: 2026-01-01T", new="since: 2026-12-01T"), {"E112"}
    ),
}
PEOPLE = {
    "work of one who had not come yet": Cheat(
        partial(not_on_the_staff, term="from: 2026-12-01"), {"E108"}
    ),
    "work of one who had left": Cheat(
        partial(not_on_the_staff, term="from: 2025-12-01, to: 2026-10-31"), {"E108"}
    ),
    "an arrival recorded by a colleague": Cheat(
        late(recorded="10:31", by=COLLEAGUE), {"E109"}, stands=False
    ),
    "an arrival recorded under a strange address": Cheat(
        late(recorded="10:31", by=NOBODY), {"E110"}, stands=False
    ),
    "an arrival recorded by an author without an address": Cheat(nameless, {"E110"}),
    "the customer's confirmation written by the desk": Cheat(incident, set()),
    "the customer's confirmation written by the desk as theirs": Cheat(
        partial(confirmed_in_their_name, by=DESK), {"E114"}
    ),
    "a countersignature by a contact who may not": Cheat(
        partial(
            countersigned, by="factory-noc", contact="factory-noc", recorder="noc@customer.example"
        ),
        {"E101", "X207"},
    ),
    "a countersignature written by the desk as theirs": Cheat(
        partial(countersigned, by="zhang-gong", contact="zhang-gong", recorder=DESK),
        {"E101", "E114"},
    ),
    "a countersignature in a superior's name": Cheat(
        partial(
            countersigned, by="factory-noc", contact="zhang-gong", recorder="noc@customer.example"
        ),
        {"E101", "E114"},
    ),
}
ROOTS = {"a past merged in from a second root": Cheat(second_root, {"L108"})}


CHEATS = DAMAGED | UNTRUE | FILED | RULES_BENT | PEOPLE | ROOTS
every_cheat = pytest.mark.parametrize("cheat", CHEATS.values(), ids=CHEATS)


def judged(repository: Repository) -> Book:
    return book_of(read_snapshot(Git(repository.path)), AS_OF)


def codes(book: Book) -> set[str]:
    """Those of the history, but that it has no log, and that its contract is loose: cheated or not."""
    return {one.code for one in book.findings if one.code[0] in "LEX"} - {"E124", "E134"}


def in_time(book: Book) -> list[Grade]:
    """The grades of the arrivals that were in time."""
    return [
        one.grade for one in book.verdicts if one.target == "arrive" and one.outcome is Outcome.MET
    ]


def test_the_incident_itself_is_no_cheat_and_its_arrival_was_late(tmp_path: Path) -> None:
    book = judged(incident(tmp_path / "clone"))
    assert codes(book) == {"E105"}
    assert {one.outcome for one in book.verdicts if one.target == "arrive"} == {Outcome.BREACHED}


@every_cheat
def test_a_dishonest_history_is_found_and_gains_nothing(tmp_path: Path, cheat: Cheat) -> None:
    book = judged(cheat.made(tmp_path / "clone"))
    assert codes(book) - {"E105"} == cheat.found
    assert (set(in_time(book)) <= {Grade.CONTRADICTED}) is cheat.stands


@pytest.mark.parametrize(
    "cheat",
    [
        one
        for one in CHEATS.values()
        if one.found & {"L101", "L102", "L103", "L104", "L105", "L106", "L108", "L114"}
    ],
    ids=[name for name, one in CHEATS.items() if any(code[0] == "L" for code in one.found)],
)
def test_damage_names_its_commit_and_the_command_printed_with_it_shows_both_texts(
    tmp_path: Path, cheat: Cheat
) -> None:
    repository = cheat.made(tmp_path / "clone")
    found = [one for one in judged(repository).findings if one.code[0] == "L"]
    assert found
    for one in found:
        said = repository.git(*shown(one))
        commit = str(one.facts["commit"])
        assert repository.git("log", "-1", "--format=%ae", commit) == one.facts["author"]
        told = [str(one.facts[key]) for key in ("old", "new") if one.facts[key]]
        if one.code == "L114":  # git shows the copy; what it is a copy of is beside it
            told = told[1:]
        assert [text for text in told or [one.place.path] if text not in said] == []


def shown(finding: Finding) -> list[str]:
    """The words of the command that a finding prints, after ``git``."""
    program, *rest = shlex.split(str(finding.facts["show"]))
    assert program == "git"
    return rest


@pytest.mark.parametrize("cheat", RULES_BENT.values(), ids=RULES_BENT)
def test_a_change_of_the_contract_is_shown_by_the_command_printed_with_it(
    tmp_path: Path, cheat: Cheat
) -> None:
    repository = cheat.made(tmp_path / "clone")
    for one in judged(repository).findings:
        if one.code in {"E106", "E111", "E112"}:
            said = repository.git(*shown(one)).splitlines()
            assert [line for line in said if line[:1] in "-+" and line[:3] not in {"---", "+++"}]
            assert one.facts["author"] == DESK


@pytest.mark.parametrize(
    ("made", "lateness"),
    [(squashed, {"E101", "E109", "E131"}), (cherry_picked, {"E101"})],
    ids=["squashed", "cherry-picked"],
)
def test_honest_work_that_lands_as_a_copy_looks_late_and_is_told_no_worse(
    tmp_path: Path, made: Callable[[Path], Repository], lateness: set[str]
) -> None:
    book = judged(made(tmp_path / "clone"))
    assert codes(book) - {"E105"} == lateness
    assert Severity.ERROR not in {RULES[code].severity for code in lateness}


def test_a_ticket_replaced_by_a_link_is_not_judged_at_all(tmp_path: Path) -> None:
    repository = linked_away(tmp_path / "clone")
    book = judged(repository)
    assert TICKET not in book.records.tickets
    assert {"R303"} <= {one.code for one in book.findings}


def test_a_commit_set_forward_buries_nothing_once_the_contract_distrusts_it(
    tmp_path: Path,
) -> None:
    buried = judged(set_forward(tmp_path / "buried", at("15:00")))
    assert Outcome.BREACHED in {one.outcome for one in buried.verdicts if one.target == "arrive"}
    told = set_forward(tmp_path / "told", at("15:00"), distrusted=True)
    assert in_time(judged(told)) == []  # nobody outside says that the clock was wrong
    keep_log(told, {told.git("rev-parse", "HEAD~2"): at("10:25"), told.head: at("10:42")})
    assert in_time(judged(told)) == [Grade.OWN_CLOCK]


def test_a_history_told_anew_lacks_the_commit_that_somebody_noted(tmp_path: Path) -> None:
    repository = rewritten(tmp_path / "clone")
    seen = repository.git("rev-parse", "seen")
    assert in_time(judged(repository)) == [Grade.SUPPORTED]  # from within, nothing is to be seen
    history = read_snapshot(Git(repository.path)).history
    (finding,) = check_descent(history, seen)
    assert (finding.code, finding.facts["commit"]) == ("L107", seen)
    assert seen[:7] in repository.git(*shown(finding))
    assert list(check_descent(history, repository.git("rev-parse", "HEAD~3"))) == []


def test_a_second_root_that_the_provider_alone_declares_afterwards_is_still_one(
    tmp_path: Path,
) -> None:
    repository = second_root(tmp_path / "clone")
    (found,) = [one for one in judged(repository).findings if one.code == "L108"]
    named = f"  roots: [{{commit: {found.facts['commit']}, reason: 并入备件库}}]\n"
    text = repository.read("records/contract.yaml")
    repository.write(
        "records/contract.yaml", text.replace("  main: main\n", f"  main: main\n{named}")
    )
    repository.commit("声明", at=at("10:00", "2026-11-21"), by="chen.jie@provider.example")
    assert codes(judged(repository)) == {"E105", "E112", "L108"}


def test_the_customers_own_word_is_told_from_one_given_for_them(tmp_path: Path) -> None:
    hands = {}
    for by in (DESK, CUSTOMER):
        book = judged(confirmed_in_their_name(tmp_path / by, by))
        hands[by] = [
            one.first_hand for one in book.proofs[TICKET].entries if one.entry.event == "confirmed"
        ]
        assert ("E114" in codes(book)) is (by == DESK)
    assert hands == {DESK: [False], CUSTOMER: [True]}
