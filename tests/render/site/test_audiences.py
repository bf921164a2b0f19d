"""The handbook's table of what whom may read is the one that the site is made by."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from weibao.language import language
from weibao.render.site.audiences import audience_table

HANDBOOK = Path(__file__).parents[3] / "docs" / "handbook"
TABLE = re.compile(r"<!-- audiences -->\n(?:\n(?:\|.*\n)+)?")
HEADS = {"zh": ("页面与内容", "客户", "服务商"), "en": ("What", "the customer", "the provider")}


@pytest.mark.parametrize(("code", "ending"), [("zh", "md"), ("en", "en.md")])
def test_the_handbook_has_the_table_of_audiences(code: str, ending: str) -> None:
    """``UPDATE_HANDBOOK=1`` writes it anew."""
    rows = [
        HEADS[code],
        ("---", "---", "---"),
        *((row.what, row.customer, row.internal) for row in audience_table(language(code))),
    ]
    table = "".join(f"| {' | '.join(row)} |\n" for row in rows)
    page = HANDBOOK / f"administrator.{ending}"
    text = page.read_text(encoding="utf-8")
    made = TABLE.sub(lambda _: f"<!-- audiences -->\n\n{table}", text, count=1)
    if os.environ.get("UPDATE_HANDBOOK"):
        page.write_text(made, encoding="utf-8", newline="\n")
    assert "<!-- audiences -->" in text
    assert made == text or os.environ.get("UPDATE_HANDBOOK")
