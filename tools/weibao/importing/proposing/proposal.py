"""A whole mapping of tickets, proposed: what is certain of it, and what is asked."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from weibao.importing.proposing.dates import proposed_dates
from weibao.importing.proposing.draft import (
    columns_of,
    drafted_events,
    drafted_fields,
    fits,
    kept_columns,
    without_absent,
)
from weibao.importing.proposing.question import OpenQuestion, with_answer
from weibao.importing.proposing.words import WordProposer
from weibao.language import N_
from weibao.model.ids import NAME
from weibao.model.printing import flow_text
from weibao.model.yaml.quoting import scalar_text
from weibao.refusal import UsageRefusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from weibao.importing.proposing.table import ProposedTable
    from weibao.model.records import Records

NEEDED = ("number", "title", "reported_at")
_HTML = re.compile(r"</?[a-zA-Z][^>]*>|&(?:[a-z]+|#\d+);")
_LIMITS = frozenset({500, 1000, 2000, 5000, 10000})
_LETTERS = re.compile(r"[a-z]*")
_SHOWN = 3

SOURCE = N_(
    "“{source}” is the register's name: with a row's number it names the row for ever, in every file of the same register. Change it now or never."
)
HTML = N_("“{column}” has marks of HTML ({texts}); they come in as they stand.")
LIMIT = N_(
    "The file has exactly {number} rows, at which programs cut an export off. Is it whole? Several files are several imports of the same source."
)
LACKING = N_("No column says {lacking}: the sheet has {there}.")
_WORDS = {
    "number": N_("the ticket's number"),
    "title": N_("what it was about"),
    "reported_at": N_("when it was reported"),
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposed mapping.

    Attributes:
        data: it, as its document says it.
        questions: what is open.
        ready: the program whose ready mapping it is, "" if it was made of the words of the header.
        rows: how many rows the table has, totals and empty ones not counted.
    """

    data: Mapping[str, Any]
    questions: tuple[OpenQuestion, ...]
    ready: str
    rows: int

    def answered(self, question: OpenQuestion, answer: object) -> Proposal:
        """The proposal with an answer in its place, and one question less."""
        data = with_answer(self.data, question.keys, answer) if question.keys else self.data
        left = tuple(other for other in self.questions if other is not question)
        return replace(self, data=data, questions=left)


def proposed(
    table: ProposedTable,
    records: Records,
    ready: Mapping[str, Mapping[str, Any]],
    source: str,
    file: str,
) -> Proposal:
    """What a register's table would be read by.

    Args:
        table: where its columns and rows are.
        records: the configuration, whose levels, people and equipment its words may mean.
        ready: the ready mappings, by the name of the program.
        source: what the register is called; "" if nobody said.
        file: the name of its file, without the suffix.

    Raises:
        UsageRefusal: no column is the number, the title or the time of the report.
    """
    name = next((name for name, data in ready.items() if fits(data, table)), "")
    drafted = without_absent(ready[name], table) if name else _drafted(table)
    words = WordProposer(table, records)
    questions: list[OpenQuestion] = []
    called = source or _source(table, drafted["number"]["column"], name)
    if not source:
        questions.append(OpenQuestion("source", SOURCE, {"source": called}))
    if len(table.rows) in _LIMITS:
        questions.append(OpenQuestion("rows", LIMIT, {"number": len(table.rows)}))
    if not name:
        drafted = _with_outcomes(drafted, words, table, questions)
    else:
        questions += _of_status(drafted, words)
    fields = _with_words(drafted["fields"], words, questions)
    events = _with_names(drafted["events"], words, questions)
    times = _time_columns(fields, events)
    dates = proposed_dates(table, file, times, records.contract.zone)
    questions += dates.questions
    title = fields["title"]["column"]
    if marked := [text for text in table.texts(title) if _HTML.search(text)]:
        questions.append(
            OpenQuestion("fields.title", HTML, {"column": title, "texts": tuple(marked[:_SHOWN])})
        )
    arrived = next((step["at"]["column"] for step in events if step["event"] == "arrived"), "")
    people = [step["by"]["column"] for step in events if "by" in step]
    people += [told["column"] for told in fields.values() if "names_of" in told]
    return Proposal(
        {
            "import": 1,
            "kind": "ticket",
            "source": called,
            **({"sheet": table.name} if table.name else {}),
            "header": list(table.header) if len(table.header) > 1 else table.header[0],
            "rows": rows_told(table),
            "dates": dates.data,
            "none": words.none_words([*dict.fromkeys([*times, *people])], arrived),
            "number": {**drafted["number"], "duplicates": "reject"},
            "fields": fields,
            **({"events": events} if events else {}),
            **({"keep": drafted["keep"]} if drafted["keep"] else {}),
        },
        tuple(questions),
        name,
        len(table.rows),
    )


