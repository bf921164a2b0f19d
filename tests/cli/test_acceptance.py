"""``weibao acceptance``: the package of a contract's end, which is whole or not there, and shows what was changed in it."""

from __future__ import annotations

import csv
import json
import shutil
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from building.audited import book_at, worked_fault
from building.commands import TICKET, Weibao
from building.contract import CONTRACT
from building.sightings import keep_log
from weibao.history.git.reader import Git
from weibao.history.outside import read_logs
from weibao.refusal import Refusal
from weibao.render.papers.format import PaperFormat, PaperSetting
from weibao.report.closed_months import logs_named
from weibao.report.papers.acceptance import PARTS
from weibao.workspace.papers import acceptance as packing
from weibao.workspace.papers import package_folder
from weibao.workspace.papers.acceptance import PackageAsked, part_folder, write_package
from weibao.workspace.papers.commissioning import PaperDesk, format_named
from weibao.workspace.papers.package_index import BUNDLE, CHECKPOINT, LISTED, verify_package

if TYPE_CHECKING:
    from pathlib import Path

    from building.repository import Repository
    from weibao.render.papers.paper import Paper
    from weibao.workspace.papers.acceptance import WrittenPackage

AFTER = "2027-01-04T09:00:00+08:00"
BY = ("--by", "chen-jie")
SHORT = CONTRACT.replace("term: {start: 2026-01-01", "term: {start: 2026-11-01")
"""A term of two months has few reports."""
ASKED = PackageAsked(format_named("html"), "en", "customer", bundle=True)


def packed(
    repository: Repository, target: Path, asked: PackageAsked = ASKED, as_of: str = AFTER
) -> WrittenPackage:
    """The package of HEAD, written to ``target``."""
    book = book_at(repository, as_of=as_of)
    git = Git(repository.path)
    desk = PaperDesk(git, book, read_logs(git, logs_named(book)), PaperSetting())
    return write_package(git, book, desk, asked, target, lambda *_: None)


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """A fault of November, and what the forge saw of it."""
    found = worked_fault(tmp_path_factory.mktemp("acceptance") / "clone", contract=SHORT)
    told = found.git("log", "--format=%H %cI").splitlines()
    keep_log(found, dict(line.split() for line in told))
    return found


@pytest.fixture(scope="module")
def whole(repository: Repository) -> Path:
    """Its package, as of a day after the term; nobody changes it."""
    target = repository.path.parent / "package"
    packed(repository, target)
    return target


@pytest.fixture
def package(whole: Path, tmp_path: Path) -> Path:
    """A copy of it, to be changed."""
    copied = tmp_path / "copy"
    shutil.copytree(whole, copied)
    return copied


def listed(folder: Path) -> dict[str, str]:
    """What the index says that each file is."""
    with (folder / LISTED).open(encoding="utf-8", newline="") as stream:
        return {row["path"]: row["what"] for row in csv.DictReader(stream)}


def test_every_part_has_its_papers_and_every_file_is_in_the_index(whole: Path) -> None:
    paths = listed(whole)
    there = {path.relative_to(whole).as_posix() for path in whole.rglob("*") if path.is_file()}
    assert there == {*paths, LISTED}
    assert list(paths) == sorted(paths)
    empty = {
        part for part in PARTS if not any(path.startswith(part_folder(part)) for path in paths)
    }
    assert empty == {"inspections", "plans", "credits"}, "of which this contract has none"
    sheet = f"{part_folder('service_sheets')}/WB-service-sheet-hd-2026-{TICKET}-"
    assert any(path.startswith(sheet) and path.endswith(".en.html") for path in paths)
    index = (whole / "INDEX.md").read_text(encoding="utf-8")
    assert json.loads((whole / CHECKPOINT).read_bytes())["commit"] in index
    assert "Provisional" not in index
    found = verify_package(whole)
    assert (found.whole, found.bundle) == (True, True)
    assert found.digest == sha256((whole / LISTED).read_bytes()).hexdigest()


def test_the_bundle_is_the_records_up_to_that_commit_and_the_log_of_first_sights(
    whole: Path, repository: Repository
) -> None:
    told = repository.git("bundle", "list-heads", str(whole / BUNDLE)).splitlines()
    seen = repository.git("rev-parse", "refs/weibao/seen")
    assert set(told) == {f"{repository.head} refs/heads/main", f"{seen} refs/weibao/seen"}


