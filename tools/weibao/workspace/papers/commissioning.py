"""What a paper is asked for, put together in one place: who may read it, in which languages, of which version."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from weibao import __version__
from weibao.language import CODES, N_, language
from weibao.model.finding import Unsound
from weibao.refusal import UsageRefusal
from weibao.render.edition.addresses import Addresses
from weibao.render.edition.public import public_audit
from weibao.render.edition.voice import voice_of
from weibao.render.papers.all_papers import FORMATS, KINDS, paper_of
from weibao.render.papers.commission import Commission
from weibao.render.papers.integrity import facts_json, made_as
from weibao.report.audit.audit import audit_of
from weibao.report.figure import whole_month
from weibao.report.papers.not_counted import NotCounted, not_counted
from weibao.report.papers.period_report import named_periods, period_report
from weibao.report.papers.unsound_closes import unsound_closes

if TYPE_CHECKING:
    from collections.abc import Container

    from weibao.history.git.reader import Git
    from weibao.model.handwritten import Audience
    from weibao.render.edition.voice import Voice
    from weibao.render.papers.commission import PaperKind
    from weibao.render.papers.format import PaperFormat, PaperSetting
    from weibao.render.papers.paper import Paper
    from weibao.report.audit.audit import Audit
    from weibao.report.book import Book
    from weibao.report.closed_months import SeenLogs
    from weibao.report.papers.period_report import NamedPeriod, PeriodReport

BOTH = "both"
PERIODS = {"month": ("monthly",), "quarter": ("quarterly", "monthly"), "year": ("annual",)}
"""The subjects that are periods of the contract, and the kinds of period that each may be."""
REPORTS = frozenset(kind for kinds in PERIODS.values() for kind in kinds)
"""The kinds of period that have a report of their own."""

_SITE_URL = re.compile(r"^site_url:\s*[\"']?([^\s\"'#]+)", re.MULTILINE)
_PLAIN_URLS = re.compile(r"^use_directory_urls:\s*false\b", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class PaperAsked:
    """What is asked for.

    Attributes:
        kind: which paper.
        subject: what it is on: the id of a record, a serial number, the name of a period; "" for the contract.
        lang: a language, or ``both``; "" for the contract's first.
        audience: for whom.
        version: of a periodic report, None for the one at hand.
        blank: whether it is to be filled in by hand.
    """

    kind: PaperKind
    subject: str
    lang: str = ""
    audience: Audience = "customer"
    version: int | None = None
    blank: bool = False


@dataclass(frozen=True, slots=True)
class MadePaper:
    """A paper as it is made, before it is set in a format.

    Attributes:
        paper: what it says.
        lang: its language, or ``both``.
        report: the period that it tells, of a periodic report.
        pages: where the contract's site is, and how it names its pages in the first of the paper's languages.
        unread: the records that it could not count.
    """

    paper: Paper
    lang: str
    report: PeriodReport | None
    pages: Addresses
    unread: NotCounted


@dataclass(frozen=True, slots=True)
class WrittenPaper:
    """A paper as it is filed.

    Attributes:
        made: what it says, and of what.
        name: what its file is called where nobody says otherwise.
        raw: its bytes.
    """

    made: MadePaper
    name: str
    raw: bytes


def kind_named(name: str) -> PaperKind:
    """The kind of paper of this name; refused where there is none."""
    found = next((kind for kind in KINDS if kind.name == name), None)
    if found is None:
        raise UsageRefusal(
            N_("There is no paper “{name}”."),
            mend=N_("There are: {known}."),
            name=name,
            known=tuple(kind.name for kind in KINDS),
        )
    return found


def format_named(name: str) -> PaperFormat:
    """The format of this name; refused where there is none."""
    found = next((form for form in FORMATS if form.name == name), None)
    if found is None:
        raise UsageRefusal(
            N_("No paper is written as “{name}”."),
            mend=N_("There are: {known}."),
            name=name,
            known=tuple(sorted(form.name for form in FORMATS)),
        )
    return found


def period_named(book: Book, text: str, kinds: Container[str]) -> NamedPeriod:
    """The period of the contract of this name and one of these kinds; refused where there is none, or it has not begun."""
    begun = [
        named
        for named in named_periods(book.records.contract)
        if named.kind in kinds and whole_month(named.months[0], book.zone).start < book.as_of
    ]
    found = next((named for named in begun if named.name == text), None)
    if found is None:
        raise UsageRefusal(
            N_("There is no report on “{period}”: it is no period of the contract that has begun."),
            mend=N_("There are: {known}.") if begun else "",
            period=text[:80],
            known=tuple(named.name for named in begun),
        )
    return found


def report_on(book: Book, named: NamedPeriod, logs: SeenLogs, version: int | None) -> PeriodReport:
    """The report on a period.

    Raises:
        Unsound: a close of it is not one that a report may be made of.
        UsageRefusal: there is no such version.
    """
    report = period_report(book, named, logs, version)
    faults = unsound_closes(book, report, logs)
    if faults:
        raise Unsound(
            N_("{period} cannot be reported on: a close of it does not stand."),
            faults,
            mend=N_("Mend that first; weibao audit tells all that is wrong with the closes."),
            period=named.name,
        )
    return report


class PaperDesk:
    """Where papers of one Book are written: what they share is made once, however many there are."""

    def __init__(self, git: Git, book: Book, logs: SeenLogs, setting: PaperSetting) -> None:
        """Write of a Book; ``setting`` is what every paper is set with."""
        self._git = git
        self._book = book
        self._logs = logs
        self._setting = setting
        self._audits: dict[Audience, Audit] = {}
        self._voices: dict[tuple[Audit, str], Voice] = {}

    def write(self, asked: PaperAsked, form: PaperFormat) -> WrittenPaper:
        """The paper that is asked for in a format, saying the command that makes this very file.

        Raises:
            Refusal: there is no such paper, or the format cannot set it.
        """
        made = self.make(asked)
        blank = " --blank" if asked.blank else ""
        paper = made_as(made.paper, f"--lang {made.lang} -f {form.name}{blank}")
        full = replace(
            self._setting,
            site=made.pages.site,
            pages=made.pages,
            facts=facts_json(paper),
            tool=__version__,
        )
        marked = "-internal" if asked.audience == "internal" else ""
        name = _UNSAFE.sub("_", f"{paper.number}{marked}.{made.lang}.{form.name}")
        return WrittenPaper(made, name, form.write(paper, full))

    def make(self, asked: PaperAsked) -> MadePaper:
        """The paper that is asked for; of a periodic one the Book is that of the period's last month.

        Raises:
            Refusal: there is no such paper.
        """
        report, book = None, self._book
        if kinds := PERIODS.get(asked.kind.subject):
            named = replace(period_named(book, asked.subject, kinds), report=asked.kind.report)
            report = report_on(book, named, self._logs, asked.version)
            book = report.book
            if asked.audience == "customer":
                report = replace(
                    report, log=tuple(step for step in report.log if not step.entry.internal)
                )
        first = book.records.contract.languages[0]
        lang = asked.lang or first
        codes = sorted(CODES, key=lambda code: code != first) if lang == BOTH else (lang,)
        pages = site_addresses(self._git, book, codes[0])
        audit = (
            public_audit(audit_of(book), asked.audience, report.told_by)
            if report
            else self.audit(asked.audience)
        )
        paper = paper_of(
            asked.kind,
            [
                Commission(
                    voice=self._voice(audit, asked.audience, code),
                    audit=audit,
                    subject=asked.subject,
                    version=report.version if report and asked.kind.report else 0,
                    report=report,
                    blank=asked.blank,
                    site=pages.site,
                )
                for code in codes
            ],
        )
        return MadePaper(paper, lang, report, pages, not_counted(audit.whole, report))

    def audit(self, audience: Audience) -> Audit:
        """The audit of the desk's Book as an audience may have it, made once."""
        if audience not in self._audits:
            self._audits[audience] = public_audit(audit_of(self._book), audience)
        return self._audits[audience]

    def _voice(self, audit: Audit, audience: Audience, code: str) -> Voice:
        if (audit, code) not in self._voices:
            self._voices[audit, code] = voice_of(
                audit.book,
                language(code),
                site_addresses(self._git, audit.book, code),
                audience,
                numbered=False,
            )
        return self._voices[audit, code]


def site_addresses(git: Git, book: Book, code: str) -> Addresses:
    """Where the pages of the contract's site are, by its settings at the commit of a Book."""
    settings = git.files_of(book.commit, [_MKDOCS]).get(_MKDOCS, b"").decode(errors="replace")
    configured = _SITE_URL.search(settings)
    prefix = "" if code == book.records.contract.languages[0] else f"{code}/"
    whole = configured[1] if configured else ""
    return Addresses(prefix, not _PLAIN_URLS.search(settings), whole)


_MKDOCS = "mkdocs.yml"
_UNSAFE = re.compile(r"[^\w.-]")
