"""The acceptance package: every paper of a contract's end in one folder, with an index and the records themselves."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from weibao import __version__
from weibao.history.checkpoints.checkpoint import checkpoint_bytes
from weibao.history.checkpoints.kept import checkpoint_at
from weibao.language import N_, language
from weibao.model.handwritten import handwritten_among, internal_among
from weibao.model.instant import format_instant
from weibao.refusal import Refusal
from weibao.render.papers.kinds.acceptance_form import NOT_OVER, PART_TITLES
from weibao.render.words.answer import answer
from weibao.report.papers.acceptance import PARTS, acceptance_papers, term_over
from weibao.workspace.papers.bundle import write_bundle
from weibao.workspace.papers.commissioning import BOTH, PaperAsked, kind_named
from weibao.workspace.papers.package_folder import new_folder, put
from weibao.workspace.papers.package_index import (
    BUNDLE,
    CHECKPOINT,
    INDEX,
    LISTED,
    PackagedFile,
    index_csv,
    packaged,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from weibao.history.git.reader import Git
    from weibao.language import Language
    from weibao.model.handwritten import Audience
    from weibao.render.papers.format import PaperFormat
    from weibao.report.book import Book
    from weibao.report.papers.acceptance import AcceptancePaper
    from weibao.workspace.papers.commissioning import PaperDesk, WrittenPaper

_DOCUMENTS = ("docs/emergency/", "docs/resource-plan.")


@dataclass(frozen=True, slots=True)
class PackageAsked:
    """How a package is asked for: in which language, format and edition, and whether the records go with it."""

    form: PaperFormat
    lang: str
    audience: Audience
    bundle: bool


@dataclass(frozen=True, slots=True)
class PackageNote:
    """What a package lacks: a message, and what is said in it."""

    message: str
    facts: Mapping[str, str] = field(default_factory=dict, hash=False)

    def told(self, words: Language) -> str:
        """It, in a language."""
        return words.text(self.message, **self.facts)


@dataclass(frozen=True, slots=True)
class WrittenPackage:
    """A package that was written: how many files of how many bytes, the SHA-256 of its index, and what it lacks."""

    files: int
    bytes: int
    digest: str
    provisional: bool
    notes: tuple[PackageNote, ...]


@dataclass(slots=True)
class _Package:
    """What is in the folder so far."""

    folder: Path
    files: list[PackagedFile] = field(default_factory=list)
    notes: list[PackageNote] = field(default_factory=list)

    def add(self, path: str, raw: bytes, what: str) -> None:
        """Put a file there; another of that name gets a number."""
        taken = {file.path for file in self.files}
        stem, dot, ending = path.rpartition(".")
        named, number = path, 2
        while named in taken:
            named, number = f"{stem}-{number}{dot}{ending}", number + 1
        put(self.folder, named, raw)
        self.files.append(packaged(named, raw, what))


def part_folder(part: str) -> str:
    """The folder of a part: ``05-reports``."""
    return f"{PARTS.index(part) + 1:02d}-{part.replace('_', '-')}"


def write_package(
    git: Git,
    book: Book,
    desk: PaperDesk,
    asked: PackageAsked,
    target: Path,
    progress: Callable[[int, int, str], None],
) -> WrittenPackage:
    """Write the package of a Book to ``target``; ``progress`` is told how many papers of how many are written, and the next.

    Raises:
        Refusal: there is something there already, the disk has no room, or a paper cannot be written.
    """
    first = book.records.contract.languages[0]
    words = language(first if asked.lang in {"", BOTH} else asked.lang)
    papers = acceptance_papers(book)
    with new_folder(target) as folder:
        package = _Package(folder)
        for number, paper in enumerate(papers):
            progress(number, len(papers), f"{paper.kind} {paper.subject}".rstrip())
            _add_paper(package, desk, asked, paper, words)
        _add_scans(package, book, asked.audience, words)
        _add_documents(package, desk, asked.audience, words)
        _add_integrity(package, git, desk, book, asked, words)
        raw = "\n".join(_index(package, book, words)).encode()
        package.add(INDEX, raw, words.text(N_("The index for people")))
        listed = index_csv(package.files)
        put(folder, LISTED, listed)
        progress(len(papers), len(papers), "")
    return WrittenPackage(
        len(package.files),
        sum(file.bytes for file in package.files),
        sha256(listed).hexdigest(),
        not term_over(book),
        tuple(package.notes),
    )


def _add_paper(
    package: _Package,
    desk: PaperDesk,
    asked: PackageAsked,
    paper: AcceptancePaper,
    words: Language,
) -> None:
    """A paper in the language and format asked for; an issued version also in those that it was issued in."""
    folder = part_folder(paper.part)
    filed = {(file.format, file.language): file.sha256 for file in paper.filed}
    own = (asked.form.name, asked.lang or words.code)
    for form, lang in dict.fromkeys((own, *filed)):
        try:
            written = _written(desk, asked, paper, form, lang)
        except Refusal as refusal:
            if (form, lang) != own:
                told = N_("{paper}: the file that was issued as {form} cannot be set here again.")
                package.notes.append(PackageNote(told, {"paper": _named(paper), "form": form}))
                continue
            raise Refusal(
                N_("The package is not written: {paper} cannot be made. {reason}"),
                mend=refusal.mend,
                exit_code=refusal.exit_code,
                **{
                    **refusal.facts,
                    "paper": _named(paper),
                    "reason": words.text(refusal.message, **refusal.facts),
                },
            ) from None
        title = " / ".join(written.made.paper.title.texts)
        what = _as_issued(written, filed.get((form, lang)), words)
        told = f"{title} · {what}" if what else title
        package.add(f"{folder}/{written.name}", written.raw, told)


def _written(
    desk: PaperDesk, asked: PackageAsked, paper: AcceptancePaper, form: str, lang: str
) -> WrittenPaper:
    from weibao.workspace.papers.commissioning import format_named

    given = PaperAsked(
        kind=kind_named(paper.kind),
        subject=paper.subject,
        lang=lang,
        audience=asked.audience,
        version=paper.version,
    )
    return desk.write(given, asked.form if form == asked.form.name else format_named(form))


def _named(paper: AcceptancePaper) -> str:
    version = f" v{paper.version}" if paper.version else ""
    return f"{paper.kind} {paper.subject}".rstrip() + version


def _as_issued(written: WrittenPaper, filed: str | None, words: Language) -> str:
    """Whether a report is the file that was issued, to the byte."""
    report = written.made.report
    if report is None:
        return ""
    if report.provisional:
        return words.text(N_("provisional: a month of it is not closed"))
    if report.issued is None:
        return words.text(N_("was never issued"))
    if filed is None:
        return words.text(N_("issued; no file of this format and language was filed with it"))
    if sha256(written.raw).hexdigest() == filed:
        return words.text(N_("the very file that was issued"))
    return words.text(
        N_("not the bytes that were issued, which had the SHA-256 {digest}"), digest=filed
    )


def _add_scans(package: _Package, book: Book, audience: Audience, words: Language) -> None:
    """The files that are attached to the reports; what is attached to tickets goes into the provider's own edition."""
    folder = f"{part_folder('reports')}/signed"
    for period, close in sorted(book.records.closes.items()):
        for entry in close.log:
            if entry.event == "attached" and (audience == "internal" or not entry.internal):
                stem = f"{period}-{entry.data['report']}"
                what = entry.data.get("caption") or words.text(N_("Signed report, as attached"))
                _add_attached(package, book, f"{folder}/{stem}", entry.data, what)
    if audience != "internal":
        return
    folder = f"{part_folder('service_sheets')}/attached"
    for name, ticket in sorted(book.records.tickets.items()):
        for entry in ticket.log:
            if entry.event == "attached" and entry.data["file"].endswith(".pdf"):
                what = entry.data.get("caption") or words.text(N_("Attached to the ticket"))
                _add_attached(package, book, f"{folder}/{name}", entry.data, what)


