"""Commands that ask on a terminal: what is offered, what is recorded, and what is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from building.commands import PATH, TICKET
from building.contract import SPARES, a_ticket, entry, ticket_path
from building.keyboard import CTRL_C, CTRL_D, CTRL_U, DOWN, ENTER, ESC, keys
from building.pictures import exif, jpeg
from weibao.cli.framework import terminal
from weibao.model.load import read_record

if TYPE_CHECKING:
    from building.commands import Ran, Weibao

FIREWALL = "T20261120-9F4RWX"
OPENED = entry("09:15", "opened", by="wang-lei")


@pytest.fixture(autouse=True)
def _terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terminal, "can_ask", lambda: True)


def typed(weibao: Weibao, command: str, keystrokes: str, lang: str = "en") -> Ran:
    with keys(keystrokes):
        return weibao(*command.split(), lang=lang)


def commits(weibao: Weibao) -> int:
    return int(weibao.repository.git("rev-list", "--count", "HEAD"))


def last_entry(weibao: Weibao, path: str = PATH) -> str:
    text = (weibao.repository.path / path).read_text(encoding="utf-8")
    return text.rstrip("\n").rpartition("\n")[2]


def another_ticket(weibao: Weibao, title: str, *log: str, severity: int = 3) -> None:
    text = a_ticket(FIREWALL, severity=severity, log=log or (OPENED,))
    text = text.replace("核心交换机 core-sw-01 主控板告警", title)
    weibao.repository.write(ticket_path(FIREWALL), text)
    weibao.repository.commit("受理", at="2026-11-20T09:16:00+08:00", by="wang.lei@provider.example")


def test_a_ticket_is_opened_by_keys(weibao: Weibao) -> None:
    before = set(weibao.repository.path.glob("records/tickets/**/*.yaml"))
    # kind, reported now, severity 2, contact, the one asset, title, channel, description, impact, consent
    ran = typed(
        weibao,
        "ticket open",
        f"{ENTER * 2}2{ENTER}{ENTER}核心{ENTER}二楼断网{ENTER * 5}",
        lang="zh",
    )

    assert (ran.code, ran.err) == (0, "")
    (made,) = set(weibao.repository.path.glob("records/tickets/**/*.yaml")) - before
    path = made.relative_to(weibao.repository.path).as_posix()
    ticket = read_record(path, made.read_bytes()).value
    assert (ticket.kind, ticket.title, ticket.severity) == ("fault", "二楼断网", 2)
    assert (ticket.reported_by, ticket.assets) == ("zhang-gong", ("core-sw-01",))
    assert (ticket.channel, ticket.received_by, ticket.log[0].by) == (
        "phone",
        "li-qiang",
        "li-qiang",
    )
    assert weibao.repository.git("status", "--porcelain") == ""
    assert weibao.repository.git("log", "-1", "--format=%s") == f"{ticket.id} opened: 二楼断网"


def test_planned_work_is_asked_for_its_window_and_its_way_back(weibao: Weibao) -> None:
    keystrokes = (
        f"upgrade{ENTER}{ENTER}{ENTER}{ENTER}版本升级{ENTER}{ENTER}{ENTER}"
        f"{ENTER}回退到旧版本{ENTER}2026-11-21 22:00{ENTER}2026-11-21 23:00{ENTER}{ENTER}"
    )
    ran = typed(weibao, "ticket open", keystrokes)

    assert (ran.code, ran.err) == (0, "")
    made = weibao.repository.git("show", "--format=", "HEAD")
    assert "+kind: upgrade" in made
    assert "start: 2026-11-21T22:00:00+08:00" in made
    assert "rollback: 回退到旧版本" in made
    assert "+approved_by: zhang-gong" in made


def test_a_final_review_is_asked_for_what_it_must_say(weibao: Weibao) -> None:
    said = f"final{ENTER}告警{ENTER}{ENTER}老化{ENTER}{ENTER}{ENTER}停产{ENTER}"
    ran = typed(weibao, "ticket analyse 7K3Q9M", f"{said}09:05{ENTER}{ENTER * 4}")
    assert (ran.code, ran.err) == (0, "")
    assert last_entry(weibao) == entry(
        "09:30",
        "analysed",
        edition="final",
        trigger="告警",
        root_cause="老化",
        business_effect="停产",
        detected_at="2026-11-20T09:05:00+08:00",
    )


def test_no_cause_is_asked_for_where_the_contract_lists_none(weibao: Weibao) -> None:
    asked = f"{ENTER}故障{ENTER}更换{ENTER}{ENTER}{ENTER}{ENTER}{ENTER}"
    ran = typed(weibao, "ticket resolve 7K3Q9M", asked)
    assert (ran.code, ran.err) == (0, "")
    assert "cause_code" not in last_entry(weibao)


def test_a_ticket_is_acknowledged_by_three_keys(weibao: Weibao) -> None:
    ran = typed(weibao, "ticket ack", ENTER * 3)
    assert (ran.code, ran.err) == (0, "")
    assert last_entry(weibao) == entry("09:30", "acknowledged")
    assert commits(weibao) == 3


def test_what_would_be_recorded_and_what_comes_then_is_shown_before_it_is(weibao: Weibao) -> None:
    ran = typed(weibao, "ticket ack", f"{ENTER}已联系{ENTER}{DOWN}{ENTER}")
    assert ran.code == 130
    assert entry("09:30", "acknowledged", note="已联系").strip() in ran.out
    assert "State: in progress" in ran.out
    assert "Next deadline: updates, 2026-11-20 10:30" in ran.out
    assert "Commit:" not in ran.out


@pytest.mark.parametrize("answered", range(9))
def test_esc_at_any_question_writes_nothing(weibao: Weibao, answered: int) -> None:
    answers = [ENTER, ENTER, ENTER, ENTER, ENTER, f"断网{ENTER}", ENTER, ENTER]
    ran = typed(weibao, "ticket open", "".join(answers[:answered]) + ESC)
    assert ran.code == 130
    assert weibao.repository.git("status", "--porcelain") == ""
    assert commits(weibao) == 2


def test_the_most_urgent_ticket_is_offered_first(weibao: Weibao) -> None:
    another_ticket(weibao, "防火墙告警", severity=3)
    typed(weibao, "ticket ack", ENTER * 3)
    assert last_entry(weibao) == entry("09:30", "acknowledged")
    assert last_entry(weibao, ticket_path(FIREWALL)) == OPENED


def test_chinese_narrows_the_tickets(weibao: Weibao) -> None:
    another_ticket(weibao, "防火墙告警")
    typed(weibao, "ticket ack", f"防火墙{ENTER * 3}")
    assert last_entry(weibao, ticket_path(FIREWALL)) == entry("09:30", "acknowledged")
    assert last_entry(weibao) == OPENED


def test_a_ticket_on_which_the_step_is_impossible_is_not_offered(weibao: Weibao) -> None:
    paused = entry("09:20", "paused", reason="site_access")
    another_ticket(weibao, "防火墙告警", OPENED, paused)
    assert typed(weibao, "ticket resume", ENTER * 3).code == 0
    assert last_entry(weibao, ticket_path(FIREWALL)) == entry("09:30", "resumed")


def test_a_step_that_no_ticket_is_ready_for_is_refused_with_what_to_look_at(weibao: Weibao) -> None:
    ran = typed(weibao, "ticket close", "")
    assert ran.code == 2
    assert "There is nothing now that “Closed” may follow." in ran.err
    assert "weibao ticket" in ran.err


def test_a_step_after_the_end_offers_what_has_ended_too(weibao: Weibao) -> None:
    cancelled = entry("09:20", "cancelled", by="wang-lei", reason="误报")
    another_ticket(weibao, "防火墙告警", OPENED, cancelled)
    ran = typed(
        weibao, "ticket justify", f"防火墙{ENTER}{ENTER}原因{ENTER}改进{ENTER}{ENTER}{ENTER}"
    )
    assert (ran.code, ran.err) == (0, "")
    assert "event: justified" in last_entry(weibao, ticket_path(FIREWALL))


def test_only_what_is_missing_is_asked_for(weibao: Weibao) -> None:
    ran = typed(weibao, f"ticket assign {TICKET} --note 夜班", f"赵敏{ENTER * 2}")
    assert (ran.code, ran.err) == (0, "")
    assert last_entry(weibao) == entry("09:30", "assigned", to="zhao-min", note="夜班")


@pytest.mark.parametrize(
    "command",
    [
        f"ticket ack {TICKET}",
        f"ticket assign {TICKET} --to zhao-min",
        "ticket open --title 断网 --severity 2 --reported-by zhang-gong",
    ],
)
def test_nothing_is_asked_where_all_that_is_needed_is_given(weibao: Weibao, command: str) -> None:
    ran = typed(weibao, command, "")
    assert (ran.code, ran.err) == (0, "")
    assert commits(weibao) == 3


@pytest.mark.parametrize("command", ["ticket ack", f"ticket assign {TICKET}", "ticket open"])
def test_without_a_terminal_what_is_missing_is_misuse(
    weibao: Weibao, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setattr(terminal, "can_ask", lambda: False)
    ran = typed(weibao, command, "")
    assert ran.code == 2
    assert "is missing (" in ran.err


def test_an_update_is_asked_what_is_new_until_something_is(weibao: Weibao) -> None:
    assert typed(weibao, f"ticket update {TICKET}", ENTER).code == 130
    ran = typed(weibao, f"ticket update {TICKET}", f"已到现场{ENTER}{ENTER}")
    assert (ran.code, ran.err) == (0, "")
    assert last_entry(weibao) == entry("09:30", "updated", note="已到现场")


def test_whoever_git_does_not_know_is_asked_who_it_was(weibao: Weibao) -> None:
    weibao.repository.git("config", "user.email", "nobody@elsewhere.example")
    typed(weibao, "ticket ack", f"{ENTER}赵敏{ENTER * 3}")
    assert last_entry(weibao) == entry("09:30", "acknowledged", by="zhao-min")


def test_an_impossible_answer_is_told_at_once_and_asked_for_again(weibao: Weibao) -> None:
    keystrokes = f"{ENTER}{ENTER}\x15x{ENTER}\x152{ENTER}{ENTER}{ENTER}"
    typed(weibao, "ticket part request", keystrokes)
    assert last_entry(weibao) == entry(
        "09:30", "part_requested", part="hw-s12700-mpu", quantity="2"
    )


def test_a_countersignature_names_entries_chosen_one_by_one(weibao: Weibao) -> None:
    typed(weibao, f"ticket countersign {TICKET}", ENTER * 4)
    assert "entries: [{at: 2026-11-20T09:15:00+08:00, event: opened}]" in last_entry(weibao)


def test_a_movement_of_stock_is_asked_for_by_the_same_questions(weibao: Weibao) -> None:
    # part, serials HDMPU1 and no more, ticket, note, consent; the depot is where the piece lies
    ran = typed(weibao, "spares issue", ENTER * 6)
    assert (ran.code, ran.err) == (0, "")
    line = last_entry(weibao, "records/spares.yaml")
    assert "event: issued, by: li-qiang, part: hw-s12700-mpu" in line
    assert f"depot: suzhou-depot, ticket: {TICKET}" in line
    assert "HDMPU1" in line
    assert "HDMPU2" not in line
    assert SPARES.rstrip().rpartition("\n")[2] not in line


def test_a_corrective_action_is_chosen_among_those_the_step_may_follow(weibao: Weibao) -> None:
    ran = typed(weibao, "action done", ENTER * 3)
    assert (ran.code, ran.err) == (0, "")
    assert "event: done, by: li-qiang, action: label-patch-panels" in last_entry(
        weibao, "records/actions.yaml"
    )
    assert typed(weibao, "action verify --by chen-jie", ENTER * 3).code == 0


def test_the_questions_are_in_the_readers_language(weibao: Weibao) -> None:
    ran = typed(weibao, "ticket ack", ENTER * 3, lang="zh")
    assert "状态：处理中" in ran.out


def test_a_photograph_is_asked_for_by_its_name(weibao: Weibao) -> None:
    (weibao.repository.path / "no.txt").write_bytes(b"no picture")
    ran = typed(weibao, "ticket attach", f"{ENTER}no.txt{ENTER}")
    assert ran.code == 130
    assert commits(weibao) == 2


def test_a_photograph_is_asked_for_before_what_it_shows(weibao: Weibao) -> None:
    (weibao.repository.path / "photo.jpg").write_bytes(jpeg(exif()))
    ran = typed(weibao, "ticket attach", f"{ENTER}photo.jpg{ENTER}更换前{ENTER}{ENTER}")
    assert (ran.code, ran.err) == (0, "")
    assert "caption: 更换前" in last_entry(weibao)
    assert weibao.repository.git("log", "-1", "--format=%s") == f"{TICKET} attached: 更换前"


def test_whoever_drops_it_is_told_that_nothing_was_written(weibao: Weibao) -> None:
    for keystrokes in (ESC, CTRL_C, f"{ENTER}{CTRL_D}", f"{ENTER * 2}{DOWN}{ENTER}"):
        ran = typed(weibao, "ticket ack", keystrokes)
        assert (ran.code, ran.err) == (130, "Nothing was written.\n")


def test_what_nobody_has_acknowledged_is_offered_first_to_be(weibao: Weibao) -> None:
    another_ticket(weibao, "防火墙告警", severity=4)
    weibao("ticket", "ack", TICKET)
    typed(weibao, "ticket ack", ENTER * 3)
    assert last_entry(weibao, ticket_path(FIREWALL)) == entry("09:30", "acknowledged")


def test_in_english_chinese_names_equipment_and_people(weibao: Weibao) -> None:
    keystrokes = f"{ENTER * 2}2{ENTER}张工{ENTER}核心交换{ENTER}断网{ENTER * 5}"
    ran = typed(weibao, "ticket open", keystrokes)
    assert (ran.code, ran.err) == (0, "")
    made = weibao.repository.git("show", "--format=", "HEAD")
    assert "reported_by: zhang-gong" in made
    assert "core-sw-01" in made


@pytest.mark.parametrize(
    ("lang", "form"),
    [
        ("en", "“My Act” cannot be “Corrective action” (The id of an item, "),
        ("zh", "“My Act”不能作为“整改项”（一项的编号，"),
    ],
)
def test_an_answer_that_is_refused_is_told_how_it_is_written(
    weibao: Weibao, monkeypatch: pytest.MonkeyPatch, lang: str, form: str
) -> None:
    said = shown_at_prompts(monkeypatch)
    typed(weibao, "action raise", f"My Act{ENTER}", lang=lang)
    assert form in said[0]


def test_a_serial_number_that_the_book_has_is_refused_as_soon_as_it_is_typed(
    weibao: Weibao, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = shown_at_prompts(monkeypatch)
    typed(weibao, "spares receive", f"{ENTER}HDMPU9, HDMPU2{ENTER}")
    told = " ".join(said)
    assert told.startswith("The book has HDMPU2 already: a piece is received once. One that ")


def shown_at_prompts(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is said of answers that are refused, from here on."""
    said: list[str] = []
    monkeypatch.setattr("questionary.print", lambda text, **_: said.append(text))
    return said


