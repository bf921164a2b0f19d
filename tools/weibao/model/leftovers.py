"""Files that operating systems and editors leave beside those of people, told by their names."""

from __future__ import annotations

import re

_ALONE = r"\.DS_Store|\.directory|\.nfs[0-9a-f]+|(?i:thumbs\.db|ehthumbs\.db|desktop\.ini)"
_BESIDE = (
    r"\._(.+)",  # macOS, on disks of others
    r"~\$(.+)",  # Office, while a document is open
    r"\.~lock\.(.+)#",  # LibreOffice
    r"\.(.+)\.(?:sw[a-p]|kate-swp)",  # Vim, Kate
    r"\.#(.+)",  # Emacs
    r"#(.+)#",
    r"(.+)~",
)
_LEFTOVER = re.compile("|".join((_ALONE, *_BESIDE)))


def left_from(path: str) -> str | None:
    """The path of the file that this one was left over from, "" where it is of none; None where it is no such file."""
    folder, slash, name = path.rpartition("/")
    found = _LEFTOVER.fullmatch(name)
    if found is None:
        return None
    return f"{folder}{slash}{found[found.lastindex]}" if found.lastindex else ""
