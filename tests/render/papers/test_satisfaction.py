"""What the customer thought: scores in whose hand, surveys by dimension, and what followed the low ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from building.book import TICKET, WHOLE_LOG, a_book, files_of
from building.contract import ACTIONS, a_ticket, entry
from building.papers import a_report, kind_facts, kind_words
from weibao.render.papers.kinds.satisfaction import KIND

if TYPE_CHECKING:
    from weibao.report.book import Book

LOW = entry(
    "14:00",
    "confirmed",
    by="wang-lei",
    contact="zhang-gong",
    via="phone",
    satisfaction="2",
    comment="到得太慢",
)
FIVE = entry(
    "14:00", "confirmed", by="wang-lei", contact="zhang-gong", via="phone", satisfaction="5"
)


def rated(mark: str, ticket: str = TICKET) -> str:
    return a_ticket(ticket, log=(*WHOLE_LOG[:8], mark))


SURVEYED = "  - {at: 2026-11-19T10:00:00+08:00, event: surveyed, by: chen-jie, contact: zhang-gong, via: phone, response: 5, skill: 3, attitude: 4, comment: 人手偏紧}\n"
UNANSWERED = "  - {at: 2026-11-19T11:00:00+08:00, event: surveyed, by: chen-jie, contact: factory-noc, via: email}\n"
BEFORE = SURVEYED.replace("2026-11-19", "2026-10-19").replace("response: 5", "response: 1")
CALLED = "  - {at: 2026-11-20T16:00:00+08:00, event: called_back, by: chen-jie, contact: zhang-gong, via: phone, text: 已说明并致歉}\n"
RAISED = f"  - {{at: 2026-11-21T09:00:00+08:00, event: raised, by: chen-jie, action: come-sooner, about: {{ticket: {TICKET}}}, text: 增加驻点, owner: li-qiang, due: 2026-12-15}}\n"


def a_rated(
    *tickets: str, reviews: str = "", actions: str = ACTIONS, as_of: str = "2026-12-31"
) -> Book:
    files = files_of(
        *tickets, reviews=f"log:\n{reviews}" if reviews else "log: []\n", actions=actions
    )
    return a_book(files, as_of=f"{as_of}T00:00:00+08:00")


def told(book: Book) -> dict[str, Any]:
    return kind_facts(KIND, book, "2026-11", report=a_report(book, "2026-11"))


def test_scores_are_told_one_by_one_and_added_up_by_the_hand_that_gave_them() -> None:
    october = rated(FIVE, "T20261020-1A2B3D").replace("2026-11-20", "2026-10-20")
    book = a_rated(rated(LOW), rated(FIVE, "T20261120-1A2B3C"), october)
    found = told(book)
    assert [(row["score"], row["hand"], row["words"]) for row in found["scores"]["scores"]] == [
        (5, "reported", None),
        (2, "reported", "到得太慢"),
    ]
    hands = {row["hand"]: row for row in found["tickets"]["by_hand"]}
    assert hands["reported"]["satisfaction"] == "7/2"
    assert hands["reported"]["discontented"] == "1/2"
    assert hands["signed"]["satisfaction"] is None
    figures = {row["figure"]: row["2026-11"] for row in found["tickets"]["figures"]}
    assert figures["scored"] == "2/2"


def test_a_survey_is_told_by_what_was_asked_and_by_how_many_answered() -> None:
    found = told(a_rated(rated(FIVE), reviews=BEFORE + SURVEYED + UNANSWERED))["surveys"]
    assert {row["about"]: row["score"] for row in found["dimensions"]} == {
        "response": "5/1",
        "skill": "3/1",
        "attitude": "4/1",
        "result": None,
        "documents": None,
    }
    assert {row["figure"]: row["2026-11"] for row in found["survey_figures"]} == {
        "survey_response": "1/2",
        "survey": "12/3",
    }
    assert [row["skill"] for row in found["surveys"]] == [3, None]


def test_a_low_score_is_told_with_its_words_the_call_and_the_action() -> None:
    book = a_rated(rated(LOW), reviews=SURVEYED + CALLED, actions=ACTIONS + RAISED)
    low = told(book)["low"]
    first, second = low["low"]
    assert (first["score"], first["about"], first["words"]) == (2, TICKET, "到得太慢")
    assert (first["answered"], first["answer"]) == ("2026-11-20T16:00:00+08:00", "已说明并致歉")
    assert first["due"] is not None
    assert (second["score"], second["about"], second["due"]) == (3, "skill", None)
    assert [row["action"] for row in low["actions"]] == ["come-sooner"]


def test_a_call_that_is_owed_and_was_not_made_is_told_so() -> None:
    book = a_rated(rated(LOW))
    (low,) = told(book)["low"]["low"]
    assert (low["answered"], low["answer"]) == (None, None)
    assert "尚未回访" in kind_words(KIND, book, "2026-11", report=a_report(book, "2026-11"))


def test_what_was_said_internally_of_a_score_is_not_told_to_the_customer() -> None:
    hidden = CALLED.replace("text:", "internal: true, text:")
    asked = UNANSWERED.replace("via:", "internal: true, via:")
    book = a_rated(rated(LOW), reviews=asked + hidden)
    assert told(book)["surveys"]["surveys"] == []
    (low,) = told(book)["low"]["low"]
    assert (low["answered"], low["answer"]) == ("2026-11-20T16:00:00+08:00", None)
    assert "致歉" not in kind_words(KIND, book, "2026-11", report=a_report(book, "2026-11"))