# weibao ticket, alone


def test_alone_my_open_tickets_come_with_the_next_step_and_its_deadline(weibao: Weibao) -> None:
    mine = entry("09:20", "assigned", by="wang-lei", to="li-qiang")
    another_ticket(weibao, "防火墙告警", OPENED, mine)
    ran = weibao("ticket")
    assert ran.code == 0
    assert "My open tickets" in ran.out
    assert FIREWALL in ran.out
    assert TICKET not in ran.out
    assert "Acknowledged  ack" in ran.out
    assert "11-20 11:12" in ran.out


def test_alone_all_open_tickets_come_where_none_is_mine(weibao: Weibao) -> None:
    another_ticket(weibao, "防火墙告警")
    ran = weibao("ticket")
    assert ran.out.index(TICKET) < ran.out.index(FIREWALL)
    assert "My open tickets" not in ran.out


def test_alone_it_says_that_nothing_is_open(weibao: Weibao) -> None:
    weibao("ticket", "cancel", TICKET, "--reason", "误报")
    assert weibao("ticket").out == "No ticket is open.\n"


def test_a_time_whose_day_was_not_said_is_asked_about(weibao: Weibao) -> None:
    weibao.set_clock("2026-11-21T00:20:00+08:00")
    with keys(ENTER):
        ran = weibao("ticket", "ack", "7K3Q9M", "--at", "23:50", lang="zh")
    assert (ran.code, ran.err) == (0, "")
    assert last_entry(weibao) == entry("23:50", "acknowledged")
    with keys(f"{DOWN}{ENTER}"):
        ran = weibao("ticket", "update", "7K3Q9M", "--note", "x", "--at", "23:55")
    assert ran.code == 130
    assert commits(weibao) == 3


def test_an_opening_asks_when_the_customer_called_and_when_somebody_was_sent(
    weibao: Weibao,
) -> None:
    # kind, reported, sent, severity 1, contact, no equipment, title, channel, description, impact, consent
    called = f"{CTRL_U}18:30{ENTER}{CTRL_U}20分钟前{ENTER}10分钟前{ENTER}"
    keystrokes = f"{ENTER}{called}1{ENTER}{ENTER}{ENTER}断网{ENTER * 5}"
    ran = typed(weibao, "ticket open --emergency", keystrokes)
    assert (ran.code, ran.err) == (0, "")
    made = weibao.repository.git("show", "--format=", "HEAD")
    assert "+reported_at: 2026-11-20T09:10:00+08:00" in made
    assert "+  - " + entry("09:20", "dispatched", to="li-qiang").strip(" -") in made
