"""A new contract's repository: five answers in, every file out, and the one edge that writes them.

The texts are templates in ``starter/``: what depends on the language in ``zh`` and ``en``, the rest in
``both``. For given answers they are the same to the byte.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from weibao.language import N_
from weibao.model.finding import Unsound
from weibao.model.ids import NAME
from weibao.model.instant import format_instant
from weibao.model.load import read_record
from weibao.model.schema.files import COPIED, schema_bytes
from weibao.model.schema.validation import is_a
from weibao.model.yaml.quoting import checked_text, scalar_text
from weibao.refusal import UsageRefusal
from weibao.render.site.settings import mkdocs_config
from weibao.rules.check import check_files
from weibao.sla.holidays import calendar_text
from weibao.workspace.setup.issue_forms import issue_form_files
from weibao.workspace.setup.snippets import snippets_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from importlib.resources.abc import Traversable

    from jinja2 import Environment

    from weibao.model.instant import Instant

CHINESE_ZONES = frozenset({"Asia/Shanghai", "Asia/Urumqi", "Asia/Chongqing", "Asia/Harbin", "PRC"})
"""Where the notices of holidays that the package knows apply."""

PUBLISHING = ".github/workflows/publish.yml"
"""The workflow that publishes the site."""

_PERSON = re.compile(r"(?P<name>[^<>]*?) *<(?P<email>[^<>]*)>")
_MARKUP = re.compile(r"([\\`*_\[\]{}<>|&~#!])")
_SHORT = 200


@dataclass(frozen=True, slots=True)
class Answers:
    """What a new repository is made from; every text has been checked.

    Attributes:
        contract: the contract's name, on one line; so are ``customer`` and ``provider``.
        name: of the person who makes it, who is the first of the staff.
        email: the address that they commit with.
        zone: an IANA time zone.
        language: ``zh`` or ``en``: of the comments, the README and the site's first page.
        main: the branch that is the official one.
        day: the day on which the repository is made, by the contract's clock: from then on it is recorded here.
        start: the first day of the term; that day, if not given.
        end: its last day; a year after its first, if not given.
        publish: whether a workflow is to publish the site: only who asks for it has it.
    """

    contract: str
    customer: str
    provider: str
    name: str
    email: str
    zone: str
    language: str
    main: str
    day: date
    publish: bool = False
    start: date | None = None
    end: date | None = None


def read_name(text: str) -> str:
    """A name that a record can hold, trimmed; raises ``Refusal`` where it is none."""
    found = checked_text(text.strip())
    if not is_a("line", found):
        raise UsageRefusal(
            N_("“{found}” is no name."),
            mend=N_("Write it on one line, in at most {limit} characters."),
            found=_shortened(found),
            limit=_SHORT,
        )
    return found


def read_person(text: str) -> tuple[str, str]:
    """Name and address out of ``Name <address>``; raises ``Refusal`` where it is not that."""
    match = _PERSON.fullmatch(checked_text(text.strip()))
    if match is None or not match["name"] or not is_a("email", match["email"]):
        raise UsageRefusal(
            N_("“{found}” is not a name and an address."),
            mend=N_("Write: Name <name@company.example>, with the address that you commit with."),
            found=_shortened(text.strip()),
        )
    return read_name(match["name"]), match["email"]


def read_zone(text: str) -> str:
    """An IANA time zone; raises ``Refusal`` where there is none of that name."""
    found = text.strip()
    if not is_a("zone", found):
        raise UsageRefusal(
            N_("There is no time zone “{found}”."),
            mend=N_("Name one as the IANA list has it, such as Asia/Shanghai."),
            found=_shortened(found),
        )
    return found


def repository_files(answers: Answers) -> dict[str, bytes]:
    """Every file of a new repository but those that workflows install by: path → content, sorted.

    Raises:
        Refusal: an answer cannot be written down so that it reads back the same.
        Unsound: the records would not pass ``weibao check``.
    """
    made = starter_files(answers)
    _require_sound(made, _midnight(answers))
    return dict(sorted(made.items()))


def starter_files(answers: Answers) -> dict[str, bytes]:
    """The same files, which nobody has judged yet."""
    texts = dict(_rendered(answers))
    contract = read_record("records/contract.yaml", texts["records/contract.yaml"].encode())
    if contract.value is not None:
        texts["mkdocs.yml"] = mkdocs_config(contract.value)
    texts[".vscode/weibao.code-snippets"] = snippets_text()
    texts |= issue_form_files(answers.language)
    made = {path: text.encode() for path, text in texts.items()}
    return made | {f"schemas/{name}.schema.json": schema_bytes(name) for name in COPIED}


def _require_sound(made: Mapping[str, bytes], now: Instant) -> None:
    findings = check_files(made, {}, now)
    if findings:
        raise Unsound(
            N_("With these answers the records would be wrong; nothing was written."), findings
        )


def _rendered(answers: Answers) -> Iterator[tuple[str, str]]:
    values = _values(answers)
    for folder in ("both", answers.language):
        for path, source in _sources(
            files("weibao.workspace.setup").joinpath("starter", folder), ""
        ):
            if answers.publish or path != PUBLISHING:
                environment = _environment("markdown" if path.endswith(".md") else "yaml")
                yield path, environment.from_string(source).render(values)


def _values(answers: Answers) -> dict[str, object]:
    from dateutil.relativedelta import relativedelta

    start = answers.start or answers.day
    end = answers.end or start + relativedelta(years=1, days=-1)
    local = NAME.fullmatch(found) if (found := answers.email.partition("@")[0].lower()) else None
    known_on = answers.day if answers.zone in CHINESE_ZONES else date.min
    return {
        "contract": answers.contract,
        "customer": answers.customer,
        "provider": answers.provider,
        "name": answers.name,
        "email": answers.email,
        "zone": answers.zone,
        "main": answers.main,
        "publish": answers.publish,
        "person": local[0] if local else "manager",
        "year": start.year,
        "start": start.isoformat(),
        "end": end.isoformat(),
        "midnight": format_instant(_midnight(answers), ZoneInfo(answers.zone)),
        "calendars": calendar_text(start.year, known_on),
    }


def _midnight(answers: Answers) -> Instant:
    """The beginning of the first day, by the contract's clock."""
    day, zone = answers.day, ZoneInfo(answers.zone)
    return int(datetime(day.year, day.month, day.day, tzinfo=zone).timestamp())


