"""Two versions of a file, told as what is otherwise."""

from __future__ import annotations

import copy
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from building.contract import CONTRACT, STAFF
from weibao.model.alterations import LONGEST, MOST, Alteration, altered
from weibao.model.yaml.strict import read_yaml

PATH = "records/contract.yaml"


def told(before: str, after: str, path: str = PATH) -> list[tuple[str, str | None, str | None]]:
    found = altered(path, before.encode(), after.encode())
    assert found.form == "keys"
    return [(one.key, one.before, one.after) for one in found.alterations]


def replaced(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new, 1)


def test_a_changed_target_is_told_by_its_terms_and_its_level() -> None:
    after = replaced(CONTRACT, "respond: {within: 30m", "respond: {within: 45m")

    assert told(CONTRACT, after) == [
        ("sla[2025-01-01].severities[1].targets.respond.within", "30m", "45m")
    ]


def test_a_person_who_comes_and_one_who_goes_are_told_whole() -> None:
    data = yaml.safe_load(STAFF)
    gone = data["people"].pop("li-qiang")
    data["people"]["sun-mei"] = {"name": "孙梅", "roles": gone["roles"]}
    after = yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
    before = yaml.safe_dump(yaml.safe_load(STAFF), allow_unicode=True, sort_keys=False)
    found = {key: (old, new) for key, old, new in told(before, after, "records/staff.yaml")}

    assert set(found) == {"people.li-qiang", "people.sun-mei"}
    assert found["people.li-qiang"][1] is None
    assert found["people.sun-mei"][0] is None
    assert "孙梅" in (found["people.sun-mei"][1] or "")


def test_new_terms_are_told_as_what_they_change_of_those_before() -> None:
    data = yaml.safe_load(CONTRACT)
    new = copy.deepcopy(data["sla"][0]) | {"effective_from": "2026-06-01"}
    new["severities"][1]["targets"]["respond"]["within"] = "45m"
    before = {"sla": [data["sla"][0] | {"effective_from": "2025-01-01"}]}
    after = {"sla": [*before["sla"], new]}
    found = altered(PATH, dumped(before), dumped(after))

    assert found.alterations == (
        Alteration(
            "sla[2026-06-01].severities[2].targets.respond.within", "1h", "45m", "2025-01-01"
        ),
    )


def dumped(value: Any) -> bytes:
    # Quoted, so that the day of effect stays a string to any reader.
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False).encode()


def test_an_item_put_first_does_not_make_all_others_look_changed() -> None:
    before = "escalation:\n  - {at: 75%, level: 2}\n  - {at: 100%, level: 3}\n"
    after = (
        "escalation:\n  - {at: 50%, level: 1}\n  - {at: 75%, level: 2}\n  - {at: 100%, level: 3}\n"
    )

    assert told(before, after) == [("escalation[1]", None, "{at: 50%, level: 1}")]


def test_items_that_nothing_names_are_told_as_come_and_gone_and_an_order_as_an_order() -> None:
    assert told("leave: [{who: a}, {who: b}]\n", "leave: [{who: b}, {who: c}]\n") == [
        ("leave", "{who: a}", None),
        ("leave", None, "{who: c}"),
    ]
    assert told("order: [a, b]\n", "order: [b, a]\n") == [("order", "[a, b]", "[b, a]")]


def test_a_number_is_not_the_text_that_looks_like_it() -> None:
    assert told("a: true\nb: 1\n", 'a: "true"\nb: "1"\n') == [
        ("a", "true", "true"),
        ("b", "1", "1"),
    ]


def test_another_spelling_of_the_same_is_no_alteration() -> None:
    assert told("a: {b: 1}\n", "# why\na:\n  b: 1\n") == []


@pytest.mark.parametrize(
    "broken", ["a: [1\n", "a: &x 1\n", "<<<<<<< HEAD\na: 1\n", "a: 1\na: 2\n", "\x00"]
)
def test_what_cannot_be_read_is_told_by_lines(broken: str) -> None:
    found = altered(PATH, b"a: 1\n", broken.encode())

    assert found.form == "lines"
    assert all(one.key.isdigit() for one in found.alterations)


def test_keys_of_signers_are_told_by_the_lines_that_came_and_went() -> None:
    before, after = b"li ssh-ed25519 AAA\nwang ssh-ed25519 BBB\n", b"li ssh-ed25519 AAA\n"
    found = altered("records/allowed_signers", before, after)

    assert [(one.key, one.before, one.after) for one in found.alterations] == [
        ("2", "wang ssh-ed25519 BBB", None)
    ]


def test_a_flood_is_counted_rather_than_told() -> None:
    before = "".join(f"k{number}: {number}\n" for number in range(500))
    after = "".join(f"k{number}: {'9' * 500}{number}\n" for number in range(500))
    found = altered(PATH, before.encode(), after.encode())

    assert len(found.alterations) == MOST
    assert found.more == 500 - MOST
    assert max(len(one.after or "") for one in found.alterations) == LONGEST


VALUES = st.recursive(
    st.one_of(st.integers(0, 9), st.booleans(), st.sampled_from(["a", "b", "一"])),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(["id", "at", "x", "y"]), inner, max_size=3),
    ),
    max_leaves=12,
)


@given(
    st.dictionaries(st.sampled_from(["p", "q"]), VALUES, min_size=1),
    st.dictionaries(st.sampled_from(["p", "q"]), VALUES, min_size=1),
)
def test_two_versions_differ_if_and_only_if_something_is_told(before: Any, after: Any) -> None:
    old, new = (dumped(one) for one in (before, after))
    values = [read_yaml(PATH, one)[0] for one in (old, new)]
    assert None not in values
    found = altered(PATH, old, new)

    assert (not found.alterations) == _same_but_for_order(values[0].data, values[1].data)


def _same_but_for_order(old: Any, new: Any) -> bool:
    """Whether only the order of keys, or of items that are named, is another."""
    if isinstance(old, dict) and isinstance(new, dict):
        return old.keys() == new.keys() and all(_same_but_for_order(old[k], new[k]) for k in old)
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        if all(_same_but_for_order(a, b) for a, b in zip(old, new, strict=True)):
            return True
        for name in ("id", "at"):
            if all(isinstance(one, dict) and name in one for one in (*old, *new)):
                left, right = ({str(one[name]): one for one in side} for side in (old, new))
                return (
                    len(left) == len(old)
                    and left.keys() == right.keys()
                    and all(_same_but_for_order(left[k], right[k]) for k in left)
                )
        return False
    return type(old) is type(new) and old == new
