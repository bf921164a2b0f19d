"""What changes weekly, by command: its own lines, judged first, shown, asked for, and committed whole."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from building.commands import Weibao, record_repository
from building.contract import CONTRACT, DUTY, SPARES, STAFF
from building.keyboard import DOWN, ENTER, keys
from building.refusing import refused
from weibao.cli.framework import terminal

if TYPE_CHECKING:
    from pathlib import Path

    from building.commands import Ran

YES = "--yes"
ASSET = ("asset", "add", "core-sw-02", "--like", "core-sw-01", "--name-zh", "核心交换机 2")


def changed(weibao: Weibao, *arguments: str) -> tuple[list[str], list[str], Ran]:
    """The lines that the command took away and added, all in one commit that holds nothing else."""
    before = weibao.repository.head
    ran = weibao(*arguments, YES)
    assert ran.code == 0, ran.err
    shown = weibao.repository.git("diff", "-U0", before, "HEAD", "--", "records").split("\n")
    assert weibao.repository.git("rev-list", "--count", f"{before}..HEAD") == "1"
    assert weibao.repository.git("status", "--porcelain") == ""
    assert weibao("check").code == 0
    taken, added = (
        [line[1:] for line in shown if line[:1] == sign and line[:3] != sign * 3] for sign in "-+"
    )
    return taken, added, ran


def with_duty(
    path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    more: str = "",
    **texts: str,
) -> Weibao:
    files = {"duty": DUTY + more} | texts
    return Weibao(record_repository(path / "clone", **files), monkeypatch, capsys)


# The rota


def test_a_shift_is_taken_by_somebody_else(weibao: Weibao) -> None:
    taken, added, _ = changed(
        weibao, "duty", "swap", "desk", "2026-11-21", "陈洁", "--reason", "家事"
    )
    assert taken == []
    shift = "from: 2026-11-21T08:00:00+08:00, to: 2026-11-22T08:00:00+08:00"
    who = "by: chen-jie, instead_of: sun-yu, reason: 家事"
    assert added == ["overrides:", f"  - {{rota: desk, {shift}, {who}}}"]


def test_two_exchange_their_shifts(weibao: Weibao) -> None:
    asked = ("duty", "swap", "服务台", "2026-11-21", "wang-lei", "--return", "2026-11-22 12:00")
    _, added, _ = changed(weibao, *asked)
    assert [line.partition(" by: ")[2] for line in added[1:]] == [
        "wang-lei, instead_of: sun-yu}",
        "sun-yu, instead_of: wang-lei}",
    ]
    assert "2026-11-22T08:00:00+08:00, to: 2026-11-23T08:00:00+08:00" in added[2]


def test_a_shift_over_the_hour_that_is_there_twice_is_an_hour_longer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    contract = CONTRACT.replace("Asia/Shanghai", "Europe/Berlin")
    duty = DUTY.replace("+08:00", "+01:00")
    weibao = with_duty(tmp_path, monkeypatch, capsys, contract=contract, duty=duty)
    _, added, _ = changed(weibao, "duty", "swap", "desk", "2027-03-27", "chen-jie")
    assert "from: 2027-03-27T08:00:00+01:00, to: 2027-03-28T08:00:00+02:00" in added[1]
    _, added, _ = changed(weibao, "duty", "leave", "chen-jie", "2027-03-28")
    assert "from: 2027-03-28T00:00:00+01:00, to: 2027-03-29T00:00:00+02:00" in added[1]


STANDS_IN = """\
overrides:
  - {rota: desk, from: 2026-11-24T08:00:00+08:00, to: 2026-11-25T08:00:00+08:00, by: gao-yuan, instead_of: wang-lei}
  - {rota: desk, from: 2026-11-26T08:00:00+08:00, to: 2026-11-28T08:00:00+08:00, by: gao-yuan}