def _sources(folder: Traversable, under: str) -> Iterator[tuple[str, str]]:
    """Every template under a folder: the path that it is for, and its text.

    Names that begin with a dot are kept as ``dot-…``: git and the packager would obey them here.
    """
    for traversable in sorted(folder.iterdir(), key=lambda entry: entry.name):
        path = under + re.sub(r"^dot-", ".", traversable.name)
        if traversable.is_dir():
            yield from _sources(traversable, f"{path}/")
        else:
            yield path, traversable.read_text(encoding="utf-8")


@cache
def _environment(form: str) -> Environment:
    """Templates that write every value as its form needs; ``«…»``, since workflows use ``{{ }}``."""
    from jinja2 import Environment, StrictUndefined, select_autoescape
    from markupsafe import Markup

    write = scalar_text if form == "yaml" else _markdown_text

    def finalize(value: object) -> object:
        return value if isinstance(value, Markup) else write(value)

    return Environment(
        variable_start_string="«",
        variable_end_string="»",
        block_start_string="«%",
        block_end_string="%»",
        comment_start_string="«#",
        comment_end_string="#»",
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        autoescape=select_autoescape(default_for_string=False),
        finalize=finalize,
    )


def _markdown_text(value: object) -> str:
    """A text that Markdown shows as it is."""
    return _MARKUP.sub(r"\\\1", str(value))


def _shortened(text: str) -> str:
    return text if len(text) <= _SHORT else f"{text[:_SHORT]}…"
