"""What a format of papers is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.render.edition.addresses import Addresses

if TYPE_CHECKING:
    from collections.abc import Callable

    from weibao.render.papers.paper import Paper


_PAGES = Addresses("", directory_urls=False)


@dataclass(frozen=True, slots=True)
class PaperSetting:
    """What a paper is set with beyond what it says.

    Attributes:
        site: the address of the contract's site, with which what is proven there is linked; "" for none.
        pages: how that site names its pages in the paper's first language.
        fonts: folders in which fonts are looked for.
        template: the provider's own template, of a format that takes one; b"" for ours.
        template_name: what that file is called, to be named where it is refused.
        facts: the paper's facts as JSON, which a format that can do so carries within.
        tool: the version of this package.
    """

    site: str = ""
    pages: Addresses = _PAGES
    fonts: tuple[str, ...] = ()
    template: bytes = b""
    template_name: str = ""
    facts: bytes = b""
    tool: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperFormat:
    """A format: one value of it in each file of ``formats/``.

    Attributes:
        name: as the command has it, and the ending of its files.
        title: a message id.
        write: the bytes of a paper, the same for the same paper and setting.

    ``write`` raises ``Refusal`` where it cannot set the paper: it lacks a font, or the template is no good.
    """

    name: str
    title: str
    write: Callable[[Paper, PaperSetting], bytes]
