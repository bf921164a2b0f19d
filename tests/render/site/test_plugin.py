from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from mkdocs.structure.files import File

from building.contract import CONTRACT, small_contract
from building.html import Reading, text_of
from building.repository import Repository
from building.site import FAULT, HARM, HOSTILE, SECRET, mkdocs, mkdocs_text
from weibao.history.checkpoints.checkpoint import Checkpoint, read_checkpoint
from weibao.history.checkpoints.kept import checkpoint_at
from weibao.history.git.reader import Git
from weibao.language import language
from weibao.render.edition.addresses import Addresses
from weibao.render.site.navigation import nav_setting

if TYPE_CHECKING:
    from pathlib import Path

CSS_LOAD = re.compile(rb"""(?:url\(|@import)\s*['"]?(?:https?:)?//""")
FOREIGN = re.compile(r"^(?:https?:)?//")


def searched_in(built: Path, code: str) -> list[dict[str, str]]:
    """What a language's search reads of each page."""
    script = (built / f"search/{code}.js").read_text(encoding="utf-8")
    docs: list[dict[str, str]] = json.loads(script.partition(" = ")[2].rstrip(";\n"))
    return docs


def plain(path: Path, **texts: str) -> Repository:
    """A repository without tickets; ``texts`` are its other files, dots written as underscores."""
    made = Repository(path)
    files = small_contract() | {"mkdocs.yml": mkdocs_text(), "docs/about.md": "# 关于\n"}
    for name, text in (files | texts).items():
        made.write(name, text)
    made.commit()
    return made


def test_a_build_writes_nothing_into_the_tree_but_the_site(repository: Repository) -> None:
    assert repository.git("status", "--porcelain") in {"", "?? site/"}


def test_no_byte_of_the_site_holds_an_internal_note(built: Path) -> None:
    spoken = [one for one in built.rglob("*") if one.is_file()]

    assert len(spoken) > 150
    assert [one.name for one in spoken if SECRET.encode() in one.read_bytes()] == []


def test_the_search_index_holds_no_internal_note_in_any_spelling(built: Path) -> None:
    docs = [doc for code in ("zh", "en") for doc in searched_in(built, code)]
    texts = "".join(one["title"] + one["text"] for one in docs).replace("\u200b", "")

    assert "已联系客户" in texts
    assert SECRET not in texts


def test_no_page_loads_anything_from_another_host(built: Path) -> None:
    for page in built.rglob("*.html"):
        loads = Reading(page.read_text(encoding="utf-8")).loads
        assert len(loads) > 3
        assert [one for one in loads if FOREIGN.match(one)] == [], page


def test_no_style_loads_anything_from_another_host(built: Path) -> None:
    styles = list(built.rglob("*.css"))

    assert len(styles) > 2
    assert [one.name for one in styles if CSS_LOAD.search(one.read_bytes())] == []


def test_hostile_text_leaves_every_page_as_it_is(built: Path) -> None:
    for page in built.rglob("*.html"):
        html = page.read_text(encoding="utf-8")
        assert "<script>alert" not in html
        assert "<img src=x" not in html
        assert "evil.example" not in " ".join(Reading(html).links())
        assert html.count("</title>") == 1
    assert HOSTILE[2] in text_of((built / f"tickets/{HARM}.html").read_text(encoding="utf-8"))


def test_hostile_text_cannot_leave_the_search_index(built: Path) -> None:
    texts = (built / "search/zh.js").read_text(encoding="utf-8")

    assert "alert(1)" in texts
    assert "<script" not in texts
    assert "<img" not in texts


def test_each_language_is_searched_in_a_file_of_its_own(built: Path) -> None:
    found = {code: {doc["location"] for doc in searched_in(built, code)} for code in ("zh", "en")}
    for code, own, twin in (
        ("zh", "handbook.html", "handbook.en.html"),
        ("en", "handbook.en.html", "handbook.html"),
    ):
        assert own in found[code]
        assert twin not in found[code]
    assert f"tickets/{FAULT}.html" in found["zh"] - found["en"]
    assert f"en/tickets/{FAULT}.html" in found["en"] - found["zh"]
    assert "alone.html" in found["zh"] & found["en"]  # it is in no language but one
    assert {file.name for file in (built / "search").iterdir()} == {"zh.js", "en.js"}


@pytest.mark.parametrize("page", ["index", "tickets", f"tickets/{FAULT}", "handbook", "en/audit"])
def test_every_page_bears_the_single_contact_and_the_commit(
    built: Path, repository: Repository, page: str
) -> None:
    text = text_of((built / f"{page}.html").read_text(encoding="utf-8"))

    assert "0512-0000-0000" in text
    assert repository.head[:10] in text


@pytest.mark.parametrize("page", ["index", f"tickets/{FAULT}", "handbook", "en/audit", "en/index"])
def test_every_page_leads_to_the_one_checkpoint_and_shows_its_digest(
    built: Path, repository: Repository, page: str
) -> None:
    published = (built / "checkpoint.json").read_bytes()
    one = read_checkpoint("checkpoint.json", published)
    assert isinstance(one, Checkpoint)
    assert one.commit == repository.head
    assert one.tree == repository.git("rev-parse", "HEAD^{tree}")
    assert one == checkpoint_at(Git(repository.path), "HEAD")[0]
    file = built / f"{page}.html"
    reading = Reading(file.read_text(encoding="utf-8"))
    led = {(file.parent / link).resolve() for link in reading.links() if link.endswith(".json")}
    assert led == {(built / "checkpoint.json").resolve()}
    assert one.sha256[:12] in text_of(file.read_text(encoding="utf-8"))
    assert list(built.rglob("checkpoint.json")) == [built / "checkpoint.json"]


