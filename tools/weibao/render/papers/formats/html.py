"""HTML: a page that stands alone, and the same without its frame, which is how the site shows it."""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache, partial
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from weibao.language import N_
from weibao.render.papers.characters import printed
from weibao.render.papers.format import PaperFormat
from weibao.render.papers.frame import (
    AS_OF,
    COMMIT,
    CONTENTS,
    flat,
    identity_of,
    numbered,
    on_site,
    remarked,
    spoken,
    worded,
)
from weibao.render.papers.pictures import drawn

if TYPE_CHECKING:
    from collections.abc import Callable

    from weibao.render.papers.format import PaperSetting
    from weibao.render.papers.paper import Block, Paper, PaperCell, Picture

_TAGS = {"zh": "zh-Hans"}
"""What a language is called in HTML, where it is not called by its code."""

_ID = re.compile(r"[A-Z]\d{6,8}-[0-9A-Z]{6}")

_TYPES = {"svg": "svg+xml"}


def fragment(paper: Paper, led: Callable[[PaperCell], str]) -> Markup:
    """A paper as the body of a page that has its title already; ``led`` gives the address that a cell leads to."""
    paper = printed(paper)
    return Markup(  # noqa: S704 - what the template escaped
        _environment()
        .get_template("paper_body.html")
        .render(
            paper=paper,
            sections=tuple(numbered(paper)),
            spoken=partial(spoken, paper),
            remarked=partial(remarked, paper),
            contents=worded(paper, CONTENTS),
            commit=worded(paper, COMMIT),
            as_of=worded(paper, AS_OF),
            led=led,
        )
    )


def _write(paper: Paper, setting: PaperSetting) -> bytes:
    shown = printed(paper)
    page = _environment().get_template("paper.html")
    return page.render(
        paper=shown,
        title=spoken(shown, shown.title),
        body=fragment(paper, partial(on_site, setting)),
        marks=_in_css(" · ".join(map(flat, shown.marks))),
        identity=_in_css(identity_of(shown)),
        tool=setting.tool,
    ).encode()


@cache
def _environment() -> Environment:
    found = Environment(
        loader=PackageLoader("weibao.render.papers"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    found.globals.update(tag=_tag, flat=flat, kind_of=_kind_of, data_of=_data_of, is_id=_is_id)
    return found


def _tag(code: str) -> str:
    return _TAGS.get(code, code)


def _kind_of(block: Block) -> str:
    return type(block).__name__


def _is_id(cell: PaperCell) -> bool:
    """Whether a cell is the id of a record, which no line breaks."""
    return _ID.fullmatch(str(cell.value)) is not None


def _data_of(picture: Picture) -> str:
    """The picture within the page; "" for one that is too large for that."""
    raw = drawn(picture)
    kind = _TYPES.get(picture.form, picture.form)
    return f"data:image/{kind};base64,{b64encode(raw).decode()}" if raw else ""


def _in_css(text: str) -> Markup:
    """The text within a quoted string of a style sheet: whatever is no letter by its number."""
    return Markup(  # noqa: S704 - letters, digits and numbers of characters
        "".join(
            character if character.isalnum() else f"\\{ord(character):x} " for character in text
        )
    )


FORMAT = PaperFormat(
    name="html",
    title=N_("A web page that stands alone, on a screen and on paper"),
    write=_write,
)
