"""A round, its checks and a delivery on a terminal: what is asked, what is offered, what is recorded."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from building.commands import TICKET
from building.contract import ASSETS, PLAN, SPARES, ticket_path
from building.keyboard import DOWN, ENTER, ESC, keys
from weibao.cli.framework import terminal
from weibao.model.load import read_record

if TYPE_CHECKING:
    from building.commands import Ran, Weibao

LEDGER = "records/spares.yaml"
DOCUMENT = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
FIRST = ENTER
DOWNTIME = """\
  yearly-drill:
    kind: downtime
    name: {zh: 年度演练, en: Yearly drill}
    issued_by: chen-jie
    start: 2026-11-01
    due_within: 10d
"""
MONTHLY = """\
  monthly-inspection:
    kind: inspection
    name: {zh: 月度巡检, en: Monthly inspection}
    issued_by: chen-jie
    start: 2026-11-05
    rule: FREQ=MONTHLY
    due_within: 5d
    assets: {kinds: [switch]}
"""
FAN = '  fan:\n    oem: huawei\n    number: "2"\n    name: {zh: 风扇, en: Fan}\n    fits: [S12708]\nlog:'


@pytest.fixture(autouse=True)
def _terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terminal, "can_ask", lambda: True)


def typed(weibao: Weibao, command: str, keystrokes: str, lang: str = "en") -> Ran:
    with keys(keystrokes):
        return weibao(*command.split(), lang=lang)


def commits(weibao: Weibao) -> int:
    return int(weibao.repository.git("rev-list", "--count", "HEAD"))


def configure(weibao: Weibao, name: str, text: str) -> None:
    weibao.repository.write(f"records/{name}.yaml", text)
    weibao.repository.commit("配置", at="2026-11-20T09:20:00+08:00")


def started(weibao: Weibao) -> str:
    """The file of a round of one switch, started without a question."""
    ran = weibao("inspection", "start", "quarterly-inspection")
    (record,) = re.findall(r"I20261120-\w{6}", ran.out)
    return ticket_path(record)


def last_line(weibao: Weibao, path: str) -> str:
    return weibao.repository.read(path).rstrip("\n").rpartition("\n")[2]


def test_a_round_is_started_by_three_keys_and_shown_whole_before_it_is(weibao: Weibao) -> None:
    ran = typed(weibao, "inspection start", FIRST + ENTER + ENTER)
    assert (ran.code, ran.err) == (0, "")
    shown, _, after = ran.out.partition("✓")
    assert "plan: quarterly-inspection" in shown
    assert "assets: [core-sw-01]" in shown
    (record,) = set(re.findall(r"I20261120-\w{6}", after))
    made = weibao.repository.read(ticket_path(record))
    assert "period: 2026-Q4\n" in made
    assert f"{record} started: quarterly-inspection 2026-Q4" in weibao.repository.git(
        "log", "-1", "--format=%s"
    )


def test_what_is_due_first_is_offered_first_and_no_other_kind_of_work(weibao: Weibao) -> None:
    plan = PLAN.replace("plan:\n", f"plan:\n{DOWNTIME}").replace(
        "checklists:\n  all", f"{MONTHLY}checklists:\n  all"
    )
    configure(weibao, "plan", plan)
    offered = questions(weibao, "inspection start", lang="en")[0]
    assert offered == [
        "Monthly inspection  monthly-inspection  2026-11  due by Tue 10 Nov 2026, overdue",
        "Quarterly inspection  quarterly-inspection  2026-Q4  planned for Wed 25 Nov 2026",
    ]
    typed(weibao, "inspection start", FIRST + ENTER + ENTER)
    offered = questions(weibao, "inspection start", lang="zh")[0]
    assert offered[0].endswith("季度巡检  quarterly-inspection  2026-Q4  计划 2026年11月25日 周三")
    assert offered[1].startswith("月度巡检  monthly-inspection  2026-12")


def questions(
    weibao: Weibao, command: str, keystrokes: str = ESC, lang: str = "en"
) -> list[list[str]]:
    """What was offered at each question of a command, until what is typed ends it."""
    import questionary

    seen: list[list[str]] = []
    select = questionary.select

    def watched(question, choices, **more):
        seen.append([one.title for one in choices])
        return select(question, choices, **more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(questionary, "select", watched)
        with keys(keystrokes):
            weibao(*command.split(), lang=lang)
    return seen


def test_where_no_round_is_near_it_says_how_to_name_one(weibao: Weibao) -> None:
    started(weibao)
    ran = typed(weibao, "inspection start", "")
    assert ran.code == 2
    assert "--period 2026-Q4" in ran.err


@pytest.mark.parametrize("answered", range(3))
def test_esc_starts_no_round(weibao: Weibao, answered: int) -> None:
    assert typed(weibao, "inspection start", ENTER * answered + ESC).code == 130
    assert commits(weibao) == 2
    assert weibao.repository.git("status", "--porcelain") == ""


def test_a_check_is_asked_for_its_result_where_no_threshold_can_tell(weibao: Weibao) -> None:
    path = started(weibao)
    # round, asset, item, result, note, consent
    ran = typed(weibao, "inspection check", FIRST + FIRST + FIRST + ENTER + ENTER + ENTER)
    assert (ran.code, ran.err) == (0, "")
    assert last_line(weibao, path).endswith("asset: core-sw-01, item: appearance, status: ok}")


def test_a_check_is_asked_for_its_value_in_the_checklists_unit_and_judged_by_it(
    weibao: Weibao,
) -> None:
    path = started(weibao)
    ran = typed(
        weibao, f"inspection check {path[-11:-5]}", f"{FIRST}temp{ENTER}38.5{ENTER}{ENTER}{ENTER}"
    )
    assert (ran.code, ran.err) == (0, "")
    assert last_line(weibao, path).endswith(
        'asset: core-sw-01, item: temperature, value: 38.5, unit: "°C", status: ok}'
    )
    assert "core-sw-01 Device temperature 38.5 °C: ok" in ran.out


def test_a_value_that_could_not_be_read_is_left_out_and_the_result_is_said(
    weibao: Weibao,
) -> None:
    path = started(weibao)
    typed(
        weibao,
        "inspection check --item temperature",
        f"{ENTER * 3}not{ENTER}风扇舱打不开{ENTER * 2}",
    )
    assert last_line(weibao, path).endswith(
        "item: temperature, status: not_applicable, note: 风扇舱打不开}"
    )


def test_what_was_not_looked_at_comes_first_and_what_is_left_is_counted(weibao: Weibao) -> None:
    second = ASSETS.partition("\n")[2].replace("core-sw-01:", "core-sw-02:").replace("机 1", "机 2")
    configure(weibao, "assets", ASSETS + second)
    started(weibao)
    command = "inspection check"
    offered = questions(weibao, command, ENTER * 2 + ESC, lang="zh")
    assert [one.split("  ")[1:] for one in offered[1]] == [
        ["core-sw-01", "剩 2 项"],
        ["core-sw-02", "剩 2 项"],
    ]
    assert offered[2] == ["外观与指示灯  appearance", "设备温度  temperature"]
    typed(weibao, command, ENTER * 6)
    offered = questions(weibao, command, ENTER * 2 + ESC)
    assert offered[1][0].endswith("core-sw-01  1 item to check")
    assert offered[2][0] == "Device temperature  temperature"
    typed(weibao, command, f"{ENTER * 3}30{ENTER * 3}")
    offered = questions(weibao, command, ENTER + ESC)
    assert [one.split("  ")[1:] for one in offered[1]] == [
        ["core-sw-02", "2 items to check"],
        ["core-sw-01"],
    ]


FAILED = f"{ENTER * 2}temp{ENTER}63{ENTER}"


def test_a_failed_check_opens_its_ticket_and_both_are_shown_before_either_is_written(
    weibao: Weibao,
) -> None:
    path, before = started(weibao), commits(weibao)
    # a new ticket, severity 2, contact, note, consent
    ran = typed(weibao, "inspection check", f"{FAILED}{FIRST}2{ENTER}{FIRST}风扇停转{ENTER}{ENTER}")
    assert (ran.code, ran.err) == (0, "")
    (ticket,) = set(re.findall(r"T20261120-\w{6}", last_line(weibao, path)))
    shown = ran.out.partition("✓")[0]
    assert f"id: {ticket}" in shown
    assert f"status: failed, ticket: {ticket}" in shown
    made = read_record(ticket_path(ticket), weibao.repository.read(ticket_path(ticket)).encode())
    assert (made.value.severity, made.value.reported_by) == (2, "zhang-gong")
    assert commits(weibao) == before + 2
    assert weibao("check").code == 0


def test_a_failed_check_that_is_dropped_at_the_end_opens_no_ticket(weibao: Weibao) -> None:
    started(weibao)
    before = commits(weibao)
    ran = typed(weibao, "inspection check", f"{FAILED}{FIRST}{ENTER * 3}{DOWN}{ENTER}")
    assert ran.code == 130
    assert commits(weibao) == before
    assert weibao.repository.git("status", "--porcelain") == ""


def test_a_failed_check_may_name_a_ticket_that_is_open_and_may_not_go_without(
    weibao: Weibao,
) -> None:
    path = started(weibao)
    offered = questions(weibao, "inspection check", FAILED + ESC)
    assert [one[:6] for one in offered[-1]] == ["Open a", TICKET[-6:]]
    ran = typed(weibao, "inspection check", f"{FAILED}7K3{ENTER}{ENTER}{ENTER}")
    assert (ran.code, ran.err) == (0, "")
    assert last_line(weibao, path).endswith(f"status: failed, ticket: {TICKET}}}")


def test_a_warning_may_go_without_a_ticket(weibao: Weibao) -> None:
    path = started(weibao)
    ran = typed(weibao, "inspection check", f"{ENTER * 2}temp{ENTER}46{ENTER}{FIRST}{ENTER * 2}")
    assert (ran.code, ran.err) == (0, "")
    assert last_line(weibao, path).endswith("status: warning}")


def test_a_round_without_a_checklist_takes_what_is_typed(weibao: Weibao) -> None:
    configure(weibao, "plan", PLAN.replace("    checklists: [all-devices]\n", ""))
    path = started(weibao)
    ran = typed(
        weibao, "inspection check", f"{ENTER * 2}door{ENTER}门已锁{ENTER}{FIRST}{ENTER * 2}"
    )
    assert (ran.code, ran.err) == (0, "")
    assert last_line(weibao, path).endswith("item: door, value: 门已锁, status: ok}")


def test_an_item_of_no_checklist_is_refused_before_more_is_asked(weibao: Weibao) -> None:
    started(weibao)
    ran = typed(weibao, "inspection check --item humidity", ENTER * 2)
    assert ran.code == 2
    assert "appearance 外观与指示灯 and temperature" in ran.err


# part, serials, depot, supplier, source document, the file, verified by, note, consent
DELIVERY = f"{FIRST}MPU7, MPU8{ENTER}{FIRST}"


def test_a_delivery_is_asked_for_with_its_document_and_may_be_issued_then(weibao: Weibao) -> None:
    weibao.repository.write("送货单.pdf", DOCUMENT)
    answers = f"{FIRST}{ENTER}送货单.pdf{ENTER}{DOWN}{ENTER}{ENTER}{ENTER}{ENTER}"
    ran = typed(weibao, "spares receive", f"{DELIVERY}{answers}")
    assert (ran.code, ran.err) == (0, "")
    assert "In suzhou-depot: 4" in ran.out.partition("✓")[0]
    digest = sha256(DOCUMENT).hexdigest()
    line = last_line(weibao, LEDGER)
    assert "serials: [MPU7, MPU8], depot: suzhou-depot, supplier: 华为授权经销商" in line
    assert (
        f"source_document: 送货单.pdf, document_sha256: {digest}, oem_verified_by: sun-yu" in line
    )
    assert weibao.repository.git("status", "--porcelain", "records") == ""
    issued = ("--part", "hw-s12700-mpu", "--serial", "MPU7", "--depot", "suzhou-depot")
    assert weibao("spares", "issue", *issued, "--ticket", TICKET, "--by", "sun-yu").code == 0


def test_another_supplier_is_typed_and_what_there_is_no_more_of_is_left_out(weibao: Weibao) -> None:
    ran = typed(
        weibao, "spares receive", f"{DELIVERY}Ano{ENTER}电子市场{ENTER}{ENTER}{ENTER}{ENTER * 4}"
    )
    assert (ran.code, ran.err) == (0, "")
    assert last_line(weibao, LEDGER).endswith("depot: suzhou-depot, supplier: 电子市场}")


def test_suppliers_of_the_part_come_first(weibao: Weibao) -> None:
    other = SPARES.rstrip("\n").rpartition("\n")[2].replace("hw-s12700-mpu", "fan")
    other = re.sub(r"2025-12-05(.*)HDMPU1(.*)HDMPU2(.*)华为", r"2025-12-06\1F1\2F2\3新华三", other)
    configure(weibao, "spares", SPARES.replace("log:", FAN) + other + "\n")
    offered = questions(weibao, "spares receive", f"{FIRST}M1{ENTER}{FIRST}{ESC}")
    assert offered[-1] == ["华为授权经销商", "新华三授权经销商", "Another"]


def test_a_document_that_is_none_is_told_at_once(weibao: Weibao) -> None:
    before = commits(weibao)
    ran = typed(weibao, "spares receive", f"{DELIVERY}{FIRST}{ENTER}nowhere.pdf{ENTER}{ESC}")
    assert ran.code == 130
    assert commits(weibao) == before


def test_a_count_may_find_nothing_or_what_the_book_does_not_have(weibao: Weibao) -> None:
    # depot, part, nothing found, no witness, note, consent
    assert typed(weibao, "spares count", ENTER * 6).code == 0
    assert last_line(weibao, LEDGER).endswith("part: hw-s12700-mpu, serials: []}")
    found = f"HDMPU2{ENTER}Ano{ENTER}{FIRST}STRAY1{ENTER}"
    assert typed(weibao, "spares count", f"{FIRST}{FIRST}{found}{ENTER * 3}").code == 0
    assert last_line(weibao, LEDGER).endswith("serials: [HDMPU2, STRAY1]}")


def test_a_corrective_action_is_raised_by_keys(weibao: Weibao) -> None:
    day = f"2027-02-30{ENTER}\x152027-01-31{ENTER}"
    answers = f"spare-fans{ENTER}{TICKET[-6:]}{ENTER}常备风扇{ENTER}{FIRST}{day}{ENTER}{ENTER}"
    ran = typed(weibao, "action raise", answers)
    assert (ran.code, ran.err) == (0, "")
    line = last_line(weibao, "records/actions.yaml")
    assert f"action: spare-fans, about: {{ticket: {TICKET}}}, text: 常备风扇" in line
    assert line.endswith("due: 2027-01-31}")


COMPLETE = [
    "inspection start quarterly-inspection --period 2027-Q1",
    "inspection check --asset core-sw-01 --item temperature --value 30 RECORD",
    "inspection check --asset core-sw-01 --item appearance --status ok RECORD",
    "spares receive --part hw-s12700-mpu --serial M1 --depot suzhou-depot --supplier x",
]


@pytest.mark.parametrize("command", COMPLETE)
def test_nothing_is_asked_where_all_that_is_needed_is_given(weibao: Weibao, command: str) -> None:
    path, before = started(weibao), commits(weibao)
    ran = typed(weibao, command.replace("RECORD", path[-11:-5]), "")
    assert (ran.code, ran.err) == (0, "")
    assert commits(weibao) == before + 1


@pytest.mark.parametrize("command", ["inspection start", "inspection check", "spares receive"])
def test_without_a_terminal_what_is_missing_is_misuse(
    weibao: Weibao, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setattr(terminal, "can_ask", lambda: False)
    ran = typed(weibao, command, "")
    assert ran.code == 2
    assert "is missing (" in ran.err


def test_every_verb_that_records_asks_for_what_it_lacks() -> None:
    import click

    from weibao.cli.framework.translated import Conversing
    from weibao.cli.main import weibao

    def commands(group: click.Group, path: str):
        context = click.Context(group)
        for name in group.list_commands(context):
            one = group.get_command(context, name)
            if isinstance(one, click.Group):
                yield from commands(one, f"{path} {name}")
            else:
                yield f"{path} {name}".strip(), one

    recording = {
        path: one
        for path, one in commands(weibao, "")
        if any("--commit" in option.opts for option in one.params)
        and path not in {"config stock", "upgrade"}  # what they write stands in a file
    }
    assert {"ticket ack", "inspection check", "spares receive", "action raise"} < set(recording)
    assert [path for path, one in recording.items() if not isinstance(one, Conversing)] == []
