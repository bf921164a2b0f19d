"""The pages of the desk: which address shows what, and what is done with a form that comes back."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, g, redirect, render_template, request, url_for
from jinja2 import StrictUndefined
from werkzeug.exceptions import HTTPException, NotFound, RequestEntityTooLarge

from weibao.cli.desk.filling import SentFile, TypedForm, told_lines
from weibao.cli.desk.guard import DENIED, NO_KEY, OTHER_HOST, Asking
from weibao.cli.desk.opening_form import opening_form
from weibao.cli.desk.step_form import step_form
from weibao.cli.desk.views import (
    asset_facts,
    assets_facts,
    board_facts,
    steps_told,
    story_line,
    ticket_facts,
)
from weibao.cli.desk.workplace import FormOutcome, entries_since, printed, standing, unsent
from weibao.cli.framework.refusing import show_bug
from weibao.cli.steps.coming import steps_of
from weibao.cli.steps.recorded import attachment_told
from weibao.cli.steps.recording import append, open_ticket
from weibao.cli.steps.sending import send_recorded
from weibao.language import CODES, N_
from weibao.model.events import BY_NAME, State
from weibao.model.field_kinds import TICKET_KIND
from weibao.model.field_note import whole_number
from weibao.model.finding import Unsound
from weibao.model.ids import make_id, number_out_of
from weibao.model.instant import local_day, parse_instant
from weibao.model.paths import attachment_sha256
from weibao.refusal import Refusal
from weibao.render.words.findings import event_title
from weibao.render.words.plain import plain
from weibao.rules.one_record import log_of
from weibao.workspace.recording.attachment import LIMIT
from weibao.workspace.recording.recording import OvertakenRefusal
from weibao.workspace.recording.store import plain_path
from weibao.workspace.together.sync import uncommitted_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from werkzeug.wrappers import Response as Answer

    from weibao.cli.desk.filling import Typed
    from weibao.cli.desk.guard import Gate
    from weibao.cli.desk.workplace import StandingTicket, Workplace
    from weibao.cli.framework.session import Session
    from weibao.cli.framework.step_options import Given
    from weibao.language import Language
    from weibao.model.events import Event
    from weibao.workspace.recording.attachment import Attachment
    from weibao.workspace.recording.clone import Desk

Shown = str | tuple[str, int]

REQUEST_LIMIT = 3 * LIMIT + 1024**2
"""The most that a request may bring: three of the largest attachments, and what is typed beside them."""

_TYPES = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
    "pdf": "application/pdf",
}
_LANGUAGE = "weibao_desk_language"
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
"""What every answer says to the browser: keep nothing, run nothing foreign, and be in nobody's frame."""


def make_application(workplace: Workplace, gate: Gate) -> Flask:
    """The application: the pages over a clone, behind their gate."""
    app = Flask(__name__)
    app.config.update(MAX_CONTENT_LENGTH=REQUEST_LIMIT, TRAP_HTTP_EXCEPTIONS=False)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    _guard(app, workplace, gate)
    _tell_failures(app)
    pages = _Pages(workplace)
    for rule, methods, view in (
        ("/", ["GET"], pages.board),
        ("/pulse", ["GET"], pages.pulse),
        ("/ticket/<ticket>", ["GET"], pages.ticket),
        ("/ticket/<ticket>/<event>", ["GET", "POST"], pages.step),
        ("/open", ["GET", "POST"], pages.opening),
        ("/assets", ["GET"], pages.assets),
        ("/asset/<asset>", ["GET"], pages.asset),
        ("/file/<name>", ["GET"], pages.file),
        ("/send", ["GET", "POST"], pages.send),
        ("/language", ["POST"], pages.language),
    ):
        app.add_url_rule(rule, view.__name__, view, methods=methods)
    return app


