"""The two parsers of YAML that PyYAML has: over libyaml, and its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner

if TYPE_CHECKING:
    from collections.abc import Callable


class EventSource(Protocol):
    """A YAML parser: PyYAML's over libyaml, or its own."""

    def get_event(self) -> Any:
        """The next event; raises ``yaml.YAMLError`` where there is none to be had.

        ``Any``, because the stubs of PyYAML give events no attributes.
        """


class PurePythonParser(Reader, Scanner, Parser):
    """PyYAML's own parser, for machines whose PyYAML was built without libyaml."""

    def __init__(self, text: str) -> None:
        Reader.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)


def preferred_parser() -> Callable[[str], EventSource]:
    """The parser of libyaml, about fifteen times faster, or the pure Python one."""
    try:
        from yaml import _yaml
    except ImportError:
        return PurePythonParser
    parser: Callable[[str], EventSource] = _yaml.CParser
    return parser
