"""Where a paper is signed, what that means, and what its last page says of itself."""

from __future__ import annotations

import json
from dataclasses import replace
from hashlib import sha256

import pytest

from building.book import COMMIT, a_book, files_of
from building.contract import CONTRACT, a_ticket
from building.entries import moment
from building.papers import a_part, a_report, made_by, part_facts, part_words
from weibao.model.closing import MonthClose
from weibao.model.finding import Finding, Place
from weibao.render.papers.integrity import facts_json
from weibao.render.papers.paper import Facts, SignOff
from weibao.render.papers.parts.integrity import PART as INTEGRITY
from weibao.render.papers.parts.sign_off import PART as SIGN_OFF

DAMAGE = Finding(
    "L101", Place("records/tickets/2026/11/20/T20261120-7K3Q9M.yaml", 3), "T20261120-7K3Q9M"
)


def test_both_sides_have_boxes_and_only_the_customer_a_seal() -> None:
    paper = a_part(SIGN_OFF, a_report(a_book(), "2026-11"))
    signed = next(block for block in paper.sections[0].blocks if isinstance(block, SignOff))
    assert [box.title.texts[0] for box in signed.boxes] == ["编制", "审核", "批准", "客户意见"]
    assert [box.seal.texts[0] for box in signed.boxes] == ["", "", "", "盖章处"]
    assert [choice.texts[0] for choice in signed.boxes[3].choices] == ["同意", "有异议（说明）"]


@pytest.mark.parametrize(
    ("duties", "said"),
    [
        ("", "并认可所列事实。"),
        (
            "duties: {report_accepted_within: 7wd}\n",
            "；异议应在报告提交后 7 个工作日内以书面提出。",
        ),
    ],
)
def test_a_time_for_objections_is_named_only_where_the_contract_says_one(
    duties: str, said: str
) -> None:
    book = a_book(files_of(a_ticket(), contract=CONTRACT + duties))
    words = part_words(SIGN_OFF, a_report(book, "2026-11"))
    assert said in words
    assert ("异议应在" in words) is bool(duties)


def test_the_last_page_says_what_it_was_made_from_and_how_to_make_it_again() -> None:
    told = part_facts(INTEGRITY, a_report(a_book(), "2026-11"))
    assert told["basis"]["commit"] == COMMIT
    assert told["basis"]["state"] == "unwitnessed"
    assert made_by(a_part(INTEGRITY, a_report(a_book(), "2026-11"))) == (
        f"weibao report 2026-11 --at {COMMIT[:12]} --as-of 2026-11-23T12:00:00+08:00"
    )
    closed = replace(a_report(a_book(), "2026-11"), provisional=False, version=2)
    assert made_by(a_part(INTEGRITY, closed)) == "weibao report 2026-11 --version 2"
    within = made_by(a_part(INTEGRITY, closed, audience="internal"))
    assert within == "weibao report 2026-11 --internal --version 2"
    assert {
        "check": "append_only",
        "examined": 120,
        "unit": "versions",
        "result": "passed",
    } in told["checks"]


def test_each_closed_month_is_named_with_what_its_figures_follow_from() -> None:
    counts = dict.fromkeys(("met", "breached", "waived", "cancelled"), 0)
    close = MonthClose(
        "2026-10", moment("2026-11-02 00:00"), "c" * 40, "d" * 40, 2, counts, "e" * 64
    )
    told = part_facts(
        INTEGRITY, a_report(a_book(), "2026-09", "2026-10", "2026-11", closes={"2026-10": close})
    )
    assert told["closes"] == [
        {
            "month": "2026-10",
            "commit": "c" * 40,
            "as_of": "2026-11-02T00:00:00+08:00",
            "seen_log": "d" * 40,
            "rules": 2,
            "sha256": "e" * 64,
        }
    ]


def test_nothing_passes_over_damage() -> None:
    told = part_facts(INTEGRITY, a_report(a_book(findings=[DAMAGE]), "2026-11"))
    assert told["basis"]["state"] == "unsound"
    assert [error["code"] for error in told["errors"]] == ["L101"]
    assert [
        check["result"] for check in told["checks"] if check["check"] == "evidence_supports"
    ] == ["failed"]


def test_a_paper_says_the_digest_of_its_own_facts_in_either_language() -> None:
    report = a_report(a_book(), "2026-11")
    chinese, english = (a_part(INTEGRITY, report, code) for code in ("zh", "en"))
    assert facts_json(chinese) == facts_json(english)
    digest = sha256(facts_json(chinese)).hexdigest()
    (made,) = [box for box in chinese.sections[0].blocks if isinstance(box, Facts) and not box.key]
    assert [row.cell.value for row in made.rows if row.key == "facts_sha256"] == [digest]
    assert digest not in facts_json(chinese).decode()
    assert json.loads(facts_json(replace(chinese, number="other")))["number"] == "other"
