"""Asking one host of the web and no other: whoever was asked may not send the question on."""

from __future__ import annotations

import urllib.request
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from http.client import HTTPMessage
    from typing import IO


class _Staying(urllib.request.HTTPRedirectHandler):
    """Follows no redirection."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> None:
        """Let the answer itself be the failure."""


def one_host_opener() -> urllib.request.OpenerDirector:
    """What opens an address and follows no redirection: a token or a request is for one host."""
    return urllib.request.build_opener(_Staying())