def _add_attached(
    package: _Package, book: Book, stem: str, data: Mapping[str, Any], what: str
) -> None:
    raw = book.files.get(data["file"])
    if raw is None or sha256(raw).hexdigest() != data["sha256"]:
        told = N_(
            "{file} is attached in the records and is lost, or is not the file that was attached."
        )
        package.notes.append(PackageNote(told, {"file": data["file"]}))
        return
    ending = data["file"].rpartition(".")[2]
    package.add(f"{stem}-{data['sha256'][:12]}.{ending}", raw, what)


def _add_documents(package: _Package, desk: PaperDesk, audience: Audience, words: Language) -> None:
    """Emergency plans and the resource plan as they are, those alone that their reader may have."""
    files = desk.audit(audience).whole.files
    kept = frozenset[str]()
    if audience == "customer":
        kept = internal_among(handwritten_among(files), files)
    for path in sorted(files):
        if path.startswith(_DOCUMENTS) and path not in kept:
            name = path.removeprefix("docs/").replace("/", "_")
            told = words.text(N_("{path} of the records, as it is"), path=path)
            package.add(f"{part_folder('plans')}/{name}", files[path], told)


def _add_integrity(
    package: _Package,
    git: Git,
    desk: PaperDesk,
    book: Book,
    asked: PackageAsked,
    words: Language,
) -> None:
    checkpoint, _ = checkpoint_at(git, book.commit)
    told = words.text(N_("Checkpoint: commit, tree and SHA-256 over all records"))
    package.add(CHECKPOINT, checkpoint_bytes(checkpoint), told)
    guide = "\n".join(_guide(desk, book, asked, words)).encode()
    told = words.text(N_("How everything is worked out again"))
    package.add(f"{part_folder('integrity')}/README.md", guide, told)
    if not asked.bundle:
        package.notes.append(
            PackageNote(
                N_(
                    "The records themselves are not in this package: whoever has a clone of them works out the same from it."
                )
            )
        )
        return
    branch = book.records.contract.evidence.main
    write_bundle(git, package.folder / BUNDLE, branch, book.commit, book.snapshot.seen_log)
    raw = (package.folder / BUNDLE).read_bytes()
    told = words.text(
        N_("The records with their whole history, and the log of first sights (git bundle)")
    )
    package.files.append(packaged(BUNDLE, raw, told))


