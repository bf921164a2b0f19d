"""What of a contract's repository a new version writes anew: its own files, and those that nobody has touched.

A file of the starter is untouched where it is what the old version's template makes of some answers; these
fill the new one. What somebody has changed is theirs: the new text goes beside it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.workspace.setup.vendored_wheel import FOLDER, PIN, repinned, vendored_files

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from weibao.workspace.setup.wheel_contents import WheelContents

NEW = ".new"
"""What the name of a text that is put beside another ends with."""

_STARTER = "weibao/workspace/setup/starter/both/"
_SCHEMA = re.compile(r"weibao/(schemas/[a-z]+\.schema\.json)")
_WHEEL = re.compile(rf"{FOLDER}/weibao-[^/]+\.whl")
_LOCK = re.compile(rf"{FOLDER}/[a-z]+\.lock")
_PLACE = re.compile("«(\\w+)»")
_BLOCK = re.compile("«[%#]")


@dataclass(frozen=True, slots=True)
class RenewedFiles:
    """What is to be written and taken away.

    Attributes:
        put: path → content.
        removed: paths of files that the new version does not have, and nobody has touched.
        beside: of ``put`` the texts that lie beside a file that somebody has changed.
    """

    put: Mapping[str, bytes]
    removed: tuple[str, ...]
    beside: tuple[str, ...]

    @property
    def steps(self) -> Iterator[tuple[str, bytes | None]]:
        """What is written, and taken away (None), in an order of which every beginning leaves the named wheel there."""
        yield from ((path, raw) for path, raw in self.put.items() if path != PIN)
        yield from ((path, None) for path in self.removed if not _WHEEL.fullmatch(path))
        yield from ((path, raw) for path, raw in self.put.items() if path == PIN)
        yield from ((path, None) for path in self.removed if _WHEEL.fullmatch(path))

    @property
    def paths(self) -> tuple[str, ...]:
        """What a commit of it is of."""
        return (*(path for path in self.put if path not in self.beside), *self.removed)


def starter_texts(contents: WheelContents) -> dict[str, str]:
    """The templates of files that do not depend on the language: path in a repository → text."""
    return {
        re.sub(r"(^|/)dot-", r"\1.", path.removeprefix(_STARTER)): raw.decode()
        for path, raw in contents.files.items()
        if path.startswith(_STARTER) and not _BLOCK.search(raw.decode())
    }


def renewed_files(
    new: WheelContents,
    templates: tuple[Mapping[str, str], Mapping[str, str]],
    there: Mapping[str, bytes],
    main: str,
) -> RenewedFiles:
    """What changes ``there``, of which ``templates`` are the old and the new version's; ``main`` is the official branch."""
    vendored = dict(vendored_files(new.wheel))
    pin = vendored.pop(PIN)
    if PIN in there:
        pin = repinned(there[PIN].decode(errors="surrogateescape"), new.wheel).encode(
            errors="surrogateescape"
        )
    schemas = {
        match[1]: raw for path, raw in new.files.items() if (match := _SCHEMA.fullmatch(path))
    }
    starter, beside, unwanted = _starter(*templates, there, main)
    wanted = vendored | schemas | starter | {PIN: pin}
    gone = {
        path
        for path in there
        if (_WHEEL.fullmatch(path) or _LOCK.fullmatch(path)) and path not in vendored
    }
    put = {path: raw for path, raw in wanted.items() if _unix(there.get(path)) != raw}
    return RenewedFiles(
        put,
        tuple(sorted(gone | unwanted)),
        tuple(path for path in put if path in beside),
    )


def _starter(
    old: Mapping[str, str], new: Mapping[str, str], there: Mapping[str, bytes], main: str
) -> tuple[dict[str, bytes], set[str], set[str]]:
    """What to put, which of it beside others, and what to take away."""
    texts = {path: (_unix(raw) or b"").decode(errors="replace") for path, raw in there.items()}
    answers = {"main": main}
    untouched: set[str] = set()
    renewed: set[str] = set()  # by a command that was killed
    for templates, found in ((old, untouched), (new, renewed)):
        for path, template in templates.items():
            if path in texts and (match := _pattern(template).fullmatch(texts[path])):
                found.add(path)
                answers |= match.groupdict()
    put: dict[str, bytes] = {}
    beside: set[str] = set()
    for path, template in new.items():
        if path in renewed or (path not in there and path in old):  # which somebody did not want
            continue
        if not {match[1] for match in _PLACE.finditer(template)} <= answers.keys():
            continue
        filled = _PLACE.sub(lambda match: answers[match[1]], template)
        if path not in there or path in untouched:
            put[path] = filled.encode()
        elif old.get(path) != template:
            put[path + NEW] = filled.encode()
            beside.add(path + NEW)
    return put, beside, untouched - new.keys()


def _pattern(template: str) -> re.Pattern[str]:
    """What a template can make: each answer on one line, and the same wherever it stands."""
    known: set[str] = set()
    written, end = [], 0
    for match in _PLACE.finditer(template):
        name = match[1]
        written += [re.escape(template[end : match.start()])]
        written += [f"(?P={name})" if name in known else rf"(?P<{name}>[^\n]+?)"]
        known.add(name)
        end = match.end()
    return re.compile("".join((*written, re.escape(template[end:]))))


def _unix(raw: bytes | None) -> bytes | None:
    """Text as git keeps it; a wheel has no such line ends to lose, being compared by its name as well."""
    return raw if raw is None or b"\0" in raw else raw.replace(b"\r\n", b"\n")
