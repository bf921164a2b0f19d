"""Who may do the work: managers by day, certificates, experience, headcount."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weibao.model.staff import Certificate, Person, Staff, Term
from weibao.operations.qualification import certified, engineers, experienced, reigns

START, END = date(2026, 1, 1), date(2026, 3, 31)
DAYS = [START + timedelta(days=number) for number in range((END - START).days + 1)]


def person(key: str = "li-qiang", *roles: Term, **more: object) -> Person:
    known = {"git": (), "sites": (), "experience": {}, "certificates": ()} | more
    return Person(key, key, roles, **known)  # type: ignore[arg-type]


def staff(*people: Person) -> Staff:
    return Staff({one.id: one for one in people})


around = st.dates(START - timedelta(days=40), END + timedelta(days=40))
terms = st.builds(
    lambda start, length: Term(
        "pm", start, None if length is None else start + timedelta(days=length)
    ),
    around,
    st.none() | st.integers(0, 80),
)


@given(st.lists(terms, max_size=5))
def test_reigns_tell_of_every_day_who_manages_it(held: list[Term]) -> None:
    people = staff(*(person(f"p{number}", term) for number, term in enumerate(held)))
    spans = list(reigns(people, START, END))

    told = [day for one in spans for day in DAYS if one.start <= day <= one.end]
    assert told == DAYS
    assert (spans[0].start, spans[-1].end) == (START, END)
    for one in spans:
        for day in (one.start, one.end):
            managing = {key for key, who in people.people.items() if "pm" in who.roles_on(day)}
            assert set(one.managers) == managing
    assert all(one.managers != other.managers for one, other in pairwise(spans))


def test_a_term_that_ends_before_it_begins_has_no_reign() -> None:
    assert list(reigns(staff(), END, START)) == []


def test_the_last_day_of_the_calendar_breaks_nothing() -> None:
    forever = person("chen-jie", Term("pm", date(1, 1, 1), date.max))
    assert [one.managers for one in reigns(staff(forever), START, date.max)] == [("chen-jie",)]
    assert not experienced(person(experience={"switch": date.max}), "switch", 50, START)


def test_a_certificate_is_good_on_its_first_and_on_its_last_day() -> None:
    held = Certificate("huawei", "HCIE", "1", Term("HCIE", date(2026, 2, 1), date(2026, 2, 28)))
    who = person(certificates=(held,))
    valid = [day for day in DAYS if certified(who, "huawei", day)]
    assert (valid[0], valid[-1]) == (date(2026, 2, 1), date(2026, 2, 28))
    assert not certified(who, "h3c", date(2026, 2, 10))


@pytest.mark.parametrize(("day", "enough"), [("2026-03-14", False), ("2026-03-15", True)])
def test_years_of_experience_are_full_years(day: str, enough: bool) -> None:  # noqa: FBT001
    who = person(experience={"ups": date(2023, 3, 15)})
    assert experienced(who, "ups", 3, date.fromisoformat(day)) is enough


def test_engineers_are_those_in_the_role_on_the_day_and_reserves() -> None:
    people = staff(
        person("a", Term("engineer", START, date(2026, 1, 31))),
        person("b", Term("reserve", date(2026, 2, 1))),
        person("c", Term("desk", START)),
    )
    assert [one.id for one in engineers(people, START)] == ["a"]
    assert [one.id for one in engineers(people, END)] == ["b"]