def _changed(folder: Path) -> None:
    sheet = next((folder / part_folder("service_sheets")).iterdir())
    sheet.write_bytes(sheet.read_bytes().replace(TICKET.encode(), b"T20261120-0000000"[:17], 1))


def _missing(folder: Path) -> None:
    next((folder / part_folder("clauses")).iterdir()).unlink()


def _extra(folder: Path) -> None:
    (folder / part_folder("plans")).mkdir()
    (folder / part_folder("plans") / "drill.html").write_text("x", encoding="utf-8")


def _linked(folder: Path) -> None:
    index = folder / "INDEX.md"
    index.rename(folder.parent / "elsewhere.md")
    index.symlink_to(folder.parent / "elsewhere.md")


def _bundle_damaged(folder: Path) -> None:
    raw = (folder / BUNDLE).read_bytes()
    (folder / BUNDLE).write_bytes(raw[:-40] + b"\0" * 40)


FAULTS = {
    "a paper is changed": (_changed, "Changed: 08-service-sheets/"),
    "a paper is taken out": (_missing, "Missing: 04-clauses/"),
    "a paper is put in": (_extra, "Not in the index: 11-plans/drill.html"),
    "the index is a link": (_linked, "Changed: INDEX.md"),
    "the bundle is damaged": (_bundle_damaged, f"Changed: {BUNDLE}"),
}


