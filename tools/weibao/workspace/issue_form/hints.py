"""What stands beside the questions of a form, and what the reading of it leaves out again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.model.issue_form import MOST, choice_text, choices
from weibao.workspace.recording.attachment import LIMIT

if TYPE_CHECKING:
    from weibao.language import Language
    from weibao.model.issue_form import IssueForm


def hint(form: IssueForm, key: str, words: Language) -> str:
    """What the form says beside a question, or, of none, what it is for."""
    said = form.hints.get(key, "") if key else form.about
    field = next((field for field in form.fields if field.key == key), None)
    told = words.text(said, number=MOST, limit=LIMIT // 1024**2) if said else ""
    offered = "; ".join(choice_text(field, word, words) for word in choices(field)) if field else ""
    return " ".join(part for part in (told, offered) if part)
