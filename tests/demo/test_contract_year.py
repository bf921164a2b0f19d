"""The example as a whole: valid, whole, lifelike, and the same every time."""

from __future__ import annotations

import os
import subprocess
import time
from collections import Counter
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from building.repository import clean_environment
from demo.making import UNTIL, Example, example
from weibao.demo.aftermath import INTERNAL_MARK
from weibao.demo.contract_year import FEW, contract_day, make_demo
from weibao.demo.hours import ZONE, at_time
from weibao.demo.people import CLIENTS, STAFF
from weibao.history.git.reader import Git
from weibao.history.snapshot import read_snapshot
from weibao.model.fold import missteps
from weibao.model.instant import local_day, parse_instant
from weibao.model.pictures import stripped_picture
from weibao.operations.on_duty import on_duty, shifts
from weibao.refusal import Exit, Refusal
from weibao.render.edition.previews import LIGHT, can_preview
from weibao.report.asset_file import asset_history
from weibao.report.due.due import due
from weibao.report.due.item import Harm
from weibao.report.opening import book_of
from weibao.rules.catalogue import RULES, Severity
from weibao.rules.check import check_files
from weibao.sla.verdict import Outcome, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from weibao.model.entry import Entry
    from weibao.model.finding import Finding

UNEXPLAINED = 2


def errors(findings: Iterable[Finding]) -> list[Finding]:
    return [one for one in findings if RULES[one.code].severity is Severity.ERROR]


def outcomes(year: Example, outcome: Outcome) -> list[Verdict]:
    return [one for one in year.book.verdicts if one.outcome is outcome]


def entries(year: Example) -> list[Entry]:
    return [entry for ticket in year.book.records.tickets.values() for entry in ticket.log]


# Valid and whole


def test_check_finds_nothing_at_all(year: Example) -> None:
    snapshot = year.book.snapshot

    assert check_files(snapshot.files, snapshot.modes, at_time(UNTIL, 0)) == ()


def test_nothing_is_recorded_on_the_last_day_so_that_no_hour_of_it_is_too_early(
    year: Example,
) -> None:
    commits = year.book.snapshot.history.commits.values()

    assert max(one.commit_time for one in commits) < at_time(UNTIL, 0)


def test_every_record_follows_its_lifecycle(year: Example) -> None:
    records = year.book.records
    kinds = (("ticket", records.tickets), ("inspection", records.inspections))

    wrong = [
        (record.id, misstep)
        for kind, found in kinds
        for record in found.values()
        for misstep in missteps(kind, record.log)
    ]

    assert wrong == []


def test_records_only_ever_grew(year: Example) -> None:
    assert [(one.name, one.findings) for one in year.book.checks if not one.passed] == []


def test_ids_are_of_the_day_of_the_report(year: Example) -> None:
    for ticket in year.book.records.tickets.values():
        assert ticket.id[1:9] == f"{local_day(ticket.reported_at, ZONE):%Y%m%d}"


def test_the_only_errors_are_the_breaches_left_unexplained_and_the_one_that_a_date_hid(
    year: Example,
) -> None:
    found = {(one.code, one.record) for one in errors(year.book.findings)}
    without_log = book_of(read_snapshot(Git(year.path), "HEAD", ""), year.book.as_of)
    unexplained = {(one.code, one.record) for one in errors(without_log.findings)}
    assert [code for code, _ in unexplained] == ["S102"] * UNEXPLAINED
    assert [code for code, _ in found - unexplained] == ["S102"]


def test_stock_is_never_negative_and_nothing_unverified_was_issued(year: Example) -> None:
    stock = year.book.stock

    assert stock.wrong == ()
    unverified = [piece for piece in stock.pieces.values() if not piece.verified]
    assert [piece.state for piece in unverified] == ["in_stock"]


def test_one_count_has_a_variance_and_the_next_of_the_part_has_none(year: Example) -> None:
    counts = year.book.stock.counts
    odd = [place for place, one in enumerate(counts) if one.missing or one.surplus]

    assert len(odd) == 1
    part = counts[odd[0]].part
    again = next(one for one in counts[odd[0] + 1 :] if one.part == part)
    assert again.expected == again.found


