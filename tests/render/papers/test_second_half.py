"""What the second half of a periodic report says, counted by hand on small records."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from building.book import SLOW_LOG, TICKET, WHOLE_LOG, a_book, files_of
from building.contract import ACTIONS, CONTRACT, DUTY, STAFF, a_ticket, entry
from building.entries import claim, moment
from building.papers import a_report, commissioned, part_facts, part_words
from weibao.history.proven import Grade, Hand, Word, unproven
from weibao.render.papers.all_papers import KINDS, paper_of
from weibao.render.papers.integrity import facts_json
from weibao.render.papers.paper import Facts, Remark, Table
from weibao.render.papers.parts.actions import PART as ACTION_PART
from weibao.render.papers.parts.approval import PART as APPROVAL
from weibao.render.papers.parts.confirmations import PART as CONFIRMATIONS
from weibao.render.papers.parts.credits import PART as CREDITS
from weibao.render.papers.parts.definitions import PART as DEFINITIONS
from weibao.render.papers.parts.escalations import PART as ESCALATIONS
from weibao.render.papers.parts.evidence import PART as EVIDENCE
from weibao.render.papers.parts.people import PART as PEOPLE
from weibao.render.papers.parts.register import PART as REGISTER
from weibao.render.papers.parts.risks import PART as RISKS
from weibao.render.papers.periodic import PARTS
from weibao.report.closed_months import Restated
from weibao.report.difference import Turned
from weibao.report.key_figures import KEY_FIGURES
from weibao.sla.verdict import Outcome

if TYPE_CHECKING:
    from weibao.model.handwritten import Audience
    from weibao.report.papers.period_report import PeriodReport

OTHER = "T20261118-4F2MXA"
MONTH = "2026-11"


def november(*tickets: str, **more: str) -> PeriodReport:
    return a_report(a_book(files_of(*tickets, **more)), MONTH)


# People: the desk changes hands each day at 08:00, from 2025-12-01 on between Wang Lei and Sun Yu. From
# 1 November 00:00 to the 23rd, 12:00, Wang Lei has twelve turns, the first of them for 8 hours more; Sun Yu
# as many, the last so far for 4.
AWAY = """\
overrides:
  - {rota: desk, from: 2026-11-10T08:00:00+08:00, to: 2026-11-11T08:00:00+08:00, by: chen-jie, instead_of: wang-lei, reason: 家中有事}
