"""Hold the message catalogues against the code: a lint step, run by ``make lint``.

Every sentence in the code must have a Chinese translation that fills the same places, and no
catalogue may keep a sentence that the code no longer says.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.extract import extract
from babel.messages.pofile import read_po
from jinja2.ext import babel_extract

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(__file__).parent / "weibao"
CODE = {"N_": None, "text": None, "plural": (1, 2)}
TEMPLATES = {"t": None, "n": (1, 2)}
"""What the site's templates call the same two functions."""

PLACE = re.compile(r"\{(\w+)")


def said() -> dict[str, str]:
    """Every sentence that the code and the page templates say, and where it says it first."""
    found: dict[str, str] = {}
    for path in sorted([*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.html"), *PACKAGE.rglob("*.xml")]):
        with path.open("rb") as stream:
            python = path.suffix == ".py"
            method, keywords = ("python", CODE) if python else (babel_extract, TEMPLATES)
            for line, message, _, _ in extract(method, stream, keywords=keywords):
                for sentence in message if isinstance(message, tuple) else (message,):
                    if sentence:
                        found.setdefault(sentence, f"{path.relative_to(PACKAGE.parent)}:{line}")
    return found


def faults() -> Iterator[str]:
    """Everything that is wrong with the Chinese catalogues, one line each."""
    sentences = said()
    translated: dict[str, str] = {}
    for path in sorted((PACKAGE / "locale" / "zh" / "LC_MESSAGES").glob("*.po")):
        with path.open("rb") as stream:
            catalogue = read_po(stream, locale="zh", abort_invalid=True)
        for message in catalogue:
            if not message.id or message.context:
                continue
            ids = message.id if isinstance(message.id, tuple) else (message.id,)
            forms = message.string if isinstance(message.string, tuple) else (message.string,)
            where = f"{path.name}:{message.lineno}: {ids[0]!r}"
            if message.fuzzy:
                yield f"{where} is marked fuzzy"
            if not all(forms):
                yield f"{where} has no translation"
            elif set(PLACE.findall(ids[-1])) != set(PLACE.findall(forms[-1])):
                yield f"{where} fills other places than its translation"
            if ids[0] in translated:
                yield f"{where} is also in {translated[ids[0]]}"
            translated.update(dict.fromkeys(ids, path.name))
            if ids[0] not in sentences:
                yield f"{where} is no longer said anywhere"
    for sentence, where in sentences.items():
        if sentence not in translated:
            yield f"{where}: {sentence!r} has no Chinese translation"


if __name__ == "__main__":
    found = list(faults())
    print("\n".join(found) if found else f"Catalogues: all {len(said())} sentences are translated")
    sys.exit(bool(found))