"""
LEAVE = "leave:\n  - {who: chen-jie, from: 2026-11-21T12:00:00+08:00, to: 2026-11-22T00:00:00+08:00, reason: 年假}\n"


@pytest.mark.parametrize(
    ("person", "when", "why"),
    [
        ("sun-yu", "2026-11-21", "has this shift of “desk” already"),
        ("chen-jie", "2026-11-21", "is on leave during that shift"),
        ("li-qiang", "2026-11-22", "has the duty of “engineer” during that shift"),
        ("nobody", "2026-11-21", "Nobody is called “nobody”"),
        ("wang-lei", "2026-02-30", "is not a day"),
        ("wang-lei", "2025-11-29", "has no shift then"),
        ("wang-lei", "2026-11-24", "The turn is wang-lei's own"),
        ("chen-jie", "2026-11-27 09:00", "stands in for longer than that shift"),
    ],
)
def test_a_swap_that_nobody_can_mean_is_refused(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    person: str,
    when: str,
    why: str,
) -> None:
    weibao = with_duty(tmp_path, monkeypatch, capsys, STANDS_IN + LEAVE)
    assert why in refused(weibao, "duty", "swap", "desk", when, person, YES).err


def test_another_stands_in_for_who_was_to_stand_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    weibao = with_duty(tmp_path, monkeypatch, capsys, STANDS_IN)
    taken, added, _ = changed(weibao, "duty", "swap", "desk", "2026-11-24", "chen-jie")
    assert taken == [STANDS_IN.split("\n")[1]]
    assert added == [taken[0].replace("by: gao-yuan", "by: chen-jie")]


def test_of_two_shifts_a_day_one_is_named_by_its_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    duty = DUTY.replace("shift: 24h", "shift: 12h")
    weibao = with_duty(tmp_path, monkeypatch, capsys, duty=duty)
    said = refused(weibao, "duty", "swap", "desk", "2026-11-21", "chen-jie", YES).err
    assert "2 shifts of “desk” begin on that day" in said
    _, added, _ = changed(weibao, "duty", "swap", "desk", "2026-11-21 21:00", "chen-jie")
    assert "from: 2026-11-21T20:00:00+08:00, to: 2026-11-22T08:00:00+08:00" in added[1]


def test_what_is_taken_in_return_must_be_theirs(weibao: Weibao) -> None:
    asked = ("duty", "swap", "desk", "2026-11-21", "wang-lei", "--return", "2026-11-23", YES)
    assert "is sun-yu's, and not wang-lei's to give" in refused(weibao, *asked).err


def test_a_shift_that_has_begun_is_told_to_be_judged_as_it_stood(weibao: Weibao) -> None:
    ran = weibao("duty", "swap", "desk", "10:00", "chen-jie", YES)
    assert "by: chen-jie, instead_of: wang-lei" in ran.out
    assert "That shift has begun" in ran.out


def test_a_plain_day_of_leave_is_the_whole_of_it_and_its_shifts_are_named(weibao: Weibao) -> None:
    _, added, ran = changed(weibao, "duty", "leave", "王蕾", "2026-11-22", "2026-11-23")
    assert added == [
        "leave:",
        "  - {who: wang-lei, from: 2026-11-22T00:00:00+08:00, to: 2026-11-24T00:00:00+08:00}",
    ]
    assert ran.out.count("weibao duty swap desk 2026-11-22 PERSON") == 1
    again = refused(weibao, "duty", "leave", "wang-lei", "2026-11-23", "2026-11-25", YES)
    assert "is entered as away then already" in again.err


@pytest.mark.parametrize(
    ("span", "why"),
    [
        (("2026-11-23", "2026-11-22"), "before it begins"),
        (("2026-11-23 09:00",), "When does it end?"),
        (("2026-13-01",), "is not a day"),
        (("soon",), "is not a time"),
    ],
)
def test_a_leave_that_is_no_time_is_refused(
    weibao: Weibao, span: tuple[str, ...], why: str
) -> None:
    assert why in refused(weibao, "duty", "leave", "wang-lei", *span, YES).err


# Equipment, contacts, certificates, parts


def test_an_asset_is_added_like_another(weibao: Weibao) -> None:
    taken, added, _ = changed(weibao, *ASSET, "--serial", "2102HD0002", "--location", "03 柜")
    assert taken == []
    assert added == [
        "  core-sw-02:",
        "    name: {zh: 核心交换机 2}",
        "    kind: switch",
        "    vendor: huawei",
        "    model: S12708",
        "    serial: 2102HD0002",
        "    site: suzhou-plant",
        "    location: 03 柜",
        "    services: [mes]",
        "    covered: {from: 2026-11-20, to: 2026-12-31}",
    ]


@pytest.mark.parametrize(
    ("asked", "code", "why"),
    [
        (("add", "core-sw-01", "--like", "core-sw-01", "--serial", "X"), 2, "There is an asset"),
        (
            ("add", "b", "--like", "core-sw-01", "--serial", "2102 hd0001"),
            2,
            "has the serial number",
        ),
        (("add", "b", "--like", "none", "--serial", "X"), 2, "No equipment is called “none”"),
        (
            ("add", "b", "--like", "core-sw-01", "--serial", "X", "--site", "z"),
            2,
            "No site is called “z”",
        ),
        (("add", "Ü!", "--like", "core-sw-01", "--serial", "X"), 1, "R205"),
        (("add", "b", "--like", "core-sw-01", "--serial", "X", "--service", "z"), 1, "“z”"),
        (("add", "b", "--kind", "ups", "--serial", "X"), 2, "at which site?"),
        (
            ("add", "b", "--like", "core-sw-01", "--serial", "HDMPU1"),
            2,
            "HDMPU1 is a spare part (hw-s12700-mpu) that no depot has issued.",
        ),
        (
            ("add", "b", "--like", "core-sw-01", "--serial", "X", "--covered-to", "31.12."),
            2,
            "a day",
        ),
    ],
)
def test_an_asset_that_is_there_or_names_what_is_not_is_refused(
    weibao: Weibao, asked: tuple[str, ...], code: int, why: str
) -> None:
    ran = refused(weibao, "asset", *asked, "--name-en", "B", YES)
    assert (ran.code, why in ran.err) == (code, True), ran.err


def test_the_first_asset_of_a_contract_is_like_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    weibao = with_duty(tmp_path, monkeypatch, capsys, assets="# 设备\nassets: {}\n")
    asked = ("--name-en", "UPS", "--kind", "ups", "--site", "suzhou-plant", "--serial", "007")
    assert weibao("asset", "add", "ups-01", *asked, YES).code == 0
    assert weibao.repository.read("records/assets.yaml") == (
        "# 设备\nassets:\n  ups-01:\n    name: {en: UPS}\n    kind: ups\n"
        '    serial: "007"\n    site: suzhou-plant\n    covered: {from: 2026-11-20, to: 2026-12-31}\n'
    )


def test_a_contact_is_added_and_their_rights_are_ended(weibao: Weibao) -> None:
    _, added, _ = changed(
        weibao,
        *("contact", "add", "li-hua", "--name", "李华", "--may", "confirm", "--may", "declare"),
        *("--git", "li.hua@customer.example"),
    )
    assert added == [
        "  li-hua:",
        "    name: 李华",
        "    may: [confirm, declare]",
        "    git: [li.hua@customer.example]",
    ]
    taken, added, _ = changed(weibao, "contact", "end", "李华")
    assert (taken, added) == (["    may: [confirm, declare]"], ["    may: []"])
    assert "has no rights any more" in refused(weibao, "contact", "end", "li-hua", YES).err


def test_what_an_ended_contact_reported_stands(weibao: Weibao) -> None:
    """The ticket of this clone was reported by them; only what comes now is refused."""
    changed(weibao, "contact", "end", "zhang-gong")
    confirm = ("ticket", "cancel", "7K3Q9M", "--reason", "x")
    opened = ("ticket", "open", "--title", "x", "--severity", "4", "--reported-by", "zhang-gong")
    assert weibao("check").code == 0
    assert "zhang-gong" in refused(weibao, *opened).err
    assert weibao(*confirm).code == 0


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (("zhang-gong", "--name", "x"), "is somebody already"),
        (("wang-lei", "--name", "x"), "is somebody already"),
        (("b", "--name", "x", "--git", "Li.Qiang@provider.example"), "li-qiang commits with"),
        (("b", "--name", "x", "--git", "no address"), "R2"),
    ],
)
def test_a_contact_who_is_somebody_else_is_refused(
    weibao: Weibao, asked: tuple[str, ...], why: str
) -> None:
    assert why in refused(weibao, "contact", "add", *asked, YES).err


def test_the_customer_must_agree_to_a_new_edition_where_they_agreed_to_one(weibao: Weibao) -> None:
    weibao("agreement", "approve", "records/contract.yaml", "--contact", "zhang-gong")
    ran = weibao("contact", "add", "b", "--name", "x", YES)
    assert "weibao agreement approve records/contract.yaml" in ran.out


CERTIFICATE = ("staff", "certificate", "li-qiang", "--vendor", "huawei", "--name", "HCIE")


def test_a_certificate_is_entered_beside_those_that_are_there(weibao: Weibao) -> None:
    given = ("--number", "0042", "--from", "2026-11-01", "--to", "2029-10-31")
    taken, added, _ = changed(weibao, *CERTIFICATE, *given)
    assert (taken, added) == (
        [],
        ['      - {vendor: huawei, name: HCIE, number: "0042", from: 2026-11-01, to: 2029-10-31}'],
    )
    _, added, _ = changed(weibao, "staff", "certificate", "孙宇", *CERTIFICATE[3:], *given)
    assert added[0] == "    certificates:"
    assert "has this certificate already" in refused(weibao, *CERTIFICATE, *given, YES).err


def test_days_of_the_configuration_are_said_as_people_say_them(weibao: Weibao) -> None:
    """Clock and zone are the contract's: it is the 20th of November."""
    _, added, _ = changed(weibao, *CERTIFICATE, "--number", "7", "--from", "昨天")
    assert added == [
        '      - {vendor: huawei, name: HCIE, number: "7", from: 2026-11-19}',
    ]


