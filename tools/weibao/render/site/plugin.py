"""The MkDocs plugin ``weibao``: generated pages for any repository whose mkdocs.yml names it.

MkDocs' events come in here and nothing else does: pages are made by :mod:`weibao.render.site.all_pages`. The
body of a generated page never passes through Markdown, so no text of a record is ever read as
markup; nothing is written into the tree.
"""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from markupsafe import escape
from mkdocs.config import base
from mkdocs.config import config_options as options
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils import get_relative_url

from weibao.history.checkpoints.checkpoint import checkpoint_bytes, checkpoint_of, contents_of
from weibao.history.git.reader import Git
from weibao.language import CODES, N_, language
from weibao.model.handwritten import (
    AUDIENCES,
    FOLDER,
    handwritten_among,
    internal_among,
    is_handwritten,
)
from weibao.model.pictures import MalformedPictureError, stripped_picture
from weibao.refusal import Refusal
from weibao.render.edition import addresses
from weibao.render.edition.addresses import Addresses
from weibao.render.edition.attachments import published
from weibao.render.edition.public import public_ahead, public_audit, public_calendar
from weibao.render.edition.voice import Voice, voice_of
from weibao.render.site.all_pages import NAVIGATION, pages_of
from weibao.render.site.dress import dress, speak
from weibao.render.site.icalendar import calendar_file, calendar_path
from weibao.render.site.navigation import (
    adopt,
    in_language,
    nav_setting,
    public_nav,
    translated,
)
from weibao.render.site.page import SitePage, slim, spaced, typeset_at
from weibao.render.site.reading import interval_of, read_audit, read_book, told
from weibao.render.site.search import Spoken, part
from weibao.report.coming import ahead_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

    from weibao.history.checkpoints.checkpoint import Checkpoint
    from weibao.model.handwritten import HandwrittenPage
    from weibao.report.audit.audit import Audit

_NOT_FOUND = (
    N_("This page is not here"),
    N_(
        "It was moved or withdrawn, or the address is wrong. The navigation leads to what there is."
    ),
)
_PICTURES = (".png", ".jpg", ".jpeg", ".webp")
LANGUAGE_NAMES = {"zh": "中文", "en": "English"}


class WeibaoConfig(base.Config):  # type: ignore[no-untyped-call]
    """Options of the plugin in mkdocs.yml."""

    as_of = options.Type(str, default="")
    """The instant to judge at, RFC 3339; now where it is not given."""
    revision = options.Type(str, default="HEAD")
    """The commit to read the records from."""
    seen = options.Optional(options.Type(str))
    """The log of what the forge saw first: a ref or commit, if not refs/weibao/seen; "" for none."""
    audience = options.Choice(AUDIENCES, default="customer")
    """Whom the site is for: the customer, or the provider's own people alone."""
    as_they_are = options.ListOfItems(options.Type(str), default=[])
    """Files under docs/ that the customer has though nobody can look into them here, as PDFs: globs."""
    publishing_interval = options.Type(str, default="2h")
    """How often the site is published; after twice as long its pages say that they are stale."""


class LanguageEdition:
    """The pages of one language, by their addresses and by the names MkDocs knows them under."""

    def __init__(self, voice: Voice, audit: Audit) -> None:
        self.voice = voice
        self.pages: dict[str, SitePage] = {page.address: page for page in pages_of(voice, audit)}
        self.by_source = {voice.addresses.source(key): page for key, page in self.pages.items()}
        self.calendar = calendar_file(voice, public_calendar(audit, voice.audience))
        self.navigation: Navigation | None = None

    @property
    def code(self) -> str:
        """The code of the language."""
        return self.voice.language.code


