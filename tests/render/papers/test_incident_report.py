"""An incident report tells what happened by the claims and by the evidence, and by whose review it is final."""

from __future__ import annotations

import pytest

from building.book import TICKET, WHOLE_LOG, a_book, files_of
from building.contract import ACTIONS, GROUPED, TWO, a_ticket, another_asset, entry
from building.record_papers import a_record_paper, paper_words, record_facts
from weibao.history.proven import Grade
from weibao.refusal import UsageRefusal
from weibao.render.papers.paper import facts_of

REPORT = "incident-report"
EARLIER, ELSEWHERE, LONG_AGO = "T20261110-2222AA", "T20261111-3333AA", "T20260801-4444AA"

PRELIMINARY = entry(
    "15:00",
    "analysed",
    edition="preliminary",
    trigger="雷雨后跳电",
    detected_by="monitoring",
    detected_at="2026-11-20T09:05:00+08:00",
)
FINAL = entry(
    "2026-11-23T09:00:00+08:00",
    "analysed",
    edition="final",
    trigger="雷雨后跳电",
    root_cause="主控板电源失效，李强已复核",
    business_effect="生产线停产 2 小时",
    lessons="备件前移",
)


def a_report_on(*more: str, severity: int = 1, **files: str) -> dict:
    ticket = a_ticket(severity=severity, log=(*WHOLE_LOG, *more))
    return record_facts(REPORT, a_book(files_of(ticket, **files)), TICKET)


def test_without_a_review_it_is_preliminary_and_says_what_the_record_shows() -> None:
    book = a_book()
    paper = paper_words(a_record_paper(REPORT, book, TICKET))
    assert "初稿：尚无可供阅览的故障分析" in paper
    assert "尚无可供阅览的故障分析。" in paper
    told = record_facts(REPORT, book, TICKET)
    assert told["facts"]["facts"]["edition"] == "preliminary"
    assert told["facts"]["facts"]["why"] == "severity"
    assert told["analysis"]["analysis"]["cause"] == "内存故障"
    assert told["facts"]["editions"] == [
        {"edition": "preliminary", "due": "2026-11-21T09:12:00+08:00", "there": None},
        {"edition": "final", "due": "2026-11-27T18:00:00+08:00", "there": None},
    ]


def test_a_final_review_makes_it_final_and_keeps_what_the_first_one_said() -> None:
    told = a_report_on(PRELIMINARY, FINAL)
    assert told["facts"]["facts"]["edition"] == "final"
    assert told["facts"]["facts"]["detected"] == "2026-11-20T09:05:00+08:00"
    assert told["facts"]["facts"]["business_effect"] == "生产线停产 2 小时"
    assert told["analysis"]["analysis"]["detected_by"] == "monitoring"
    assert told["advice"]["lessons"]["lessons"] == "备件前移"
    assert [row["there"] for row in told["facts"]["editions"]] == [
        "2026-11-20T15:00:00+08:00",
        "2026-11-23T09:00:00+08:00",
    ]
    ticket = a_ticket(log=(*WHOLE_LOG, PRELIMINARY, FINAL))
    paper = a_record_paper(REPORT, a_book(files_of(ticket)), TICKET)
    assert paper.marks == ()


def test_words_of_the_record_stand_in_the_story_of_either_language_as_words_alone() -> None:
    paper = a_record_paper(REPORT, a_book(), TICKET, "en")
    (summary,) = (part for part in paper.sections if part.key == "summary")
    told = " ".join(block.said.texts[0] for block in summary.blocks)
    assert "Cause: 内存故障." in told
    assert "<" not in told


def test_a_preliminary_review_alone_is_marked_so() -> None:
    ticket = a_ticket(log=(*WHOLE_LOG, PRELIMINARY))
    paper = a_record_paper(REPORT, a_book(files_of(ticket)), TICKET)
    assert [mark.texts[0] for mark in paper.marks] == ["初稿：尚无最终分析"]


def test_the_outage_of_the_ticket_is_told_apart_from_what_its_services_had_of_it() -> None:
    alone = a_report_on()["facts"]["facts"]
    grouped = a_report_on(contract=GROUPED, assets=TWO)["facts"]["facts"]
    assert alone["lost"] == grouped["lost"] == 2 * 3600 + 8 * 60
    assert (alone["service_mes"], grouped["service_mes"]) == ("outage=7680", "degraded=7680")


def test_the_number_of_a_paper_tells_its_edition_and_what_it_was_made_of() -> None:
    books = [
        a_book(files_of(a_ticket(log=(*WHOLE_LOG, *more))), as_of=as_of)
        for more, as_of in (
            ((PRELIMINARY,), "2026-11-25T09:00:00+08:00"),
            ((PRELIMINARY, FINAL), "2026-11-25T09:00:00+08:00"),
            ((PRELIMINARY, FINAL), "2026-11-25T09:01:00+08:00"),
        )
    ]
    numbers = [a_record_paper(REPORT, book, TICKET).number for book in books]
    begun = f"WB-{REPORT}-hd-2026-{TICKET}"
    assert numbers[0].startswith(f"{begun}-preliminary-20261125090000-")
    assert numbers[1].startswith(f"{begun}-final-20261125090000-")
    assert numbers[2].startswith(f"{begun}-final-20261125090100-")
    assert numbers == [a_record_paper(REPORT, book, TICKET, "en").number for book in books]
    cover = facts_of(a_record_paper(REPORT, books[0], TICKET))["cover"]
    assert "version" not in cover