def test_a_certificate_of_no_time_or_of_no_makers_is_told(weibao: Weibao) -> None:
    wrong = refused(
        weibao, *CERTIFICATE, "--number", "1", "--from", "2026-11-01", "--to", "2025-01-01", YES
    )
    assert "R221" in wrong.err
    other = ("staff", "certificate", "li-qiang", "--vendor", "cisco", "--name", "CCNP")
    ran = weibao(*other, "--number", "1", "--from", "2026-11-01", YES)
    assert "No equipment is of “cisco”; it is of huawei." in ran.out


AUTHORISED = ("--maker", "huawei", "--number", "0042", "--from", "2026-11-01", "--to", "2027-10-31")


def test_a_supplier_is_put_on_the_register_and_authorised_anew(weibao: Weibao) -> None:
    _, added, _ = changed(
        weibao, "spares", "authorise", "new-dealer", *AUTHORISED, "--name-en", "Dealer"
    )
    assert "new-dealer" in "".join(added)
    weibao("spares", "authorise", "new-dealer", "--maker", "h3c", *AUTHORISED[2:], YES)
    shown = json.loads(weibao("spares", "suppliers", "--format", "json").out)["authorised"]
    assert [(row["supplier"], row["by"], row["to"]) for row in shown] == [
        ("huawei-dealer", "huawei", "2027-12-31"),
        ("new-dealer", "huawei", "2027-10-31"),
        ("new-dealer", "h3c", "2027-10-31"),
    ]
    assert "Huawei dealer" in weibao("spares", "suppliers").out
    for asked in (("other",), ("new-dealer", "--name-zh", "x")):
        assert "has a name" in refused(weibao, "spares", "authorise", *asked, *AUTHORISED, YES).err