"""
HOUR = 3600


def test_every_turn_is_counted_and_whoever_stood_in_had_it() -> None:
    report = november(a_ticket(), duty=DUTY + AWAY)
    told = part_facts(PEOPLE, report, "internal")
    desk = {row["person"]: row for row in told["duty"] if row["rota"] == "desk"}
    assert (desk["wang-lei"]["turns"], desk["wang-lei"]["seconds"]) == (11, 248 * HOUR)
    assert (desk["sun-yu"]["turns"], desk["sun-yu"]["seconds"]) == (12, 268 * HOUR)
    assert (desk["chen-jie"]["turns"], desk["chen-jie"]["stood_in"]) == (1, 1)
    assert [row["instead_of"] for row in told["stand_ins"]] == ["wang-lei"]
    assert len([row for row in told["turns"] if row["rota"] == "desk"]) == 24


def test_why_somebody_stood_in_is_for_the_provider_alone() -> None:
    report = november(a_ticket(), duty=DUTY + AWAY)
    assert "家中有事" in part_words(PEOPLE, report, audience="internal")
    told = part_words(PEOPLE, report)
    assert "家中有事" not in told
    assert "陈洁" not in told
    assert "项目经理" in told


def test_who_came_and_who_went_and_whose_certificate_ends_soon() -> None:
    staff = (
        STAFF.replace('number: "1001", from: 2025-01-01, to: 2027-12-31', 'number: "1001", from: 2025-01-01, to: 2027-01-22')
        .replace('number: "1002", from: 2025-01-01, to: 2027-12-31', 'number: "1002", from: 2025-01-01, to: 2027-01-23')
        .replace("{role: reserve, from: 2025-12-01}", "{role: reserve, from: 2025-12-01, to: 2026-11-10}, {role: supervisor, from: 2026-11-05}")
        .replace("[{role: director, from: 2025-12-01}]", "[{role: director, from: 2025-12-01, to: 2026-11-15}]")
        + "  he-xin:\n    name: 何欣\n    roles: [{role: director, from: 2026-11-02}]\n"
    )  # fmt: skip
    told = part_facts(PEOPLE, november(a_ticket(), staff=staff), "internal")
    assert [
        (row["day"], row["person"], row["role"], row["step"]) for row in told["staff_changes"]
    ] == [
        ("2026-11-02", "he-xin", "director", "joined"),
        ("2026-11-05", "zhao-min", "supervisor", "took_up"),
        ("2026-11-10", "zhao-min", "reserve", "gave_up"),
        ("2026-11-15", "gao-yuan", "director", "left"),
    ]
    # From 23 November on sixty days are until 22 January.
    assert [(row["person"], row["left"]) for row in told["certificates"]] == [("li-qiang", 60)]


# Escalation: who arrives after 123 minutes of 120 had passed 50 % (60 minutes, due 10:17) and 75 % (90, due
# 10:47), and stood on neither 100 % for five minutes; restored after 128 of 240 he had passed 50 % (due 11:17).
CLIMBED = (
    entry("10:15", "escalated", by="wang-lei", level="1", to="wang-lei", trigger="到场时限已用 50%"),
    entry("11:00", "escalated", by="wang-lei", level="2", to="sun-yu", trigger="到场时限已用 75%", internal="true"),
)  # fmt: skip


def test_each_rung_is_told_with_when_it_was_due_and_whom_it_reached() -> None:
    report = november(a_ticket(log=(*SLOW_LOG, *CLIMBED)))
    told = part_facts(ESCALATIONS, report, "internal")
    assert [
        (row["target"], row["percent"], row["due"][11:16], row["result"], row["told"])
        for row in told["rungs"]
    ] == [
        ("arrive", 50, "10:17", "in_time", "wang-lei"),
        ("arrive", 75, "10:47", "late", "sun-yu"),
        ("restore", 50, "11:17", "in_time", "wang-lei"),
    ]
    assert [row[MONTH] for row in told["escalation_figures"]] == ["2/3", "1/3", "0/3"]


def test_whom_an_inner_step_told_and_when_is_not_for_the_customer() -> None:
    report = november(a_ticket(log=(*SLOW_LOG, *CLIMBED)))
    told = part_facts(ESCALATIONS, report)["rungs"]
    assert [(row["result"], row["climbed"] is None, row["told"] is None) for row in told] == [
        ("in_time", False, False),
        ("late", True, True),
        ("in_time", False, False),
    ]


def confirmed(score: int | None, **more: str) -> tuple[str, ...]:
    scored = {} if score is None else {"satisfaction": str(score)}
    said = entry(
        "14:00", "confirmed", by="wang-lei", contact="zhang-gong", via="phone", **scored, **more
    )
    return tuple(said if "confirmed" in line else line for line in WHOLE_LOG)  # fmt: skip


def test_every_low_score_is_told_in_the_customers_words_and_hands_apart() -> None:
    book = a_book(
        files_of(
            a_ticket(log=confirmed(2, comment="李强来得太慢")),
            a_ticket("T20261120-AAAAAA", log=confirmed(3)),
            a_ticket("T20261120-BBBBBB", log=confirmed(5)),
            a_ticket("T20261120-CCCCCC", log=confirmed(None)),
        )
    )
    proofs = vars(book)["proofs"]
    for ticket, hand in (("T20261120-AAAAAA", Hand.SIGNED), ("T20261120-BBBBBB", Hand.NAMED)):
        proofs[ticket] = replace(
            proofs[ticket],
            entries=tuple(
                replace(proven, word=Word(hand)) if proven.word else proven
                for proven in proofs[ticket].entries
            ),
        )
    told = part_facts(CONFIRMATIONS, a_report(book, MONTH))
    assert [(row["score"], row["ticket"], row["hand"]) for row in told["low_scores"]] == [
        (2, TICKET, "reported"),
        (3, "T20261120-AAAAAA", "signed"),
    ]
    everybody = told["confirmation_hands"][0]
    assert [everybody[f"confirmed_{hand}"] for hand in ("signed", "named", "reported")] == [1, 1, 2]
    figures = {row["figure"]: row[MONTH] for row in told["confirmation_figures"]}
    assert figures["scored"] == "3/4"
    assert figures["satisfaction"] == "10/3"
    assert figures["satisfaction signed"] == "3/1"
    assert figures["discontented"] == "1/3"
    words = part_words(CONFIRMATIONS, a_report(book, MONTH))
    assert "来得太慢" in words
    assert "李强" not in words


def test_the_grades_add_up_and_late_entries_are_listed_but_for_inner_ones() -> None:
    inner = entry("10:50", "updated", note="厂家嫌疑未告知客户", internal="true")
    book = a_book(
        files_of(a_ticket(log=(*WHOLE_LOG, inner))),
        grades={"restored": Grade.LATE, "updated": Grade.LATE, "assigned": Grade.OWN_CLOCK},
    )
    report = a_report(book, MONTH)
    told = part_facts(EVIDENCE, report)
    counts = {row["grade"]: row[MONTH] for row in told["entry_grades"]}
    assert counts == {"A": 8, "B": 0, "I": 0, "O": 1, "C": 2, "U": 0, "F": 0}
    assert [(row["event"], row["lateness"]) for row in told["late_entries"]] == [
        ("restored", 3 * HOUR)
    ]
    within = part_facts(EVIDENCE, report, "internal")["late_entries"]
    assert [row["event"] for row in within] == ["updated", "restored"]


def test_a_quarter_has_a_column_for_each_month_and_one_for_all() -> None:
    october = entry("2026-10-18T09:12:00+08:00", "opened", by="wang-lei")
    early = a_ticket(OTHER, reported_at="2026-10-18T09:12:00+08:00", log=[october])
    book = a_book(files_of(a_ticket(log=WHOLE_LOG), early))
    told = part_facts(EVIDENCE, a_report(book, "2026-09", "2026-10", MONTH))
    supported = told["entry_grades"][0]
    assert [supported[key] for key in ("2026-09", "2026-10", MONTH, "period")] == [0, 1, 10, 11]
    figure = told["evidence_figures"][0]
    assert [figure[key] for key in ("2026-09", "2026-10", MONTH, "period")] == [
        None,
        "1/1",
        "10/10",
        "11/11",
    ]


def test_hours_off_the_clock_are_those_that_it_would_have_counted() -> None:
    # From Friday 17:00 to Monday 10:00 the desk's calendar has two hours; the wall has sixty-five.
    log = (
        *WHOLE_LOG[:3],
        entry("17:00", "paused", reason="customer_information"),
        entry("2026-11-23T10:00:00+08:00", "resumed"),
    )
    grave = (
        *WHOLE_LOG[:3],
        entry("09:30", "paused", reason="site_access"),
        entry("10:00", "resumed"),
    )
    report = november(a_ticket(severity=3, log=log), a_ticket("T20261120-AAAAAA", log=grave))
    told = part_facts(EVIDENCE, report)["pauses"]
    assert [(row["reason"], row["seconds"], row["wall"]) for row in told] == [
        ("customer_information", 2 * HOUR, 65 * HOUR),
        ("site_access", HOUR // 2, HOUR // 2),
    ]
    assert "2.00" in part_words(EVIDENCE, report)


def test_corrections_and_lowered_severities_are_told_with_whose_word_they_are() -> None:
    log = (
        *WHOLE_LOG,
        entry("10:00", "severity_agreed", by="wang-lei", severity="2", consent_by="zhang-gong"),
        entry("15:00", "amended", entry="{at: 2026-11-20T12:00:00+08:00, event: resolved}", field="cause", value="内存条故障", reason="复核"),
    )  # fmt: skip
    report = november(a_ticket(log=log))
    told = part_facts(EVIDENCE, report, "internal")
    assert [
        (row["before"], row["after"], row["consent_by"]) for row in told["lowered_severities"]
    ] == [(1, 2, "zhang-gong")]
    assert [row["event"] for row in told["corrections"]] == ["amended"]
    assert "更正的字段：原因；更正后的值：内存条故障；更正原因：复核" in part_words(
        EVIDENCE, report
    )


MORE_ACTIONS = """\
  - {at: 2026-10-08T09:00:00+08:00, event: raised, by: chen-jie, action: spare-fans, about: {audit: 2026-10}, text: 补充风扇备件, owner: li-qiang, due: 2026-11-20}
  - {at: 2026-10-09T09:00:00+08:00, event: raised, by: chen-jie, action: train-desk, about: {audit: 2026-10}, text: 服务台培训, owner: wang-lei, due: 2026-11-30}
  - {at: 2026-11-09T09:00:00+08:00, event: done, by: wang-lei, action: train-desk}
  - {at: 2026-10-10T09:00:00+08:00, event: raised, by: chen-jie, action: change-supplier, about: {audit: 2026-10}, text: 更换供应商, owner: chen-jie, due: 2026-11-30, internal: true}
