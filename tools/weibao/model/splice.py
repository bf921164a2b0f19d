"""A value put into a document that people keep by hand: every other character stays as it is.

Comments, blank lines, order and style are theirs. The marks of YAML's node graph say where something
ends; there text is put in, and the whole is read again: where it does not say just what was meant, the
edit is refused and left to a person.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from weibao.language import N_
from weibao.model.printing import block_lines, flow_text
from weibao.model.yaml.strict import read_yaml
from weibao.refusal import Exit, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from weibao.model.yaml.document import Keys

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Its graph has the marks; the values are those of the strict reader."""


def spliced(path: str, text: str, keys: Keys, value: Any) -> str:
    """The text of a file with ``value`` under ``keys``: in place of what is there, or after its siblings.

    Of a list the key is the index; the number of its items adds one. A parent that is not there is made.
    ``text`` must be one that the strict reader takes, with a mapping at its top.

    Raises:
        Refusal: it cannot be put there without touching anything else.
    """
    return spliced_all(path, text, ((keys, value),))


def spliced_all(path: str, text: str, puts: Sequence[tuple[Keys, Any]]) -> str:
    """The text with several values under their keys, as :func:`spliced` puts each after those before it."""
    document, _ = read_yaml(path, text.encode())
    if not puts:
        return text
    if document is None or document.data is None:
        raise _left_to_a_person(path, puts[0][0])
    wanted = document.data
    for keys, value in puts:
        wanted = _with(wanted, keys, value)
    found = _edited(text, puts)
    after, _ = read_yaml(path, found.encode())
    if after is not None and after.data == wanted:
        return found
    if len(puts) == 1:
        raise _left_to_a_person(path, puts[0][0])
    for keys, value in puts:  # one makes room for the next, as in a list that was empty
        text = spliced(path, text, keys, value)
    return text


def with_block(text: str, key: str, value: object) -> str:
    """The text of a file with a block for a key of its top, in the place of its own or at its end; comments within go."""
    block = "\n".join(block_lines(key, value)) + "\n"
    own = re.compile(rf"^{key}:.*\n(?:[ ]+.*\n)*", re.MULTILINE)
    found = own.search(text)
    if found is None:
        return f"{text}{block}"
    return text[: found.start()] + block + text[found.end() :]


def _left_to_a_person(path: str, keys: Keys) -> Refusal:
    return Refusal(
        N_("{path} is written so that “{key}” cannot be put in without touching the rest."),
        mend=N_("Write it by hand, and see with weibao check that nothing is wrong."),
        exit_code=Exit.USAGE,
        path=path,
        key=".".join(map(str, keys)),
    )


def _with(data: Any, keys: Keys, value: Any) -> Any:
    """The values as they are to be."""
    if not keys:
        return value
    first, *rest = keys
    if isinstance(first, int):
        changed = [*data] if isinstance(data, list) else []
        held = changed[first] if first < len(changed) else None
        changed[first : first + 1] = [_with(held, tuple(rest), value)]
        return changed
    pairs = data if isinstance(data, dict) else {}
    return {**pairs, first: _with(pairs.get(first), tuple(rest), value)}


@dataclass(frozen=True, slots=True)
class _Edit:
    """The characters from ``start`` to ``end`` give way to ``text``."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class _Text:
    """The text, with the offset at which each of its lines begins."""

    text: str
    lines: tuple[int, ...]

    def offset(self, mark: Any) -> int:
        return int(self.lines[mark.line] + mark.column)

    def line_end(self, offset: int) -> int:
        """Where the line of a character ends, before its line end."""
        found = self.text.find("\n", offset)
        return len(self.text) if found < 0 else found

    def column(self, offset: int) -> int:
        return offset - self.lines[bisect_right(self.lines, offset) - 1]


def _edited(text: str, puts: Iterable[tuple[Keys, Any]]) -> str:
    starts = [0, *(index + 1 for index, character in enumerate(text) if character == "\n")]
    source = _Text(text, tuple(starts))
    top: Any = yaml.compose(text, Loader=_LOADER)
    edits = [edit for keys, value in puts for edit in _edits(source, top, keys, value)]
    # Of those in one place the last goes in first, and stands last.
    edits.reverse()
    for edit in sorted(edits, key=lambda edit: edit.start, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def _edits(source: _Text, node: Any, keys: Keys, value: Any) -> Iterator[_Edit]:
    for depth, key in enumerate(keys):
        child = _child(node, key)
        if child is None:
            # What is missing on the way is made with it.
            for missing in reversed(keys[depth + 1 :]):
                value = [value] if isinstance(missing, int) else {missing: value}
            yield from _added(source, node, key, value)
            return
        node = child
    yield _Edit(source.offset(node.start_mark), _end(source, node), flow_text(value))


def _child(node: Any, key: str | int) -> Any:
    """The node under a key or an index; None where there is none."""
    if isinstance(node, yaml.MappingNode):
        return next((value for name, value in node.value if name.value == key), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
        return node.value[key]
    return None


def _end(source: _Text, node: Any) -> int:
    """Where the node's own text ends: that of a block ends for YAML only where the next thing begins."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style:
        last = node.value[-1]
        return _end(source, last[1] if isinstance(last, tuple) else last)
    end = source.offset(node.end_mark)
    if isinstance(node, yaml.ScalarNode) and node.style in {"|", ">"}:
        end -= len(source.text[:end]) - len(source.text[:end].rstrip("\n "))
    return end