def test_equipment_is_added_with_what_the_ledger_says_of_it(weibao: Weibao) -> None:
    more = ("--tag", "IT-7", "--criticality", "high", "--software", "V200R022")
    days = ("--end-of-support", "2029-06-30", "--keeper", "张工", "--serial", "2102HD0009")
    _, added, _ = changed(weibao, *ASSET, *more, *days)
    assert {
        "    tag: IT-7",
        "    criticality: high",
        "    software: V200R022",
        "    end_of_support: 2029-06-30",
        "    keeper: zhang-gong",
    } <= set(added)
    shown = json.loads(weibao("asset", "show", "core-sw-02", "--format", "json").out)["asset"]
    assert (shown["tag"], shown["end_of_support"]) == ("IT-7", "2029-06-30")
    said = weibao("asset", "show", "core-sw-02").out
    assert "Tag: IT-7 · Criticality: high · Software: V200R022 · Kept by 张工" in said


def test_a_part_is_added_to_the_catalogue_and_changed_there(weibao: Weibao) -> None:
    new = ("--oem", "huawei", "--number", "03", "--name-zh", "风扇", "--minimum", "苏州=2")
    _, added, _ = changed(weibao, "spares", "part", "fan", *new)
    assert added == [
        "  fan:",
        "    oem: huawei",
        '    number: "03"',
        "    name: {zh: 风扇}",
        "    minimum: {suzhou-depot: 2}",
    ]
    more = ("--fits", "S12710", "--minimum", "suzhou-depot=3")
    taken, added, _ = changed(weibao, "spares", "part", "hw-s12700-mpu", *more)
    assert (taken, added) == (
        ["    fits: [S12708]", "    minimum: {suzhou-depot: 1}"],
        ["    fits: [S12708, S12710]", "    minimum: {suzhou-depot: 3}"],
    )
    assert "It says so already" in weibao("spares", "part", "hw-s12700-mpu", *more).out


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (("hw-s12700-mpu",), "Say what is to change"),
        (("hw-s12700-mpu", "--oem", "h3c"), "There is a part"),
        (("fan", "--oem", "huawei"), "Give --oem, --number"),
        (
            ("mpu", "--oem", "huawei", "--number", "03031HD1", "--name-zh", "主控"),
            "There is a part “hw-s12700-mpu” already",
        ),
        (("hw-s12700-mpu", "--minimum", "suzhou-depot"), "how many a depot must hold"),
        (("hw-s12700-mpu", "--minimum", "moon=1"), "No depot is called “moon”"),
    ],
)
def test_a_part_that_is_said_by_halves_is_refused(
    weibao: Weibao, asked: tuple[str, ...], why: str
) -> None:
    assert why in refused(weibao, "spares", "part", *asked, YES).err


