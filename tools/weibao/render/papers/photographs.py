"""The photographs of a record in a paper: as many and as large as a paper can bear, the others by their names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from weibao.language import N_
from weibao.model.pictures import picture_ending
from weibao.render.edition.attachments import PICTURES, attachment_of, is_lost
from weibao.render.edition.previews import can_preview, preview
from weibao.render.papers.cells import own
from weibao.render.papers.paper import Picture, Prose
from weibao.render.words.cut import cut

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from weibao.history.proven import ProvenEntry
    from weibao.render.edition.voice import Voice
    from weibao.render.papers.paper import Block, PaperText

MOST = 12
"""Photographs in one paper; the others stand in the table of the files."""

LARGEST = 1 << 20
"""Bytes up to which a photograph is printed as it is; a larger one is made smaller."""

_AS_IT_IS: dict[str, Literal["jpeg", "png"]] = {"jpg": "jpeg", "png": "png"}


def photographs(voice: Voice, attached: Iterable[tuple[str, ProvenEntry]]) -> Iterator[Block]:
    """The pictures among files attached, each with its ticket; of one that cannot be shown it is said why."""
    shown, more = cut([pair for pair in attached if _is_picture(pair[1])], MOST)
    for ticket, step in shown:
        yield _photograph(voice, ticket, step)
    if more:
        one, many = (
            N_("{number} more photograph is not printed here."),
            "{number} more photographs are not printed here.",
        )
        yield Prose(own(voice, voice.language.plural(one, many, more)), "note")


def _is_picture(step: ProvenEntry) -> bool:
    return str(step.entry.data["file"]).rpartition(".")[2] in PICTURES


def _photograph(voice: Voice, ticket: str, step: ProvenEntry) -> Block:
    caption = str(step.entry.data.get("caption", ""))
    told = own(
        voice,
        N_("{ticket}, {moment}: {caption}") if caption else N_("{ticket}, {moment}"),
        ticket=ticket,
        moment=voice.when(step.effective, step.precision),
        caption=caption,
    )
    if is_lost(step.entry, voice.book.files):
        return _unseen(
            voice, N_("{photograph}: the file is missing, or is not the one named."), told
        )
    attachment = attachment_of(step.entry, voice.book.files, voice.audience)
    if attachment is None:
        return _unseen(voice, N_("{photograph}: the file is no picture that can be shown."), told)
    form = _AS_IT_IS.get(picture_ending(attachment.content))
    if form and len(attachment.content) <= LARGEST:
        return Picture(form, attachment.content, told)
    smaller = preview(attachment.content, "JPEG") if can_preview(attachment.content) else b""
    if picture_ending(smaller) == "jpg" and len(smaller) <= LARGEST:
        return Picture("jpeg", smaller, told)
    return _unseen(voice, N_("{photograph}: the picture is too large to be printed here."), told)


def _unseen(voice: Voice, message: str, photograph: PaperText) -> Prose:
    return Prose(own(voice, message, photograph=photograph.texts[0]))
