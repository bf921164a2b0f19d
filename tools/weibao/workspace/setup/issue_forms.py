"""The forms for issues as each forge wants them, written from the table of their questions.

Gitea and Forgejo read those of GitHub's folder too, and would offer each twice if they had one of their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from weibao.language import language
from weibao.model.issue_form import FORMS, choice_text, choices, labels
from weibao.workspace.issue_form.hints import hint

if TYPE_CHECKING:
    from weibao.language import Language
    from weibao.model.events import Field
    from weibao.model.issue_form import IssueForm

_LONG = frozenset({"note", "photographs", "cause", "action"})
"""Questions that are answered in several lines."""


def issue_form_files(code: str) -> dict[str, str]:
    """The forms in a language: path → text."""
    words = language(code)
    made = {}
    for form in FORMS:
        made[f".github/ISSUE_TEMPLATE/{form.name}.yml"] = _as_form(form, words)
        made[f".gitlab/issue_templates/{form.name}.md"] = _as_text(form, words)
    return made


def _as_form(form: IssueForm, words: Language) -> str:
    written = {
        "name": form.title(words.code),
        "description": words.text(form.about),
        "body": [_question(form, field, words) for field in form.fields],
    }
    return yaml.dump(written, Dumper=_Indented, allow_unicode=True, sort_keys=False, width=200)


class _Indented(yaml.SafeDumper):
    """Writes lists further in than what they belong to, as the other files of the starter have them."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 - its own names
        """Go further in."""
        super().increase_indent(flow, indentless=False)


def _question(form: IssueForm, field: Field, words: Language) -> dict[str, Any]:
    offered = choices(field)
    kind = "dropdown" if offered else "textarea" if field.key in _LONG else "input"
    attributes: dict[str, Any] = {"label": _label(field, words)}
    if offered:
        attributes["options"] = [choice_text(field, word, words) for word in offered]
    elif said := hint(form, field.key, words):
        attributes["description"] = said
    return {
        "type": kind,
        "id": field.key,
        "attributes": attributes,
        "validations": {"required": field.required},
    }


def _as_text(form: IssueForm, words: Language) -> str:
    parts = [f"<!-- {hint(form, '', words)} -->"]
    for field in form.fields:
        said = hint(form, field.key, words)
        parts.append(f"### {_label(field, words)}\n" + (f"<!-- {said} -->\n" if said else ""))
    return "\n\n".join(parts) + "\n"


def _label(field: Field, words: Language) -> str:
    return labels(field)[words.code != "zh"]
