"""What a record has come to, and what it says as corrected, is asked of the model and told nowhere else."""

from __future__ import annotations

import ast
import re

import pytest

from project.source import PACKAGE, modules
from weibao.model.events import EVENTS

VIEWS = ("weibao.render", "weibao.report", "weibao.cli")

TELLING = {
    "weibao.cli.commands.batch": "a line that opens makes a record, any other goes to one",
    "weibao.cli.steps.recorded": "what was just recorded is said of the step itself",
    "weibao.report.audit.behind": "entries are listed by who made them, pauses among them",
    "weibao.report.audit.confirmations": "who recorded what the customer said, by event",
    "weibao.report.clauses.principles": "who was sent, beside who came",
    "weibao.report.ways_in": "who was sent, which is told beside whose it is",
    "weibao.report.clauses.requests": "in which lines the customer confirmed",
    "weibao.report.figures.confirmations": "whether a confirmation came before the closing",
    "weibao.report.figures.first_hand": "whose hand each confirmation is of",
    "weibao.report.figures.response": "whether somebody came, where the arrival may stand for a repair",
    "weibao.report.figures.satisfaction": "the score of each confirmation",
    "weibao.report.figures.supply": "what each request for a part asked for",
    "weibao.render.edition.story": "whether somebody came, where the arrival may stand for a repair",
    "render/site/templates/inspection.html": "who confirmed a round, and when",
}
"""The views that name an event of which a state is made, and what they tell of it that is no state."""

RAW = {"weibao.model.load": "reads a record with some of its corrections"}
"""Who may ask for what stands in the file where a record was corrected."""


def stateful() -> frozenset[str]:
    """The events of which the fold makes a state: by their row of the table, or by name."""
    tree = ast.parse((PACKAGE / "model" / "fold.py").read_text(encoding="utf-8"))
    named = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    events = [event for kind in ("ticket", "inspection") for event in EVENTS[kind]]
    return frozenset(event.name for event in events if event.to or event.name in named)


def compared(source: str) -> set[str]:
    """The events that a module holds the event of an entry against, by literals or by its constants."""
    tree = ast.parse(source)
    constants = {
        target.id: _words(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
        elif isinstance(node, ast.Match):
            sides = [node.subject, *(case.pattern for case in node.cases)]
        else:
            continue
        if any(_is_an_event(side) for side in sides):
            for side in sides:
                found |= _words(side)
                if isinstance(side, ast.Name):
                    found |= constants.get(side.id, set())
    return found


def _words(node: ast.AST) -> set[str]:
    inner = (part for part in ast.walk(node) if isinstance(part, ast.Constant))
    return {part.value for part in inner if isinstance(part.value, str)}


def _is_an_event(node: ast.AST) -> bool:
    """``entry.event``, ``entry["event"]``, a variable ``event`` or ``event.name``."""
    if isinstance(node, ast.Attribute):
        return node.attr == "event" or (node.attr == "name" and _is_an_event(node.value))
    if isinstance(node, ast.Subscript):
        return isinstance(node.slice, ast.Constant) and node.slice.value == "event"
    return isinstance(node, ast.Name) and node.id == "event"


def judging() -> dict[str, set[str]]:
    """The views that hold an event against one of which a state is made, and which."""
    states = stateful()
    found = {
        name: compared(source) & states
        for name, source in modules().items()
        if name.startswith(VIEWS)
    }
    pattern = re.compile(r"\.event\s*(?:==|!=|in|not in)\s*([^%{}]*)")
    for path in sorted((PACKAGE / "render").rglob("*.html")):
        said = " ".join(pattern.findall(path.read_text(encoding="utf-8")))
        named = set(re.findall(r"[\"'](\w+)[\"']", said))
        found[path.relative_to(PACKAGE).as_posix()] = named & states
    return {name: events for name, events in found.items() if events}


def test_no_view_makes_a_state_of_events() -> None:
    assert judging().keys() == TELLING.keys()


@pytest.mark.parametrize(
    "planted",
    [
        'def f(e): return e.event == "cancelled"',
        'def f(e): return e.event in ("paused", "resumed")',
        'def f(e): return "reopened" != e.event',
        'ENDS = {"closed", "cancelled"}\ndef f(e): return e.entry.event in ENDS',
        'def f(e):\n    match e.event:\n        case "paused" | "left":\n            return True',
        'def f(item): return item["event"] == "severity_agreed"',
        'def f(event): return event.name == "restored"',
    ],
)
def test_a_state_made_of_events_is_seen(planted: str) -> None:
    assert compared(planted) & stateful()


def test_an_event_that_makes_no_state_may_be_told() -> None:
    assert not compared('def f(e): return e.event == "justified"') & stateful()
    assert {"opened", "paused", "left", "assigned", "completed"} <= stateful()
    assert not {"updated", "amended", "attached", "checked"} & stateful()


def asking_for(attribute: str) -> set[str]:
    return {
        name
        for name, source in modules().items()
        if any(
            isinstance(node, ast.Attribute) and node.attr == attribute
            for node in ast.walk(ast.parse(source))
        )
    }


def test_what_was_written_before_a_correction_is_asked_for_by_none_that_shows_or_judges() -> None:
    assert asking_for("written") == RAW.keys()


def test_a_document_of_a_record_is_asked_for_its_values_where_it_is_read_alone() -> None:
    views = {name for name in asking_for("documents") if name.startswith(VIEWS)}
    assert views == {"weibao.report.book"}  # for the places of findings
