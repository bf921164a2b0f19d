"""Who may use the page: whoever has the key, from a page of this desk, at the address that it is on.

Any other program of the machine can reach a port of it, and so can every web page that its browser
shows. So a request says the desk's own address (a name that leads elsewhere and then here is none),
shows the key that only whoever started it has seen, and writes from the desk's own pages alone.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass

from weibao.language import N_

OTHER_HOST = N_("This is not the address of the desk.")
NO_KEY = N_("The key is missing: open the address that weibao desk has printed.")
OTHER_PAGE = N_("What is recorded comes from a page of the desk itself, and this did not.")

DENIED = {OTHER_HOST: 421, NO_KEY: 403, OTHER_PAGE: 403}
"""What a request is refused with, and its status."""


@dataclass(frozen=True, slots=True)
class Asking:
    """What a request says of itself; "" where it says nothing.

    ``site`` is ``Sec-Fetch-Site``: from where a browser says that it was sent.
    """

    method: str
    host: str
    origin: str
    site: str
    pass_: str


@dataclass(frozen=True, slots=True)
class Gate:
    """The gate of a desk: its port, the key of its address, and the pass that the key is changed for."""

    port: int
    key: str
    pass_: str

    @property
    def cookie(self) -> str:
        """The name of the cookie with the pass; ports of a machine share their cookies."""
        return f"weibao_desk_{self.port}"

    @property
    def address(self) -> str:
        """The address that lets in whoever opens it."""
        return f"http://127.0.0.1:{self.port}/?key={self.key}"

    def opens_with(self, key: str) -> bool:
        """Whether this is the key."""
        return hmac.compare_digest(key.encode(), self.key.encode())

    def denies(self, asking: Asking) -> str:
        """Why a request is refused (a message id), "" where it is not."""
        if self.is_elsewhere(asking.host):
            return OTHER_HOST
        if not hmac.compare_digest(asking.pass_.encode(), self.pass_.encode()):
            return NO_KEY
        if asking.method not in {"GET", "HEAD"} and not self._is_own(asking):
            return OTHER_PAGE
        return ""

    def is_elsewhere(self, host: str) -> bool:
        """Whether a request was meant for another host than this machine's own port."""
        return host.lower() not in {
            f"{name}:{self.port}" for name in ("127.0.0.1", "localhost", "[::1]")
        }

    def _is_own(self, asking: Asking) -> bool:
        """Whether a request that writes was sent by a page of this desk; what says nothing of it was not."""
        if not (asking.origin or asking.site):
            return False
        same_origin = asking.origin in {"", f"http://{asking.host}"}
        return same_origin and asking.site in {"", "same-origin"}
