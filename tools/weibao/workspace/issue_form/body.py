"""The body of an issue, taken apart by the headings that its form gave it: each once, or it is said."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from weibao.language import CODES, N_, language
from weibao.model.issue_form import EMPTY, FORMS, labels
from weibao.refusal import UsageRefusal
from weibao.workspace.issue_form.hints import hint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.model.issue_form import IssueForm
    from weibao.refusal import Refusal

LONGEST = 65_536
"""Characters of a body: what GitHub takes. A longer one was not written into a form."""

_HEADING = re.compile(r"^### (?P<label>\S+(?:[ \t]+\S+)*+)[ \t]*+$", re.MULTILINE)
"""With no two ways to read a line, since whoever can write an issue can have a long one read."""


def form_of(body: str) -> IssueForm | None:
    """The form that a body was written into: the one most of whose headings it has; None of any other issue."""
    found = {match["label"] for match in _HEADING.finditer(_lines(body[:LONGEST]))}
    counts = [sum(not found.isdisjoint(labels(field)) for field in form.fields) for form in FORMS]
    most = max(counts)
    return FORMS[counts.index(most)] if most > 1 else None


def answers_in(body: str, form: IssueForm) -> tuple[dict[str, str], tuple[Refusal, ...]]:
    """What was answered, by the questions' keys, in Unicode's normal form C; and what is wrong with the headings.

    A heading of the form that stands there twice leaves open which counts, so that neither does. Any
    other is a part of the answer that it stands in.
    """
    if len(body) > LONGEST:
        return {}, (
            UsageRefusal(
                N_("The text is longer than {limit} characters, which no form is."),
                mend=N_("Shorten the note; attach what is longer to the ticket."),
                limit=LONGEST,
            ),
        )
    text = unicodedata.normalize("NFC", _lines(body))
    keys = {label: field.key for field in form.fields for label in labels(field)}
    starts = [match for match in _HEADING.finditer(text) if match["label"] in keys]
    ends = [match.start() for match in starts[1:]] + [len(text)]
    found: dict[str, list[str]] = {}
    for match, end in zip(starts, ends, strict=True):
        answer = _without_hints(text[match.end() : end], form, keys[match["label"]])
        found.setdefault(keys[match["label"]], []).append("" if answer == EMPTY else answer)
    before = text[: starts[0].start()] if starts else text
    faults = tuple(_faults(form, found, _without_hints(before, form, "")))
    return {key: said[0] for key, said in found.items() if len(said) == 1}, faults


def _faults(form: IssueForm, found: dict[str, list[str]], before: str) -> Iterator[Refusal]:
    if before:
        yield UsageRefusal(
            N_("Before the first question stands a text that answers none: “{text}”."),
            mend=N_("Move it under the question that it answers, or remove it."),
            text=before[:80],
        )
    for field in form.fields:
        name = {"zh": field.zh, "en": field.en}
        if field.key not in found:
            yield UsageRefusal(
                N_("The question “{name}” is not there any more."),
                mend=N_("Put its line back, with nothing else on it: ### {name}"),
                name=name,
            )
        elif len(found[field.key]) > 1:
            yield UsageRefusal(
                N_("The question “{name}” stands there {number} times."),
                mend=N_("Leave one; in a note, begin the line otherwise than with ###."),
                name=name,
                number=len(found[field.key]),
            )


def _lines(body: str) -> str:
    """The body with the line ends that everybody has."""
    return body.replace("\r\n", "\n").replace("\r", "\n")


def _without_hints(text: str, form: IssueForm, key: str) -> str:
    """The text without what the form itself wrote there as a comment that a page does not show."""
    for code in CODES:
        text = text.replace(f"<!-- {hint(form, key, language(code))} -->", "")
    return text.strip()