def _drafted(table: ProposedTable) -> dict[str, Any]:
    columns = columns_of(table)
    lacking = [key for key in NEEDED if key not in columns]
    if lacking:
        raise UsageRefusal(
            LACKING,
            mend=N_("Name the columns in the source, or write the mapping by hand."),
            lacking=tuple(_WORDS[key] for key in lacking),
            there=table.names,
        )
    return {
        "number": {"column": columns["number"]},
        "columns": columns,
        "fields": drafted_fields(columns),
    }


def _with_outcomes(
    drafted: Mapping[str, Any],
    words: WordProposer,
    table: ProposedTable,
    questions: list[OpenQuestion],
) -> dict[str, Any]:
    """A draft with its steps, of which a column of states says how the tickets ended."""
    columns = drafted["columns"]
    outcomes: dict[str, list[str]] = {}
    if "status" in columns:
        outcomes, asked = words.statuses(columns["status"])
        questions += asked
    return {
        **drafted,
        "events": drafted_events(columns, outcomes),
        "keep": kept_columns(table, columns),
    }


def _of_status(drafted: Mapping[str, Any], words: WordProposer) -> Iterator[OpenQuestion]:
    """The words by which a ready mapping tells what became of a ticket, where it does not know one."""
    known: dict[str, set[str]] = {}
    for event in drafted["events"]:
        told = event.get("when", [])
        for condition in [told] if isinstance(told, dict) else told:
            known.setdefault(condition["column"], set()).update(map(str, condition.get("is", ())))
    for column, said in known.items():
        yield from (
            question for question in words.statuses(column)[1] if question.facts["word"] not in said
        )


def _with_words(
    drafted: Mapping[str, Any], words: WordProposer, questions: list[OpenQuestion]
) -> dict[str, Any]:
    """The fields, with what the words in their columns mean."""
    fields: dict[str, Any] = {}
    severity = drafted.get("severity", {}).get("column", "")
    for key, told in drafted.items():
        asked: tuple[OpenQuestion, ...] = ()
        if key == "severity":
            if severity and "kind" not in drafted:
                kind, _ = words.kind(severity, own=False)
                fields |= {"kind": kind} if kind else {}
            fields[key], asked = words.severity(told)
        elif key == "kind":
            fields[key], asked = words.kind(told["column"], own=True)
        elif key == "intake.channel":
            fields[key], asked = words.channel(told)
        elif "names_of" in told:
            fields[key], asked = words.named(f"fields.{key}", told)
        else:
            fields[key] = told
        questions += asked
    return fields


def _with_names(
    events: Iterable[Mapping[str, Any]], words: WordProposer, questions: list[OpenQuestion]
) -> list[dict[str, Any]]:
    """The steps, with whom the words in the columns of people mean; a column is asked about once."""
    named: dict[str, Any] = {}
    found = []
    for event in events:
        told = event.get("by")
        if told is None:
            found.append(dict(event))
            continue
        column = told["column"]
        if column not in named:
            named[column], asked = words.named("events.by", told)
            questions += (replace(question, keys=(), choices=()) for question in asked)
        found.append({**event, "by": named[column]})
    return found


def _time_columns(
    fields: Mapping[str, Any], events: Iterable[Mapping[str, Any]]
) -> tuple[str, ...]:
    moments = [fields["reported_at"], *(event["at"] for event in events)]
    return tuple(
        dict.fromkeys(
            moment["column"]
            for moment in moments
            if isinstance(moment, dict) and "column" in moment
        )
    )


def rows_told(table: ProposedTable) -> dict[str, Any]:
    """What the mapping says of the rows of a table."""
    skip = [{"column": column, "is": word} for column, word in table.totals]
    return {
        "from": max(table.header) + 1,
        **({"skip": skip} if skip else {}),
        **({"merged": "fill_down"} if table.merged else {}),
        "hidden": "read_and_tell",
    }


def _source(table: ProposedTable, number: str, ready: str) -> str:
    """What the register may be called: by the program, or by the letters that its numbers begin with."""
    letters = {_LETTERS.match(text.lower()) for text in table.texts(number)}
    begins = {found[0] for found in letters if found}
    alone = begins.pop() if len(begins) == 1 else ""
    return ready or (alone if NAME.fullmatch(alone) else "register")


def proposal_text(proposal: Proposal, asked: Iterable[str], told: Iterable[str]) -> str:
    """The mapping as a file: ``told`` are comments above it, ``asked`` the questions in words."""
    lines = [f"# {line}" for line in told]
    for key, value in proposal.data.items():
        if key == "fields":
            lines.append("fields:")
            lines += [f"  {scalar_text(name)}: {flow_text(inner)}" for name, inner in value.items()]
        elif key == "events":
            lines.append("events:")
            lines += [f"  - {flow_text(event)}" for event in value]
        else:
            lines.append(f"{key}: {flow_text(value)}")
    questions = [f"  - {scalar_text(question)}" for question in asked]
    return "\n".join([*lines, *(["ask:", *questions] if questions else [])]) + "\n"
