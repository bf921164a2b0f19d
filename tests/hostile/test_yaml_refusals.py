"""Bad YAML, as a table: each case is refused with its code, at its line and column."""

from __future__ import annotations

import pytest

from weibao.model.yaml.bytes_and_characters import MAX_FILE_BYTES, MAX_LINE_BYTES
from weibao.model.yaml.parsers import PurePythonParser, preferred_parser
from weibao.model.yaml.strict import MAX_NODES, read_yaml

# name, bytes, code, line, column
CASES: list[tuple[str, bytes, str, int, int]] = [
    # bytes
    ("a byte order mark", b"\xef\xbb\xbfa: 1\n", "R103", 1, 1),
    ("UTF-16 with a mark", "a: 1\n".encode("utf-16"), "R102", 1, 1),
    ("UTF-16 without a mark", "a: 1\n".encode("utf-16-le"), "R102", 1, 1),
    ("GBK text", "a: 1\nb: 中".encode("gbk"), "R102", 2, 4),
    ("a UTF-8 character cut in two", "a: 中".encode()[:-1], "R102", 1, 4),
    ("an encoded surrogate", b"a: \xed\xa0\x80\n", "R102", 1, 4),
    ("CRLF", b"a: 1\r\nb: 2\r\n", "R104", 1, 5),
    ("a lone CR", b"a: 1\rb: 2\n", "R104", 1, 5),
    ("a conflict's first marker", b"a: 1\n<<<<<<< HEAD\nb: 2\n", "R105", 2, 1),
    ("a conflict's middle", b"a: 1\n=======\nb: 2\n", "R105", 2, 1),
    ("a conflict's last marker", b"a: 1\n>>>>>>> side\n", "R105", 2, 1),
    ("a conflict's base, as diff3 has it", b"a: 1\n||||||| 1a2b3c\n", "R105", 2, 1),
    ("NEL hiding a key", "a: 1\x85b: 2\n".encode(), "R106", 1, 5),
    ("a line separator hiding a key", "a: 1\u2028b: 2\n".encode(), "R106", 1, 5),
    ("a paragraph separator", "a: 1\u2029b: 2\n".encode(), "R106", 1, 5),
    ("a right-to-left override", "a: 中\u202eb\n".encode(), "R106", 1, 5),
    ("a bidi isolate", "a: x\u2066y\n".encode(), "R106", 1, 5),
    ("a zero-width space in a name", "na\u200bme: x\n".encode(), "R106", 1, 3),
    ("a byte order mark within", "a: x\ufeff\n".encode(), "R106", 1, 5),
    ("an escape character", b"a: \x1b[31m\n", "R106", 1, 4),
    ("NUL", b"abcd: \x00\n", "R106", 1, 7),
    ("DEL", b"a: \x7f\n", "R106", 1, 4),
    ("a tab", b"a:\t1\n", "R106", 1, 3),
    ("a tag character", "a: x\U000e0041\n".encode(), "R106", 1, 5),
    ("a non-character", "a: x\uffff\n".encode(), "R106", 1, 5),
    ("text that is not NFC", "a: cafe\u0301\n".encode(), "R107", 1, 7),
    ("a line over the bound", b"a: " + b"x" * MAX_LINE_BYTES + b"\n", "R108", 1, 1),
    ("a Chinese line over the bound", f"a: {'长' * 5461}\n".encode(), "R108", 1, 1),
    # syntax
    ("a value that looks like a key", "a: 中: 文\n".encode(), "R110", 1, 5),
    ("a directive", b"%YAML 1.2\n---\na: 1\n", "R110", 1, 1),
    ("an unknown directive", b"%X\n---\na: 1\n", "R110", 1, 1),
    ("an explicit key", b"? a\n: 1\n", "R110", 1, 3),
    ("an explicit key in braces", b"a: {? b : 1}\n", "R110", 1, 7),
    ("an end of document", b"a: 1\n...\n", "R110", 2, 1),
    # anchors, aliases, tags, merge keys
    ("an anchor", b"a: &x 1\n", "R111", 1, 4),
    ("an alias", b"a: 1\nb: *x\n", "R111", 2, 4),
    ("an anchor on a mapping", b"a: &x\n  b: 1\n", "R111", 1, 4),
    ("an anchor on a mapping within", b"a:\n  b: &x\n    c: 1\n    d: 2\n", "R111", 2, 6),
    ("a recursive alias", b"a: &x [*x]\n", "R111", 1, 4),
    ("an alias as a key", b"*x : 1\n", "R111", 1, 1),
    ("an alias for a log", b"log: *x\n", "R111", 1, 6),
    ("an anchor on a log", b"log: &x\n  - {a: 1}\n", "R111", 1, 6),
    ("a merge key", b"a: 1\n<<: {b: 2}\n", "R111", 2, 1),
    ("a tag", b"a: !x 1\n", "R111", 1, 4),
    ("the non-specific tag", b"a: ! 1\n", "R111", 1, 4),
    ("a tag that runs code", b"a: !!python/object/apply:os.system [ls]\n", "R111", 1, 4),
    # keys
    ("a duplicate key", b"a: 1\nb: 2\na: 3\n", "R112", 3, 1),
    ("a duplicate key in braces", b"x: {a: 1, a: 2}\n", "R112", 1, 11),
    ("a duplicate key, quoted", b'a: 1\n"a": 2\n', "R112", 2, 1),
    ("a duplicate log", b"log:\n  - {a: 1}\nlog:\n  - {a: 2}\n", "R112", 3, 1),
    ("a number as a key", b"1: a\n", "R113", 1, 1),
    ("a boolean as a key", b"true: a\n", "R113", 1, 1),
    ("nothing as a key", b": a\n", "R110", 1, 1),
    ("a list as a key", b"[a]: 1\n", "R113", 1, 1),
    ("a mapping as a key", b"{a: b}: 1\n", "R113", 1, 1),
    # documents
    ("two documents", b"a: 1\n---\nb: 2\n", "R114", 2, 1),
    ("an empty file", b"", "R115", 1, 1),
    ("only comments", b"# nothing\n", "R115", 1, 1),
    ("an empty document", b"---\n", "R115", 1, 1),
    # size
    ("33 levels", b"a: " + b"[" * 33 + b"]" * 33 + b"\n", "R116", 1, 35),
    ("a bomb of brackets", b"[" * 16_000, "R116", 1, 33),
    ("too many values", b"a:\n" + b"- 1\n" * (MAX_NODES - 1), "R116", MAX_NODES - 1, 3),
    # escapes that would write what the file may not have
    ("an escaped control character", b'a: "\\x1b[31m"\n', "R106", 1, 4),
    ("an escaped bidi control", b'a: "\\u202e"\n', "R106", 1, 4),
    ("an escaped carriage return", b'a: "b\\r"\n', "R106", 1, 4),
    ("an escaped line separator", b'a: "\\L"\n', "R106", 1, 4),
    ("an escape that is not NFC", b'a: "e\\u0301"\n', "R107", 1, 4),
]


