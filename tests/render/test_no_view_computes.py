"""No view adds, divides or counts: figures are read from a Book or an Audit, in code and in templates."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import jinja2
import pytest
from jinja2 import nodes

import weibao.render

if TYPE_CHECKING:
    from collections.abc import Iterator

VIEWS = Path(weibao.render.__file__).parent
TEMPLATES = (VIEWS / "site" / "templates", VIEWS / "papers" / "templates")

ALLOWED: dict[str, tuple[set[str], str]] = {
    "ci/markdown.py": ({"arithmetic", "len", "sum"}, "characters, of which a forge takes so many"),
    "ci/formats/gitlab.py": ({"arithmetic", "Counter"}, "tells findings apart that are alike"),
    "ci/formats/junit.py": ({"len"}, "a report says how many cases it holds"),
    "json/difference_form.py": ({"len"}, "bytes of a file"),
    "edition/charts.py": ({"arithmetic", "len"}, "coordinates"),
    "papers/docx_body.py": ({"arithmetic", "round", "sum"}, "widths of columns"),
    "papers/docx_pages.py": ({"arithmetic"}, "lengths of a page"),
    "papers/formats/pdf.py": ({"len"}, "pages that a file says that it has"),
    "papers/formats/docx.py": ({"sum"}, "bytes that a template unpacks to"),
    "papers/formats/xlsx.py": (
        {"arithmetic", "len", "sum"},
        "rows and widths of a sheet, and a length or a share as a sheet holds it",
    ),
    "site/icalendar.py": (
        {"arithmetic", "len"},
        "bytes of a line, and the day after an all-day event",
    ),
    "site/live.py": ({"len"}, "whether there is any ticket that cannot be relied on"),
    "site/page.py": ({"Counter"}, "icons that come again on a page"),
    "edition/people.py": ({"arithmetic"}, "the letters by which people of one role are told apart"),
    "papers/typesetting/columns.py": (
        {"arithmetic", "len", "round", "sum"},
        "millimetres of a page",
    ),
    "papers/typesetting/drawings.py": (
        {"arithmetic", "round"},
        "bytes and pixels of a picture, millimetres of a page",
    ),
    "papers/typesetting/letters.py": ({"arithmetic", "len", "sum"}, "letters that have room"),
    "papers/typesetting/paper_data.py": ({"arithmetic", "len"}, "boxes beside each other"),
    "edition/previews.py": ({"arithmetic"}, "bytes and pixels of a picture"),
    "edition/story.py": ({"arithmetic"}, "seconds between two steps of a ticket"),
    "edition/public.py": ({"arithmetic"}, "numbers of lines in a file"),
    "terminal/board_text.py": ({"arithmetic"}, "seconds, hours and days, as a clock shows them"),
    "terminal/doctor.py": ({"sum"}, "what a workplace lacks is in no Book, and seen nowhere else"),
    "terminal/layout.py": ({"arithmetic", "len"}, "columns of the terminal"),
    "words/chinese_amount.py": ({"arithmetic", "len"}, "places of digits"),
    "words/cut.py": ({"arithmetic", "len"}, "how much of a list there is no room for"),
    "prose/difference_lines.py": ({"Tally"}, "a month as JSON has lost its tally"),
    "prose/difference_story.py": (
        {"arithmetic", "len", "sum"},
        "a difference as JSON has no counts",
    ),
    "words/due.py": ({"arithmetic"}, "seconds, told as finely as they matter"),
    "words/explain.py": ({"arithmetic"}, "seconds that a clock had left"),
}
"""Views that compute all the same: what they may, and what it is, since it is no figure."""

ARITHMETIC = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod)
COUNTING = {
    "sum",
    "len",
    "round",
    "divmod",
    "fsum",
    "Counter",
    "Fraction",
    "Decimal",
    "Tally",
    "tally",
}
IN_TEMPLATES = (nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv)
TEXTS = (ast.JoinedStr, ast.List, ast.ListComp, ast.Tuple, ast.Set, ast.SetComp)


def computed(source: str) -> Iterator[tuple[str, int]]:
    """What a module computes, by kind and line.

    Texts and lists may be joined. The length of what the core gives, ``len(book.open_tickets)``, may be told; that of a
    list which the view has made may only be compared and cut by.
    """
    tree = ast.parse(source)
    unseen = {
        child
        for node in ast.walk(tree)
        if isinstance(node, ast.Compare | ast.Slice)
        for child in ast.iter_child_nodes(node)
    }
    for node in ast.walk(tree):
        match node:
            case ast.BinOp(left, op, right) | ast.AugAssign(left, op, right):
                if isinstance(op, ARITHMETIC) and not (joined(left) or joined(right)):
                    yield "arithmetic", node.lineno
            case ast.Call(ast.Name("len"), [argument]) if (
                isinstance(argument, ast.Attribute) or node in unseen
            ):
                pass
            case ast.Call(ast.Name(name) | ast.Attribute(attr=name)) if name in COUNTING:
                yield name, node.lineno


def joined(node: ast.AST) -> bool:
    """Whether it is plainly a text or a list."""
    if isinstance(node, ast.BinOp):
        return joined(node.left) or joined(node.right)
    return isinstance(node, TEXTS) or (
        isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def computed_in_template(source: str) -> Iterator[tuple[str, int]]:
    """The same of a template, where every list is given."""
    for node in jinja2.Environment(autoescape=True).parse(source).find_all(nodes.Node):
        if isinstance(node, IN_TEMPLATES):
            yield "arithmetic", node.lineno
        elif isinstance(node, nodes.Filter) and node.name in {"sum", "round"}:
            yield node.name, node.lineno


def found() -> dict[str, list[tuple[str, int]]]:
    code = {
        path.relative_to(VIEWS).as_posix(): computed(text(path)) for path in VIEWS.rglob("*.py")
    }
    pages = {
        path.name: computed_in_template(text(path))
        for folder in TEMPLATES
        for path in folder.glob("*.html")
    }
    return {name: list(lines) for name, lines in (code | pages).items()}


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def test_no_view_computes_a_figure() -> None:
    nothing: tuple[set[str], str] = (set(), "")
    wrong = [
        f"{name}:{line}: {kind}: let the core compute it, or say here what it is"
        for name, lines in sorted(found().items())
        for kind, line in lines
        if kind not in ALLOWED.get(name, nothing)[0]
    ]
    assert not wrong, "\n".join(wrong)


def test_no_permission_is_left_that_nobody_needs() -> None:
    used = {name: {kind for kind, _ in lines} for name, lines in found().items()}
    assert {name: kinds for name, (kinds, _) in ALLOWED.items()} == {
        name: used.get(name, set()) for name in ALLOWED
    }


@pytest.mark.parametrize(
    ("planted", "kind"),
    [
        ("share = met / (met + breached)", "arithmetic"),
        ("more = len(found) - SHOWN", "arithmetic"),
        ("total += one.entries", "arithmetic"),
        ("entries = sum(len(one.entries) for one in added)", "sum"),
        ("late = len([one for one in verdicts if one.late])", "len"),
        ("late = len(late)", "len"),
        ("codes = Counter(one.code for one in findings)", "Counter"),
        ("codes = collections.Counter(one.code for one in findings)", "Counter"),
        ("share = Tally(1, 2).share", "Tally"),
        ("kept = tally(one.kept for one in verdicts)", "tally"),
    ],
)
def test_a_figure_worked_out_in_a_view_is_seen(planted: str, kind: str) -> None:
    assert kind in {found for found, _ in computed(planted)}


@pytest.mark.parametrize(
    "planted",
    [
        'line = "✓ " + words.text(told)',
        "rows += [one for one in found]",
        "number = len(book.open_tickets)",
        "several = len(members) > 1",
        "rest = items[len(first):]",
    ],
)
def test_texts_and_lists_may_be_joined_and_lengths_read(planted: str) -> None:
    assert list(computed(planted)) == []


@pytest.mark.parametrize(
    "planted",
    ["{{ one.met + one.breached }}", "{{ counts | sum }}", "{% set more = all | length - shown %}"],
)
def test_a_figure_worked_out_in_a_template_is_seen(planted: str) -> None:
    assert list(computed_in_template(planted))