def test_each_part_that_was_fitted_had_been_issued_to_that_ticket(year: Example) -> None:
    pieces = year.book.stock.pieces
    fitted = [
        (ticket.id, entry.data["part"], entry.data["installed_serial"])
        for ticket in year.book.records.tickets.values()
        for entry in ticket.log
        if entry.event == "part_replaced"
    ]

    assert len(fitted) > 10
    for ticket, part, serial in fitted:
        assert pieces[part, serial].ticket == ticket


def test_tickets_are_taken_in_by_who_had_the_duty(year: Example) -> None:
    records = year.book.records
    for ticket in records.tickets.values():
        if ticket.channel in {"phone", "email", "portal", "monitoring"}:
            duty = {one.rota: one.person for one in on_duty(records.duty, ticket.reported_at)}
            assert ticket.received_by == duty["desk"]


def test_who_is_sent_holds_the_makers_certificate_for_the_asset(year: Example) -> None:
    records = year.book.records
    for ticket in records.tickets.values():
        if not ticket.assets:
            assert ticket.kind in {"complaint", "drill"}
            continue
        asset = records.assets[ticket.assets[0]]
        day = local_day(ticket.reported_at, ZONE)
        owner = [entry.data["to"] for entry in ticket.log if entry.event == "assigned"][-1]
        held = {
            one.vendor for one in records.staff.people[owner].certificates if one.term.covers(day)
        }
        assert asset.kind == "line" or asset.vendor in held


def test_every_commit_is_by_one_of_the_contracts_people(year: Example) -> None:
    known = {one.identity.email for one in (*STAFF, *CLIENTS)}
    authors = {one.author.email for one in year.book.snapshot.history.commits.values()}

    assert authors <= known
    assert len(authors) > 15


# Lifelike


def test_it_has_what_the_issue_asks_for(year: Example) -> None:
    records, result = year.book.records, year.result
    kinds = Counter(ticket.kind for ticket in records.tickets.values())
    channels = Counter(ticket.channel for ticket in records.tickets.values())
    severities = Counter(ticket.severity for ticket in records.tickets.values())

    assert (result.tickets, result.inspections) == (182, 40)
    assert 55 <= result.movements <= 85
    assert min(kinds[kind] for kind in ("fault", "consultation", "request")) > 15
    assert min(kinds[kind] for kind in ("upgrade", "downtime", "exchange")) >= 4
    assert kinds["complaint"] == kinds["drill"] == 1
    assert set(channels) == {"phone", "pm", "engineer", "email", "portal", "monitoring"}
    assert {1, 2, 3, 4} <= set(severities)
    events = Counter(entry.event for entry in entries(year))
    assert events["paused"] >= 10
    assert events["reopened"] >= 2
    assert events["escalated"] >= 20
    assert {entry.event for entry in records.spares.log} == {
        "received",
        "issued",
        "returned",
        "moved",
        "rma_sent",
        "rma_returned",
        "scrapped",
        "counted",
    }


def test_a_severity_was_raised_and_one_lowered_with_consent(year: Example) -> None:
    changes = [
        (ticket.severity, entry.data["severity"], entry.data.get("consent_by"))
        for ticket in year.book.records.tickets.values()
        for entry in ticket.log
        if entry.event == "severity_agreed" and ticket.severity is not None
    ]

    assert any(agreed < declared for declared, agreed, _ in changes)
    assert any(agreed > declared and consent for declared, agreed, consent in changes)


def test_most_promises_are_kept_and_a_handful_are_not(year: Example) -> None:
    met, breached = (len(outcomes(year, one)) for one in (Outcome.MET, Outcome.BREACHED))

    assert 0.90 <= met / (met + breached) <= 0.97
    assert len(outcomes(year, Outcome.WAIVED)) > 20
    assert len(outcomes(year, Outcome.CANCELLED)) > 0
    assert outcomes(year, Outcome.UNDETERMINED) == []


def test_one_backdated_step_is_caught_by_the_evidence(year: Example) -> None:
    caught = [
        one
        for one in outcomes(year, Outcome.BREACHED)
        if one.on_claim is Outcome.MET and one.target == "restore"
    ]

    assert [one.grade.value for one in caught] == ["C"]