@pytest.fixture
def weibao(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Weibao:
    return Weibao(repository, monkeypatch, capsys)


@pytest.mark.parametrize("case", FAULTS)
def test_what_was_changed_in_a_package_is_named(case: str, package: Path, weibao: Weibao) -> None:
    plant, told = FAULTS[case]
    plant(package)
    ran = weibao("acceptance", "verify", str(package))
    assert (ran.code, told in ran.out) == (1, True), ran.out


def test_a_whole_package_is_said_to_be_whole(package: Path, weibao: Weibao) -> None:
    ran = weibao("acceptance", "verify", str(package))
    assert (ran.code, "✓ Whole" in ran.out) == (0, True), ran.out


def test_other_records_with_a_right_index_are_found_by_the_checkpoint(
    package: Path, repository: Repository, tmp_path: Path
) -> None:
    """Whoever swaps the bundle can write a new index, but not make the records hold what they do not."""
    other = repository.clone(tmp_path / "other")
    other.write("records/actions.yaml", "log: []\n")
    other.commit("另一份")
    other.git("bundle", "create", "--quiet", str(package / BUNDLE), "main")
    old = json.loads((package / CHECKPOINT).read_bytes())
    forged = old | {"commit": other.head}
    (package / CHECKPOINT).write_text(json.dumps(forged, indent=2) + "\n", encoding="utf-8")
    rows = (package / LISTED).read_text(encoding="utf-8").splitlines()
    kept = [row for row in rows if not row.startswith(part_folder("integrity"))]
    kept += [
        f"{path},{sha256((package / path).read_bytes()).hexdigest()},1,x"
        for path in (BUNDLE, CHECKPOINT, f"{part_folder('integrity')}/README.md")
    ]
    (package / LISTED).write_text("\n".join(kept) + "\n", encoding="utf-8")
    found = verify_package(package)
    assert (found.changed, found.missing, found.bundle) == ((), (), False)


def test_what_has_no_index_is_no_package(tmp_path: Path, weibao: Weibao) -> None:
    ran = weibao("acceptance", "verify", str(tmp_path))
    assert (ran.code, "no whole acceptance package" in ran.err) == (3, True)


def test_a_package_is_written_over_nothing(tmp_path: Path, weibao: Weibao) -> None:
    (tmp_path / "there").mkdir()
    ran = weibao("acceptance", str(tmp_path / "there"), "-f", "html")
    assert (ran.code, "there already" in ran.err) == (2, True)
    assert list(tmp_path.iterdir()) == [tmp_path / "there"]


def test_before_the_term_is_over_it_is_provisional_and_may_go_without_the_records(
    weibao: Weibao, tmp_path: Path
) -> None:
    target = tmp_path / "early"
    ran = weibao("acceptance", str(target), "-f", "html", "--no-bundle", "--internal")
    assert (ran.code, "Provisional" in ran.out) == (0, True), ran.err
    form = next((target / part_folder("application")).iterdir()).read_text(encoding="utf-8")
    assert "暂定" in form
    index = (target / "INDEX.md").read_text(encoding="utf-8")
    assert "暂定" in index
    assert "本套材料不附带记录本身" in index
    assert "The records themselves are not in this package" in ran.out, "to whoever typed it"
    assert verify_package(target).bundle is None


@pytest.mark.parametrize(
    ("edition", "held"),
    [
        ((), None),
        (("--bundle",), True),
        (("--internal",), True),
        (("--internal", "--no-bundle"), None),
    ],
)
def test_the_records_go_with_the_customers_edition_only_where_they_are_asked_for(
    edition: tuple[str, ...], held, weibao: Weibao, tmp_path: Path
) -> None:
    target = tmp_path / "package"
    ran = weibao("acceptance", str(target), "-f", "html", "--lang", "en", *edition)
    assert ran.code == 0, ran.err
    assert verify_package(target).bundle is held
    guide = (target / part_folder("integrity") / "README.md").read_text(encoding="utf-8")
    assert ("git clone -b main records.bundle records" in guide) is bool(held)
    assert ("git clone -b main URL records" in guide) is not held
    assert ("hold" in ran.out and "serial numbers" in ran.out) is ("--bundle" in edition)


def _refuses(paper: Paper, _setting: PaperSetting) -> bytes:
    if paper.kind == "clause-table":
        raise Refusal("The font is gone.")
    return paper.number.encode()


def test_a_paper_that_cannot_be_set_is_named_and_nothing_is_left(
    repository: Repository, tmp_path: Path
) -> None:
    form = PaperFormat(name="said", title="", write=_refuses)
    with pytest.raises(Refusal, match=r"clause-table cannot be made\. The font is gone"):
        packed(repository, tmp_path / "p", PackageAsked(form, "en", "customer", bundle=False))
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_leaves_nothing_that_looks_whole(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(folder: Path, path: str, raw: bytes) -> None:
        if path.startswith(part_folder("spares")):
            raise OSError(28, "No space left on device", str(folder / path))
        package_folder.put(folder, path, raw)

    monkeypatch.setattr(packing, "put", full)
    form = PaperFormat(name="said", title="", write=lambda paper, _: paper.number.encode())
    with pytest.raises(Refusal, match="No space left"):
        packed(repository, tmp_path / "p", PackageAsked(form, "en", "customer", bundle=False))
    assert list(tmp_path.iterdir()) == []


def test_a_report_is_held_against_the_file_that_was_issued(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One version was issued as it is written here, the next as another file; the signed scan goes with them."""
    form = PaperFormat(name="said", title="", write=lambda paper, _: f"{paper}".encode())
    monkeypatch.setattr("weibao.workspace.papers.commissioning.FORMATS", (form,))
    weibao = Weibao(worked_fault(tmp_path / "clone", contract=SHORT), monkeypatch, capsys)

    def at(moment: str, *command: str) -> None:
        weibao.set_clock(f"2026-12-{moment}:00+08:00")
        ran = weibao(*command)
        assert ran.code == 0, ran.err

    month = ("report", "2026-11", "-f", "said", "--lang", "zh", "-o", "a.zh.said", "--force")
    issue = ("report", "issue", "2026-11", "--report", "monthly", "--file", "a.zh.said", *BY)
    revise = ("report", "revise", "2026-11", "--report", "monthly", "--reason", "改", *BY)
    at("02T09:00", "report", "close", "2026-11")
    at("03T09:00", *month)
    at("03T09:10", *issue)
    at("04T09:00", *revise)
    weibao.repository.write("a.zh.said", "WB-monthly-hd-2026-2026-11-v2, otherwise")
    at("04T09:10", *issue, "--set-otherwise")
    scan = weibao.repository.write("scan.pdf", b"%PDF-1.4\n%%EOF\n")
    at("05T09:00", "report", "attach", "2026-11", str(scan), "--report", "monthly", *BY)
    packed(weibao.repository, tmp_path / "p", PackageAsked(form, "zh", "customer", bundle=False))
    told = listed(tmp_path / "p")
    first, second = (
        told[f"05-reports/WB-monthly-hd-2026-2026-11-v{version}.zh.said"] for version in (1, 2)
    )
    assert "正是所发布的文件" in first
    assert sha256(b"WB-monthly-hd-2026-2026-11-v2, otherwise").hexdigest() in second
    assert [path for path in told if path.startswith("05-reports/signed/2026-11-monthly-")]
