"""Fetching a picture that was dragged into an issue: from the forge's own host, and from where that sends."""

from __future__ import annotations

import urllib.request
from http.client import HTTPException
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.parse import urljoin, urlsplit

from weibao.language import N_
from weibao.refusal import UsageRefusal
from weibao.workspace.forge.one_host import one_host_opener

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

KEPT_AT = frozenset(
    {
        "objects.githubusercontent.com",
        "user-images.githubusercontent.com",
        "private-user-images.githubusercontent.com",
        "github-production-user-asset-6210df.s3.amazonaws.com",
    }
)
"""The hosts to which github.com sends who asks for a file of an issue."""

_ELSEWHERE = N_("{address} lies at {host}, which is no host of this forge's for pictures.")
_HOPS = 3
_SECONDS = 30
_CHUNK = 64 * 1024
_MOVED = frozenset({301, 302, 303, 307, 308})


def fetched_picture(
    address: str, token: str, limit: int, kept_at: AbstractSet[str] = KEPT_AT
) -> bytes:
    """What lies at an address of the forge, which was looked at before; ``token`` goes to its host alone.

    Raises:
        Refusal: it is larger than ``limit`` bytes, lies elsewhere than at ``kept_at``, or was not to be had.
    """
    first = urlsplit(address)
    asked = address
    for _ in range(_HOPS):
        parts = urlsplit(asked)
        own = (parts.scheme, parts.netloc) == (first.scheme, first.netloc)
        if not own and (parts.scheme != first.scheme or parts.netloc not in kept_at):
            raise _not_had(_ELSEWHERE, address, host=parts.netloc)
        found = _asked(asked, token if own else "", limit, address)
        if isinstance(found, bytes):
            return found
        asked = urljoin(asked, found)
    raise _not_had(N_("The forge sends whoever asks for {address} on and on."), address)


def _asked(asked: str, token: str, limit: int, address: str) -> bytes | str:
    """The picture, or where it is said to lie."""
    headers = {"User-Agent": "weibao"} | ({"Authorization": f"Bearer {token}"} if token else {})
    if urlsplit(asked).scheme not in {"http", "https"}:
        raise _not_had(_ELSEWHERE, address, host=asked)
    request = urllib.request.Request(asked, headers=headers)  # noqa: S310 - the scheme is checked above
    try:
        with one_host_opener().open(request, timeout=_SECONDS) as answer:
            content = bytearray()
            while chunk := answer.read(_CHUNK):
                content += chunk
                if len(content) > limit:
                    raise UsageRefusal(
                        N_("The picture {address} is larger than {limit} MiB."),
                        mend=N_("Make it smaller, and put that in its place."),
                        address=address,
                        limit=limit // 1024**2,
                    )
            return bytes(content)
    except HTTPError as error:
        where = error.headers.get("Location", "")
        if error.code in _MOVED and where:
            return where
        raise _not_had(
            N_("The forge does not hand out {address}: it says {code}."), address, code=error.code
        ) from None
    except (OSError, HTTPException, ValueError):  # the last of an address that is none
        raise _not_had(
            N_("{address} could not be fetched: no answer is to be had."), address
        ) from None


def _not_had(message: str, address: str, **facts: object) -> UsageRefusal:
    return UsageRefusal(
        message,
        mend=N_(
            "Drag the picture in once more; if it stays so, attach it at the desk: weibao ticket attach"
        ),
        address=address,
        **facts,
    )
