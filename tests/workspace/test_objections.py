"""Slips that a command refuses, though a record may hold them: what is said, and that nothing is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from building.pictures import png
from building.refusing import refused

if TYPE_CHECKING:
    from building.commands import Ran, Weibao

ACTION = ("action", "raise", "--action", "labels", "--about", "7K3Q9M", "--text", "补标签")


def ticket(weibao: Weibao, verb: str, *rest: str) -> Ran:
    return refused(weibao, "ticket", verb, "7K3Q9M", *rest)


@pytest.mark.parametrize(
    ("verb", "rest", "said"),
    [
        ("escalate", ("--level", "9", "--to", "sun-yu"), "has no level 9.\nIt has: 1, 2, 3 and 4."),
        ("update", (), "Say what is new: --note TEXT"),
        ("update", ("--internal",), "Say what is new: --note TEXT"),
        ("ack", ("--by", "zhang-gong"), "zhang-gong is the customer's contact"),
        ("arrive", ("--by", "zhang-gong"), "Say who of the staff did it: --by PERSON"),
    ],
)
def test_a_step_that_cannot_be_meant_so_is_refused(
    weibao: Weibao, verb: str, rest: tuple[str, ...], said: str
) -> None:
    ran = ticket(weibao, verb, *rest)
    assert ran.code == 2
    assert said in ran.err


def test_the_customers_contact_may_say_that_something_is_new(weibao: Weibao) -> None:
    ran = weibao("ticket", "update", "7K3Q9M", "--note", "又重启一次", "--by", "zhang-gong")
    assert ran.code == 0, ran.err


def test_an_amendment_names_a_key_that_the_header_or_the_entry_has(weibao: Weibao) -> None:
    said = ("--value", "x", "--reason", "y")
    ran = ticket(weibao, "amend", "--field", "nonsense", *said)
    assert ran.code == 2
    assert "The header has no key “nonsense”." in ran.err
    assert "title, severity, reported_at" in ran.err
    assert "intake.channel" in ran.err
    assert "log" not in ran.err.split("It has: ")[1].replace(".", ",").split(", ")
    ran = ticket(weibao, "amend", "--entry", "opened", "--field", "title", *said)
    assert "“opened” has no key “title”.\nIt has: note and internal." in ran.err
    assigned = ("ticket", "assign", "7K3Q9M", "--to", "li-qiang", "--at", "09:25")
    assert weibao(*assigned).code == 0
    ran = ticket(weibao, "amend", "--field", "to", *said)
    assert "The header has no key “to”.\nIt is a key of an entry: --entry assigned" in ran.err
    for more in (("--field", "intake.channel"), ("--entry", "opened", "--field", "note")):
        meant = ("--value", "email", "--reason", "y")
        assert weibao("ticket", "amend", "7K3Q9M", *more, *meant).code == 0
        weibao.set_clock("2026-11-20T09:40:00+08:00")


def test_a_file_that_the_ticket_has_is_not_attached_again(weibao: Weibao) -> None:
    (weibao.repository.path / "one.png").write_bytes(png())
    (weibao.repository.path / "copy.png").write_bytes(png())
    assert weibao("ticket", "attach", "7K3Q9M", "one.png").code == 0
    weibao.set_clock("2026-11-20T09:40:00+08:00")
    (weibao.repository.path / "one.png").unlink()
    ran = ticket(weibao, "attach", "copy.png")
    assert ran.code == 2
    assert "by li-qiang: 2026-11-20T09:30:00+08:00/attached" in ran.err


def test_a_ticket_is_no_duplicate_of_itself(weibao: Weibao) -> None:
    ran = ticket(weibao, "cancel", "--reason", "重复", "--duplicate-of", "7K3Q9M")
    assert ran.code == 1
    assert "X214" in ran.err


def test_an_action_is_not_due_before_the_day_on_which_it_is_raised(weibao: Weibao) -> None:
    to = ("--owner", "li-qiang")
    ran = refused(weibao, *ACTION, *to, "--due", "2026-11-19")
    assert ran.code == 2
    assert "before the day on which it is raised, 2026-11-20" in ran.err
    earlier = ("--at", "2026-11-18 10:00")
    assert weibao(*ACTION, *to, "--due", "2026-11-19", *earlier).code == 0


def test_a_list_of_steps_is_held_to_the_same(weibao: Weibao) -> None:
    weibao.repository.write("steps.yaml", "- {ticket: 7K3Q9M, event: updated, by: li-qiang}\n")
    ran = weibao("ticket", "batch", "steps.yaml")
    assert ran.code == 2
    assert "An update tells the customer something" in ran.err


PLANNED = (
    "ticket",
    "open",
    "--title",
    "升级",
    "--reported-by",
    "zhang-gong",
    "--asset",
    "core-sw-01",
)
WINDOW = ("--window", "2026-12-05 22:00", "2026-12-06 02:00")
AGREED = (*WINDOW, "--approved-by", "zhang-gong", "--rollback", "退回旧版本")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--kind", "fault", "--severity", "1", *WINDOW), "Only planned work has these: --window."),
        (("--kind", "upgrade", "--severity", "1", *AGREED), "none of these: --severity."),
        (("--kind", "upgrade", *WINDOW), "Missing: --approved-by and --rollback."),
    ],
)
def test_a_ticket_keeps_all_that_is_said_of_it_or_is_not_opened(
    weibao: Weibao, given: tuple[str, ...], said: str
) -> None:
    ran = refused(weibao, *PLANNED, *given)
    assert ran.code == 2
    assert said in ran.err


def test_a_window_is_put_off_by_times_as_people_say_them(weibao: Weibao) -> None:
    opened = weibao(*PLANNED, "--kind", "upgrade", *AGREED)
    assert opened.code == 0, opened.err
    name = opened.out.split()[1]
    amend = ("ticket", "amend", name, "--reason", "客户改期", "--field")
    for field, said in (("window.end", "2026-12-07 02:00"), ("window.start", "12月6日晚上十点")):
        ran = weibao(*amend, field, "--value", said)
        assert ran.code == 0, ran.err
    shown = weibao.repository.git("show", "HEAD", "HEAD~1")
    assert "value: 2026-12-06T22:00:00+08:00" in shown
    assert "value: 2026-12-07T02:00:00+08:00" in shown
    assert (
        "“whenever” is not a time."
        in refused(weibao, *amend, "window.start", "--value", "whenever").err
    )
