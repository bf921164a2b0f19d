"""Where both sides sign a paper, and what that means: the boxes are the same on every paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.operations.duties import stated_length
from weibao.render.papers.cells import own
from weibao.render.papers.paper import NOTHING, Blank, PaperText, Prose, SignBox, SignOff

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.render.edition.voice import Voice
    from weibao.render.papers.commission import Commission
    from weibao.render.papers.paper import Block

MEANING = N_(
    "This report is made from the records. Signing confirms that it was received and that the facts it lists are acknowledged."
)
MEANING_WITHIN = N_(
    "This report is made from the records. Signing confirms that it was received and that the facts it lists are acknowledged; objections are to be raised in writing within {length} of its submission."
)
"""The same, with how long the contract leaves for objections."""

_PROVIDER = (N_("Prepared"), N_("Reviewed"), N_("Approved"))


def sign_off(commission: Commission, meaning: str = MEANING) -> Iterator[Block]:
    """The provider's three boxes, and the customer's; ``meaning`` is a message id."""
    voice = commission.voice
    told = _meaning(voice) if meaning == MEANING else own(voice, meaning)
    yield SignOff(told, (*provider_boxes(voice), customer_box(voice)))
    yield Prose(own(voice, N_("In two originals; each side keeps one.")), "note")


def _meaning(voice: Voice) -> PaperText:
    """What signing a report means; the time for objections only where the contract itself says one."""
    length = stated_length(voice.book.records.contract, "report_accepted_within")
    return (
        own(voice, MEANING_WITHIN, length=voice.within(length)) if length else own(voice, MEANING)
    )


def provider_boxes(voice: Voice) -> tuple[SignBox, ...]:
    """Who prepared, reviewed and approved it."""
    return tuple(
        SignBox(own(voice, title), (), (_name(voice), _date(voice))) for title in _PROVIDER
    )


def customer_box(voice: Voice) -> SignBox:
    """Whether the customer agrees, who signs for the customer, and room for the seal."""
    return SignBox(
        title=own(voice, N_("The customer")),
        choices=(own(voice, N_("Agreed")), own(voice, N_("Objections (state them)"))),
        blanks=(
            Blank(NOTHING, 3),
            _name(voice),
            Blank(own(voice, N_("Position"))),
            _date(voice),
        ),
        seal=own(voice, N_("Seal")),
    )


def _name(voice: Voice) -> Blank:
    return Blank(own(voice, N_("Name (signature)")))


def _date(voice: Voice) -> Blank:
    return Blank(own(voice, N_("Date")))
