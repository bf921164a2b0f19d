"""A value put into a hand-kept document: read back it is there, and no other character has moved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from weibao.model import splice
from weibao.model.splice import spliced, spliced_all
from weibao.model.yaml.quoting import scalar_text
from weibao.model.yaml.strict import read_yaml
from weibao.refusal import Refusal

if TYPE_CHECKING:
    from weibao.model.yaml.document import Keys

PATH = "records/duty.yaml"
NEW = {"who": "a", "n": 1}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "a:\n  - {who: b}  # why\n  # more\n\nz: 1",
            "a:\n  - {who: b}  # why\n+\n  # more\n\nz: 1",
        ),
        (
            "a:\n  - who: b\n    # where: c\n  # more\nz: 1",
            "a:\n  - who: b\n    # where: c\n+\n  # more\nz: 1",
        ),
        ("a:\n- who: b\n  # last", 'a:\n- who: b\n  # last\n- {who: a, "n": 1}'),
        ("a:\n- who: b\n  n: 2", 'a:\n- who: b\n  n: 2\n- {who: a, "n": 1}'),
        ("a: [{n: 1}, {n: 2}] # k\n", 'a: [{n: 1}, {n: 2}, {who: a, "n": 1}] # k\n'),
        ("a: [\n  {n: 2} # two\n]\n", "a: [\n  {n: 2}, # two\n=\n]\n"),
        ("a: [\n  {n: 2}, # two\n]\n", "a: [\n  {n: 2}, # two\n=,\n]\n"),
        ("a: [\n  {n: 2}]\n", "a: [\n  {n: 2},\n=]\n"),
        ("a: [] # none\nz: 1\n", "a:  # none\n+\nz: 1\n"),
        ("a: []\n", "a:\n+\n"),
        ("z: 1\n", "z: 1\na:\n+\n"),
        ("{z: 1, a: []}\n", '{z: 1, a: [{who: a, "n": 1}]}\n'),
        ("a:\n  - x: |\n      long\n\n\nz: 1\n", "a:\n  - x: |\n      long\n+\n\n\nz: 1\n"),
    ],
)
@pytest.mark.parametrize("loader", [splice._LOADER, yaml.SafeLoader])
def test_an_item_is_added_in_the_style_of_those_that_are_there(
    monkeypatch: pytest.MonkeyPatch, loader: Any, before: str, after: str
) -> None:
    """Over libyaml's marks and over those of Python's own parser alike."""
    monkeypatch.setattr(splice, "_LOADER", loader)
    wanted = after.replace("+", '  - {who: a, "n": 1}').replace("=", '  {who: a, "n": 1}')
    document, _ = read_yaml(PATH, before.encode())
    assert document is not None
    number = len(document.data.get("a", ()))

    assert spliced(PATH, before, ("a", number), NEW) == wanted


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("p:\n  x: {may: [a, b]}  # x\n", "p:\n  x: {may: []}  # x\n"),
        (
            "p:\n  x:\n    may: [a,\n      b] # x\n    n: 1\n",
            "p:\n  x:\n    may: [] # x\n    n: 1\n",
        ),
        ("p:\n  x:\n    n: 1 # x\n", "p:\n  x:\n    n: 1 # x\n    may: []\n"),
    ],
)
def test_a_value_gives_way_to_another(before: str, after: str) -> None:
    assert spliced(PATH, before, ("p", "x", "may"), []) == after


def test_a_new_key_is_written_as_its_siblings_are() -> None:
    block, flow = "p:\n  x:\n    n: 1\nz: 1\n", "p:\n  x: {n: 1}\nz: 1\n"
    value = {"n": 2, "d": {"from": "2026-01-01"}}

    assert spliced(PATH, block, ("p", "q"), value) == (
        'p:\n  x:\n    n: 1\n  q:\n    "n": 2\n    d: {from: 2026-01-01}\nz: 1\n'
    )
    assert spliced(PATH, flow, ("p", "q"), value) == (
        'p:\n  x: {n: 1}\n  q: {"n": 2, d: {from: 2026-01-01}}\nz: 1\n'
    )


@pytest.mark.parametrize(
    "text",
    [
        "a: &x [1]\nb: *x\n",
        "a: [1]\r\n",
        "a: {b: 1}\n",  # no list
        "a: |+\n  long\n\n\n",  # its empty lines belong to it
        "- a\n",
    ],
)
def test_what_cannot_be_changed_alone_is_refused(text: str) -> None:
    keys: tuple[str | int, ...] = ("b", "c") if "|+" in text else ("a", 1)
    with pytest.raises(Refusal):
        spliced(PATH, text, keys, 2)


# The property: any document of these styles, any place in it.

NAMES = st.sampled_from(["a", "b", "长", "n", "x-1", "no"])
TEXTS = st.sampled_from(["plain", "007", "有 空格", "a: b", "# 井", "it's", "", "2026-11-23"])
VALUES = st.recursive(
    TEXTS | st.integers(0, 99) | st.booleans(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=8,
)
COMMENTS = st.sampled_from(["", "", "  # 注", " # it's [not] {code}"])
AROUND = st.sampled_from(["", "", "# 整行注释\n", "\n", "\n# x\n\n"])


@st.composite
def documents(draw: st.DrawFn) -> str:
    """A mapping of blocks and flows, with comments and empty lines where a person puts them."""
    text = "".join(
        draw(AROUND) + _lines(draw, name, draw(VALUES), 0)
        for name in draw(st.lists(NAMES, min_size=1, max_size=4, unique=True))
    )
    return text.removesuffix("\n") if draw(st.booleans()) else text


def _lines(draw: st.DrawFn, name: str, value: Any, depth: int) -> str:
    start = f"{'  ' * depth}{scalar_text(name)}:"
    end = draw(COMMENTS) + "\n"
    if isinstance(value, dict) and value and draw(st.booleans()):
        inside = "".join(
            draw(AROUND) + _lines(draw, key, inner, depth + 1) for key, inner in value.items()
        )
        return f"{start}{end}{inside}"
    if isinstance(value, list) and value and draw(st.booleans()):
        dash = "  " * (depth + draw(st.integers(0, 1)))
        return (
            start
            + end
            + "".join(f"{dash}- {_flow(draw, item)}{draw(COMMENTS)}\n" for item in value)
        )
    return f"{start} {_flow(draw, value, depth)}{end}"


def _flow(draw: st.DrawFn, value: Any, depth: int | None = None) -> str:
    if not isinstance(value, (dict, list)):
        return scalar_text(value)
    pieces = (
        [f"{scalar_text(key)}: {_flow(draw, inner)}" for key, inner in value.items()]
        if isinstance(value, dict)
        else [_flow(draw, item) for item in value]
    )
    opened, closed = "{}" if isinstance(value, dict) else "[]"
    if depth is not None and pieces and draw(st.booleans()):
        edge = "\n" + "  " * (depth + 1)
        comma = "," * draw(st.booleans())
        rows = ",".join(f"{edge}{piece}" for piece in pieces)
        return f"{opened}{rows}{comma}{draw(COMMENTS)}{edge}{closed}"
    return f"{opened}{', '.join(pieces)}{closed}"


def _places(value: Any, keys: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Every value that can be replaced, and every place at which one can be added."""
    if isinstance(value, dict):
        inside = [place for key, inner in value.items() for place in _places(inner, (*keys, key))]
        return [*inside, (*keys, "new"), (*keys, "new", "er"), *([keys] if keys else [])]
    if isinstance(value, list):
        inside = [place for n, inner in enumerate(value) for place in _places(inner, (*keys, n))]
        return [*inside, (*keys, len(value)), keys]
    return [keys]