# Asking, and what else has been edited


def test_without_a_terminal_and_without_yes_the_difference_is_shown_and_nothing_written(
    weibao: Weibao,
) -> None:
    ran = refused(weibao, "duty", "leave", "wang-lei", "2026-11-22")
    assert ran.code == 2
    assert "+  - {who: wang-lei" in ran.out
    assert "--yes" in ran.err


@pytest.mark.parametrize(("answer", "code"), [(ENTER, 0), (DOWN + ENTER, 130)])
def test_somebody_at_a_terminal_is_asked(
    weibao: Weibao, monkeypatch: pytest.MonkeyPatch, answer: str, code: int
) -> None:
    monkeypatch.setattr(terminal, "can_ask", lambda: True)
    before = weibao.repository.head
    with keys(answer):
        ran = weibao("duty", "leave", "wang-lei", "2026-11-22")
    assert ran.code == code
    assert (weibao.repository.head == before) is (code != 0)
    assert weibao.repository.git("status", "--porcelain") == ""


@pytest.mark.parametrize(
    ("asked", "edited"),
    [
        (("duty", "leave", "wang-lei", "2026-11-22", YES), "records/duty.yaml"),
        (("duty", "leave", "wang-lei", "2026-11-22", YES), "records/staff.yaml"),
        (("ticket", "ack", "7K3Q9M"), "records/staff.yaml"),
    ],
)
def test_what_is_edited_and_not_committed_goes_along_only_when_asked(
    weibao: Weibao, asked: tuple[str, ...], edited: str
) -> None:
    repository = weibao.repository
    repository.append(edited, "# 待定")
    ran = refused(weibao, *asked)
    assert edited in ran.err
    assert "--with-edits" in ran.err
    ran = weibao(*asked, "--with-edits")
    assert ran.code == 0, ran.err
    assert repository.git("status", "--porcelain") == ""
    assert edited in repository.git("show", "--name-only", "--format=", "HEAD").split("\n")
    assert "# 待定" in repository.read(edited)


