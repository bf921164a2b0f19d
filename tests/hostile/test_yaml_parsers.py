"""Both parsers, libyaml's and PyYAML's own, read the same of anything, or both refuse it."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from weibao.model.yaml.parsers import PurePythonParser, preferred_parser
from weibao.model.yaml.strict import read_yaml

PIECES = [
    *[
        "a",
        "b:",
        "-",
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        '"',
        "'",
        "#",
        "|",
        ">",
        "?",
        "!",
        "&",
        "*",
        "%",
        "@",
        "`",
        "~",
        "=",
        "é",
        "中文",
        "\\",
        ".",
        "<<",
    ],
    *("\n", "\n  ", "\n    ", "\n\n", " ", "  ", ": ", "- ", ", ", "? ", " #", "|-", "|2", ">+"),
    *("---", "...", "a: b\n", "k: |\n  text\n", "log:\n  - {at: 1}\n", "12:30", '"x"', "::"),
]
SOUP = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)
FRAMES = st.sampled_from(["%s", "[%s]", "{%s}", "a: {%s}\n", "log:\n  - {%s}\n  - {b: c}\n"])


def both(raw: bytes):
    return [read_yaml("x", raw, parser) for parser in (preferred_parser(), PurePythonParser)]


@settings(max_examples=600, deadline=None)
@given(frame=FRAMES, soup=SOUP)
@example(frame="%s", soup="|-#x\n text")
@example(frame="%s", soup="? a\n")
@example(frame="{%s}", soup="a:")
@example(frame="{%s}", soup="a :")
@example(frame="[%s]", soup="a?b")
@example(frame="{%s}", soup="a:  # c\n")
@example(frame="%s", soup="b: \n- ")
def test_the_parsers_agree_on_anything_that_looks_like_yaml(frame, soup):
    (one, one_findings), (other, other_findings) = both((frame % soup).encode())
    assert one == other
    assert bool(one_findings) == bool(other_findings) == (one is None)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60) | st.binary(max_size=60))
def test_no_text_and_no_bytes_raise_anything(text):
    for document, findings in both(
        text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    ):
        assert (document is None) == bool(findings)
