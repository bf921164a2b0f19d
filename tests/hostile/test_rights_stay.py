"""Rights, roles and addresses count as they stood when an act landed: who leaves takes none along.

The scene: a fault of severity 1, lowered to 3 by the consent of a contact, who then loses the right and leaves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from building.audited import CUSTOMER, book_at, change_file
from building.commands import PATH, record_repository
from building.contract import CONTRACT, STAFF, entry
from weibao.history.git.reader import Git
from weibao.history.growth.grown import NOTHING
from weibao.history.landed import Landed
from weibao.history.snapshot import files_at
from weibao.model.instant import parse_instant
from weibao.rules.check import check_files
from weibao.rules.merged import errors_brought

if TYPE_CHECKING:
    from pathlib import Path

    from building.repository import Repository

FILE, PEOPLE = "records/contract.yaml", "records/staff.yaml"
LEFT, GONE = "2026-11-23T09:00:00+08:00", "2026-11-24T09:00:00+08:00"
LATER = "2026-11-25T09:00:00+08:00"
AS_OF = "2026-12-10T09:00:00+08:00"
RIGHTS = "may: [declare, approve, consent, confirm, countersign]"
START = CONTRACT.index("  zhang-gong:")
CONTACT = CONTRACT[START : CONTRACT.index("  factory-noc:")]
ENGINEER = STAFF[STAFF.index("  li-qiang:") : STAFF.index("  zhao-min:")]
OTHER = CONTACT.replace("zhang-gong", "qian-gong").replace("zhang.gong", "qian.gong")
LOWERED = entry("09:30", "severity_agreed", by="wang-lei", severity=3, consent_by="zhang-gong")
OWED = {"X101", "X102", "X207", "E108", "E110", "E114"}


@pytest.fixture
def lowered(tmp_path: Path) -> Repository:
    """Taken in, lowered with the customer's consent and confirmed, each recorded at once."""
    repository = record_repository(tmp_path / "clone")
    for line, at, by in (
        (LOWERED, "09:31", "wang.lei@provider.example"),
        (entry("10:30", "arrived"), "10:31", "li.qiang@provider.example"),
        (
            entry("12:00", "resolved", mode="on_site", cause="内存故障", action="更换"),
            "12:01",
            "li.qiang@provider.example",
        ),
        (
            entry("14:00", "confirmed", by="zhang-gong", contact="zhang-gong", via="portal"),
            "14:01",
            CUSTOMER,
        ),
    ):
        repository.append(PATH, line)
        repository.commit("一步", at=f"2026-11-20T{at}:00+08:00", by=by)
    return repository


def leave(repository: Repository) -> None:
    """The contact's rights are emptied, then the contact is removed; another has come in between."""
    change_file(repository, FILE, RIGHTS, "may: []", at=LEFT)
    gone = CONTACT.replace(RIGHTS, "may: []")
    change_file(repository, FILE, gone, OTHER, at=GONE)


def told(repository: Repository) -> set[str]:
    """What the Book says of people and rights."""
    return {one.code for one in book_at(repository, as_of=AS_OF).findings} & OWED


def checked(repository: Repository) -> set[str]:
    """What a check of the working tree says, as ``weibao check`` asks it."""
    git = Git(repository.path)
    files, modes = files_at(git, "HEAD")
    found = check_files(files, modes, parse_instant(AS_OF), stood=Landed(git, "HEAD", None).stood)
    return {one.code for one in found} & OWED


def verdicts(repository: Repository) -> list[tuple[object, ...]]:
    return [
        (one.order, one.outcome, one.due, one.severity)
        for one in book_at(repository, as_of=AS_OF).verdicts
    ]


def test_a_contact_who_leaves_takes_no_consent_along(lowered: Repository) -> None:
    before = verdicts(lowered)
    assert any(row[-1] == 3 for row in before)
    leave(lowered)
    assert verdicts(lowered) == before
    assert (told(lowered), checked(lowered)) == (set(), set())
    (said,) = (
        one
        for one in book_at(lowered, as_of=AS_OF).proofs["T20261120-7K3Q9M"].entries
        if one.entry.event == "confirmed"
    )
    assert said.first_hand


def test_a_consent_that_landed_after_the_right_was_gone_counts_for_nothing(tmp_path: Path) -> None:
    repository = record_repository(tmp_path / "clone")
    change_file(repository, FILE, RIGHTS, "may: [declare]", at="2026-11-20T09:20:00+08:00")
    repository.append(PATH, LOWERED)
    repository.commit("降级", at="2026-11-20T09:31:00+08:00", by="wang.lei@provider.example")
    assert {row[-1] for row in verdicts(repository)} == {1}
    assert (told(repository), checked(repository)) == ({"X207"}, {"X207"})
    # Nor does the right that is given afterwards reach back.
    change_file(repository, FILE, "may: [declare]", RIGHTS, at=LATER)
    assert {row[-1] for row in verdicts(repository)} == {1}


