"""Pages, key figures, formats, kinds of paper and parts of reports in one file each: there because the file is, and listed nowhere."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest

from weibao.cli.framework import printing
from weibao.model.declared import declared
from weibao.render.ci.format import Format
from weibao.render.ci.writers import FORMATS
from weibao.render.papers.all_papers import FORMATS as PAPER_FORMATS
from weibao.render.papers.all_papers import KINDS
from weibao.render.papers.commission import PaperKind
from weibao.render.papers.format import PaperFormat
from weibao.render.papers.periodic import PARTS
from weibao.render.papers.report_part import ReportPart
from weibao.render.site.all_pages import FIXED, OF_RECORDS
from weibao.render.site.page import FixedPage, RecordPage, environment
from weibao.report.figure import KeyFigure
from weibao.report.key_figures import KEY_FIGURES, TILES

CONTRIBUTING = Path(__file__).parents[2] / "CONTRIBUTING.md"


@dataclass(frozen=True)
class Folder:
    """A folder of things of which each is a file, and what of them is known."""

    package: str
    kinds: tuple[type, ...]
    known: tuple[object, ...]
    planted: str


FOLDERS = (
    Folder(
        "weibao.render.site.pages",
        (FixedPage, RecordPage),
        (*FIXED, *OF_RECORDS),
        "from weibao.render.site.pages import contract as like\nPAGE = replace(like.PAGE, address='new')",
    ),
    Folder(
        "weibao.report.figures",
        (KeyFigure,),
        KEY_FIGURES,
        "from weibao.report.figures import evidence as like\nFIGURE = replace(like.FIGURE, name='new')",
    ),
    Folder(
        "weibao.render.ci.formats",
        (Format,),
        tuple(FORMATS),
        "from weibao.render.ci.formats import junit as like\nFORMAT = replace(like.FORMAT, name='new')",
    ),
    Folder(
        "weibao.render.papers.kinds",
        (PaperKind,),
        KINDS,
        "from weibao.render.papers.kinds import service_sheet as like\nKIND = replace(like.KIND, name='new')",
    ),
    Folder(
        "weibao.render.papers.parts",
        (ReportPart,),
        PARTS,
        "from weibao.render.papers.parts import actions as like\nPART = replace(like.PART, key='new')",
    ),
    Folder(
        "weibao.render.papers.formats",
        (PaperFormat,),
        PAPER_FORMATS,
        "from weibao.render.papers.formats import md as like\nFORMAT = replace(like.FORMAT, name='new')",
    ),
)


def names(package: str) -> list[str]:
    return [module.name for module in iter_modules(import_module(package).__path__)]


def registered(folder: Folder) -> set[object]:
    return {one for kind in folder.kinds for one in declared(folder.package, kind)}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.package)
def test_every_file_of_the_folder_declares_what_belongs_there(folder: Folder) -> None:
    for name in names(folder.package):
        held = vars(import_module(f"{folder.package}.{name}")).values()
        assert any(isinstance(value, folder.kinds) for value in held), name
    assert registered(folder) == set(folder.known)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.package)
def test_a_file_that_is_put_there_is_all_it_takes(
    folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "put_there.py").write_text(
        f"from dataclasses import replace\n{folder.planted}\n", encoding="utf-8"
    )
    package = import_module(folder.package)
    monkeypatch.setattr(package, "__path__", [*package.__path__, str(tmp_path)])
    module = f"{folder.package}.put_there"
    try:
        assert len(registered(folder)) == len(folder.known) + 1
    finally:
        sys.modules.pop(module, None)
        vars(package).pop("put_there", None)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.package)
def test_the_recipe_names_the_folder(folder: Folder) -> None:
    path = f"tools/{folder.package.replace('.', '/')}/<name>.py"
    assert f"`{path}` declares" in CONTRIBUTING.read_text(encoding="utf-8")


def test_no_two_stand_in_one_place_or_under_one_name() -> None:
    for places in (
        [page.place for page in FIXED],
        [page.place for page in OF_RECORDS],
        [page.address for page in FIXED],
        [(page.section, page.part) for page in FIXED if page.section],
        [figure.place for figure in KEY_FIGURES],
        [figure.name for figure in KEY_FIGURES],
        [(tile.page, tile.place) for tile in TILES],
        [one.place for one in FORMATS],
        [one.name for one in FORMATS],
    ):
        assert len(places) == len(set(places)), places


def test_every_page_has_its_template_and_belongs_to_one_of_the_navigation() -> None:
    for page in (*FIXED, *OF_RECORDS):
        assert environment().get_template(page.template)
    sections = {page.section for page in (*FIXED, *OF_RECORDS)} - {""}
    above = {page.address: page.section for page in FIXED}
    tops = {above[section] or section for section in sections}
    assert all(above[top] == "" for top in tops)


def test_every_tile_is_on_a_page_that_there_is() -> None:
    assert {tile.page for tile in TILES} <= {page.address for page in FIXED}


def test_the_command_offers_every_format() -> None:
    assert ("text", *(one.name for one in FORMATS)) == printing.FORMATS
