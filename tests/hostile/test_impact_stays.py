"""What a service lost stays lost: no later edit, no typed consent and no correction makes it less."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from building.audited import book_at
from building.commands import PATH, record_repository
from building.contract import CONTRACT, entry
from building.sightings import keep_log
from hostile.threats import Ending, caught
from weibao.report.headline import Mood, Statement, headline
from weibao.sla.condition import Condition

if TYPE_CHECKING:
    from pathlib import Path

    from building.repository import Repository
    from weibao.sla.availability import ServiceAvailability

FILE = "records/contract.yaml"
AS_OF = "2026-11-20T13:00:00+08:00"
GROUP = "groups: {core: {assets: [core-sw-01, acc-sw-02], need: 1}}"
WEIGHTS = "weights: {outage: 0}"
TABLE = "impact: [{kind: fault, severity: 1, asset: none, service: none}]"
LOWERED = entry(
    "10:00", "impact", by="wang-lei", impact="[{on: mes, state: none}]", consent_by="zhang-gong"
)
LETTER = "\x89PNG\n客户来函"
STORED = f"records/attachments/{sha256(LETTER.encode()).hexdigest()[:2]}/{sha256(LETTER.encode()).hexdigest()}.png"
NAMING = "[{at: 2026-11-20T10:00:00+08:00, event: impact}]"


def terms(said: str, since: str = "2026-01-01") -> str:
    return f"availability: [{{effective_from: {since}, {said}}}]\n"


def mes(repository: Repository, as_of: str = AS_OF) -> ServiceAvailability:
    return book_at(repository, as_of=as_of).availability.services["mes"]


def codes(repository: Repository) -> set[str]:
    return {finding.code for finding in book_at(repository, as_of=AS_OF).findings}


def restored(tmp_path: Path, contract: str = CONTRACT) -> Repository:
    """A fault of severity 1 that lasted from 09:12 to 11:12."""
    repository = record_repository(tmp_path / "clone", contract=contract)
    repository.append(PATH, entry("11:12", "restored", mode="on_site"))
    repository.commit("恢复", at="2026-11-20T11:13:00+08:00", by="wang.lei@provider.example")
    return repository


@pytest.mark.parametrize("said", [GROUP, WEIGHTS, TABLE], ids=["a group", "weights", "the table"])
def test_terms_of_availability_that_come_afterwards_move_nothing(tmp_path: Path, said: str) -> None:
    repository = restored(tmp_path)
    before = mes(repository)
    repository.write(FILE, CONTRACT + terms(said))
    repository.commit("改条款", at="2026-11-20T12:00:00+08:00", by="chen.jie@provider.example")
    after = mes(repository)
    assert before.by_condition == after.by_condition == {Condition.OUTAGE: 7200}
    assert before.lost == after.lost == 7200
    caught("groups as they suit", Ending.LOST)


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (FILE, CONTRACT, CONTRACT + terms(TABLE)),
        ("records/assets.yaml", "    services: [mes]\n", ""),
        ("records/assets.yaml", "to: 2026-12-31", "to: 2026-11-19"),
    ],
    ids=["the table", "what rests on it", "its cover"],
)
def test_nothing_that_is_settled_while_it_is_down_ends_an_outage(
    tmp_path: Path, path: str, old: str, new: str
) -> None:
    repository = record_repository(tmp_path / "clone")
    text = repository.read(path)
    assert old in text
    repository.write(path, text.replace(old, new, 1))
    repository.commit("改", at="2026-11-20T10:06:00+08:00", by="chen.jie@provider.example")
    book = book_at(repository, as_of=AS_OF)
    assert headline(book).services.mood in {Mood.BAD, Mood.UNKNOWN}
    (day,) = book.availability.services["mes"].troubled_days
    assert day.seconds == {Condition.OUTAGE: 228 * 60}


def test_weights_that_are_dated_back_count_from_when_the_forge_first_saw_them(
    tmp_path: Path,
) -> None:
    repository = record_repository(tmp_path / "clone")
    repository.write(FILE, CONTRACT + terms(WEIGHTS))
    repository.commit("权重", at="2026-11-20T09:00:30+08:00", by="chen.jie@provider.example")
    repository.append(PATH, entry("11:12", "restored", mode="on_site"))
    repository.commit("恢复", at="2026-11-20T14:30:00+08:00", by="wang.lei@provider.example")
    keep_log(repository, {repository.head: "2026-11-20T14:31:00+08:00"})
    assert mes(repository, "2026-11-20T15:00:00+08:00").lost > 7200


def test_a_severity_lowered_by_a_typed_consent_takes_nothing_off_the_outage(tmp_path: Path) -> None:
    repository = record_repository(tmp_path / "clone")
    lowered = entry(
        "10:00", "severity_agreed", by="wang-lei", severity="3", consent_by="zhang-gong"
    )
    repository.append(PATH, lowered)
    repository.commit("降级", at="2026-11-20T10:01:00+08:00", by="wang.lei@provider.example")
    repository.append(PATH, entry("11:12", "restored", mode="on_site"))
    repository.commit("恢复", at="2026-11-20T11:13:00+08:00", by="wang.lei@provider.example")
    assert mes(repository).by_condition == {Condition.OUTAGE: 7200}


def test_a_fault_is_no_duplicate_of_what_is_none(tmp_path: Path) -> None:
    repository = record_repository(tmp_path / "clone")
    asked = (
        repository.read(PATH)
        .replace("7K3Q9M", "7K3Q9Q")
        .replace("kind: fault", "kind: consultation")
    )
    path = PATH.replace("7K3Q9M", "7K3Q9Q")
    repository.write(path, asked)
    more = {"reason": "重复受理", "duplicate_of": "T20261120-7K3Q9Q"}
    repository.append(PATH, entry("09:22", "cancelled", by="wang-lei", **more))
    repository.commit("取消", at="2026-11-20T09:23:00+08:00", by="wang.lei@provider.example")
    assert "X220" in codes(repository)


def test_a_ticket_that_is_not_read_for_its_mode_leaves_the_service_unknown(tmp_path: Path) -> None:
    repository = record_repository(tmp_path / "clone")
    repository.git("update-index", "--chmod=+x", PATH)
    repository.git("commit", "-m", "mode")
    found = headline(book_at(repository, as_of=AS_OF))
    assert found.services.says is Statement.NOT_KNOWN
    assert found.record.mood is Mood.BAD


def test_the_honest_twin_the_same_terms_from_the_beginning_count(tmp_path: Path) -> None:
    found = mes(restored(tmp_path, CONTRACT + terms(GROUP)))
    assert found.by_condition == {Condition.DEGRADED: 7200}


def test_a_consent_that_the_desk_typed_lowers_no_impact_and_is_told(tmp_path: Path) -> None:
    repository = restored(tmp_path)
    repository.append(PATH, LOWERED)
    repository.commit("降低影响", at="2026-11-20T12:01:00+08:00", by="wang.lei@provider.example")
    assert mes(repository).by_condition == {Condition.OUTAGE: 7200}
    caught("impact talked down", Ending.LOST, codes(repository) & {"E126"})


def test_the_honest_twin_a_letter_that_shows_the_consent_lowers_it(tmp_path: Path) -> None:
    repository = record_repository(tmp_path / "clone")
    repository.append(PATH, LOWERED)
    repository.commit("降低影响", at="2026-11-20T10:01:00+08:00", by="wang.lei@provider.example")
    repository.write(STORED, LETTER)
    digest = sha256(LETTER.encode()).hexdigest()
    more = {"file": STORED, "sha256": digest, "entries": NAMING}
    repository.append(PATH, entry("10:10", "attached", by="wang-lei", **more))
    repository.append(PATH, entry("11:12", "restored", mode="on_site"))
    repository.commit("附函", at="2026-11-20T11:13:00+08:00", by="wang.lei@provider.example")
    assert mes(repository).by_condition == {Condition.OUTAGE: 48 * 60}
    assert "E126" not in codes(repository)


def test_a_correction_of_the_impact_that_betters_it_waits_for_the_customer(tmp_path: Path) -> None:
    repository = restored(tmp_path)
    said = {"field": "impact", "value": "[{on: mes, state: none}]", "reason": "登记时写错"}
    repository.append(PATH, entry("12:00", "amended", by="wang-lei", **said))
    repository.commit("更正", at="2026-11-20T12:01:00+08:00", by="wang.lei@provider.example")
    assert mes(repository).by_condition == {Condition.OUTAGE: 7200}
    caught("impact talked down", Ending.LOST, codes(repository) & {"E123"})


OPENING = "[{at: 2026-11-20T11:20:00+08:00, event: opened}]"


@pytest.mark.parametrize(
    ("letter", "minutes"),
    [("none", 10), ("on nothing", 10), ("on the opening", 0), ("too late", 10), ("older", 10)],
)
def test_a_window_whose_approval_nothing_shows_is_an_outage(
    tmp_path: Path, letter: str, minutes: int
) -> None:
    """What shows it is a letter on the ticket's opening that came with it, or later, and before the window."""
    repository = restored(tmp_path)
    if letter != "none":
        repository.write(STORED, LETTER)
    if letter == "older":
        repository.commit("附函", at="2026-11-20T11:13:00+08:00", by="wang.lei@provider.example")
    made = repository.read(PATH).partition("log:\n")[0]
    planned = (
        made.replace("T20261120-7K3Q9M", "T20261120-7K3Q9P")
        .replace("kind: fault", "kind: downtime")
        .replace("severity: 1\n", "")
    )
    window = (
        "window: {start: 2026-11-20T11:30:00+08:00, end: 2026-11-20T12:30:00+08:00}\n"
        "approved_by: zhang-gong\nrollback: 还原\n"
    )
    more = {"file": STORED, "sha256": sha256(LETTER.encode()).hexdigest()}
    more |= {"entries": OPENING} if letter != "on nothing" else {}
    filed = entry("11:21", "attached", by="wang-lei", **more)
    done = (
        entry("11:50", "arrived"),
        entry("12:00", "resolved", mode="on_site", cause="计划", action="完成"),
    )
    path = PATH.replace("7K3Q9M", "7K3Q9P")
    log = [entry("11:20", "opened", by="wang-lei"), *([] if letter == "none" else [filed])]
    if letter != "too late":
        repository.write(path, f"{planned}{window}log:\n" + "\n".join(log) + "\n")
        repository.commit("停机", at="2026-11-20T11:22:00+08:00", by="wang.lei@provider.example")
    repository.write(path, f"{planned}{window}log:\n" + "\n".join([*log, *done]) + "\n")
    repository.commit("停机", at="2026-11-20T12:01:00+08:00", by="wang.lei@provider.example")
    kinds = {Condition.OUTAGE: 7200 + minutes * 60}
    kinds |= {} if minutes else {Condition.MAINTENANCE: 1800}
    assert mes(repository).by_condition == kinds
    if minutes:
        caught("window approved in words", Ending.LOST)