"""


def test_actions_are_open_overdue_or_done_and_inner_ones_stay_inside() -> None:
    report = november(a_ticket(), actions=ACTIONS + MORE_ACTIONS)
    told = part_facts(ACTION_PART, report)
    assert told["action_numbers"] == {"open": 2, "overdue": 1, "finished": 1}
    assert [(row["action"], row["overdue"]) for row in told["open_actions"]] == [
        ("spare-fans", True),
        ("label-patch-panels", None),
    ]
    assert [row["action"] for row in told["finished_actions"]] == ["train-desk"]
    assert part_facts(ACTION_PART, report, "internal")["action_numbers"]["open"] == 3


TERMS = 'credits: {currency: CNY, monthly_fee: "10000.00", cap: 5%, rules: [{kind: per_breach, target: arrive, severity: 1, amount: "300.00"}, {kind: per_breach, target: restore, severity: 1, amount: "400.00"}]}\n'


def test_credits_are_summed_by_rule_and_cut_at_the_cap() -> None:
    slow = [a_ticket(name, log=SLOW_LOG) for name in (TICKET, "T20261120-AAAAAA")]
    told = part_facts(CREDITS, november(*slow, contract=CONTRACT + TERMS))
    (month,) = told["credit_months"]
    amounts = {key: str(month[key]) for key in ("fee", "sum", "cap", "deducted", "payable")}
    assert amounts == {
        "fee": "10000.00",
        "sum": "600.00",
        "cap": "500.00",
        "deducted": "500.00",
        "payable": "9500.00",
    }
    assert [(row["rule"], row["misses"], str(row["amount"])) for row in told["credit_rules"]] == [
        ("per_breach arrive 1", 2, "600.00"),
        ("per_breach restore 1", 0, "0.00"),
    ]
    assert [row["record"] for row in told["credit_costs"]] == [TICKET, "T20261120-AAAAAA"]


def test_without_terms_a_credit_is_not_nothing_but_not_applicable() -> None:
    report = november(a_ticket(log=SLOW_LOG))
    assert part_facts(CREDITS, report) == {}
    assert part_words(CREDITS, report).endswith("不适用：合同未约定服务扣减。")


def test_what_waits_for_the_customer_is_told_with_how_long() -> None:
    log = (*WHOLE_LOG[:3], entry("17:00", "paused", reason="site_access"))
    carrier = (*WHOLE_LOG[:3], entry("17:00", "paused", reason="third_party_carrier"))
    report = november(a_ticket(log=log), a_ticket("T20261120-AAAAAA", log=carrier))
    told = part_facts(RISKS, report)["waiting"]
    assert [(row["ticket"], row["reason"], row["for"]) for row in told] == [
        (TICKET, "site_access", 67 * HOUR)
    ]


def test_the_register_has_every_ticket_of_the_period_with_its_outcomes() -> None:
    early = a_ticket(OTHER, reported_at="2026-10-18T09:12:00+08:00", log=[entry("2026-10-18T09:12:00+08:00", "opened", by="wang-lei")])  # fmt: skip
    told = part_facts(REGISTER, november(a_ticket(log=SLOW_LOG), early))["tickets"]
    assert [(row["ticket"], row["arrive"], row["restore"]) for row in told] == [
        (TICKET, "breached", "met")
    ]


def test_every_figure_is_defined() -> None:
    told = part_facts(DEFINITIONS, november(a_ticket()))["definitions"]
    assert [row["figure"] for row in told] == [figure.name for figure in KEY_FIGURES]


SAID = (
    unproven(claim("2026-12-03 10:00", "issued", "chen-jie", report="monthly")),
    unproven(claim("2026-12-03 10:05", "submitted", "chen-jie", report="monthly", to="zhang-gong", via="email")),
    unproven(claim("2026-12-05 09:00", "remarked", "chen-jie", section="risks", text="建议更换电源")),
    unproven(replace(claim("2026-12-05 09:30", "remarked", "chen-jie", section="risks", text="客户预算不足"), internal=True)),
)  # fmt: skip


def test_what_became_of_a_report_is_told_with_how_much_came_out_otherwise() -> None:
    report = november(a_ticket(log=SLOW_LOG))
    missed = next(
        verdict for verdict in report.book.verdicts if verdict.outcome is Outcome.BREACHED
    )
    turned = Turned(replace(missed, outcome=Outcome.MET), missed)
    restated = (Restated("2026-11", turned, moment("2026-12-04 12:00")),)
    report = replace(report, log=SAID, restated=restated, version=2)
    told = part_facts(APPROVAL, report)
    assert told["versions"]["version"] == 2
    assert [row["event"] for row in told["version_history"]] == ["issued", "submitted"]
    assert told["versions"]["restated"] == 1


@pytest.mark.parametrize(("audience", "told"), [("customer", 1), ("internal", 2)])
def test_a_remark_that_is_internal_is_not_for_the_customer(audience: Audience, told: int) -> None:
    report = replace(november(a_ticket()), log=SAID)
    monthly = next(kind for kind in KINDS if kind.name == "monthly")
    paper = paper_of(monthly, [commissioned(report, "zh", audience)])
    remarks = [
        block for part in paper.sections for block in part.blocks if isinstance(block, Remark)
    ]
    assert len(remarks) == told


def test_the_parts_come_in_the_order_in_which_a_report_is_read() -> None:
    order = "approval summary period compliance breaches incidents availability planned inspections spares people escalations confirmations evidence actions credits risks sign_off integrity register definitions"
    assert [part.key for part in PARTS] == order.split()
    assert [part.key for part in PARTS if part.annex] == ["register", "definitions"]


def test_a_whole_report_is_the_same_to_machines_in_either_language_and_names_nobody() -> None:
    report = november(
        a_ticket(log=(*SLOW_LOG, *CLIMBED)),
        duty=DUTY + AWAY,
        actions=ACTIONS + MORE_ACTIONS,
        contract=CONTRACT + TERMS,
    )
    monthly = next(kind for kind in KINDS if kind.name == "monthly")
    chinese, english = (paper_of(monthly, [commissioned(report, code)]) for code in ("zh", "en"))
    facts = facts_json(chinese).decode()
    assert facts == facts_json(english).decode()
    keys = [
        block.key
        for part in chinese.sections
        for block in part.blocks
        if isinstance(block, Table | Facts)
    ]
    assert len(keys) == len(set(keys))
    for hidden in ("li-qiang", "李强", "2102HD0001", "更换供应商", "change-supplier", "家中有事"):
        assert hidden not in facts
        assert hidden not in str(chinese.sections)
        assert hidden not in str(english.sections)
