"""The photographs that an answer shows: addresses of the forge's own files, and nothing else in it."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from weibao.language import N_
from weibao.model.issue_form import MOST
from weibao.model.pictures import picture_ending
from weibao.refusal import SeveralRefused, UsageRefusal
from weibao.workspace.issue_form.issue import ForgeKind
from weibao.workspace.recording.attachment import attachment_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from weibao.refusal import Refusal
    from weibao.workspace.issue_form.issue import WrittenIssue
    from weibao.workspace.recording.attachment import Attachment

NOTHING = N_("Nothing was recorded.")
_ADDRESS = r"[^\s\"'<>()\\]+"
_ATTRIBUTES = r"[^<>\n]{0,400}"
_SHOWN = re.compile(
    rf"!?\[[^\[\]\n]*\]\((?P<linked>{_ADDRESS})\)(?:\{{[^{{}}\n]*\}})?"
    rf"|<img\b{_ATTRIBUTES}?\bsrc=\"(?P<drawn>{_ADDRESS})\"{_ATTRIBUTES}>"
    rf"|(?P<bare>https?://{_ADDRESS})"
)
_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_PATHS = {
    ForgeKind.GITHUB: rf"/user-attachments/assets/{_UUID}|/REPOSITORY/assets/[0-9]+/{_UUID}",
    ForgeKind.GITEA: rf"(?:/REPOSITORY)?/attachments/{_UUID}",
    ForgeKind.GITLAB: r"(?:/REPOSITORY|/-/project/[0-9]+)?/uploads/[0-9a-f]{32}/[\w.+-]+",
}
"""Where each forge keeps what was dragged into an issue."""


def photographs_in(answer: str, issue: WrittenIssue) -> tuple[tuple[str, ...], tuple[Refusal, ...]]:
    """The addresses, each once, and what is wrong with the answer."""
    found = [next(filter(None, match.groups())) for match in _SHOWN.finditer(answer)]
    faults: list[Refusal] = []
    if left := _SHOWN.sub("", answer).strip():
        faults.append(
            UsageRefusal(
                N_("Among the photographs stands what is none: “{text}”."),
                mend=N_("Say it in the note; here belong pictures that were dragged in or chosen."),
                text=left[:80],
            )
        )
    addresses = []
    for said in (*found, *issue.files):
        address = _absolute(said, issue)
        if _is_own(address, issue):
            addresses.append(address)
        else:
            faults.append(
                UsageRefusal(
                    N_("The picture {address} is not one that was dragged into this issue."),
                    mend=N_("Drag it in here, or choose it: from elsewhere nothing is fetched."),
                    address=said[:120],
                )
            )
    addresses = list(dict.fromkeys(addresses))
    if len(addresses) > MOST:
        faults.append(
            UsageRefusal(
                N_("There are {number} photographs, and {most} are the most."),
                mend=N_("Leave the best; the others can be attached later: weibao ticket attach"),
                number=len(addresses),
                most=MOST,
            )
        )
    return tuple(addresses), tuple(faults)


def _absolute(said: str, issue: WrittenIssue) -> str:
    """The whole address; what is none stays as it is."""
    try:
        return urljoin(f"{issue.server}/", unescape(said))
    except ValueError:
        return said


def _is_own(address: str, issue: WrittenIssue) -> bool:
    """Whether an address is of the forge's own host, by its way of speaking, and of where it keeps such files."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    ours = urlsplit(issue.server)
    path = _PATHS[issue.kind].replace("REPOSITORY", re.escape(issue.repository))
    return (
        (parts.scheme, parts.netloc.lower()) == (ours.scheme, ours.netloc.lower())
        and ".." not in parts.path
        and not (parts.query or parts.fragment)
        and re.fullmatch(path, parts.path) is not None
    )


def signed_address(page: str, address: str) -> str:
    """The address without need of a token that GitHub's page of a private issue gives a picture; "" where it gives none."""
    picture = re.escape(address.rpartition("/")[2])
    host = r"https://private-user-images\.githubusercontent\.com"
    found = re.search(rf"\"({host}/[0-9]+/[0-9]+-{picture}\.[a-z]+\?jwt=[^\"<>\s]+)\"", page)
    return unescape(found[1]) if found else ""


def attachments_of(
    addresses: Iterable[str], fetch: Callable[[str], bytes]
) -> tuple[Attachment, ...]:
    """The pictures at the addresses, checked and stripped, each once.

    Raises:
        SeveralRefused: those that were not to be had, or are no pictures.
    """
    found: dict[str, Attachment] = {}
    faults: list[Refusal] = []
    for address in addresses:
        try:
            attachment = _picture_of(fetch(address), address)
            found[attachment.sha256] = attachment
        except UsageRefusal as refusal:
            faults.append(refusal)
    if faults:
        raise SeveralRefused(NOTHING, tuple(faults))
    return tuple(found.values())


def _picture_of(content: bytes, address: str) -> Attachment:
    if picture_ending(content) or not content.startswith(b"%PDF-"):
        return attachment_of(content, address)
    raise UsageRefusal(
        N_("{address} is a document, and here belong photographs."),
        mend=N_("Have it attached at the desk: weibao ticket attach"),
        address=address,
    )