def test_at_a_terminal_that_is_said_before_anything_is_typed(
    weibao: Weibao, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(terminal, "can_ask", lambda: True)
    weibao.repository.append("records/staff.yaml", "# 待定")
    with keys("", then=""):  # a question would wait for ever
        assert "--with-edits" in weibao("ticket", "update", "7K3Q9M").err


def test_a_list_of_steps_takes_edits_along_too(weibao: Weibao) -> None:
    weibao.repository.append("records/staff.yaml", "# 待定")
    steps = weibao.repository.write("steps.yaml", "- {ticket: 7K3Q9M, event: acknowledged}\n")
    assert "--with-edits" in weibao("ticket", "batch", str(steps)).err
    assert weibao("ticket", "batch", str(steps), "--with-edits").code == 0
    assert weibao.repository.git("status", "--porcelain") == "?? steps.yaml"


def test_a_movement_takes_no_edit_of_the_catalogue_along_unasked(weibao: Weibao) -> None:
    """The ledger and the catalogue are one file: whoever counts must not commit another minimum by that."""
    repository, path = weibao.repository, "records/spares.yaml"
    repository.write(path, repository.read(path).replace("suzhou-depot: 1", "suzhou-depot: 9"))
    part = ("--part", "hw-s12700-mpu", "--depot", "suzhou-depot")
    count = ("spares", "count", *part, "--serials", "HDMPU1,HDMPU2", "--by", "sun-yu")
    ran = refused(weibao, *count)
    assert path in ran.err
    assert "--with-edits" in ran.err
    assert weibao(*count, "--with-edits").code == 0
    assert "suzhou-depot: 9" in repository.git("show", f"HEAD:{path}")


def test_a_movement_written_before_goes_along_with_the_next(weibao: Weibao) -> None:
    part = ("--part", "hw-s12700-mpu", "--depot", "suzhou-depot", "--by", "sun-yu")
    both = ("--serials", "HDMPU1,HDMPU2")
    assert weibao("spares", "count", *part, *both, "--at", "09:20", "--no-commit").code == 0
    ran = weibao("spares", "count", *part, *both)
    assert ran.code == 0, ran.err


def test_a_step_is_not_held_up_by_an_edit_that_does_not_judge_it(weibao: Weibao) -> None:
    weibao.repository.append("records/duty.yaml", "# 待定")
    assert weibao("ticket", "ack", "7K3Q9M").code == 0


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("duty", DUTY.replace("desk:\n", "desk: &d\n")),
        ("duty", DUTY.replace("\n", "\r\n")),
        ("staff", STAFF.replace("people:", "people: !!map")),
        ("spares", SPARES.replace("parts:", "parts:\t")),
    ],
)
def test_a_file_that_is_no_plain_yaml_is_refused_and_left_as_it_is(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    name: str,
    text: str,
) -> None:
    weibao = with_duty(tmp_path, monkeypatch, capsys, **{name: text})
    asked = {
        "duty": ("duty", "leave", "wang-lei", "2026-11-22"),
        "staff": (*CERTIFICATE, "--number", "1", "--from", "2026-11-01"),
        "spares": ("spares", "part", "hw-s12700-mpu", "--fits", "X"),
    }
    assert f"records/{name}.yaml:" in refused(weibao, *asked[name], YES).err


def test_no_line_end_at_the_end_and_comments_are_left_as_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    duty = f"# 说明\n{DUTY}\nleave: [] # 还没有\n# 完"
    weibao = with_duty(tmp_path, monkeypatch, capsys, duty=duty)
    assert weibao("duty", "leave", "wang-lei", "2026-11-22", YES).code == 0
    leave = "{who: wang-lei, from: 2026-11-22T00:00:00+08:00, to: 2026-11-23T00:00:00+08:00}"
    wanted = duty.replace("leave: [] # 还没有", f"leave:  # 还没有\n  - {leave}")
    assert weibao.repository.read("records/duty.yaml") == wanted


def test_of_two_edits_at_once_the_second_begins_anew(
    weibao: Weibao, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the first is asked about, another has been made: nothing of either is lost."""
    monkeypatch.setattr(terminal, "can_ask", lambda: True)
    from weibao.cli.prompts import asking

    other = ("duty", "leave", "sun-yu", "2026-11-25", YES)

    def meanwhile(*_: object) -> None:
        monkeypatch.undo()
        weibao(*other)

    monkeypatch.setattr(asking, "ask_consent", meanwhile)
    ran = weibao("duty", "leave", "wang-lei", "2026-11-22")
    assert ran.code == 3
    assert "was changed in the meantime" in ran.err
    leaves = weibao.repository.read("records/duty.yaml").partition("leave:")[2]
    assert ("sun-yu" in leaves, "wang-lei" in leaves) == (True, False)
    assert weibao.repository.git("status", "--porcelain") == ""