def test_a_person_who_leaves_the_staff_leaves_their_work(lowered: Repository) -> None:
    before = verdicts(lowered)
    change_file(lowered, PEOPLE, ENGINEER, "", at=LEFT)
    change_file(lowered, "records/duty.yaml", "[li-qiang, zhao-min]", "[zhao-min]", at=LEFT)
    assert verdicts(lowered) == before
    assert (told(lowered), checked(lowered)) == (set(), set())


def test_a_step_of_somebody_who_had_left_by_its_landing_is_told(lowered: Repository) -> None:
    change_file(lowered, PEOPLE, ENGINEER, "", at=LEFT)
    change_file(lowered, "records/duty.yaml", "[li-qiang, zhao-min]", "[zhao-min]", at=LEFT)
    lowered.append(PATH, entry("15:00", "updated", by="li-qiang", note="已恢复"))
    lowered.commit("补记", at=LATER, by="wang.lei@provider.example")
    assert told(lowered) == {"X101", "E108"}
    assert checked(lowered) == {"X101"}


def test_an_address_that_was_ever_the_staffs_never_makes_a_customers_act(
    tmp_path: Path,
) -> None:
    repository = record_repository(tmp_path / "clone")
    own = "li.qiang@provider.example"
    change_file(repository, PEOPLE, f"git: [{own}]", "git: [li@provider.example]", at=LEFT)
    given = f"git: [zhang.gong@customer.example, {own}]"
    change_file(repository, FILE, "git: [zhang.gong@customer.example]", given, at=GONE)
    repository.append(
        PATH, entry("14:00", "confirmed", by="zhang-gong", contact="zhang-gong", via="portal")
    )
    repository.commit("确认", at=LATER, by=own)
    book = book_at(repository, as_of=AS_OF)
    assert book.addresses[own] == "li-qiang"
    assert book.proofs["T20261120-7K3Q9M"].entries[-1].first_hand is False
    assert "E114" in told(repository)


def test_an_address_that_is_handed_on_serves_each_holder_in_turn(lowered: Repository) -> None:
    shared = OTHER.replace("qian.gong@", "zhang.gong@")
    change_file(lowered, FILE, CONTACT, shared, at=LEFT)
    lowered.append(PATH, entry("15:00", "updated", by="qian-gong", note="已看到"))
    said = entry("15:05", "confirmed", by="qian-gong", contact="qian-gong", via="portal")
    lowered.append(PATH, said)
    lowered.commit("确认", at=LATER, by=CUSTOMER)
    assert "E114" not in told(lowered)
    confirmed = [
        one.first_hand
        for one in book_at(lowered, as_of=AS_OF).proofs["T20261120-7K3Q9M"].entries
        if one.entry.event == "confirmed"
    ]
    assert confirmed == [True, True]


def test_a_merge_that_removes_a_contact_is_not_held_to_what_has_landed(
    lowered: Repository,
) -> None:
    git = Git(lowered.path)
    before = files_at(git, "HEAD")
    leave(lowered)
    after = files_at(git, "HEAD")
    assert errors_brought(before, after, {FILE}, parse_instant(AS_OF), NOTHING, after[0]) == ()


def test_git_is_asked_for_older_editions_only_where_a_reference_fails(
    lowered: Repository,
) -> None:
    def processes() -> int:
        git = Git(lowered.path)
        files, modes = files_at(git, "HEAD")
        begun = git.processes
        stood = Landed(git, "HEAD", {PATH}).stood
        found = check_files(files, modes, parse_instant(AS_OF), only={PATH}, stood=stood)
        assert not {one.code for one in found} & OWED
        return git.processes - begun

    assert processes() == 0
    leave(lowered)
    assert 0 < processes() <= 6


def test_the_check_does_not_excuse_what_never_landed(lowered: Repository) -> None:
    leave(lowered)
    lowered.append(PATH, entry("15:00", "updated", by="zhang-gong", note="已恢复"))
    git = Git(lowered.path)
    files, modes = files_at(git, "HEAD")
    files[PATH] = lowered.read(PATH).encode()
    found = check_files(files, modes, parse_instant(AS_OF), stood=Landed(git, "HEAD", None).stood)
    assert {one.code for one in found} & OWED == {"X101"}
