"""Where records are filed, and what names a repository can hold on every system (design, "The tree").

What a glob would not see is told here, or it would be a record that nobody checks.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from shlex import quote
from typing import TYPE_CHECKING

from weibao.model.closing import PERIOD, close_path
from weibao.model.finding import Finding, Place
from weibao.model.ids import KINDS, RECORD_ID, record_path
from weibao.model.leftovers import left_from
from weibao.model.signers import is_key_file
from weibao.model.yaml.bytes_and_characters import FORBIDDEN_IN_VALUES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

ROOT = "records/"
MAX_PATH_BYTES = 200
PLAIN_FILE = "100644"

UNFINISHED = ".weibao-"
"""How the temporary files of a write begin; one that a killed command left behind is no record."""

CONFIGURATION = (
    "contract",
    "staff",
    "assets",
    "duty",
    "plan",
    "spares",
    "actions",
    "agreements",
    "reviews",
)
REQUIRED = ("contract", "staff", "assets")
"""Without these nothing can be said about a ticket; the others are empty where they are missing."""

_ATTACHMENT = re.compile(r"records/attachments/([0-9a-f]{2})/(\1[0-9a-f]{62})(\.[a-z0-9]{1,8})?")
_REPORT = re.compile(rf"records/reports/[0-9]{{4}}/({PERIOD})\.yaml")
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?")
_UNPORTABLE = frozenset('<>:"|?*\\')


@lru_cache(maxsize=1 << 15)  # each check asks again
def kind_of(path: str) -> str | None:
    """The kind of record that is filed under ``path``; None where no record may be."""
    if not path.startswith(ROOT) or not path.endswith(".yaml"):
        return None
    name = path.removeprefix(ROOT).removesuffix(".yaml")
    if name in CONFIGURATION:
        return name
    if (month := _REPORT.fullmatch(path)) and close_path(month[1]) == path:
        return "report"
    record_id = name.rpartition("/")[2]
    if RECORD_ID.fullmatch(record_id) and record_path(record_id) == path:
        return KINDS[record_id[0]]
    return None


def stem_of(path: str) -> str:
    """The name of a record's file without its ending: the id of a ticket, an inspection or a shift."""
    return path.rpartition("/")[2].removesuffix(".yaml")


def attachment_sha256(path: str) -> str | None:
    """The SHA-256 that an attachment is named by; None where the path is no attachment's."""
    match = _ATTACHMENT.fullmatch(path)
    return match[2] if match else None


def may_be_filed(path: str) -> bool:
    """Whether a file may lie under this path: a record, an attachment, or keys."""
    return kind_of(path) is not None or attachment_sha256(path) is not None or is_key_file(path)


def is_left_behind(path: str, there: Collection[str]) -> bool:
    """Whether a system or an editor has left the file, and no record is lost by passing it over.

    One that is named as if it were left over from a record is that only where the record is ``there``.
    """
    original = left_from(path)
    return original is not None and (not may_be_filed(original) or original in there)


def may_be_passed_over(path: str) -> bool:
    """Whether a file that git is told to ignore is no record, not even one under a wrong name."""
    stem, _, ending = path.rpartition("/")[2].rpartition(".")
    is_named_so = RECORD_ID.fullmatch(stem.upper()) and ending.lower() in {"yaml", "yml"}
    return not may_be_filed(path) and not is_named_so


def filing_findings(paths: Iterable[str], modes: Mapping[str, str]) -> Iterator[Finding]:
    """What is filed wrongly under ``records/`` (R301–R304, R317), whatever the files say."""
    under = sorted(path for path in paths if path.startswith(ROOT) or path == ROOT.rstrip("/"))
    there = frozenset(under)
    left = [path for path in under if is_left_behind(path, there)]
    for path in left:
        yield Finding("R317", Place(path), facts={"file": quote(path)})
    ours = sorted(there.difference(left))
    for path in ours:
        mode = modes.get(path, PLAIN_FILE)
        if mode != PLAIN_FILE:
            yield Finding("R303", Place(path), facts={"mode": mode, "expected": PLAIN_FILE})
        if kind_of(path):
            continue  # a record's own path, which every system can hold
        for problem in _hazards(path):
            yield Finding("R304", Place(path), facts={"problem": problem})
        if not may_be_filed(path):
            yield _misfiled(path)
    yield from _collisions(ours)
    for kind in REQUIRED:
        if f"{ROOT}{kind}.yaml" not in ours:
            yield Finding("R308", Place(f"{ROOT}{kind}.yaml"), facts={"kind": kind})


def _misfiled(path: str) -> Finding:
    """R301 for a record out of its place, R302 for what is no record at all."""
    folder, _, name = path.rpartition("/")
    stem, dot, ending = name.rpartition(".")
    if RECORD_ID.fullmatch(stem) and dot and ending == "yaml":
        return Finding("R301", Place(path), stem, {"expected": record_path(stem)})
    expected: str | tuple[str, ...] = "records/{tickets,inspections,shifts}/YYYY/MM/DD/<id>.yaml"
    if folder.startswith(f"{ROOT}reports"):
        expected = "records/reports/YYYY/YYYY-MM.yaml"
    elif folder == ROOT.rstrip("/"):
        expected = (*(f"{kind}.yaml" for kind in CONFIGURATION), "allowed_signers")
    elif folder == f"{ROOT}keys":
        expected = "records/keys/<id>.asc"
    elif folder.startswith(f"{ROOT}attachments"):
        expected = "records/attachments/<xx>/<sha256>.<ending>"
    return Finding("R302", Place(path), facts={"found": path, "expected": expected})


def _hazards(path: str) -> Iterator[str]:
    """Why another system could not hold this path, or would take it for another one."""
    if len(path.encode("utf-8", "surrogateescape")) > MAX_PATH_BYTES:
        yield f"over {MAX_PATH_BYTES} bytes"
    if any("\udc80" <= character <= "\udcff" for character in path):
        yield "not UTF-8"
    elif not unicodedata.is_normalized("NFC", path):
        yield "not NFC"
    elif FORBIDDEN_IN_VALUES.search(path) or "\n" in path or "\t" in path:
        yield "forbidden character"
    for part in path.split("/"):
        if part in {"", ".", ".."}:
            yield "not a plain path"
        elif part.endswith((".", " ")) or part.startswith(" "):
            yield "leading or trailing space, or trailing dot"
        if _RESERVED.fullmatch(part):
            yield "reserved on Windows"
        if not _UNPORTABLE.isdisjoint(part):
            yield "forbidden on Windows"


def _collisions(paths: Iterable[str]) -> Iterator[Finding]:
    """Names of files or folders that differ only in case: some systems hold only one of them."""
    seen: dict[str, str] = {}
    told: set[str] = set()
    for path in paths:
        parts = path.split("/")
        for depth in range(1, len(parts) + 1):
            whole = "/".join(parts[:depth])
            first = seen.setdefault(whole.casefold(), whole)
            if first != whole and whole not in told:
                told.add(whole)
                facts = {"problem": "differs only in case", "found": whole, "expected": first}
                yield Finding("R304", Place(path), facts=facts)