def _guide(desk: PaperDesk, book: Book, asked: PackageAsked, words: Language) -> Iterator[str]:
    """How to recompute, in plain words: Markdown, a paragraph or a command an item."""
    seen, branch = book.snapshot.seen_log, book.records.contract.evidence.main
    as_of = format_instant(book.as_of, book.zone)
    log = f" --seen {seen[:12]}" if seen else ""
    source, where = ("records.bundle", "../records.bundle") if asked.bundle else ("URL", "origin")
    at = f"--at {book.commit[:12]} --as-of {as_of}"
    yield f"# {words.text(PART_TITLES['integrity'])}\n"
    told = words.text(N_("Result of the audit"))
    yield f"{told}: {answer(desk.audit(asked.audience), words)}\n"
    yield from _identity(book, words)
    yield "\n" + words.text(
        N_(
            "Whoever has the records works out every figure of this package again. Needed are git, and the package weibao of the version above."
        )
    )
    steps = (
        (
            N_("Hold the files of this package against its index:"),
            "weibao acceptance verify DIR",
        ),
        (
            N_("Unpack the records, in the folder of this file:")
            if asked.bundle
            else N_("Clone the records from where both sides keep them:"),
            f"git clone -b {branch} {source} records"
            + (f" && git -C records fetch {where} 'refs/weibao/*:refs/weibao/*'" if seen else ""),
        ),
        (
            N_("Compare the checkpoint with checkpoint.json:"),
            f"weibao -C records checkpoint show --at {book.commit} --format json",
        ),
        (N_("Audit the records as of that instant:"), f"weibao -C records{log} audit {at}"),
        (N_("Judge every promise:"), f"weibao -C records{log} sla {at} --format json"),
        (
            N_("Make this package again:"),
            f"weibao -C records{log} acceptance DIR {at} -f {asked.form.name}"
            + (f" --lang {asked.lang}" if asked.lang else "")
            + (" --internal" if asked.audience == "internal" else "")
            + (" --bundle" if asked.bundle else " --no-bundle"),
        ),
    )
    for number, (told, command) in enumerate(steps, 1):
        yield f"\n{number}. {words.text(told)}\n\n       {command}"
    yield ""


def _identity(book: Book, words: Language) -> Iterator[str]:
    rows = (
        (N_("Contract"), f"{book.records.contract.id}"),
        (N_("Commit"), book.commit),
        (N_("As of"), format_instant(book.as_of, book.zone)),
        (N_("Log of first sights, at commit"), book.snapshot.seen_log or "—"),
        (N_("Made with"), f"weibao {__version__}"),
    )
    for label, value in rows:
        yield f"- {words.text(label)}: {value}"


def _index(package: _Package, book: Book, words: Language) -> Iterator[str]:
    """The index for people, in Markdown."""
    contract = words.pick(book.records.contract.names)
    title = words.text(N_("Acceptance package: {contract}"), contract=contract)
    yield f"# {title}\n"
    if not term_over(book):
        yield f"**{words.text(NOT_OVER)}**\n"
    yield from _identity(book, words)
    if package.notes:
        lacking = words.text(N_("What is not in the package, or not as it was"))
        yield f"\n## {lacking}\n"
        for note in package.notes:
            yield f"- {note.told(words)}"
    counted = Counter(file.path.partition("/")[0] for file in package.files)
    for part in PARTS:
        folder = part_folder(part)
        yield f"\n## {PARTS.index(part) + 1} {words.text(PART_TITLES[part])}\n"
        if not counted[folder]:
            yield words.text(N_("None."))
            continue
        heads = (N_("File"), N_("What it is"), N_("Bytes"), "SHA-256")
        yield f"| {' | '.join(map(words.text, heads))} |\n| --- | --- | ---: | --- |"
        for file in sorted(package.files, key=lambda file: file.path):
            if file.path.startswith(f"{folder}/"):
                what = file.what.replace("|", "\\|")
                yield f"| {file.path} | {what} | {file.bytes} | `{file.sha256}` |"
    yield ""