class WeibaoPlugin(BasePlugin[WeibaoConfig]):  # type: ignore[no-untyped-call]
    """Reads the repository at a commit, and gives MkDocs the pages made from its Book."""

    editions: tuple[LanguageEdition, ...] = ()
    theme_language = ""
    checkpoint: Checkpoint
    files: Files
    by_hand: Mapping[str, HandwrittenPage]

    @event_priority(100)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the Book and dress the theme: first, as the search plugin asks for its language."""
        if config.theme.name != "material":
            raise PluginError("weibao: mkdocs.yml must say `theme: material`.")
        root = root_of(config)
        try:
            interval = interval_of(self.config.publishing_interval)
            book = read_book(root, self.config.revision, self.config.as_of, self.config.seen)
            whole = read_audit(root, book)
            audit = public_audit(whole, self.config.audience)
        except Refusal as refusal:
            raise PluginError(told(refusal, language(CODES[0]))) from refusal
        contents = contents_of(book.snapshot.files)
        self.checkpoint = checkpoint_of(book.snapshot.history, book.commit, contents)
        spoken = [code for code in book.records.contract.languages if code in CODES] or [CODES[0]]
        ahead = public_ahead(ahead_of(whole.book, interval), self.config.audience)
        self.editions = tuple(
            LanguageEdition(
                voice_of(
                    audit.book,
                    language(code),
                    _addresses(code, spoken[0], config),
                    self.config.audience,
                    ahead,
                ),
                audit,
            )
            for code in spoken
        )
        dress(config, language(spoken[0]))
        self.theme_language = config.theme["language"]
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the generated pages, and put them before the hand-written ones in the navigation."""
        first = self.editions[0]
        self._withhold(files, config)
        for documentation in files.documentation_pages():
            if self._translated_into(documentation.src_uri) is not first:
                documentation.inclusion = InclusionLevel.NOT_IN_NAV
        hidden = InclusionLevel.NOT_IN_NAV
        own = [page for page in files.documentation_pages() if page.inclusion is not hidden]
        for edition in self.editions:
            for source, page in edition.by_source.items():
                if files.get_file_from_path(source) is not None:
                    raise PluginError(
                        f"weibao: docs/{source} stands where the generated page would be; "
                        "give the file another name."
                    )
                shown = edition is first and page.address in NAVIGATION
                level = InclusionLevel.INCLUDED if shown else InclusionLevel.NOT_IN_NAV
                files.append(File.generated(config, source, content="", inclusion=level))
        voice = first.voice
        beside = {
            f"{edition.voice.addresses.prefix}{page.address}.js": page.script.encode()
            for edition in self.editions
            for page in edition.pages.values()
            if page.script
        }
        beside[addresses.CHECKPOINT] = checkpoint_bytes(self.checkpoint)
        beside |= {
            calendar_path(edition.voice.addresses): edition.calendar for edition in self.editions
        }
        for path, content in (published(voice.book, voice.audience) | beside).items():
            if files.get_file_from_path(path) is not None:
                raise PluginError(
                    f"weibao: docs/{path} stands where a published file would be; "
                    "give the file another name."
                )
            files.append(
                File.generated(config, path, content=content, inclusion=InclusionLevel.NOT_IN_NAV)
            )
        config.nav = nav_setting(first.pages, voice.addresses, own, config.nav, voice.language)
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:  # noqa: ARG002 - MkDocs calls it so
        """Make the other languages' navigation, and tell each page where it belongs."""
        self.files = files
        for edition in self.editions:
            adopt(edition.pages, edition.voice.addresses, files)
            words = (self.editions[0].voice.language, edition.voice.language)
            edition.navigation = (
                nav
                if edition is self.editions[0]
                else translated(edition.pages, edition.voice.addresses, files, nav, words)
            )
        return nav

    def on_page_markdown(
        self,
        markdown: str,
        *,
        page: Page,
        config: MkDocsConfig,  # noqa: ARG002
        files: Files,  # noqa: ARG002
    ) -> str:
        """Give a generated page its title; its body does not pass through Markdown."""
        made = self._made(page)
        if made is None:
            return self._by_hand(page, markdown)
        page.meta["title"] = str(escape(made.title))
        page.meta["hide"] = ["navigation", "toc"]
        page.meta["search"] = {"exclude": not made.searched}
        return ""

    def on_page_content(
        self,
        html: str,
        *,
        page: Page,
        config: MkDocsConfig,  # noqa: ARG002
        files: Files,  # noqa: ARG002
    ) -> str:
        """Give a generated page its body."""
        made = self._made(page)
        if made is None:
            return f"{html}{self._terms_of_use(page)}"
        page.toc = TableOfContents([AnchorLink(str(escape(made.title)), "content", 1)])
        return f'<div id="content" class="wb-page">{slim(spaced(made.html))}</div>'

    def on_page_context(
        self,
        context: TemplateContext,
        *,
        page: Page,
        config: MkDocsConfig,
        nav: Navigation,  # noqa: ARG002
    ) -> TemplateContext:
        """Put the contact, the evidence, the language and its navigation around every page."""
        edition = self._edition(page)
        if edition.navigation is not None:
            context["nav"] = edition.navigation
        names = edition.voice.book.records.contract.names
        if config.site_name in names.values():
            config.site_name = edition.voice.language.pick(names)
        config.theme["language"] = (
            self.theme_language if edition is self.editions[0] else edition.code
        )
        speak(config, edition.voice.language)
        single = edition.voice.book.records.contract.data["single_contact"]
        for name in ("strip", "foot"):
            words = typeset_at(
                f"{name}.html",
                page.url,
                edition.voice,
                single=single,
                others=self._others(page, self.files),
                checkpoint=self.checkpoint,
                checkpoint_link=get_relative_url(addresses.CHECKPOINT, page.url),
            )
            context[f"weibao_{name}"] = words  # type: ignore[literal-required]
        context["weibao_search"] = self._search(edition)  # type: ignore[typeddict-unknown-key]
        return context

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:  # noqa: ARG002
        """The page for what is not there (404) has neither strip nor foot, and speaks every language."""
        env.globals.update(
            weibao_strip="",
            weibao_foot="",
            weibao_search=self._search(self.editions[0]),
            weibao_not_found=[
                (edition.code, *map(edition.voice.language.text, _NOT_FOUND))
                for edition in self.editions
            ],
        )
        return env

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Part the texts that are searched by language, after the theme's plugin has written them."""
        spoken = {file.url: self._spoken(file.src_uri) for file in self.files.documentation_pages()}
        part(Path(config.site_dir), spoken, [edition.code for edition in self.editions])

    def on_serve(
        self,
        server: LiveReloadServer,
        *,
        config: MkDocsConfig,
        builder: Any,  # noqa: ARG002
    ) -> LiveReloadServer:
        """Build again whenever a commit is made."""
        moves = Git(root_of(config)).common / "logs" / "HEAD"
        if moves.exists():
            server.watch(str(moves))
        return server

    def _withhold(self, files: Files, config: MkDocsConfig) -> None:
        """Take out of what was written by hand what is not for the audience.

        Raises:
            PluginError: a name or a link would give it away, or a picture cannot be rid of its metadata.
        """
        own = {f"{FOLDER}{file.src_uri}": file for file in files if file.src_dir == config.docs_dir}
        self.by_hand = handwritten_among(
            {path: file.content_bytes for path, file in own.items() if is_handwritten(path)}
        )
        if self.config.audience != "customer":
            return
        shown, internal = self.editions[0].voice.shown, internal_among(self.by_hand, own)
        for path, file in own.items():
            if path in internal:
                files.remove(file)
            elif reason := self._given_away(path, internal):
                raise PluginError(f"weibao: {path} {reason}")
            elif file.src_uri.lower().endswith(_PICTURES):
                file.content_bytes = _stripped(path, file.content_bytes)
            elif reason := self._untold(file):
                raise PluginError(f"weibao: {path} {reason}")
        sources = {path.removeprefix(FOLDER) for path in internal}
        if config.nav is not None:
            config.nav = public_nav(config.nav, sources, shown)
        for key in ("site_author", "site_description", "copyright", "repo_name"):
            if config[key]:
                config[key] = shown(config[key])
        for key, value in config.extra.items():
            config.extra[key] = _each_text(value, shown)

    def _given_away(self, path: str, internal: frozenset[str]) -> str:
        """What a file that the customer reads would give away of what they do not; "" for nothing."""
        page = self.by_hand.get(path)
        if page and (led := page.leads_to & internal):
            return f"is for the customer and leads to {min(led)}, which is not."
        if self.editions[0].voice.withheld(path) != path:
            return "has a name with somebody or something in it that the contract does not publish."
        return ""

    def _untold(self, file: File) -> str:
        """What keeps a file that is neither page nor picture from the customer; "" for nothing."""
        if is_handwritten(f"{FOLDER}{file.src_uri}"):
            return ""  # its words are seen to where they are written
        try:
            text = file.content_bytes.decode()
        except UnicodeDecodeError:
            text = "\0"
        if "\0" in text:
            if any(PurePosixPath(file.src_uri).match(known) for known in self.config.as_they_are):
                return ""
            return (
                "cannot be looked into for what is not the customer's; if you have done so, "
                f"name it in mkdocs.yml: plugins: [search, {{weibao: {{as_they_are: [{file.src_uri}]}}}}]"
            )
        if self.editions[0].voice.withheld(text) != text:
            return "has somebody or something in it that the contract does not publish."
        return ""

    def _by_hand(self, page: Page, markdown: str) -> str:
        """A hand-written page as the audience may read it."""
        voice = self._edition(page).voice
        if voice.audience == "customer" and page.meta.get("audience", "customer") != "customer":
            raise PluginError(
                f"weibao: {FOLDER}{page.file.src_uri}: write `audience: internal` on a line of its own."
            )
        page.meta = _each_text(page.meta, voice.shown)
        return voice.shown(markdown)

    def _terms_of_use(self, page: Page) -> str:
        """Under what licence a hand-written page is, and whom it is for, where it says so."""
        by_hand = self.by_hand.get(f"{FOLDER}{page.file.src_uri}")
        if by_hand is None or not (by_hand.licence or by_hand.audience):
            return ""
        return typeset_at("handwritten.html", page.url, self._edition(page).voice, page=by_hand)

    def _search(self, edition: LanguageEdition) -> str:
        """The languages of the site, that of the page first, as the search is told them."""
        others = [other.code for other in self.editions if other is not edition]
        return " ".join([edition.code, *others])

    def _spoken(self, source: str) -> Spoken:
        for edition in self.editions:
            if made := edition.by_source.get(source):
                return Spoken(edition.code, made.address)
        code = self._translated_into(source).code
        return Spoken(code, in_language(source, code, ""))

    def _made(self, page: Page) -> SitePage | None:
        return self._edition(page).by_source.get(page.file.src_uri)

    def _edition(self, page: Page) -> LanguageEdition:
        for edition in self.editions:
            if page.file.src_uri in edition.by_source:
                return edition
        return self._translated_into(page.file.src_uri)

    def _translated_into(self, source: str) -> LanguageEdition:
        """The edition that a hand-written page belongs to, by its name."""
        for edition in self.editions[1:]:
            if source.endswith(f".{edition.code}.md"):
                return edition
        return self.editions[0]

    def _others(self, page: Page, files: Files) -> list[tuple[str, str, str]]:
        """The same page in the other languages: code, name, and the address from this page.

        A hand-written page that is not translated leads to the start page, and says so.
        """
        made, here = self._made(page), self._edition(page)
        found = []
        for edition in self.editions:
            if edition is here:
                continue
            name = LANGUAGE_NAMES[edition.code]
            link = edition.voice.addresses.link_from(
                page.url, made.address if made else addresses.STATUS
            )
            if made is None:
                code = "" if edition is self.editions[0] else edition.code
                file = files.get_file_from_path(in_language(page.file.src_uri, here.code, code))
                if file:
                    link = get_relative_url(file.url, page.url)
                else:
                    name = edition.voice.language.text(N_("{language} (start page)"), language=name)
            found.append((edition.code, name, link))
        return found


def _stripped(path: str, picture: bytes) -> bytes:
    try:
        return stripped_picture(picture)
    except MalformedPictureError:
        raise PluginError(f"weibao: {path} is no whole picture; save it anew.") from None


def _each_text(value: Any, shown: Callable[[str], str]) -> Any:
    """What front matter or a setting says, with each text in it as it is shown."""
    if isinstance(value, str):
        return shown(value)
    if isinstance(value, dict):
        return {key: _each_text(held, shown) for key, held in value.items()}
    return [_each_text(held, shown) for held in value] if isinstance(value, list) else value


def root_of(config: MkDocsConfig) -> Path:
    """The folder of mkdocs.yml, which is the repository."""
    return Path(config.config_file_path or "mkdocs.yml").absolute().parent


def _addresses(code: str, first: str, config: MkDocsConfig) -> Addresses:
    prefix = "" if code == first else f"{code}/"
    return Addresses(prefix, config.use_directory_urls, config.site_url or "")
