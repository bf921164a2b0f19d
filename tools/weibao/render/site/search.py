"""What the site's search reads: the pages' texts, one file a language, loaded when somebody first searches.

The files are scripts and not JSON, so that a site opened from a folder (``file://``) is searched as well.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Spoken:
    """The language of a page, and its name in every language alike."""

    code: str
    name: str


def searched(
    docs: Iterable[Mapping[str, Any]], spoken: Mapping[str, Spoken], codes: Sequence[str]
) -> dict[str, list[Mapping[str, Any]]]:
    """By language, the texts of its pages, and after them of pages that are not in it.

    Args:
        docs: what the theme's plugin wrote of each page and each part of one.
        spoken: by the address of a page.
        codes: the languages of the site.
    """
    known = [(spoken[doc["location"].split("#")[0]], doc) for doc in docs]
    said = {(page.code, page.name) for page, _ in known}
    return {
        code: [doc for page, doc in known if page.code == code]
        + [doc for page, doc in known if page.code != code and (code, page.name) not in said]
        for code in codes
    }


def part(site: Path, spoken: Mapping[str, Spoken], codes: Sequence[str]) -> None:
    """Put a file for each language in the place of what the theme's plugin wrote into a built site."""
    whole = site / "search" / "search_index.json"
    if not whole.exists():  # the site has no search
        return
    docs = json.loads(whole.read_bytes())["docs"]
    for code, own in searched(docs, spoken, codes).items():
        texts = json.dumps(own, ensure_ascii=False, separators=(",", ":"))
        script = f"(self.weibaoTexts ??= {{}}).{code} = {texts};\n"
        whole.with_name(f"{code}.js").write_text(script, encoding="utf-8")
    whole.unlink()
