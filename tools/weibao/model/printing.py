"""Records as text: one entry a line, a whole new record, and an entry added to a file.

Laws, by test: what is printed passes the strict reader and reads back as the same values; what is
added to a file leaves every byte before it alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from weibao.language import N_
from weibao.model.events import EVENTS
from weibao.model.paths import CONFIGURATION
from weibao.model.schema.files import schema_named
from weibao.model.yaml.bytes_and_characters import MAX_LINE_BYTES
from weibao.model.yaml.quoting import checked_text, scalar_text
from weibao.model.yaml.strict import read_yaml
from weibao.refusal import Exit, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_FIRST = ("at", "event", "by")
_LAST = ("note", "precision", "internal")
_WIDTH = 100


def entry_line(entry: Mapping[str, object]) -> str:
    """An entry as the line of a log, without the line end: ``  - {at: …, event: …, by: …}``.

    Its keys come in the order of the table of events, whatever their order in ``entry``.
    """
    line = f"  - {flow_text({key: entry[key] for key in _ordered(entry)})}"
    if len(line.encode()) > MAX_LINE_BYTES:
        raise Refusal(
            N_("The entry is longer than {limit} bytes."),
            mend=N_("Shorten the note, or attach the text as a file."),
            exit_code=Exit.USAGE,
            limit=MAX_LINE_BYTES,
        )
    return line


def append_entry(text: str, *entries: Mapping[str, object]) -> str:
    """The file's text with entries added at its end; every character before stays as it is.

    Windows' line ends in a text of an entry become LF.
    """
    added = [_with_lf(entry) for entry in entries]
    document, findings = read_yaml("", text.encode())
    if document is None or not isinstance(document.data, dict):
        raise _unreadable(findings[0].place.line if findings else 1)
    data = document.data
    head = text if text.endswith("\n") else f"{text}\n"
    if "log" not in data:
        head += "log:\n"
    longer = head + "".join(f"{entry_line(entry)}\n" for entry in added)
    after, findings = read_yaml("", longer.encode())
    wanted = [*(data.get("log") or []), *map(dict, added)]
    if after is None or after.data != {**data, "log": wanted}:
        raise _unreadable(findings[0].place.line if findings else head.count("\n") + 1)
    return longer


def header_text(
    kind: str, header: Mapping[str, object], log: Iterable[Mapping[str, object]]
) -> str:
    """A whole new record of this kind, with the line that tells editors its schema.

    Collections must be ``dict`` and ``list``; raises ``Refusal`` for what no record can hold. Windows'
    line ends become LF.
    """
    header = _with_lf(header)
    up = "../" if kind in CONFIGURATION else "../../../../../"
    lines = [f"# yaml-language-server: $schema={up}schemas/{kind}.schema.json"]
    for key, value in header.items():
        lines.extend(_block(key, value, 0))
    entries = [_with_lf(entry) for entry in log]
    if entries:
        lines += ["log:", *map(entry_line, entries)]
    text = "\n".join(lines) + "\n"
    document, findings = read_yaml("", text.encode())
    if document is None or document.data != dict(header) | ({"log": entries} if entries else {}):
        raise Refusal(
            N_("The record cannot be written so that it reads back the same: see its line {line}."),
            mend=N_("Shorten the text on that line, or leave out what a record cannot hold."),
            exit_code=Exit.USAGE,
            line=findings[0].place.line if findings else 1,
        )
    return text


def ticket_text(header: Mapping[str, object], log: Iterable[Mapping[str, object]]) -> str:
    """A whole new ticket: its keys in the schema's order, those that say nothing left out; as :func:`header_text`."""
    said = {key: header.get(key) for key in schema_named("ticket")["properties"]}
    told = {key: value for key, value in said.items() if value not in (None, "", [])}
    return header_text("ticket", told, log)


def flow_text(value: object) -> str:
    """A value on one line: ``{…}``, ``[…]`` or a scalar."""
    if isinstance(value, dict):
        inside = ", ".join(
            f"{scalar_text(key)}: {flow_text(element)}" for key, element in value.items()
        )
        return f"{{{inside}}}"
    if isinstance(value, list):
        return f"[{', '.join(flow_text(element) for element in value)}]"
    return scalar_text(value)


def block_lines(key: str, value: object) -> Iterator[str]:
    """A key and its value as lines of a block, short collections within it on one line."""
    if isinstance(value, dict) and value:
        yield f"{scalar_text(key)}:"
        for inner, element in value.items():
            yield from _block(inner, element, 1)
    else:
        yield from _block(key, value, 0)


def _ordered(entry: Mapping[str, object]) -> list[str]:
    """The keys of an entry in the order of its event's fields; keys unknown to the table follow."""
    own = [
        field.key
        for events in EVENTS.values()
        for event in events
        if event.name == entry.get("event")
        for field in event.fields
    ]
    known = dict.fromkeys([*_FIRST, *own])
    unknown = [key for key in entry if key not in known and key not in _LAST]
    return [key for key in (*known, *unknown, *_LAST) if key in entry]


def _block(key: str, value: object, depth: int) -> Iterator[str]:
    """A key and its value in block style, short collections on one line."""
    start = f"{'  ' * depth}{scalar_text(key)}:"
    if isinstance(value, str) and _fits_literal(value):
        yield f"{start} |{'' if value.endswith(chr(10)) else '-'}"
        for line in value.removesuffix("\n").split("\n"):
            yield f"{'  ' * (depth + 1)}{line}" if line else ""
    elif isinstance(value, dict) and value and not _on_one_line(start, value, depth):
        yield start
        for inner, element in value.items():
            yield from _block(inner, element, depth + 1)
    elif isinstance(value, list) and any(isinstance(element, dict) for element in value):
        yield start
        yield from (f"{'  ' * (depth + 1)}- {flow_text(element)}" for element in value)
    else:
        yield f"{start} {flow_text(value)}"


def _on_one_line(start: str, value: dict[Any, Any], depth: int) -> bool:
    """Whether a mapping reads well as ``{…}``: a pair, or deep in the file; short in any case."""
    if any(
        isinstance(element, dict) or (isinstance(element, str) and "\n" in element)
        for element in value.values()
    ):
        return False
    pair = set(value) <= {"zh", "en"} or set(value) <= {"from", "to", "start", "end"}
    return (pair or depth > 0) and len(start) + len(flow_text(value)) < _WIDTH


def _with_lf(value: Any) -> Any:
    """The value with the line ends of its texts as a record has them: a form or a file may bring CR LF."""
    match value:
        case str():
            return value.replace("\r\n", "\n")
        case dict():
            return {key: _with_lf(element) for key, element in value.items()}
        case list():
            return [_with_lf(element) for element in value]
        case _:
            return value


def _fits_literal(text: str) -> bool:
    """Whether a text of several lines survives as a ``|`` block exactly as it is."""
    lines = text.removesuffix("\n").split("\n")
    return (
        "\n" in text
        and "\t" not in checked_text(text)
        and all(line.strip() or not line for line in lines)
        and bool(lines[0])
        and not lines[0].startswith(" ")
        and bool(lines[-1])
    )


def _unreadable(line: int) -> Refusal:
    return Refusal(
        N_("Nothing can be added to this record: see its line {line}."),
        mend=N_("Run `weibao check` and mend the file first; nothing was written."),
        exit_code=Exit.FINDINGS,
        line=line,
    )
