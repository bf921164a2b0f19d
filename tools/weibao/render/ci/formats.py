"""The formats in which findings are written, each with its writer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.render.ci.annotations import github
from weibao.render.json import book as stable_json

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from weibao.language import Language
    from weibao.render.words.findings import Told

    Writer = Callable[[Sequence[Told], Language], str]


def _json(told: Sequence[Told], _words: Language) -> str:
    return stable_json.printed(stable_json.check(told))


def _github(told: Sequence[Told], _words: Language) -> str:
    return "".join(f"{line}\n" for line in github(told))


def _gitlab(told: Sequence[Told], _words: Language) -> str:
    from weibao.render.ci.gitlab import code_quality

    return code_quality(told)


def _sarif(told: Sequence[Told], words: Language) -> str:
    from weibao.render.ci.sarif import sarif

    return sarif(told, words)


def _junit(told: Sequence[Told], _words: Language) -> str:
    from weibao.render.ci.junit import junit

    return junit(told)


def _markdown(told: Sequence[Told], words: Language) -> str:
    from weibao.render.ci import markdown

    return markdown.findings(told, words)


WRITERS: Mapping[str, Writer] = {
    "json": _json,
    "github": _github,
    "gitlab": _gitlab,
    "sarif": _sarif,
    "junit": _junit,
    "markdown": _markdown,
}
"""By the name of the format. ``text`` is not among them: it is a table for the terminal."""