def paused(tmp_path: Path, reason: str) -> Repository:
    """The fault with a pause from 09:30 until it was restored at 11:12."""
    repository = record_repository(tmp_path / "clone")
    repository.append(PATH, entry("09:30", "paused", reason=reason, note="门禁"))
    repository.commit("暂停", at="2026-11-20T09:31:00+08:00")
    repository.append(PATH, entry("11:12", "restored", mode="on_site"))
    repository.commit("恢复", at="2026-11-20T11:13:00+08:00")
    return repository


def test_a_correction_that_makes_a_pause_the_carriers_waits_for_the_customer(
    tmp_path: Path,
) -> None:
    repository = paused(tmp_path, "site_access")
    before = mes(repository)
    named = "{at: 2026-11-20T09:30:00+08:00, event: paused}"
    said = {"field": "reason", "value": "third_party_carrier", "reason": "登记时写错"}
    repository.append(PATH, entry("12:00", "amended", by="wang-lei", entry=named, **said))
    repository.commit("更正", at="2026-11-20T12:01:00+08:00", by="wang.lei@provider.example")
    after = mes(repository)
    assert (after.lost_by_contract, after.excluded_seconds) == (before.lost_by_contract, 0)
    assert after.lost_by_contract == 7200
    caught("pause put on the carrier", Ending.LOST, codes(repository) & {"E123"})


def test_the_honest_twin_a_pause_that_was_the_carriers_from_the_start_is_left_out(
    tmp_path: Path,
) -> None:
    found = mes(paused(tmp_path, "third_party_carrier"))
    assert (found.lost, found.lost_by_contract) == (7200, 18 * 60)
