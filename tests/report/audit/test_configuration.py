"""Every change of the configuration, with who wrote it and who else landed it, on real branches."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from building.audited import CONTRACT_FILE, CUSTOMER, DESK, MANAGER, book_at, change_file
from building.commands import record_repository
from building.contract import STAFF
from weibao.report.audit.configuration import configuration_of

if TYPE_CHECKING:
    from pathlib import Path

    from building.repository import Repository
    from weibao.report.audit.configuration import ConfigurationChange

LONGER = ("respond: {within: 30m", "respond: {within: 45m")
AT = "2026-11-20T10:00:00+08:00"


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return record_repository(tmp_path / "clone")


def last(repository: Repository) -> ConfigurationChange:
    return configuration_of(book_at(repository))[-1]


def proposed(repository: Repository, *, by: str = MANAGER) -> None:
    """Longer terms on a branch; HEAD is the official branch again."""
    repository.branch("terms")
    change_file(repository, CONTRACT_FILE, *LONGER, at=AT, by=by)
    repository.switch("main")


def test_the_files_of_the_first_commit_are_told_as_new(repository: Repository) -> None:
    changes = configuration_of(book_at(repository))

    assert [(one.path, one.kind, one.altered.alterations) for one in changes] == [
        (f"records/{name}.yaml", "added", ())
        for name in ("assets", "contract", "duty", "plan", "spares", "staff")
    ]


def test_a_change_that_its_author_lands_is_seen_by_nobody_else(repository: Repository) -> None:
    commit = change_file(repository, CONTRACT_FILE, *LONGER, at=AT)
    change = last(repository)

    assert (change.commit, change.landing_commit) == (commit, commit)
    assert (change.author.person, change.author.side) == ("chen-jie", "provider")
    assert change.landed_by is None
    assert [one.key for one in change.altered.alterations] == [
        "sla[2025-01-01].severities[1].targets.respond.within"
    ]


@pytest.mark.parametrize(
    ("by", "person", "side"),
    [
        (CUSTOMER, "zhang-gong", "customer"),
        (DESK, "wang-lei", "provider"),
        ("x@y.z", None, "unknown"),
    ],
)
def test_a_change_that_another_merges_is_landed_by_them(
    repository: Repository, by: str, person: str, side: str
) -> None:
    proposed(repository)
    merge = repository.merge("terms", at="2026-11-20T10:30:00+08:00", by=by)
    change = last(repository)

    assert change.landing_commit == merge
    assert change.landed - change.recorded == 30 * 60
    assert change.landed_by is not None
    assert (change.landed_by.person, change.landed_by.side) == (person, side)


def test_whoever_merges_their_own_change_is_nobody_else(repository: Repository) -> None:
    proposed(repository)
    repository.merge("terms", at="2026-11-20T10:30:00+08:00", by=MANAGER)

    assert last(repository).landed_by is None


def test_one_person_with_two_addresses_is_nobody_else(repository: Repository) -> None:
    listed = "git: [chen.jie@provider.example]"
    assert listed in STAFF
    change_file(
        repository,
        "records/staff.yaml",
        listed,
        "git: [chen.jie@provider.example, chen@home.example]",
        at="2026-11-20T09:50:00+08:00",
    )
    proposed(repository, by="Chen@home.example")
    repository.merge("terms", at="2026-11-20T10:30:00+08:00", by=MANAGER)

    assert last(repository).landed_by is None


def test_a_forge_that_commits_in_its_own_name_has_approved_of_nothing(
    repository: Repository,
) -> None:
    repository.write(CONTRACT_FILE, repository.read(CONTRACT_FILE).replace(*LONGER))
    repository.commit(at=AT, by=MANAGER, committer="noreply@forge.example")
    assert last(repository).landed_by is None
    repository.write(CONTRACT_FILE, repository.read(CONTRACT_FILE).replace("45m", "50m"))
    repository.commit(at="2026-11-20T11:00:00+08:00", by=MANAGER, committer=DESK)

    landed_by = last(repository).landed_by
    assert landed_by is not None
    assert landed_by.person == "wang-lei"


def test_a_file_that_is_gone_is_told_so(repository: Repository) -> None:
    repository.git("rm", "-q", "records/plan.yaml")
    repository.commit(at=AT, by=MANAGER)

    assert (last(repository).path, last(repository).kind) == ("records/plan.yaml", "deleted")


def test_a_merge_that_settles_a_conflict_is_a_change_of_its_own(repository: Repository) -> None:
    proposed(repository)
    change_file(repository, CONTRACT_FILE, "respond: {within: 30m", "respond: {within: 40m", at=AT)
    official = repository.read(CONTRACT_FILE)
    merge = repository.merge(
        "terms",
        at="2026-11-20T11:00:00+08:00",
        by=DESK,
        edit=lambda: repository.write(CONTRACT_FILE, official.replace("40m", "90m")),
    )
    change = last(repository)

    assert change.commit == merge
    assert [(one.before, one.after) for one in change.altered.alterations] == [("40m", "90m")]
