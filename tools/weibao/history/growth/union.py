"""Union: two versions of a record with a log, joined; an entry is a line.

Git's own ``merge=union`` keeps the lines of both sides too, but it weaves them by place: the side
that is merged in may come first, a line that both sides have may stay twice, and a header that
both have touched keeps both. Here what has landed stands first, as it stood, and each line once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.model.versions import NO_VERSION, Version, divided

if TYPE_CHECKING:
    from collections.abc import Iterable


class HeadersDiffer(Exception):  # noqa: N818 - no error: a person must choose
    """Both sides have another header than their common ancestor, and not the same."""


def joined(ancestor: bytes | None, landed: bytes, own: bytes) -> bytes:
    """The file that holds the entries of both sides: first those of ``landed``, then what ``own`` adds.

    ``ancestor`` is the version both come from, None where each side has made the file by itself. A
    line that ``landed`` has dropped since stays dropped.

    Raises:
        HeadersDiffer: the headers cannot be joined.
    """
    before = NO_VERSION if ancestor is None else divided(ancestor)
    first, second = divided(landed), divided(own)
    header = _header(before, first, second)
    known = {*before.lines, *first.lines}
    added = [line for line in dict.fromkeys(_written(own, second)) if line not in known]
    lines = [*dict.fromkeys(_written(landed, first)), *added]
    if lines and not header.endswith(b"\n"):
        header += b"\n"
    return header + b"".join(line + b"\n" for line in lines)


def added_lines(before: Iterable[bytes], after: bytes) -> int:
    """How many lines of a log ``after`` has that none of the versions ``before`` it has."""
    known = {line for version in before for line in divided(version).lines}
    return len(set(divided(after).lines) - known)


def _written(raw: bytes, version: Version) -> list[bytes]:
    """What stands in the log, entries or not: what somebody broke is for a person to mend, and not let go."""
    return [line for line in raw[len(version.header) :].split(b"\n") if line.strip()]


def _header(before: Version, first: Version, second: Version) -> bytes:
    if second.header in (before.header, first.header):
        return first.header
    if first.header == before.header:
        return second.header
    raise HeadersDiffer