@pytest.mark.parametrize("parser", [preferred_parser(), PurePythonParser])
@pytest.mark.parametrize(
    ("raw", "code", "line", "column"), [pytest.param(*c[1:], id=c[0]) for c in CASES]
)
def test_bad_yaml_is_refused_with_its_place(raw, code, line, column, parser):
    document, findings = read_yaml("records/x.yaml", raw, parser)
    assert document is None
    first = findings[0]
    assert first.code == code
    assert (first.place.path, first.place.line, first.place.column) == (
        "records/x.yaml",
        line,
        column,
    )


@pytest.mark.parametrize("parser", [preferred_parser(), PurePythonParser])
@pytest.mark.parametrize(
    "raw", [b"a: 1\nb: {c: 1\n", b"a: 1\nb: [c?d]\n", b"a: 1\nb: |#\n", b"a: 1\nb: {c:}"]
)
def test_what_only_one_parser_would_take_is_refused_by_both(raw, parser):
    document, findings = read_yaml("x", raw, parser)
    assert document is None
    assert findings[0].code == "R110"
    assert findings[0].place.line in {2, 3}  # a cut file ends after or before its last line end
    assert findings[0].facts["problem"]


@pytest.mark.parametrize("parser", [preferred_parser(), PurePythonParser])
@pytest.mark.parametrize("escape", ["\\ud800", "\\UFFFFFFFF", "\\U00110000", "\\xZZ", "\\q"])
def test_an_escape_for_no_character_is_refused(escape, parser):
    document, findings = read_yaml("x", f'a: "{escape}"\n'.encode(), parser)
    assert document is None
    assert {finding.code for finding in findings} <= {"R106", "R110"}
    assert findings[0].place.line == 1