def _guard(app: Flask, workplace: Workplace, gate: Gate) -> None:
    """Let nobody in but whoever has the key, and say so with every answer."""

    @app.before_request
    def _let_in() -> Answer | None:
        chosen = request.cookies.get(_LANGUAGE, "")
        g.session = workplace.session(chosen if chosen in CODES else "")
        key = request.args.get("key")
        if key is not None and not gate.is_elsewhere(request.host):
            if not gate.opens_with(key):
                return _denied(NO_KEY)
            answer = redirect(url_for("board"), 303)
            answer.set_cookie(gate.cookie, gate.pass_, httponly=True, samesite="Strict")
            return answer
        asking = Asking(
            request.method,
            request.headers.get("Host", ""),
            request.headers.get("Origin", ""),
            request.headers.get("Sec-Fetch-Site", ""),
            request.cookies.get(gate.cookie, ""),
        )
        why = gate.denies(asking)
        return _denied(why) if why else None

    @app.after_request
    def _dress(answer: Answer) -> Answer:
        answer.headers.update(HEADERS)
        return answer

    @app.context_processor
    def _words() -> dict[str, Any]:
        words: Language = g.session.language
        return {
            "t": words.text,
            "n": words.plural,
            "language": words.code,
            "other_language": next(code for code in CODES if code != words.code),
            "clone": workplace.name,
            "read_only": workplace.is_read_only,
        }


def _denied(why: str) -> Answer:
    """The refusal of the gate: a plain line, which tells nothing of what is behind it."""
    said = g.session.language.text(why) if why != OTHER_HOST else why
    return Response(f"{said}\n", DENIED[why], content_type="text/plain; charset=utf-8")