def test_late_entries_are_judged_at_the_evidence_unless_the_customer_countersigned(
    year: Example,
) -> None:
    grades = Counter(
        one.grade.value for proof in year.book.proofs.values() for one in proof.entries
    )

    assert set(grades) == {"A", "B", "C", "O"}
    assert grades["A"] > 0.95 * grades.total()


def test_confirmations_are_mostly_reported_and_some_are_first_hand(year: Example) -> None:
    hands = Counter(
        one.first_hand
        for proof in year.book.proofs.values()
        for one in proof.entries
        if one.entry.event == "confirmed"
    )

    assert 0 < hands[True] < hands[False]


def test_branches_are_merged_in_time_and_one_or_two_late(year: Example) -> None:
    history = year.book.snapshot.history
    merges = [one for one in history.commits.values() if len(one.parents) > 1]
    waits = [
        history.time[merge.id] - history.commits[merge.parents[1]].commit_time for merge in merges
    ]

    assert len(merges) >= 10
    assert 1 <= sum(wait > 4 * 3600 for wait in waits) <= 2


def test_a_merge_keeps_both_sides_of_a_record_that_two_people_added_to(year: Example) -> None:
    history = year.book.snapshot.history
    woven = [
        change
        for change in history.changes
        if len(change.before) > 1 and change.after and None not in change.before
    ]

    assert len(woven) >= 2
    for change in woven:
        after = history.blobs[change.after or ""].splitlines()
        for blob in change.before:
            lines = history.blobs[blob or ""].splitlines()
            assert [line for line in after if line in lines] == lines


@pytest.mark.parametrize("hour", [0, 12, 23])
def test_at_any_hour_of_the_last_day_a_ticket_is_at_risk_and_none_is_long_overdue(
    year: Example, hour: int
) -> None:
    book = book_of(year.book.snapshot, at_time(UNTIL, hour, 59))

    assert 6 <= len(book.open_tickets) <= 10
    assert any(one.outcome is Outcome.AT_RISK for one in book.verdicts)
    broken = [item for item in due(book, book.as_of) if item.harm is Harm.BROKEN]
    assert all(book.as_of - item.instant < 12 * 3600 for item in broken)
    assert 2 in {ticket.severity for ticket in book.open_tickets}


def test_the_texts_have_no_places_left_to_fill(year: Example) -> None:
    for ticket in year.book.records.tickets.values():
        said = [ticket.title, ticket.description, ticket.rollback]
        said += [entry.note for entry in ticket.log]
        said += [str(value) for entry in ticket.log for value in entry.data.values()]
        for text in said:
            assert "{contact}" not in text
            assert "…" not in text
            assert not any(sign in text for sign in ("{asset", "{site", "{app", "None", "TODO"))


def test_tickets_do_not_read_as_copies(year: Example) -> None:
    tickets = year.book.records.tickets.values()
    titles = Counter(ticket.title for ticket in tickets)

    assert len(titles) > 0.85 * len(tickets)
    assert len({ticket.description for ticket in tickets}) > 0.9 * len(tickets)


def test_internal_notes_are_marked_and_the_mark_is_nowhere_else(year: Example) -> None:
    mark = INTERNAL_MARK.encode()
    internal = [entry for entry in entries(year) if entry.internal]

    assert len(internal) >= 3
    assert all(INTERNAL_MARK in entry.note for entry in internal)
    lines = [line for raw in year.book.snapshot.files.values() for line in raw.splitlines()]
    assert sum(mark in line for line in lines) == len(internal)


def test_planned_work_is_done_within_its_window_but_for_one_that_is_missed_and_one_overrun(
    year: Example,
) -> None:
    late = []
    for ticket in year.book.records.tickets.values():
        if ticket.window is None:
            continue
        start, end = ticket.window
        steps = [entry.at for entry in ticket.log if entry.event in {"arrived", "resolved"}]
        assert all(start <= at for at in steps)
        late += [ticket.id] if any(at > end for at in steps) else []
        assert ticket.approved_by
        assert ticket.rollback
    told = [one for one in year.book.findings if one.code in {"O237", "O238", "O239"}]
    assert sorted(one.code for one in told) == ["O237", "O238"]
    assert late == [one.record for one in told if one.code == "O238"]