def test_the_timeline_has_the_claim_beside_the_evidence() -> None:
    book = a_book(grades={"restored": Grade.LATE})
    told = record_facts(REPORT, book, TICKET)
    restored = next(row for row in told["timeline"]["timeline"] if row["step"] == "restored")
    assert (restored["claimed"], restored["effective"], restored["grade"]) == (
        "2026-11-20T11:20:00+08:00",
        "2026-11-20T14:20:00+08:00",
        "C",
    )
    facts = told["facts"]["facts"]
    assert (facts["lost"], facts["lost_on_claims"]) == (5 * 3600 + 8 * 60, 2 * 3600 + 8 * 60)
    assert facts["by_contract"] == 5 * 3600 + 8 * 60
    promise = next(row for row in told["promises"]["promises"] if row["promise"] == "restore-1")
    assert (promise["outcome"], promise["on_claim"]) == ("breached", "met")
    assert facts["why"] == "severity restore"
    assert told["promises"]["missed"][0]["cause"] is None


def test_what_was_said_of_a_breach_stands_beside_it() -> None:
    justified = entry(
        "16:00", "justified", by="chen-jie", target="restore", cause="雪天", improvement="驻点"
    )
    late = (*WHOLE_LOG[:6], *WHOLE_LOG[7:], justified)
    book = a_book(files_of(a_ticket(log=[line.replace("T12:00", "T14:00") for line in late])))
    (missed, *_) = record_facts(REPORT, book, TICKET)["promises"]["missed"]
    assert (missed["promise"], missed["cause"], missed["improvement"]) == (
        "restore-1",
        "雪天",
        "驻点",
    )


def test_the_same_fault_before_is_one_of_shared_equipment_within_90_days() -> None:
    def earlier(name: str, day: str, restored: str) -> str:
        reported = f"2026-{day}T09:00:00+08:00"
        return a_ticket(
            name, severity=3, reported_at=reported,
            log=(entry(f"2026-{day}T09:05:00+08:00", "opened", by="wang-lei"),
                 entry(f"2026-{restored}T10:00:00+08:00", "restored", mode="remote")),
        )  # fmt: skip

    elsewhere = earlier(ELSEWHERE, "11-11", "11-11").replace("[core-sw-01]", "[core-sw-02]")
    files = files_of(
        a_ticket(log=WHOLE_LOG),
        earlier(EARLIER, "11-10", "11-10"),
        elsewhere,
        earlier(LONG_AGO, "08-01", "08-01"),
    )
    files["records/assets.yaml"] += another_asset("core-sw-02").encode()
    told = record_facts(REPORT, a_book(files), TICKET)
    assert [(row["ticket"], row["repeat"]) for row in told["before"]["before"]] == [
        (EARLIER, "repeat")
    ]
    assert told["facts"]["facts"]["why"] == "severity repeat"


def test_actions_about_the_ticket_are_told_and_no_others() -> None:
    raised = entry(
        "2026-11-21T09:00:00+08:00", "raised", by="chen-jie", action="more-spares",
        about=f"{{ticket: {TICKET}}}", text="增加备件", owner="sun-yu", due="2026-12-20",
    )  # fmt: skip
    (action,) = a_report_on(actions=f"{ACTIONS}{raised}\n")["actions"]["actions"]
    assert (action["action"], action["due"], action["state"]) == (
        "more-spares",
        "2026-12-20",
        "raised",
    )


def test_names_and_internal_reviews_are_the_providers_own() -> None:
    secret = FINAL.replace("}", ", internal: true}")
    ticket = a_ticket(log=(*WHOLE_LOG, PRELIMINARY, secret))
    book = a_book(files_of(ticket))
    customer = paper_words(a_record_paper(REPORT, book, TICKET))
    internal = paper_words(a_record_paper(REPORT, book, TICKET, audience="internal"))
    for withheld in ("李强", "生产线停产", "2102HD0001"):
        assert withheld not in customer
        assert withheld in internal
    assert "初稿：尚无最终分析" in customer
    assert "初稿：尚无最终分析" not in internal


@pytest.mark.parametrize("severity", [3, 4])
def test_of_a_small_incident_that_nobody_reviewed_there_is_none(severity: int) -> None:
    book = a_book(files_of(a_ticket(severity=severity, log=WHOLE_LOG)))
    with pytest.raises(UsageRefusal, match="There is no incident report on"):
        a_record_paper(REPORT, book, TICKET)


def test_a_review_gives_a_small_incident_its_report() -> None:
    assert a_report_on(PRELIMINARY, severity=3)["facts"]["facts"]["why"] == "review"
