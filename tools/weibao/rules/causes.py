"""One cause, one finding: what follows from one slip is told once, with the places where it shows.

A file that was only laid out anew, a name that was taken away and is used everywhere, a committed line that
was typed over: each makes many rules fail, and has one mend. Nothing that is an error becomes sound by it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from weibao.history.shell_words import shell_word
from weibao.model.finding import Finding, Place
from weibao.model.references import DEFINING
from weibao.model.yaml.strict import read_yaml
from weibao.rules.catalogue import RULES, Severity

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

_LAYOUT = frozenset({"R103", "R104", "R305", "R312", "L101", "L102", "L103"})
"""What a file breaks that says the same in other lines."""

_OVERWRITTEN = ("L101", "L103")
"""A committed line that reads otherwise: what is wrong with its new words is mended with it."""

_MARK = b"\xef\xbb\xbf"

_DEFINED_BY = {
    "X101": "person",
    "X102": "contact",
    "X103": "asset",
    "X104": "part",
    "X105": "depot",
}

_EVERYWHERE = frozenset({"R103", "R104", "R309", "R316"})
"""What an editor or a setting of git does to every file alike."""

_IN_A_FILE = frozenset({"R105", "R106", "R107", "R305", "R312", "X201"})
"""What one slip does to several lines of a file."""

_VALUES = frozenset({"R201", "R203", "R204", "R205", "R206"})
"""What one word, typed or replaced all through a file, does to it."""

SHOWN = 3
"""How many of the other places are named."""


def by_cause(
    findings: Iterable[Finding],
    files: Mapping[str, bytes],
    committed: Mapping[str, bytes],
) -> tuple[Finding, ...]:
    """The findings, in order, of which those of one cause are one.

    ``committed`` are the files as they are in the last commit; empty where nothing is held against it.
    """
    found = tuple(findings)
    for merge in (_undefined, _laid_out_anew, _typed_over, _renamed):
        found = tuple(merge(found, files, committed))
    return tuple(_alike(found))


def _laid_out_anew(
    findings: Sequence[Finding], files: Mapping[str, bytes], committed: Mapping[str, bytes]
) -> Iterator[Finding]:
    """One finding (R316) in the place of all that a new layout of a file broke."""
    broken = dict.fromkeys(
        finding.place.path for finding in findings if finding.code in _LAYOUT and _open(finding)
    )
    same = {
        path
        for path in broken
        if _says(path, files) and _says(path, files) == _says(path, committed)
    }
    for finding in findings:
        if not (finding.place.path in same and finding.code in _LAYOUT and _open(finding)):
            yield finding
    for path in broken:
        if path in same:
            yield Finding("R316", Place(path), facts={"file": shell_word(path)})


def _open(finding: Finding) -> bool:
    """Whether it is of the files as they stand, rather than of a commit."""
    return not finding.facts.get("commit")


def _says(path: str, files: Mapping[str, bytes]) -> str:
    """What a file says, however it is laid out; "" where it is not there or cannot be read."""
    plain = files.get(path, b"").removeprefix(_MARK).replace(b"\r\n", b"\n")
    document, _ = read_yaml(path, plain)
    return "" if document is None else repr(document.data)


def _typed_over(
    findings: Sequence[Finding], _files: Mapping[str, bytes], committed: Mapping[str, bytes]
) -> Iterator[Finding]:
    """All but what is wrong with the words that stand where committed ones did.

    Of a file that cannot be read the place is told where it breaks, unless a line is named as typed over.
    """
    lines: dict[str, set[int]] = {}
    for finding in findings:
        if finding.code in _OVERWRITTEN and _open(finding) and finding.place.path in committed:
            lines.setdefault(finding.place.path, set()).add(finding.place.line)
    unreadable = {finding.place.path for finding in findings if finding.code[:2] == "R1"}
    cut = {path for path in unreadable if 0 in lines.get(path, {0})}
    for finding in findings:
        path, code = finding.place.path, finding.code
        if path in cut:
            follows = code in {*_OVERWRITTEN, "L102"} and _open(finding)
        else:
            typed = finding.place.line in lines.get(path, set()) - {0}
            broken = code[:2] == "R1" or typed
            follows = path in lines and code[0] in "RX" and _is_error(code) and broken
        if not follows:
            yield finding


def _renamed(
    findings: Sequence[Finding], files: Mapping[str, bytes], committed: Mapping[str, bytes]
) -> Iterator[Finding]:
    """A committed file under another name: told where it is now, or of its move, and once."""
    misplaced = {finding.place.path for finding in findings if finding.code in {"R301", "R302"}}
    moved = {finding.place.path for finding in findings if finding.code in {"L105", "X210"}}
    here = {files[path] for path in misplaced - moved if path in files}
    for finding in findings:
        path = finding.place.path
        gone = finding.code == "L104" and _open(finding) and committed.get(path) in here
        if not gone and not (finding.code == "R301" and path in moved):
            yield finding


def _undefined(
    findings: Sequence[Finding], _files: Mapping[str, bytes], _committed: Mapping[str, bytes]
) -> Iterator[Finding]:
    """All but the names that seem undefined because the file that defines them cannot be read."""
    unread = {finding.place.path for finding in findings if _keeps_from_reading(finding.code)}
    for finding in findings:
        kind = _DEFINED_BY.get(finding.code) or str(finding.facts.get("kind", ""))
        named = finding.code in _DEFINED_BY or finding.code == "X108"
        if not (named and f"records/{DEFINING.get(kind)}.yaml" in unread):
            yield finding


def _keeps_from_reading(code: str) -> bool:
    """Whether nothing is known of what the file says: by its bytes, its YAML, its schema or its log."""
    return code[:2] == "R1" or "R201" <= code <= "R208" or code in {"R305", "R306", "R308", "R312"}


def _is_error(code: str) -> bool:
    return RULES[code].severity is Severity.ERROR


def _alike(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The first of each cause, with how many others there are and where the next of them stand."""
    causes: dict[object, list[Finding]] = {}
    for number, finding in enumerate(sorted(findings, key=lambda finding: finding.order)):
        causes.setdefault(_cause(finding) or number, []).append(finding)
    for first, *others in causes.values():
        yield _with_places(first, [other.place for other in others]) if others else first


def _cause(finding: Finding) -> tuple[object, ...]:
    """What findings of one cause have in common; nothing of one that stands for itself."""
    code, path, facts = finding.code, finding.place.path, finding.facts
    if code in _EVERYWHERE:
        return (code,)
    if code in _DEFINED_BY or code == "X108":
        return (code, facts.get("kind"), facts["found"])
    if code in _IN_A_FILE:
        return (code, path, facts.get("character"))
    if code in _OVERWRITTEN and _plain(facts["old"]) == _plain(facts["new"]):
        return (code, path, facts["commit"])
    if code in _VALUES:
        return (code, path, str(facts["key"]).rpartition(".")[2], str(facts["found"]))
    return ()


def _plain(text: object) -> str:
    """A line without its spaces, which are all that a formatter changed."""
    return "".join(str(text).split())


def _with_places(finding: Finding, others: Collection[Place]) -> Finding:
    """Lines of the same file are named as that alone: ``:17``."""
    own = finding.place.path
    named = tuple(
        ("" if place.path == own else place.path) + (f":{place.line}" if place.line else "")
        for place in [*others][:SHOWN]
    )
    return replace(finding, facts={**finding.facts, "more": len(others), "places": named})
