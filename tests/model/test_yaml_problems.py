"""What keeps YAML from being read has a name of ours, whichever parser says it."""

from __future__ import annotations

import pytest

from test_catalogues import TERMS
from weibao.model.yaml.parsers import PurePythonParser, preferred_parser
from weibao.model.yaml.problems import named_problem
from weibao.model.yaml.strict import read_yaml

WRONG = (
    ("log:\n  - {at: 1, event: x\n  - {at: 2}\n", "open brace"),
    ("log:\n  - {at: 1 event: x}\n", "open brace"),
    ("a: [1, 2\n", "open bracket"),
    ("title: 告警: 风扇\n", "colon in a text"),
    ("a: - b\n", "dash in a text"),
    ("a\nb: 1\n", "colon in a text"),
    ('a: "x\n', "open quote"),
    ("a: 'x\n", "open quote"),
    ("a: @x\n", "sign that needs quotes"),
    ("a: *\n", "sign that needs quotes"),
    ("a: !x!y z\n", "sign that needs quotes"),
    ('a: "\\q"\n', "unknown escape"),
    ('a: "\\x4"\n', "unknown escape"),
    ("a:\n - 1\n  - 2\n- 3\n", "indentation"),
    (" a: 1\nb: 2\n", "indentation"),
    ("- a\nb: 1\n", "indentation"),
    ("a: {,}\n", "missing value"),
    ("a: ]\n", "missing value"),
    ("a: |9x\n", "text block"),
)


@pytest.mark.parametrize("parser", [preferred_parser(), PurePythonParser])
@pytest.mark.parametrize(("text", "name"), WRONG)
def test_what_is_wrong_has_the_same_name_in_both_parsers(text: str, name: str, parser) -> None:
    _, (finding, *_) = read_yaml("records/x.yaml", text.encode(), parser)
    assert (finding.code, finding.facts["problem"]) == ("R110", name)
    assert name in TERMS["problem"]


def test_what_no_name_fits_is_told_as_the_parser_says_it() -> None:
    assert named_problem("found a new sort of error") == "found a new sort of error"