def test_severity_1_and_2_are_told_to_the_project_manager_within_a_quarter_of_an_hour(
    year: Example,
) -> None:
    for ticket in year.book.records.tickets.values():
        if ticket.severity in {1, 2} and ticket.channel != "pm":
            told = [entry.at for entry in ticket.log if entry.event == "notified"]
            assert min(told) - ticket.reported_at <= 15 * 60


def test_configuration_lands_before_the_term_and_terms_before_they_take_effect(
    year: Example,
) -> None:
    history = year.book.snapshot.history
    contract = [one for one in history.changes if one.path == "records/contract.yaml"]
    starts = at_time(year.book.records.contract.start, 0)

    assert history.time[contract[0].commit] < starts
    assert len(year.book.records.contract.terms) == 2
    assert not any(one.code == "E106" for one in year.book.findings)


def test_every_moment_of_the_term_has_a_desk_and_an_engineer(year: Example) -> None:
    records = year.book.records
    start, end = at_time(records.contract.start, 0), at_time(UNTIL, 0)
    for rota in ("desk", "engineer"):
        spans = shifts(records.duty, rota, start, end)
        assert spans[0].start <= start
        assert all(one.end == other.start for one, other in pairwise(spans))
        away = [
            (span, leave)
            for span in spans
            for leave in records.duty.leave
            if leave.who == span.person and leave.start < span.end and span.start < leave.end
        ]
        assert away == []
    assert records.duty.stand_ins


# Deterministic, quick, and refused where it must be


