"""What is otherwise in a changed file of the configuration, in words: a line each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.language import Language
    from weibao.model.alterations import Alteration, Altered

FORMS = {
    "bytes": N_("the versions are not at hand to be compared"),
    "lines": N_("by lines, since a version cannot be read as YAML"),
}


def altered_lines(altered: Altered, words: Language) -> Iterator[str]:
    """What is otherwise in a changed file."""
    if altered.form in FORMS:
        yield words.text(FORMS[altered.form])
    for alteration in altered.alterations:
        yield alteration_line(alteration, words)
    if altered.more:
        yield more_line(altered.more, words)
    if altered.form == "keys" and not altered.alterations:
        yield words.text(N_("nothing but its spelling"))


def alteration_line(altered: Alteration, words: Language) -> str:
    """One thing that is otherwise."""
    facts = {"key": altered.key, "before": altered.before, "after": altered.after}
    if altered.before is None:
        said = words.text(N_("{key}: added {after}"), **facts)
    elif altered.after is None:
        said = words.text(N_("{key}: removed {before}"), **facts)
    else:
        said = words.text(N_("{key}: {before} → {after}"), **facts)
    if altered.against:
        return words.text(N_("{said} (new, against {against})"), said=said, against=altered.against)
    return said


def more_line(number: int, words: Language) -> str:
    """How many things more are otherwise than are told."""
    return words.plural(N_("and {number} more"), "and {number} more", number)