def _tell_failures(app: Flask) -> None:
    """Have every failure told on a page of the desk."""

    @app.errorhandler(Refusal)
    def _refused(refusal: Refusal) -> Shown:
        return _message(told_lines(refusal, g.session.language), 409)

    @app.errorhandler(RequestEntityTooLarge)
    def _too_large(_error: RequestEntityTooLarge) -> Shown:
        said = N_("What was sent is larger than {limit} MiB; nothing was written.")
        return _message((g.session.language.text(said, limit=REQUEST_LIMIT // 1024**2),), 413)

    @app.errorhandler(HTTPException)
    def _no_page(error: HTTPException) -> Shown:
        said = N_("There is no such page on the desk.")
        return _message((g.session.language.text(said),), error.code or 500)

    @app.errorhandler(Exception)
    def _defect(_error: Exception) -> Shown:
        show_bug(g.session)
        said = N_("This is a defect of weibao itself, not of your records.")
        return _message((g.session.language.text(said),), 500)


def _message(lines: tuple[str, ...], status: int) -> Shown:
    return render_template("message.html", lines=lines), status


class _Pages:
    """A page each, over the clone."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace

    def board(self) -> str:
        """What is due, the open tickets, who is on duty, and what stands here damaged."""
        session, desk = _at_work()
        facts = board_facts(self._workplace.book(), desk, session.language)
        return render_template(
            "board.html",
            unsent=unsent(desk.root),
            uncommitted=uncommitted_in(desk.root),
            head=_head(session),
            **facts,
        )

    def pulse(self) -> dict[str, str]:
        """The commit that HEAD names, by which a page that is open sees that it is of before."""
        return {"commit": _head(g.session)}

    def ticket(self, ticket: str) -> str:
        """A ticket: its story, and what may come next."""
        session, desk = _at_work()
        found = standing(desk, ticket)
        steps = steps_told(steps_of(desk, found.record_file), session.language)
        return render_template(
            "ticket.html",
            steps=steps,
            outcome=self._workplace.outcome(request.args.get("said", "")),
            **ticket_facts(desk, found.record_file, session.language),
        )

    def step(self, ticket: str, event: str) -> Shown | Answer:
        """The form of a step, and what becomes of it."""
        row = BY_NAME["ticket"].get(event)
        if row is None or State.NEW in row.after:  # the first of a ticket has a page of its own
            raise NotFound
        session, desk = _at_work()
        found = standing(desk, ticket)
        if request.method == "GET":
            form, _ = step_form(session, desk, found.record_file, row, None)
            return _step_page(found, row, form, renewed=True)
        with self._workplace.writing:
            return self._record(session, desk, found, row)

    def _record(
        self, session: Session, desk: Desk, found: StandingTicket, event: Event
    ) -> Shown | Answer:
        """Record what was typed in a form, or show it again with what is wrong."""
        record_file, words = found.record_file, session.language
        sent = _sent_files()
        form, kept = step_form(session, desk, record_file, event, _typed(), sent)
        if not form.is_sound:
            return _step_page(found, event, form, status=422)
        lines: list[str] = []
        try:
            for data, given, beside, told, stood in _entries(form, sent, kept, words):
                lines += printed(
                    session,
                    partial(
                        append,
                        session,
                        desk,
                        record_file,
                        event.name,
                        data,
                        given,
                        beside,
                        told,
                        stood=stood,
                    ),
                )
        except OvertakenRefusal as refusal:
            found = standing(desk, record_file.value.id)
            seen = whole_number(request.form.get("seen", "")) or 0
            new = entries_since(found.record_file, seen)
            return _step_page(
                found,
                event,
                form,
                told_lines(refusal, words),
                tuple(story_line(desk, entry, words) for entry in new),
                renewed=True,
                status=409,
            )
        except Unsound as refusal:
            form, said = form.refused(refusal, words)
            return _step_page(found, event, form, (*lines, *said), status=422)
        except Refusal as refusal:
            said = (*lines, *told_lines(refusal, words))
            return _step_page(found, event, form, said, status=409)
        return self._done(tuple(lines), record_file.value.id)

    def _done(self, lines: tuple[str, ...], ticket: str) -> Answer:
        """Go on to the ticket, where what was recorded is told once."""
        name = secrets.token_urlsafe(8)
        self._workplace.outcome_kept(name, FormOutcome(lines, request.path))
        return redirect(url_for("ticket", ticket=ticket, said=name), 303)

    def opening(self) -> Shown | Answer:
        """The form of a new ticket, and what becomes of it."""
        session, desk = _at_work()
        kind = request.values.get("kind", TICKET_KIND.choices[0])
        if kind not in TICKET_KIND.choices:
            raise NotFound
        if request.method == "GET":
            about = request.args.get("assets", "")
            form = opening_form(session, desk, kind, None, about)
            return _opening_page(kind, form, secrets.token_urlsafe(8))
        typed, drawn = _typed(), request.form.get("drawn", "")
        form = opening_form(session, desk, kind, typed)
        if not form.is_sound:
            return _opening_page(kind, form, drawn, status=422)
        number = number_out_of(repr(sorted(typed.items())))
        with self._workplace.writing:
            opened = _opened_as(desk, form, number)
            if (
                opened in session.desk().ticket_ids
            ):  # the same form once more: it is the same ticket
                return redirect(url_for("ticket", ticket=opened), 303)
            try:
                lines = printed(session, lambda: open_ticket(session, desk, form.given, number))
            except Unsound as refusal:
                form, told = form.refused(refusal, session.language)
                return _opening_page(kind, form, drawn, told, status=422)
            except Refusal as refusal:
                told = told_lines(refusal, session.language)
                return _opening_page(kind, form, drawn, told, status=409)
            return self._done(lines, opened)

    def assets(self) -> str:
        """The equipment."""
        return render_template(
            "assets.html", **assets_facts(self._workplace.book(), g.session.language)
        )

    def asset(self, asset: str) -> str:
        """A piece of equipment, with its tickets."""
        book = self._workplace.book()
        if asset not in book.records.assets:
            raise NotFound
        return render_template("asset.html", **asset_facts(book, asset, g.session.language))

    def file(self, name: str) -> Answer:
        """An attachment: nothing but what is kept as one, and never as a page."""
        ending = name.rpartition(".")[2]
        path = f"records/attachments/{name[:2]}/{name}"
        if ending not in _TYPES or not attachment_sha256(path):
            raise NotFound
        _, desk = _at_work()
        file = plain_path(desk.root, path)
        if not file.is_file():
            raise NotFound
        content = file.read_bytes()
        if sha256(content).hexdigest() != attachment_sha256(path):
            raise NotFound
        return Response(content, content_type=_TYPES[ending])

    def send(self) -> Shown:
        """What is only here yet, and sending it."""
        session, desk = _at_work()
        lines: tuple[str, ...] = ()
        status = 200
        if request.method == "POST":
            try:  # beside which steps are recorded, for as long as the network takes
                lines = printed(session, lambda: send_recorded(session, desk, must=True))
            except Refusal as refusal:
                lines, status = told_lines(refusal, session.language), 409
        waiting = unsent(desk.root)
        page = render_template("send.html", waiting=waiting, lines=lines, failed=status != 200)
        return page, status

    def language(self) -> Answer:
        """Speak the other language from here on."""
        code, back = request.form.get("code", ""), request.form.get("back", "")
        own = back.startswith("/") and not back.startswith(("//", "/\\")) and back.isprintable()
        answer = redirect(back if own else url_for("board"), 303)
        if code in CODES:
            answer.set_cookie(_LANGUAGE, code, httponly=True, samesite="Strict")
        return answer


def _at_work() -> tuple[Session, Desk]:
    """The session of this request, and the clone as it stands."""
    session: Session = g.session
    return session, session.desk()


def _head(session: Session) -> str:
    return session.git.resolve("HEAD")


def _typed() -> Typed:
    """What was typed in the form that came back, with line ends as records have them."""
    return {
        name: tuple(value.replace("\r\n", "\n") for value in values)
        for name, values in request.form.lists()
    }


def _sent_files() -> tuple[SentFile, ...]:
    """The files that came with the form, under the names that they have on the machine they are from."""
    return tuple(
        SentFile(Path(plain(sent.filename)).name, sent.stream.read())
        for sent in request.files.getlist("file")
        if sent.filename
    )


def _entries(
    form: TypedForm, sent: tuple[SentFile, ...], kept: tuple[Attachment, ...], words: Language
) -> Iterator[tuple[Given, Given, dict[str, bytes], tuple[str, ...], str]]:
    """What a form records: an entry, or one for each file, a second apart where their time was typed.

    Of each what it says, its options, the file beside it, what else is told, and the record that it is for.
    """
    stood = request.form.get("stood", "") or "-"
    if not kept:
        yield dict(form.data), form.given, {}, (), stood
    when = form.given["when"]
    for number, (file, attachment) in enumerate(zip(sent, kept, strict=True)):
        data = {**form.data, "file": attachment.path, "sha256": attachment.sha256}
        given = form.given | {"when": when if when == "now" else _later(when, number)}
        told = tuple(attachment_told(file.name, attachment, words))
        yield data, given, {attachment.path: attachment.content}, told, "" if number else stood


def _later(when: str, seconds: int) -> str:
    """A time as records write it, so many seconds later."""
    return (datetime.fromisoformat(when) + timedelta(seconds=seconds)).isoformat()


def _opened_as(desk: Desk, form: TypedForm, number: int) -> str:
    """The id of the ticket that a form opens: the same for as often as it is sent."""
    said = form.given["reported_at"] or form.given["when"]
    reported = desk.now if said == "now" else parse_instant(said)
    return make_id("T", local_day(reported, desk.records.contract.zone), number)


def _step_page(
    found: StandingTicket,
    event: Event,
    form: TypedForm,
    refused: tuple[str, ...] = (),
    new: tuple[Any, ...] = (),
    *,
    renewed: bool = False,
    status: int = 200,
) -> Shown:
    """The form of a step. Unless it is ``renewed``, it stays one for the record that it was shown for."""
    ticket = found.record_file.value
    page = render_template(
        "step.html",
        ticket=ticket.id,
        about=plain(ticket.title),
        heading=event_title("ticket", event.name, g.session.language),
        lines=form.lines,
        refused=refused,
        new=new,
        stood=found.sha256 if renewed else request.form.get("stood", ""),
        seen=len(log_of(found.record_file)) if renewed else request.form.get("seen", ""),
        fresh=status == 200,
    )
    return page, status


def _opening_page(
    kind: str, form: TypedForm, drawn: str, refused: tuple[str, ...] = (), *, status: int = 200
) -> Shown:
    words: Language = g.session.language
    page = render_template(
        "open.html",
        kind=kind,
        kinds=[(word, words.term("ticket_kind", word)) for word in TICKET_KIND.choices],
        lines=form.lines,
        drawn=drawn,
        refused=refused,
        fresh=status == 200,
    )
    return page, status