def test_the_same_seed_and_day_give_the_same_commit_whatever_gits_settings_are(
    year: Example, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = tmp_path / "gitconfig"
    settings.write_text(
        "[init]\n\tdefaultBranch = trunk\n[core]\n\tautocrlf = true\n[user]\n\tname = somebody\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))

    again = make_demo(tmp_path / "again", tickets=180, seed=1, until=UNTIL)

    assert again == year.result
    assert not (tmp_path / "elsewhere").exists()


def test_another_seed_gives_another_year(tmp_path: Path) -> None:
    one = make_demo(tmp_path / "one", tickets=30, seed=1, until=UNTIL, closed=False)
    other = make_demo(tmp_path / "other", tickets=30, seed=2, until=UNTIL, closed=False)

    assert one.commit != other.commit
    assert one.tickets == other.tickets == 32


@pytest.mark.parametrize(
    ("until", "tickets"),
    [
        (date(2026, 3, 15), 30),
        (date(2027, 2, 1), 30),
        (date(2026, 10, 5), 60),
        (date(2028, 2, 29), 12),
    ],
)
def test_it_ends_on_any_day_with_any_number_of_tickets(
    tmp_path: Path, until: date, tickets: int
) -> None:
    made = example(tmp_path / "demo", tickets=tickets, until=until)
    snapshot = made.book.snapshot

    assert made.result.tickets == tickets + (2 if tickets >= FEW else 0)
    assert check_files(snapshot.files, snapshot.modes, at_time(until, 0)) == ()
    covered = made.book.records.contract.calendars["workdays"].covers_to >= until
    assert {one.code for one in errors(made.book.findings)} <= {
        "S102",
        *([] if covered else ["S104"]),
    }
    assert made.book.records.contract.start <= until <= made.book.records.contract.end
    assert made.book.open_tickets


def test_a_year_whose_holidays_are_not_announced_is_not_covered(tmp_path: Path) -> None:
    made = example(tmp_path / "demo", tickets=30, until=date(2027, 2, 1))

    assert made.book.records.contract.calendars["workdays"].covers_to == date(2026, 12, 31)
    undetermined = [one for one in made.book.verdicts if one.outcome is Outcome.UNDETERMINED]
    assert undetermined
    assert all(one.clock == "workdays" for one in undetermined)


def test_a_notice_of_holidays_published_within_the_term_lands_when_it_is_out(
    tmp_path: Path,
) -> None:
    made = example(tmp_path / "demo", tickets=12, until=date(2026, 3, 15))
    history = made.book.snapshot.history

    days = [
        local_day(one.commit_time, ZONE)
        for one in history.commits.values()
        if one.subject.startswith("补充 2026 年工作日历")
    ]

    assert days == [date(2025, 11, 5)]


def test_the_tree_is_checked_out_and_clean(year: Example) -> None:
    def git(*arguments: str) -> str:
        done = subprocess.run(
            ["git", "-C", str(year.path), *arguments],
            env=clean_environment(),
            capture_output=True,
            check=True,
        )
        return done.stdout.decode()

    assert git("status", "--porcelain") == ""
    assert git("symbolic-ref", "HEAD") == "refs/heads/main\n"
    assert git("for-each-ref", "--format=%(refname)") == "refs/heads/main\nrefs/weibao/seen\n"
    assert git("config", "user.email") == "han.xue@yuanting.example\n"
    deleted = git("log", "--no-merges", "--numstat", "--format=", "--", "records/tickets")
    assert {line.split("\t")[1] for line in deleted.splitlines()} == {"0"}


def test_it_takes_less_than_ten_seconds(tmp_path: Path) -> None:
    began = time.process_time() + sum(os.times()[2:4])
    make_demo(tmp_path / "demo", tickets=180, seed=3, until=UNTIL)
    took = time.process_time() + sum(os.times()[2:4]) - began

    assert took < 10


def test_a_folder_that_is_not_empty_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")

    with pytest.raises(Refusal, match="not empty") as refused:
        make_demo(tmp_path, tickets=5, seed=1, until=UNTIL)

    assert refused.value.exit_code is Exit.USAGE
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_file_in_its_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "demo").write_text("", encoding="utf-8")

    with pytest.raises(Refusal, match="exists"):
        make_demo(tmp_path / "demo", tickets=5, seed=1, until=UNTIL)


def test_an_empty_folder_is_used(tmp_path: Path) -> None:
    made = make_demo(tmp_path, tickets=3, seed=1, until=UNTIL)

    assert made.tickets == 3
    assert (tmp_path / "records" / "contract.yaml").is_file()


def test_without_git_it_is_refused_and_nothing_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(Refusal, match="git is not installed"):
        make_demo(tmp_path / "demo", tickets=3, seed=1, until=UNTIL)

    assert not (tmp_path / "demo").exists()


def test_the_day_where_the_example_plays_is_not_the_machines() -> None:
    assert contract_day(parse_instant("2026-11-23T21:53:03Z")) == date(2026, 11, 24)


def test_what_was_mended_is_photographed_before_and_after(year: Example) -> None:
    """At least one picture is so heavy that a small one is shown of it, and all together are light."""
    pictures = {path: raw for path, raw in year.book.files.items() if path.endswith(".png")}
    of_tickets = [
        [entry.data["caption"][-3:] for entry in ticket.log if entry.data.get("file") in pictures]
        for ticket in year.book.records.tickets.values()
    ]
    photographed = [captions for captions in of_tickets if captions]
    assert len(photographed) > 3
    assert all(captions == ["处理前", "处理后"] for captions in photographed)
    assert all(stripped_picture(raw) == raw and can_preview(raw) for raw in pictures.values())
    assert any(len(raw) > LIGHT for raw in pictures.values())
    assert sum(map(len, pictures.values())) < 2_000_000


def test_readings_tell_how_it_came_to_a_fault_and_of_the_summer(year: Example) -> None:
    def measured(asset: str, item: str) -> list[float]:
        history = asset_history(year.book, year.book.records.assets[asset])
        (found,) = (readings for readings in history.readings if readings.item == item)
        return [value for _, value, _ in found.measured]

    light = measured("core-sw-01", "optics")
    assert light[:5] == sorted(light[:5], reverse=True)
    assert min(light[5:]) > light[1]
    battery = measured("ups-lc-01", "backup")
    assert battery[0] > battery[1] < battery[2]
    warmth = measured("agg-sw-yx-01", "temperature")
    assert min(warmth[7:9]) > max(warmth[:4])
