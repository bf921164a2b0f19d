"""A log read by its pattern says what the strict reader says of it, to the column; or nothing."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from weibao.model.printing import entry_line
from weibao.model.yaml.bytes_and_characters import FORBIDDEN_IN_VALUES
from weibao.model.yaml.log_lines import read_line
from weibao.model.yaml.parsers import PurePythonParser, preferred_parser
from weibao.model.yaml.quoting import scalar_text
from weibao.model.yaml.strict import MAX_NODES, read_yaml

if TYPE_CHECKING:
    from weibao.model.yaml.document import Document

AT = "2026-11-20T09:15:00+08:00"
HEAD = "id: x\nlist:\n  - {k: 中文}\n"
START = f"  - {{at: {AT}, event: updated, by: li-qiang"

TEXT = (
    st.text(max_size=20)
    .map(lambda text: unicodedata.normalize("NFC", text))
    .filter(lambda text: not FORBIDDEN_IN_VALUES.search(text) and "\t" not in text)
)
PLAIN = (
    TEXT
    | st.booleans()
    | st.integers(-(10**17), 10**17)
    | st.integers(-999, 999).map(lambda number: number / 8)
)
KEY = st.from_regex(r"[a-z][a-z0-9_]{0,6}", fullmatch=True).filter(
    lambda key: scalar_text(key) == key
)
ENTRY = st.dictionaries(KEY, PLAIN | st.lists(PLAIN, min_size=1, max_size=3), max_size=4).map(
    lambda data: data | {"at": AT, "event": "updated", "by": "li-qiang"}
)
PIECE = st.text("ab1é中T_-.:,?#&*!|>'\"\\n[]{}@%`~<= （。：́", max_size=6) | st.sampled_from(
    [
        "true",
        "false",
        "null",
        "12:30",
        "-5",
        "0.50",
        ", ",
        ": ",
        ", at: ",
        "\\u202e",
        "١٢",
        "<<",
        "  ",
    ]
)
MANGLED = st.tuples(ENTRY.map(entry_line), PIECE, st.integers(0, 200), st.integers(0, 3)).map(
    lambda made: made[0][: made[2]] + made[1] + made[0][made[2] + made[3] :]
)
PAIRED = st.lists(st.tuples(KEY | PIECE, PIECE), max_size=3).map(
    lambda pairs: START + "".join(f", {key}: {value}" for key, value in pairs) + "}"
)


def said(text: str, parser=None):
    """The document with the places of all its nodes; or the findings."""
    document, findings = read_yaml("x", text.encode(), parser)
    if document is None:
        return findings
    nodes = [()]
    nodes += ((*keys, key) for keys in nodes for key in _keys(document, keys))
    places = [(document.place(keys), document.key_place(keys)) for keys in nodes]
    return document, repr(document.data), [*document.key_lines], places


def _keys(document: Document, keys):
    value = document.data
    for key in keys:
        value = value[key]
    return value if isinstance(value, dict) else range(len(value) if isinstance(value, list) else 0)


def by_pattern(text: str) -> bool:
    document, _ = read_yaml("x", text.encode())
    return document is not None and any(isinstance(one, str) for one in document.log_places)


@settings(max_examples=200, deadline=None)
@given(st.lists(ENTRY, min_size=1, max_size=3))
def test_what_commands_write_is_read_by_the_pattern(entries):
    text = "".join(f"{entry_line(entry)}\n" for entry in entries)
    document, _ = read_yaml("x", f"{HEAD}log:\n{text}".encode())
    assert document is not None
    assert [*document.log_places] == text.splitlines()
    assert document.data["log"] == entries


@settings(max_examples=1500, deadline=None)
@given(ENTRY.map(entry_line) | MANGLED | PAIRED)
@example(f'{START}, note: "\\"\\\\\\n, b: c"}}')
@example(f"{START}, note: {'长' * 3000}}}")
@example(f'{START}, {"k" * 1100}: "x"}}')
@example(f"{START}, note: a, note: a}}")
@example(f"{START}, true: a}}")
@example(f"{START}, note: true, v: [false, 1.50, -0, 017]}}")
@example(f"{START}, note: a:b}}")
@example(f"{START}, note: a }}")
@example(f"{START}, note: a , b: c}}")
@example(f"{START}, note: a  b}}")
@example(f"{START}, note: -5, a: -b, c: -中}}")
@example(f"{START}, note: -}}")
@example(f'{START}, note: "a\\u0041"}}')
@example(f"  - {{at: {AT}, event: true, by: false}}")
@example(f"  - {{at: {AT}, event: updated, by: li-qiang}} # 注释")
@example(f"  - {{at: {AT}, event: updated, by: li-qiang}} ")
@example(f"   - {{at: {AT}, event: updated, by: li-qiang}}")
def test_whatever_the_pattern_takes_the_strict_reader_takes_for_the_same(line):
    text = f"{HEAD}log:\n{line}\n"
    assert said(text) == said(text, preferred_parser())
    if read_line(line) is not None and unicodedata.is_normalized("NFC", text):
        assert by_pattern(text)
        assert said(text) == said(text, PurePythonParser)


LINE = entry_line({"at": AT, "event": "opened", "by": "li-qiang"})


@pytest.mark.parametrize(
    "head",
    [
        "a: 1\n",
        "---\na: 1\n# 注释\n\n",
        "a: |\n  b\n",
        "a: |\n",
        "a: |+\n  b\n\n\n",
        "a: >-\n  b\n  c\n",
        "a:\n",
        "a:\n- b\n",
        "a: b\n  c\n",
        "a: [1,\n  2]\n",
        'a: "b\n  c"\n',
    ],
)
@pytest.mark.parametrize("end", ["", "\n"])
def test_what_stands_before_the_log_is_read_by_itself(head, end):
    text = f"{head}log:\n{LINE}\n{LINE}{end}"
    assert by_pattern(text)
    assert said(text) == said(text, preferred_parser()) == said(text, PurePythonParser)


@pytest.mark.parametrize(
    "head",
    [
        "",
        "# 注释\n",
        "b\n",
        "- a\n",
        "{a: 1}\n",
        "  a: 1\n",
        "--- a: 1\n",
        'a: "b\n',
        "a: 'b\n",
        "a: [1,\n",
        "a: {b: 1,\n",
        "? a\n",
        "a: 1\nb\n",
        "a: 1\n---\n",
        "a: 1\n...\n",
        "a: 1\na: 2\n",
        "a: &x 1\n",
        "log: []\na: 1\n",
        "a: 1\nlog:\n  - {b: 1}\n",
        "".join(f"k{number}: 1\n" for number in range(MAX_NODES // 2 - 2)),
    ],
)
def test_what_does_not_end_before_the_log_is_left_to_the_strict_reader(head):
    text = f"{head}log:\n{LINE}\n"
    assert not by_pattern(text)
    assert said(text) == said(text, preferred_parser())


@pytest.mark.parametrize(
    "log",
    [
        "",
        "\n",
        f"\n{LINE}\n",
        f"{LINE}\n\n",
        f"{LINE}\n# 注释\n",
        f"{LINE}\nb: 1\n",
        f"{LINE}\n...\n",
    ],
)
def test_a_log_with_anything_but_entries_is_left_to_the_strict_reader(log):
    text = f"a: 1\nlog:\n{log}"
    assert not by_pattern(text)
    assert said(text) == said(text, preferred_parser())
