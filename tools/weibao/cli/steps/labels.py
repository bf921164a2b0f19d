"""Labels of the equipment, written as a page that is printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from weibao.language import CODES, N_, language
from weibao.model.field_kinds import ASSET
from weibao.model.naming import SITE, called
from weibao.refusal import UsageRefusal
from weibao.render.edition.voice import voice_of
from weibao.workspace.papers.commissioning import site_addresses
from weibao.workspace.papers.filing import file_paper

if TYPE_CHECKING:
    from collections.abc import Sequence

    from weibao.cli.framework.session import Session
    from weibao.cli.framework.step_options import Given


def write_labels(session: Session, names: Sequence[str], given: Given) -> None:
    """Write the labels of this equipment, or of all.

    Raises:
        UsageRefusal: nobody has said where the site is, or there is no equipment.
    """
    from weibao.render.site.labels import SHEETS, label_sheets

    book = session.book("HEAD", "")
    records = book.records
    site = called(records, SITE, given["site"]) if given["site"] else ""
    wanted = tuple(called(records, ASSET, name) for name in names) or tuple(records.assets)
    assets = [records.assets[asset] for asset in wanted if site in {"", records.assets[asset].site}]
    spoken = [code for code in records.contract.languages if code in CODES] or [CODES[0]]
    voices = [
        voice_of(book, language(code), site_addresses(session.git, book, code), "customer")
        for code in spoken
    ]
    if not voices[0].addresses.site:
        raise UsageRefusal(
            N_("Nobody has said where the site is published, and a label leads there."),
            mend=N_(
                "Write it into mkdocs.yml and commit it: site_url: https://… (as people open it)"
            ),
        )
    if not assets:
        raise UsageRefusal(
            N_("There is no equipment to make a label of."),
            mend=N_("Enter it first: weibao asset add"),
        )
    page = label_sheets(assets, voices, SHEETS[given["size"]], given["used"])
    path = session.directory / given["output"]
    file_paper(path, page.encode(), replacing=given["force"])
    words = session.language
    made = words.plural(N_("{number} label"), "{number} labels", len(assets))
    said = words.text(
        N_("{path}: {labels}. Print it at 100 %, without margins."),
        path=given["output"],
        labels=made,
    )
    session.console.print(Text(said), soft_wrap=True)
