"""What every format sets around and between the parts of a paper: numbers of parts, and its own few words."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from string import ascii_uppercase
from typing import TYPE_CHECKING
from urllib.parse import quote

from weibao.language import N_, language
from weibao.render.papers.paper import NOTHING, PaperText, Table, side_by_side

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.render.papers.format import PaperSetting
    from weibao.render.papers.paper import Paper, PaperCell, Remark, Section

CONTENTS = N_("Contents")
COMMIT = N_("Commit")
AS_OF = N_("As of")
REMARK = N_("Remark by {by}, {at}")


def worded(paper: Paper, message: str, **facts: object) -> PaperText:
    """A sentence of the catalogue in the languages of the paper."""
    return side_by_side(
        [PaperText((language(code).text(message, **facts),)) for code in paper.languages]
    )


def remarked(paper: Paper, remark: Remark) -> PaperText:
    """By whom a remark is and when, in the languages of the paper."""
    return side_by_side(
        [
            PaperText((language(code).text(REMARK, by=by, at=at),))
            for code, by, at in zip(
                paper.languages,
                spread(remark.by, paper.languages),
                spread(remark.at, paper.languages),
                strict=True,
            )
        ]
    )


def spread(words: PaperText, languages: tuple[str, ...]) -> tuple[str, ...]:
    """The words in each language, those that all say alike in each."""
    return words.texts if len(words.texts) > 1 else tuple(words.texts[0] for _ in languages)


def spoken(paper: Paper, words: PaperText) -> tuple[tuple[str, str], ...]:
    """The words with the language of each; "" for those that all languages of the paper say alike."""
    if len(words.texts) == 1:
        return (("", words.texts[0]),)
    return tuple(zip(paper.languages, words.texts, strict=True))


def numbered(paper: Paper) -> Iterator[tuple[str, Section]]:
    """Each part with its number, or, of an annex, its letter."""
    letters = iter(ascii_uppercase)
    numbers = count(1)
    for section in paper.sections:
        yield next(letters) if section.annex else str(next(numbers)), _said_once(section)


def _said_once(section: Section) -> Section:
    """The part, without the caption of a table that says its title again."""
    return replace(
        section,
        blocks=tuple(
            replace(block, caption=NOTHING)
            if isinstance(block, Table) and block.caption == section.title
            else block
            for block in section.blocks
        ),
    )


def flat(words: PaperText) -> str:
    """The words on one line, one language after the other."""
    return " ".join(" ".join(words.texts).split())


def identity_of(paper: Paper) -> str:
    """What stands at the foot of each page: number, commit and instant."""
    commit, as_of = (flat(worded(paper, message)) for message in (COMMIT, AS_OF))
    return f"{paper.number} · {commit} {paper.commit[:12]} · {as_of} {paper.as_of}"


def on_site(setting: PaperSetting, cell: PaperCell) -> str:
    """The address at which the site proves what a cell says; "" for none."""
    if not cell.way or not setting.site.startswith(("https://", "http://")):
        return ""
    page, anchor = cell.way
    place = f"#{quote(anchor)}" if anchor else ""
    return f"{setting.site.rstrip('/')}/{quote(setting.pages.url(page))}{place}"