def _added(source: _Text, parent: Any, key: str | int, value: Any) -> Iterator[_Edit]:
    """The edits that add an element to a collection, in the style of those that are there."""
    if not isinstance(parent, yaml.CollectionNode):
        return
    if not parent.value:
        yield from _first(source, parent, key, value)
    elif parent.flow_style:
        yield from _in_brackets(source, parent, _flow(key, value))
    else:
        last = parent.value[-1]
        column = parent.start_mark.column
        lines = _block(key, value, column, flow=isinstance(value, dict) and _is_flow(last))
        end = source.line_end(_end(source, last[1] if isinstance(last, tuple) else last))
        end = _with_its_comments(source, end, column)
        yield _Edit(end, end, "".join(f"\n{line}" for line in lines))


def _with_its_comments(source: _Text, end: int, column: int) -> int:
    """The end of an element of a block that begins in ``column``, with the comments in its depth right after it."""
    while end < len(source.text):
        following = source.line_end(end + 1)
        line = source.text[end + 1 : following]
        depth = len(line) - len(line.lstrip(" "))
        if depth <= column or not line.lstrip(" ").startswith("#"):
            break
        end = following
    return end


def _first(source: _Text, parent: Any, key: str | int, value: Any) -> Iterator[_Edit]:
    """``[]`` or ``{}`` gets its first element: in lines under its key, where that stands on a line alone."""
    start, end = source.offset(parent.start_mark), source.offset(parent.end_mark)
    line = source.lines[parent.start_mark.line]
    before, after = source.text[line:start], source.text[end : source.line_end(end)]
    name = before.strip()
    if (
        not name.endswith(":")
        or name.startswith(("-", "{", "["))
        or after.strip().partition("#")[0]
    ):
        yield _Edit(start + 1, start + 1, _flow(key, value))
        return
    column = len(before) - len(before.lstrip()) + 2
    yield _Edit(start - len(before) + len(before.rstrip()) if not after else start, end, "")
    end = source.line_end(end)
    yield _Edit(end, end, "".join(f"\n{row}" for row in _block(key, value, column, flow=False)))


def _in_brackets(source: _Text, parent: Any, written: str) -> Iterator[_Edit]:
    """An element after the last one in ``[…]`` or ``{…}``: on a line of its own, where that has one."""
    last = parent.value[-1]
    head, tail = last if isinstance(last, tuple) else (last, last)
    begins, ends = source.offset(head.start_mark), _end(source, tail)
    if head.start_mark.line == parent.start_mark.line:
        yield _Edit(ends, ends, f", {written}")
        return
    rest = source.text[ends : source.line_end(ends)]
    comma = rest.lstrip().startswith(",")
    row = f"\n{' ' * source.column(begins)}{written}{',' if comma else ''}"
    if rest.lstrip().removeprefix(",").strip().partition("#")[0]:  # the bracket closes on this line
        yield _Edit(ends, ends, f",{row.removesuffix(',')}")
        return
    end = source.line_end(ends)
    if comma:
        yield _Edit(end, end, row)
    elif end == ends:
        yield _Edit(end, end, f",{row}")
    else:  # a comment stands between
        yield from (_Edit(ends, ends, ","), _Edit(end, end, row))


def _is_flow(element: Any) -> bool:
    """Whether a sibling is written as ``key: {…}``."""
    value = element[1] if isinstance(element, tuple) else element
    return isinstance(value, yaml.MappingNode) and bool(value.flow_style)


def _flow(key: str | int, value: Any) -> str:
    return flow_text(value) if isinstance(key, int) else flow_text({key: value})[1:-1]


def _block(key: str | int, value: Any, column: int, *, flow: bool) -> Iterator[str]:
    """The lines of an element of a block that begins in ``column``."""
    if isinstance(key, int):
        yield f"{' ' * column}- {flow_text(value)}"
    elif flow:
        yield f"{' ' * column}{_flow(key, value)}"
    else:
        yield from (f"{' ' * column}{line}" for line in block_lines(key, value))
