"""What the strict reader takes, what it makes of it, and where it says that it stands."""

from __future__ import annotations

import pytest

from weibao.model.finding import Place
from weibao.model.yaml.document import Span
from weibao.model.yaml.parsers import PurePythonParser, preferred_parser
from weibao.model.yaml.scalars import plain_value
from weibao.model.yaml.strict import read_yaml

both_parsers = pytest.mark.parametrize("parser", [preferred_parser(), PurePythonParser])


def read(text: str, parser=preferred_parser()):  # noqa: B008 - a constant
    document, findings = read_yaml("records/x.yaml", text.encode(), parser)
    assert findings == ()
    assert document is not None
    return document


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("true", True),
        ("false", False),
        ("0", 0),
        ("7", 7),
        ("-12", -12),
        ("999999999999999999", 10**18 - 1),
        ("38.5", 38.5),
        ("-0.25", -0.25),
        ("1.0", 1.0),
    ],
)
def test_only_true_false_decimal_numbers_and_nothing_are_no_strings(text, value):
    assert plain_value(text) == value
    assert type(plain_value(text)) is type(value)


@pytest.mark.parametrize(
    "text",
    [
        "no",
        "NO",
        "yes",
        "on",
        "off",
        "True",
        "TRUE",
        "~",
        "null",
        "Null",
        "12:30",
        "12:30:45",
        "2026-11-23",
        "2026-11-23T09:12:00+08:00",
        "0755",
        "017",
        "0o17",
        "0x1F",
        "0b1",
        "1_000",
        "+5",
        "1e3",
        "1.",
        ".5",
        ".inf",
        "-.inf",
        ".nan",
        "-0",
        "00",
        "9" * 5000,
        "1000000000000000000",
        "-",
        "=",
        "<<",
        "t",
        "tru",
        "1,5",
        "١٢",
        "中文",
    ],
)
def test_whatever_another_reader_might_take_for_something_else_is_a_string(text):
    assert plain_value(text) == text


@both_parsers
def test_quoted_scalars_are_strings(parser):
    assert read('a: "1"\nb: \'true\'\nc: ""\nd: |\n  12\n', parser).data == {
        "a": "1",
        "b": "true",
        "c": "",
        "d": "12\n",
    }


TEXT = """\
# 注释
编号: 一
list:
  - one
  - {k: 中文, 键: "值"}
empty:
log:
  - {at: x, event: 中}
  # between
  - {at: y}
"""


@both_parsers
def test_every_value_and_key_has_its_line_and_column_in_characters(parser):
    document = read(TEXT, parser)
    place = {keys: document.place(keys) for keys in [(), ("编号",), ("list", 1), ("list", 1, "键")]}
    assert place == {
        (): Place("records/x.yaml", 2, 1),
        ("编号",): Place("records/x.yaml", 2, 5),
        ("list", 1): Place("records/x.yaml", 5, 5),
        ("list", 1, "键"): Place("records/x.yaml", 5, 16),
    }
    assert document.key_place(("list", 1, "键")) == Place("records/x.yaml", 5, 13)
    assert document.key_place(("list", 0)) == Place("records/x.yaml", 4, 5)
    assert document.place(("empty",)) == Place("records/x.yaml", 6, 1)
    assert document.place(("log", 1, "at")) == Place("records/x.yaml", 10, 10)
    with pytest.raises(KeyError):
        document.place(("nothing",))


@both_parsers
def test_the_log_has_the_span_of_each_entry_and_top_keys_their_lines(parser):
    document = read(TEXT, parser)
    assert document.log_spans == (Span(8, 5, 8, 22), Span(10, 5, 10, 12))
    assert document.key_lines == {"编号": 2, "list": 3, "empty": 6, "log": 7}


@both_parsers
def test_both_parsers_agree_on_a_file_without_a_last_line_end(parser):
    assert read("a: 1\nlog:\n  - {b: 2}", parser).log_spans == (Span(3, 5, 3, 11),)


@both_parsers
def test_32_levels_are_allowed(parser):
    read("a: " + "[" * 31 + "]" * 31 + "\n", parser)


@both_parsers
def test_a_document_start_is_allowed_and_a_tab_can_be_escaped(parser):
    assert read('---\na: "b\\tc"\n', parser).data == {"a": "b\tc"}
