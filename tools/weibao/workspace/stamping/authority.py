"""The time-stamping authority: the one place that asks it for a stamp, over HTTP (RFC 3161, 3.4)."""

from __future__ import annotations

import urllib.error
import urllib.request
from http.client import HTTPException
from time import monotonic
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from weibao.history.signatures.stamp import LARGEST
from weibao.language import N_
from weibao.refusal import Refusal, UsageRefusal
from weibao.workspace.forge.one_host import one_host_opener

if TYPE_CHECKING:
    from http.client import HTTPResponse

SECONDS = 30
"""How long the authority may be silent, and twice that how long its answer may take."""


def ask(authority: str, request: bytes) -> bytes:
    """What the authority at this address answers to a request (``TimeStampReq`` in DER).

    At most one byte more than a stamp may have; whether it is one is for the reader to say.

    Raises:
        Refusal: the address is no address of the web, or no answer came.
    """
    if _scheme(authority) not in {"http", "https"}:
        raise UsageRefusal(
            N_("“{authority}” is not the address of a time-stamping authority."),
            mend=N_("Give one that begins with https:// or http://."),
            authority=authority,
        )
    opener = one_host_opener()
    try:
        asked = urllib.request.Request(  # noqa: S310 - the scheme is checked above
            authority,
            method="POST",
            data=request,
            headers={"Content-Type": "application/timestamp-query", "User-Agent": "weibao"},
        )
        with opener.open(asked, timeout=SECONDS) as answer:
            return _read(answer)
    except urllib.error.HTTPError as error:
        where = error.headers.get("Location", "")
        error.close()
        raise _silent(authority, f"HTTP {error.code} {where}".strip()) from None
    except urllib.error.URLError as error:
        raise _silent(authority, str(error.reason)) from None
    except (OSError, HTTPException, ValueError) as error:
        raise _silent(authority, str(error) or type(error).__name__) from None


def _scheme(address: str) -> str:
    """How an address begins; "" where it cannot be one."""
    try:
        return urlsplit(address).scheme
    except ValueError:
        return ""


def _read(answer: HTTPResponse) -> bytes:
    """The answer's body, as far as it may be long, within the time that it may take."""
    end = monotonic() + 2 * SECONDS
    body = b""
    while len(body) <= LARGEST and (part := answer.read1(LARGEST + 1 - len(body))):
        body += part
        if monotonic() > end:
            raise TimeoutError("timed out")
    return body


def _silent(authority: str, reason: str) -> Refusal:
    return Refusal(
        N_("The time-stamping authority {authority} gave no stamp: {reason}"),
        mend=N_(
            "Nothing was written. Check the address (evidence.timestamp.authority in contract.yaml, "
            "or --authority) and the network, then give the command again."
        ),
        authority=authority,
        reason=reason,
    )