def _put(value: Any, keys: tuple[str | int, ...], new: Any) -> Any:
    """What the strict reader must read afterwards."""
    if not keys:
        return new
    key, rest = keys[0], keys[1:]
    if isinstance(value, list) and isinstance(key, int):
        old = value[key] if key < len(value) else {}
        return [*value[:key], _put(old, rest, new), *value[key + 1 :]]
    return {**value, key: _put(value.get(key, {}), rest, new)}


@given(text=documents(), new=VALUES, choose=st.data())
def test_a_splice_says_what_was_meant_and_leaves_the_rest_alone(
    text: str, new: Any, choose: st.DataObject
) -> None:
    document, findings = read_yaml(PATH, text.encode())
    assert document is not None, (text, findings)
    keys = choose.draw(st.sampled_from(_places(document.data)))
    try:
        after = spliced(PATH, text, keys, new)
    except Refusal:
        return

    reread, _ = read_yaml(PATH, after.encode())
    assert reread is not None
    assert reread.data == _put(document.data, keys, new)
    if keys in _values(document.data):
        # In place of what is there: all before it, and all from the next value's line on, is as it was.
        place = document.place(keys)
        lines = text.split("\n")
        assert after.split("\n")[: place.line - 1] == lines[: place.line - 1]
        later = [
            found.line
            for found in map(document.place, _values(document.data))
            if found.line > _last(document, keys)
        ]
        rest = lines[min(later, default=len(lines)) - 1 :] if later else []
        assert not rest or after.split("\n")[-len(rest) :] == rest
    else:
        assert _only_added(text.split("\n"), after.split("\n")), (text, after)