def test_a_file_over_the_bound_is_refused_by_its_size_alone():
    document, findings = read_yaml("x", b"\xff" * (MAX_FILE_BYTES + 1))
    assert document is None
    assert [finding.code for finding in findings] == ["R101"]
    assert read_yaml("x", b"a: 1\n" + b"#\n" * ((MAX_FILE_BYTES - 5) // 2))[0] is not None


def test_all_that_is_wrong_with_a_file_is_told_at_once():
    raw = b"a: &x 1\nb: !t 2\na: 3\n5: 6\n<<: 7\n"
    _, findings = read_yaml("x", raw)
    assert [(f.code, f.place.line) for f in findings] == [
        ("R111", 1),
        ("R111", 2),
        ("R112", 3),
        ("R113", 4),
        ("R111", 5),
    ]
    _, findings = read_yaml("x", "a: x\u200b\r\nb: \u202ey\r\n<<<<<<< mine\r\n".encode())
    assert [f.code for f in findings] == ["R104", "R106", "R106", "R105"]


def test_facts_say_what_was_found():
    def facts(raw: bytes) -> dict[str, object]:
        return dict(read_yaml("x", raw)[1][0].facts)

    assert facts("a: x\u202e\n".encode()) == {"character": "U+202E"}
    assert facts(b"a: 1\nb: \xff\n") == {"offset": 8, "found": "0xFF"}
    assert facts(b"a: 1\r\n") == {"found": "CRLF"}
    assert facts(b"a: 1\ra: 1\r") == {"found": "CR"}
    assert facts(b"b: 1\na: 1\na: 2\n") == {"key": "a", "first_line": 2}
    assert facts(b"a: !!int 1\n") == {"found": "tag:yaml.org,2002:int"}


def test_thousands_of_entries_in_a_log_are_read_and_one_entry_is_no_bomb():
    line = b"  - {at: 2026-11-23T09:15:00+08:00, event: e, by: b}\n"
    many = (MAX_FILE_BYTES - 5) // len(line)
    document, findings = read_yaml("x", b"log:\n" + line * many)
    assert findings == ()
    assert document is not None
    assert len(document.data["log"]) == many > 4_000
    bomb = b"log:\n  - {a: [\n" + b"1, 1, 1, 1, 1,\n" * (MAX_NODES // 5 + 1) + b"  ]}\n"
    assert [f.code for f in read_yaml("x", bomb)[1]] == ["R116"]


def test_what_the_header_holds_is_counted_with_every_entry_and_no_entry_with_another():
    def refused(header: int, *entries: int) -> list[str]:
        """Of a header and of entries with so many values each."""
        lists = [f"- [\n{values * one}  ]\n" for one in entries]
        text = f"a: [\n{values * header}  ]\nlog:\n{''.join(lists)}"
        return [f.code for f in read_yaml("x", text.encode())[1]]

    values = "1,\n"
    room = MAX_NODES // 2
    own = 5  # the file itself, the two keys, and the two lists around the values
    assert refused(room, room - own, room - own, room - own) == []
    assert refused(room, room - own, room - own + 1) == ["R116"]
    assert refused(room, room - own + 1, 1) == ["R116"]


def test_three_thousand_assets_are_one_list_and_as_much_is_too_much_anywhere_else() -> None:
    row = "  sw-{}:\n    name: {{zh: 接入交换机 {}}}\n    kind: switch\n    site: suzhou-plant\n    covered: {{from: 2026-01-01, to: 2026-12-31}}\n"
    raw = ("assets:\n" + "".join(row.format(n, n) for n in range(3000))).encode()
    document, findings = read_yaml("records/assets.yaml", raw)
    assert findings == ()
    assert document is not None
    assert len(document.data["assets"]) == 3000
    assert [f.code for f in read_yaml("records/staff.yaml", raw)[1]] == ["R101"]
