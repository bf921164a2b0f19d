"""Where a pushed branch is made a request to merge it: what the forge answered, or what is known of it.

A forge says so itself in its answer to the push. Where it says nothing, the address of the remote tells
which of the public ones it is; of one that nobody knows nothing is guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from weibao.workspace.recording.git_runner import run_git

if TYPE_CHECKING:
    from pathlib import Path

_SHORT = re.compile(r"(?:[^/@:]+@)?(?P<host>[^/:@]+):(?!//)(?P<path>.+)")
"""``git@host:owner/name.git``, which is no URL."""
_LINK = re.compile(r"^remote:.*?(https?://\S+)", re.MULTILINE)

_PAGES = {
    "github": "https://{host}/{path}/compare/{target}...{branch}?expand=1",
    "gitlab": (
        "https://{host}/{path}/-/merge_requests/new?merge_request%5Bsource_branch%5D={branch}"
        "&merge_request%5Btarget_branch%5D={target}"
    ),
    "gitea": "https://{host}/{path}/compare/{target}...{branch}",
}
_PUBLIC = {
    "github.com": "github",
    "gitlab.com": "gitlab",
    "codeberg.org": "gitea",
    "gitea.com": "gitea",
}


@dataclass(frozen=True, slots=True)
class Hosted:
    """A repository on a host: what is left of its address without a user, a port and a key."""

    host: str
    path: str


def hosted_at(root: Path, remote: str) -> Hosted | None:
    """Where the remote is; None for a folder of this machine."""
    asked = (("remote", "get-url", "--push", remote), ("config", "--get", f"remote.{remote}.url"))
    for arguments in asked:
        if found := _hosted(run_git(root, *arguments).stdout.strip()):
            return found
    return None


def _hosted(address: str) -> Hosted | None:
    if "://" in address:
        host, path = _parts(address)
    elif (match := _SHORT.fullmatch(address)) and len(match["host"]) > 1:  # C:\\ is a drive
        host, path = match["host"].lower(), match["path"]
    else:
        return None
    path = path.strip("/").removesuffix(".git")
    return Hosted(host, path) if host and path else None


def _parts(address: str) -> tuple[str, str]:
    """The host and the path of a URL; "" where it is none."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return "", ""
    return parts.hostname or "", parts.path


def request_link(
    place: Hosted | None, answer: str, branch: str, target: str, kind: str = ""
) -> str:
    """The page that opens the request; "" where nobody can tell.

    ``kind`` is that of the forge, ``github``, ``gitlab`` or ``gitea``, where it is known. ``answer`` is what git said of the push: a link counts where it is on the remote's host and names the
    branch, since hooks may say anything.
    """
    if place is None:
        return ""
    for link in _LINK.findall(answer):
        named = quote(branch, safe="") in link or quote(branch) in link
        if named and _parts(link)[0] == place.host:
            return str(link)
    page = _PAGES.get(kind or _PUBLIC.get(place.host, ""))
    if page is None:
        return ""
    return page.format(
        host=place.host, path=quote(place.path), branch=quote(branch), target=quote(target)
    )