def _only_added(before: list[str], after: list[str]) -> bool:
    """Whether all lines stand there, but for one place: of one line at most, into which something was put."""
    shorter = min(len(before), len(after))
    first = next((at for at in range(shorter) if before[at] != after[at]), shorter)
    last = next(
        (at for at in range(shorter - first) if before[-1 - at] != after[-1 - at]), shorter - first
    )
    touched = before[first : len(before) - last]
    put = after[first : len(after) - last]
    return not touched or (len(touched) == 1 and any(_put_into(touched[0], line) for line in put))


def _put_into(before: str, after: str) -> bool:
    """Whether a line has become another by putting something into it, or by opening an empty pair."""
    return any(
        _shared(bare, after) + _shared(bare[::-1], after[::-1]) >= len(bare)
        for pair in ("", "[]", "{}")
        for bare in (before.replace(pair, "", 1).rstrip() if pair else before,)
    )


def _values(value: Any, keys: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """The way to every value."""
    inside: Any = ()
    if isinstance(value, (dict, list)):
        inside = value.items() if isinstance(value, dict) else enumerate(value)
    return [keys, *(place for key, inner in inside for place in _values(inner, (*keys, key)))]


def _last(document: Any, keys: tuple[str | int, ...]) -> int:
    """The last line on which something of a value begins."""
    below = [place for place in _values(document.data) if place[: len(keys)] == keys]
    return max(document.place(place).line for place in below)


def _shared(first: str, second: str) -> int:
    """How many characters two texts have alike from their beginning."""
    pairs = enumerate(zip(first, second, strict=False))
    return next((n for n, (one, other) in pairs if one != other), min(len(first), len(second)))


def test_several_values_come_in_their_order_with_all_comments_kept() -> None:
    text = "things:\n  a: {x: 1}  # the first\n  b:\n    x: 2\nlist: []\n"
    puts: list[tuple[Keys, object]] = [
        (("things", "b", "x"), 3),
        (("things", "c"), {"x": 4}),
        (("things", "d"), {"x": 5}),
        (("things", "a", "x"), 6),
        (("list", 0), "y"),
        (("list", 1), "z"),
    ]

    at_once = spliced_all("f.yaml", text, puts)

    one_by_one = text
    for keys, value in puts:
        one_by_one = spliced("f.yaml", one_by_one, keys, value)
    assert at_once == one_by_one
    assert "# the first" in at_once