def test_a_file_where_the_checkpoint_would_be_stops_the_build(tmp_path: Path) -> None:
    made = plain(tmp_path / "clone", **{"docs/checkpoint.json": "{}"})
    done = mkdocs(made, "build", "--strict")
    assert done.returncode != 0
    assert "docs/checkpoint.json" in done.stderr


def test_both_languages_have_every_page_and_lead_to_each_other(built: Path) -> None:
    english = {one.relative_to(built / "en") for one in (built / "en").rglob("*.html")}
    chinese = {one.relative_to(built) for one in built.rglob("*.html")}

    assert english < chinese
    ticket = Reading((built / f"tickets/{FAULT}.html").read_text(encoding="utf-8"))
    assert f"../en/tickets/{FAULT}.html" in ticket.links()
    back = Reading((built / f"en/tickets/{FAULT}.html").read_text(encoding="utf-8"))
    assert f"../../tickets/{FAULT}.html" in back.links()


def test_a_hand_written_page_leads_to_itself_in_the_other_language(built: Path) -> None:
    assert "handbook.en.html" in Reading((built / "handbook.html").read_text("utf-8")).links()
    english = (built / "handbook.en.html").read_text(encoding="utf-8")
    assert "handbook.html" in Reading(english).links()
    assert "Service levels" in text_of(english)


def test_the_language_of_a_page_is_declared(built: Path) -> None:
    assert '<html lang="zh"' in (built / "index.html").read_text(encoding="utf-8")
    assert '<html lang="en"' in (built / "en/index.html").read_text(encoding="utf-8")


def test_the_switch_to_dark_is_named_in_the_language_of_the_page(built: Path) -> None:
    chinese, english = (
        (built / name).read_text(encoding="utf-8") for name in ("index.html", "en/index.html")
    )
    assert ("切换到深色" in chinese, "Switch to dark" in chinese) == (True, False)
    assert ("切换到深色" in english, "Switch to dark" in english) == (False, True)


def test_a_repository_without_hand_written_pages_or_tickets_has_a_site(tmp_path: Path) -> None:
    made = plain(tmp_path / "r", **{"docs/about.md": "", "docs/.gitkeep": ""})
    made.remove("docs/about.md")

    assert mkdocs(made, "build", "--strict").returncode == 0
    assert "文档" not in text_of((made.path / "site/index.html").read_text(encoding="utf-8"))


def test_the_navigation_of_mkdocs_yml_follows_the_generated_pages(tmp_path: Path) -> None:
    config = mkdocs_text() + "nav: [{关于本站: about.md}]\n"
    made = plain(tmp_path / "r", **{"mkdocs.yml": config})

    assert mkdocs(made, "build", "--strict").returncode == 0
    assert "合同 关于本站" in text_of((made.path / "site/audit.html").read_text("utf-8"))
    lost = (made.path / "site/404.html").read_text("utf-8")
    assert "这里没有这一页" in lost
    assert '<section lang="en"><h2>This page is not here</h2>' in lost
    assert "Not found" not in lost


@pytest.mark.parametrize(("code", "named"), [("zh", "知识"), ("en", "Knowledge")])
def test_a_folder_of_knowledge_is_called_so_in_each_language(code: str, named: str) -> None:
    files = [
        File(path, "docs", "site", use_directory_urls=False)
        for path in ("about.md", "knowledge/x.md")
    ]
    (documents,) = nav_setting({}, Addresses("", directory_urls=False), files, None, language(code))
    (inside,) = documents.values()

    assert inside == ["about.md", {named: ["knowledge/x.md"]}]


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("records/contract.yaml", "id: [", "contract.yaml"),
        ("mkdocs.yml", "site_name: x\ntheme: mkdocs\nplugins: [weibao]\n", "theme: material"),
        (
            "mkdocs.yml",
            "site_name: x\ntheme: material\nplugins: [{weibao: {as_of: yesterday}}]\n",
            "yesterday",
        ),
        (
            "mkdocs.yml",
            "site_name: x\ntheme: material\nplugins: [{weibao: {seen: refs/none}}]\n",
            "refs/none",
        ),
        ("docs/audit.md", "# 我的审计\n", "docs/audit.md"),
    ],
)
def test_what_cannot_be_built_is_said_in_one_sentence(
    tmp_path: Path, name: str, text: str, told: str
) -> None:
    done = mkdocs(plain(tmp_path / "r", **{name: text}), "build")

    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert told in done.stderr
    assert "weibao" in done.stderr


def test_a_shallow_clone_is_refused(tmp_path: Path) -> None:
    made = plain(tmp_path / "r")
    made.write("docs/about.md", "# 关于本站\n")
    made.commit()

    done = mkdocs(made.clone(tmp_path / "shallow", "--depth=1"), "build")

    assert done.returncode == 1
    assert "weibao:" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_forge_in_mkdocs_yml_is_linked_and_never_asked(tmp_path: Path) -> None:
    config = mkdocs_text() + "repo_url: https://github.com/example/hd\n"
    made = plain(tmp_path / "r", **{"mkdocs.yml": config})
    assert mkdocs(made, "build", "--strict").returncode == 0

    html = (made.path / "site/index.html").read_text(encoding="utf-8")

    assert "https://github.com/example/hd" in Reading(html).links()
    assert 'data-md-component="source"' not in html


def test_the_first_config_is_as_small_as_can_be() -> None:
    lines = [one for one in mkdocs_text().splitlines() if not one.startswith("#")]

    assert len(lines) == 4
    assert CONTRACT.split("zh: ")[1].split(",")[0] in lines[0]
